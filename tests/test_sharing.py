"""A link holds scenarios: they come back equal, with the same digest as their file, and no text does harm."""

import json
import time
import zlib
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import Mistake
from scenarios.loading import load, parse, presets
from scenarios.scenario import Scenario
from scenarios.sharing import COMMON, LARGEST, LONGEST, difference, packed, patched, unpacked
from scenarios.writing import to_toml
from tests.small_organisation import small

ORDINARY = (
    load("hotel")
    .with_({"name": "plan-2027", "organisation.coaching_hours": 3.0, "programme.coaching": 0.4})
    .strengthen("leadership", to=0.8, start=1, weeks=52)
    .strengthen("culture", to=0.7, start=14, weeks=40, approach="bottom_up")
    .strengthen("operations", effort=0.3, start=27)
    .strengthen("monitoring", budget=40_000.0, start=53, weeks=20, approach="top_down")
)


@pytest.mark.parametrize("preset", presets())
def test_presets_come_back_from_the_shortest_links(preset: str) -> None:
    """A preset's link is its name and little more, and leads to an equal scenario."""
    text = packed([load(preset)])

    assert (load(preset),) == unpacked(text)
    assert 80 > len(text)


def test_ordinary_scenarios_fit_into_links() -> None:
    """A baseline and four what-ifs with some interventions each stay well below 2 kB, in signs that links allow."""
    others = [ORDINARY.with_(name=f"pin-{n}").strengthen("strategy", to=0.6, start=n + 1) for n in range(4)]
    text = packed([load("hotel"), ORDINARY, *others])

    assert (load("hotel"), ORDINARY, *others) == unpacked(text)
    assert 1000 > len(text)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_link_and_file_are_the_same_scenario() -> None:
    """What `effectchain run` reads from the scenario's file has the digest of what the link holds, and is equal."""
    (linked,) = unpacked(packed([ORDINARY]))
    filed = parse(to_toml(ORDINARY))

    assert ORDINARY.digest() == linked.digest() == filed.digest()
    assert filed == linked


def test_own_organisation_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario that shares little with any preset comes back equal too, optional keys taken away included."""
    scenarios = [small(), small(name="other", warmup=9), load("hotel").with_({"about.text_nl": "Één zin — met €."})]

    assert tuple(scenarios) == unpacked(packed(scenarios))
    monkeypatch.setattr("scenarios.sharing.LONGEST", 50)
    with pytest.raises(Mistake, match="too much for a link"):
        packed(scenarios)


def test_every_changed_sign_is_noticed() -> None:
    """Whichever sign of a link is changed or lost, one sentence says that it is damaged."""
    text = packed([ORDINARY])
    for place in range(len(text) - 1):
        for other in ("A" if text[place] != "A" else "B", ""):
            with pytest.raises(Mistake) as found:
                unpacked(text[:place] + other + text[place + 1 :])
            assert "\n" not in str(found.value)


@given(st.text(max_size=300))
def test_no_text_does_harm(text: str) -> None:
    """Any text is refused in words."""
    with pytest.raises(Mistake):
        unpacked(text)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(JSONS)
def test_no_content_does_harm(content: Any) -> None:
    """Whatever JSON stands in a well-made link, it is refused in words or is a scenario."""
    for data in (content, ["hotel", load("hotel").digest(), content]):
        try:
            found = unpacked(link_of(json.dumps(data).encode()))
        except Mistake:
            continue
        assert all(isinstance(one, Scenario) for one in found)


def link_of(content: bytes, version: int = 1) -> str:
    """A well-made link with this content."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=COMMON)
    body = squeezer.compress(content) + squeezer.flush()
    head = bytes([version]) + zlib.crc32(body).to_bytes(4, "big")
    return urlsafe_b64encode(head + body).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "content",
    [b"[" * 50_000, b'{"a":' * 30_000, b"0" * (LARGEST + 1), b"[" + b" " * 5_000_000 + b"]"],
    ids=["arrays", "tables", "too large", "a bomb"],
)
def test_bombs_are_refused_quickly(content: bytes) -> None:
    """Deep nesting and much content behind a short text take no time and no memory."""
    began = time.perf_counter()
    with pytest.raises(Mistake):
        unpacked(link_of(content))
    assert 1.0 > time.perf_counter() - began


def test_newer_links_and_other_presets_are_told() -> None:
    """A later version, a preset that is not there and one that has other numbers each get their own sentence."""
    content = ["hotel", load("hotel").digest(), {}]
    with pytest.raises(Mistake, match="newer EffectChain"):
        unpacked(link_of(json.dumps(content).encode(), 2))
    with pytest.raises(Mistake, match="does not have"):
        unpacked(link_of(json.dumps(["castle", *content[1:]]).encode()))
    with pytest.raises(Mistake, match="another version"):
        unpacked(link_of(json.dumps(["hotel", "0" * 12, {}]).encode()))
    with pytest.raises(Mistake, match="too long"):
        unpacked("A" * (LONGEST + 1))
    with pytest.raises(Mistake, match="1 to 6"):
        packed([])


TABLES = st.dictionaries(
    st.sampled_from("abcd"),
    st.recursive(
        st.integers(0, 3) | st.booleans() | st.lists(st.integers(0, 2), max_size=2),
        lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


@given(TABLES, TABLES)
def test_difference_leads_from_one_table_to_the_other(below: dict[str, Any], above: dict[str, Any]) -> None:
    """Laid over the one, it gives the other, with numbers and yes or no told apart."""
    assert json.dumps(above, sort_keys=True) == json.dumps(patched(below, difference(below, above)), sort_keys=True)

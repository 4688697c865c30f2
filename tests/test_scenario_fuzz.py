"""Whatever a file holds, the user gets a scenario or a mistake, and soon."""

import time
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import MOST_LISTED, Mistake
from scenarios.lines import line_of, places
from scenarios.loading import load, parse
from tests.scenario_forms import SCHEMA, scenario_data

SECONDS = 1.0
TABLES = [SCHEMA, *SCHEMA["$defs"].values()]
KNOWN = sorted({key for table in TABLES for key in table["properties"]})

KEYS = st.sampled_from(KNOWN) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.datetimes() | st.dates()
VALUES = st.recursive(
    SCALARS.filter(lambda value: value is not None),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
PIECES = st.sampled_from(
    ["schema = 1\n", "[", "[[", "]", "]]", "=", "{", "}", '"', '"""', "'", "\n", ".", ",", "#", "nan", "-inf", "1e999",
     "0x", "2026-01-01", "true", "weeks", "interventions", "behaviour", "extends", '"hotel"', "\\u0000", "\t", " "]
)  # fmt: skip


def answered(text: str) -> None:
    """Fails unless this text gives a scenario or a short mistake, within a second of work."""
    begin = time.thread_time()
    try:
        parse(text, "x.toml")
    except Mistake as mistake:
        assert len(str(mistake).split("\n")) <= MOST_LISTED + 2  # noqa: PT017 both ways out are right
    assert time.thread_time() - begin < SECONDS


@given(st.text())
def test_any_text(text: str) -> None:
    """Before and after the line that every file needs."""
    answered(text)
    answered(f"schema = 1\n{text}")


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_any_heap_of_toml_signs(text: str) -> None:
    """What looks like TOML comes further than what does not."""
    answered(text)
    answered(f"schema = 1\n{text}")


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_valid_toml(data: dict[str, Any]) -> None:
    """Known keys with values of every type, in every place."""
    data["schema"] = 1
    data.pop("extends", None)
    try:
        text = tomli_w.dumps(data)
    except UnicodeEncodeError:
        return
    answered(text)


@given(scenario_data, st.data())
def test_a_valid_scenario_with_one_value_exchanged(data: dict[str, Any], draw: st.DataObject) -> None:
    """One wrong value deep in a right file."""
    table = data
    while inner := [value for value in table.values() if isinstance(value, dict) and value]:
        table = draw.draw(st.sampled_from([*inner, table]))
        if table not in inner:
            break
    table[draw.draw(st.sampled_from(sorted(table)))] = draw.draw(VALUES)
    answered(tomli_w.dumps(data | {"schema": 1}))


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is written anew for every example."""
    return tmp_path_factory.mktemp("fuzz") / "x.toml"


@given(content=st.binary())
def test_any_bytes(file: Path, content: bytes) -> None:
    """Files that hold no text at all."""
    file.write_bytes(content)
    with pytest.raises(Mistake):
        load(file)


@given(st.lists(PIECES | st.text(max_size=3)).map("".join), st.lists(KEYS, max_size=3).map(tuple))
def test_looking_for_lines_never_fails(text: str, path: tuple[str, ...]) -> None:
    """A line of the text, or none."""
    line = line_of(text, path)

    assert line is None or 1 <= line <= text.count("\n") + 1


def test_lines_are_those_of_the_key_in_its_own_table() -> None:
    """The same key may stand in several tables and in several items of an array."""
    text = "weeks=1\n[a]\nweeks=2\n[[b]]\nx=1\n[[b]]\n'x' = 2\n[b.c]\ny.z=1\n[ d . e ]\n[[b]]\n# x = 3\n"

    assert {
        ("weeks",): 1,
        ("a",): 2,
        ("a", "weeks"): 3,
        ("b", 0): 4,
        ("b", 0, "x"): 5,
        ("b", 1): 6,
        ("b", 1, "x"): 7,
        ("b", 1, "c"): 8,
        ("b", 1, "c", "y", "z"): 9,
        ("d", "e"): 10,
        ("b", 2): 11,
    } == {place: line for line, place in places(text)}
    assert (7, 9, 11, 4, None) == (
        line_of(text, ("b", 1, "x")),
        line_of(text, ("b", 1, "c", "y")),
        line_of(text, ("b", 2, "x")),
        line_of(text, ("b",)),
        line_of(text, ("f",)),
    )


def test_hostile_texts_are_answered_within_seconds() -> None:
    """Texts of a megabyte that are built to keep a reader busy."""
    size = 900_000
    hostile = [
        ".".join("a" * (size // 2)) + " = 1",
        '"a" . ' * (size // 6) + "a = 1",
        "x = { " + ".".join("a" * (size // 2)) + " = 1 }",
        "a" * size,
        '"' * size,
        "a = " + "[" * size,
        "a = " + "{ a = " * (size // 6),
        "a = 0x" + "f" * size,
        "[a]\n" * (size // 4),
        "a.\n" * (size // 3),
    ]
    for text in hostile:
        begin = time.thread_time()
        with pytest.raises(Mistake):
            parse(f"schema = 1\n{text}")
        assert time.thread_time() - begin < 5 * SECONDS, text[:20]

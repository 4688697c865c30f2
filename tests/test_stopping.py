"""Going on until intervals are narrow: honest about luck, and the same worlds as when asked for at once."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from effectchain.compiling import compile_rules
from experiments.comparison.comparison import compare
from experiments.comparison.until import Until, read_until, widths
from results.effects.sentences import stopping_sentence
from results.folders.digest import digest
from results.statistics import mean_interval
from results.stopping import EVERY, FIRST, Stopping, Width, half_width, half_width_of_share, looks, until_narrow
from scenarios.errors import Mistake
from tests.command_line import done, refused, small_file
from tests.small_organisation import small

Column = npt.NDArray[np.float64]
BASE = small()
STRONG = BASE.with_(name="strong").strengthen("operations", effort=1.0, start=2, weeks=12)

TRIALS = 2000


def stopped(values: Column, width: float, measure: Callable[[Column], float], first: int, every: int) -> Column:
    """The values up to the look at which the stopping function stops."""
    found = until_narrow(
        lambda number: {"x": Width(width, measure(values[:number]))},
        lambda: False,
        asked="",
        most=values.size,
        first=first,
        every=every,
    )
    return values[: found.replications]


def coverage(
    draw: Callable[[np.random.Generator], Column], truth: float, width: float, first: int, every: int
) -> float:
    """The share of trials in which the 95 % interval at the stop holds the truth."""
    luck = np.random.default_rng(20_26)
    held = 0
    for _ in range(TRIALS):
        sample = stopped(draw(luck), width, half_width, first, every)
        found = mean_interval(sample)
        held += found.low <= truth <= found.high
    return held / TRIALS


def test_intervals_after_stopping_hold_the_truth() -> None:
    """Paired differences about normal: the interval at the stop holds the truth in at least 0.93 of trials.

    Were the true coverage 0.945, 2,000 trials would show less than 0.93 with probability 0.002 (false alarm); were it
    0.91, as when looking from 3 worlds on after each, they would show 0.93 or more with probability 0.001.
    """
    found = coverage(lambda luck: luck.normal(0.3, 1.0, 120), 0.3, 0.35, FIRST, EVERY)

    assert found >= 0.93


def test_looking_early_and_often_would_not() -> None:
    """The test above can fail: from 3 worlds on and after each, the truth is held in about 0.89 of trials."""
    assert coverage(lambda luck: luck.normal(0.3, 1.0, 120), 0.3, 0.45, 3, 1) < 0.92


def test_share_of_worlds_after_stopping() -> None:
    """Something that happens in 1 world of 10: the score interval at the stop holds that in at least 0.92 of trials.

    2,000 trials with a true coverage of 0.94 show less with probability below 0.001.
    """
    luck = np.random.default_rng(7)
    held = 0
    for _ in range(TRIALS):
        sample = stopped((luck.random(1000) < 0.1).astype("f8"), 0.04, half_width_of_share, FIRST, EVERY)
        half = half_width_of_share(sample)
        assert half <= 0.04
        seen, z = sample.mean(), 1.959964
        centre = (seen + z * z / (2 * sample.size)) / (1 + z * z / sample.size)
        held += abs(centre - 0.1) <= half + 1e-9
    assert held / TRIALS >= 0.92


def test_no_spread_is_no_certainty() -> None:
    """Equal values never count as narrow, whatever their number; one value neither."""
    assert [math.inf, math.inf, math.inf] == [
        half_width(np.zeros(200)),
        half_width(np.ones(20)),
        half_width(np.ones(1)),
    ]
    known = mean_interval([1.0, 2.0, 4.0])
    assert pytest.approx((known.high - known.low) / 2) == half_width(np.array([1.0, 2.0, np.nan, 4.0]))
    rare = np.concatenate((np.zeros(60), np.ones(40)))
    assert 61 <= stopped(rare, 0.3, half_width, FIRST, EVERY).size


def test_looks_are_at_set_numbers() -> None:
    """At 20, then every 10, and at last at the most; never beyond it."""
    assert [20, 30, 40, 45] == list(looks(20, 10, 45))
    assert [20] == list(looks(20, 10, 20))
    assert [15] == list(looks(20, 10, 15))


def test_all_indicators_must_be_narrow() -> None:
    """One that is not narrow is enough to go on; at the most, the reason is that."""
    found = until_narrow(
        lambda number: {"a": Width(1.0, 0.1), "b": Width(1.0, 100.0 / number)}, lambda: False, asked="1", most=200
    )

    assert (100, 9, "narrow") == (found.replications, found.looks, found.reason)
    never = until_narrow(lambda _: {"a": Width(1.0, 2.0)}, lambda: False, asked="1", most=35)
    assert (35, 3, "most") == (never.replications, never.looks, never.reason)


def test_adaptive_worlds_are_the_same_worlds() -> None:
    """Later replications are those that a run with that number asked for at once has."""
    until = Until(0.0006, is_share=False, of=("satisfaction",), most=60)

    found = compare(BASE, [STRONG], weeks=10, replications=8, seed=3, until=until)

    assert found.stopping is not None
    assert FIRST < found.base.replications == found.stopping.replications <= 60
    assert (found.base.replications - FIRST) / EVERY + 1 == found.stopping.looks
    assert "narrow" == found.stopping.reason
    at_once = compare(BASE, [STRONG], weeks=10, replications=found.base.replications, seed=3)
    assert digest(at_once.weekly) == digest(found.weekly)
    change = at_once.changes()["satisfaction"].difference
    assert change is not None
    assert pytest.approx((change.high - change.low) / 2) == found.stopping.widths["satisfaction"].reached <= 0.0006


def test_nothing_changes_stops_at_the_first_look() -> None:
    """No number of any week differs in any of 20 worlds: more worlds would hardly tell more, which is said."""
    found = compare(BASE, [BASE], weeks=4, until=read_until("0.1%"))

    assert found.stopping is not None
    assert (20, 1, "same") == (found.stopping.replications, found.stopping.looks, found.stopping.reason)
    assert "in none of 20 worlds does any number differ. An effect in more than 14%" in stopping_sentence(
        found.stopping, "en"
    )


def test_one_indicator_that_does_not_differ_is_no_reason_to_stop() -> None:
    """The same investment in all worlds tells nothing; only when no number at all differs is nothing changed."""
    found = compare(BASE, [STRONG], weeks=8, until=Until(1.0, is_share=False, of=("investment",), most=30))

    assert found.stopping is not None
    assert ("most", 30) == (found.stopping.reason, found.stopping.replications)
    assert "without any spread" in stopping_sentence(found.stopping, "en")


def test_widths_are_measured_on_what_can_carry_them() -> None:
    """A per cent is of the baseline's level, of revenue for profit, of the scale of 100 for points."""
    worlds = compare(BASE, [STRONG], weeks=10, replications=4)
    until = Until(0.01, is_share=True, of=("loyalty", "profit", "nps", "payback"))

    found = widths(until, worlds.base.weekly, [worlds.what_ifs[0].weekly], 52)

    changes = worlds.changes()
    assert pytest.approx(0.01 * (changes["loyalty"].base or 0.0)) == found["loyalty"].wanted
    assert pytest.approx(0.01 * (changes["revenue"].base or 0.0)) == found["profit"].wanted
    assert (1.0, 0.01) == (found["nps"].wanted, found["payback"].wanted)
    with pytest.raises(Mistake, match="there is no 1% of nothing"):
        widths(Until(0.01, is_share=True, of=("adoption",)), worlds.base.weekly, [worlds.what_ifs[0].weekly], 52)


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        ("narrow", {}, "is no width of an interval"),
        ("-1%", {}, "is no width of an interval"),
        ("nan", {}, "is no width of an interval"),
        ("1%", {"of": ["loyalti"]}, "did you mean 'loyalty'"),
        ("1%", {"most": 19}, "most = 19"),
    ],
)
def test_wrong_wishes_are_told(text: str, more: dict[str, Any], words: str) -> None:
    """What is wrong, and what would be right."""
    with pytest.raises(Mistake, match=words):
        read_until(text, **more)


def test_wishes_are_read() -> None:
    """Per cent or the indicator's own unit; by default loyalty and what the sector is for."""
    assert (0.005, True, ("loyalty", "profit")) == (
        (found := read_until("0.5%")).width,
        found.is_share,
        found.of,
    )
    assert ("loyalty", "reputation") == read_until("0.5%", sector="nonprofit").of
    assert (0.002, False) == ((found := read_until("0.002", ["nps"])).width, found.is_share)


def test_the_number_of_worlds_is_said_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In JSON, manifest, terminal and report: that it was adaptive, how many looks, what was reached."""
    compile_rules(quiet=True)
    monkeypatch.chdir(tmp_path)
    small_file()
    small_file("other", organisation__employees=11)
    words = ("compare", "small.toml", "other.toml", "--weeks", "4", "--until", "30%", "--of", "nps", "--workers", "1")

    text = done(*words, "--out", "one").out
    data = json.loads(Path("one/comparison.json").read_text(encoding="utf-8"))["until"]

    assert ("30%", 20, 1, "narrow") == tuple(data[key] for key in ("asked", "replications", "looks", "reason"))
    assert data == json.loads(Path("one/manifest.json").read_text(encoding="utf-8"))["until"]
    assert data["widths"]["nps"]["reached"] <= data["widths"]["nps"]["wanted"] == 30.0
    report = Path("one/report.html").read_text(encoding="utf-8")
    for told in (" ".join(text.split()), report):
        assert "The number of worlds was adaptive: 20 after one look" in told
    assert "20, adaptive" in report


def test_wrong_options_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake on the command line: told in a few lines, exit code 2, nothing simulated."""
    monkeypatch.chdir(tmp_path)
    same = ("compare", small_file(), "small.toml", "--weeks", "2")

    assert "--until 'soon'" in refused(*same, "--until", "soon")
    assert "--of: says nothing without --until" in refused(*same, "--of", "nps")
    assert "--discount '2'" in refused(*same, "--discount", "2")
    assert not Path("runs").exists()


def test_what_was_reached_is_plain_data() -> None:
    """Widths that are unknown are null in JSON."""
    found = Stopping("1%", 20, 1, "most", {"nps": Width(1.0, math.inf)})

    assert {"nps": {"wanted": 1.0, "reached": None}} == json.loads(json.dumps(found.as_data(), allow_nan=False))[
        "widths"
    ]

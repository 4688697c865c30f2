"""What benchmarks are made of: ratios of turns, exponents, a page with places for tables, keys that others read."""

import json
from functools import partial
from pathlib import Path

import pytest

from benchmarks import figures
from benchmarks.growth import exponent
from benchmarks.peers import task
from benchmarks.turns import Job, Spread, in_turns, late, ratio


def test_a_ratio_is_taken_turn_by_turn() -> None:
    """A turn in which the machine was busy slows both sides and leaves the ratio alone."""
    assert Spread(4.0, 2.0, 8.0, 3) == ratio([2.0, 40.0, 16.0], [1.0, 10.0, 2.0])
    assert Spread(40.0, 20.0, 80.0, 3) == ratio([2.0, 40.0, 16.0], [1.0, 10.0, 2.0], 10)


def test_a_late_time_is_the_95th_of_100() -> None:
    """Of fewer, the nearest rank that holds as many: the 21st of 22, the last of three."""
    assert (95, 21, 3) == (late(range(1, 101)), late(range(22, 0, -1)), late([2, 3, 1]))


def test_everybody_goes_first_once() -> None:
    """Who goes first moves on each turn, and making a job ready isn't timed."""
    ran: list[str] = []

    def ready(name: str) -> Job:
        return partial(ran.append, name)

    spent = in_turns({name: partial(ready, name) for name in "abc"}, 3)

    assert "abcbcacab" == "".join(ran)
    assert {"a": 3, "b": 3, "c": 3} == {name: len(times) for name, times in spent.items()}
    assert 0.05 > max(map(max, spent.values()))


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_an_exponent_is_the_power_of_growth(power: float) -> None:
    """Whatever the unit of time."""
    assert power == pytest.approx(exponent({size: 3e-7 * size**power for size in (10, 1000, 10_000)}))


def test_the_page_has_a_place_for_each_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table takes the place of the one before; the prose around it stays."""
    before = figures.PAGE.read_text(encoding="utf-8")
    monkeypatch.setattr(figures, "PAGE", tmp_path / "benchmarks.md")
    for mark in ("figures", "peers"):
        figures.PAGE.write_text(before, encoding="utf-8")
        for value in ("first", "second"):
            figures.write_table(mark, ("what", "measured", "budget"), [("speed", value, "none")], "Here.")
        text = figures.PAGE.read_text(encoding="utf-8")
        assert "| speed | second | none |" in text
        assert "| speed | first | none |" not in text
        assert before.splitlines()[-1] == text.splitlines()[-1]
    with pytest.raises(ValueError, match="no place for 'nothing'"):
        figures.write_table("nothing", ("", "", ""), [], "")


def test_figures_of_other_runs_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A section that is measured alone leaves the keys of the others."""
    monkeypatch.setattr(figures, "LATEST", tmp_path / "latest.json")
    figures.keep({"c_ratio": 1.0, "sweep_overhead": 0.01})
    figures.keep({"c_ratio": 1.1})

    assert {"c_ratio": 1.1, "sweep_overhead": 0.01} == json.loads(figures.LATEST.read_text(encoding="utf-8"))


def test_the_task_of_all_engines_has_known_means() -> None:
    """The first number follows luck, whose mean is a half, and the last one starts to move in the tenth step."""
    assert [0.05] + [0.0] * 9 == task.means(1)
    assert 0.0 == task.means(9)[9] < task.means(10)[9]
    assert [0.5] * 10 == pytest.approx(task.means(3000))

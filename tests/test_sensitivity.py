"""Which factors move an outcome: against functions whose answer is known, and never over missing numbers."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from agents.registry import PARAMETERS
from experiments.designs.experiment import Experiment, experiment_of
from experiments.designs.sampling import saltelli
from experiments.naming import factor_name
from experiments.sensitivity.methods import sobol_effects
from experiments.sensitivity.sensitivity import sensitivity
from results.errors import ResultsError
from results.figures.charts import to_png, to_svg
from results.sensitivity.outcomes import outcomes
from results.sensitivity.table import Sensitivity
from results.sensitivity.terminal import print_sensitivity
from results.sensitivity.tornado import MOST_FACTORS, tornado
from results.sensitivity.words import notes
from results.words import LANGUAGES
from tests.experiment_forms import data_of, experiment
from tests.finished_sweeps import Formula, Numbers, finished

PATHS = ("building_blocks.strategy", "building_blocks.culture", "building_blocks.design")
CUBE = {path: {"low": 0.0, "high": 1.0} for path in PATHS}

FIRST = (0.3139, 0.4424, 0.0)
TOTAL = (0.5576, 0.4424, 0.2437)
"""Of the Ishigami function with a = 7, b = 0.1 [Ishigami & Homma 1990]."""


def ishigami(units: Numbers) -> Numbers:
    """Well known: sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, each x from -π to π."""
    x = np.pi * (2.0 * units - 1.0)
    return np.asarray(np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def cube(design: pa.Table) -> Numbers:
    """The design's numbers, one row a cell; 0.5 where the scenario's own stand."""
    columns = [[0.5 if one is None else one for one in design.column(path).to_pylist()] for path in PATHS]
    return np.array(columns, "f8").T


def on_cube(kind: str, replications: int = 1, **design: Any) -> Experiment:
    """An experiment on the unit cube."""
    data = data_of(kind, CUBE, **design) | {"replications": replications}
    if kind in {"grid", "one_at_a_time"}:
        data["design"].pop("points", None)
    return experiment_of(data)


def plain(design: pa.Table, _replication: int) -> Numbers:
    """4 times the first factor, less twice the second; the third does nothing."""
    return np.asarray(cube(design) @ np.array([4.0, -2.0, 0.0]) + 10.0)


def noisy(strength: float) -> Formula:
    """The plain outcome and luck: a part that all cells share, and a part of each cell's own."""

    def outcome(design: pa.Table, replication: int) -> Numbers:
        luck = np.random.default_rng(replication).normal(size=design.num_rows)
        return np.asarray(plain(design, replication) + 100.0 * replication + strength * luck)

    return outcome


def refused(store: Any, indicator: str = "loyalty") -> str:
    """How the sweep is refused."""
    with pytest.raises(ResultsError) as caught:
        sensitivity(store, indicator)
    return str(caught.value)


def test_sobol_indices_of_ishigami(tmp_path: Path) -> None:
    """Through a real sweep folder: both orders within 0.03 of what is known, and within their intervals."""
    store = finished(tmp_path / "s", on_cube("saltelli", points=2048), lambda design, _: ishigami(cube(design)))

    found = {one.factor: one.bars for one in sensitivity(store, "loyalty").factors}

    for path, first, total in zip(PATHS, FIRST, TOTAL, strict=True):
        for bar, known in zip(found[path], (first, total), strict=True):
            assert known == pytest.approx(bar.value, abs=0.03)
            assert bar.low <= bar.value <= bar.high
            assert bar.low - 0.02 <= known <= bar.high + 0.02


def test_morris_of_ishigami(tmp_path: Path) -> None:
    """The second factor's mean size is exactly 7.875 on four levels, with no spread; only the third has no mean."""
    store = finished(tmp_path / "s", on_cube("morris", points=200), lambda design, _: ishigami(cube(design)))

    found = {one.factor: one for one in sensitivity(store, "loyalty").factors}
    first, second, third = (found[path] for path in PATHS)

    assert 7.875 == pytest.approx(second.bars[0].value)
    assert (7.875, 7.875) == pytest.approx((second.bars[0].low, second.bars[0].high))
    assert 0.0 == pytest.approx(third.more["mu"], abs=1.5)
    assert third.bars[0].value > 5.0
    assert first.more["sigma"] > 4.0


@settings(max_examples=5)
@given(slopes=st.lists(st.floats(-5, 5), min_size=3, max_size=3).filter(lambda one: max(map(abs, one)) > 0.5))
def test_each_factor_of_a_sum_has_its_share(slopes: list[float]) -> None:
    """Of a sum, first and total order are the squared slopes' shares."""
    outcome = saltelli(512, 3, 1) @ np.array(slopes)
    shares = np.square(slopes) / np.sum(np.square(slopes))

    for share, (first, total) in zip(shares, sobol_effects(outcome, PATHS), strict=True):
        assert share == pytest.approx(first.value, abs=0.06)
        assert share == pytest.approx(total.value, abs=0.06)


def test_a_second_look_shows_the_same(tmp_path: Path) -> None:
    """Intervals come of resampling, and resampling has luck of its own, which is fixed."""
    for kind in ("saltelli", "morris"):
        store = finished(tmp_path / kind, on_cube(kind, points=8), lambda design, _: ishigami(cube(design)))

        assert sensitivity(store, "loyalty").as_data() == sensitivity(store, "loyalty").as_data()


def test_one_at_a_time_is_exact_and_paired(tmp_path: Path) -> None:
    """Luck that all cells share leaves the swings exact; what does nothing has a swing of exactly zero."""
    store = finished(tmp_path / "s", on_cube("one_at_a_time", replications=3), noisy(0.0))
    found = {one.factor: one.bars for one in sensitivity(store, "loyalty").factors}
    first, second, third = ([(bar.setting, bar.value, bar.low, bar.high) for bar in found[path]] for path in PATHS)

    assert [("0", -2.0, -2.0, -2.0), ("1", 2.0, 2.0, 2.0)] == first
    assert [("0", 1.0, 1.0, 1.0), ("1", -1.0, -1.0, -1.0)] == second
    assert [("0", 0.0, 0.0, 0.0), ("1", 0.0, 0.0, 0.0)] == third


def test_one_world_has_no_interval(tmp_path: Path) -> None:
    """Nothing is known of its luck, and that is said."""
    found = sensitivity(finished(tmp_path / "s", on_cube("one_at_a_time"), noisy(1.0)), "loyalty")

    assert all(bar.as_data()["interval"] is None for one in found.factors for bar in one.bars if bar.value)
    assert "one_world" in found.remarks
    assert "With one world a cell" in " ".join(notes(found, "en"))


@pytest.mark.parametrize(("kind", "design"), [("latin_hypercube", {"points": 30}), ("grid", {"levels": 3})])
def test_a_line_gives_the_change_along_the_range(tmp_path: Path, kind: str, design: dict[str, int]) -> None:
    """Of a linear outcome exactly, with nothing left to explain."""
    found = sensitivity(finished(tmp_path / "s", on_cube(kind, **design), plain), "loyalty")

    assert 1.0 == pytest.approx(found.fit)
    assert [4.0, -2.0, 0.0] == pytest.approx([one.bars[0].value for one in found.factors], abs=1e-9)
    assert list(PATHS) == [one.factor for one in found.factors]
    assert "0 → 1" == found.factors[0].bars[0].setting
    assert 1.0 == pytest.approx(np.sqrt(sum(one.more["standardised"] ** 2 for one in found.factors)), abs=0.15)


def test_words_are_compared_with_each_other(tmp_path: Path) -> None:
    """The largest difference between two of them; yes and no likewise; a range on a log scale by ratios."""
    factors = {
        "organisation.value_proposition": {"values": ["balanced", "customer_intimacy", "product_leadership"]},
        "organisation.elastic_staffing": {"values": [True, False]},
        "customers.active": {"low": 100, "high": 10_000, "scale": "log"},
    }
    worth = {"balanced": 1.0, "customer_intimacy": 5.0, "product_leadership": 3.0}

    def outcome(design: pa.Table, _replication: int) -> Numbers:
        words, staffing, active = (design.column(path).to_pylist() for path in factors)
        place = [worth[word] for word in words]
        return np.asarray(np.array(place) + np.where(staffing, 0.0, 2.0) + np.log10(np.array(active)))

    store = finished(tmp_path / "s", experiment("sobol", factors, points=64), outcome)
    found = {one.factor: one.bars[0] for one in sensitivity(store, "loyalty").factors}

    assert ["balanced → customer_intimacy", "true → false", "100 → 10000"] == [found[path].setting for path in factors]
    assert [4.0, 2.0, 2.0] == pytest.approx([found[path].value for path in factors])


def test_luck_is_measured_and_remarked_on(tmp_path: Path) -> None:
    """What it does to all cells alike doesn't count; what it does to each is told when it is much."""
    calm, wild = (
        sensitivity(finished(tmp_path / str(noise), on_cube("sobol", 4, points=64), noisy(noise)), "loyalty")
        for noise in (0.01, 2.0)
    )

    assert calm.luck == pytest.approx(0.0, abs=1e-4)
    assert "lucky" not in calm.remarks
    expected = (2.0**2 / 4) / (2.0**2 / 4 + (16 + 4) / 12)
    assert expected == pytest.approx(wild.luck, abs=0.12)
    assert "lucky" in wild.remarks


def test_sums_and_means_of_the_last_weeks(tmp_path: Path) -> None:
    """Money adds up over the weeks looked at, levels are averaged; a run that is shorter counts whole."""
    data = {"customers.active": {"values": [100, 200]}}
    for name, total in {"profit": 2.0, "loyalty": 1.0}.items():
        store = finished(
            tmp_path / name,
            experiment("grid", data),
            lambda design, _: design.column("customers.active").to_numpy().astype("f8"),
            indicator=name,
        )

        assert [[100 * total] * 2, [200 * total] * 2] == outcomes(store, name, weeks=2).values.tolist()
        assert (3, 2) == (outcomes(store, name).weeks, outcomes(store, name, weeks=2).weeks)


def test_failed_cells_are_named(tmp_path: Path) -> None:
    """An analysis without them would mislead."""
    text = refused(finished(tmp_path / "s", on_cube("saltelli", points=8), plain, failed=[3, 17]))

    assert "2 cells failed (cell 3, 17)" in text


def test_cells_without_a_number_are_named(tmp_path: Path) -> None:
    """One NaN among them would make all indices zero without a word."""

    def outcome(design: pa.Table, replication: int) -> Numbers:
        values = plain(design, replication)
        values[[5, 9]] = np.nan
        return values

    assert "2 cells have no value of 'loyalty' (cell 5, 9)" in refused(
        finished(tmp_path / "s", on_cube("saltelli", points=8), outcome)
    )


def test_a_sweep_that_keeps_every_fourth_week_stands_for_all_of_them(tmp_path: Path) -> None:
    """Kept are weeks 4, 8 and 12 of 12: a flow is the sum over 12 weeks, or over the last 8."""
    store = finished(
        tmp_path / "s",
        on_cube("grid", levels=2),
        lambda design, _: np.arange(design.num_rows),
        indicator="profit",
        every=4,
    )

    assert 12 == outcomes(store, "profit").weeks
    assert [12.0] == outcomes(store, "profit").values[1].tolist()
    assert [8.0] == outcomes(store, "profit", weeks=8).values[1].tolist()


def test_what_never_changes_has_nothing_to_explain(tmp_path: Path) -> None:
    """It would be divided by zero, and shown as zeros."""
    store = finished(tmp_path / "s", on_cube("saltelli", points=8), lambda design, _: np.full(design.num_rows, 0.5))

    assert "'loyalty' is 0.5 in all 40 cells, from cell 0 on" in refused(store)


def test_an_unfinished_sweep_counts_as_far_as_it_is_whole(tmp_path: Path) -> None:
    """Replications that are there in all cells are a balanced sample; without any, nothing is said."""
    whole = finished(tmp_path / "a", on_cube("sobol", 3, points=16), plain, unfinished=[2])
    found = sensitivity(whole, "loyalty")

    assert (2, 1) == (found.replications, found.left_out)
    assert "left_out" in found.remarks
    assert "The sweep is not finished" in refused(
        finished(tmp_path / "b", on_cube("sobol", points=16), plain, unfinished=[0])
    )


def test_an_unknown_indicator_is_answered_with_those_there_are(tmp_path: Path) -> None:
    """Among those that the sweep keeps."""
    store = finished(tmp_path / "s", on_cube("sobol", points=16), plain)

    assert "keeps no indicator 'loyality'; choose from loyalty." in refused(store, "loyality")
    assert "choose from loyalty." in refused(store, "profit")


def test_too_few_cells_for_a_line_are_refused(tmp_path: Path) -> None:
    """With the number that is needed."""
    assert "at least 5 are needed" in refused(finished(tmp_path / "s", on_cube("sobol", points=4), plain))


def test_factors_that_move_together_are_refused(tmp_path: Path) -> None:
    """Their effects cannot be told apart."""
    (tmp_path / "points.csv").write_text(
        "building_blocks.strategy,building_blocks.culture\n" + "".join(f"0.{n},0.{n}\n" for n in range(1, 9))
    )
    data = {key: value for key, value in data_of("table", file="points.csv").items() if key != "factors"}
    one = experiment_of(data, tmp_path)
    store = finished(tmp_path / "s", one, lambda design, _: design.column(1).to_numpy())

    assert "always move together" in refused(store)


ALL_METHODS = {"saltelli": {"points": 8}, "morris": {"points": 8}, "one_at_a_time": {}, "sobol": {"points": 32}}


@pytest.fixture(scope="module")
def every_method(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sensitivity]:
    """One analysis of each sort."""
    folder = tmp_path_factory.mktemp("sweeps")

    def outcome(design: pa.Table, replication: int) -> Numbers:
        luck = np.random.default_rng(replication).normal(size=design.num_rows)
        return np.asarray(plain(design, replication) / 100.0 + 0.6 + 0.001 * luck)

    return {
        kind: sensitivity(finished(folder / kind, on_cube(kind, 2, **design), outcome), "loyalty")
        for kind, design in ALL_METHODS.items()
    }


@pytest.mark.parametrize("kind", ALL_METHODS)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_method_is_told_and_drawn(
    every_method: dict[str, Sensitivity], capsys: pytest.CaptureFixture[str], kind: str, language: str
) -> None:
    """In both languages, no line wider than 80 columns, every factor named; as JSON; and as the same bytes twice."""
    found = every_method[kind]
    print_sensitivity(found, language)
    told = capsys.readouterr().out

    assert all(len(line) <= 80 for line in told.split("\n"))
    assert all(one.names[language].split()[0] in told for one in found.factors)
    assert ("Wat heeft invloed op" if language == "nl" else "What moves customer loyalty?") in told
    assert set(PATHS) == set(json.loads(json.dumps(found.as_data(), allow_nan=False))["factors"])
    assert to_png(tornado(found, language)) == to_png(tornado(found, language))
    assert "</svg>" in to_svg(found.plot(language=language))


@pytest.mark.parametrize("kind", ALL_METHODS)
def test_the_factor_that_moves_most_stands_on_top(every_method: dict[str, Sensitivity], kind: str) -> None:
    """Of all methods the same one."""
    assert PATHS[0] == every_method[kind].factors[0].factor
    assert PATHS[2] == every_method[kind].factors[-1].factor


def test_bars_are_as_long_as_the_numbers(every_method: dict[str, Sensitivity]) -> None:
    """The figure draws what the table says, the largest on top."""
    found = every_method["sobol"]
    (axes,) = tornado(found).axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    drawn = sorted(((bar.get_y(), bar.get_width()) for bar in bars), reverse=True)
    widths = [width for _, width in drawn if any(width == one.bars[0].value for one in found.factors)]

    assert [one.bars[0].value for one in found.factors] == widths
    assert found.factors[0].names["en"] == axes.get_yticklabels()[-1].get_text()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_names_of_all_assumptions_stand_whole(
    every_method: dict[str, Sensitivity], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """On two lines of the figure, and on several of the table in 80 columns."""
    first = every_method["sobol"].factors[0]
    every = [{code: factor_name(f"behaviour.{name}", code) for code in LANGUAGES} for name in PARAMETERS]
    for start in range(0, len(every), MOST_FACTORS):
        names = every[start : start + MOST_FACTORS]
        found = replace(every_method["sobol"], factors=[replace(first, names=one) for one in names])
        (axes,) = tornado(found, language).axes
        labels = [label.get_text() for label in axes.get_yticklabels()]
        print_sensitivity(found, language)
        told = capsys.readouterr().out

        assert [one[language] for one in reversed(names)] == [label.replace("\n", " ") for label in labels]
        assert all(label.count("\n") < 2 for label in labels)
        assert "…" not in told
        assert all(len(line) <= 80 for line in told.split("\n"))


def test_a_name_that_two_lines_do_not_hold_is_cut(every_method: dict[str, Sensitivity]) -> None:
    """With an ellipsis, so that it stays beside its bar."""
    found = every_method["sobol"]
    endless = [replace(found.factors[0], names={"en": "an assumption without an end " * 6}), *found.factors[1:]]
    (axes,) = tornado(replace(found, factors=endless)).axes
    cut = axes.get_yticklabels()[-1].get_text()

    assert 1 == cut.count("\n")
    assert cut.endswith("…")

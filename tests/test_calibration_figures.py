"""Figures as organisations give them: names, numbers and tolerances, in whatever spreadsheet they were kept."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.calibration.calibrate import met_figure
from experiments.calibration.figures import COMPLAINTS, Figure, figure_name, usual_tolerance
from experiments.calibration.over import Carried
from experiments.calibration.parameters import changes_at, open_parameters, scenario_at
from experiments.calibration.reading import read_figures
from experiments.calibration.telling import called
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Watch
from results.indicators import INDICATORS as STEERED_ON
from results.statistics import paired_difference
from results.words import LANGUAGES
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from simulation.indicators import INDICATORS as WEEKLY
from tests.small_organisation import small


def read(path: Path, text: str) -> tuple[Figure, ...]:
    """The figures of a file with this text."""
    file = path / "figures.csv"
    file.write_text(text, encoding="utf-8")
    return read_figures(file)


def told(figures: tuple[Figure, ...]) -> list[tuple[str, float, float | None, float | None, int]]:
    """Everything about them."""
    return [(one.name, one.wanted, one.below, one.above, one.weeks) for one in figures]


def test_a_dutch_table_says_the_same_as_an_english_one(tmp_path: Path) -> None:
    """Semicolons and decimal commas, percentages, Dutch names of columns and figures."""
    english = "indicator,value,plus_minus,weeks\nchurn,0.18,0.02,\nnps,-12,5,26\nfailure_rate,0.085,,\n"
    dutch = "cijfer;waarde;marge;weken\nKlantverloop;18%;0,02;\nNPS;\N{MINUS SIGN}12;5;26\nFouten;8,5 %;;\n"

    assert told(read(tmp_path, english)) == told(read(tmp_path, dutch))
    assert [("churn", 0.18, 0.02, 0.02, 52), ("nps", -12.0, 5.0, 5.0, 26), ("failure_rate", 0.085, None, None, 52)] == (
        told(read(tmp_path, english))
    )


def test_low_and_high_stand_for_a_tolerance_to_either_side(tmp_path: Path) -> None:
    """Without a value the middle is wanted; a side that is not told is as wide as the other."""
    text = "indicator,value,low,high\nchurn,0.2,0.15,0.30\nturnover,,0.1,0.3\nsatisfaction,0.7,0.6,\n"
    both, middle, one_side = read(tmp_path, text)

    assert [0.05, 0.10] == pytest.approx([both.below, both.above])
    assert [0.2, 0.1, 0.1] == pytest.approx([middle.wanted, middle.below, middle.above])
    assert [0.1, 0.1] == pytest.approx([one_side.below, one_side.above])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,value\nchrun,0.2\n", "row 2, 'chrun': there is no such figure; did you mean 'churn'?"),
        ("indicator,value\nchurn,18\n", "churn = 18: cannot be; write 18% for a percentage. Allowed: 0 to 10"),
        ("indicator,value\nsatisfaction,7.3\n", "a mark of 7.3 on a scale from 1 to 10 is 0.70"),
        ("indicator,value\nchurn,a fifth\n", "row 2, value: 'a fifth' is no number. Allowed: a number, such as 0.18"),
        ("indicator,value\nchurn,\n", "row 2, churn: has no value"),
        ("indicator,value,plus_minus\nchurn,0.2,0\n", "has no room to either side"),
        ("indicator,value,low\nchurn,0.2,0.3\n", "has no room to either side"),
        ("indicator,value,plus_minus,low\nchurn,0.2,0.1,0.1\n", "has both plus_minus and low or high"),
        ("indicator,value,weeks\nchurn,0.2,2.5\n", "weeks = 2.5: must be a whole number from 1 to 520"),
        ("indicator,value,colour\nchurn,0.2,red\n", "column 'colour' means nothing here"),
        ("indicator,value\nchurn,0.2\nklantverloop,0.3\n", "gives 'churn' twice"),
        ("indicator,value\n", "has a header, but no figures"),
        ("churn,0.2\n", "no header in the first 30 rows"),
        ("", "is empty. Allowed: a CSV or XLSX file with figures"),
    ],
)
def test_a_mistake_says_where_and_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    """One sentence, with file and row."""
    with pytest.raises(Mistake) as mistake:
        read(tmp_path, text)

    assert said in str(mistake.value)
    assert "figures.csv" in str(mistake.value)


def test_a_mapping_is_as_good_as_a_file() -> None:
    """A number, or a number and its plus or minus."""
    assert [("churn", 0.2, None, None, 52), ("nps", 10.0, 4.0, 4.0, 52)] == told(
        read_figures({"churn": 0.2, "NPS": (10, 4)})
    )
    with pytest.raises(Mistake, match="must be a number"):
        read_figures({"churn": "a lot"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_report_calls_a_figure_can_be_given_again(language: str) -> None:
    """Whatever it is called in either language."""
    for name in (*WEEKLY, COMPLAINTS):
        assert name == figure_name(called(name, language), "here")


def test_every_name_that_people_read_in_reports_is_known() -> None:
    """In English and in Dutch."""
    for one in STEERED_ON.values():
        assert one.name == figure_name(one.english, "here")
        assert one.name == figure_name(one.dutch, "here")


def test_a_figure_is_the_mean_of_its_weeks_and_money_a_years_sum() -> None:
    """Weeks without anything to measure do not count; complaints are told per encounter."""
    weekly = live(Replication(small(), 0, 1, 20), Watch(None)).weekly
    failed = weekly["failure_rate"][:8] * weekly["encounters"][:8]
    complaints = np.nansum(failed * weekly["voice_rate"][:8]) / weekly["encounters"][:8].sum()

    assert np.nanmean(weekly["satisfaction"][:8]) == pytest.approx(Figure("satisfaction", 0.7, weeks=8).reached(weekly))
    assert 52.0 * weekly["profit"][:8].mean() == pytest.approx(Figure("profit", 0.0, weeks=8).reached(weekly))
    assert complaints == pytest.approx(Figure(COMPLAINTS, 0.1, weeks=8).reached(weekly))


def test_a_tolerance_that_was_not_given_holds_the_luck_of_a_year() -> None:
    """What is usual for such a figure, and on top of it how far alike worlds lie apart; a given one stays."""
    figure = Figure("turnover", 0.2)

    assert usual_tolerance(figure) == pytest.approx(figure.told(0.0).below)
    assert 2.0 * 0.1 < (figure.told(0.11).above or 0.0) < 2.0 * 0.12
    assert Figure("turnover", 0.2, 0.01, 0.01) == Figure("turnover", 0.2, 0.01, 0.01).told(0.1)


@given(st.sampled_from(presets()), st.floats(-4, 4))
def test_open_parameters_stay_within_what_a_scenario_allows(name: str, place: float) -> None:
    """Each at any place that its ends allow, all at once; at 0 nothing changes."""
    scenario = load(name)
    parameters = open_parameters(scenario, {"nps", "enps", "profit", "customers", "delight_rate", "effort"})
    places = np.array([min(max(place, one.ends()[0]), one.ends()[1]) for one in parameters])

    assert scenario == scenario_at(scenario, parameters, np.zeros(len(parameters)))
    assert scenario_at(scenario, parameters, places).name == name
    for one, at in zip(parameters, places, strict=True):
        assert all(one.low <= value <= one.high for value in one.values(float(at)).values())


def test_what_is_opened_follows_from_figures_and_wishes() -> None:
    """Some parameters bear on some figures only; a key may be freed or fixed, and told by its last part."""
    scenario = load("hotel")
    few = {one.key for one in open_parameters(scenario, {"churn"})}
    more = {one.key for one in open_parameters(scenario, {"churn", "enps"}, ["rival_quality"], ["quit_base"])}

    assert "behaviour.advise_base" not in few
    assert {"behaviour.advise_base", "market.rival_quality"} <= more
    assert "behaviour.quit_base" not in more
    assert "behaviour.quit_base" in few


def test_what_has_no_value_is_null_in_json() -> None:
    """One world has no interval, and a figure without anything to measure no distance; JSON has no such numbers."""
    carried = Carried("churn", paired_difference([0.2], [0.1]), (-0.1, -0.2)).as_data()
    nothing = met_figure(Figure("churn", 0.2, 0.02, 0.02), False, 0.01, np.nan, np.array([np.nan])).as_data()  # noqa: FBT003
    plain = json.loads(json.dumps([carried, nothing], allow_nan=False))

    assert [None, None] == plain[0]["luck"]
    assert (None, None, "not_met") == (plain[1]["reached"], plain[1]["distance"], plain[1]["verdict"])


def test_what_cannot_move_is_not_open() -> None:
    """A fee of nothing stays nothing whatever it is multiplied by, so that no plausible scenario could differ in it."""
    free_of_fees, with_fees = (
        {one.key for one in open_parameters(load(name), {"revenue"})} for name in ("hotel", "retail_bank")
    )

    assert "economics.fee" not in free_of_fees
    assert "economics.fee" in with_fees


@pytest.mark.parametrize(
    ("free", "fix", "said"),
    [
        (["behaviour.churn_bas"], [], "--free 'behaviour.churn_bas': there is no such key; did you mean"),
        (["organisation.employees"], [], "--free 'organisation.employees': cannot be open"),
        (["economics.fee"], [], "--free 'economics.fee': cannot move from where it is; give it a value"),
        (["building_blocks.leadership.lived"], [], "lies within 'building_blocks', which is open too"),
        ([], ["behaviour.price_pull"], "--fix 'behaviour.price_pull': is not open anyhow"),
        (["behaviour.price_pull"], ["behaviour.price_pull"], "is both freed and fixed; choose one"),
    ],
)
def test_what_cannot_be_opened_is_refused(free: list[str], fix: list[str], said: str) -> None:
    """With the key, and what to do."""
    with pytest.raises(Mistake) as mistake:
        open_parameters(load("hotel"), {"churn"}, free, fix)

    assert said in str(mistake.value)


def test_blocks_move_as_a_whole_and_keep_their_profile() -> None:
    """All eighteen levels go the same way, in their odds."""
    scenario = load("hotel")
    (blocks,) = [one for one in open_parameters(scenario, {"churn"}) if one.key == "building_blocks"]
    moved = scenario.with_(changes_at([blocks], np.array([1.0])))

    before, after = np.array(scenario.lived()), np.array(moved.lived())
    assert (after > before).all()
    assert np.log(after / (1 - after)) == pytest.approx(np.log(before / (1 - before)) + blocks.spread)

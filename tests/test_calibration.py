"""Calibration: known parameters are found again, what cannot be known is said, and no number depends on threads."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from experiments.calibration.calibrate import Standing, calibrate
from experiments.calibration.ensemble import ensemble_of
from experiments.calibration.figures import Figure
from experiments.calibration.over import changes_between, over
from experiments.calibration.result import Calibration
from experiments.calibration.telling import as_text
from experiments.comparison.comparison import compare
from experiments.roadmaps.variants import variants_of
from experiments.surveys.instrument import load_instrument
from experiments.surveys.survey import survey
from experiments.worlds.replication import Replication
from experiments.worlds.watch import Stopped
from experiments.worlds.workers import live_all
from results.errors import ResultsError
from scenarios.errors import Mistake
from scenarios.loading import load
from tests.calibrations import OF_TRUTH, all_but, firm, own_figures

TRUTH = {"behaviour.churn_base": 0.003, "behaviour.recommend_base": 0.24, "behaviour.failure_base": 0.11}
TOLERANCES = {"churn": 0.12, "nps": 4.0, "failure_rate": 0.008, "satisfaction": 0.01}
OPEN = ("behaviour.churn_base", "behaviour.failure_base", "behaviour.satisfaction_at_par")


@pytest.fixture(scope="module")
def found() -> Calibration:
    """A calibration to the figures of an organisation that differs in three known parameters."""
    figures = own_figures(firm().with_(TRUTH), TOLERANCES)
    return calibrate(firm(), figures, fix=all_but(*OPEN), members=12, workers=2)


def test_known_parameters_are_found_again(found: Calibration) -> None:
    """Figures come out within their tolerance as far as luck lets see; what they determine lies around the truth."""
    assert ["met"] * 4 == [one.verdict for one in found.figures]
    assert 8 < found.replications <= 32  # for tolerances that are not much wider than luck
    assert any(abs(one.figure.distances(np.array(one.start))) > 2.0 for one in found.figures)
    by_key = {one.parameter.key: one for one in found.parameters}
    for key, true in TRUTH.items():
        assert "determined" == by_key[key].known
        low, high = by_key[key].low, by_key[key].high
        slack = (high - low) / 2.0  # plausible values are those within the tolerances, not a 95 % interval
        assert low - slack <= true <= high + slack
        assert abs(true - by_key[key].best) < 0.5 * abs(true - by_key[key].start)


def test_every_plausible_scenario_meets_every_figure(found: Calibration) -> None:
    """In other luck too, as far as luck lets see; no two are alike, and all that is given stays."""
    names = {one.name for one in found.ensemble}

    assert 12 == len(names) == len({one.digest() for one in found.ensemble})
    for scenario in found.ensemble[:4]:
        lived = live_all([Replication(scenario, number, 1, 52) for number in range(12)], workers=2)
        for one in found.figures:
            mean = np.nanmean([one.figure.reached(life.weekly) for life in lived])
            luck = 3.0 * one.luck * np.sqrt(1 / found.replications + 1 / 12)
            assert abs(mean - one.figure.wanted) < (one.figure.above or 0.0) + luck
        assert scenario.organisation == found.request.scenario.organisation
        assert scenario.customers == found.request.scenario.customers


def test_what_the_figures_do_not_notice_is_said_and_varies() -> None:
    """A parameter without a part in any figure keeps all its spread, also in the plausible scenarios."""
    figures = {"failure_rate": (0.09, 0.01)}
    found = calibrate(
        firm(),
        figures,
        fix=all_but("behaviour.failure_base", "behaviour.message_rate"),
        members=10,
        replications=4,
        workers=2,
    )
    rate = next(one for one in found.parameters if one.parameter.key == "behaviour.message_rate")

    assert ("no_part", 1.0, rate.start) == (rate.known, rate.left, rate.best)
    assert rate.high > 1.5 * rate.low
    assert "behaviour.message_rate" in as_text(found, "en").partition("Not determined")[2]


def test_two_parameters_that_figures_cannot_tell_apart_are_named() -> None:
    """Failures alone say what base rate and building blocks come to together, and neither of the two."""
    found = calibrate(
        firm(),
        {"failure_rate": (0.09, 0.004)},
        fix=all_but("behaviour.failure_base", "building_blocks"),
        members=0,
        replications=6,
        workers=2,
    )
    pairs = {frozenset((one.one, one.other)): one.correlation for one in found.trades}

    assert pairs[frozenset(("behaviour.failure_base", "building_blocks"))] > 0.7
    assert 1 == found.directions
    told = as_text(found, "en")
    assert "failure_base and building_blocks can be traded against each other: both higher, or both" in told


def test_figures_that_cannot_go_together_are_named() -> None:
    """Delighted customers who warn everybody: the report says which two figures, and what each comes to alone."""
    figures = {"satisfaction": (0.85, 0.01), "nps": (-60, 3), "failure_rate": (0.07, 0.01)}
    found = calibrate(
        firm(),
        figures,
        fix=["behaviour.recommend_base", *all_but(*OPEN)],
        members=4,
        replications=4,
        workers=2,
    )
    by_figure = {one.figure: one for one in found.conflicts}

    assert not found.is_met
    assert "satisfaction" in by_figure["nps"].others
    assert "not_met" == next(one.verdict for one in found.figures if one.figure.name == "nps")
    assert "satisfaction" in as_text(found, "en").partition("nps cannot be met together with")[2].partition(";")[0] or (
        "nps is out of reach" in as_text(found, "en")
    )


def test_no_number_depends_on_workers_or_interruptions(tmp_path: Path) -> None:
    """One thread or three, at one go or stopped half-way: the same to the bit, and no trial is lived twice."""
    asked = {"fix": all_but(*OPEN[:2]), "members": 3, "replications": 2}
    figures = {"churn": 0.4, "failure_rate": 0.08}
    stop = Event()

    def until_the_fit(standing: Standing) -> None:
        if standing.stage == "fit":
            stop.set()

    whole = calibrate(firm(), figures, workers=1, **asked)  # type: ignore[arg-type]
    with pytest.raises(Stopped):
        calibrate(firm(), figures, workers=3, out=tmp_path / "c", on_progress=until_the_fit, stop=stop, **asked)  # type: ignore[arg-type]
    kept = len((tmp_path / "c" / "search.journal").read_text(encoding="utf-8").splitlines())
    again = calibrate(firm(), figures, workers=3, out=tmp_path / "c", **asked)  # type: ignore[arg-type]

    assert 0 < kept < whole.tried
    assert whole.as_data() == again.as_data()
    assert whole.changes == again.changes
    lines = (tmp_path / "c" / "search.journal").read_text(encoding="utf-8").splitlines()
    assert whole.tried == len(lines) == len(set(lines))
    with pytest.raises(ResultsError, match="holds another search: seed was 1 and is 2"):
        calibrate(firm(), figures, seed=2, out=tmp_path / "c", **asked)  # type: ignore[arg-type]


def test_interventions_are_not_part_of_what_was_measured(tmp_path: Path) -> None:
    """Figures are of the organisation before anything is done; what is planned stays in all scenarios."""
    figures = {"failure_rate": 0.08}
    asked = {"fix": all_but(OPEN[1]), "members": 2, "replications": 2, "workers": 2}
    plain = calibrate(firm(), figures, **asked)  # type: ignore[arg-type]
    planned = calibrate(firm().strengthen("operations", to=0.9, weeks=10), figures, **asked)  # type: ignore[arg-type]
    folder = planned.save(tmp_path / "planned")

    assert plain.changes == planned.changes
    assert all(len(one.interventions) == 1 for one in [planned.best, *ensemble_of(folder)])


def test_what_is_written_is_read_as_the_same_scenarios(tmp_path: Path, found: Calibration) -> None:
    """best.toml and plausible/*.toml build on scenario.toml and are what was found; a robust roadmap takes them."""
    folder = found.save(tmp_path / "c")

    assert [one.digest() for one in found.ensemble] == [one.digest() for one in ensemble_of(folder)]
    assert ensemble_of(folder) == ensemble_of(folder / "plausible")
    assert found.best == load(folder / "best.toml")
    assert [one.name for one in variants_of(firm(), folder, 1)[1:]] == [one.name for one in found.ensemble]
    assert 'extends = "scenario.toml"' in (folder / "best.toml").read_text(encoding="utf-8")
    with pytest.raises(Mistake, match="is no folder"):
        ensemble_of(tmp_path / "nowhere")


def test_a_what_if_is_carried_over_plausible_scenarios(found: Calibration) -> None:
    """Each gets just what the what-if changes, and effects are those of comparing one by one."""
    base = found.best
    what_if = base.strengthen("operations", to=0.9, weeks=10).with_({"economics.price": 50.0})
    comparison = compare(base, [what_if], weeks=20, replications=3, workers=2)
    (carried,) = over(comparison, found.ensemble[:3], workers=2)
    changes = changes_between(base, what_if)
    first = found.ensemble[0]
    alone = compare(first, [first.with_(changes)], weeks=20, replications=3).changes()["failure_rate"]

    assert {"interventions", "economics.price"} == set(changes)
    assert alone.difference is not None
    assert alone.difference.mean == carried["failure_rate"].effects[0]
    assert comparison.changes()["failure_rate"].difference == carried["failure_rate"].luck
    assert carried["failure_rate"].parameters.low <= min(carried["failure_rate"].effects) + 1e-3


def test_the_smallest_organisation_can_be_calibrated_too() -> None:
    """One employee and a dozen customers: luck is large, and is taken into account."""
    tiny = firm().with_({"organisation.employees": 1, "organisation.leaders": 1, "customers.active": 12})
    found = calibrate(tiny, {"satisfaction": 0.6, "engagement": 0.5}, members=3, replications=3, workers=2)

    assert 3 == len(found.ensemble)
    assert all(one.luck > 0.0 for one in found.figures)
    nothing = tiny.with_({"behaviour.failure_base": 0.0001, "customers.active": 1, "customers.prospects": 0})
    with pytest.raises(Mistake, match="voice_rate: has nothing to measure"):
        calibrate(nothing, {"voice_rate": 0.5}, replications=2)


def test_the_wanted_figure_is_told_with_its_tolerance_and_luck(found: Calibration) -> None:
    """A tolerance narrower than a year's luck is remarked on; texts are there in both languages."""
    narrow = calibrate(
        firm(), {"turnover": (0.2, 0.001)}, fix=all_but("behaviour.quit_base"), members=0, replications=3, workers=2
    )

    assert narrow.figures[0].is_too_sure
    assert "the luck of one year alone" in as_text(narrow, "en")
    assert "toeval van één jaar" in as_text(narrow, "nl")
    assert "voice" not in as_text(found, "nl")
    assert Figure("churn", 0.1, 0.02, 0.04).distances(np.array([0.08, 0.14])).tolist() == pytest.approx([-1.0, 1.0])


def test_answers_to_a_survey_are_figures(tmp_path: Path) -> None:
    """Constructs of the items asked, with their standard errors; what answers determine is found again."""
    truth = firm().with_({"behaviour.satisfaction_at_par": 0.66})
    instrument = load_instrument("ecsi")
    answered = survey(truth, instrument, units=6, sample=150, seed=OF_TRUTH, workers=2).answers
    columns = ["respondent", "CUSA1", "CUSA2", "CUSA3", "CUEX1"]
    rows = zip(*(answered.column(name).to_pylist() for name in columns), strict=True)
    text = "\n".join(";".join("" if one is None else str(one) for one in row) for row in [columns, *rows])
    (tmp_path / "answers.csv").write_text(text, encoding="utf-8")
    found = calibrate(
        firm(),
        answers=tmp_path / "answers.csv",
        fix=all_but("behaviour.satisfaction_at_par"),
        members=2,
        replications=6,
        workers=2,
    )
    figures = {one.figure.name: one for one in found.figures}
    by_key = {one.parameter.key: one for one in found.parameters}

    assert ["ecsi.expectation", "ecsi.satisfaction"] == sorted(figures)
    assert answered.num_rows > 100
    assert 0.0 < figures["ecsi.satisfaction"].figure.room < 0.4
    assert "not_met" != figures["ecsi.satisfaction"].verdict
    assert by_key["behaviour.satisfaction_at_par"].best == pytest.approx(0.66, abs=0.03)
    folder = found.save(tmp_path / "c")
    assert load_instrument(folder / "instrument.toml").digest() == instrument.digest()
    (tmp_path / "answers.csv").write_text("CUSA1;CUSA2\n8;11\n", encoding="utf-8")
    with pytest.raises(Mistake, match=r"row 2, column B: '11' is no answer\. Allowed: 1 to 10"):
        calibrate(firm(), answers=tmp_path / "answers.csv")
    with pytest.raises(Mistake, match="Allowed: a CSV or XLSX file with answers"):
        calibrate(firm(), answers=tmp_path / "nowhere.csv")
    with pytest.raises(Mistake, match="there are no figures to calibrate to"):
        calibrate(firm())

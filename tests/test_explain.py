"""Why a what-if works: links are cut person by person, and shares of measures and links add up to the whole."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import effectchain as ec
from effectchain.cli import main
from experiments.explanation.cutting import Cuts, Severed, live_cut
from experiments.explanation.explanation import Explanation, explain
from experiments.explanation.measures import OTHERWISE, PROGRAMME, measures, undone
from experiments.explanation.paths import SEEN_IN, lag_between
from experiments.worlds.watch import Watch
from results.explanation import explanation as told
from results.indicators import INDICATORS
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from scenarios.writing import to_toml
from simulation.links import LINKS
from simulation.week import live_weeks
from simulation.world import recorded
from tests.worlds import KINDS, Numbers, begun, small

NOBODY_LEAVES: Numbers = {"behaviour": {"quit_base": 0.0}, "organisation.elastic_staffing": False}
"""So that the same people sit on the same seats in both worlds."""

DONE: Numbers = {
    "interventions": [
        {"block": "leadership", "start": 1, "weeks": 20, "to": 0.9},
        {"block": "operations", "start": 3, "weeks": 20, "to": 0.9, "name": "lean"},
    ]
}

EVERYTHING = frozenset(LINKS)


def what_if(*changes: Numbers) -> Scenario:
    """Two blocks strengthened at once in a small organisation."""
    return small({"weeks": 60, "building_blocks.leadership": 0.2, "building_blocks.operations": 0.2}, DONE, *changes)


@cache
def explained() -> Explanation:
    """The small what-if, explained once for several tests."""
    return explain(what_if(), "loyalty", replications=3, seed=2, number_of_orders=2)


def cut(scenario: Scenario, *cuts: frozenset[str]) -> Severed:
    """The scenario beside itself with nothing done, with these links cut."""
    return live_cut(Cuts(undone(scenario), scenario, 0, 1, scenario.weeks, cuts), Watch())


def test_uncut_is_the_what_if_itself() -> None:
    """With no link cut, living beside a baseline changes nothing, to the bit; the baseline is itself too."""
    scenario = what_if()
    lived = cut(scenario, frozenset(), EVERYTHING)
    for same, found in ((scenario, lived.what_ifs[frozenset()]), (undone(scenario), lived.base)):
        world = begun(same)
        live_weeks(world, 1, same.weeks)
        assert recorded(world, same.weeks).tobytes() == found.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_is_done_no_cut_changes_anything(kind: str) -> None:
    """A world held at its own course, on any link or on all, is itself to the bit."""
    scenario = undone(small(KINDS[kind], {"programme.self_managing_from": None}))
    cuts = (EVERYTHING, *(frozenset({link}) for link in LINKS))
    lived = live_cut(Cuts(scenario, scenario, 0, 1, scenario.weeks, cuts), Watch())

    assert [] == [sorted(links) for links in cuts if lived.what_ifs[links].tobytes() != lived.base.tobytes()]


@pytest.mark.parametrize("link", ["leaders", "adoption", "autonomy", "engagement", "competence", "load"])
def test_a_cut_link_passes_nothing_on(link: str) -> None:
    """What it carries stays exactly at its course in the baseline, and moves when it is not cut."""
    lived = cut(what_if(NOBODY_LEAVES), frozenset(), frozenset({link}))
    base, free, held = (record[SEEN_IN[link]] for record in (lived.base, *lived.what_ifs.values()))

    assert not np.array_equal(base, free)
    assert np.array_equal(base, held)


def test_failures_recovery_and_surprises_are_decided_by_the_baselines_people() -> None:
    """With the same visits and all links cut, encounters fail and surprise as they would have without the what-if."""
    certain: Numbers = {"customers.choice": 0.0, "customers.prospects": 0}
    lived = cut(what_if(NOBODY_LEAVES, certain), frozenset(), frozenset({"failures"}), EVERYTHING)
    free, without_failures, held = lived.what_ifs.values()

    assert free["failure_rate"].sum() < lived.base["failure_rate"].sum()
    assert np.array_equal(lived.base["failure_rate"], without_failures["failure_rate"])
    for name in ("failure_rate", "surprise_rate", "voice_rate"):
        assert np.array_equal(lived.base[name], held[name], equal_nan=True), name


def test_shares_add_up_to_the_whole() -> None:
    """Over measures, and over links with what passes none; both explain the same effect."""
    data = explained().as_data()

    assert data["total"] != 0.0
    assert pytest.approx(data["total"], abs=1e-12) == sum(data["by_intervention"].values())
    assert pytest.approx(data["total"], abs=1e-12) == sum(data["by_path"].values())
    assert pytest.approx(explained().paths.total.mean, abs=1e-12) == data["total"]
    assert {"direct", *LINKS} == set(data["by_path"])
    assert ["leadership from week 1", "lean"] == list(data["by_intervention"])


def test_by_week_adds_up_to_the_courses_difference() -> None:
    """Each week's contributions together are that week's mean difference."""
    table = explained().by_week()
    weeks = table.column("week").to_numpy()
    added = np.bincount(weeks, table.column("contribution").to_numpy())[1:]
    worlds = [cut_of(number) for number in range(3)]
    difference = np.mean([one.what_ifs[frozenset()]["loyalty"] - one.base["loyalty"] for one in worlds], axis=0)

    assert difference == pytest.approx(added, abs=1e-12)


def cut_of(number: int) -> Severed:
    """One replication of the explained worlds."""
    scenario = what_if()
    return live_cut(Cuts(undone(scenario), scenario, number, 2, scenario.weeks, (frozenset(),)), Watch())


def test_an_explanation_is_the_same_whatever_the_workers() -> None:
    """Numbers depend on seed and scenario only."""
    again = explain(what_if(), "loyalty", replications=3, seed=2, number_of_orders=2, workers=3)

    assert explained().as_data() == again.as_data()


def test_measures_are_what_the_baseline_lacks() -> None:
    """Common interventions are no measure; programme and other differences are one each."""
    base = what_if()
    other = base.with_({"programme.coaching": 0.4, "organisation.capacity": 30.0}).strengthen("culture", to=0.7)
    found = measures(other, base)

    assert ("culture from week 1", PROGRAMME, OTHERWISE) == found.names
    assert base.digest() == found.with_only([]).digest()
    assert other.digest() == found.with_only(found.names).digest()


def test_what_only_the_baseline_does_is_another_difference() -> None:
    """Without it the baseline would not be what the whole effect is held against; the same done twice is two."""
    base = what_if().strengthen("strategy", to=0.8)
    kept, *_, dropped = base.as_dict()["interventions"]
    other = base.with_({"interventions": [kept, kept]})
    found = measures(other, base)

    assert "strategy" == dropped["block"]
    assert ("leadership from week 1", OTHERWISE) == found.names
    assert base.digest() == found.with_only([]).digest()
    assert other.digest() == found.with_only(found.names).digest()


def test_nothing_done_is_nothing_to_explain() -> None:
    """Said in one sentence."""
    with pytest.raises(Mistake, match="nothing is done in"):
        explain(undone(what_if()))


def test_other_people_cannot_be_held() -> None:
    """A baseline with other numbers of people has no course person by person."""
    base = undone(what_if()).with_({"customers.active": 91})
    with pytest.raises(Mistake, match="other numbers of customers"):
        explain(what_if(), base=base, replications=2)


def test_an_indicator_that_there_is_not_gets_the_nearest() -> None:
    """A typo is told before anything is simulated."""
    with pytest.raises(Mistake, match="did you mean 'loyalty'"):
        explain(what_if(), "loialty")


def test_blockers_are_ranked_by_what_easing_them_brings() -> None:
    """Most first, each with its interval."""
    found = explained().blockers

    assert [one.change.mean for one in found] == sorted((one.change.mean for one in found), reverse=True)
    assert len({one.easing.name for one in found}) == len(found) >= 18


@pytest.mark.parametrize("lag", [0, 5, 20])
def test_a_lag_is_found(lag: int) -> None:
    """An outcome that follows its cause after some weeks, up or down."""
    weeks = np.arange(156.0)
    cause = 1.0 / (1.0 + np.exp(-(weeks - 50.0) / 6.0))
    effect = -0.2 / (1.0 + np.exp(-(weeks - 50.0 - lag) / 6.0))

    assert lag == lag_between(cause, effect)


def test_no_lag_is_claimed_where_there_is_no_relation() -> None:
    """Flat courses, and courses too short to tell."""
    assert lag_between(np.zeros(156), np.arange(156.0)) is None
    assert lag_between(np.arange(20.0), np.arange(20.0)) is None


def test_a_link_is_called_as_its_indicator_is() -> None:
    """In both languages: one word for engagement."""
    called = INDICATORS["engagement"]

    assert (called.title("en"), called.title("nl")) == told.LINKS["engagement"]


def test_the_command_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON by the contract; a folder with the figure; a table for people, in Dutch too."""
    file = tmp_path / "mine.toml"
    file.write_text(to_toml(what_if({"name": "mine"})))
    common = [str(file), "--indicator", "nps", "--replications", "2", "--weeks", "30", "--orders", "1"]
    assert 0 == main(["explain", *common, "--json", "--out", str(tmp_path / "why")])
    data = json.loads(capsys.readouterr().out)
    assert pytest.approx(data["total"]) == sum(data["by_path"].values())
    assert {"why.png", "why.svg", "explanation.json", "by_week.parquet", "manifest.json"} <= {
        path.name for path in (tmp_path / "why").iterdir()
    }

    assert 0 == main(["explain", *common, "--lang", "nl", "--out", str(tmp_path / "waarom")])
    assert "Welke maatregel het deed" in capsys.readouterr().out


def test_a_mistake_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and what to do."""
    assert 2 == main(["explain", "hotel"])
    assert "nothing is done in 'hotel'" in capsys.readouterr().err


def test_results_explain_themselves() -> None:
    """A run against nothing done, a comparison against its baseline: the same effect as explained directly."""
    scenario = what_if({"name": "changed"})
    run = ec.run(scenario, 30, 2, 2).explain("engagement")
    compared = ec.compare(undone(scenario).with_(name="as-it-is"), scenario, weeks=30, replications=2, seed=2)
    direct = ec.explain(scenario, "engagement", weeks=30, replications=2, seed=2)

    assert direct.as_data() == run.as_data()
    assert direct.as_data() == compared.explain("engagement").as_data() | {"base": "changed"}

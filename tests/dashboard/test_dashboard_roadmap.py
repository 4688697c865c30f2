"""The roadmap's logic without a browser: bars, money, weight, what one does to a plan, and the search."""

import json
from collections.abc import Mapping
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

pytest.importorskip("solara", reason="The dashboard is not installed: these tests did NOT run.")

from effectchain.dashboard.errands import Runner
from effectchain.dashboard.roadmap.picture import first_wish, roadmap_picture
from effectchain.dashboard.roadmap.planning import planned
from effectchain.dashboard.roadmap.searching import Quest, Wish, search
from effectchain.dashboard.strategist.levers import own_work
from effectchain.dashboard.strategist.work import Sight
from scenarios.errors import Mistake
from tests.small_organisation import small

BASE = small(weeks=60).strengthen("operations", effort=0.2, start=3, weeks=5)
SIGHT = Sight(
    BASE, BASE.strengthen("leadership", to=0.8, start=10, weeks=20).strengthen("culture", effort=0.4, start=5)
)
WISH = Wish(20_000, "npv", trials=60)


def after(what: Mapping[str, Any], sight: Sight = SIGHT) -> list[tuple[str, int, int]]:
    """Block, start and length of the what-if's own work after an act."""
    return [(one.block, one.start, one.weeks) for one in own_work(sight.base, planned(sight, what))]


def test_plans_are_moved_within_their_time() -> None:
    """A bar goes where it is put, and is cut where the time line ends; the baseline's own work stays."""
    assert [("leadership", 30, 20), ("culture", 5, 26)] == after({"do": "move", "place": 0, "start": 30})
    assert [("leadership", 55, 6), ("culture", 5, 26)] == after({"do": "move", "place": 0, "start": 55})
    assert [("leadership", 60, 1), ("culture", 5, 26)] == after({"do": "move", "place": 0, "start": 400})
    assert [("leadership", 10, 20), ("culture", 5, 1)] == after({"do": "move", "place": 1, "weeks": -3})
    assert BASE.interventions[0] in planned(SIGHT, {"do": "move", "place": 0, "start": 30}).interventions


def test_work_is_added_and_taken_away() -> None:
    """New work aims above where the block stands; what is taken away leaves the rest."""
    assert ("design", 1, 26) in after({"do": "add", "block": "design"})
    assert [("culture", 5, 26)] == after({"do": "remove", "place": 0})
    changed = planned(SIGHT, {"do": "move", "place": 1, "to": 90})
    assert [None, None, 0.9] == [one.effort for one in changed.interventions[1:]] + [changed.interventions[-1].to]


@pytest.mark.parametrize(
    "what",
    [
        {"do": "dance"},
        {"do": "move", "place": 7},
        {"do": "move", "place": 0, "start": "soon"},
        {"do": "move", "place": 0, "start": float("inf")},
        {"do": "add", "block": "roof"},
        {"do": "remove"},
        {"do": "replace", "works": [{"block": "roof"}]},
        {"do": "replace", "works": [{"block": "culture", "start": 1, "weeks": 1, "effort": 0.1}] * 61},
    ],
    ids=str,
)
def test_what_cannot_be_is_told(what: dict[str, Any]) -> None:
    """Whatever a browser sends, it is done or told in words."""
    with pytest.raises(Mistake):
        planned(SIGHT, what)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_picture_is_plain_data(language: str) -> None:
    """Bars stand in per cent of the time line; baseline work is shown and cannot be moved; all of it is JSON."""
    picture = roadmap_picture(SIGHT, WISH, Quest(), language)
    rows = {row["block"]: row for row in picture["rows"]}

    assert json.loads(json.dumps(picture)) == picture
    assert [(10, 20, 15.0, 33.333)] == [
        (bar["start"], bar["weeks"], bar["left"], bar["width"]) for bar in rows["leadership"]["bars"]
    ]
    assert ([], 1) == (rows["operations"]["bars"], len(rows["operations"]["given"]))
    assert not picture["is_empty"]


def test_money_above_the_budget_is_told_by_year() -> None:
    """A year that costs more than its budget says by how much; a year cut short has as much less."""
    poor = roadmap_picture(SIGHT, Wish(100, "npv"), Quest(), "en")["years"]
    rich = roadmap_picture(SIGHT, Wish(10_000_000, "npv"), Quest(), "en")["years"]

    assert 2 == len(poor)
    assert "over budget by" in poor[0]["over"]
    assert ["", ""] == [year["over"] for year in rich]
    assert "€\N{NO-BREAK SPACE}1.5" in rich[1]["text"]


def test_weight_is_told() -> None:
    """Nothing, fine and too much each have their own sentence."""
    nothing = roadmap_picture(Sight(BASE, BASE), WISH, Quest(), "en")
    heavy = BASE
    for block in ("leadership", "culture", "design", "strategy"):
        heavy = heavy.strengthen(block, effort=0.6, start=7, weeks=9)
    much = roadmap_picture(Sight(BASE, heavy), WISH, Quest(), "en")["load"]

    assert nothing["is_empty"]
    assert "Nothing is asked" in nothing["load"]["sentence"]
    assert "in 9 of 60 weeks" in much["sentence"]
    assert "week 7" in much["sentence"]
    assert much["is_heavy"]
    light = roadmap_picture(Sight(BASE, BASE.strengthen("culture", effort=0.1)), WISH, Quest(), "en")["load"]
    assert "At no time" in light["sentence"]


def test_wishes_are_checked() -> None:
    """A budget of nothing is refused; what a browser cannot choose becomes the nearest thing that it can."""
    assert WISH == WISH.changed({"at_once": 40, "trials": 61})
    for wrong in ({"budget": 0}, {"budget": "much"}, {"budget": 1e12}):
        with pytest.raises(Mistake):
            WISH.changed(wrong)
    assert "npv" == first_wish(BASE).goal


def test_a_search_finds_a_plan_that_can_be_taken() -> None:
    """A short search tells how it goes, ends with a plan within the budget, and that plan becomes the what-if."""
    told: list[Any] = []
    wish = Wish(20_000, "loyalty", trials=16)
    tiny = small(weeks=26, warmup=2)
    quest = replace(search(Quest(tiny, wish), told.append, Event()), state="done")
    picture = roadmap_picture(Sight(tiny, tiny), wish, quest, "nl")["quest"]["found"]
    found = quest.found

    assert found
    assert [8, 16] == [one.standing.done for one in told]
    assert picture["findings"]
    assert picture["tables"]
    assert not picture["is_stale"]
    works = found.plan.as_data()
    taken = planned(Sight(tiny, tiny), {"do": "replace", "works": works})
    assert [work["block"] for work in works] == [one.block for one in own_work(tiny, taken)]


def test_a_search_can_be_called_off() -> None:
    """A search that is stopped ends soon, says so, and is no failure."""
    quests: list[Quest] = []
    ended = Event()

    def hear(quest: Quest) -> None:
        quests.append(quest)
        if quest.state != "running":
            ended.set()

    searcher = Runner(hear)
    searcher.send(Quest(BASE, Wish(20_000, "npv", trials=480)), search)
    searcher.cancel()

    assert ended.wait(30)
    assert ["running", "none"] == [quests[0].state, quests[-1].state]


def test_a_search_that_cannot_be_says_why() -> None:
    """A horizon without room for a quarter gives one sentence."""
    quests: list[Quest] = []
    ended = Event()

    def hear(quest: Quest) -> None:
        quests.append(quest)
        if quest.state == "failed":
            ended.set()

    Runner(hear).send(Quest(small(weeks=10), WISH), search)

    assert ended.wait(30)
    assert "quarters of 13 weeks" in str(quests[-1].trouble)

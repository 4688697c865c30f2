"""What a strategist moves, undoes, pins and pays, without a browser."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.blocks import BLOCKS
from agents.registry import PARAMETERS
from effectchain.dashboard.session import Session
from effectchain.dashboard.strategist import acts, keeping, levers
from effectchain.dashboard.strategist.acts import ACTS, done
from effectchain.dashboard.strategist.assuming import assuming
from effectchain.dashboard.strategist.costs import bill
from effectchain.dashboard.strategist.work import MOST_PINS, Sight, Work, begun
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from scenarios.scenario import Scenario
from simulation.planning import weekly_effort_cost

HOTEL = load("hotel")


def raised(work: Work, block: str, to: int) -> Work:
    """The work after this lever was moved."""
    return done(work, {"kind": "move", "block": block, "to": to}, Session())


def test_a_moved_lever_is_an_intervention_beside_the_baselines_own() -> None:
    """And only one a block, however often it is moved."""
    base = HOTEL.strengthen("culture", to=0.7, start=5)
    what_if = levers.moved(base, base, "leadership", {"to": 0.6})
    what_if = levers.moved(base, what_if, "leadership", {"to": 0.8, "start": 9})

    assert [("culture", 0.7, 5), ("leadership", 0.8, 9)] == [
        (one.block, one.to, one.start) for one in what_if.interventions
    ]
    assert ["leadership"] == [one.block for one in levers.own_work(base, what_if)]


@pytest.mark.parametrize("preset", presets())
def test_a_lever_brought_back_leaves_the_baseline(preset: str) -> None:
    """A goal where the block stands already is no work."""
    base = load(preset)
    for block in BLOCKS:
        what_if = levers.moved(base, base, block, {"to": 0.95})
        back = levers.moved(base, what_if, block, {"to": round(getattr(base.building_blocks, block).designed, 2)})

        assert base.digest() == back.digest()


def test_a_lever_that_the_roadmap_set_by_effort_becomes_a_goal_when_it_is_moved() -> None:
    """It says so before, and keeps start, weeks and approach."""
    what_if = HOTEL.strengthen("operations", effort=0.4, start=20, weeks=30, approach="bottom_up")
    lever = levers.levers(HOTEL, what_if)[BLOCKS.index("operations")]
    after = levers.moved(HOTEL, what_if, "operations", {"to": 0.9}).interventions[0]

    assert "effort" == lever.amount
    assert (0.9, None, 20, 30, "bottom_up") == (after.to, after.effort, after.start, after.weeks, after.approach)


def test_what_stands_beside_the_blocks_can_be_set_and_taken_back() -> None:
    """Held style, seats and approach come and go without a trace."""
    what_if = levers.with_style(HOTEL, HOTEL, 0.85)
    what_if = levers.with_seats(HOTEL, what_if, 0.1)

    assert (0.85, 0.1) == (levers.style_of(what_if), levers.seats_of(HOTEL, what_if))
    back = levers.with_seats(HOTEL, levers.with_style(HOTEL, what_if, None), 0.0)
    assert HOTEL.digest() == back.digest()


def test_a_changed_assumption_holds_for_both_worlds() -> None:
    """So it never passes for an effect of what is done."""
    work = raised(begun("preset:hotel", HOTEL), "culture", 80)
    work = done(work, {"kind": "assume", "name": "alignment_strength", "value": 0.1}, Session())

    assert 0.1 == work.now.base.behaviour["alignment_strength"] == work.now.what_if.behaviour["alignment_strength"]
    assert ["culture"] == [one.block for one in levers.own_work(work.now.base, work.now.what_if)]


@given(st.lists(st.tuples(st.sampled_from(BLOCKS), st.integers(0, 100)), min_size=1, max_size=6))
def test_undo_leads_back_step_by_step_and_redo_forth_again(moves: list[tuple[str, int]]) -> None:
    """After any moves."""
    work = begun("preset:hotel", HOTEL)
    seen = [work.now]
    for block, to in moves:
        work = raised(work, block, to)
        if work.now != seen[-1]:
            seen.append(work.now)
    for sight in reversed(seen[:-1]):
        work = work.undone()
        assert sight == work.now
    for sight in seen[1:]:
        work = work.redone()
        assert sight == work.now


def test_a_drag_is_one_step() -> None:
    """Sixty moves of one drag are undone at once."""
    work = begun("preset:hotel", HOTEL)
    for number, to in enumerate(range(61, 90)):
        work = done(work, {"kind": "move", "block": "culture", "to": to, "goes_on": number > 0}, Session())

    assert HOTEL == work.undone().now.what_if


def test_a_glimpse_shows_the_moment_before_and_changes_nothing() -> None:
    """To see again what the last move did."""
    work = raised(begun("preset:hotel", HOTEL), "culture", 80)

    assert HOTEL == work.glimpsed(is_glimpse=True).shown.what_if
    assert work.now == work.glimpsed(is_glimpse=True).glimpsed(is_glimpse=False).shown


def test_four_what_ifs_can_be_pinned_each_once() -> None:
    """A fifth, or the same again, is refused in words; a place that comes free is taken again."""
    work = begun("preset:hotel", HOTEL)
    for number in range(MOST_PINS):
        work = raised(work, "culture", 70 + number).pinned(f"number {number}")
    with pytest.raises(Mistake, match="4 pinned scenarios already"):
        raised(work, "culture", 90).pinned("one more")
    work = work.unpinned(2)
    with pytest.raises(Mistake, match="pinned already"):
        work.pinned("again")

    assert [1, 3, 4, 2] == [pin.number for pin in raised(work, "culture", 91).pinned("again").pins]


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "no such act"},
        {"kind": "move", "block": "kitchen", "to": 50},
        {"kind": "move", "block": "culture", "to": 101},
        {"kind": "move", "block": "culture", "to": "much"},
        {"kind": "move", "block": "culture", "start": 0},
        {"kind": "move", "block": "culture", "to": 80, "approach": "by magic"},
        {"kind": "beside", "name": "seats", "value": 99},
        {"kind": "beside", "name": "wages", "value": 1},
        {"kind": "assume", "name": "gravity", "value": 9.8},
        {"kind": "assume", "name": "alignment_strength", "value": 7},
        {"kind": "baseline", "origin": "preset:../../etc/passwd"},
        {"kind": "baseline", "origin": "diagnosis"},
        {"kind": "open", "key": "nothing of this name"},
        {"kind": "delete", "key": "nothing of this name"},
        {"kind": "keep", "title": " "},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    what: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a browser sends."""
    monkeypatch.setenv("EFFECTCHAIN_DATA", str(tmp_path_factory.mktemp("kept")))

    with pytest.raises(Mistake):
        done(begun("preset:hotel", HOTEL), what, Session())


def test_every_act_has_a_name_that_the_page_uses() -> None:
    """None is left over."""
    folder = Path(acts.__file__).parents[1]
    pages = [*folder.glob("strategist/*.vue"), *folder.glob("roadmap/*")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages if page.is_file()).replace('"', "'")

    assert [] == [name for name in ACTS if not re.search(f"kind'?: '{name}'", text)]


def test_a_bill_is_effort_at_its_price_and_upkeep_goes_on() -> None:
    """Work of a known effort costs effort times weeks times the price, and upkeep after it."""
    what_if = HOTEL.strengthen("culture", effort=0.4, start=1, weeks=52, upkeep=0.0)
    found = bill(HOTEL, levers.own_work(HOTEL, what_if))
    kept = bill(HOTEL, levers.own_work(HOTEL, HOTEL.strengthen("culture", effort=0.4, start=1, weeks=52)))

    assert pytest.approx(0.4 * 52 * weekly_effort_cost(HOTEL)) == found.pieces[0]
    assert 1 == found.most_at_once
    assert pytest.approx(0.4) == found.most_effort
    assert 0.0 == found.years[1] < kept.years[1]


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_higher_goal_never_costs_less(one: int, other: int) -> None:
    """Nor does any cost less than nothing."""
    costs = [
        bill(HOTEL, levers.own_work(HOTEL, levers.moved(HOTEL, HOTEL, "leadership", {"to": goal / 100}))).pieces
        for goal in sorted((one, other))
    ]

    low, high = (sum(cost) for cost in costs)
    assert -1e-9 <= low <= high + 1e-6 or max(one, other) <= 100 * HOTEL.building_blocks.leadership.designed


def test_a_kept_what_if_comes_back_with_its_baseline(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """And is a scenario file like any other."""
    monkeypatch.setenv("EFFECTCHAIN_DATA", str(tmp_path_factory.mktemp("kept")))
    work = raised(begun("preset:hotel", HOTEL), "leadership", 80)
    keeping.keep(work.now, "Leaders & <teams>")
    found = keeping.opened("Leaders & <teams>")

    assert (HOTEL, "Leaders & <teams>") == (found.now.base, found.now.title)
    assert (
        work.now.what_if.digest() == found.now.what_if.digest() == keeping.kept_baseline("Leaders & <teams>").digest()
    )
    assert ["Leaders & <teams>"] == keeping.kept_names()


def test_a_link_holds_all_that_is_compared() -> None:
    """Baseline, what-if and pinned ones, with their titles."""
    work = raised(begun("preset:hotel", HOTEL), "leadership", 80).pinned("first")
    work = raised(work, "culture", 90).called("second")
    found = keeping.from_code(keeping.code_of(work))

    assert (work.now.base.digest(), work.now.what_if.digest()) == (
        found.now.base.digest(),
        found.now.what_if.digest(),
    )
    assert ("second", ["first"]) == (found.now.title, [pin.title for pin in found.pins])
    assert "" == keeping.code_of(begun("preset:hotel", HOTEL))


def test_nothing_done_is_seen_as_such() -> None:
    """By content: a name makes no difference."""
    renamed = HOTEL.with_(name="other")

    assert Sight(HOTEL, renamed).is_same
    assert not replace(Sight(HOTEL, renamed), what_if=HOTEL.strengthen("culture", to=0.9)).is_same


def test_an_assumption_goes_back_to_what_the_organisation_came_with() -> None:
    """An example's own values are no change; one that is changed goes back to them and not to the rules' default."""
    hotel = load("hotel")
    work = begun("preset:hotel", hotel)
    name = next(name for name, value in hotel.behaviour.items() if value != PARAMETERS[name].default)
    assert not [row for row in assuming(hotel, work.usual, "", "en")["rows"] if row["is_changed"]]

    changed = done(work, {"kind": "assume", "name": name, "value": PARAMETERS[name].low}, Session())
    first = assuming(changed.now.base, changed.usual, "", "en")["rows"][0]
    assert (name, True) == (first["name"], first["is_changed"])
    back = done(changed, {"kind": "assume", "name": name, "value": None}, Session())
    assert hotel.behaviour == back.now.base.behaviour == back.now.what_if.behaviour


def test_a_budget_that_buys_too_much_has_a_bill_all_the_same() -> None:
    """What was asked is told in euro; that it cannot be lived is for its worlds to say."""
    dear = Scenario.model_validate(
        {"name": "dear", "interventions": [{"block": "culture", "start": 1, "weeks": 2, "budget": 9e8}]}
    )

    assert 9e8 == pytest.approx(bill(dear, [dear.interventions[0].model_copy(update={"upkeep": 0.0})]).pieces[0])


def test_a_pin_is_named_after_what_is_pinned() -> None:
    """Not after what a slow page still shows; a second what-if that would have the same name gets a number."""
    session = Session()
    work = raised(begun("preset:hotel", HOTEL), "leadership", 80)
    work = done(work, {"kind": "pin", "title": "of an earlier move", "language": "nl"}, session)
    work = done(work, {"kind": "move", "block": "leadership", "start": 20}, session)
    work = done(work, {"kind": "pin", "language": "nl"}, session)
    work = done(raised(work, "culture", 90), {"kind": "pin", "language": "elvish"}, session)

    assert ["Leiderschap 80", "Leiderschap 80 (2)", "Leadership 80 +1"] == [pin.title for pin in work.pins]

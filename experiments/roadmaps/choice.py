"""Which of the plans that a search found is told: the promising ones prove themselves in worlds new to the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from experiments.roadmaps.ledger import Trial
from experiments.roadmaps.marks import Marks, balanced, marks_of, unbeaten
from experiments.roadmaps.plan import Plan
from experiments.roadmaps.search import marks_in
from experiments.roadmaps.worlds import Worlds

SECOND: Final = 2_000_000
"""Number of the first world of the second look; neither a search nor a run or comparison has it."""

LAST_LOOK: Final = 16
ROUNDS: Final = ((16, 4), (5, LAST_LOOK))
"""How many of the best plans are looked at again, and in how many worlds; each round keeps those of the next."""

MOST_IN_FRONT: Final = 8
"""Plans of a front that are told."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The plan to be told, and for two goals the front that it is of, in the order of the first goal."""

    plan: Plan
    front: tuple[Plan, ...]


def chosen(trials: Sequence[Trial], others: Mapping[str, Plan], worlds: Worlds) -> Chosen:
    """The plan that does best in new worlds, among the best of the search and these other plans.

    For two goals the front of those that no other beats there, and of it the one that is best balanced.
    """
    marks = marks_in(trials, len(worlds.goals))
    found = {trial.plan: mark for trial, mark in zip(trials, marks, strict=True) if np.isfinite(mark).all()}
    if len(worlds.goals) == 1:
        return Chosen(_best(found, list(others.values()), worlds), ())
    plans = list(found)
    few = _spread([plans[place] for place in np.flatnonzero(unbeaten(np.array(list(found.values()))))], found)
    candidates = list(dict.fromkeys([*few, *others.values()]))
    again = _second_look(candidates, worlds, LAST_LOOK)
    front = sorted(np.flatnonzero(unbeaten(again)), key=lambda place: again[place, 0])
    return Chosen(candidates[front[balanced(again[front])]], tuple(candidates[place] for place in front))


def _best(found: Mapping[Plan, Marks], others: Sequence[Plan], worlds: Worlds) -> Plan:
    """Round by round fewer plans in more worlds; all other plans take part in each."""
    ranked = sorted(found, key=lambda plan: -found[plan][0])
    for count, replications in ROUNDS:
        plans = list(dict.fromkeys([*ranked[:count], *others]))
        marks = _second_look(plans, worlds, replications)[:, 0]
        ranked = [plans[place] for place in np.argsort(-marks, kind="stable")]
    return _pared(ranked[0], worlds)


def _pared(plan: Plan, worlds: Worlds) -> Plan:
    """The plan without the work that is better left undone: block by block, the most useless first."""
    while plan.works:
        shorter = [plan, *(plan.without(block) for block in plan.blocks())]
        best = int(_second_look(shorter, worlds, LAST_LOOK)[:, 0].argmax())
        if best == 0:
            break
        plan = shorter[best]
    return plan


def _second_look(plans: Sequence[Plan], worlds: Worlds, replications: int) -> Marks:
    gains = worlds.gains(plans, range(SECOND, SECOND + replications)).mean(axis=-1)
    return np.where(np.isfinite(marks := marks_of(gains)), marks, -np.inf)


def _spread(plans: Sequence[Plan], found: Mapping[Plan, Marks]) -> list[Plan]:
    """At most so many plans, evenly over the front in the order of the first goal, both ends among them."""
    ordered = sorted(plans, key=lambda plan: found[plan][0])
    places = np.unique(np.linspace(0, len(ordered) - 1, min(MOST_IN_FRONT, len(ordered))).round().astype("i8"))
    return [ordered[place] for place in places]

"""Looking for a better plan: a search in the background, with progress, that can be called off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event
from typing import Any, Final

from effectchain.dashboard.errands import Errand
from effectchain.dashboard.roadmap.planning import whole
from experiments.roadmaps.result import Roadmap
from experiments.roadmaps.search import Standing
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from scenarios.table import MOST_MONEY

TRIALS: Final = (60, 120, 240, 480)
WORLDS: Final = 12
"""Fresh worlds in which the best plan and its rivals are lived."""

ALL: Final = 9


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be searched: euro a year, the goal, blocks at once at most, and how many plans are tried."""

    budget: int
    goal: str
    at_once: int = ALL
    trials: int = 120

    def changed(self, what: Mapping[str, Any]) -> "Wish":
        """With what a browser sent. Raises Mistake for a budget that is none."""
        goal = str(what.get("goal", self.goal))
        at_once = min(max(1, whole(what.get("at_once", self.at_once))), ALL)
        trials = whole(what.get("trials", self.trials))
        budget = whole(what.get("budget", self.budget))
        if not 0 < budget <= MOST_MONEY:
            raise Mistake("this is no budget", allowed="euro a year, more than 0 and at most 1,000,000,000")
        return Wish(budget, goal, at_once, trials if trials in TRIALS else self.trials)


@dataclass(frozen=True, eq=False)
class Quest(Errand):
    """A search and how far it is; base: the organisation that it is about."""

    base: Scenario | None = None
    wish: Wish | None = None
    standing: Standing | None = None
    found: Roadmap | None = None


def search(quest: Quest, tell: Callable[[Quest], object], stop: Event) -> Quest:
    """Find a plan for this organisation. Raises Mistake for what cannot be, and Stopped once `stop` is set."""
    from experiments.roadmaps.roadmap import roadmap  # noqa: PLC0415  Optuna takes a while to load

    base, wish = quest.base, quest.wish
    if base is None or wish is None:
        return quest
    found = roadmap(
        base,
        budget=float(wish.budget),
        goal=wish.goal,
        most_at_once=wish.at_once,
        trials=wish.trials,
        replications=WORLDS,
        on_progress=lambda standing: tell(replace(quest, standing=standing)),
        stop=stop,
    )
    return replace(quest, found=found)

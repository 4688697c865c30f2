"""Looking for a better plan: a search in the background, with progress, that can be called off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Any, Final, Literal

from effectchain.dashboard.roadmap.planning import whole
from experiments.roadmaps.result import Roadmap
from experiments.roadmaps.search import Standing
from experiments.watch import Stopped
from results.errors import ResultsError
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from scenarios.table import MOST_MONEY

State = Literal["none", "running", "done", "failed"]

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
class Quest:
    """A search and how far it is; base: the organisation that it is about."""

    base: Scenario | None = None
    wish: Wish | None = None
    state: State = "none"
    standing: Standing | None = None
    found: Roadmap | None = None
    reason: str = ""


class Searcher:
    """One visitor's search; a new one calls off the last."""

    def __init__(self, on_news: Callable[[Quest], None]) -> None:
        """on_news: told in a thread of this visit."""
        self._on_news = on_news
        self._stop = Event()

    def ask(self, base: Scenario, wish: Wish) -> None:
        """Begin to search a plan for this organisation."""
        self.cancel()
        self._stop = Event()
        quest = Quest(base, wish, "running")
        self._on_news(quest)
        Thread(target=self._search, args=(base, wish, quest, self._stop), daemon=True).start()

    def cancel(self) -> None:
        """Call off what is being searched."""
        self._stop.set()

    def _search(self, base: Scenario, wish: Wish, quest: Quest, stop: Event) -> None:
        def told(standing: Standing) -> None:
            if not stop.is_set():
                self._on_news(replace(quest, standing=standing))

        try:
            found = replace(quest, state="done", found=search(base, wish, told, stop))
        except Stopped:
            found = replace(quest, state="none")
        except (Mistake, ResultsError) as wrong:
            found = replace(quest, state="failed", reason=str(wrong))
        except Exception as error:  # noqa: BLE001  what fails here must not take the page along
            found = replace(quest, state="failed", reason=f"{type(error).__name__}: {error}"[:200])
        if not stop.is_set() or found.state == "none":
            self._on_news(found)


def search(base: Scenario, wish: Wish, told: Callable[[Standing], object], stop: Event) -> Roadmap:
    """The search itself. Raises Mistake for what cannot be, and Stopped once `stop` is set."""
    from experiments.roadmaps.roadmap import roadmap  # noqa: PLC0415  Optuna takes a while to load

    return roadmap(
        base,
        budget=float(wish.budget),
        goal=wish.goal,
        most_at_once=wish.at_once,
        trials=wish.trials,
        replications=WORLDS,
        on_progress=told,
        stop=stop,
    )

"""Finding out why: an explanation in the background, with progress, that can be called off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

from effectchain.dashboard.errands import Errand
from effectchain.dashboard.strategist.work import Sight
from experiments.comparison.comparison import compare
from experiments.explanation.explanation import Explanation, explain
from experiments.worlds.workers import Progress
from results.effects.twins import WhoChanged
from results.errors import ResultsError

WORLDS: Final = 4
"""Paired worlds of an explanation on the page: enough to see what is large; the command line takes more."""

ORDERS: Final = 2
EXAMPLES: Final = 1
TICK: Final = 0.01
"""Progress of which the page is told."""


@dataclass(frozen=True, eq=False)
class Inquiry(Errand):
    """What is asked about a what-if, and how far the answer is; who: None where nobody has a twin."""

    sight: Sight
    indicator: str = "loyalty"
    stage: str = ""
    part: float = 0.0
    explanation: Explanation | None = None
    who: WhoChanged | None = None

    def is_of(self, sight: Sight) -> bool:
        """Whether it is about this very what-if beside this very baseline."""
        return (self.sight.base.digest(), self.sight.what_if.digest()) == (sight.base.digest(), sight.what_if.digest())


def find_out(inquiry: Inquiry, tell: Callable[[Inquiry], object], stop: Event) -> Inquiry:
    """Why this what-if changes this indicator. Raises Mistake for what cannot be, and Stopped once `stop` is set."""
    sight, telling = inquiry.sight, _Telling(inquiry, tell)
    explanation = explain(
        sight.what_if,
        inquiry.indicator,
        base=sight.base,
        replications=WORLDS,
        number_of_orders=ORDERS,
        on_stage=telling.stage,
        stop=stop,
    )
    progress = telling.stage("twins")
    compared = compare(sight.base, [sight.what_if], replications=WORLDS, on_progress=progress, stop=stop)
    try:
        who = compared.who_changed(examples=EXAMPLES)
    except ResultsError:
        who = None
    return replace(inquiry, explanation=explanation, who=who)


class _Telling:
    """Tells how far each stage is, but not of every week."""

    def __init__(self, inquiry: Inquiry, tell: Callable[[Inquiry], object]) -> None:
        self._inquiry, self._tell = inquiry, tell
        self._told = ("", 0.0)

    def stage(self, name: str) -> Progress:
        """Who hears how far this stage is."""

        def hear(passed: int, of: int) -> None:
            part = passed / of if of else 0.0
            if (name, part) >= (self._told[0], self._told[1] + TICK):
                self._told = (name, part)
                self._tell(replace(self._inquiry, stage=name, part=part))

        self._told = (name, -1.0)
        hear(0, 1)
        return hear

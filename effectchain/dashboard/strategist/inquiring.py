"""Finding out why: an explanation in the background, with progress, that can be called off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Final, Literal

from effectchain.dashboard.strategist.work import Sight
from experiments.comparison import compare
from experiments.explanation import Explanation, explain
from experiments.watch import Stopped
from experiments.workers import Progress
from results.errors import ResultsError
from results.twins import WhoChanged
from scenarios.errors import Mistake

State = Literal["none", "running", "done", "failed"]

WORLDS: Final = 4
"""Paired worlds of an explanation on the page: enough to see what is large; the command line takes more."""

ORDERS: Final = 2
EXAMPLES: Final = 1
TICK: Final = 0.01
"""Progress of which the page is told."""


@dataclass(frozen=True, eq=False)
class Inquiry:
    """What is asked about a what-if, and how far the answer is; who: None where nobody has a twin."""

    sight: Sight
    indicator: str = "loyalty"
    state: State = "none"
    stage: str = ""
    part: float = 0.0
    explanation: Explanation | None = None
    who: WhoChanged | None = None
    reason: str = ""

    def is_of(self, sight: Sight) -> bool:
        """Whether it is about this very what-if beside this very baseline."""
        return (self.sight.base.digest(), self.sight.what_if.digest()) == (sight.base.digest(), sight.what_if.digest())


class Inquirer:
    """One visitor's inquiry; a new one calls off the last."""

    def __init__(self, on_news: Callable[[Inquiry], None]) -> None:
        """on_news: told in a thread of this visit."""
        self._on_news = on_news
        self._stop = Event()

    def ask(self, sight: Sight, indicator: str) -> None:
        """Begin to find out why this what-if changes this indicator."""
        self.cancel()
        self._stop = Event()
        Thread(target=self._find_out, args=(Inquiry(sight, indicator, "running"), self._stop), daemon=True).start()

    def cancel(self) -> None:
        """Call off what is being found out."""
        self._stop.set()

    def _find_out(self, inquiry: Inquiry, stop: Event) -> None:
        telling = _Telling(inquiry, stop, self._on_news)
        try:
            found = _found(inquiry, stop, telling)
        except Stopped:
            found = replace(inquiry, state="none")
        except (Mistake, ResultsError) as wrong:
            found = replace(inquiry, state="failed", reason=str(wrong))
        except Exception as error:  # noqa: BLE001  what fails here must not take the page along
            found = replace(inquiry, state="failed", reason=f"{type(error).__name__}: {error}"[:200])
        if not stop.is_set() or found.state == "none":
            self._on_news(found)


def _found(inquiry: Inquiry, stop: Event, telling: "_Telling") -> Inquiry:
    sight = inquiry.sight
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
    return replace(inquiry, state="done", explanation=explanation, who=who)


class _Telling:
    """Tells how far each stage is, but not of every week."""

    def __init__(self, inquiry: Inquiry, stop: Event, on_news: Callable[[Inquiry], None]) -> None:
        self._inquiry, self._stop, self._on_news = inquiry, stop, on_news
        self._told = ("", 0.0)

    def stage(self, name: str) -> Progress:
        """Who hears how far this stage is."""

        def hear(passed: int, of: int) -> None:
            part = passed / of if of else 0.0
            if not self._stop.is_set() and (name, part) >= (self._told[0], self._told[1] + TICK):
                self._told = (name, part)
                self._on_news(replace(self._inquiry, stage=name, part=part))

        self._told = (name, -1.0)
        hear(0, 1)
        return hear

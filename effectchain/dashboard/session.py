"""What one visitor is doing: kept in one browser tab, over pages and languages, and never shared with another."""

from collections.abc import Callable
from threading import RLock
from typing import Any, Final, Generic, TypeVar, cast

from scenarios.scenario import Scenario

Kept = TypeVar("Kept")
News = TypeVar("News")

HANDED: Final = "strategist.baseline"
"""Where a page puts what is to be started from on the page What if."""


class Session:
    """One visit: what each page keeps while the visitor looks at another page."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def keep(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What is kept under this name, made the first time.

        name: begins with the page's, such as 'strategist.work'.
        """
        if name not in self._kept:
            self._kept[name] = make()
        return cast("Kept", self._kept[name])

    def put(self, name: str, value: object) -> None:
        """Keep this under this name, for other pages to find."""
        self._kept[name] = value

    def found(self, name: str) -> Any:
        """What is kept under this name, or None."""
        return self._kept.get(name)

    def hand_over(self, origin: str, scenario: Scenario, router: Any) -> None:
        """Go on with this scenario as the baseline of the page What if; origin: 'diagnosis' or 'experiment'."""
        self.put(HANDED, (origin, scenario))
        router.push("/")


class Watched(Generic[News]):
    """What goes on in a page while its visitor may look at another one: who looks is told of every change."""

    def __init__(self) -> None:
        self._hear: Callable[[News], object] | None = None
        self._lock = RLock()

    def watched(self, hear: Callable[[News], object]) -> Callable[[], None]:
        """Tell of all that is new from now on; what comes back ends that."""
        self._hear = hear

        def leave() -> None:
            self._hear = None

        return leave

    def _tell(self, news: News) -> None:
        hear = self._hear
        if hear is not None:
            hear(news)

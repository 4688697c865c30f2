"""What one visitor is doing: kept in one browser tab, over pages and languages, and never shared with another."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

Kept = TypeVar("Kept")


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

"""Which pages there are: the address of each, its name and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class PageOf:
    """One page: its address, its folder, and whether it stands alone, without the bar at the top."""

    path: str
    name: str
    stands_alone: bool = False

    def component(self) -> Callable[..., Any]:
        """What shows it: takes the session and the language."""
        found: Callable[..., Any] = import_module(f"effectchain.dashboard.{self.name}.page").Page
        return found


PAGES: Final = (
    PageOf("/", "strategist"),
    PageOf("/diagnosis", "diagnosis"),
    PageOf("/people", "people"),
    PageOf("/present", "present", stands_alone=True),
    PageOf("/experiments", "experiments"),
)


def page_at(path: str) -> PageOf | None:
    """The page at this address, if there is one."""
    wanted = path.rstrip("/") or "/"
    return next((page for page in PAGES if page.path == wanted), None)

"""What a visitor is doing on this page; never changed, only replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from agents.blocks import BLOCKS
from effectchain.dashboard.diagnosis.people import People
from effectchain.dashboard.downloads import Download, next_download
from scenarios.errors import Mistake

TABS: Final = ("fill", "files", "outcome")
SIDES: Final = ("designed", "lived")
DEFAULT_PRESET: Final = "mobile_provider"

Edits = Mapping[tuple[str, str], float]
"""Maturity that somebody set by hand, by block and side."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A mistake, and where on the page it is told: fill, files, outcome or baseline."""

    place: str
    mistake: Exception


@dataclass(frozen=True, slots=True)
class Work:
    """All of it: secret: of this browser, empty until it has said it; seen: the latest answer that has arrived."""

    secret: str = ""
    people: People = field(default_factory=People)
    tab: str = "fill"
    person: int = 0
    block: int = 0
    seen: int = 0
    preset: str = DEFAULT_PRESET
    edits: Edits = field(default_factory=lambda: MappingProxyType({}))
    complaint: Complaint | None = None
    download: Download | None = None
    told: str = ""

    def at(self, change: Mapping[str, Any]) -> "Work":
        """Looking at another tab, person or block, as far as there is one."""
        tab = change.get("tab", self.tab)
        person, block = (int(change.get(what, getattr(self, what))) for what in ("person", "block"))
        return replace(
            self,
            tab=tab if tab in TABS else self.tab,
            person=person if 0 <= person < len(self.people.here) else self.person,
            block=block if 0 <= block < len(BLOCKS) else self.block,
            complaint=None,
            told="",
        )

    def with_people(self, people: People, **more: Any) -> "Work":
        """With these people; whoever is shown must be among them."""
        person = min(more.pop("person", self.person), len(people.here) - 1)
        return replace(self, people=people, person=person, complaint=None, **more)

    def matured(self, block: str, side: str, value: float | None) -> "Work":
        """With this maturity set by hand; None for what the answers say. Raises Mistake for what is none."""
        if block not in BLOCKS or side not in SIDES or (value is not None and not 0.0 <= value <= 1.0):
            raise Mistake("is no maturity", allowed="a number from 0 to 1")
        edits = {key: number for key, number in self.edits.items() if key != (block, side)}
        if value is not None:
            edits[block, side] = round(value, 4)
        return replace(self, edits=MappingProxyType(edits), complaint=None)

    def complaining(self, place: str, mistake: Exception) -> "Work":
        """With this mistake to be told."""
        return replace(self, complaint=Complaint(place, mistake), told="")

    def handing(self, name: str, content: bytes) -> "Work":
        """With a file to be handed over."""
        return replace(self, download=next_download(self.download, name, content), complaint=None)

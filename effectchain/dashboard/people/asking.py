"""What the address of this page asks for: which worlds, which of them, and whom to follow."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs

from effectchain.dashboard.people.decisions import DECISIONS
from scenarios.loading import presets

STRATEGIST: Final = "strategist"
"""Stands for the worlds that the page What-if shows."""

FIRST_PRESET: Final = "hotel"
LARGEST_SEED: Final = 999_999
WORLDS: Final = ("what_if", "base")
KINDS: Final = ("customer", "employee", "leader")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: a customer by number, a leader by team, or an employee by seat and the week in which they came."""

    kind: str
    number: int
    since: int = 0

    def text(self) -> str:
        """As it stands in the address."""
        return f"{self.kind}.{self.number}" + (f".{self.since}" if self.kind == "employee" else "")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen."""

    preset: str = FIRST_PRESET
    decision: str = next(iter(DECISIONS))
    seed: int = 1
    world: str = WORLDS[0]
    who: Who | None = None

    def of_worlds(self) -> tuple[str, str, int]:
        """What decides the two worlds."""
        return self.preset, self.decision, self.seed

    def as_dict(self) -> dict[str, str]:
        """As it stands in the address."""
        asked = {"preset": self.preset, "decision": self.decision, "seed": str(self.seed), "world": self.world}
        return {**asked, "who": self.who.text()} if self.who else asked


def wish_of(search: str | None, *, has_strategist: bool) -> Wish:
    """What the address asks for; whatever it asks that cannot be is left as it is at first.

    search: the address after its question mark. has_strategist: whether the page What-if has worlds to show.
    """
    asked = {name: values[-1][:40] for name, values in parse_qs(search or "").items()}
    wish = Wish(decision=STRATEGIST) if has_strategist and "preset" not in asked else Wish()
    return wished(wish, asked, has_strategist=has_strategist)


def wished(wish: Wish, asked: dict[str, str], *, has_strategist: bool) -> Wish:
    """The wish with what is asked for, as far as it can be."""
    if asked.get("preset") in presets():
        wish = replace(wish, preset=asked["preset"])
    if asked.get("decision") in DECISIONS or (asked.get("decision") == STRATEGIST and has_strategist):
        wish = replace(wish, decision=asked["decision"])
    if asked.get("world") in WORLDS:
        wish = replace(wish, world=asked["world"])
    seed = whole(asked.get("seed"))
    if seed is not None and 0 <= seed <= LARGEST_SEED:
        wish = replace(wish, seed=seed)
    return replace(wish, who=who_of(asked["who"])) if "who" in asked else wish


def who_of(text: str) -> Who | None:
    """Somebody, from 'customer.1204', 'employee.11.-300' or 'leader.2'; None where it is neither."""
    kind, *numbers = text.split(".")
    found = [whole(number) for number in numbers]
    if kind not in KINDS or None in found or len(found) != (2 if kind == "employee" else 1):
        return None
    kept = [number for number in found if number is not None]
    return Who(kind, *kept) if kept[0] >= 0 else None


def whole(text: object) -> int | None:
    """A whole number of at most nine digits; None for anything else."""
    wanted = str(text).strip()
    digits = wanted.removeprefix("-")
    return int(wanted) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None

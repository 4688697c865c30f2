"""Options that several commands share: the same name, range and meaning everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


class WholeNumber(click.ParamType[int]):
    """A whole number within a range, which is told in words where it is missed."""

    name = "n"

    def __init__(self, low: int, high: int) -> None:
        """low, high: both included."""
        self.low = low
        self.high = high

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> int:
        """The number; a mistake, with the range, for anything else."""
        try:
            number = int(value)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            self.fail(f"'{value}' is no whole number from {self.low} to {self.high}.", parameter, context)
        return number


class SomeFolder(click.Path):
    """A folder to write to; whether that can be done is found out when it is."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Path:
        """The path; a mistake for an empty one, which would be the current folder itself."""
        if not str(value).strip():
            self.fail("an empty name is no folder.", parameter, context)
        return Path(value)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose of the options that commands share which simulate; None where that is left to us."""

    weeks: int | None = None
    replications: int = 1
    seed: int = 1
    workers: int | None = None
    settings: tuple[str, ...] = ()
    out: Path | None = None
    language: str = "en"
    as_json: bool = False
    quiet: bool = False


weeks = click.option(
    "--weeks", type=WholeNumber(1, 5200), help="How long to simulate, in weeks. [default: as the scenario says]"
)
replications = click.option(
    "--replications",
    type=WholeNumber(1, 100_000),
    default=8,
    show_default=True,
    help="How many worlds to simulate, alike but for luck.",
)
seed = click.option(
    "--seed",
    type=WholeNumber(0, 2**63 - 1),
    default=1,
    show_default=True,
    help="Names the luck: the same seed gives the same numbers.",
)
workers = click.option(
    "--workers",
    type=WholeNumber(1, 1024),
    help="Worlds at once; no number depends on it. [default: as many as cores]",
)
settings = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change the scenario, as in organisation.employees=80; may be repeated.",
)
out = click.option(
    "--out", type=SomeFolder(), metavar="DIR", help="Folder for the results. [default: runs/<name>-<digest>]"
)
language = click.option(
    "--lang", "language", type=click.Choice(["en", "nl"]), default="en", show_default=True, help="English or Dutch."
)
folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
quiet = click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")


SHARED: Final = {
    "weeks": weeks,
    "replications": replications,
    "seed": seed,
    "workers": workers,
    "settings": settings,
    "out": out,
    "language": language,
    "as_json": as_json,
    "quiet": quiet,
}
"""By their names in Choices."""


def simulating(function: Function) -> Callable[..., None]:
    """Give a command the options of all that simulate; it gets them together, as `choices`."""
    return simulating_without()(function)


def simulating_without(*absent: str) -> Callable[[Function], Callable[..., None]]:
    """As `simulating`, but for these, which the command does not have or has in a way of its own."""
    present = [name for name in SHARED if name not in absent]

    def give(function: Function) -> Callable[..., None]:
        @wraps(function)
        def with_choices(**given: Any) -> None:
            chosen = Choices(**{name: given.pop(name) for name in present})
            function(chosen, **given)

        command: Callable[..., None] = with_choices
        for name in reversed(present):
            command = SHARED[name](command)
        return command

    return give

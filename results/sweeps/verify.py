"""Whether a sweep's folder is whole, to the last byte: what is wrong in it, and what to do about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from results.errors import ResultsError
from results.sweeps.design import DESIGN, check_generations
from results.sweeps.parts import PARTS, Part, check_rows

if TYPE_CHECKING:
    from results.sweeps.store import SweepStore

_AGAIN = "give the sweep's command again: it is set aside, and only its runs are done again"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, in words for the user.

    kind: damaged, or missing where nothing is wrong with what there is but runs are still to be done.
    path: the file, as seen from the sweep's folder.
    """

    kind: Literal["damaged", "missing"]
    path: str
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.advice}."


def problems_of(store: "SweepStore") -> Iterator[Problem]:
    """All that is wrong, one by one: with the files of the experiment, the design, the parts, and what lacks."""
    yield from _files(store)
    yield from _design(store)
    yield from _parts(store)
    yield from _missing(store)


def _files(store: "SweepStore") -> Iterator[Problem]:
    for name in store.manifest.get("files", []):
        if not (store.folder / name).is_file():
            yield Problem("damaged", name, "it is missing", "put it back from a copy; the numbers do not need it")


def _design(store: "SweepStore") -> Iterator[Problem]:
    try:
        wrong = check_generations(store.folder, store.manifest.get("identity"))
    except ResultsError as error:
        yield Problem("damaged", DESIGN, str(error).rstrip("."), "nothing else can be checked without it")
        return
    for name in wrong:
        what = "it is not the design that its parts were made for, or manifest.json was changed since"
        yield Problem("damaged", f"{DESIGN}/{name}", what, "put both back as they were, or begin anew elsewhere")


def _parts(store: "SweepStore") -> Iterator[Problem]:
    columns: str | None = None
    for name, part in store.standing():
        what = part if isinstance(part, str) else check_rows(store.folder, part)
        if what is None and isinstance(part, Part):
            columns = columns or part.columns
            what = None if columns == part.columns else "it has other columns than the parts before it"
        if what:
            yield Problem("damaged", f"{PARTS}/{name}", what, _AGAIN)


def _missing(store: "SweepStore") -> Iterator[Problem]:
    finished = store.finished()
    absent = (block for block in store.blocks() if block not in finished)
    first = next(absent, None)
    if first:
        count = 1 + sum(1 for _ in absent)
        cells = f"cells {first.first} to {first.last} in replication {first.replication}"
        what = f"{count} of {count + len(finished)} blocks are not finished, the first has {cells}"
        yield Problem("missing", PARTS, what, "give the sweep's command again to go on")

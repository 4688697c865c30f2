"""Which blocks a sweep consists of: fixed when it is made, added to when it is extended, never cut anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from results.errors import ResultsError

_NAME = re.compile(r"r([0-9]{5,9})-c([0-9]{7,12})-([0-9]{7,12})")


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """The cells `first` to `last`, both included, in one replication: what is run, written and lost together."""

    replication: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """The name of its part, without the ending."""
        return f"r{self.replication:05}-c{self.first:07}-{self.last:07}"

    @property
    def cells(self) -> range:
        """The cells' numbers."""
        return range(self.first, self.last + 1)

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The block with this name; None for what is no name of a block."""
        found = _NAME.fullmatch(name)
        block = found and cls(*map(int, found.groups()))
        return block if block and block.name == name else None


@dataclass(frozen=True, slots=True)
class Generation:
    """What a sweep has after it was begun (0) or extended (1, 2, ...): the first `cells` cells, `replications` each.

    key: digest of all that decides the numbers of this generation's blocks; each part carries it.
    """

    cells: int
    replications: int
    block_cells: int
    key: str


@dataclass(frozen=True, slots=True)
class _Area:
    """Cells x replications that one generation added, and how it cuts them into blocks; stops are not included."""

    cells: range
    replications: range
    block_cells: int
    key: str

    def blocks(self, replication: int) -> Iterator[Block]:
        for first in self.cells[:: self.block_cells]:
            yield Block(replication, first, min(first + self.block_cells, self.cells.stop) - 1)

    def holds(self, block: Block) -> bool:
        if block.replication not in self.replications or block.first not in self.cells:
            return False
        last = min(block.first + self.block_cells, self.cells.stop) - 1
        return (block.first - self.cells.start) % self.block_cells == 0 and block.last == last


@dataclass(frozen=True, slots=True)
class Grid:
    """All blocks of a sweep, over all its generations."""

    generations: tuple[Generation, ...]

    def __post_init__(self) -> None:
        for before, after in pairwise((Generation(0, 0, 1, ""), *self.generations)):
            grows = after.cells >= before.cells and after.replications >= before.replications
            if not grows or min(after.cells, after.replications, after.block_cells) < 1:
                raise ResultsError(
                    f"A sweep of {before.cells} cells and {before.replications} replications cannot become one of "
                    f"{after.cells} and {after.replications} in blocks of {after.block_cells}: it can only grow."
                )

    @property
    def cells(self) -> int:
        """How many cells were asked for."""
        return self.generations[-1].cells

    @property
    def replications(self) -> int:
        """How many replications of each cell were asked for."""
        return self.generations[-1].replications

    def blocks(self) -> Iterator[Block]:
        """Every block, all cells once before any cell twice, so that a sweep that stops is a balanced sample."""
        areas = sorted(self._areas(), key=lambda area: area.cells.start)
        for replication in range(self.replications):
            for area in areas:
                if replication in area.replications:
                    yield from area.blocks(replication)

    def key(self, block: Block) -> str | None:
        """The key that the block's part must carry; None for a block that is none of this sweep."""
        return next((area.key for area in self._areas() if area.holds(block)), None)

    def _areas(self) -> Iterator[_Area]:
        """Each generation adds its new cells in the replications there were, and all cells in new replications."""
        start = Generation(0, 0, 1, "")
        for before, after in pairwise((start, *self.generations)):
            new, every = range(before.cells, after.cells), range(after.cells)
            yield _Area(new, range(before.replications), after.block_cells, after.key)
            yield _Area(every, range(before.replications, after.replications), after.block_cells, after.key)

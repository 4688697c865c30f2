"""Whatever happens to a sweep's folder, in whatever order, it tells exactly which blocks are finished."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from results.folders.disk import ENDING
from results.sweeps.grid import Block
from results.sweeps.parts import path_of
from results.sweeps.store import SweepStore
from tests.sweeps import WEEKS, design, fill, rows, runs, sweep

FAILED = frozenset({2, 9})
"""Cells that always fail."""


class Ledger(RuleBasedStateMachine):
    """Blocks are written, damaged, renamed and set aside, writers die, sweeps are extended; a set knows the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.store = sweep(self.place / "held", 5, 1, 2)
        self.finished: set[Block] = set()

    def teardown(self) -> None:
        """In the end, whatever happened, a rerun gives what an undisturbed sweep gives."""
        with self.store.locked():
            todo = set(self.store.blocks()) - self.store.finished(thoroughly=True)
            for block in todo:
                self.store.write(block, rows(block, FAILED), runs(block, FAILED))
        whole = fill(sweep(self.place / "whole", self.store.cells, self.store.replications, 3), FAILED)
        assert (whole.digest(), []) == (self.store.digest(), self.store.verify())
        shutil.rmtree(self.place)

    def some(self, number: int, blocks: set[Block]) -> Path:
        """The part of one of these blocks."""
        return path_of(self.store.folder, sorted(blocks)[number % len(blocks)])

    @rule(number=st.integers(0, 99))
    def write(self, number: int) -> None:
        """A block is run, perhaps once more."""
        every = list(self.store.blocks())
        block = every[number % len(every)]
        self.store.write(block, rows(block, FAILED), runs(block, FAILED))
        self.finished.add(block)

    @precondition(lambda self: self.finished)
    @rule(number=st.integers(0, 99), share=st.floats(0, 0.999))
    def cut(self, number: int, share: float) -> None:
        """A part is cut off somewhere."""
        path = self.some(number, self.finished)
        os.truncate(path, int(share * path.stat().st_size))
        self._gone(path)

    @precondition(lambda self: self.finished)
    @rule(number=st.integers(0, 99))
    def lose(self, number: int) -> None:
        """A part is removed."""
        path = self.some(number, self.finished)
        path.unlink()
        self._gone(path)

    @precondition(lambda self: len(self.finished) > 1)
    @rule(one=st.integers(0, 99), other=st.integers(0, 99))
    def copy(self, one: int, other: int) -> None:
        """A good part is copied under the name of another block."""
        source, target = self.some(one, self.finished), self.some(other, set(self.store.blocks()))
        if source != target:
            shutil.copy(source, target)
            self._gone(target)

    @rule(
        number=st.integers(0, 99), name=st.sampled_from(["x.parquet", ".x.parquet", "r00000-c0000000-0000000.parquet"])
    )
    def stray(self, number: int, name: str) -> None:
        """Something lies in the folder that is none of its parts."""
        (self.store.folder / "parts" / name).write_bytes(bytes(number))

    @rule(number=st.integers(0, 99))
    def die(self, number: int) -> None:
        """A writer is killed half-way."""
        (self.store.folder / "parts" / f".r00000-c0000000-0000001.parquet.{number:012}{ENDING}").write_bytes(b"PAR1")

    @rule(cells=st.integers(0, 3), replications=st.integers(0, 1), block_cells=st.integers(1, 4))
    def extend(self, cells: int, replications: int, block_cells: int) -> None:
        """More cells, more replications, or a generation that adds neither."""
        if self.store.cells < 14 and self.store.replications < 4:
            self.store.extend(
                design=design(cells, self.store.cells),
                replications=self.store.replications + replications,
                block_cells=block_cells,
            )

    @rule()
    def set_aside(self) -> None:
        """A writer takes the lock and looks at what there is."""
        with self.store.locked():
            assert self.finished == self.store.finished()
        names = [path.name for path in (self.store.folder / "parts").iterdir()]
        assert not [name for name in names if name.endswith(ENDING)]
        assert {f"{block.name}.parquet" for block in self.finished} == set(self.store.names())

    @rule()
    def open_anew(self) -> None:
        """Another process goes on."""
        self.store = SweepStore.open(self.store.folder)

    @invariant()
    def tells_what_is_finished(self) -> None:
        """Readers see exactly the blocks that are whole, and their runs."""
        assert self.finished == self.store.finished()
        done = [cell for block in self.finished for cell in block.cells if cell not in FAILED]
        assert sum(len(block.cells) for block in self.finished) == self.store.runs().num_rows
        if self.finished:
            assert WEEKS * len(done) == self.store.weekly(["cell"]).num_rows

    def _gone(self, path: Path) -> None:
        self.finished.discard(Block.named(path.stem))


Ledger.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestLedger = Ledger.TestCase

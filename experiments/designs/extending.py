"""More cells for an experiment that has begun: those that are there keep their numbers, new ones follow."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from experiments.designs.design import CELL, numbered, points
from scenarios.errors import Mistake, shown

if TYPE_CHECKING:
    from experiments.designs.experiment import Experiment

GROWS = (
    "replications of any design; points of sobol, of saltelli (doubled) and of morris; rows of a table; values of a "
    "grid or of one_at_a_time"
)


def extended(old: pa.Table, experiment: "Experiment") -> pa.Table:
    """The cells of the experiment's design that `old` lacks, found by content and numbered after the last old cell.

    No rows where only replications were added. Raises Mistake where the factors are others, or where the new design
    leaves out a cell that is there already.
    """
    _check_factors(old, experiment)
    new = points(experiment).drop_columns(CELL)
    there = Counter(_rows(old.select(new.column_names)))
    added = [place for place, row in enumerate(_rows(new)) if not _take(there, row)]
    left = +there
    if left:
        raise _left_out(left.total(), old.num_rows, experiment)
    first = old.column(CELL).to_numpy().max() + 1 if old.num_rows else 0
    return numbered(new.take(pa.array(added, pa.int64())), int(first))


def _take(there: Counter[tuple[Any, ...]], row: tuple[Any, ...]) -> bool:
    """Whether this row is still among those that are there; it then counts as found."""
    found = there[row] > 0
    if found:
        there[row] -= 1
    return found


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _check_factors(old: pa.Table, experiment: "Experiment") -> None:
    before = {name for name in old.column_names if name != CELL}
    after = {factor.path for factor in experiment.factors}
    changed = sorted(before ^ after)
    if changed:
        what = "is new" if changed[0] in after else "is gone"
        raise Mistake(
            f"the factor {shown(changed[0])} {what}: an experiment that has begun keeps its factors",
            hint="choose another folder with --out",
        )


def _left_out(missing: int, count: int, experiment: "Experiment") -> Mistake:
    what = f"the design leaves out {missing:,} of the {count:,} cells that are there already"
    if experiment.design.kind == "latin_hypercube":
        what = "a Latin hypercube of another size has none of the earlier points, so it cannot grow"
    return Mistake(what, hint="choose another folder with --out, or let something grow that can", allowed=GROWS)

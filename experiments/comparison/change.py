"""One indicator in a baseline and a what-if: levels, paired difference, and what sharing luck saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from results.statistics import Column, PairedDifference, finite, paired_difference


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator: its mean in the baseline and in a what-if, and the paired difference of the two.

    Means are over the worlds in which both have a value; all is None where there is no such world.
    """

    base: float | None
    what_if: float | None
    difference: PairedDifference | None

    def as_data(self) -> dict[str, Any]:
        """base, what_if, difference, interval [low, high], correlation, variance_ratio and saved.

        saved: share of the worlds that independent seeds would have needed on top for the same interval. None stands
        for what does not exist, such as a ratio where the difference is the same in every world.
        """
        found = self.difference
        return {
            "base": self.base,
            "what_if": self.what_if,
            "difference": found and found.mean,
            "interval": found and [finite(found.low), finite(found.high)],
            "correlation": found and finite(found.correlation),
            "variance_ratio": found and finite(found.variance_ratio),
            "saved": found and finite(found.saved),
        }


def change(base: Column, what_if: Column) -> Change:
    """The change over the worlds in which both have a value."""
    both = np.isfinite(base) & np.isfinite(what_if)
    if not both.any():
        return Change(None, None, None)
    before, after = base[both], what_if[both]
    return Change(float(before.mean()), float(after.mean()), paired_difference(before, after))


def changes_by_week(base: Column, what_if: Column) -> pa.Table:
    """The change of each week, from one row a world and one column a week: a table in the form of BY_WEEK."""
    found = [change(before, after).as_data() for before, after in zip(base.T, what_if.T, strict=True)]
    return pa.Table.from_pylist([{"week": week, **_flat(row)} for week, row in enumerate(found, 1)], schema=BY_WEEK)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    low, high = row["interval"] or (None, None)
    return {**{name: value for name, value in row.items() if name != "interval"}, "low": low, "high": high}


BY_WEEK: Final = pa.schema(
    {
        "week": pa.int32(),
        **dict.fromkeys(
            ("base", "what_if", "difference", "low", "high", "correlation", "variance_ratio", "saved"), pa.float64()
        ),
    }
)

"""What a pattern's figure shows, as data: courses over time, or dots with their intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from results.statistics import Interval

Numbers = npt.NDArray[np.float64]
Label = tuple[str, str]
"""In English and in Dutch."""


@dataclass(frozen=True, slots=True)
class Courses:
    """An indicator over time in each arm.

    lines: by label, one row a replication and one column a week; the first is the baseline. windows: weeks that the
    criterion speaks of, first and last. percent: whether values are written as percentages.
    """

    title: Label
    lines: Mapping[Label, Numbers]
    windows: Sequence[tuple[int, int]] = ()
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """Figures of one kind below each other, each with its interval, and the band in which it should lie, if any.

    bands: by the row's label, from and to; infinite where there is no bound.
    """

    title: Label
    rows: Mapping[Label, Interval]
    bands: Mapping[Label, tuple[float, float]] = field(default_factory=dict)
    percent: bool = False


Panel = Courses | Dots

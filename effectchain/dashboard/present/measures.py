"""What a story can show over time: indicators as a room reads them, most of them those of all other pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from agents.blocks import BLOCKS
from effectchain.dashboard.words import LANGUAGES, words_of
from results.chain import chain_links
from results.indicators import INDICATORS, Direction, Indicator, Kind
from results.statistics import FLOWS
from results.trajectories import WEEKS_A_YEAR, lines_of_worlds

Lines = npt.NDArray[np.float64]
"""A row a world, a column a week."""

SMOOTHED: Final = 4
QUARTER: Final = 13
"""Weeks before each point of which it is the mean; a quarter for money and people that flow."""

AS_MARK: Final = (1.0, 9.0)
"""From 0 to 1 to a mark from 1 to 10, as schools give it and rooms read it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be shown: the columns of the weekly table of which it is the mean, and how it is written.

    of_log: comes from the encounter log instead. scale: what is added to and multiplies each value.
    """

    indicator: Indicator
    columns: tuple[str, ...]
    scale: tuple[float, float] = (0.0, 1.0)
    of_log: bool = False

    def lines(self, weekly: pa.Table) -> Lines:
        """Each world's line; weeks without a value take the last one before them, and each point is smoothed."""
        raw = np.mean([lines_of_worlds("", weekly, name)[1] for name in self.columns], axis=0)
        add, times = self.scale
        flows = self.columns[0] in FLOWS
        return smoothed(add + times * (WEEKS_A_YEAR * raw if flows else raw), QUARTER if flows else SMOOTHED)


def smoothed(lines: Lines, weeks: int) -> Lines:
    """Each point the mean of itself and those before it, as far as they exist and have a value."""
    present = np.isfinite(lines)
    total, count = (np.cumsum(one, axis=1) for one in (np.where(present, lines, 0.0), present.astype("f8")))
    total[:, weeks:] -= total[:, :-weeks].copy()
    count[:, weeks:] -= count[:, :-weeks].copy()
    means = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return _carried_on(means)


def _carried_on(lines: Lines) -> Lines:
    """Where there is no value, the last one before; at the start, the first that there is."""
    weeks = np.arange(lines.shape[1])
    last = np.maximum.accumulate(np.where(np.isfinite(lines), weeks, -1), axis=1)
    first = np.argmax(np.isfinite(lines), axis=1)[:, None]
    return np.asarray(np.take_along_axis(lines, np.where(last < 0, first, last), axis=1))


def _own(
    name: str, kind: Kind, decimals: int, direction: Direction, columns: tuple[str, ...], **more: Any
) -> tuple[str, Measure]:
    """A measure of the stage's own, with its words, and the name that a story uses."""
    tables = [words_of("present", language) for language in LANGUAGES]
    texts = [words[key] for key in (f"measure_{name}", f"unit_{name}") for words in tables]
    return name, Measure(Indicator(name, kind, decimals, direction, *texts), columns, **more)


_OWN: Final = dict(
    (
        _own("satisfaction", "mark", 1, "higher", ("satisfaction",), scale=AS_MARK),
        _own("expectation", "mark", 2, "neutral", ("expectation",)),
        _own("desired", "mark", 2, "neutral", ("desired",)),
        _own("surprise_rate", "share", 0, "neutral", ("surprise_rate",)),
        _own("lived", "mark", 2, "higher", tuple(f"lived_{block}" for block in BLOCKS)),
        _own("designed", "mark", 2, "higher", tuple(f"designed_{block}" for block in BLOCKS)),
        _own("failures_above", "share", 1, "neutral", (), of_log=True),
    )
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {**{name: Measure(indicator, (name,)) for name, indicator in INDICATORS.items()}, **_OWN}
)
"""By the name that a story uses."""


def headlines() -> Mapping[str, str]:
    """The measure that stands for each link of the effect chain, by the link's name."""
    return {link.name: link.indicators[0] for link in chain_links()}

"""The running sum of the profit that what-ifs add, with the week of pay-back."""

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np
import pyarrow as pa
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.effects.payback import Payback
from results.effects.words import effect_words
from results.figures.charts import Starts, styled
from results.figures.frames import axes_at, page
from results.figures.panel import COLOURS, Mark, draw_panel, unit_of
from results.indicators import Indicator
from results.trajectories import Trajectory

CASH = Indicator(
    "cash", "money", 0, "higher", "extra profit, added up", "extra winst, opgeteld",
    "since the start", "sinds het begin",
)  # fmt: skip


def cash_figure(
    curves: Mapping[str, pa.Table],
    paybacks: Sequence[Payback],
    *,
    interventions: Starts = (),
    language: str = "en",
    size: tuple[float, float] = (8.6, 3.0),
) -> Figure:
    """One line a what-if, zero being the baseline, without frame or title, to stand in a page that has both.

    curves: as `cash_curve` gives them, by the name to show. Bands hold 8 of 10 worlds; a ring marks the week in which
    the mean has paid itself back.
    """
    lines = [_line(name, table) for name, table in curves.items()]
    weeks = lines[0].weeks
    nothing = np.zeros(weeks.size)
    with styled():
        figure = page(*size, "none")
        axes = axes_at(figure, (0.56, 0.28, size[0] - 1.94, size[1] - 0.62))
        marks = [Mark(week, (number,)) for number, (week, _) in enumerate(interventions, 1)]
        draw_panel(axes, [Trajectory("", weeks, nothing, nothing, nothing), *lines], CASH, marks, language)
        for position, found in enumerate(paybacks):
            _ring(axes, found, COLOURS[position % len(COLOURS)], language, alone=len(paybacks) == 1)
    return figure


def unit_of_cash(curves: Mapping[str, pa.Table], language: str = "en") -> str:
    """What the figure's numbers stand for, to stand beside its title."""
    return unit_of([_line(name, table) for name, table in curves.items()], CASH, language)


def _line(name: str, table: pa.Table) -> Trajectory:
    """The curve from 0 as the first week begins."""
    weeks, mean, low, high = (
        np.concatenate(([0.0], table.column(column).to_numpy())) for column in ("week", "mean", "lower", "upper")
    )
    return Trajectory(name, weeks.astype("i8"), mean, low, high)


def _ring(axes: Axes, found: Payback, colour: str, language: str, *, alone: bool) -> None:
    """The week of pay-back on the line of zero, in words where there is one what-if only."""
    if not isfinite(found.of_mean) or found.is_nothing:
        return
    axes.plot(found.of_mean, 0.0, "o", markersize=7.5, markerfacecolor="white", markeredgecolor=colour, zorder=5)
    if alone:
        late = found.of_mean > 0.72 * found.weeks
        axes.annotate(
            effect_words(language)["paid_back_short"].format(week=int(found.of_mean)),
            xy=(found.of_mean, 0.0),
            xytext=(-8.0 if late else 8.0, 10.0 if late else -10.0),
            textcoords="offset points",
            ha="right" if late else "left",
            va="center",
            fontsize=8.5,
            color=colour,
            fontweight="bold",
        )

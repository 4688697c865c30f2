"""White pages measured in inches, and quiet axes on them: a pale grid, no box, no ticks."""

from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from results.figures.panel import MUTED, RULE

Place = tuple[float, float, float, float]
"""Left, bottom, width and height in inches, from the lower left of the page."""


PALE: Final = "#f5f7fa"
"""Behind cards, and behind every other row."""


def page(width: float, height: float, colour: str = "white") -> Figure:
    """An empty figure of this size in inches."""
    figure = Figure(figsize=(width, height), dpi=100, facecolor=colour)
    FigureCanvasAgg(figure)
    return figure


def axes_at(figure: Figure, place: Place) -> Axes:
    """Axes at this place."""
    width, height = figure.get_size_inches()
    left, bottom, across, up = place
    return figure.add_axes((left / width, bottom / height, across / width, up / height))


def quiet(axes: Axes, along: Literal["x", "y"] = "x") -> None:
    """Nothing but a pale grid along the values, which lie along this axis."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.patch.set_alpha(0.0)
    axes.grid(axis=along, color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=8.5, labelcolor=MUTED, pad=4)

"""The effect chain with shares on its arrows: which measure did it, and along which path."""

from typing import Final

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from results.explanation.explanation import LINKS, STAGES, Explained, Part, amount, of_total, title_of
from results.explanation.words import explanation_words
from results.figures.charts import WIDTH, styled
from results.figures.frames import PALE, page
from results.figures.lettering import INK, fitting, write
from results.figures.panel import MUTED, RULE
from results.words import harmless

FOR, AGAINST = "#2f7d6b", "#c2513d"
"""Colours of what brings the effect about, and of what works against it."""

MARGIN, HEAD, FOOT = 0.3, 1.35, 0.95
BOX, GAP_BETWEEN = (1.58, 0.66), 0.16
COLUMNS: Final = len(STAGES) + 2
THICKEST: Final = 15.0
"""Points of an arrow that carries the whole effect."""

HEADS: Final = ("done", "leaders", "people", "encounters", "customers", "outcome")
"""What stands above the columns."""


def explanation_figure(explained: Explained, *, title: str = "", language: str = "en") -> Figure:
    """Measures on the left, the links of the chain in their stages, the outcome on the right; 1280 pixels wide."""
    tallest = max(len(explained.measures), *(len(stage) for stage in STAGES))
    height = HEAD + FOOT + tallest * (BOX[1] + GAP_BETWEEN)
    with styled():
        figure = page(WIDTH, height, PALE)
        drawing = _Drawing(figure, explained, language)
        drawing.head(title)
        drawing.measures()
        for number, stage in enumerate(STAGES, 1):
            drawing.stage(number, stage)
        drawing.outcome()
        drawing.direct()
    return figure


class _Drawing:
    """One figure being drawn; places in inches from the lower left."""

    def __init__(self, figure: Figure, explained: Explained, language: str) -> None:
        self.figure, self.explained, self.language = figure, explained, language
        self.words = explanation_words(language)
        self.width, self.height = map(float, figure.get_size_inches())
        self.step = (self.width - 2 * MARGIN - BOX[0]) / (COLUMNS - 1)
        self.middle = FOOT + (self.height - HEAD - FOOT) / 2

    def head(self, title: str) -> None:
        indicator = title_of(self.explained.indicator, self.language)
        total = amount(self.explained.total.mean, self.explained.indicator, self.language)
        lower = indicator if indicator.isupper() else indicator[0].lower() + indicator[1:]
        heading = self.words["figure_head"].format(indicator=lower, total=total)
        room = 72.0 * (self.width - 2 * MARGIN)
        write(self.figure, MARGIN, self.height - 0.3, fitting(heading, 17.0, room), size=17, weight="bold")
        below = f"{harmless(title)}. {self.words['figure_how']}" if title else self.words["figure_how"]
        write(self.figure, MARGIN, self.height - 0.62, fitting(below, 9.0, room, "normal"), colour=MUTED, size=9)
        for column, head in enumerate(HEADS):
            x, text = self._left(column) + BOX[0] / 2, self.words[f"column_{head}"]
            write(self.figure, x, self.height - 1.0, text, colour=MUTED, size=9.5, weight="bold", ha="center")
        write(self.figure, MARGIN, 0.18, self.words["figure_key"], colour=MUTED, size=8.5)

    def measures(self) -> None:
        for place, part in enumerate(self.explained.measures):
            y = self._y(place, len(self.explained.measures))
            self._box(0, y, part.label, of_total(part.share, self.explained.total, self.language), part)
            self._arrow((self._left(0) + BOX[0], y), (self._junction(1), self.middle), part)

    def stage(self, column: int, names: tuple[str, ...]) -> None:
        for place, name in enumerate(names):
            part = self.explained.links[name]
            y = self._y(place, len(names))
            label = LINKS[name][self.language == "nl"]
            share = of_total(part.share, self.explained.total, self.language)
            lag = f"  ({self.words['lag_weeks'].format(lag=part.lag)})" if part.lag is not None else ""
            self._arrow((self._junction(column), self.middle), (self._left(column), y), part)
            self._box(column, y, label, share + lag, part)
            self._line((self._left(column) + BOX[0], y), (self._junction(column + 1), self.middle))

    def outcome(self) -> None:
        x = self._junction(COLUMNS - 1)
        whole = Part("", self.explained.total)
        self._arrow((x, self.middle), (self._left(COLUMNS - 1), self.middle), whole)
        total = amount(self.explained.total.mean, self.explained.indicator, self.language)
        self._box(COLUMNS - 1, self.middle, title_of(self.explained.indicator, self.language), total, whole)

    def direct(self) -> None:
        """The long way round, below all links."""
        part = self.explained.links["direct"]
        y = FOOT - 0.22
        start, end = self._left(0) + BOX[0] / 2, self._left(COLUMNS - 1) + BOX[0] / 2
        lowest = self._y(len(self.explained.measures) - 1, len(self.explained.measures)) - BOX[1] / 2
        self._line((start, lowest), (start, y))
        self._line((start, y), (end, y))
        self._arrow((end, y), (end, self.middle - BOX[1] / 2), part)
        share = of_total(part.share, self.explained.total, self.language)
        label = f"{LINKS['direct'][self.language == 'nl']}  {share}"
        write(self.figure, self.width / 2, y - 0.2, label, size=9, ha="center", colour=INK)

    def _left(self, column: int) -> float:
        return MARGIN + column * self.step

    def _junction(self, column: int) -> float:
        """Between the column before and this one."""
        return self._left(column) - (self.step - BOX[0]) * 0.62

    def _y(self, place: int, count: int) -> float:
        pitch = BOX[1] + GAP_BETWEEN
        return self.middle + ((count - 1) / 2 - place) * pitch

    def _box(self, column: int, y: float, label: str, share: str, part: Part) -> None:
        left, bottom = self._left(column), y - BOX[1] / 2
        form = "round,pad=0,rounding_size=0.1"
        box = FancyBboxPatch((left, bottom), *BOX, boxstyle=form, facecolor="white", edgecolor=RULE, zorder=3)
        box.set_transform(self.figure.dpi_scale_trans)
        self.figure.add_artist(box)
        room = 72.0 * (BOX[0] - 0.16)
        name = fitting(harmless(label), 8.0, room, "normal")
        write(self.figure, left + BOX[0] / 2, y + 0.14, name, size=8.0, ha="center", zorder=4)
        middle, colour = left + BOX[0] / 2, self._colour(part)
        write(self.figure, middle, y - 0.13, share, size=11, weight="bold", colour=colour, ha="center", zorder=4)

    def _arrow(self, start: tuple[float, float], end: tuple[float, float], part: Part) -> None:
        weight = self._weight(part)
        shaft = f"simple,head_length={4 + weight * 0.5},head_width={5 + 1.7 * weight},tail_width={0.6 + weight}"
        arrow = FancyArrowPatch(
            start,
            end,
            arrowstyle=shaft,
            color=self._colour(part),
            alpha=0.75,
            linewidth=0,
            shrinkA=0,
            shrinkB=0,
            zorder=2,
        )
        arrow.set_transform(self.figure.dpi_scale_trans)
        self.figure.add_artist(arrow)

    def _line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        line = FancyArrowPatch(start, end, arrowstyle="-", color=RULE, linewidth=1.2, shrinkA=0, shrinkB=0, zorder=1)
        line.set_transform(self.figure.dpi_scale_trans)
        self.figure.add_artist(line)

    def _weight(self, part: Part) -> float:
        total = abs(self.explained.total.mean)
        return THICKEST * min(1.0, abs(part.share.mean) / total) if total else 0.0

    def _colour(self, part: Part) -> str:
        same = part.share.mean * self.explained.total.mean >= 0.0
        return FOR if same else AGAINST

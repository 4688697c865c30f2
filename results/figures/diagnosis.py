"""The picture of a self-diagnosis: per building block what is designed and what is lived, with every respondent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DESIGNED: Final = "#0072B2"
LIVED: Final = "#D55E00"
ROLE_COLOURS: Final = ("#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Colours that colour-blind readers tell apart [Okabe & Ito 2008]; a shape says the same a second time."""
ROLE_SHAPES: Final = ("s", "^", "v", "P", "X")
MOST_ROLES: Final = len(ROLE_SHAPES)

INK: Final = "#1f2933"
SOFT: Final = "#52606d"
GRID: Final = "#d9e0e6"
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
LANE: Final = 0.17
"""Half the distance between the two lanes of a block; a block takes one unit."""


@dataclass(frozen=True, slots=True)
class BlockDots:
    """One block: its name, mean maturities 0 to 1 (None where too few answered), those of each respondent, a remark.

    by_role: mean lived maturity as each role sees it, None where too few answered.
    """

    name: str
    designed: float | None
    lived: float | None
    each_designed: Sequence[float]
    each_lived: Sequence[float]
    remark: str
    by_role: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Captions:
    """The words of the picture, in the reader's language; decimal: the sign between units and tenths."""

    title: str
    subtitle: str
    designed: str
    lived: str
    each: str
    mean: str
    axis: str
    roles: str
    caveat: str
    decimal: str


def diagnosis_figure(blocks: Sequence[BlockDots], captions: Captions, roles: Sequence[str] = ()) -> "Figure":
    """Horizontal dots, a row a block, and beside it lived maturity by role when there are two to five roles."""
    from results.figures.charts import styled  # noqa: PLC0415  slow to import, and not needed to read a diagnosis

    with styled():
        return _drawn(blocks, captions, roles)


def picture(figure: "Figure", kind: Literal["png", "svg"]) -> bytes:
    """The figure as the bytes of a file, the same for the same figure."""
    from results.figures.charts import to_png, to_svg  # noqa: PLC0415  as above

    return to_svg(figure, "diagnosis").encode() if kind == "svg" else to_png(figure, 150)


def _drawn(blocks: Sequence[BlockDots], captions: Captions, roles: Sequence[str]) -> "Figure":
    from matplotlib.figure import Figure  # noqa: PLC0415  as above

    has_roles = 2 <= len(roles) <= MOST_ROLES
    figure = Figure(figsize=(15, 8) if has_roles else (11, 7.5), facecolor="white")
    if has_roles:
        wide, narrow = figure.subplots(1, 2, sharey=True, width_ratios=[2, 1])
        figure.subplots_adjust(left=0.22, right=0.98, top=0.8, bottom=0.15, wspace=0.25)
        _draw_roles(narrow, blocks, roles, captions)
    else:
        wide = figure.subplots()
        figure.subplots_adjust(left=0.3, right=0.87, top=0.83, bottom=0.16)
    _draw_blocks(wide, blocks, captions)
    _write_around(figure, captions)
    return figure


def _draw_blocks(axes: "Axes", blocks: Sequence[BlockDots], captions: Captions) -> None:
    _prepare(axes, blocks, captions)
    for row, block in enumerate(blocks):
        _draw_respondents(axes, row - LANE, block.each_designed, DESIGNED, "D")
        _draw_respondents(axes, row + LANE, block.each_lived, LIVED, "o")
        if block.designed is None or block.lived is None:
            axes.text(0.5, row, block.remark, ha="center", va="center", color=SOFT, style="italic", fontsize=10)
            continue
        axes.plot([block.lived, block.designed], [row + LANE, row - LANE], color=SOFT, linewidth=1, zorder=2)
        _draw_mean(axes, row - LANE, block.designed, DESIGNED, "D")
        _draw_mean(axes, row + LANE, block.lived, LIVED, "o")
    _write_numbers(axes, [block.designed for block in blocks], (DESIGNED, "D"), 1.05, captions.decimal)
    _write_numbers(axes, [block.lived for block in blocks], (LIVED, "o"), 1.14, captions.decimal)
    _explain(axes, captions)


def _prepare(axes: "Axes", blocks: Sequence[BlockDots], captions: Captions) -> None:
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(len(blocks) - 0.5, -0.5)
    axes.set_yticks(range(len(blocks)), [_row_label(block) for block in blocks], fontsize=11, color=INK)
    axes.set_xticks(TICKS, [f"{tick:.2f}".replace(".", captions.decimal) for tick in TICKS])
    axes.set_xlabel(captions.axis, color=SOFT, fontsize=10)
    axes.tick_params(axis="both", length=0, colors=INK)
    axes.tick_params(axis="x", labelsize=10, colors=SOFT)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    for row in range(1, len(blocks), 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f4f7f9", zorder=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _row_label(block: BlockDots) -> str:
    has_score = block.designed is not None
    return f"{block.name}\n[{block.remark}]" if block.remark and has_score else block.name


def _draw_respondents(axes: "Axes", height: float, values: Sequence[float], colour: str, shape: str) -> None:
    """One small dot each; where several coincide they stand beside each other, the same way every time."""
    if len(values) < 2:
        return
    alpha = max(0.2, min(0.5, 6 / len(values)))
    heights = [height + offset for offset in _offsets(values)]
    axes.scatter(values, heights, s=16, color=colour, marker=shape, alpha=alpha, linewidths=0, zorder=3)


def _offsets(values: Sequence[float]) -> list[float]:
    """Up and down in turn for each further respondent with nearly the same value, within the lane."""
    seen: dict[int, int] = {}
    offsets = []
    for value in values:
        count = seen.get(round(value * 50), 0)
        seen[round(value * 50)] = count + 1
        step = ((count + 1) // 2) * (1 if count % 2 else -1)
        offsets.append(max(-0.14, min(0.14, 0.055 * step)))
    return offsets


def _draw_mean(axes: "Axes", height: float, value: float, colour: str, shape: str) -> None:
    axes.scatter([value], [height], s=95, color=colour, marker=shape, edgecolors="white", linewidths=1.2, zorder=5)


def _write_numbers(
    axes: "Axes", values: Sequence[float | None], look: tuple[str, str], place: float, decimal: str
) -> None:
    """A column of means to the right of the dots, under the colour and shape of what they are."""
    colour, shape = look
    across = axes.get_yaxis_transform()
    axes.scatter([place], [-0.75], s=70, color=colour, marker=shape, transform=across, clip_on=False)
    for row, value in enumerate(values):
        text = "-" if value is None else f"{value:.2f}".replace(".", decimal)
        axes.text(place, row, text, ha="center", va="center", color=colour, fontsize=10.5, transform=across)


def _explain(axes: "Axes", captions: Captions) -> None:
    """Colour and shape for designed and lived, size for one respondent and all."""
    entries = [
        (captions.designed, DESIGNED, "D", 9),
        (captions.lived, LIVED, "o", 9),
        (captions.each, SOFT, "o", 4),
        (captions.mean, SOFT, "o", 9),
    ]
    _legend(axes, entries, columns=4)


def _draw_roles(axes: "Axes", blocks: Sequence[BlockDots], roles: Sequence[str], captions: Captions) -> None:
    _prepare(axes, blocks, captions)
    axes.tick_params(axis="y", labelleft=False)
    axes.set_xlabel("")
    for position in range(len(roles)):
        found = [(row, value) for row, block in enumerate(blocks) if (value := block.by_role[position]) is not None]
        heights = [row + 0.14 * (position - (len(roles) - 1) / 2) for row, _value in found]
        values = [value for _row, value in found]
        look: dict[str, Any] = {"color": ROLE_COLOURS[position], "marker": ROLE_SHAPES[position]}
        axes.scatter(values, heights, s=52, edgecolors="white", linewidths=0.8, zorder=4, **look)
    entries = [(role, ROLE_COLOURS[place], ROLE_SHAPES[place], 8.0) for place, role in enumerate(roles)]
    _legend(axes, entries, columns=1 if len(roles) < 4 else 2, title=captions.roles)


def _legend(axes: "Axes", entries: Sequence[tuple[str, str, str, float]], columns: int, title: str = "") -> None:
    """Above the axes: label, colour, shape and size of each entry. Labels may be the user's."""
    from matplotlib.lines import Line2D  # noqa: PLC0415

    handles = [
        Line2D([], [], linestyle="", color=colour, marker=shape, markersize=size)
        for _label, colour, shape, size in entries
    ]
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (-0.02, 1.0), "ncols": columns, "title": title}
    spaces: dict[str, Any] = {"handletextpad": 0.2, "columnspacing": 1.4, "alignment": "left", "frameon": False}
    legend = axes.legend(
        handles, [entry[0] for entry in entries], fontsize=10.5, labelcolor=INK, title_fontsize=10.5, **place, **spaces
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def _write_around(figure: "Figure", captions: Captions) -> None:
    figure.text(0.02, 0.955, captions.title, fontsize=16, fontweight="bold", color=INK)
    figure.text(0.02, 0.92, captions.subtitle, fontsize=11, color=SOFT)
    figure.text(0.02, 0.035, captions.caveat, fontsize=9.5, color=SOFT, wrap=True)

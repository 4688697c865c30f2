"""How wide text is in figures, so that names are cut before they leave the paper."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

INK: Final = "#16202b"
"""Of text."""

FAMILY = "DejaVu Sans"
"""Comes with Matplotlib, so that a figure is the same everywhere."""


SLACK = 0.96
"""Drawn on whole pixels, letters come out up to a twenty-fifth wider than designed."""


def fitting(text: str, size: float, width: float, weight: str = "bold") -> str:
    """The text, cut with an ellipsis where `width` points are full at this size."""
    room = SLACK * width / size
    if sum(_breadth(letter, weight) for letter in text) <= room:
        return text
    shown = ""
    room -= _breadth("…", weight)
    for letter in text:
        room -= _breadth(letter, weight)
        if room < 0.0:
            break
        shown += letter
    return shown.rstrip() + "…"


def lines_of(parts: Iterable[str], size: float, width: float) -> list[str]:
    """The parts side by side in normal weight, four blanks between, on as few lines of `width` points as hold them."""
    lines: list[str] = []
    for part in parts:
        together = f"{lines[-1]}    {part}" if lines else ""
        if lines and together == fitting(together, size, width, "normal"):
            lines[-1] = together
        else:
            lines.append(fitting(part, size, width, "normal"))
    return lines


def wrapped(text: str, size: float, width: float, most: int) -> str:
    """The text in normal weight on at most `most` lines of `width` points, cut where they are full."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and len(lines) < most and longer != fitting(longer, size, width, "normal"):
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(fitting(line, size, width, "normal") for line in lines)


@lru_cache(maxsize=4096)
def _breadth(letter: str, weight: str) -> float:
    """How far a letter moves the pen, in units of the type's size; what the font lacks is drawn as a wide box."""
    font = get_font(findfont(FontProperties(family=FAMILY, weight=weight)))
    if not font.get_char_index(ord(letter)):
        return 1.0
    font.set_size(100.0, 72.0)
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536.0 / 100.0


def write(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    weight: str = "normal",
    colour: str = INK,
    ha: str = "left",
    zorder: float = 3.0,
) -> None:
    """Text at inches from the lower left; signs of mathematics in it are only signs."""
    width, height = figure.get_size_inches()
    style: dict[str, Any] = {"fontsize": size, "fontweight": weight, "family": FAMILY, "color": colour, "va": "center"}
    figure.text(x / width, y / height, text, parse_math=False, ha=ha, zorder=zorder, **style)

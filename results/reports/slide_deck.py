"""What slides are made of: titles, text, tiles and tables, and the line that says what made them."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from results.figures.lettering import INK
from results.figures.panel import MUTED, RULE
from results.words import harmless

WIDTH, HEIGHT = 13.333, 7.5
"""Inches."""

Place = tuple[float, float, float, float]
"""Left, top, width and height in inches."""

TITLE_ONLY: Final = 5
VERDICTS: Final = {"better": "#0b6fb8", "worse": "#a8480a", "same": MUTED, "unclear": MUTED}


_Colour: Any = RGBColor
"""Their package has types for some of it."""


class Deck:
    """A presentation that grows slide by slide."""

    def __init__(self, stamp: str, title: str, language: str) -> None:
        """stamp: stands at the foot of every slide."""
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self._deck.core_properties.title = title
        self._deck.core_properties.author = "EffectChain"
        self._deck.core_properties.comments = stamp
        self._deck.core_properties.language = language
        self._stamp = stamp

    def save(self, file: IO[bytes]) -> None:
        """Write the presentation."""
        self._deck.save(file)

    def slide(self, title: str, *, large: bool = False) -> Any:
        """A new slide with its title and foot."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[TITLE_ONLY])
        head = slide.shapes.title
        place = (0.8, 1.5, 11.7, 1.5) if large else (0.8, 0.45, 11.7, 0.8)
        head.left, head.top, head.width, head.height = map(Inches, place)
        head.text_frame.word_wrap = True
        head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if large else MSO_ANCHOR.MIDDLE
        size = (34 if len(title) < 60 else 26) if large else 25 if len(title) < 70 else 20
        _fill(head.text_frame, [harmless(title, 160)], size, INK, bold=True)
        self.text(slide, (0.8, 6.95, 11.0, 0.4), [self._stamp], size=9, colour=MUTED)
        self.text(slide, (11.8, 6.95, 0.75, 0.4), [str(len(self._deck.slides))], size=9, colour=MUTED, right=True)
        return slide

    def text(
        self,
        slide: Any,
        place: Place,
        lines: Sequence[str],
        *,
        size: float,
        colour: str = INK,
        first_bold: bool = False,
        right: bool = False,
    ) -> None:
        """Lines of text."""
        frame = slide.shapes.add_textbox(*map(Inches, place)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        _fill(frame, lines, size, colour, first_bold=first_bold)
        if right:
            frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def tile(self, slide: Any, place: int, count: int, tile: Mapping[str, str]) -> None:
        """One link of the chain: its name, level, change and indicator."""
        gap = 0.32
        width = (11.7 - gap * (count - 1)) / count
        left = 0.8 + place * (width + gap)
        card = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *map(Inches, (left, 1.95, width, 2.0)))
        card.adjustments[0] = 0.06
        card.fill.solid()
        card.fill.fore_color.rgb = _rgb("#fcfdfe")
        card.line.color.rgb = _rgb(RULE)
        card.shadow.inherit = False
        frame = card.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = Inches(0.11)
        parts = (
            (tile["link"], 12, MUTED, True),
            (tile["value"], 22, INK, True),
            (tile["change"], 14, VERDICTS.get(tile["verdict"], INK), True),
            (tile["indicator"], 12, MUTED, False),
        )
        for number, (text, size, colour, bold) in enumerate(parts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            _run(paragraph, text, size, colour, bold=bold)
        if place + 1 < count:
            arrow = slide.shapes.add_shape(
                MSO_SHAPE.RIGHT_ARROW, *map(Inches, (left + width + 0.05, 2.83, gap - 0.1, 0.24))
            )
            arrow.fill.solid()
            arrow.fill.fore_color.rgb = _rgb("#8fabc6")
            arrow.line.fill.background()

    def table(
        self, slide: Any, place: tuple[float, float, float], heads: Sequence[str], rows: Sequence[tuple[str, list[str]]]
    ) -> None:
        """A table with a row of heads; rows: verdict and cells."""
        left, top, width = place
        height = Inches(0.38 * (len(rows) + 1))
        grid = slide.shapes.add_table(len(rows) + 1, len(heads), Inches(left), Inches(top), Inches(width), height).table
        _plain_table(grid)
        shares = (4.2, 1.2, 1.2, 3.6, 1.5) if len(heads) == 5 else (4.0, 1.0)
        for column, share in zip(grid.columns, shares, strict=True):
            column.width = Emu(int(Inches(width) * share / sum(shares)))
        for number, (verdict, cells) in enumerate([("", list(heads)), *rows]):
            grid.rows[number].height = Inches(0.38)
            for place_in_row, text in enumerate(cells):
                colour = VERDICTS.get(verdict, INK) if place_in_row == 4 else MUTED if number == 0 else INK
                cell = grid.cell(number, place_in_row)
                cell.margin_top = cell.margin_bottom = Inches(0.03)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                _fill(cell.text_frame, [text], 11, colour, bold=number == 0 or place_in_row == 3)
                if 0 < place_in_row < 3:
                    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _plain_table(grid: Any) -> None:
    """Without the coloured bands of PowerPoint's usual tables."""
    grid.horz_banding = False
    style = grid._tbl.tblPr.find(qn("a:tableStyleId"))  # noqa: SLF001  python-pptx has no name for it
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _fill(
    frame: Any, lines: Sequence[str], size: float, colour: str, *, bold: bool = False, first_bold: bool = False
) -> None:
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        _run(paragraph, line, size, colour, bold=bold or (first_bold and number == 0))
        if len(lines) > 1:
            paragraph.space_after = Pt(size / 3)


def _run(paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    return _Colour.from_string(colour.removeprefix("#").upper())

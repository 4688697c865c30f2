"""The table of effect sizes as one HTML page, with how each is measured and what must be known to read it."""

from itertools import groupby
from typing import Final

from markupsafe import Markup

from results.effect_sizes.figure import sizes_figure
from results.effect_sizes.table import EffectSize, EffectSizes
from results.effect_sizes.words import (
    count_in_words,
    details_in_words,
    head_in_words,
    measured_in_words,
    published_in_words,
    size_words,
    tolerance_in_words,
    verdict_in_words,
)
from results.figures.charts import inline, to_svg
from results.reports.pages import PAGES
from results.words import words

STYLES: Final = {"inside": "good", "outside": "bad", "not measured": "open"}


def sizes_page(sizes: EffectSizes, language: str = "en") -> str:
    """The whole page; it needs no other file."""
    phrases = size_words(language)
    parts = [
        (phrases[part], [_row(row, language) for row in rows])
        for part, rows in groupby(sizes.rows, lambda row: row.published.ref[0])
    ]
    return PAGES.get_template("effect_sizes.html.j2").render(
        language=language,
        title=phrases["title"],
        head=head_in_words(sizes, language),
        summary=count_in_words(sizes, language),
        svg=Markup(inline(to_svg(sizes_figure(sizes, language)))),  # noqa: S704  of our own making
        parts=parts,
        words=phrases,
        keys=[phrases[key] for key in ("key_mark", "key_status", "key_use", "key_states")],
        disclaimer=words(language)["disclaimer"],
    )


def _row(row: EffectSize, language: str) -> dict[str, str]:
    published = row.published
    text = published.texts(language)
    return {
        "what": text.what,
        "how": text.how,
        "note": text.note,
        "details": details_in_words(row, language),
        "ref": published.ref,
        "status": published.status,
        "source": published.source,
        "use": size_words(language)[published.use],
        "published": published_in_words(published, language),
        "tolerance": tolerance_in_words(published, language),
        "measured": measured_in_words(row, language),
        "verdict": verdict_in_words(row, language),
        "style": STYLES[row.verdict],
    }

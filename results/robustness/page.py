"""Which conclusions survive, as one HTML page with all margins."""

from math import isfinite
from typing import Final

from markupsafe import Markup

from results.figures.charts import inline, to_svg
from results.numbers import decimal
from results.reports.pages import PAGES
from results.robustness.figure import robustness_figure
from results.robustness.table import CONCLUSIONS, MEASURES, Rerun, Robustness
from results.robustness.words import (
    conclusion_in_words,
    head_in_words,
    keys_in_words,
    plausible_in_words,
    rank_rows,
    robust_words,
    tally_in_words,
)
from results.words import words

STYLES: Final = {"holds": "good", "open": "open", "fails": "bad"}


def robustness_page(found: Robustness, language: str = "en") -> str:
    """The whole page; it needs no other file."""
    phrases = robust_words(language)
    conclusions = [
        (
            conclusion_in_words(found, name, language),
            [_cell(one, name, language) for one in found.named],
            tally_in_words(found, name, language),
        )
        for name in CONCLUSIONS
    ]
    ranks = [
        (phrases[f"ranks_{measure}"], phrases[f"gain_{measure}"], rank_rows(found, measure, language))
        for measure in MEASURES
    ]
    return PAGES.get_template("robustness.html.j2").render(
        language=language,
        title=phrases["title"],
        head=head_in_words(found, language),
        plausible=plausible_in_words(found, language),
        svg=Markup(inline(to_svg(robustness_figure(found, language)))),  # noqa: S704  of our own making
        heads=[phrases[one.id] for one in found.named],
        conclusions=conclusions,
        ranks=ranks,
        words=phrases,
        keys=keys_in_words(found, language),
        disclaimer=words(language)["disclaimer"],
    )


def _cell(one: Rerun, conclusion: str, language: str) -> dict[str, str]:
    """Verdict, and margin with its interval, in euros for a euro or in points; luck plays no part in some."""
    found, verdict = one.margins[conclusion], one.verdict(conclusion)
    factor, unit = (1.0, " €/€") if conclusion.endswith("money") else (100.0, " pt")
    margin = decimal(factor * found.mean, 2, language, signed=True) + unit
    if found.low < found.high and isfinite(found.high):
        low, high = (decimal(factor * end, 2, language, signed=True) for end in (found.low, found.high))
        margin += f" ({low} {words(language)['to']} {high})"
    return {"verdict": robust_words(language)[verdict], "margin": margin, "style": STYLES[verdict]}

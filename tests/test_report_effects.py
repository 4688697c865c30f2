"""What each what-if comes to in the report: every section, in both languages, and harmless whatever names it holds."""

import re

import pyarrow as pa
import pytest

from results.chain import chain_table
from results.effects.cash_figure import cash_figure, unit_of_cash
from results.effects.effects import Effects, effects
from results.effects.payback import cash_curve, payback
from results.effects.twins import CELLS, OUTCOMES, Example, WhoChanged, count_twins
from results.effects.words import effect_words
from results.figures.charts import to_png
from results.reports.report import Document, html
from results.stopping import Stopping, Width
from results.words import LANGUAGES
from tests.synthetic import weekly

HOSTILE = "<script>alert(1)</script>{{7*7}}"
MANIFEST = {"seeds": [1], "packages": {}}


@pytest.fixture(scope="module")
def worlds() -> dict[str, pa.Table]:
    """A baseline and two what-ifs, one of them with a hostile name."""
    return {"base": weekly(), "better": weekly("better", strength=1.0), HOSTILE: weekly("worse", strength=-0.5)}


def found_in(worlds: dict[str, pa.Table], sector: str = "commercial") -> list[Effects]:
    """The effects of each what-if, with invented twins."""
    numbers = weekly(weeks=4)["customers"].to_numpy()[:12]
    counts = [count_twins(outcome, dict.fromkeys(CELLS, numbers)) for outcome in OUTCOMES]
    example = Example("customers_kept", "only_what_if", 3, 812, None, 63, {"satisfaction": (0.41, 0.66)})
    who = WhoChanged(tuple(counts), (example,))
    base, *others = worlds.items()
    return [
        effects(name, base[1], table, sector=sector, interest=0.1, who_changed=who if place == 0 else None)
        for place, (name, table) in enumerate(others)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there(worlds: dict[str, pa.Table], language: str) -> None:
    """Perspectives, pay-back, who changed, luck saved and how many worlds: headings, counts, an example, a figure."""
    stopping = Stopping("0.5%", 12, 1, "narrow", {"loyalty": Width(0.02, 0.011)})
    page = html(
        Document(worlds, title="t", manifest=MANIFEST, effects=found_in(worlds), stopping=stopping, language=language)
    )
    phrases = effect_words(language)

    for title in ("perspectives", "payback", "who_changed", "saved_title", "until"):
        assert f"<h2>{phrases[title]}</h2>" in page
    assert {"en": "Customer 812 stays", "nl": "Klant 812 blijft"}[language] in page
    assert phrases["no_twins"] in page
    assert {"en": "12, adaptive", "nl": "12, adaptief"}[language] in page
    assert phrases["cash"] in page
    assert 7 == page.count("<figure")
    assert page.count("<svg ") == page.count("</svg>")


def test_names_are_text_only(worlds: dict[str, pa.Table]) -> None:
    """A hostile name of a what-if does nothing in any section."""
    page = html(Document(worlds, title="t", manifest=MANIFEST, effects=found_in(worlds)))

    assert "<script" not in page
    assert "{{7*7}}" in page
    assert "https://" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", page)


def test_nonprofit_report_has_no_profit(worlds: dict[str, pa.Table]) -> None:
    """Cost of the gain instead of pay-back, and no figure of cash."""
    page = html(
        Document(worlds, title="t", manifest=MANIFEST, sector="nonprofit", effects=found_in(worlds, "nonprofit"))
    )

    assert "<h2>What the gain costs</h2>" in page
    assert "<h2>Pay-back</h2>" not in page
    assert 6 == page.count("<figure")


def test_report_of_a_run_has_none_of_it() -> None:
    """Without a what-if there is nothing to pay back, and nobody changed."""
    page = html(Document({"base": weekly(weeks=20)}, title="t", manifest=MANIFEST))

    assert not any(f"<h2>{title}</h2>" in page for title in effect_words("en").values())


def test_cash_figure_is_the_same_for_the_same_money(worlds: dict[str, pa.Table]) -> None:
    """Same bytes, unit in euros, one ring for each what-if that pays back."""
    base, better = worlds["base"], worlds["better"]
    curves, found = {"better": cash_curve(base, better)}, payback(base, better)

    one, two = (to_png(cash_figure(curves, [found], interventions=[(8, "x")])) for _ in range(2))

    assert one == two
    assert "€ million since the start" == unit_of_cash(curves)
    rings = [line for line in cash_figure(curves, [found]).axes[0].lines if line.get_markersize() == 7.5]
    assert [found.of_mean] == [float(ring.get_xdata()[0]) for ring in rings]  # type: ignore[index,arg-type]


def test_perspectives_hold_every_row(worlds: dict[str, pa.Table]) -> None:
    """All indicators of the chain belong to one of the four perspectives, each with a headline of its own."""
    from results.perspectives import perspectives  # noqa: PLC0415

    table = chain_table(worlds)
    found = perspectives(table)

    assert ["organisation", "employees", "customers", "results"] == [side.name for side in found]
    assert list(table.rows) == [row for side in found for row in side.rows]
    assert ["leadership_style", "engagement", "loyalty", "profit"] == [side.headline.indicator.name for side in found]
    assert all(len(side.rows) == sum(side.count(0).values()) for side in found)

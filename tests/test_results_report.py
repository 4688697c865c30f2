"""The report stands alone, says what was run and what it is worth, and no name in it does anything."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest

from results.numbers import MINUS
from results.reports.report import Document
from results.reports.report import html as as_html
from tests.synthetic import weekly

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}${7*7}</style><script>alert(1)</script>'\"--><svg onload=alert(1)>"

MANIFEST = {
    "seeds": [7, 8, 9, 10],
    "command": "effectchain run hotel",
    "started": "2026-01-01T00:00:00+00:00",
    "finished": "2026-01-01T00:00:09+00:00",
    "packages": {"numpy": "2.4.6"},
    "tables": {"weekly": {"rows": 480, "digest": "9d0147dc"}},
}


class Page(HTMLParser):
    """What a browser would see: elements, their attributes, and text outside style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def outside_figures(self) -> dict[str, int]:
        """How many of each element there are, but for those that letters in figures are drawn with."""
        return {tag: count for tag, count in self.tags.items() if tag not in {"path", "use", "defs", "g"}}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element."""
        self.tags[tag] += 1
        self._open.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Know that an element ends."""
        self._open.append("/" + tag)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._open or self._open[-1] != "style":
            self.text += data


@pytest.fixture(scope="module")
def worlds() -> dict[str, pa.Table]:
    """A baseline and two what-ifs, one strong and one without effect."""
    base = weekly(weeks=60, replications=4)
    return {"Harbour": base, "Leadership first": weekly(weeks=60, replications=4, strength=1.0), "Nothing": base}


def report(worlds: dict[str, pa.Table], **more: Any) -> str:
    """The report of a small run."""
    return as_html(Document(worlds, **{"title": "Harbour Hotel", "manifest": MANIFEST, **more}))


@pytest.fixture(scope="module")
def html(worlds: dict[str, pa.Table]) -> str:
    """The report in English, with all that it can hold."""
    assumption = {"text": "Alignment exponent 0.4", "mark": "assumed", "source": "complementarity"}
    return report(
        worlds,
        description="A luxury hotel.",
        interventions=[(8, "Leadership to 0.70")],
        assumptions=[assumption, {"text": "Losses loom larger", "mark": "evidence", "source": "Anderson & Mittal"}],
        sources=["Oliver 1980"],
    )


def test_all_is_there(html: str) -> None:
    """What was run, the chain, its numbers, assumptions with marks, sources, provenance and what it is worth."""
    text = " ".join(Page(html).text.split())

    for part in (
        "Harbour Hotel", "A luxury hotel.", "60 weeks", "7, 8, 9, …", "Leadership to 0.70 from week 8",
        "Leadership first against Harbour", "Customer loyalty ends", "above the baseline (between",
        "Customer loyalty is exactly that of the baseline", "mean of 4 paired worlds", "better", "unchanged",
        "assumed Alignment exponent 0.4 complementarity", "evidence Losses loom larger Anderson & Mittal",
        "Oliver 1980", "effectchain run hotel", "numpy 2.4.6", "480 rows, digest 9d0147dc",
        "Absolute outputs are illustrative; signs, orders and relative sizes carry the evidence.",
    ):  # fmt: skip
        assert part in text.replace("\u00a0", " "), part


def test_tiles_panels_and_table(html: str) -> None:
    """Six tiles a what-if with arrows between, six panels with words for those who do not see them, one table."""
    page = Page(html)
    labels = [value for name, value in page.attributes if name == "aria-label"]

    assert 12 == html.count('class="tile"')
    assert 10 == html.count('class="arrow"')
    assert 6 == page.tags["figure"] == len(labels)
    assert labels[1].startswith("Engagement over time: Harbour 0.5")
    assert 1 == page.tags["table"]
    assert 26 + 6 + 1 == page.tags["tr"]


def test_amounts_stay_on_one_line(html: str) -> None:
    """Neither the blank inside an amount nor the place behind its sign may end a line."""
    text = Page(html).text

    assert "€\N{NO-BREAK SPACE}" in text
    assert "+\N{WORD JOINER}€" in text
    assert not re.search(rf"€ \d|[+{MINUS}]€", text)


def test_nothing_is_fetched(html: str) -> None:
    """No element, attribute or style asks for another file, and the page forbids it."""
    page = Page(html)
    links = [value for name, value in page.attributes if name in {"href", "src", "xlink:href", "action", "data"}]

    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form", "a"} & set(page.tags)
    assert all(link.startswith("#") for link in links)
    assert [] == re.findall(r"@import|url\((?!#)", html)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:") in page.attributes


def test_hostile_text_is_only_text(worlds: dict[str, pa.Table]) -> None:
    """Names with markup, templates or scripts add no element and no attribute, wherever they stand."""
    names = [HOSTILE, HOSTILE + "1", HOSTILE + "2"]
    hostile = report(
        dict(zip(names, worlds.values(), strict=True)),
        title=HOSTILE,
        description=HOSTILE,
        interventions=[(8, HOSTILE)],
        assumptions=[{"text": HOSTILE, "mark": HOSTILE, "source": HOSTILE}],
        sources=[HOSTILE],
        manifest={"command": HOSTILE, "packages": {HOSTILE: HOSTILE}, "seeds": [HOSTILE], "platform": HOSTILE},
    )
    plain = report(
        worlds,
        interventions=[(8, "x")],
        description="x",
        assumptions=[{"text": "x", "mark": "x", "source": "x"}],
        sources=["x"],
        manifest={},
    )
    page = Page(hostile)

    assert Page(plain).outside_figures() == page.outside_figures()
    assert set(Page(plain).tags) == set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert HOSTILE in page.text
    assert "{{7*7}}" in page.text
    assert "49" not in re.sub(r"[\d.,]*\d49|49\d", "", page.text.split("Interventions")[0])


def test_dutch_and_nonprofit(worlds: dict[str, pa.Table]) -> None:
    """In Dutch no English phrase is left, and a non-profit ends in reputation."""
    html = report(worlds, language="nl", sector="nonprofit", title="Gemeente")
    text = Page(html).text

    assert '<html lang="nl">' in html
    assert "Reputatie eindigt" in text
    assert "Winst" not in text
    assert "Absolute uitkomsten zijn illustratief" in text
    assert [] == [word for word in ("baseline", "between", "points", "better", "weeks", "worlds") if word in text]


def test_a_baseline_alone(worlds: dict[str, pa.Table]) -> None:
    """Without a what-if there are levels and no differences, and no intervention is said so."""
    html = report({"Harbour": worlds["Harbour"]}, manifest={})
    text = Page(html).text

    assert "None: the organisation goes on as it is." in text
    assert 6 == html.count('class="tile"')
    assert "Difference" not in text


def test_one_world() -> None:
    """One replication gives no interval, and says so."""
    single = {name: weekly(weeks=30, replications=1, strength=strength) for name, strength in (("b", 0.0), ("w", 1.0))}
    text = Page(report(single)).text

    assert "one world, no interval" in text
    assert "paired worlds" not in text
    assert "bands hold" not in text


def test_same_data_same_page(worlds: dict[str, pa.Table], html: str) -> None:
    """Two reports of one run are the same bytes."""
    assert report(worlds) == report(worlds)
    assert html != report(worlds)

"""The report: one HTML file that says what was run, what came out and what it is worth; it asks nothing of the net."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa
from markupsafe import Markup

from results.chain import ChainRow, ChainTable, chain_table
from results.effects.effects import Effects
from results.effects.report import effect_sections
from results.effects.words import effect_words
from results.figures.charts import Starts, indicator_figure, inline, to_svg, unit_in_figure
from results.figures.panel import COLOURS
from results.figures.sparkline import sparkline
from results.numbers import NONE, bounds, difference, in_words, level
from results.reports.pages import PAGES
from results.stopping import Stopping
from results.words import harmless, words


@dataclass(frozen=True, slots=True)
class Document:
    """What a report, a PDF or slides are about, and what they say of it.

    worlds: weekly tables by the name to show, the baseline first.
    manifest: as built by `build_manifest`, with `tables` where they are known.
    interventions: week and name of what starts, as in the figures.
    assumptions: each with `text`, `mark` (evidence, calibrated or assumed) and `source`.
    effects: what each what-if comes to, in their order. stopping: how the number of worlds was come to.
    stamp: scenarios, seed and version on one line, for every page.
    """

    worlds: Mapping[str, pa.Table]
    title: str
    manifest: Mapping[str, Any]
    description: str = ""
    sector: str = "commercial"
    interventions: Starts = ()
    assumptions: Sequence[Mapping[str, str]] = ()
    sources: Sequence[str] = ()
    effects: Sequence[Effects] = ()
    stopping: Stopping | None = None
    language: str = "en"
    stamp: str = ""

    def chain(self) -> ChainTable:
        """The effect chain in the last year."""
        return chain_table(self.worlds, sector=self.sector)

    def contents(self) -> dict[str, Any]:
        """Every text and number of the document, written out in its language; user text is on one line each."""
        phrases = words(self.language)
        table = self.chain()
        return {
            "language": self.language,
            "words": phrases,
            "title": harmless(self.title),
            "description": harmless(self.description, 2000),
            "stamp": harmless(self.stamp, 400),
            "facts": _facts(self.worlds, table, self.manifest, _worlds(table, self.stopping, self.language), phrases),
            "interventions": [
                (harmless(name, 120), phrases["starts_in"].format(week=week)) for week, name in self.interventions
            ],
            "strips": [_strip(self.worlds, table, position, self.language) for position in _positions(table)],
            "note": _note(table, phrases),
            "band": phrases["band"] if table.replications > 1 else phrases["one_world"],
            "effects": effect_sections(table, self.effects, self.stopping, self.interventions, self.language),
            "numbers": _numbers(table, self.language),
            "heads": [harmless(name, 60) for name in table.what_ifs],
            "panels": _panels(self.worlds, table, self.interventions, self.language),
            "assumptions": [_assumption(entry, phrases) for entry in self.assumptions],
            "sources": [harmless(source, 400) for source in self.sources],
            "provenance": _provenance(self.manifest, phrases),
        }


def html(document: Document) -> str:
    """The document as one HTML file that needs no other; text of the user stands in it as text only."""
    return PAGES.get_template("report.html.j2").render(**document.contents())


def _positions(table: ChainTable) -> list[int | None]:
    """One strip of tiles for each what-if, or one for the baseline alone."""
    return [*range(len(table.what_ifs))] or [None]


def _note(table: ChainTable, phrases: Mapping[str, str]) -> str:
    several = phrases["paired_worlds" if table.what_ifs else "worlds"].format(count=table.replications)
    worlds = several if table.replications > 1 else phrases["one_world"]
    return f"{phrases['last_weeks'].format(weeks=table.weeks)}, {worlds}"


def _facts(
    worlds: Mapping[str, pa.Table],
    table: ChainTable,
    manifest: Mapping[str, Any],
    replications: str,
    phrases: Mapping[str, str],
) -> list[tuple[str, str]]:
    """What was run, in pairs of word and value."""
    weeks = len(worlds[table.base].column("week").unique())
    seeds = [str(seed) for seed in manifest.get("seeds", [])]
    shown = ", ".join(seeds[:3]) + (", …" if len(seeds) > 3 else "")
    facts = [(phrases["baseline"], harmless(table.base))]
    facts += [(phrases["what_ifs"], ", ".join(harmless(name, 60) for name in table.what_ifs))] if table.what_ifs else []
    facts += [(phrases["horizon"], phrases["weeks"].format(weeks=weeks))]
    facts += [(phrases["replications"], replications)]
    return [(word[0].upper() + word[1:], value) for word, value in [*facts, (phrases["seed"], shown or NONE)]]


def _worlds(table: ChainTable, stopping: Stopping | None, language: str) -> str:
    """How many worlds, and whether their number was adaptive."""
    count = str(table.replications)
    return effect_words(language)["adaptive"].format(count=count) if stopping else count


def _strip(worlds: Mapping[str, pa.Table], table: ChainTable, position: int | None, language: str) -> dict[str, Any]:
    """One row of tiles: the chain of one what-if, or of the baseline alone."""
    phrases = words(language)
    base = harmless(table.base, 60)
    heading = base
    if position is not None:
        heading = phrases["against"].format(what_if=harmless(table.what_ifs[position], 60), base=base)
    groups = [list(rows) for _, rows in groupby(table.rows, key=lambda row: row.link)]
    return {
        "heading": heading,
        "tiles": [_tile(worlds, table, rows, position, language) for rows in groups],
        "sentence": _sentence(groups, position, language),
    }


def _tile(
    worlds: Mapping[str, pa.Table], table: ChainTable, rows: Sequence[ChainRow], position: int | None, language: str
) -> dict[str, Any]:
    head, *others = rows
    shown = [table.base] if position is None else [table.base, table.what_ifs[position]]
    return {
        "link": head.link.title(language),
        "indicator": head.indicator.title(language),
        "value": _level(head, position, language),
        "change": _change(head, position, language),
        "verdict": "" if position is None else head.verdict(position),
        "colour": COLOURS[(position or 0) % len(COLOURS)],
        "line": sparkline([worlds[name] for name in shown], head.indicator.name),
        "more": _step(others[0], position, language) if others else "",
    }


def _level(row: ChainRow, position: int | None, language: str) -> str:
    found = row.base if position is None else row.what_ifs[position]
    return NONE if found is None else level(found.mean, row.indicator, language)


def _change(row: ChainRow, position: int | None, language: str) -> str:
    found = None if position is None else row.differences[position]
    if found is None or position is None:
        return ""
    if row.verdict(position) in {"same", "unclear"}:
        return words(language)[row.verdict(position)]
    return ("▲ " if found.mean > 0 else "▼ ") + difference(found, row.indicator, language)


def _step(row: ChainRow, position: int | None, language: str) -> str:
    """A second indicator in a line: failures 6.1% → 4.2%."""
    before = _level(row, None, language)
    label = row.indicator.label(language)
    return f"{label} {before}" if position is None else f"{label} {before} → {_level(row, position, language)}"


def _sentence(groups: Sequence[Sequence[ChainRow]], position: int | None, language: str) -> list[tuple[str, str]]:
    """What the end of the chain comes to: claim and interval, for loyalty and for the result."""
    if position is None:
        return []
    heads = [rows[0] for rows in groups if rows[0].link.name in {"loyalty", "results", "reputation"}]
    return [_claim(row, position, language) for row in heads if row.differences[position] is not None]


def _claim(row: ChainRow, position: int, language: str) -> tuple[str, str]:
    phrases, found, reading = words(language), row.differences[position], row.verdict(position)
    label = row.indicator.title(language)
    if found is None or reading in {"same", "unclear"}:
        interval = bounds(found, row.indicator, language) if found is not None and reading == "unclear" else ""
        return phrases["ends_same" if reading == "same" else "ends_alike"].format(label=label), interval
    size = difference(found, row.indicator, language)[1:]
    phrase = phrases["ends_above" if found.mean > 0 else "ends_below"]
    return phrase.format(label=label, change=size), bounds(found, row.indicator, language)


def _numbers(table: ChainTable, language: str) -> list[dict[str, Any]]:
    """The rows of the table, link by link."""
    return [
        {"title": link.title(language), "rows": [_cells(row, len(table.what_ifs), language) for row in rows]}
        for link, rows in groupby(table.rows, key=lambda row: row.link)
    ]


def _cells(row: ChainRow, count: int, language: str) -> dict[str, Any]:
    return {
        "title": row.indicator.title(language),
        "unit": row.indicator.unit(language),
        "base": _level(row, None, language),
        "what_ifs": [_effect(row, position, language) for position in range(count)],
    }


def _effect(row: ChainRow, position: int, language: str) -> dict[str, str]:
    found, reading = row.differences[position], row.verdict(position)
    nothing = found is None or reading == "same"
    return {
        "level": _level(row, position, language),
        "change": NONE if found is None or nothing else difference(found, row.indicator, language),
        "interval": "" if found is None or nothing else bounds(found, row.indicator, language),
        "reading": words(language)[reading] if found is not None else "",
        "verdict": reading,
        "words": in_words(found, row.indicator, language) if found is not None else "",
    }


def _panels(
    worlds: Mapping[str, pa.Table], table: ChainTable, interventions: Starts, language: str
) -> list[dict[str, Any]]:
    """The figure, one panel for each link's headline."""
    heads = [next(rows) for _, rows in groupby(table.rows, key=lambda row: row.link)]
    return [_panel(worlds, table, row, interventions, language) for row in heads]


def _panel(
    worlds: Mapping[str, pa.Table], table: ChainTable, row: ChainRow, interventions: Starts, language: str
) -> dict[str, Any]:
    indicator = row.indicator
    figure = indicator_figure(worlds, indicator.name, interventions=interventions, language=language)
    ends = [f"{harmless(table.base, 60)} {_level(row, None, language)}"]
    ends += [f"{harmless(name, 60)} {_level(row, place, language)}" for place, name in enumerate(table.what_ifs)]
    title = indicator.title(language)
    return {
        "link": row.link.title(language),
        "title": title,
        "unit": unit_in_figure(worlds, indicator.name, language),
        "svg": Markup(inline(to_svg(figure, salt=indicator.name))),  # noqa: S704  drawn by us; text in it is outlines
        "label": words(language)["figure_of"].format(title=title, ends=", ".join(ends)),
    }


def _assumption(entry: Mapping[str, str], phrases: Mapping[str, str]) -> dict[str, str]:
    mark = entry.get("mark", "assumed")
    known = mark if mark in {"evidence", "calibrated", "assumed"} else "assumed"
    source = harmless(entry.get("source", ""), 300)
    return {"text": harmless(entry["text"], 600), "mark": phrases[known], "kind": known, "source": source}


def _provenance(manifest: Mapping[str, Any], phrases: Mapping[str, str]) -> list[tuple[str, str]]:
    """The manifest in a few lines."""
    packages = {"Python": manifest.get("python", NONE), **manifest.get("packages", {})}
    lines = [(phrases[key], manifest.get(key, NONE)) for key in ("command", "started", "finished", "source_hash")]
    lines.append((phrases["versions"], ", ".join(f"{name} {number}" for name, number in packages.items())))
    lines.append((phrases["platform"], manifest.get("platform", NONE)))
    for name, entry in manifest.get("tables", {}).items():
        lines.append((f"{phrases['data']}: {name}", phrases["rows"].format(**entry)))
    return [(harmless(word, 80), harmless(value, 600)) for word, value in lines]

"""What came of a sweep, in words and as a table of plain text, in English or Dutch."""

from collections.abc import Iterator, Mapping
from typing import Final

from results.columns import aligned
from results.numbers import decimal, level
from results.sweeps.summary import FailureKind, Spread, SweepSummary
from results.words import harmless

# fmt: off
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "factors": "Factors", "size": "Size", "finished": "Finished", "failed": "Failed",
        "size_is": "{cells} cells x {replications} replications",
        "finished_is": "{done} of {runs} runs",
        "failed_is": "{failed} runs",
        "failure": "{runs} at stage '{stage}', {type}: {message} (cells {cells})",
        "more": " and others",
        "lies": "{label} lies between {low} (cell {lowest}) and {high} (cell {highest}), and in half of the cells "
        "between {first} and {third}.",
        "year": "The final year of {cells} cells, each the mean of its replications:",
        "head": "indicator|lowest|in cell|middle|highest|in cell",
    },
    "nl": {
        "factors": "Factoren", "size": "Omvang", "finished": "Gedaan", "failed": "Mislukt",
        "size_is": "{cells} cellen x {replications} herhalingen",
        "finished_is": "{done} van de {runs} runs",
        "failed_is": "{failed} runs",
        "failure": "{runs} in stap '{stage}', {type}: {message} (cellen {cells})",
        "more": " en andere",
        "lies": "{label} ligt tussen {low} (cel {lowest}) en {high} (cel {highest}), en in de helft van de cellen "
        "tussen {first} en {third}.",
        "year": "Het laatste jaar van {cells} cellen, elk het gemiddelde van zijn herhalingen:",
        "head": "indicator|laagste|in cel|midden|hoogste|in cel",
    },
}
# fmt: on


def summary_lines(summary: SweepSummary, language: str = "en") -> Iterator[str]:
    """How far it is, what failed, and what came out; at most some eighty columns wide."""
    phrases = _WORDS[language]
    yield f"{phrases['factors']:<13} {', '.join(harmless(name, 60) for name in summary.factors) or '-'}"
    numbers = {name: decimal(getattr(summary, name), 0, language) for name in _COUNTS}
    for name in ("size", "finished", *(["failed"] if summary.failed else [])):
        yield f"{phrases[name]:<13} {phrases[f'{name}_is'].format(**numbers)}"
    yield from (f"  {_failure(one, phrases)}" for one in summary.failures)
    if summary.spreads:
        yield ""
        yield phrases["year"].format(cells=decimal(summary.cells_seen, 0, language))
        head = phrases["head"].split("|")
        table = aligned(head, list(_rows(summary, language)), [False, *(True for _ in head[1:])])
        yield from (f"  {line}" for line in table)
        yield ""
        yield from (_sentence(spread, language) for spread in summary.spreads if spread.indicator.name in _TOLD)


_COUNTS: Final = ("cells", "replications", "runs", "done", "failed")
_TOLD: Final = frozenset({"engagement", "loyalty", "profit", "reputation"})


def _failure(found: FailureKind, phrases: Mapping[str, str]) -> str:
    more = phrases["more"] if found.all_cells > len(found.cells) else ""
    cells = ", ".join(map(str, found.cells)) + more
    told = {"stage": harmless(found.stage, 20), "type": harmless(found.type, 40), "message": harmless(found.message)}
    return phrases["failure"].format(runs=found.runs, cells=cells, **told)


def _rows(summary: SweepSummary, language: str) -> Iterator[tuple[object, ...]]:
    for spread in summary.spreads:
        low, _, middle, _, high = (level(value, spread.indicator, language) for value in spread.levels)
        yield (spread.indicator.title(language), low, spread.lowest, middle, high, spread.highest)


def _sentence(spread: Spread, language: str) -> str:
    low, first, _, third, high = (level(value, spread.indicator, language) for value in spread.levels)
    told = {"low": low, "high": high, "first": first, "third": third}
    cells = {"lowest": spread.lowest, "highest": spread.highest}
    return _WORDS[language]["lies"].format(label=spread.indicator.title(language), **told, **cells)

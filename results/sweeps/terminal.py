"""What came of a sweep, in words and as a table of plain text, in English or Dutch."""

from collections.abc import Iterator, Mapping
from typing import Final

from results.columns import aligned
from results.numbers import decimal, level
from results.sweeps.summary import FailureKind, Spread, SweepSummary
from results.words import harmless, words_of

_COUNTS: Final = ("cells", "replications", "runs", "done", "failed")
_TOLD: Final = frozenset({"engagement", "loyalty", "profit", "reputation"})


def summary_lines(summary: SweepSummary, language: str = "en") -> Iterator[str]:
    """How far it is, what failed, and what came out; at most some eighty columns wide."""
    phrases = words_of("results.sweeps", language)
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
        yield from (
            _sentence(spread, phrases["lies"], language) for spread in summary.spreads if spread.indicator.name in _TOLD
        )


def _failure(found: FailureKind, phrases: Mapping[str, str]) -> str:
    more = phrases["more"] if found.all_cells > len(found.cells) else ""
    cells = ", ".join(map(str, found.cells)) + more
    told = {"stage": harmless(found.stage, 20), "type": harmless(found.type, 40), "message": harmless(found.message)}
    return phrases["failure"].format(runs=found.runs, cells=cells, **told)


def _rows(summary: SweepSummary, language: str) -> Iterator[tuple[object, ...]]:
    for spread in summary.spreads:
        low, _, middle, _, high = (level(value, spread.indicator, language) for value in spread.levels)
        yield (spread.indicator.title(language), low, spread.lowest, middle, high, spread.highest)


def _sentence(spread: Spread, phrase: str, language: str) -> str:
    low, first, _, third, high = (level(value, spread.indicator, language) for value in spread.levels)
    told = {"low": low, "high": high, "first": first, "third": third}
    cells = {"lowest": spread.lowest, "highest": spread.highest}
    return phrase.format(label=spread.indicator.title(language), **told, **cells)

"""Rows in columns of plain text."""

from collections.abc import Iterator, Sequence
from typing import Any

from results.words import harmless

Row = Sequence[str]
"""Its cells."""


def as_lines(rows: Sequence[Row]) -> list[str]:
    """The rows in columns, the first to the left and the last to the right."""
    widths = [max(len(row[place]) for row in rows if place < len(row)) for place in range(max(map(len, rows)))]
    return [
        "  ".join(
            f"{cell:>{width}}" if place == len(widths) - 1 else f"{cell:<{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=False))
        ).rstrip()
        for row in rows
    ]


def aligned(names: Sequence[str], rows: Sequence[Sequence[Any]], right: Sequence[bool] | None = None) -> Iterator[str]:
    """Columns under their names: numbers to the right, words to the left, unless `right` says which go where."""
    cells = [[_shown(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    to_the_right = right or [_is_numeric([row[place] for row in rows]) for place in range(len(names))]
    for row in [list(names), *cells]:
        together = zip(row, widths, to_the_right, strict=True)
        yield "  ".join(f"{text:>{width}}" if right else f"{text:<{width}}" for text, width, right in together).rstrip()


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.6g}" if isinstance(value, float) else harmless(value, 60)


def _is_numeric(values: Sequence[Any]) -> bool:
    return all(value is None or (isinstance(value, (int, float)) and value is not True) for value in values)

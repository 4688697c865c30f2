"""Rows of words in columns of plain text."""

from collections.abc import Sequence

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

"""Tables in Markdown, from rows of texts."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with these heads; a bar or a line's end in a cell does no harm."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell(text) for text in line)} |\n" for line in lines)


def cell(text: str) -> str:
    """A text that may stand in a cell."""
    return text.replace("|", r"\|").replace("\n", " ").strip()


def code(text: str) -> str:
    """A text as code, or nothing."""
    return f"`{text}`" if text else ""

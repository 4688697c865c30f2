"""A document as PDF, made by Typst from its own fonts and files; it asks nothing of the net."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

from results.errors import ResultsError
from results.figures.panel import GREY
from results.reports.report import Document

TEMPLATE: Final = "report.typ"


def pdf(document: Document) -> bytes:
    """The document on A4, tagged for screen readers. ResultsError where Typst is not installed.

    Text of the user reaches Typst as data and never as markup.
    """
    try:
        import typst  # noqa: PLC0415  an extra that only this needs
    except ImportError:
        raise ResultsError(
            "PDF needs the package typst: pip install 'effectchain[documents]'; HTML can be printed without it."
        ) from None
    parts = dict(_files(document.contents()))
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    compiled: Any = typst.compile  # takes files by name too, which its types do not say
    return bytes(compiled(parts, format="pdf", font_paths=[str(fonts)], ignore_system_fonts=True))


def _files(contents: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The template, the contents as JSON, and the figures, each as a file of its own."""
    yield "main.typ", (files("results") / "templates" / TEMPLATE).read_bytes()
    for place, panel in enumerate(contents["panels"]):
        yield f"panel-{place}.svg", panel["svg"].encode()
    for row, strip in enumerate(contents["strips"]):
        for place, tile in enumerate(strip["tiles"]):
            yield f"spark-{row}-{place}.svg", _spark(tile).encode()
    cash = contents["effects"]["cash"]
    if cash:
        yield "cash.svg", cash["svg"].encode()
    yield "contents.json", json.dumps(contents, allow_nan=False, default=_plain).encode()


def _spark(tile: Mapping[str, Any]) -> str:
    """A tile's small lines."""
    line = tile["line"]
    last = len(line["lines"]) - 1
    drawn = [
        f'<polyline points="{points}" fill="none" '
        + (f'stroke="{GREY}" stroke-width="1" stroke-dasharray="3 2"/>' if place < last else "")
        + (f'stroke="{tile["colour"]}" stroke-width="1.6"/>' if place == last else "")
        for place, points in enumerate(line["lines"])
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {line["width"]} {line["height"]}" '
        f'preserveAspectRatio="none">{"".join(drawn)}</svg>'
    )


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)

"""On which line of a TOML text a key stands, found by a plain search; tomllib does not tell."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from scenarios.table import KeyPath

PART: Final = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
DOTTED: Final = rf"{PART}(?:[ \t]*\.[ \t]*{PART})*"
DOTTED_DEEPLY: Final = re.compile(rf"(?<![\w-]){PART}(?:[ \t]*\.[ \t]*{PART}){{32}}")
"""Keys that no scenario has, and on which tomllib would spend minutes."""

HEADER: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({DOTTED})[ \t]*\]")
ENTRY: Final = re.compile(rf"[ \t]*({DOTTED})[ \t]*=")


def line_of(text: str, path: KeyPath) -> int | None:
    """The line, from 1, of the key, or else of the nearest table around it; None where neither stands in the text."""
    lines = _first_lines(text)
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), None)


@lru_cache(maxsize=8)
def _first_lines(text: str) -> dict[KeyPath, int]:
    """The first line of each key and table."""
    lines: dict[KeyPath, int] = {}
    for number, place in places(text):
        for length in range(1, len(place) + 1):
            lines.setdefault(place[:length], number)
    return lines


def places(text: str) -> Iterator[tuple[int, KeyPath]]:
    """Each line that opens a table or gives a key, and the full path of that table or key."""
    table: KeyPath = ()
    arrays: dict[KeyPath, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if header := HEADER.match(line):
            table = _resolved(_parts(header[2]), arrays, opens_item=header[1] == "[[")
            yield number, table
        elif entry := ENTRY.match(line):
            yield number, (*table, *_parts(entry[1]))


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(PART, dotted)]


def _resolved(parts: list[str], arrays: dict[KeyPath, int], *, opens_item: bool) -> KeyPath:
    """The path with the position of the current item behind every array of tables."""
    path: KeyPath = ()
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if opens_item and depth == len(parts):
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path

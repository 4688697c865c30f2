"""What a story is made of: sentences by week, and two of them side by side from where they part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

LONG: Final = 3
"""Ordinary weeks in a row from which on they are folded."""

ORDINARY: Final = frozenset({"visit", "heard_good", "heard_bad"})
"""Kinds of lines that need not be read one by one."""

Row = dict[str, Any]
"""A week of a story for the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence. kind: what it is about, which decides shape and colour of its mark."""

    week: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """Somebody's story in one world. happened: what happened by week, without figures, to be held beside another."""

    title: str
    about: str
    lines: tuple[Line, ...]
    happened: Mapping[int, tuple[Any, ...]]


def parting(one: Story, other: Story) -> int | None:
    """The first week in which other things happen in the two; None where the same happens to the end."""
    weeks = sorted(one.happened.keys() | other.happened.keys())
    return next((week for week in weeks if one.happened.get(week) != other.happened.get(week)), None)


def told(story: Story, twin: Story | None, why_no_twin: str, words: Mapping[str, str]) -> dict[str, Any]:
    """A story for the page, beside the twin's: rows by week, in one column while the same happens in both worlds.

    why_no_twin: a sentence for somebody without a twin.
    """
    parts = parting(story, twin) if twin else None
    return {
        "title": story.title,
        "about": story.about,
        "said": _said(parts, words) if twin else why_no_twin,
        "has_twin": twin is not None,
        "rows": list(folded(list(_rows(story, twin, parts)), words)),
    }


def _said(parts: int | None, words: Mapping[str, str]) -> str:
    if parts is None:
        return words["twin_same"]
    return words["twin_at_once"] if parts <= 1 else words["twin_parts"].format(week=parts - 1)


def _rows(story: Story, twin: Story | None, parts: int | None) -> Iterator[Row]:
    mine, other = _by_week(story), _by_week(twin) if twin else {}
    last = max((*mine, *other), default=0)
    for week in sorted(mine.keys() | other.keys()):
        apart = twin is not None and ((parts is not None and week >= parts) or week == last)
        row = {"week": week, "apart": apart, "mine": mine.get(week, [])}
        if apart:
            yield {**row, "twin": other.get(week, [])}
        elif row["mine"]:
            yield {**row, "twin": []}


def folded(rows: Sequence[Row], words: Mapping[str, str]) -> Iterator[Row]:
    """The rows, with runs of weeks in which nothing special happened behind one row that says how many they are."""
    for is_ordinary, run in groupby(rows, _is_ordinary):
        group = list(run)
        if not is_ordinary or len(group) < LONG:
            yield from group
            continue
        first, last = group[0]["week"], group[-1]["week"]
        said = words["folded"].format(weeks=len(group), first=first, last=last)
        yield {"week": first, "last": last, "said": said, "apart": False, "mine": [], "twin": [], "rows": group}


def _is_ordinary(row: Row) -> bool:
    return all(line["kind"] in ORDINARY for line in (*row["mine"], *row["twin"]))


def _by_week(story: Story) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for line in story.lines:
        found.setdefault(line.week, []).append({"kind": line.kind, "text": line.text})
    return found


def joined(sentences: Sequence[str]) -> str:
    """Sentences in a row."""
    return " ".join(sentence for sentence in sentences if sentence)

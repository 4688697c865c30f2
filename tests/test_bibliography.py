"""Every source that the project cites has an entry in the bibliography, with the status of what is used of it."""

import ast
import calendar
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.worlds import HOUSE

BIBLIOGRAPHY = HOUSE / "docs" / "bibliography.bib"
ROOMS = ("agents", "scenarios", "simulation", "experiments", "results", "effectchain")

NAME = r"(?:(?:de|van|den|der) )?[A-Z][\w'-]*[a-z][\w'-]*"
YEAR = r"(?:1[89]|20)\d\d"
MORE = rf"(?:, {NAME}(?: {NAME})?)*,? & {NAME}| et al\."
WITH_YEAR = re.compile(rf"({NAME})(?:{MORE})?,? \(?({YEAR}(?:(?:/|, | and ){YEAR})*)\b")
MANY = re.compile(rf"({NAME})(?:{MORE})")
STATUS = re.compile(r"(?:\b([ECRD]\d+) )?\(([VMUST])\):?")

MONTHS = set(calendar.month_name) - {""}

NO_SOURCES = MONTHS | {"Schema", "Publiekszaken", "Statistics", "Arbeidsomstandigheden"}
"""Words that look like an author and are none: a standard's own name, months, words of titles."""

NAMED = (
    "TARP",
    "Goodman",
    "Levenson",
    "Gallup",
    "National Customer Rage",
    "McKinsey",
    "Sharp",
    "Source 002",
    "CEN",
    "ISO",
)
"""Sources that are cited without a year."""

WITHOUT_SOURCE = {"C14"}
"""Rows of the evidence for which nothing was found."""


class Entry(NamedTuple):
    """One entry: its kind, key, and fields without their outer braces."""

    kind: str
    key: str
    fields: dict[str, str]


def braced(text: str, start: int) -> int:
    """Where the brace that opens at `start` is closed."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise ValueError(f"a brace is never closed: {text[start : start + 40]}")


def entries_of(text: str) -> Iterator[Entry]:
    """The entries of a BibTeX file whose fields are all in braces; what it can't read is an error."""
    text = re.sub(r"^%.*\n", "", text, flags=re.MULTILINE)
    place = 0
    while text[place:].strip():
        if not (begin := re.match(r"\s*@(\w+)\{([\w]+),", text[place:])):
            raise ValueError(f"no entry begins at: {text[place : place + 60].strip()}")
        first = place + begin.end()
        end = braced(text, place + text[place:].index("{"))
        yield Entry(begin[1], begin[2], dict(fields_of(text[first:end])))
        place = end + 1


def fields_of(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of an entry's fields."""
    while text.strip():
        if not (begin := re.match(r"\s*(\w+) = \{", text)):
            raise ValueError(f"no field begins at: {text[:60].strip()}")
        end = braced(text, begin.end() - 1)
        yield begin[1], text[begin.end() : end]
        text = text[end + 1 :].lstrip().removeprefix(",")


ENTRIES = list(entries_of(BIBLIOGRAPHY.read_text(encoding="utf-8")))


def bare(text: str) -> str:
    """Words without accents, braces and capitals."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[{}\\]", "", plain).casefold()


def first_author(entry: Entry) -> str:
    """The family name that an entry is cited by, or the whole of a body's name."""
    author = entry.fields["author"].split(" and ")[0]
    return bare(author if author.startswith("{") else author.split(",")[0])


def known(name: str, year: str = "") -> bool:
    """Whether an entry has this first author, or a body of which this is a word, and the year; or it is no source."""
    if name in NO_SOURCES:
        return True
    found = [one for one in ENTRIES if bare(name) == first_author(one) or bare(name) in first_author(one).split()]
    return any(year in " ".join(one.fields.values()) for one in found)


def docstrings(file: Path) -> Iterator[str]:
    """All docstrings of a file, also those of constants."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def texts_in(value: object) -> Iterator[str]:
    """All texts in a TOML table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def cited_texts() -> Iterator[tuple[str, str]]:
    """Where sources are cited: docstrings and tables of all rooms, and the pages."""
    for room in ROOMS:
        for file in sorted((HOUSE / room).rglob("*.py")):
            yield file.relative_to(HOUSE).as_posix(), "\n".join(docstrings(file))
        for file in sorted((HOUSE / room).rglob("*.toml")):
            found = texts_in(tomllib.loads(file.read_text(encoding="utf-8")))
            yield file.relative_to(HOUSE).as_posix(), "\n".join(found)
    for file in (HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))):
        yield file.relative_to(HOUSE).as_posix(), file.read_text(encoding="utf-8")


def missing() -> Iterator[str]:
    """Citations without an entry, and where they stand."""
    for where, text in cited_texts():
        line = re.sub(r"\s+", " ", text)
        for found in WITH_YEAR.finditer(line):
            years = re.findall(YEAR, found[2])
            yield from (f"{found[1]} {year} ({where})" for year in years if not known(found[1], year))
        yield from (f"{found[0]} ({where})" for found in MANY.finditer(line) if not known(found[1]))


def evidence() -> dict[str, str]:
    """The rows of the evidence tables, as they stand in docs/evidence.md."""
    lines = (HOUSE / "docs" / "evidence.md").read_text(encoding="utf-8").split("\n")
    return {found[1]: line for line in lines if (found := re.match(r"\| ([ECRD]\d+) \|", line))}


def statuses() -> set[tuple[str, str]]:
    """Rows and statuses that notes of entries carry."""
    notes = [one.fields["note"] for one in ENTRIES]
    return {(row, status) for note in notes for row, status in STATUS.findall(note) if row}


def test_every_cited_source_has_an_entry() -> None:
    """Who cites a source adds it to docs/bibliography.bib, with a note on its status."""
    assert [] == sorted(set(missing())), "add these to docs/bibliography.bib"


@pytest.mark.parametrize("name", NAMED)
def test_sources_without_a_year_have_an_entry(name: str) -> None:
    """What is cited by its name alone is explained too."""
    assert any(bare(name) in bare(one.fields["author"]) for one in ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_entry_is_complete(entry: Entry) -> None:
    """Author, title, a note with a status, the journal of an article, and a doi and a year in their forms."""
    needed = {"author", "title", "note"} | ({"journal"} if entry.kind == "article" else set())

    assert set() == needed - set(entry.fields)
    assert STATUS.search(entry.fields["note"]), "the note has no status: (V), (M), (U), (S) or (T)"
    assert re.fullmatch(r"10\.\d{4,9}/\S+", entry.fields.get("doi", "10.1000/none"))
    assert re.fullmatch(YEAR, entry.fields.get("year", "2000"))


def test_keys_and_dois_are_unique() -> None:
    """No entry stands there twice."""
    for field in ([one.key for one in ENTRIES], [one.fields["doi"] for one in ENTRIES if "doi" in one.fields]):
        assert sorted(set(field)) == sorted(field)


def test_every_row_of_the_evidence_is_carried() -> None:
    """Each row rests on an entry, and no entry names a row that isn't there."""
    assert set(evidence()) - WITHOUT_SOURCE == {row for row, _ in statuses()}


def test_statuses_are_those_of_the_evidence() -> None:
    """A figure that is from memory or unsure in the evidence is so in the bibliography, and the other way round."""
    for row, line in evidence().items():
        status = set(re.findall(r"\b[VMU]\b", line.split("|")[-3]))
        said = set(re.findall(r"\b[VMU]\b", line))
        carried = {letter for name, letter in statuses() if name == row}
        assert row in WITHOUT_SOURCE or status <= carried <= said, row


def test_reader_refuses_what_it_cannot_read() -> None:
    """A brace that isn't closed, or text between entries, is an error and not an entry less."""
    for text in ("@misc{a, title = {b}", "@misc{a, title = {b}} stray", "@misc{a, title = b}"):
        with pytest.raises(ValueError, match=r"closed|begins"):
            list(entries_of(text))

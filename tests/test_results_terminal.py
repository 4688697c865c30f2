"""The chain in the terminal: narrow, readable in a pipe, and harmless whatever names it holds."""

import io

import pytest
from rich.console import Console

from results.chain import ChainTable, chain_table
from results.errors import ResultsError
from results.terminal import chain_renderable, plain_text, print_chain
from results.words import harmless, words
from tests.synthetic import weekly

HOSTILE = "[bold red]x[/]\x1b[31m\x07\u202egnp {{7*7}} <b>"


@pytest.fixture(scope="module")
def table() -> ChainTable:
    """Two what-ifs, one with a hostile name."""
    base = weekly(weeks=60)
    return chain_table({"mobile_provider": base, HOSTILE: weekly(weeks=60, strength=1.0), "nothing": base})


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("sector", ["commercial", "nonprofit"])
def test_fits_eighty_columns(language: str, sector: str) -> None:
    """No line is wider than 80, in either language and sector, and no indicator is broken over lines."""
    worlds = {"a" * 60: weekly(weeks=60), "b" * 60: weekly(weeks=60, strength=-1.0)}
    table = chain_table(worlds, sector=sector)
    lines = plain_text(chain_renderable(table, language)).splitlines()

    assert max(map(len, lines)) <= 80
    assert len(table.rows) == sum(line.endswith(")") and "interval" not in line for line in lines)


def test_links_follow_each_other(table: ChainTable) -> None:
    """Links stand in the chain's order with an arrow between, once for each what-if."""
    lines = plain_text(chain_renderable(table)).splitlines()
    heads = [line for line in lines if line and not line.startswith(" ") and "effect chain" not in line]

    assert 2 * 5 == lines.count("  ↓")
    assert ["Leaders", "Employees", "Experience and recovery", "Delight", "Loyalty", "Results"] == heads[1:7]


def test_numbers_are_there(table: ChainTable) -> None:
    """Each row has baseline, what-if and difference with interval; no change is said in words."""
    text = plain_text(chain_renderable(table))
    row = next(line for line in text.splitlines() if line.startswith("  Engaged employees"))

    assert ("pt", "to") == (row.split()[5], row.split()[7])
    assert "unchanged" in text
    assert "mean of 12 paired worlds" in text


def test_baseline_alone_has_units() -> None:
    """Without a what-if each level stands beside what it stands for."""
    text = plain_text(chain_renderable(chain_table({"b": weekly(weeks=60, replications=1)}), "nl"))

    assert "van de contacten" in text
    assert "één wereld" in text


def test_names_do_nothing(table: ChainTable) -> None:
    """Markup, escapes and reversed writing in a name are gone or plain letters."""
    text = plain_text(chain_renderable(table))

    assert "[bold red]x[/]" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_a_pipe_gets_plain_text(table: ChainTable) -> None:
    """In a pipe there are no colours and no trailing blanks; an old encoding gets plain signs."""
    pipe, old = io.StringIO(), io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    print_chain(table, console=Console(file=pipe))
    print_chain(table, console=Console(file=old))
    old.seek(0)
    text = old.read()

    assert plain_text(chain_renderable(table)) == pipe.getvalue()
    assert "EUR" in text
    assert "  v\n" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_person_gets_colours(table: ChainTable) -> None:
    """On a terminal differences are coloured, and still no wider than 80."""
    screen = io.StringIO()
    print_chain(table, console=Console(file=screen, force_terminal=True, width=200, color_system="standard"))

    assert "\x1b[" in screen.getvalue()
    assert "unchanged" in screen.getvalue()


def test_languages() -> None:
    """Both languages have the same phrases, with the same gaps to fill; another is refused."""
    english, dutch = words("en"), words("nl")

    assert {key: text.count("{") for key, text in english.items()} == {
        key: text.count("{") for key, text in dutch.items()
    }
    with pytest.raises(ResultsError, match="en or nl"):
        words("fr")


def test_harmless_text() -> None:
    """Text is one line, without control characters, and not endless."""
    assert "a b c" == harmless("a\nb\x00\u2066c")
    assert 200 == len(harmless("x" * 10_000_000))
    assert "Fryslân 漢字" == harmless("Fryslân 漢字")

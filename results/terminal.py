"""The effect chain as a table in the terminal, plain text in a pipe, never wider than 80 columns."""

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from results.chain import ChainRow, ChainTable, Link, Verdict
from results.numbers import MINUS, NONE, compact, level
from results.words import harmless, words

WIDTH = 80

_STYLE: dict[Verdict, str] = {"better": "bold blue", "worse": "bold dark_orange", "higher": "bold", "lower": "bold"}
"""Blue and orange are told apart by nearly everybody; the sign says the same."""

_PLAIN = str.maketrans({"€": "EUR", "↓": "v", "…": "...", MINUS: "-", NONE: "-"})


def print_chain(table: ChainTable, language: str = "en", console: Console | None = None) -> None:
    """Print the chain, one table for each what-if: coloured for a person, plain lines for a pipe."""
    print_renderable(chain_renderable(table, language), console)


def print_renderable(what: Group, console: Console | None = None) -> None:
    """Print something coloured for a person, as plain lines for a pipe."""
    screen = console or Console(highlight=False)
    if screen.is_terminal:
        screen.print(what, width=min(screen.width, WIDTH))
    else:
        screen.file.write(_writable(plain_text(what), screen.encoding))


def chain_renderable(table: ChainTable, language: str = "en") -> Group:
    """The chain for any rich console."""
    positions: list[int | None] = [*range(len(table.what_ifs))] or [None]
    return Group(*(_one(table, position, language) for position in positions))


def plain_text(what: Group) -> str:
    """What would be printed as plain text, without colours or trailing blanks."""
    console = Console(width=WIDTH, color_system=None, force_terminal=False, highlight=False)
    with console.capture() as capture:
        console.print(what)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _writable(text: str, encoding: str) -> str:
    """The text with plain signs in place of those that the encoding lacks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def _one(table: ChainTable, position: int | None, language: str) -> Group:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=33)
    for _ in range(1 if position is None else 2):
        grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    if position is not None:
        grid.add_row(*_heads(table, language))
    _fill(grid, table, position, language)
    heading = Text(_heading(table, position, language), style="bold")
    return Group(heading, Text(_note(table, language) + "\n", style="dim"), grid, Text())


def _heads(table: ChainTable, language: str) -> list[Text]:
    phrases = words(language)
    last = phrases["difference_and_interval"].format(level=f"{100 * table.level:g}")
    return [Text(text, style="dim") for text in ("", phrases["baseline"], phrases["what_if"], last)]


def _fill(grid: Table, table: ChainTable, position: int | None, language: str) -> None:
    link: Link | None = None
    for row in table.rows:
        if row.link != link:
            if link is not None:
                grid.add_row(Text("  ↓", style="dim"))
            grid.add_row(Text(row.link.title(language), style="bold"))
            link = row.link
        grid.add_row(*_cells(row, position, language))


def _cells(row: ChainRow, position: int | None, language: str) -> list[Text]:
    name, base = Text("  " + row.indicator.title(language)), _level(row, None, language)
    if position is None:
        return [name, base, Text(row.indicator.unit(language), style="dim")]
    return [name, base, _level(row, position, language), _change(row, position, language)]


def _level(row: ChainRow, position: int | None, language: str) -> Text:
    found = row.base if position is None else row.what_ifs[position]
    return Text(NONE if found is None else level(found.mean, row.indicator, language))


def _change(row: ChainRow, position: int, language: str) -> Text:
    found, reading = row.differences[position], row.verdict(position)
    if found is None:
        return Text(NONE)
    if reading == "same":
        return Text(words(language)["same"], style="dim")
    return Text(compact(found, row.indicator, language), style=_STYLE.get(reading, ""))


def _heading(table: ChainTable, position: int | None, language: str) -> str:
    phrases, base = words(language), harmless(table.base, 24)
    if position is None:
        return f"{phrases['effect_chain']}: {base}"
    what_if = harmless(table.what_ifs[position], 24)
    return f"{phrases['effect_chain']}: {phrases['against'].format(what_if=what_if, base=base)}"


def _note(table: ChainTable, language: str) -> str:
    phrases = words(language)
    several = phrases["paired_worlds" if table.what_ifs else "worlds"].format(count=table.replications)
    worlds = several if table.replications > 1 else phrases["one_world"]
    return f"{phrases['last_weeks'].format(weeks=table.weeks)}, {worlds}"

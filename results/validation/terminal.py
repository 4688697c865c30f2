"""What came of a validation in the terminal: a line for each pattern, and the parts of those that are not met."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from results.terminal import print_renderable
from results.validation.findings import ENOUGH, Finding, Part, Verdict, tally
from results.validation.words import bounds, interval, measured, named, verdict, words

STYLES: Final[Mapping[Verdict, str]] = {
    "met": "bold blue",
    "not met": "bold dark_orange",
    "undecided": "bold",
    "too few to judge": "dim",
}
FEW: Final = 3
"""Patterns of which every part is shown."""


def print_validation(
    findings: Sequence[Finding],
    *,
    replications: int,
    behaviour: Mapping[str, float],
    language: str = "en",
    console: Console | None = None,
) -> None:
    """Print the verdicts: coloured for a person, plain lines for a pipe."""
    phrases = words(language)
    changes = ", ".join(f"{name} = {value:g}" for name, value in behaviour.items())
    pieces: list[RenderableType] = [Text(phrases["changed"].format(changes=changes) + "\n")] if behaviour else []
    for listed, head in ((True, phrases["listed"]), (False, phrases["further"])):
        group = [finding for finding in findings if finding.listed is listed]
        if group:
            pieces += [Text(head, style="bold"), _verdicts(group, language), Text()]
    for finding in findings:
        if len(findings) <= FEW or finding.verdict in {"not met", "undecided"}:
            pieces += [_details(finding, language), Text()]
    if replications < ENOUGH:
        pieces += [Text(phrases["few"].format(count=replications, enough=ENOUGH))]
    print_renderable(Group(*pieces, _sum(findings, language)), console)


def _verdicts(findings: Sequence[Finding], language: str) -> Table:
    table = _table()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for finding in findings:
        chip = Text(named(finding.verdict, language), style=STYLES[finding.verdict])
        table.add_row(finding.id, chip, finding.claim.told(language))
    return table


def _details(finding: Finding, language: str) -> Group:
    """Every part, and what must be known to read them."""
    head = Text(f"{words(language)['pattern']} {finding.id}: {finding.claim.told(language)}", style="bold")
    table = _table()
    table.add_column()
    for _ in range(3):
        table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    for part in finding.parts:
        table.add_row(*_cells(part, language))
    remarks = [Padding(Text(said.told(language), style="dim"), (0, 0, 0, 2)) for said in finding.remarks]
    return Group(head, Padding(table, (0, 0, 0, 2)), *remarks)


def _cells(part: Part, language: str) -> list[Text]:
    style = STYLES[part.verdict] if part.judged else "dim"
    return [
        Text(part.text.told(language)),
        Text(measured(part, language)),
        Text(interval(part, language), style="dim"),
        Text(bounds(part, language)),
        Text(verdict(part, language), style=style),
    ]


def _sum(findings: Sequence[Finding], language: str) -> Text:
    counts = ", ".join(f"{count} {named(found, language)}" for found, count in tally(findings).items())
    phrases = words(language)
    name = phrases["pattern"].lower() if len(findings) == 1 else phrases["patterns"]
    return Text(f"{len(findings)} {name}: {counts}.", style="bold")


def _table() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))

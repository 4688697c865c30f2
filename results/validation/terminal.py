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
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for finding in findings:
        chip = Text(named(finding.verdict, language), style=STYLES[finding.verdict])
        table.add_row(finding.id, chip, finding.claim.told(language))
    return table


def _details(finding: Finding, language: str) -> Group:
    """Every part, its figures on a line below it, and what must be known to read them."""
    head = Text(f"{words(language)['pattern']} {finding.id}: {finding.claim.told(language)}", style="bold")
    figures = [[tell(part, language) for tell in (measured, interval, bounds)] for part in finding.parts]
    widths = [max(map(len, column)) for column in zip(*figures, strict=True)]
    parts = [
        line
        for part, cells in zip(finding.parts, figures, strict=True)
        for line in (Text(part.text.told(language)), _figures(part, cells, widths, language))
    ]
    remarks = [Text(said.told(language), style="dim") for said in finding.remarks]
    return Group(head, *(Padding(line, (0, 0, 0, 2)) for line in (*parts, *remarks)))


def _figures(part: Part, cells: Sequence[str], widths: Sequence[int], language: str) -> Text:
    """Figure, interval, bounds and verdict, under those of other parts."""
    found, ends, limits = (f"{cell:>{width}}  " for cell, width in zip(cells, widths, strict=True))
    style = STYLES[part.verdict] if part.judged else "dim"
    return Text.assemble(f"  {found}", (ends, "dim"), limits, (verdict(part, language), style))


def _sum(findings: Sequence[Finding], language: str) -> Text:
    counts = ", ".join(f"{count} {named(found, language)}" for found, count in tally(findings).items())
    phrases = words(language)
    name = phrases["pattern"].lower() if len(findings) == 1 else phrases["patterns"]
    return Text(f"{len(findings)} {name}: {counts}.", style="bold")

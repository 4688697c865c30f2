"""`effectchain doctor`: whether all will work on this machine."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from effectchain.doctor import Finding

COLOURS: Final = {"ok": "blue", "warn": "yellow", "fail": "red"}
"""The words say the same."""


@click.command(short_help="Look whether all is well on this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:  # noqa: FBT001
    """Look whether everything that EffectChain needs is there, and say what to do where it is not.

    Exit code 1 when something will not work.
    """
    from effectchain.doctor import doctor as findings_here  # noqa: PLC0415  `--help` must stay quick

    findings = findings_here()
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        print_findings(findings)
    if any(finding.verdict == "fail" for finding in findings):
        context.exit(1)


def print_findings(findings: "list[Finding]") -> None:
    """A line for each finding, and what to do below it."""
    for finding in findings:
        mark = click.style(f"{finding.verdict:5}", fg=COLOURS[finding.verdict])
        click.echo(f"{mark} {finding.name}: {finding.says}")
        if finding.advice:
            click.echo(f"      {finding.advice}")

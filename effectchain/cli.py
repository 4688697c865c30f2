"""The command line: which commands there are. What they do stands beside it; this file must load quickly."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

import click

from effectchain.commands.calibrate import calibrate
from effectchain.commands.compare import compare
from effectchain.commands.dashboard import dashboard
from effectchain.commands.demo import demo
from effectchain.commands.diagnose import diagnose
from effectchain.commands.doctor import doctor
from effectchain.commands.effect_sizes import effect_sizes
from effectchain.commands.explain import explain
from effectchain.commands.results import results
from effectchain.commands.roadmap import roadmap
from effectchain.commands.robustness import robustness
from effectchain.commands.run import run
from effectchain.commands.scenarios import scenarios
from effectchain.commands.sensitivity import sensitivity
from effectchain.commands.status import status
from effectchain.commands.survey import survey
from effectchain.commands.sweep import sweep
from effectchain.commands.validate import validate
from effectchain.commands.verify import verify
from effectchain.endings import exit_code

NAME: Final = "effectchain"
DEBUG: Final = "--debug"
"""Taken wherever it stands: who needs it adds it to what they typed."""


class InOurOrder(click.Group):
    """Lists commands in the order in which people need them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Names in the order in which they were added."""
        return list(self.commands)


@click.group(cls=InOurOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=NAME, message=f"{NAME} %(version)s")
@click.option(DEBUG, is_flag=True, expose_value=False, help="If EffectChain itself fails, show where.")
def commands() -> None:
    """Simulate a service organisation: from its leaders over employees and encounters to loyal customers and results.

    \b
    effectchain demo                       see it work
    effectchain dashboard                  try it out in a browser
    effectchain scenarios list             what there is to start from
    effectchain run hotel                  three years of one organisation
    effectchain scenarios new mine         a file of your own, to change
    effectchain compare hotel mine.toml    what would change, in the same worlds

    Exit codes: 0 done; 1 EffectChain failed, or a check did not hold; 2 a mistake in what was asked; 3 partly done;
    130 interrupted.
    """  # noqa: D301  click knows \b: lines below it stay as they are


for command in (
    demo,
    dashboard,
    run,
    compare,
    explain,
    roadmap,
    scenarios,
    diagnose,
    calibrate,
    sweep,
    status,
    sensitivity,
    survey,
    validate,
    effect_sizes,
    robustness,
    results,
    verify,
    doctor,
):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks, by default that of this process, and return the exit code."""
    if f"_{NAME.upper()}_COMPLETE" in os.environ:
        commands.main(prog_name=NAME)
    prepare_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    return exit_code(lambda: follow([word for word in words if word != DEBUG]), is_debugging=DEBUG in words)


def prepare_streams() -> None:
    """Streams that were closed swallow what is said; letters that the terminal lacks become question marks."""
    sys.stdout = sys.stdout or nowhere()
    sys.stderr = sys.stderr or nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def nowhere() -> TextIO:
    """Where words go that nobody can hear."""
    return Path(os.devnull).open("w", encoding="utf-8")


def follow(words: list[str]) -> None:
    """Find the command that these words name, and do it."""
    try:
        with commands.make_context(NAME, words) as context:
            commands.invoke(context)
    except click.exceptions.NoArgsIsHelpError as asked:  # to ask for nothing is no mistake
        click.echo(asked.format_message())

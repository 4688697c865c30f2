"""The page of the command line, from the commands themselves."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Final

import click

from docs.making.tables import code, table
from effectchain.cli import NAME, commands

KEPT: Final = "\b"
"""What click's own help leaves as it stands begins with this."""


def page() -> str:
    """Every command with its words and options."""
    return "# Command line\n\n" + "\n".join(told(commands, NAME))


def told(command: click.Command, name: str) -> Iterator[str]:
    """A command, then those below it."""
    context = click.Context(command, info_name=name, **commands.context_settings)  # click keeps the help that it makes
    depth = "#" * (name.count(" ") + 2)
    yield f"{depth} {name}\n"
    yield f"    {command.get_usage(context).removeprefix('Usage: ')}\n"
    yield text_of(command.help or "")
    rows = [row for one in command.get_params(context) if (row := option(one, context))]
    yield table(["option", "means"], rows)
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            if found is not None:
                yield from told(found, f"{name} {part}")


def text_of(words: str) -> str:
    """A command's own words: paragraphs, and what must stay as it stands as code."""
    parts = cleandoc(words.replace("\f", "")).split("\n\n")
    return "\n\n".join(paragraph(part) for part in parts) + "\n"


def paragraph(part: str) -> str:
    """One paragraph, or lines of code."""
    if not part.startswith(KEPT):
        return part
    return "\n".join(f"    {line}" for line in part.removeprefix(KEPT).strip("\n").split("\n"))


def option(one: click.Parameter, context: click.Context) -> tuple[str, str] | None:
    """How an option is written and what it means; nothing for an argument or the question for help."""
    record = one.get_help_record(context)
    if not isinstance(one, click.Option) or record is None or "--help" in one.opts:
        return None
    return code(record[0]), " ".join(record[1].split())

"""`effectchain dashboard`: what-if in a browser, on this machine."""

from pathlib import Path

import click

from effectchain.commands.options import WholeNumber

PORT = 8765


@click.command(short_help="Try out what would happen if, in a browser.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen. Only this machine can come in, unless there is a token.",
)
@click.option("--port", type=WholeNumber(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@click.option("--browser/--no-browser", "opens_browser", default=True, help="Whether to open your browser.")
@click.option(
    "--lang", "language", type=click.Choice(["en", "nl"]), help="Language to open in. [default: your browser's]"
)
@click.option(
    "--stories",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Stories of your own for the stage, beside those that come with EffectChain.",
)
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Access token that everybody must show; made where there is no such file. [or EFFECTCHAIN_TOKEN]",
)
@click.option("--name", "names", multiple=True, metavar="NAME", help="Name by which other machines ask for it.")
def dashboard(
    host: str,
    port: int,
    opens_browser: bool,  # noqa: FBT001  click hands over names
    language: str | None,
    stories: Path | None,
    token_file: Path | None,
    names: tuple[str, ...],
) -> None:
    """Open the dashboard: levers, the effect chain that answers at once, people, a stage for trainers.

    It runs on this machine until Ctrl-C, needs no network and sends nothing anywhere. To let others in, give it a
    --host and a --token-file (docs/security.md).
    """
    from effectchain.showing import show  # noqa: PLC0415  `--help` must stay quick

    show(host, port, language, opens_browser=opens_browser, stories=stories, token_file=token_file, names=names)

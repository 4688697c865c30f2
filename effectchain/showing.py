"""The dashboard from the command line: is it installed, where is it, and how does it end."""

import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import click

from scenarios.errors import Mistake


def show(host: str, port: int, language: str | None, *, opens_browser: bool, stories: Path | None = None) -> None:
    """Serve the dashboard until Ctrl-C, which is how it should end. Raises Mistake where it cannot be served.

    stories: folder with the trainer's own stories.
    """
    refuse_missing()
    if stories is not None:
        os.environ["EFFECTCHAIN_STORIES"] = str(stories.resolve())
    from effectchain.dashboard.serving import open_browser, serve  # noqa: PLC0415  not installed for everybody

    def tell_address(address: str) -> None:
        click.echo(f"The dashboard is at {address} and stops with Ctrl-C.")
        sys.stdout.flush()
        threading.Thread(target=get_ready, daemon=True).start()
        if opens_browser:
            open_browser(address)

    try:
        serve(host, port, language, tell_address)
    except KeyboardInterrupt:
        click.echo("The dashboard has stopped.")


def refuse_missing() -> None:
    """Refuse where the packages that serve pages are not installed."""
    missing = [name for name in ("solara", "solara_assets", "ipyvuetify") if find_spec(name) is None]
    if missing:
        raise Mistake(
            f"The dashboard needs packages that are not installed ({', '.join(missing)})",
            hint="install them: pip install 'effectchain[dashboard]'",
        )


def get_ready() -> None:
    """Load the pages, and the compiled rules or compile them, while the visitor's browser is still on its way."""
    from effectchain.dashboard.pages import PAGES  # noqa: PLC0415
    from experiments.live.pool import make_ready  # noqa: PLC0415

    first, *others = PAGES
    first.component()
    make_ready()
    for page in others:
        page.component()

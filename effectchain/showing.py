"""The dashboard from the command line: is it installed, where is it, and how does it end."""

import os
import sys
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from scenarios.errors import Mistake

CLEAR = "without TLS in front of it (docs/security.md), anyone on the way can read it."


def show(
    host: str,
    port: int,
    language: str | None,
    *,
    opens_browser: bool,
    stories: Path | None = None,
    token_file: Path | None = None,
    names: Sequence[str] = (),
) -> None:
    """Serve the dashboard until Ctrl-C, which is how it should end. Raises Mistake where it cannot be served.

    stories: folder with the trainer's own stories. token_file: holds what everybody must show. names: of this machine,
    as others ask for it.
    """
    refuse_missing()
    if stories is not None:
        os.environ["EFFECTCHAIN_STORIES"] = str(stories.resolve())
    from effectchain.dashboard.admitting import VARIABLE, token_from  # noqa: PLC0415  not installed for everybody
    from effectchain.dashboard.serving import Admission, open_browser, serve  # noqa: PLC0415

    admission = Admission(token_from(token_file), tuple(names))

    def tell_address(address: str) -> None:
        click.echo(f"The dashboard is at {address} and stops with Ctrl-C.")
        if admission.token:
            click.echo(f"Who comes in must show the access token in {token_file or VARIABLE}; {CLEAR}")
        sys.stdout.flush()
        threading.Thread(target=get_ready, daemon=True).start()
        if opens_browser:
            open_browser(address)

    try:
        serve(host, port, language, tell_address, admission)
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

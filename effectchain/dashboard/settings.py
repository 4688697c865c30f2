"""How we run Solara: nothing leaves this machine, visits end, and nobody opens more of them than they need."""

import os
import secrets
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

APP: Final = "effectchain.dashboard.app"
TABS: Final = 200
"""Visits at once, in all browsers together."""

TABS_OF_ONE: Final = 30
"""Visits at once in one browser."""


def configure() -> None:
    """Load Solara and set it up. Call it before anything else of Solara is loaded; a second call changes nothing.

    Solara reads its own settings where it is loaded, so those that matter then stand in the environment before.
    """
    for name, value in _before_loading().items():
        os.environ.setdefault(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of websockets.legacy, which Solara still asks for
        import solara.server.starlette  # noqa: F401, PLC0415
    with suppress(ImportError):  # Arrow loads it in a thread when first needed, and Solara stumbles over half of it
        import_module("pandas")
    _set()


def _before_loading() -> dict[str, str]:
    home = user_state_path("effectchain", appauthor=False) / "solara"
    return {"SOLARA_HOME": str(home), "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false", "SOLARA_MODE": "production"}


def _set() -> None:
    from solara.server import app, settings  # noqa: PLC0415

    settings.telemetry.mixpanel_enable = False
    settings.main.mode = "production"
    settings.main.root_path = ""
    settings.main.base_url = "/"
    settings.theme.show_banner = False
    settings.theme.loader = "plain"
    settings.theme.title = "EffectChain"
    settings.theme.variant = settings.ThemeVariant.light
    settings.assets.fontawesome_enabled = False
    settings.session.http_only = True
    settings.session.secret_key = secrets.token_urlsafe(32)
    settings.kernel.cull_timeout = "1h"
    settings.kernel.max_count = TABS
    if "__default__" not in app.apps:
        app.apps["__default__"] = app.AppScript(APP)


def front_end() -> Path:
    """The folder with the files that browsers need, which the package solara-assets has installed."""
    from solara.server import settings  # noqa: PLC0415

    return Path(settings.assets.proxy_cache_dir)

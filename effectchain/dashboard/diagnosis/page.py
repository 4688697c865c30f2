"""The page: its state, and what happens on it."""

from typing import Any

import solara

from effectchain.dashboard.diagnosis.picture import picture
from effectchain.dashboard.session import Session


@solara.component_vue("diagnosis.vue", vuetify=False)
def _Picture(picture: dict[str, Any]) -> None:
    """Shows the picture."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:  # noqa: ARG001
    """The page in this visit and language."""
    return _Picture(picture=picture(language))

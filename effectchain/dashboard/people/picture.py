"""What the page shows, as data."""

from typing import Any

from effectchain.dashboard.words import words_of


def picture(language: str) -> dict[str, Any]:
    """All that the page shows, in this language."""
    return {"words": dict(words_of("people", language))}

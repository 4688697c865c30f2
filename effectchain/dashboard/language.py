"""Which language a visitor reads: what they ask for in the address, chose before, or have set in their browser."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

from effectchain.dashboard.words import LANGUAGES

COOKIE: Final = "effectchain-language"


def language_of(search: str | None, cookies: Mapping[str, str], accepted: str) -> str:
    """The language of a visit; English where nothing is known.

    search: the address after its question mark. accepted: the header Accept-Language.
    """
    asked = parse_qs(search or "").get("lang", [""])[-1]
    for wish in (asked, cookies.get(COOKIE, ""), *_preferences(accepted)):
        if wish in LANGUAGES:
            return wish
    return LANGUAGES[0]


def _preferences(accepted: str) -> list[str]:
    """The languages that a browser names, most wanted first; how much it wants each only orders them."""
    named = [part.split(";q=") for part in accepted[:200].split(",")]
    ordered = sorted(named, key=lambda part: -_weight(part[1:]))
    return [part[0].strip().lower()[:2] for part in ordered]


def _weight(parts: list[str]) -> float:
    try:
        return float(parts[0]) if parts else 1.0
    except ValueError:
        return 0.0

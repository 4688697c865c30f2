"""A mistake in the reader's language: what the reader of answers says in English, part for part in Dutch."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from scenarios.errors import Mistake, visible

PARTS = ("what", "hint", "allowed", "where")


def sentence(mistake: Exception, language: str) -> str:
    """The mistake as one text; parts that have no Dutch stay as they are."""
    if language != "nl" or not isinstance(mistake, Mistake):
        return visible(str(mistake))
    what, hint, allowed, where = (_dutch(part, getattr(mistake, part)) for part in PARTS)
    text = f"{where}: {what}" if where else what
    text += f"; {hint}" if hint else ""
    if allowed:
        text += f"{'' if text.endswith('?') else '.'} Toegestaan: {allowed}"
    return visible(text)


def _dutch(part: str, english: str) -> str:
    for pattern, dutch in _phrases(part).items():
        if found := pattern.fullmatch(english):
            return dutch.format(*found.groups())
    return english


@cache
def _phrases(part: str) -> Mapping[re.Pattern[str], str]:
    table = tomllib.loads(files(__package__).joinpath("mistakes.toml").read_text(encoding="utf-8"))[part]
    return {
        re.compile(re.escape(english).replace(r"\{\}", "(.+?)"), re.DOTALL): dutch for english, dutch in table.items()
    }

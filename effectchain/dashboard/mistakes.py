"""What went wrong, in the reader's language: what the rest of EffectChain says in English, part for part in Dutch."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from results.errors import ResultsError
from scenarios.errors import Mistake, Mistakes, visible

PARTS = ("what", "hint", "allowed", "where")


def sentence(error: Exception, language: str) -> str:
    """The mistake as one text; parts that have no Dutch stay as they are. Of a failure of ours, what it is called."""
    if not isinstance(error, (Mistake, ResultsError)):
        return visible(f"{type(error).__name__}: {error}")[:200]
    if isinstance(error, Mistakes):
        return str(error)
    if language != "nl" or not isinstance(error, Mistake):
        return visible(str(error))
    what, hint, allowed, where = (_dutch(part, getattr(error, part)) for part in PARTS)
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

"""Pages out of the templates of this room: no value is left out unseen, and a user's text is only text."""

import re
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from results.numbers import MINUS, unbroken

_SIGN: Final = re.compile(rf"(?<=[+{MINUS}])(?=€)")


def _whole(value: Any) -> Any:
    """Amounts stay on one line, with their sign; what is no plain text stays as it is."""
    return _SIGN.sub("\N{WORD JOINER}", unbroken(value)) if type(value) is str else value


PAGES: Final = Environment(
    loader=PackageLoader("results"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_whole,
)

"""Pages out of the templates of this room: no value is left out unseen, and a user's text is only text."""

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

PAGES: Final = Environment(
    loader=PackageLoader("results"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)

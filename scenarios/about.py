"""What a scenario says of itself."""

from typing import Annotated

from pydantic import Field

from scenarios.table import Items, Label, Prose, Table, key


class About(Table):
    """Titles, texts, sources and assumptions, for people; no number depends on them."""

    title_en: Label = key("", "title in English")
    title_nl: Label = key("", "title in Dutch")
    text_en: Prose = key("", "what the scenario describes, in English")
    text_nl: Prose = key("", "what the scenario describes, in Dutch")
    sources: Annotated[Items[Prose], Field(max_length=200)] = key((), "publications and data behind the numbers")
    assumptions: Annotated[Items[Prose], Field(max_length=200)] = key((), "numbers that no source supports, and why")

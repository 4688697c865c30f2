"""The bar at the top as data: where one can go, which page this is, and the two languages."""

from typing import Any

from effectchain.dashboard.pages import PAGES
from effectchain.dashboard.words import LANGUAGES, words_of


def shell_picture(page: str, language: str) -> dict[str, Any]:
    """What the bar shows on this page in this language."""
    words = words_of("shell", language)
    here = next(one for one in PAGES if one.name == page)
    return {
        "words": {key: words[key] for key in ("skip", "pages", "language")},
        "window_title": f"{words[page]} · EffectChain",
        "language": language,
        "languages": [{"code": code, "short": code.upper(), "name": words[f"in_{code}"]} for code in LANGUAGES],
        "links": [{"path": one.path, "label": words[one.name], "is_here": one is here} for one in PAGES],
        "is_alone": here.stands_alone,
    }

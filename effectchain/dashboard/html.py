"""The page around every page: Solara's own, made accessible, in the visitor's language, with our style and script."""

import re
from html import escape
from typing import Final

from effectchain.dashboard.words import words_of

VIEWPORT: Final = '<meta name="viewport" content="width=device-width, initial-scale=1">'
STYLE: Final = '<link rel="stylesheet" href="/effectchain/effectchain.css?{version}">'
SCRIPTS: Final = (
    '<script src="/_solara/cdn/echarts@5.4.0/dist/echarts.min.js"></script>'
    '<script src="/effectchain/effectchain.js?{version}"></script>'
)
"""Stand before Solara's module loader, which would take ECharts for a module of its own."""

_REPLACED: Final = (
    (r"<html>", '<html lang="{language}">'),
    (r'<meta name="viewport"[^>]*>', VIEWPORT),
    (r'<link rel="icon" type="image/png"[^>]*>', ""),
    (r'<link rel="icon" type="image/svg\+xml"[^>]*>', '<link rel="icon" href="/effectchain/logo.svg">'),
    (r'<link href="[^"]*/fonts\.css"[^>]*></link>', ""),
    (r"</head>", STYLE + "</head>"),
    (r'(<script src="[^"]*/require\.js")', SCRIPTS + r"\1"),
    (r'loading_text: "[^"]*"', 'loading_text: "{loading}"'),
    (r"App is disconnected, and may not function properly\. Please refresh the page\.", "{gone}"),
    (r"Could not restore session\. Please refresh( the page)?\.", "{gone}"),
    (r"Please refresh the page", "{reload}"),
    (r"Server\s+disconnected\.", "{gone}"),
    (r"Restoring session…", "{loading}"),
    (r"Refresh now", "{reload}"),
    (r"(@click=\"setCancelAutoRefresh\(\)\">\s*)Cancel", r"\1{close}"),
    (r'<v-progress-linear (:style="\{visibility)', r'<v-progress-linear aria-hidden="true" \1'),
)
"""What of Solara's page becomes what: its English, its ban on zooming, its fonts and icons that we do not use."""


def dressed(page: str, language: str, nonce: str, version: str) -> str:
    """Solara's page as we send it.

    nonce: which scripts may run. version: changes when our style or script does, so that browsers fetch them anew.
    """
    words = {key: escape(text) for key, text in words_of("shell", language).items()}
    words |= {"language": language, "version": version}
    for pattern, replacement in _REPLACED:
        page = re.sub(pattern, _filled(replacement, words), page)
    return page.replace("<script", f'<script nonce="{nonce}"')


def _filled(replacement: str, words: dict[str, str]) -> str:
    """Words in the place of their names."""
    return re.sub(r"\{(\w+)\}", lambda found: words[found[1]].replace("\\", r"\\"), replacement)


def missing(page: str) -> list[str]:
    """What we would replace and cannot find: Solara's page has changed."""
    return [pattern for pattern, _ in _REPLACED if not re.search(pattern, page)]


def no_page(language: str, version: str, told: str = "no_page") -> str:
    """What stands where no page can be shown; told: the name of the words that say why."""
    words = {key: escape(text) for key, text in words_of("shell", language).items()}
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{VIEWPORT}<title>EffectChain</title>'
        f'{STYLE.format(version=version)}</head><body><main class="ec-trouble"><h1>{words[told]}</h1>'
        f'<p><a href="/">{words["to_start"]}</a></p></main></body></html>'
    )

"""The words of the dashboard's pages in English and Dutch: one table a page, beside the page."""

from collections.abc import Mapping

from results import words
from results.words import LANGUAGES

__all__ = ["LANGUAGES", "words_of"]


def words_of(page: str, language: str) -> Mapping[str, str]:
    """All phrases of a page in one language, by key. ResultsError for a language that there is not."""
    return words.words_of(f"effectchain.dashboard.{page}", language)

"""The words of an explanation in English and Dutch."""

from collections.abc import Mapping

from results.words import words_of


def explanation_words(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.explanation", language)

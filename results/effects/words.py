"""The words about what a what-if comes to: luck saved, who changed, pay-back, and how many worlds it took."""

from collections.abc import Mapping

from results.words import words_of


def effect_words(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.effects", language)

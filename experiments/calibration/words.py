"""The words of a calibration in English and Dutch."""

from results.words import words_of


def phrase(key: str, language: str) -> str:
    """One phrase in this language. ResultsError for a language that there is not."""
    return words_of("experiments.calibration", language)[key]

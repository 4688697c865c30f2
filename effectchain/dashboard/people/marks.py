"""Shares as people read them on this page: marks out of ten, with one decimal."""

from results.numbers import decimal


def mark(share: float, language: str) -> str:
    """A share as a mark: 0.64 is 6.4, and 6,4 in Dutch."""
    return decimal(10.0 * share, 1, language)


def mark_of(hundredths: int, language: str) -> str:
    """The same from whole hundredths."""
    return decimal(hundredths / 10.0, 1, language)


def count(number: float, language: str) -> str:
    """A whole number with its separators."""
    return decimal(number, 0, language)


def years(weeks: int, language: str) -> str:
    """Weeks as years with one decimal."""
    return decimal(weeks / 52.0, 1, language)

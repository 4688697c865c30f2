"""An explanation as plain numbers: what each measure and each link of the chain contributes to a whole effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from results.indicators import INDICATORS, Indicator
from results.numbers import decimal
from results.statistics import Interval

LINKS: Final[Mapping[str, tuple[str, str]]] = {
    "leaders": ("Leaders' style", "Stijl van leiders"),
    "adoption": ("New way and norm", "Nieuwe werkwijze, norm"),
    "autonomy": ("Room to decide", "Beslisruimte"),
    "competence": ("Competence", "Bekwaamheid"),
    "engagement": ("Engagement", "Bevlogenheid"),
    "load": ("Load and exhaustion", "Werkdruk, uitputting"),
    "failures": ("Failures", "Fouten"),
    "recovery": ("Recovery", "Herstel"),
    "expectations": ("Expectations", "Verwachtingen"),
    "delight": ("Delight and bond", "Verrukking en band"),
    "word_of_mouth": ("Word of mouth", "Mond-tot-mond"),
    "direct": ("Process, design and money, directly", "Proces, ontwerp en geld, rechtstreeks"),
}
"""The links of the chain that can be cut, and what passes none, in English and Dutch."""

STAGES: Final = (
    ("leaders", "adoption"),
    ("autonomy", "competence", "engagement", "load"),
    ("failures", "recovery"),
    ("expectations", "delight", "word_of_mouth"),
)
"""The links in the order in which effects travel."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole effect: how it is called, its share with its interval, and its lag in weeks where known."""

    label: str
    share: Interval
    lag: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A whole effect on one indicator: by measure, and by link of the chain, `direct` among them; each adds up."""

    indicator: str
    total: Interval
    measures: Sequence[Part]
    links: Mapping[str, Part]


def of_total(share: Interval, total: Interval, language: str) -> str:
    """A share as a signed percentage of the whole; as it is where there is no whole to speak of."""
    if total.mean == 0.0:
        return decimal(share.mean, 4, language, signed=True)
    return decimal(100.0 * share.mean / total.mean, 0, language, signed=True) + "%"


def amount(value: float, indicator: str, language: str) -> str:
    """A change of this indicator with its sign and unit (pt: points of a hundred), fine enough for a small part."""
    known = INDICATORS.get(indicator)
    if known is None:
        return decimal(value, 4, language, signed=True)
    if known.kind == "money":
        return decimal(value, 0, language, signed=True) + " €"
    if known.kind in {"share", "rate"}:
        return decimal(100.0 * value, 2, language, signed=True) + " pt"
    return decimal(value, 2 if known.kind == "points" else 3, language, signed=True)


def title_of(indicator: str, language: str) -> str:
    """The indicator's name at the head of a figure; the column's own name where people have no other."""
    known: Indicator | None = INDICATORS.get(indicator)
    return known.title(language) if known else indicator.replace("_", " ").capitalize()

"""The words of a sensitivity analysis in English and Dutch, for the terminal and for figures."""

import math
from collections.abc import Mapping
from typing import Final

from results.indicators import INDICATORS, Indicator
from results.numbers import decimal, difference
from results.sensitivity_table import SHARES, Bar, FactorEffect, Sensitivity
from results.statistics import Interval
from results.words import LANGUAGES, words

# fmt: off
_PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("What moves {label}?", "Wat heeft invloed op {label}?"),
    "sobol": (
        "Sobol' indices: the share of the variance that each factor explains alone, and together with others",
        "Sobol'-indices: het deel van de variantie dat elke factor alleen verklaart, en samen met de andere",
    ),
    "morris": (
        "Morris screening: the mean size of the change along a factor's whole range, wherever the others stand",
        "Morris-screening: de gemiddelde verandering over het hele bereik van een factor, waar de andere ook staan",
    ),
    "one_at_a_time": (
        "One at a time: what each setting changes in the same worlds, the rest as the scenario has it",
        "Eén tegelijk: wat elke instelling in dezelfde werelden verandert, de rest zoals het scenario het heeft",
    ),
    "regression": (
        "A straight line through all cells: the change from one end of a factor's range to the other",
        "Een rechte lijn door alle cellen: de verandering van het ene eind van het bereik naar het andere",
    ),
    "first_order": ("alone", "alleen"),
    "total_order": ("with others", "met andere"),
    "mu_star": ("mean size", "gemiddeld"),
    "change": ("change", "verandering"),
    "sigma": ("spread", "spreiding"),
    "mu": ("mean", "richting"),
    "standardised": ("standardised", "gestandaardiseerd"),
    "rank_correlation": ("rank corr.", "rangcorr."),
    "setting": ("setting", "instelling"),
    "factor": ("factor", "factor"),
    "interval": ("95% interval", "95%-interval"),
    "share_axis": ("share of the variance of {label}", "deel van de variantie van {label}"),
    "change_axis": ("change of {label}{unit}", "verandering van {label}{unit}"),
    "points_unit": (", percentage points", ", procentpunten"),
    "setup": (
        "{cells} cells ({design}), {worlds}, last {weeks} weeks",
        "{cells} cellen ({design}), {worlds}, laatste {weeks} weken",
    ),
    "each": ("{count} worlds each", "elk {count} werelden"),
    "each_one": ("one world each", "elk één wereld"),
    "luck": (
        "Luck makes up {share} of the variance between cells.", "Toeval is {share} van de variantie tussen de cellen.",
    ),
    "fit": ("The line explains {share} of the variance.", "De lijn verklaart {share} van de variantie."),
    "base": ("In the scenario as it is: {mean}.", "In het scenario zoals het is: {mean}."),
    "overall": ("Mean over all cells: {mean}.", "Gemiddelde over alle cellen: {mean}."),
    "more_factors": ("and {count} factors that move less", "en {count} factoren die minder bewegen"),
    "one_world": (
        "With one world a cell nobody can tell what is luck: extend the sweep with more replications.",
        "Met één wereld per cel is niet te zeggen wat toeval is: breid uit met meer herhalingen.",
    ),
    "lucky": (
        "That is much and hides small effects; more replications lessen it.",
        "Dat is veel en verbergt kleine effecten; meer herhalingen verkleinen het.",
    ),
    "weak_fit": (
        "The rest is curves, factors that work together, and luck: a Saltelli design tells these apart.",
        "De rest is kromming, factoren die samenwerken, en toeval: een Saltelli-ontwerp scheidt die.",
    ),
    "left_out": (
        "Replications that are not finished in all cells were left out.",
        "Herhalingen die niet in alle cellen klaar zijn, zijn weggelaten.",
    ),
    "wide": (
        "The intervals are wide: extend the sweep to twice its points.",
        "De intervallen zijn breed: breid uit naar tweemaal zoveel punten.",
    ),
}
# fmt: on

_ORDER: Final = ("luck", "lucky", "one_world", "fit", "weak_fit", "wide", "left_out")


def phrases(language: str) -> dict[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    words(language)
    return {key: pair[LANGUAGES.index(language)] for key, pair in _PHRASES.items()}


def indicator_of(found: Sensitivity) -> Indicator:
    """How the indicator is written; by its own name where people do not steer on it."""
    name = found.indicator
    return INDICATORS.get(name, Indicator(name, "mark", _decimals(found), "neutral", name, name, "", ""))


def _decimals(found: Sensitivity) -> int:
    """Three figures of the largest change."""
    largest = max((one.size for one in found.factors), default=1.0) if found.method not in SHARES else found.mean
    return next((count for count in range(6) if abs(largest) * 10**count >= 100.0), 6)


def percent(share: float, language: str) -> str:
    """A share in per cent, with a decimal where it is small."""
    return decimal(100.0 * share, 1 if abs(share) < 0.0995 else 0, language) + "%"


def number(found: Sensitivity, value: float, language: str) -> str:
    """An estimate: a share of the variance, or a change with its unit and, where it may be either, its sign."""
    if found.method in SHARES:
        return decimal(value, 2, language)
    if value == 0.0:
        return "0"
    indicator, largest = indicator_of(found), max((one.size for one in found.factors), default=0.0)
    if indicator.kind == "money":
        beside = Interval(value, -largest, largest, found.replications, found.level)
        text = difference(beside, indicator, language)
    else:
        factor = 100.0 if indicator.kind in {"share", "rate"} else 1.0
        unit = (" punten" if language == "nl" else " points") if indicator.kind in {"share", "rate", "points"} else ""
        text = decimal(factor * value, _enough(factor * largest), language, signed=True) + unit
    return text.lstrip("+") if found.method == "morris" else text


def _enough(largest: float) -> int:
    """Decimals that give the largest change two figures at least."""
    return max(1, min(6, 1 - math.floor(math.log10(largest)))) if largest > 0.0 else 1


def settings(one: FactorEffect) -> tuple[Bar, ...]:
    """The bars of a factor; of many settings only those with the least and the greatest change."""
    if len(one.bars) < 3:
        return one.bars
    ordered = sorted(one.bars, key=lambda bar: bar.value)
    return ordered[0], ordered[-1]


def notes(found: Sensitivity, language: str) -> list[str]:
    """What the numbers rest on, and what a reader must bear in mind, a sentence each."""
    text = phrases(language)
    shares = {"luck": found.luck, "fit": found.fit}
    said = {key: text[key].format(share=percent(share, language)) for key, share in shares.items() if share is not None}
    said |= {key: text[key] for key in found.remarks}
    return [said[key] for key in _ORDER if key in said]


def setup(found: Sensitivity, language: str) -> str:
    """How many cells, worlds and weeks."""
    text = phrases(language)
    worlds = text["each_one"] if found.replications == 1 else text["each"].format(count=found.replications)
    cells = decimal(found.cells, 0, language)
    return text["setup"].format(cells=cells, design=found.design, worlds=worlds, weeks=found.weeks)

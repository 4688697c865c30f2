"""The words of a validation in English and Dutch, and how its figures are written."""

from collections.abc import Mapping
from math import inf, isfinite
from typing import Final

from results.numbers import MINUS, NONE, decimal
from results.validation.findings import Form, Part, Verdict

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": (
        "Validation: does the model behave like service organisations do?",
        "Validatie: gedraagt het model zich zoals dienstverlenende organisaties?",
    ),
    "about": (
        (
            "Each pattern is a claim from the literature, held against paired worlds: the same luck with "
            "and without. A pattern is met when the whole 95% interval of each of its parts lies within "
            "the bounds, not met when one lies outside, undecided when one straddles a bound; then it is "
            "looked at once more, in twice as many worlds. Rules and parameters are those shipped; none is "
            "set for a pattern's benefit while it is looked for. "
            "Where one was set on a pattern before, the pattern says so."
        ),
        (
            "Elk patroon is een bewering uit de literatuur, gelegd naast gepaarde werelden: hetzelfde "
            "toeval met en zonder. Een patroon is gehaald als het hele 95%-interval van elk onderdeel "
            "binnen de grenzen ligt, niet gehaald als er een buiten ligt, onbeslist als er een over een "
            "grens heen ligt; dan wordt nog een keer gekeken, in twee keer zoveel werelden. Regels en "
            "parameters zijn die van het pakket; geen is voor een patroon gezet terwijl ernaar wordt "
            "gekeken. Waar er eerder een op een patroon is gezet, staat dat erbij."
        ),
    ),
    "changed": ("Not the shipped model: {changes}", "Niet het model van het pakket: {changes}"),
    "met": ("met", "gehaald"),
    "not met": ("not met", "niet gehaald"),
    "undecided": ("undecided", "onbeslist"),
    "too few to judge": ("too few to judge", "te weinig om te oordelen"),
    "information": ("for information", "ter informatie"),
    "pattern": ("Pattern", "Patroon"),
    "patterns": ("patterns", "patronen"),
    "listed": ("Patterns of the list", "Patronen van de lijst"),
    "further": ("Further evidence", "Verdere evidentie"),
    "details": ("one by one", "een voor een"),
    "grade": ("Grade", "Graad"),
    "grades": (
        (
            "Grades: A meta-analysis or strong field evidence, B some studies or a calibrated model, S a "
            "claim of the Service Excellence Model's texts, U unsure. Marks of sources: V the statement "
            "was read in a published source, M from memory, U unsure, S a claim of those texts."
        ),
        (
            "Graden: A meta-analyse of sterk veldonderzoek, B enkele studies of een gekalibreerd model, S "
            "een bewering van de teksten van het Service Excellence Model, U onzeker. Merken van bronnen: "
            "V de bewering is in een gepubliceerde bron gelezen, M uit het geheugen, U onzeker, S een "
            "bewering van die teksten."
        ),
    ),
    "source": ("Sources", "Bronnen"),
    "criterion": ("Criterion", "Criterium"),
    "part": ("Part", "Onderdeel"),
    "measured": ("Measured", "Gemeten"),
    "interval": ("95% interval", "95%-interval"),
    "bounds": ("Must be", "Moet zijn"),
    "verdict": ("Verdict", "Oordeel"),
    "note": ("Note", "Bij"),
    "held_out": (
        "Held out: nothing of it was used to set a parameter or the form of a rule.",
        "Apart gehouden: niets ervan is gebruikt om een parameter of de vorm van een regel te zetten.",
    ),
    "set_on": (
        "Parameters set with this pattern in view: {names}.",
        "Parameters die met dit patroon in beeld zijn gezet: {names}.",
    ),
    "exact": ("no luck in it", "geen toeval in het spel"),
    "worlds": ("{count} worlds, {seconds} s of processor time", "{count} werelden, {seconds} s rekentijd"),
    "replications": ("{count} replications of seed {seed}", "{count} herhalingen van zaad {seed}"),
    "few": (
        "{count} replications are too few to judge: a verdict takes {enough}.",
        "{count} herhalingen zijn te weinig om te oordelen: daarvoor zijn er {enough} nodig.",
    ),
    "at_least": ("at least {low}", "minstens {low}"),
    "at_most": ("at most {high}", "hoogstens {high}"),
    "above": ("above {low}", "boven {low}"),
    "below": ("below {high}", "onder {high}"),
    "between": ("{low} to {high}", "{low} tot {high}"),
    "bands": (
        ("Lines are means over the worlds, bands hold 8 of 10 of them; shaded weeks are those of the criterion."),
        (
            "Lijnen zijn gemiddelden over de werelden, banden bevatten er 8 van de 10; grijze weken zijn "
            "die van het criterium."
        ),
    ),
    "dots": (
        "Dots are means over the worlds with their 95% intervals; shaded is where they should lie.",
        ("Punten zijn gemiddelden over de werelden met hun 95%-interval; gearceerd is waar zij moeten liggen."),
    ),
}


def words(language: str) -> dict[str, str]:
    """All phrases in one language, en or nl."""
    return {key: pair[language == "nl"] for key, pair in _WORDS.items()}


def value(number: float, form: Form, decimals: int, language: str, *, unit: bool = True) -> str:
    """A figure as people read it: 1.29, 12.3%, +1.2 pt."""
    if not isfinite(number):
        return f"{MINUS if number == -inf else ''}∞" if number in {inf, -inf} else NONE
    if form == "number":
        return decimal(number, decimals, language)
    text = decimal(100.0 * number, decimals, language, signed=form == "points" and number != 0.0)
    return text + ({"percent": "%", "points": " pt"}[form] if unit else "")


def measured(part: Part, language: str) -> str:
    """What came out."""
    return value(part.found.mean, part.form, part.decimals, language)


def interval(part: Part, language: str) -> str:
    """From where to where it may lie."""
    if part.found.n == 0:
        return words(language)["exact"]
    low, high = (
        value(end, part.form, part.decimals, language, unit=False) for end in (part.found.low, part.found.high)
    )
    return words(language)["between"].format(low=low, high=high)


def bounds(part: Part, language: str) -> str:
    """Where it must lie."""
    phrases = words(language)
    decimals = next((places for places in range(4) if _is_told(part, places)), 3)
    low, high = (value(end, part.form, decimals, language) for end in (part.low, part.high))
    if not isfinite(part.low) and not isfinite(part.high):
        return NONE
    if isfinite(part.low) and isfinite(part.high):
        return phrases["between"].format(low=value(part.low, part.form, decimals, language, unit=False), high=high)
    if isfinite(part.low):
        return phrases["above" if part.strict else "at_least"].format(low=low)
    return phrases["below" if part.strict else "at_most"].format(high=high)


def verdict(part: Part, language: str) -> str:
    """Its verdict in words."""
    return words(language)[part.verdict if part.judged else "information"]


def named(found: Verdict, language: str) -> str:
    """A verdict in words."""
    return words(language)[found]


def _is_told(part: Part, places: int) -> bool:
    """Whether so many decimals tell the bounds exactly."""
    factor = 1.0 if part.form == "number" else 100.0
    ends = [factor * end for end in (part.low, part.high) if isfinite(end)]
    return all(abs(round(end, places) - end) < 1e-9 for end in ends)

"""The words of figures, tables and reports in English and Dutch, and user text made harmless."""

import unicodedata
from collections.abc import Mapping

from results.errors import ResultsError

LANGUAGES = ("en", "nl")

# fmt: off
_WORDS: Mapping[str, tuple[str, str]] = {
    "baseline": ("baseline", "basislijn"),
    "now": ("now", "nu"),
    "years_short": ("y", "jr"),
    "months_short": ("mo", "mnd"),
    "weeks_short": ("wk", "wk"),
    "week": ("week", "week"),
    "million": ("million", "miljoen"),
    "thousand": ("thousand", "duizend"),
    "indicator": ("Indicator", "Indicator"),
    "difference": ("Difference", "Verschil"),
    "interval": ("interval", "interval"),
    "meaning": ("Reading", "Lezing"),
    "same": ("unchanged", "gelijk"),
    "unclear": ("no clear difference", "geen duidelijk verschil"),
    "better": ("better", "beter"),
    "worse": ("worse", "slechter"),
    "higher": ("higher", "hoger"),
    "lower": ("lower", "lager"),
    "effect_chain": ("The effect chain", "De effectketen"),
    "last_weeks": ("last {weeks} weeks", "laatste {weeks} weken"),
    "worlds": ("mean of {count} worlds", "gemiddelde van {count} werelden"),
    "one_world": ("one world", "één wereld"),
    "paired_worlds": ("mean of {count} paired worlds", "gemiddelde van {count} gepaarde werelden"),
    "what_if": ("what-if", "wat-als"),
    "difference_and_interval": ("difference ({level}% interval)", "verschil ({level}%-interval)"),
    "organisation": ("Organisation", "Organisatie"),
    "employees": ("Employees", "Medewerkers"),
    "customers": ("Customers", "Klanten"),
    "results": ("Results", "Resultaten"),
    "per_year": ("at a yearly rate", "omgerekend per jaar"),
    "band": (
        "Lines are means over the worlds; bands hold 8 of 10 worlds.",
        "Lijnen zijn gemiddelden over de werelden; banden bevatten 8 van de 10 werelden.",
    ),
    "report": ("Report", "Verslag"),
    "what_was_run": ("What was run", "Wat er is doorgerekend"),
    "against": ("{what_if} against {base}", "{what_if} tegenover {base}"),
    "scenario": ("Scenario", "Scenario"),
    "what_ifs": ("What-ifs", "Wat-als"),
    "interventions": ("Interventions", "Interventies"),
    "no_interventions": ("None: the organisation goes on as it is.", "Geen: de organisatie gaat door zoals zij is."),
    "starts_in": ("from week {week}", "vanaf week {week}"),
    "horizon": ("Time", "Looptijd"),
    "weeks": ("{weeks} weeks", "{weeks} weken"),
    "replications": ("Replications", "Herhalingen"),
    "seed": ("Seed", "Zaad"),
    "numbers": ("The chain in numbers", "De keten in cijfers"),
    "over_time": ("The chain over time", "De keten in de tijd"),
    "figure_of": ("{title} over time: {ends}.", "{title} in de tijd: {ends}."),
    "assumptions": ("Assumptions", "Aannames"),
    "sources": ("Sources", "Bronnen"),
    "evidence": ("evidence", "bewijs"),
    "calibrated": ("calibrated", "gekalibreerd"),
    "assumed": ("assumed", "aanname"),
    "made_with": ("How this was made", "Hoe dit is gemaakt"),
    "command": ("Command", "Opdracht"),
    "started": ("Started", "Begonnen"),
    "finished": ("Finished", "Klaar"),
    "versions": ("Versions", "Versies"),
    "source_hash": ("Source", "Broncode"),
    "platform": ("System", "Systeem"),
    "data": ("Data", "Gegevens"),
    "rows": ("{rows} rows, digest {digest}", "{rows} rijen, vingerafdruk {digest}"),
    "ends_above": ("{label} ends {change} above the baseline", "{label} eindigt {change} boven de basislijn"),
    "ends_below": ("{label} ends {change} below the baseline", "{label} eindigt {change} onder de basislijn"),
    "ends_alike": (
        "{label} cannot be told apart from the baseline", "{label} is niet te onderscheiden van de basislijn",
    ),
    "ends_same": ("{label} is exactly that of the baseline", "{label} is precies die van de basislijn"),
    "disclaimer": (
        "Absolute outputs are illustrative; signs, orders and relative sizes carry the evidence.",
        "Absolute uitkomsten zijn illustratief; richting, volgorde en onderlinge verhouding dragen het bewijs.",
    ),
}
# fmt: on


def words(language: str) -> dict[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    if language not in LANGUAGES:
        raise ResultsError(f"There are no words in '{language}'; choose {' or '.join(LANGUAGES)}.")
    return {key: pair[LANGUAGES.index(language)] for key, pair in _WORDS.items()}


def harmless(text: object, longest: int = 200) -> str:
    """User text on one line: no control characters (terminal escapes, reversed writing), and not endless."""
    visible = "".join(
        " " if unicodedata.category(letter).startswith("C") else letter for letter in str(text)[: 4 * longest]
    )
    line = " ".join(visible.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"

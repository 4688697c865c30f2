"""The words about which conclusions survive, in English and Dutch."""

from collections.abc import Mapping, Sequence
from math import isfinite

from results.numbers import NONE, decimal
from results.robustness.table import MEASURES, VERDICTS, Measure, Robustness
from results.words import harmless, words_of


def robust_words(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.robustness", language)


def head_in_words(found: Robustness, language: str) -> str:
    """What was run."""
    return robust_words(language)["head"].format(
        scenario=harmless(found.scenario, 40),
        replications=found.replications,
        weeks=found.weeks,
        arms=len(found.blocks) + 5,
        rules=len(found.reruns),
        seed=found.seed,
    )


def conclusion_in_words(found: Robustness, conclusion: str, language: str) -> str:
    """A conclusion, with the name of the block that it is about."""
    best = {measure: lowered(found.best(measure, language)) for measure in MEASURES}
    return robust_words(language)[conclusion].format(**best)


def lowered(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def tally_in_words(found: Robustness, conclusion: str, language: str) -> str:
    """Holds / open / fails in per cent of the draws; a dash where there are none."""
    count = len(found.draws)
    if not count:
        return NONE
    tally = found.tally(conclusion)
    return " / ".join(decimal(100.0 * tally[verdict] / count, 0, language) for verdict in VERDICTS) + " %"


def plausible_in_words(found: Robustness, language: str) -> str:
    """How many draws make a plausible organisation; nothing where there are none."""
    plausible = sum(one.is_plausible for one in found.draws)
    said = robust_words(language)["plausible"].format(plausible=plausible, draws=len(found.draws))
    return said if found.draws else ""


def keys_in_words(found: Robustness, language: str) -> list[str]:
    """What the verdicts, the rules and the measures mean."""
    phrases = robust_words(language)
    return [
        phrases["key_verdict"],
        phrases["key_best"],
        phrases["key_rules"].format(delays=found.delays, drawn=found.drawn),
        phrases["key_money"].format(weeks=found.weeks),
    ]


def rank_rows(found: Robustness, measure: Measure, language: str) -> list[tuple[str, Sequence[str]]]:
    """Each block in the order of its rank under the shipped rules: its name, and its cells.

    Cells: gain under the shipped rules, rank under each named set of rules, mean rank and share among the first three.
    """
    first = found.reruns[0]
    order = sorted(range(len(found.blocks)), key=lambda place: first.ranks[measure][place])
    rows: list[tuple[str, Sequence[str]]] = []
    for place in order:
        ranks = [str(one.ranks[measure][place]) for one in found.named]
        share = found.among_first(measure, place)
        rows.append(
            (
                found.names[language][place],
                [
                    gain_in_words(first.gains[measure][place], measure, language),
                    *ranks,
                    _or_none(found.mean_rank(measure, place), 1, "", language),
                    _or_none(100.0 * share, 0, "%", language),
                ],
            )
        )
    return rows


def gain_in_words(value: float, measure: Measure, language: str) -> str:
    """Euros for a euro, or points of a hundred."""
    return decimal(value if measure == "money" else 100.0 * value, 2, language, signed=True)


def _or_none(value: float, decimals: int, suffix: str, language: str) -> str:
    return decimal(value, decimals, language) + suffix if isfinite(value) else NONE

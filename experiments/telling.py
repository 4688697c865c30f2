"""What a scenario does, in words for figures and reports, in English and Dutch."""

from collections.abc import Iterator, Sequence
from typing import Final

from experiments.naming import block_name, block_names
from results.numbers import decimal
from results.words import words, words_of
from scenarios.intervention import Intervention
from scenarios.scenario import Scenario
from scenarios.shock import Shock

RELATIVE: Final = frozenset({"demand", "price", "staff", "labour_market", "seats"})
"""Shocks whose size is a share."""


def title(scenario: Scenario, language: str) -> str:
    """The scenario's title in this language, or else in the other, or else its name."""
    about = scenario.about
    either = (about.title_nl, about.title_en) if language == "nl" else (about.title_en, about.title_nl)
    return next((text for text in either if text), scenario.name)


def text(scenario: Scenario, language: str) -> str:
    """What the scenario says of itself in this language, or else in the other."""
    about = scenario.about
    return (about.text_nl or about.text_en) if language == "nl" else (about.text_en or about.text_nl)


def heading(scenarios: Sequence[Scenario], language: str) -> str:
    """The title of what is told of these: of one its own, of several what-ifs against the baseline."""
    return against(scenarios, language) if len(scenarios) > 1 else title(scenarios[0], language)


def against(scenarios: Sequence[Scenario], language: str) -> str:
    """What-ifs against the baseline, as a title: by their own titles, or by name where two share one."""
    titles = [title(scenario, language) for scenario in scenarios]
    named = [scenario.name if titles.count(own) > 1 else own for scenario, own in zip(scenarios, titles, strict=True)]
    base, *what_ifs = named
    return words(language)["against"].format(what_if=", ".join(what_ifs), base=base)


def starts(scenarios: Sequence[Scenario], language: str) -> list[tuple[int, str]]:
    """Week and name of all that starts in any of these scenarios, in order of week, each once."""
    found = {start: None for scenario in scenarios for start in _starts(scenario, language)}
    return sorted(found, key=lambda start: start[0])


def _starts(scenario: Scenario, language: str) -> Iterator[tuple[int, str]]:
    for intervention in scenario.interventions:
        yield intervention.start, intervention.name or intervention_in_words(intervention, language)
    for shock in scenario.shocks:
        yield shock.start, shock_in_words(shock, language)
    programme = scenario.programme
    if programme.start:
        yield programme.start, _phrase("programme", language)
    if programme.self_managing_from:
        yield programme.self_managing_from, _phrase("self_managing", language)


def measure_in_words(name: str, language: str, start: int | None = None) -> str:
    """A measure in few words: Leadership, wk 13; Programme; Other differences."""
    known = block_names(language).get(name)
    if known is None:
        return words_of("experiments", language).get(f"measure_{name.replace(' ', '_')}", name)
    return f"{known}, {words(language)['weeks_short']} {start}"


def intervention_in_words(intervention: Intervention, language: str) -> str:
    """Leadership to 0.80; Leadership, effort 0.50; Leadership, budget € 100,000."""
    block = block_name(intervention.block, language)
    if intervention.to is not None:
        return _phrase("block_to", language).format(block=block, amount=decimal(intervention.to, 2, language))
    if intervention.budget is not None:
        return _phrase("block_budget", language).format(block=block, amount=decimal(intervention.budget, 0, language))
    return _phrase("block_effort", language).format(
        block=block, amount=decimal(intervention.effort or 0.0, 2, language)
    )


def shock_in_words(shock: Shock, language: str) -> str:
    """Demand -20%; failures +0.50."""
    factor, decimals, unit = (100.0, 0, "%") if shock.kind in RELATIVE else (1.0, 2, "")
    name = _phrase(f"shock_{shock.kind}", language)
    return f"{name} {decimal(factor * shock.size, decimals, language, signed=True)}{unit}"


def _phrase(key: str, language: str) -> str:
    return words_of("experiments", language)[key]

"""What one number on the page is: definition, unit, how it was found and what it rests on."""

from typing import Any

from effectchain.dashboard.strategist import knowledge
from effectchain.dashboard.strategist.changes import change_in_words
from effectchain.dashboard.strategist.work import Work
from effectchain.dashboard.words import words_of
from experiments.live.answer import Answer
from results.indicators import INDICATORS
from results.numbers import level, unbroken


def number_told(name: str, answer: Answer | None, work: Work, language: str) -> dict[str, Any]:
    """All there is to say of an indicator, as the newest answer has it; empty for one that there is not."""
    if name not in INDICATORS:
        return {}
    words = words_of("strategist", language)
    indicator = INDICATORS[name]
    counts = knowledge.origins(name)
    rests = words["rests_on_text"].format(
        all=sum(counts.values()), **{kind: counts.get(kind, 0) for kind in ("evidence", "calibrated", "assumed")}
    )
    return {
        "indicator": name,
        "name": indicator.title(language),
        "unit": indicator.unit(language),
        "definition": knowledge.definition(name, language),
        "found": words["how_found_text"].format(lived=answer.worlds if answer else 0),
        "rests": rests,
        "sources": knowledge.evidence(name),
        "section": " ".join(knowledge.sections(name)[:1]),
        "rows": _rows(name, answer, work, language),
    }


def _rows(name: str, answer: Answer | None, work: Work, language: str) -> list[dict[str, str]]:
    """Baseline, what-if and difference."""
    if answer is None:
        return []
    words = words_of("strategist", language)
    indicator = INDICATORS[name]
    base, after = (answer.levels(place, [name])[name] for place in (0, answer.newest))
    rows = [{"head": words["baseline"], "value": _shown(base, name, language)}]
    if not work.shown.is_same:
        rows.append({"head": words["what_if"], "value": _shown(after, name, language)})
        found = answer.outcomes(answer.newest, [name]).get(name)
        _, text, spread = change_in_words(found, indicator, answer.worlds, words, language)
        rows.append({"head": words["difference"], "value": f"{text} ({spread})" if spread else text})
    return rows


def _shown(value: float | None, name: str, language: str) -> str:
    return "…" if value is None else unbroken(level(value, INDICATORS[name], language))

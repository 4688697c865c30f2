"""How far a self-diagnosis can be trusted as a baseline: a rule of thumb, stated openly, that no study supports."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from scenarios.answers import Remark
from scenarios.diagnosis import FEW_RESPONDENTS, Diagnosis

Level = Literal["low", "medium", "high"]

ENOUGH_RESPONDENTS: Final = 10
TOO_LITTLE_ANSWERED: Final = 0.6
NEARLY_ALL_ANSWERED: Final = 0.9
MOST_DIVIDED: Final = 3
"""From this number of blocks on which respondents are divided, the means say little."""

FEWEST_ROLES: Final = 2


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the scores can be trusted, and why not further; without a reason when it is high."""

    level: Level
    reasons: tuple[Remark, ...]


def confidence(diagnosis: Diagnosis) -> Confidence:
    """Low with few respondents, many gaps or much division; high when many who differ in role answered nearly all."""
    if grave := (*_grave(diagnosis),):
        return Confidence("low", grave)
    light = (*_light(diagnosis),)
    return Confidence("medium" if light else "high", light)


def share_answered(diagnosis: Diagnosis) -> float:
    """Which share of all statements was answered, over all respondents."""
    return sum(score.answered for score in diagnosis.scores) / sum(score.possible for score in diagnosis.scores)


def _grave(diagnosis: Diagnosis) -> Iterator[Remark]:
    count, divided = len(diagnosis.respondents), _divided(diagnosis)
    if count < FEW_RESPONDENTS:
        yield Remark("few_respondents", {"count": count, "enough": FEW_RESPONDENTS})
    if share_answered(diagnosis) < TOO_LITTLE_ANSWERED:
        yield Remark("little_answered", {"share": _percent(diagnosis)})
    if diagnosis.unscored:
        yield Remark("blocks_unscored", {"count": len(diagnosis.unscored)})
    if divided >= MOST_DIVIDED:
        yield Remark("much_divided", {"count": divided})


def _light(diagnosis: Diagnosis) -> Iterator[Remark]:
    count, divided = len(diagnosis.respondents), _divided(diagnosis)
    if count < ENOUGH_RESPONDENTS:
        yield Remark("not_many_respondents", {"count": count, "enough": ENOUGH_RESPONDENTS})
    if share_answered(diagnosis) < NEARLY_ALL_ANSWERED:
        yield Remark("not_all_answered", {"share": _percent(diagnosis)})
    if divided:
        yield Remark("somewhat_divided", {"count": divided})
    if len([role for role in diagnosis.roles if role]) < FEWEST_ROLES:
        yield Remark("one_role", {})


def _divided(diagnosis: Diagnosis) -> int:
    return sum(score.is_divided for score in diagnosis.scores)


def _percent(diagnosis: Diagnosis) -> int:
    return int(100 * share_answered(diagnosis))

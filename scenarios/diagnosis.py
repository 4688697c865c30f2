"""Designed and lived maturity of the nine blocks, from what respondents answered.

The scores order the views of those who answered. They are no validated measurement, no certification and no check of
conformity with ISO or CEN standards. Missing answers are left out, never filled in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import fmean, harmonic_mean, pstdev
from typing import Final

from agents.blocks import BLOCKS
from scenarios.answer_layouts import Respondent
from scenarios.answers import Answers, Remark, read_answers
from scenarios.errors import Mistake
from scenarios.statements import HIGHEST, LOWEST, Statement, StatementBlock, questionnaire

FEWEST_ANSWERS: Final = 4
FEWEST_A_SIDE: Final = 2
"""Answers that a respondent must give on a block to count for it: in all, and on what is designed and what is lived."""

ENOUGH_ANSWERS: Final = (
    f"at least {FEWEST_ANSWERS} of the 11 statements of a block, {FEWEST_A_SIDE} of them on each side"
)

LIVED_ABOVE_DESIGNED: Final = 0.10
PAPER_EXCELLENCE: Final = 0.20
WEAK_LINK: Final = 0.10
DIVIDED: Final = 0.60
FEW_RESPONDENTS: Final = 5

LOWEST_LIVED: Final = 0.01
"""Lower lived maturity counts as this in the harmonic mean, which would else be 0 whatever the other blocks."""

ROUNDING: Final = 1e-9
"""Thresholds are met when the scores differ from them by no more than the rounding of sums."""

DESIGNED_SIDE: Final = frozenset({"design", "practice"})
LIVED_SIDE: Final = frozenset({"practice", "effect"})


@dataclass(frozen=True, slots=True)
class Maturity:
    """How far a block is, 0 to 1: as designed, as lived, and over all its statements."""

    designed: float
    lived: float
    overall: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How far respondents differ on a block; describes them, and estimates nothing about others.

    sd: standard deviations over these respondents; lowest, highest: of lived maturity;
    agreement: 1 when all see lived maturity alike, 0 when half say 0 and half say 1.
    """

    sd_designed: float
    sd_lived: float
    lowest_lived: float
    highest_lived: float
    agreement: float


@dataclass(frozen=True)
class BlockScore:
    """One block as one group of respondents sees it.

    each: per respondent, None for who answered too little of it; answered, possible: statements, over respondents.
    """

    block: str
    each: tuple[Maturity | None, ...]
    answered: int
    possible: int

    @cached_property
    def counted(self) -> tuple[Maturity, ...]:
        """Scores of the respondents who answered enough."""
        return tuple(maturity for maturity in self.each if maturity is not None)

    @cached_property
    def mean(self) -> Maturity | None:
        """Mean over the respondents who count; None when nobody does."""
        if not self.counted:
            return None
        return Maturity(*(fmean(values) for values in zip(*map(_values, self.counted), strict=True)))

    @cached_property
    def spread(self) -> Spread | None:
        """Differences between respondents; None below two respondents who count."""
        if len(self.counted) < 2:
            return None
        lived = [maturity.lived for maturity in self.counted]
        sd_designed, sd_lived = pstdev(maturity.designed for maturity in self.counted), pstdev(lived)
        return Spread(sd_designed, sd_lived, min(lived), max(lived), max(0.0, 1 - 2 * sd_lived))

    @property
    def is_paper_excellence(self) -> bool:
        """Whether much more is designed than lived."""
        return self.mean is not None and self.mean.designed - self.mean.lived >= PAPER_EXCELLENCE - ROUNDING

    @property
    def is_divided(self) -> bool:
        """Whether respondents differ so much that their mean says little."""
        return self.spread is not None and self.spread.agreement < DIVIDED


@dataclass(frozen=True, slots=True)
class WeakLink:
    """A block that lags behind the others.

    below: how far lived maturity is under the mean of the blocks; raised: the harmonic mean of lived maturity if this
    block alone came up to that mean.
    """

    block: str
    lived: float
    below: float
    raised: float


@dataclass(frozen=True)
class Diagnosis:
    """What the answers say of the nine blocks, for all respondents and by role.

    roles: role, empty for none given, to scores; without any role given there are no groups.
    """

    respondents: tuple[Respondent, ...]
    scores: tuple[BlockScore, ...]
    roles: Mapping[str, tuple[BlockScore, ...]]
    remarks: tuple[Remark, ...]

    @cached_property
    def lived(self) -> Mapping[str, float]:
        """Block to mean lived maturity, of the blocks that could be scored."""
        return {score.block: score.mean.lived for score in self.scores if score.mean}

    @cached_property
    def mean_lived(self) -> float:
        """Plain mean of lived maturity over the scored blocks."""
        return fmean(self.lived.values())

    @cached_property
    def harmonic_lived(self) -> float:
        """Harmonic mean of lived maturity over the scored blocks: the model's alignment, which weak links pull down."""
        return _harmonic(self.lived.values())

    @cached_property
    def lowest_first(self) -> tuple[WeakLink, ...]:
        """The scored blocks from the lowest lived on."""
        return tuple(self._link(block) for block in sorted(self.lived, key=self.lived.__getitem__))

    @cached_property
    def weak_links(self) -> tuple[WeakLink, ...]:
        """Blocks lived clearly below the mean of all, lowest first."""
        return tuple(link for link in self.lowest_first if link.below >= WEAK_LINK - ROUNDING)

    @cached_property
    def unscored(self) -> tuple[str, ...]:
        """Blocks that nobody answered enough of."""
        return tuple(score.block for score in self.scores if score.mean is None)

    def _link(self, block: str) -> WeakLink:
        lived = self.lived[block]
        raised = {**self.lived, block: max(lived, self.mean_lived)}
        return WeakLink(block, lived, self.mean_lived - lived, _harmonic(raised.values()))


def diagnose(answers: Answers) -> Diagnosis:
    """Scores for all respondents together and by role.

    Raises Mistake when nobody answered enough of any block.
    """
    scores = score_blocks(answers.respondents)
    if not any(score.mean for score in scores):
        places = ", ".join(dict.fromkeys(respondent.place.split(", ")[0] for respondent in answers.respondents))
        raise Mistake("too few answers to score any block", places, ENOUGH_ANSWERS)
    roles = _by_role(answers.respondents)
    scored = {role: score_blocks(group) for role, group in roles.items()}
    return Diagnosis(answers.respondents, scores, scored, (*answers.remarks, *_remarks(answers.respondents, roles)))


def score_blocks(respondents: Sequence[Respondent]) -> tuple[BlockScore, ...]:
    """The nine blocks as these respondents see them."""
    return tuple(_score(block, respondents) for block in questionnaire().blocks)


def maturity(statements: Sequence[Statement], answers: Mapping[str, float]) -> Maturity | None:
    """One respondent's scores on one block; None with too few answers.

    With x = (answer - 1) / 4, in 0 to 1: designed is the mean over what is arranged and done, lived the mean over what
    is done and noticed, at most designed + 0.10, for what is lived cannot run far ahead of what there is.
    """
    given = [statement for statement in statements if statement.id in answers]
    designed = [_unit(answers[statement.id]) for statement in given if statement.aspect in DESIGNED_SIDE]
    lived = [_unit(answers[statement.id]) for statement in given if statement.aspect in LIVED_SIDE]
    if len(given) < FEWEST_ANSWERS or min(len(designed), len(lived)) < FEWEST_A_SIDE:
        return None
    overall = fmean(_unit(answers[statement.id]) for statement in given)
    return Maturity(fmean(designed), min(fmean(lived), fmean(designed) + LIVED_ABOVE_DESIGNED), overall)


def maturity_from_answers(path: Path, needed: Collection[str] = BLOCKS) -> Mapping[str, tuple[float, float]]:
    """Block to (designed, lived) maturity from one answers file, for a scenario's building blocks.

    needed: blocks that must have a score; others are left out when too few answered them.
    Raises Mistake when the file cannot be read as answers, or a needed block has too few.
    """
    diagnosis = diagnose(read_answers([path]))
    if missing := [block for block in diagnosis.unscored if block in needed]:
        raise Mistake(f"too few answers to score {', '.join(missing)}", str(path), ENOUGH_ANSWERS)
    return {score.block: (score.mean.designed, score.mean.lived) for score in diagnosis.scores if score.mean}


def _unit(answer: float) -> float:
    """An answer on the scale from 0 to 1."""
    return (answer - LOWEST) / (HIGHEST - LOWEST)


def _values(maturity: Maturity) -> tuple[float, float, float]:
    return maturity.designed, maturity.lived, maturity.overall


def _harmonic(lived: Collection[float]) -> float:
    return harmonic_mean([max(value, LOWEST_LIVED) for value in lived])


def _score(block: StatementBlock, respondents: Sequence[Respondent]) -> BlockScore:
    each = tuple(maturity(block.statements, respondent.answers) for respondent in respondents)
    answered = sum(statement.id in respondent.answers for respondent in respondents for statement in block.statements)
    return BlockScore(block.key, each, answered, len(respondents) * len(block.statements))


def _by_role(respondents: Sequence[Respondent]) -> dict[str, list[Respondent]]:
    """Respondents by role, roles compared without regard to capitals; nothing when no role was given."""
    spelling: dict[str, str] = {}
    groups: dict[str, list[Respondent]] = {}
    for respondent in respondents:
        role = spelling.setdefault(respondent.role.casefold(), respondent.role)
        groups.setdefault(role, []).append(respondent)
    return groups if any(groups) else {}


def _remarks(respondents: Sequence[Respondent], roles: Mapping[str, Sequence[Respondent]]) -> list[Remark]:
    """What the number of respondents means for the scores."""
    words = []
    if len(respondents) == 1:
        words.append("note_one")
    elif len(respondents) < FEW_RESPONDENTS:
        words.append("note_few")
    if len(respondents) > 1 and any(role and len(group) == 1 for role, group in roles.items()):
        words.append("note_alone")
    return [Remark(word, {}) for word in words]

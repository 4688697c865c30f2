"""All patterns: those of the list in the order of their numbers, then further evidence.

To add one: a file beside the others in experiments.validation.patterns, and its line here.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from experiments.validation.pattern import Pattern
from experiments.validation.patterns import (
    approach,
    basics_first,
    both_directions,
    competence_spread,
    complementarity,
    demanding,
    direction_first,
    double_deviation,
    engagement_chain,
    erosion,
    justice,
    loss_aversion,
    mediation,
    messages,
    monitoring,
    paradox,
    room_and_competence,
    satisfied_leave,
    span,
    tipping,
    treadmill,
    weakest_link,
    worse_before_better,
)
from scenarios.errors import Mistake, shown

PATTERNS: Final[Mapping[str, Pattern]] = {
    pattern.id: pattern
    for pattern in (
        paradox.PARADOX,
        paradox.RARE,
        double_deviation.PATTERN,
        loss_aversion.PATTERN,
        treadmill.PATTERN,
        basics_first.PATTERN,
        engagement_chain.PATTERN,
        room_and_competence.PATTERN,
        direction_first.PATTERN,
        complementarity.PATTERN,
        weakest_link.PATTERN,
        approach.PATTERN,
        tipping.PATTERN,
        erosion.PATTERN,
        monitoring.PATTERN,
        demanding.PATTERN,
        both_directions.PATTERN,
        mediation.PATTERN,
        span.PATTERN,
        competence_spread.PATTERN,
        satisfied_leave.PATTERN,
        messages.PATTERN,
        justice.ORDER,
        justice.CHANNELS,
        worse_before_better.PATTERN,
    )
}


def chosen(ids: Sequence[str] = ()) -> list[Pattern]:
    """The patterns with these numbers, or all, in their own order. Raises Mistake for a number that there is not."""
    wanted = {_known(name) for name in ids}
    return [pattern for name, pattern in PATTERNS.items() if not wanted or name in wanted]


def _known(name: str) -> str:
    """The number as it is written here: 7 also for P7, E18 also for e18."""
    written = name.strip().upper()
    found = written.removeprefix("P") if written not in PATTERNS else written
    if found not in PATTERNS:
        raise Mistake(f"there is no pattern {shown(name)}", allowed=", ".join(PATTERNS))
    return found

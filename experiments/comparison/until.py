"""`--until 0.5%`: how narrow an interval is asked for, of which indicators, and with how many worlds at most."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from experiments.request import MOST_REPLICATIONS, whole_number
from results.effects.payback import gained, paid_back
from results.statistics import Column, by_indicator, final_year
from results.stopping import FIRST, Width, half_width, half_width_of_share
from scenarios.errors import Mistake, did_you_mean, shown
from simulation.indicators import INDICATORS

PAYBACK: Final = "payback"
"""Beside the indicators: whether a world pays back within the run; its share has a score interval."""

MOST: Final = 200
FORM: Final = "a share such as 0.5%, or a number in the indicator's own unit such as 0.002"
ALWAYS: Final = "loyalty"
MEASURED_ON: Final = {"profit": "revenue", "investment": "revenue", "cash": "revenue"}
"""Indicators that may be near 0, and the one whose level a per cent of them is taken of."""


@dataclass(frozen=True, slots=True)
class Until:
    """Go on until half the 95 % interval of each paired difference is at most so wide.

    width: a share of the baseline's level (of the scale of 100 for points, of revenue for profit) if is_share, else
    in the indicator's own unit. of: names of indicators, or "payback". most: worlds at most.
    """

    width: float
    is_share: bool
    of: tuple[str, ...]
    most: int = MOST

    @property
    def asked(self) -> str:
        """As the user would write it."""
        return f"{100.0 * self.width:g}%" if self.is_share else f"{self.width:g}"


def read_until(text: str, of: Sequence[str] = (), most: int | None = None, *, sector: str = "commercial") -> Until:
    """What `--until`, `--of` and `--most` ask for; by default of loyalty and of profit, or else reputation.

    Raises Mistake.
    """
    number, is_share = _number(text)
    last = "profit" if sector == "commercial" else "reputation"
    names = tuple(dict.fromkeys(of)) or (ALWAYS, last)
    for name in names:
        if name not in INDICATORS and name != PAYBACK:
            hint = did_you_mean(name, [*INDICATORS, PAYBACK])
            raise Mistake("there is no such indicator", f"--of {shown(name)}", "a column of the weekly table", hint)
    allowed = MOST if most is None else whole_number("most", most, FIRST, MOST_REPLICATIONS)
    return Until(number / 100.0 if is_share else number, is_share, names, allowed)


def widths(until: Until, base: pa.Table, what_ifs: Sequence[pa.Table], weeks: int) -> dict[str, Width]:
    """For each indicator the width wanted and the widest that a what-if has, over its final weeks.

    Raises Mistake where a share is asked for of a baseline of 0.
    """
    before = by_indicator(final_year(base, weeks))
    after = [by_indicator(final_year(one, weeks)) for one in what_ifs]
    found = {}
    for name in until.of:
        if name == PAYBACK:
            reached = [half_width_of_share(_pays_back(base, one)) for one in what_ifs]
        else:
            reached = [half_width(one[name] - before[name]) for one in after]
        found[name] = Width(_wanted(until, name, before), max(reached))
    return found


def _wanted(until: Until, name: str, before: Mapping[str, Column]) -> float:
    """The width in the indicator's own unit."""
    if not until.is_share or name == PAYBACK:
        return until.width
    if INDICATORS[name].unit == "points":
        return 100.0 * until.width
    measure = before[MEASURED_ON.get(name, name)]
    present = measure[np.isfinite(measure)]
    level = abs(float(present.mean())) if present.size else 0.0
    if level == 0.0:
        raise Mistake(
            f"the baseline's {name} is 0, and there is no {until.asked} of nothing",
            f"--until {until.asked}",
            hint="give the width as a number in the indicator's own unit",
        )
    return until.width * level


def _pays_back(base: pa.Table, what_if: pa.Table) -> Column:
    sums = gained(base, what_if).cumsum(axis=1)
    return np.array([float(math.isfinite(paid_back(line))) for line in sums])


def _number(text: str) -> tuple[float, bool]:
    """The number, and whether it is per cent. Raises Mistake for what is no number above 0."""
    is_share = text.strip().endswith("%")
    try:
        number = float(text.strip().removesuffix("%"))
    except ValueError:
        number = math.nan
    if not 0.0 < number < math.inf:
        raise Mistake("is no width of an interval", f"--until {shown(text)}", FORM)
    return number, is_share

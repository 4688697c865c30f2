"""A simulated sample beside a real one: each figure with the real one's sampling interval, inside or outside."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import isnan, nan, sqrt
from typing import Any, Final

from scipy.special import stdtrit

from results.surveys.real import RealSample
from results.surveys.sample import Construct, Sample, Together
from results.surveys.statistics import LEVEL, correlation_interval, icc_interval, spread_interval

OF_PAIRS: Final = ("correlation", "within", "between")
"""Kinds of figures that are compared."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the simulated sample and the same of the real one with its sampling interval.

    of: one construct, or a pair. counted: whether it counts in the share inside.
    """

    kind: str
    of: tuple[str, ...]
    real: float
    low: float
    high: float
    simulated: float
    counted: bool

    @property
    def inside(self) -> bool:
        """Whether the simulated figure lies in the real one's interval; a figure without a value does not."""
        return self.low <= self.simulated <= self.high

    @property
    def wrong_sign(self) -> bool:
        """Whether the simulated figure says the opposite of a real one whose own sign is beyond doubt."""
        certain = self.kind in OF_PAIRS and self.low * self.high > 0.0
        return certain and self.simulated * self.real < 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many counted figures of some kinds there are, how many are inside, how many of the wrong sign."""

    figures: int
    inside: int
    wrong_sign: int

    @property
    def part(self) -> float:
        """The part inside; NaN where there is no figure."""
        return self.inside / self.figures if self.figures else nan


@dataclass(frozen=True)
class Beside:
    """All figures that both samples have, in the order of the real one's kinds, constructs and pairs."""

    simulated: Sample
    real: RealSample
    figures: tuple[Figure, ...]

    def of(self, kinds: Sequence[str]) -> tuple[Figure, ...]:
        """The figures of these kinds."""
        return tuple(figure for figure in self.figures if figure.kind in kinds)

    def share(self, kinds: Sequence[str]) -> Share:
        """How many counted figures of these kinds lie inside."""
        counted = [figure for figure in self.of(kinds) if figure.counted]
        return Share(
            len(counted), sum(figure.inside for figure in counted), sum(figure.wrong_sign for figure in counted)
        )

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; null for what has no value."""
        return {
            "real": self.real.sample.name,
            "source": self.real.source,
            "level": LEVEL,
            "shares": {
                kind: {**asdict(share), "part": share.part if share.figures else None}
                for kind, share in ((kind, self.share([kind])) for kind in self.real.compared)
            },
            "figures": [
                {**asdict(figure), "of": list(figure.of), "inside": figure.inside, "wrong_sign": figure.wrong_sign}
                | ({"simulated": None} if isnan(figure.simulated) else {})
                for figure in self.figures
            ],
        }


def beside(simulated: Sample, real: RealSample) -> Beside:
    """The simulated sample beside the real one, as far as they have constructs in common."""
    figures = [figure for kind in real.compared for figure in _figures(kind, simulated, real)]
    return Beside(simulated, real, tuple(figures))


def _figures(kind: str, simulated: Sample, real: RealSample) -> Iterator[Figure]:
    if kind in OF_PAIRS:
        for pair, together in real.sample.correlations.items():
            ours = simulated.correlations.get(pair) or simulated.correlations.get(pair[::-1])
            if ours is not None:
                counted = not real.beside & set(pair)
                yield Figure(kind, pair, *_of_pair(kind, together), _value(kind, ours), counted)
        return
    for name, construct in real.sample.constructs.items():
        if name in simulated.constructs:
            own = simulated.constructs[name]
            yield Figure(kind, (name,), *_of_construct(kind, construct), _level(kind, own), name not in real.beside)


def _of_pair(kind: str, together: Together) -> tuple[float, float, float]:
    """The real figure and its interval."""
    r = _value(kind, together)
    n = {"correlation": together.n, "within": together.n_within, "between": together.n_between}[kind]
    return (r, *correlation_interval(r, n or 0))


def _value(kind: str, together: Together) -> float:
    value = {"correlation": together.r, "within": together.within, "between": together.between}[kind]
    return nan if value is None else value


def _of_construct(kind: str, construct: Construct) -> tuple[float, float, float]:
    """The real figure and its interval."""
    value = _level(kind, construct)
    if kind == "icc":
        return (value, *(icc_interval(construct.variance) if construct.variance else (-1.0, 1.0)))
    if kind == "sd":
        return (value, *spread_interval(value, construct.n))
    half = float(stdtrit(construct.n - 1, 0.5 + LEVEL / 2.0)) * construct.sd / sqrt(construct.n)
    return value, value - half, value + half


def _level(kind: str, construct: Construct) -> float:
    if kind == "icc":
        return construct.variance.icc if construct.variance else nan
    return construct.sd if kind == "sd" else construct.mean

"""How many worlds do something, and how sure that share is."""

import math
from dataclasses import dataclass
from typing import Any

from scipy.special import ndtri

from results.errors import ResultsError


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `of` worlds, and the interval that holds the true share with probability `level`."""

    count: int
    of: int
    low: float
    high: float
    level: float

    @property
    def share(self) -> float:
        """The share seen."""
        return self.count / self.of

    def as_data(self) -> dict[str, Any]:
        """count, of, share and interval for JSON."""
        return {"count": self.count, "of": self.of, "share": self.share, "interval": [self.low, self.high]}


def proportion(count: int, of: int, level: float = 0.95) -> Proportion:
    """A share with its score interval, which stays honest where none or all did it [Wilson 1927].

    ResultsError for a share of nothing.
    """
    if not 0 <= count <= of or of == 0:
        raise ResultsError(f"There is no share of {count} in {of} worlds.")
    z = float(ndtri(0.5 + level / 2.0))
    seen, widening = count / of, 1.0 + z * z / of
    centre = (seen + z * z / (2 * of)) / widening
    half = z * math.sqrt(seen * (1.0 - seen) / of + z * z / (4 * of * of)) / widening
    return Proportion(count, of, 0.0 if count == 0 else centre - half, 1.0 if count == of else centre + half, level)

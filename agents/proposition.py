"""Value propositions: in what an organisation wants to be best, and what service then means."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a value proposition changes [Treacy & Wiersema 1993 for the three; sizes assumed].

    weights: factors on what customers weigh (welcome, basics, tailored, unburdened, amazed).
    capacity: factor on encounters an employee can handle. continuity: added share of encounters with the own
    contact person. bond: factor on how much delight binds. novelty: factor on how fast surprises become new again.
    """

    weights: tuple[float, float, float, float, float]
    capacity: float
    continuity: float
    bond: float
    novelty: float


USUAL_WEIGHTS: Final = (0.20, 0.35, 0.15, 0.20, 0.10)
"""What customers weigh at a balanced proposition. Assumed; basics first [service pyramid]."""

PROPOSITIONS: Final = {
    "balanced": Proposition((1.0, 1.0, 1.0, 1.0, 1.0), 1.0, 0.0, 1.0, 1.0),
    "operational_excellence": Proposition((0.8, 1.3, 0.6, 1.4, 0.5), 1.1, 0.0, 0.8, 1.0),
    "product_leadership": Proposition((0.8, 1.0, 0.8, 0.9, 2.2), 1.0, 0.0, 1.0, 1.3),
    "customer_intimacy": Proposition((1.3, 0.8, 1.9, 0.9, 0.8), 0.9, 0.3, 1.3, 1.0),
}

"""The customers and prospects before anything is done."""

from typing import Annotated, Any, Final

from pydantic import Field, model_validator

from scenarios.table import Items, Slug, Table, complaint, key

SHARES_TOLERANCE: Final = 1e-6


def weight(felt: str) -> Any:
    """Declare how heavily one principle counts."""
    return key(1.0, f"how heavily it counts {felt}", "relative weight", 0, 5)


class Weights(Table):
    """What counts in how an encounter is felt; only the proportions matter."""

    welcome: float = weight("to feel welcome")
    basics: float = weight("that the basics are in order")
    tailored: float = weight("that service is tailored")
    unburdened: float = weight("to be unburdened")
    amazed: float = weight("to be amazed")

    @model_validator(mode="after")
    def _something_counts(self) -> "Weights":
        if not any(dict(self).values()):
            raise complaint((), "all weights are 0; at least one must be above 0")
        return self


class Segment(Table):
    """A group of customers who want and do alike."""

    name: Slug = key(..., "name of the segment, also in files")
    share: float = key(..., "part of all customers and prospects", "share; all shares together are 1", 0, 1)
    demandingness: float = key(0.33, "mean of how much customers demand", "0 to 1", 0.01, 0.99)
    visits: float = key(0.25, "chance of an encounter", "encounters a week", 0.001, 0.95)
    spend: float = key(1.0, "what an encounter brings in", "times the price", 0, 20)
    voice: float = key(0.0, "added to the chance that a failure is told", "chance", -0.5, 0.5)
    pays_for_quality: float = key(0.0, "how far the premium for satisfaction is paid", "share", 0, 1)
    weights: Weights = key(Weights(), "what counts for these customers")


EVERYONE: Final = Segment(name="everyone", share=1.0)


class Customers(Table):
    """How many customers there are, and what they expect and feel at the start."""

    active: int = key(3000, "customers at the start", "customers", 1, 5_000_000)
    prospects: int = key(4000, "people who may become customers", "people", 0, 5_000_000)
    expectation: float = key(0.56, "mean of what customers expect to get", "0 to 1", 0, 1)
    expectation_sd: float = key(0.04, "spread of expectations", "standard deviation", 0, 0.3)
    satisfaction: float = key(0.69, "mean satisfaction so far", "0 to 1", 0, 1)
    satisfaction_sd: float = key(0.06, "spread of satisfaction", "standard deviation", 0, 0.3)
    leniency_sd: float = key(
        0.05, "lasting differences in how favourably people perceive the same service", "standard deviation", 0, 0.3
    )
    choice: float = key(1.0, "customers who are free to leave; captive clients below 1", "share", 0, 1)
    segments: Annotated[Items[Segment], Field(min_length=1, max_length=6)] = key((EVERYONE,), "groups of customers")

    @model_validator(mode="after")
    def _shares_sum_to_one(self) -> "Customers":
        total = sum(segment.share for segment in self.segments)
        if abs(total - 1.0) > SHARES_TOLERANCE:
            raise complaint(("segments",), f"the shares of the segments sum to {total:.6g}; they must sum to 1")
        return self

    @model_validator(mode="after")
    def _names_differ(self) -> "Customers":
        seen: set[str] = set()
        for place, segment in enumerate(self.segments):
            if segment.name in seen:
                raise complaint(
                    ("segments", place, "name"), f"there is a segment '{segment.name}' already; names must differ"
                )
            seen.add(segment.name)
        return self

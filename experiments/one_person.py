"""One person's choices of a week by themselves; a week itself weighs those of many at once."""

from agents.loyalty import hazard_of, leaning_to_leave
from agents.records import Record
from agents.rival import chance_of_joining, leaning_to_join


def leaving_hazard(customer: Record, tenure: float, rival: float, price: float, p: Record) -> float:
    """Weekly hazard of leaving, 0 for who cannot leave; the arguments are those of leaning_to_leave."""
    if customer.free == 0:
        return 0.0
    return hazard_of(leaning_to_leave(customer, tenure, rival, price, p), p.churn_base, p.churn_involuntary)


def chance_to_join(prospect: Record, organisation: Record, rival: float, price: float, p: Record) -> float:
    """Weekly chance that a prospect chooses us; the arguments are those of leaning_to_join."""
    return chance_of_joining(leaning_to_join(prospect, organisation, rival, price, p), p.join_base)

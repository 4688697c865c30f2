"""Expectation, disconfirmation, satisfaction and delight, and how each encounter moves the bar for the next."""

from agents.records import Record
from agents.rule import rule
from agents.shapes import above, share


@rule
def value_of_gap(gap: float, tolerance: float, p: Record) -> float:
    """What a difference from expectation is worth: little within the zone of tolerance, losses over gains.

    [Zeithaml et al. 1993; Anderson & Mittal 2000, contested by Streukens & de Ruyter 2004: `loss_aversion` = 1
    makes it symmetric.]
    """
    size = gap if gap > 0.0 else -gap
    felt = above(size, tolerance) + p.within_tolerance * min(size, tolerance)
    if gap >= 0.0:
        return float(p.gain_value * felt)
    return float(-p.gain_value * p.loss_aversion * felt)


@rule
def satisfaction_with(encounter: Record, customer: Record, price: float, p: Record) -> float:
    """Satisfaction with this encounter: performance itself, the expectation that colours it, the gap, and the price.

    'Will' expectations lift what is perceived, 'should' expectations lower it [Boulding et al. 1993; Szymanski &
    Henard 2001]. A price above what is thought fair takes from it: equity is what goes most with satisfaction
    [Szymanski & Henard 2001; size assumed].
    price: relative price less 1.
    """
    received = encounter.performance + encounter.surprise
    gap = received - customer.expectation
    wanted = customer.desired - customer.expectation
    return share(
        p.satisfaction_at_par
        + p.satisfaction_performance * (encounter.performance - 0.60)
        + p.satisfaction_expectation * (customer.expectation - 0.60)
        - p.satisfaction_wanted * (wanted - p.desired_usual)
        - p.satisfaction_price * above_fair(customer, price)
        + value_of_gap(gap, customer.tolerance, p)
    )


@rule
def above_fair(customer: Record, price: float) -> float:
    """By how much the price is above what this customer thinks fair; negative below. price: relative price less 1."""
    excess: float = price - customer.fair_price
    return excess


@rule
def take_in(satisfaction: float, felt: float, p: Record) -> float:
    """Cumulative satisfaction after one more encounter: moves towards it, faster downwards."""
    pace = p.satisfaction_pace
    if felt < satisfaction:
        pace *= p.satisfaction_pace_down
    return share(satisfaction + pace * (felt - satisfaction))


@rule
def delights(encounter: Record, customer: Record, p: Record) -> bool:
    """Whether this encounter delights.

    A surprise does, if nothing failed, if it ends above what was wanted and the relation is acceptable [pyramid
    levels 3-4; Oliver, Rust & Varki 1997]; so does, without surprise, much more than was wanted. Nothing delights
    while more failures are in mind than one can set aside.
    """
    if encounter.failed == 1 or customer.satisfaction <= p.delight_satisfaction:
        return False
    if customer.failures > p.delight_failures:
        return False
    received = encounter.performance + encounter.surprise
    if encounter.surprise > 0.0 and received > customer.desired:
        return True
    return bool(encounter.performance - customer.desired > p.delight_margin)


@rule
def expect_anew(encounter: Record, customer: Record, p: Record) -> None:
    """Move what is expected and wanted after an encounter: the treadmill [Boulding et al. 1993; Rust & Oliver 2000].

    What is received becomes what is expected; what exceeds the wanted raises it.
    """
    received = encounter.performance + p.treadmill * encounter.surprise
    shortfall = p.expectation_failure * encounter.severity * encounter.failed
    customer.expectation = share(
        customer.expectation + p.expectation_pace * (received - shortfall - customer.expectation)
    )
    customer.desired = share(customer.desired + p.treadmill * p.desired_pace * above(received, customer.desired))


@rule
def let_bar_move(customer: Record, usual: float, market: float, p: Record) -> float:
    """What is wanted, a week later: the market lifts it, forgetting brings it back to what is usual.

    usual: how far above expectation this person's wanted level usually lies, what the market has lifted included.
    market: by how much the market lifts it this week; that isn't forgotten.
    """
    forgotten = p.desired_forgetting * above(customer.desired, customer.expectation + usual)
    return share(customer.desired + market - forgotten)


@rule
def hear_promises(customer: Record, promised: float, p: Record) -> float:
    """What a customer expects, a week later: promises above what is delivered raise it [SERVQUAL gap 4].

    promised: by how much promises exceed delivery, beyond what is usual.
    """
    return share(customer.expectation + p.promise_expectation * p.promise_reach * promised)

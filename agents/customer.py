"""A customer: who they are, what they expect, and what they remember. Also prospects and those with a rival."""

from typing import Final

from agents.records import Column, Record, record_type
from agents.rule import rule
from agents.shapes import share

PROSPECT: Final = 0
CUSTOMER: Final = 1
WITH_RIVAL: Final = 2
"""Values of `status`. People are never made or lost: they change status."""

COLUMNS: Final = (
    Column("status", 0, 2, "code", "0 prospect, 1 customer, 2 with a rival", "small"),
    Column("segment", 0, 5, "number", "customer segment", "small"),
    Column("free", 0, 1, "yes or no", "can leave; captive clients can't", "small"),
    Column("failed_kind", -1, 2, "code", "kind of the latest failure, -1 none", "small"),
    Column("joined_week", -1e6, 1e6, "week", "week in which the relation began", "whole"),
    Column("heard_good", 0, 1e6, "messages", "positive messages that came in this week", "whole"),
    Column("heard_bad", 0, 1e6, "messages", "negative messages that came in this week", "whole"),
    Column("hearsay", -50, 50, "messages", "net messages heard, fading"),
    Column("fair_price", -1, 1, "ratio", "what is thought a fair price, over the usual one, less 1"),
    Column("demandingness", 0, 1, "share", "how high the bar is set"),
    Column("satisfaction", 0, 1, "share", "cumulative satisfaction"),
    Column("bond", 0, 1, "share", "emotional bond"),
    Column("failures", 0, 1e3, "failures", "failures remembered, fading"),
    Column("contact", -1, 1e6, "seat", "own contact person, -1 none", "whole"),
    Column("contact_hired", -1e6, 1e6, "week", "week in which that person was hired", "whole"),
    Column("failed_week", -1e6, 1e6, "week", "week of the latest failure", "whole"),
    Column("leniency", -1, 1, "performance", "lasting lean in how favourably service is perceived"),
    Column("expectation", 0, 1, "performance", "what will happen, as expected ('will')"),
    Column("desired", 0, 1, "performance", "what is wanted ('should')"),
    Column("tolerance", 0, 1, "performance", "zone of tolerance around the expectation"),
    Column("novelty", 0, 1, "share", "how new surprises still are"),
    Column("recovery_expectation", 0, 1, "share", "what is expected of recovery, learned"),
)
"""Two lines of memory. The first is what everybody's week and talk need; from `contact` on, what only encounters and a
customer's own memory do."""

CUSTOMER_RECORD: Final = record_type(COLUMNS)

SEGMENT_COLUMNS: Final = (
    Column("part", 0, 1, "share", "part of all customers"),
    Column("demandingness", 0, 1, "share", "typical demandingness"),
    Column("visits", 0, 1, "per week", "chance of an encounter in a week"),
    Column("spend", 0, 20, "ratio", "spend per encounter over the usual price"),
    Column("voice", -1, 1, "share", "added to the chance to complain"),
    Column("pays_for_quality", 0, 1, "share", "willingness to pay for better service"),
    Column("weight", 0, 1, "share", "weights of the five principles in what is perceived", length=5),
)

SEGMENT: Final = record_type(SEGMENT_COLUMNS)


@rule
def first_expectation(
    customer: Record, typical: float, market_bar: float, bell: float, spread: float, p: Record
) -> None:
    """Set what a new customer expects and wants, and the zone between [Zeithaml, Berry & Parasuraman 1993].

    typical: expectation of somebody who demands nothing special; demanding people expect and want more.
    market_bar: how far the market has lifted what everybody wants.
    """
    demand = customer.demandingness
    customer.expectation = share(
        typical + p.expectation_demanding * (demand - p.demandingness_usual) + customer.leniency + spread * bell
    )
    customer.desired = share(customer.expectation + wanted_above_expected(customer, p) + market_bar)
    customer.tolerance = share(p.tolerance_base + p.tolerance_easy * (1.0 - demand))


@rule
def first_satisfaction(customer: Record, typical: float, bell: float, spread: float, p: Record) -> float:
    """Satisfaction that somebody starts with: what is typical, lenient people more."""
    lean = (p.satisfaction_performance + p.satisfaction_expectation) * customer.leniency
    return share(typical + lean + spread * bell)


@rule
def wanted_above_expected(customer: Record, p: Record) -> float:
    """How far what is wanted lies above what is expected."""
    wanted: float = p.desired_base + p.desired_demanding * customer.demandingness
    return wanted


@rule
def first_recovery_expectation(customer: Record, p: Record) -> float:
    """What a customer expects of recovery before ever having seen one."""
    return share(p.recovery_expectation_base + p.recovery_expectation_demanding * customer.demandingness)

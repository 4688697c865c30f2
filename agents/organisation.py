"""The organisation as a whole: what it has built, knows, promises and is known for."""

import math
from typing import Final

from agents.blocks import (
    DESIGN,
    LEADERSHIP,
    MONITORING,
    NUMBER_OF_BLOCKS,
    STRATEGY,
    UNDERSTANDING,
)
from agents.records import Column, Record, record_type
from agents.rule import rule
from agents.shapes import above, clip, product_of_three, share

COMMERCIAL: Final = 0
NONPROFIT: Final = 1
"""Values of `sector`."""

COLUMNS: Final = (
    Column("designed", 0, 1, "share", "designed maturity of each block", length=NUMBER_OF_BLOCKS),
    Column("lived", 0, 1, "share", "lived maturity of each block", length=NUMBER_OF_BLOCKS),
    Column("designed_start", 0, 1, "share", "designed maturity at the start", length=NUMBER_OF_BLOCKS),
    Column("lived_start", 0, 1, "share", "lived maturity at the start", length=NUMBER_OF_BLOCKS),
    Column("block", 0, 1, "share", "what each block is worth after alignment", length=NUMBER_OF_BLOCKS),
    Column("lag", 1, 260, "weeks", "how slowly practice follows design", length=NUMBER_OF_BLOCKS),
    Column("people_share", 0, 1, "share", "part that lives only through people", length=NUMBER_OF_BLOCKS),
    Column("alignment", 0, 1, "share", "harmonic over arithmetic mean of lived maturity"),
    Column("intensity", 0, 1, "share", "how much change is being worked on this week"),
    Column("top_down", 0, 1, "share", "part of this week's effort that directs from the top"),
    Column("bottom_up", 0, 1, "share", "part of this week's effort that involves from below"),
    Column("pull", 0, 1, "share", "how much there is to adopt"),
    Column("adoption", 0, 1, "share", "share of employees who adopted the new way of working"),
    Column("investment", 0, 1e24, "euro", "spent on building blocks this week"),
    Column("knowledge", 0, 1, "share", "how much of what customers want is known"),
    Column("specification", 0, 1, "performance", "the experience that is designed"),
    Column("promise", 0, 1, "performance", "the experience that is promised"),
    Column("story", 0, 1, "share", "how far promise, mission and behaviour tell one story"),
    Column("delivered", 0, 1, "performance", "mean experience delivered, smoothed"),
    Column("failing", 0, 1, "share", "encounters that failed lately, smoothed"),
    Column("standard", 0, 1, "share", "the service standard that people hold themselves to"),
    Column("utilisation", 0, 100, "ratio", "work over capacity"),
    Column("strain", 0, 100, "ratio", "utilisation as felt, smoothed over some weeks"),
    Column("thin", 0, 1, "share", "by how much time and attention per customer is cut"),
    Column("rework", 0, 1e9, "encounters", "extra work left by last week's failures"),
    Column("staff_wanted", 0, 1e6, "seats", "seats that staffing aims at"),
    Column("reputation", 0, 1, "share", "smoothed share of positive messages"),
    Column("trust", 0, 1, "share", "public trust, slow"),
    Column("commissioner", 0, 1, "share", "satisfaction of the commissioning body"),
    Column("budget_level", 0.3, 3, "ratio", "non-profit budget over that of the start"),
    Column("case_cost", 0, 1e24, "euro", "cost a case, smoothed"),
    Column("case_cost_usual", 0, 1e24, "euro", "the same when week 1 began"),
    Column("retention", 0, 1, "share", "customers kept in a year, smoothed"),
    Column("customer_margin", -1e24, 1e24, "euro per year", "yearly margin a customer, smoothed"),
    Column("cash", -1e24, 1e24, "euro", "result since week 1"),
    Column("market_bar", 0, 1, "performance", "how far the market has lifted what everybody wants"),
    Column("rival_quality", 0, 1, "performance", "what the outside option offers"),
    Column("rival_novelty", 0, 1, "share", "share of our surprises that rivals copied"),
    Column("demand_drift", -3, 3, "log", "how far demand is off its usual level"),
    Column("labour_drift", -3, 3, "log", "how far the local labour market is off its usual level"),
    Column("price_drift", -3, 3, "log", "how far the price level is off its usual level"),
    Column("demand_usual", -3, 3, "log", "how far usual demand here is off that of other units"),
    Column("labour_usual", -3, 3, "log", "the same of the labour market"),
    Column("price_usual", -3, 3, "log", "the same of the price level"),
    Column("site", -0.5, 0.5, "performance", "what location and local clientele add to what is perceived"),
)

ORGANISATION: Final = record_type(COLUMNS)


@rule
def understand(organisation: Record, p: Record) -> float:
    """Knowledge of customers a week later: learned by understanding and monitoring, and going stale.

    What customers want moves on, so knowledge that isn't renewed wears out [gap 1 of SERVQUAL; draft 6.10].
    """
    known = organisation.knowledge
    return share(known + p.knowledge_gain * listen(organisation, p) * (1.0 - known) - p.knowledge_decay * known)


@rule
def listen(organisation: Record, p: Record) -> float:
    """How well the organisation listens: by understanding (block 1) and by monitoring (block 8)."""
    block = organisation.block
    part = p.knowledge_monitoring
    return share((1.0 - part) * block[UNDERSTANDING] + part * block[MONITORING])


@rule
def specify(organisation: Record, p: Record) -> float:
    """The experience as designed: needs design, direction and knowledge of customers [gap 2; draft 6.10]."""
    block = organisation.block
    quality = product_of_three(block[DESIGN], block[STRATEGY], organisation.knowledge)
    return share(p.specification_base + p.specification_range * quality + p.performance_level)


@rule
def promise(organisation: Record, excess: float, p: Record) -> float:
    """What is promised a week later: it drifts to what is delivered plus the excess that marketing wants.

    A lived strategy keeps the excess in check: promise only what is feasible [gap 4; source 003].
    """
    restraint = 1.0 - p.promise_restraint * organisation.block[STRATEGY]
    goal = organisation.delivered + p.promise_habit * restraint + excess
    return share(organisation.promise + (goal - organisation.promise) / p.promise_lag)


@rule
def promised_beyond_usual(organisation: Record, p: Record) -> float:
    """By how much promises exceed delivery, beyond the excess that everybody is used to."""
    excess: float = organisation.promise - organisation.delivered - p.promise_habit
    return excess


@rule
def tell(organisation: Record, p: Record) -> float:
    """How far promise, mission and behaviour tell one story that people recognise themselves in [source 004].

    Falls with promises above delivery (gap 4) and with design that isn't lived.
    """
    unlived = 0.0
    for k in range(NUMBER_OF_BLOCKS):
        unlived += above(organisation.designed[k], organisation.lived[k])
    broken = above(organisation.promise, organisation.delivered)
    told = 0.5 * organisation.block[STRATEGY] + 0.5 * organisation.block[LEADERSHIP]
    return share(told * (1.0 - p.story_break * broken) * (1.0 - unlived / NUMBER_OF_BLOCKS))


@rule
def drift(level: float, usual: float, spread: float, bell: float, p: Record) -> float:
    """A slow outside influence a week later: returns to its usual level here, pushed by a normal draw.

    `spread` is its long-run standard deviation (log); makes units differ as real ones do [E1; draft section 8].
    """
    pace = 1.0 / p.drift_memory
    push = spread * p.unit_variance * math.sqrt(pace * (2.0 - pace))
    return clip(usual + (1.0 - pace) * (level - usual) + push * bell, -3.0, 3.0)

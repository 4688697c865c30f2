"""The week's row of indicators and its money, from plain objects."""

from math import nan
from typing import Any

from agents.blocks import BLOCKS
from agents.customer import CUSTOMER, PROSPECT
from agents.employee import EMPLOYED
from agents.mathematics import normal_below
from agents.organisation import NONPROFIT
from agents.shapes import above, clip, share
from benchmarks.plain.things import total
from simulation.indicators import DISENGAGED_TO, ENGAGED_FROM

Row = dict[str, float]


def mean(added: float, number: float) -> float:
    """A mean, or not a number where there was nothing to average."""
    return added / number if number > 0.0 else nan


def row_of(model: Any) -> Row:
    """All indicators of the week that ends."""
    row = money(model)
    for of in (organisation, leaders, employees, encounters, customers, market):
        row |= of(model)
    firm = model.firm
    row |= {
        "gap_1": 1.0 - firm.knowledge,
        "gap_2": row["desired"] - firm.specification,
        "gap_3": firm.specification - firm.delivered,
        "gap_4": firm.promise - firm.delivered,
        "gap_5": row["expectation"] - firm.delivered,
    }
    return row


def money(model: Any) -> Row:
    """Every euro of the week by source, and what it does to retention, margin and standing."""
    settings, p, firm, tally = model.settings, model.p, model.firm, model.tally
    revenue = [tally.revenue_usual, tally.revenue_fees, tally.revenue_premium]
    if settings.sector == NONPROFIT:
        revenue = [settings.budget * firm.budget_level, 0.0, 0.0]
    row = {
        "revenue_usual": revenue[0],
        "revenue_fees": revenue[1],
        "revenue_premium": revenue[2],
        "cost_payroll": model.employed * settings.pay,
        "cost_overhead": settings.overhead,
        "cost_compensation": tally.compensation,
        "cost_rework": (tally.rework + tally.appeals) * p.rework_cost * settings.price,
        "cost_hiring": tally.hires * settings.replacement,
        "cost_acquisition": tally.joined * settings.acquisition_cost,
        "investment": firm.investment,
    }
    row["revenue"] = revenue[0] + revenue[1] + revenue[2]
    row["cost"] = total(value for name, value in row.items() if name.startswith("cost_")) + firm.investment
    row["profit"] = row["revenue"] - row["cost"]
    if model.week >= 1:
        firm.cash += row["profit"]
    row["cash"] = firm.cash
    value_customers(model, row)
    account_to_public(model, row)
    return row


def value_customers(model: Any, row: Row) -> None:
    """Customer lifetime value from the retention and margin of late."""
    p, firm, tally = model.p, model.firm, model.tally
    active = tally.active + tally.dropped
    if active > 0.0:
        kept = clip(1.0 - tally.lost / active, 0.0, 1.0) ** 52.0
        firm.retention += (kept - firm.retention) / p.retention_lag
        earned = tally.revenue_usual + tally.revenue_fees + tally.revenue_premium
        earned = earned - row["cost_payroll"] - row["cost_compensation"] - row["cost_rework"]
        firm.customer_margin += (52.0 * earned / active - firm.customer_margin) / p.retention_lag
    kept_on = firm.retention / max(1.0 + model.settings.interest - firm.retention, 0.01)
    row["customer_lifetime_value"] = firm.customer_margin * kept_on


def account_to_public(model: Any, row: Row) -> None:
    """Trust, the commissioning body, and once a year the budget."""
    p, firm, tally = model.p, model.firm, model.tally
    if tally.active > 0.0:
        felt = tally.satisfaction / tally.active
        goal = (1.0 - p.trust_talk) * felt + p.trust_talk * firm.reputation
        firm.trust = share(firm.trust + (goal - firm.trust) / p.trust_lag)
    if tally.served > 0.0:
        cost = row["cost"] / tally.served
        if firm.case_cost <= 0.0:
            firm.case_cost = cost
        firm.case_cost += (cost - firm.case_cost) / p.retention_lag
    if model.week <= 0 or firm.case_cost_usual <= 0.0:
        firm.case_cost_usual = firm.case_cost
    timely = share(1.0 - 2.0 * above(firm.strain, p.crowding_from))
    cheap = 0.5
    if firm.case_cost_usual > 0.0:
        cheap = share(0.5 + (firm.case_cost_usual - firm.case_cost) / firm.case_cost_usual)
    firm.commissioner = share(0.5 * firm.trust + 0.3 * timely + 0.2 * cheap)
    if model.week > 0 and model.week % 52 == 0:
        swing = clip(2.0 * (firm.commissioner - p.commissioner_usual), -1.0, 1.0)
        firm.budget_level = clip(firm.budget_level * (1.0 + p.budget_swing * swing), 0.3, 3.0)
    row |= {"trust": firm.trust, "commissioner_index": firm.commissioner, "cost_per_case": firm.case_cost}


def organisation(model: Any) -> Row:
    """Building blocks, and what the organisation knows, promises and holds itself to."""
    firm = model.firm
    row = {f"designed_{block}": firm.designed[k] for k, block in enumerate(BLOCKS)}
    row |= {f"lived_{block}": firm.lived[k] for k, block in enumerate(BLOCKS)}
    same = ("alignment", "knowledge", "adoption", "utilisation", "promise", "story", "reputation")
    row |= {name: getattr(firm, name) for name in same}
    row["service_standard"] = firm.standard
    return row


def leaders(model: Any) -> Row:
    """Means over leaders."""
    names = {"leadership_style": "style", "leadership_belief": "belief", "coaching": "coaching"}
    names["self_managing"] = "self_managing"
    number = float(len(model.teams))
    return {name: total(getattr(one, field) for one in model.teams) / number for name, field in names.items()}


def employees(model: Any) -> Row:
    """Means over those employed as the week ends."""
    here = [one for one in model.staff if one.status == EMPLOYED]
    people, p, tally = float(len(here)), model.p, model.tally
    names = ("engagement", "autonomy", "competence", "exhaustion", "values_fit", "reflection")
    row = {name: mean(total(getattr(one, name) for one in here), people) for name in names}
    recommend = 0.0
    for one in here:
        mark = 10.0 * (p.advise_base + p.advise_engagement * one.engagement)
        promoter = 1.0 - normal_below((8.5 - mark) / p.advise_noise)
        recommend += promoter - normal_below((6.5 - mark) / p.advise_noise)
    adopters = float(sum(one.adopted for one in here))
    return row | {
        "employees": people,
        "vacancies": model.seats - people,
        "service_norm": mean(total(one.norm for one in here), people),
        "share_engaged": mean(sum(one.engagement >= ENGAGED_FROM for one in here), people),
        "share_disengaged": mean(sum(one.engagement <= DISENGAGED_TO for one in here), people),
        "enps": mean(100.0 * recommend, people),
        "ownership": total(one.ownership for one in here) / adopters if adopters else 0.0,
        "quits": tally.quits,
        "hires": tally.hires,
        "turnover": 52.0 * tally.quits / max(people, 1.0),
    }


def encounters(model: Any) -> Row:
    """Means over this week's encounters."""
    tally = model.tally
    principles = ("welcome", "basics", "tailored", "unburdened", "amazed")
    row = {f"felt_{name}": mean(tally.felt[k], tally.served) for k, name in enumerate(principles)}
    return row | {
        "encounters": tally.served,
        "turned_away": len(model.visitors) - tally.served,
        "performance": mean(tally.performance, tally.served),
        "felt_recovered": mean(tally.recovery_satisfaction, tally.recovered),
        "effort": mean(tally.effort, tally.served),
        "delight_rate": mean(tally.delighted, tally.served),
        "surprise_rate": mean(tally.surprising, tally.served),
        "failure_rate": mean(tally.failed, tally.served),
        "voice_rate": mean(tally.voiced, tally.failed),
        "recovery_rate": mean(tally.recovered, tally.failed),
        "recovery_quality": mean(tally.recovery_quality, tally.recovered),
    }


def customers(model: Any) -> Row:
    """Means over those who were customers when the week's choices were made."""
    tally = model.tally
    names = ("satisfaction", "expectation", "desired", "bond", "loyalty")
    row = {name: mean(getattr(tally, name), tally.active) for name in names}
    measured = row["satisfaction"]
    if tally.active > 0.0:
        measured = share(measured + model.p.targets_inflation * model.plan.targets)
    return row | {
        "measured_satisfaction": measured,
        "nps": mean(100.0 * (tally.promoters - tally.detractors), tally.active),
        "churn": mean(52.0 * tally.lost, tally.active + tally.dropped),
        "acquired": tally.joined,
        "messages_positive": tally.praised,
        "messages_negative": tally.warned,
        "appeals": tally.appeals,
    }


def market(model: Any) -> Row:
    """Who is with whom as the week ends."""
    statuses = [one.status for one in model.people]
    ours, nobodys = float(statuses.count(CUSTOMER)), float(statuses.count(PROSPECT))
    rivals = len(statuses) - ours - nobodys
    return {
        "customers": ours,
        "prospects": nobodys,
        "with_rival": rivals,
        "market_share": ours / max(ours + rivals, 1.0),
    }

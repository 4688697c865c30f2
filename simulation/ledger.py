"""Money and standing: what the week brought in and cost, and what a public body makes of it."""

from agents.mathematics import power
from agents.organisation import NONPROFIT
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, clip, share
from simulation.state import World


@rule
def settle(world: World, week: int) -> None:
    """Every euro of the week, by source; then retention, margin and, for a non-profit, trust and next year's budget.

    Fills the money columns of this week's row. Revenue of a non-profit is its budget.
    """
    settings, p, organisation, tally = (
        world.settings[0],
        world.parameters[0],
        world.organisation[0],
        world.tally[0],
    )
    row = world.weekly[week - settings.first_week]
    row.revenue_usual = tally.revenue_usual
    row.revenue_fees = tally.revenue_fees
    row.revenue_premium = tally.revenue_premium
    if settings.sector == NONPROFIT:
        row.revenue_usual = settings.budget * organisation.budget_level
        row.revenue_fees = 0.0
        row.revenue_premium = 0.0
    row.cost_payroll = tally.employed * settings.pay
    row.cost_overhead = settings.overhead
    row.cost_compensation = tally.compensation
    row.cost_rework = (tally.rework + tally.appeals) * p.rework_cost * settings.price
    row.cost_hiring = tally.hires * settings.replacement
    row.cost_acquisition = tally.joined * settings.acquisition_cost
    row.investment = organisation.investment
    row.revenue = row.revenue_usual + row.revenue_fees + row.revenue_premium
    row.cost = (
        row.cost_payroll
        + row.cost_overhead
        + row.cost_compensation
        + row.cost_rework
        + row.cost_hiring
        + row.cost_acquisition
        + row.investment
    )
    row.profit = row.revenue - row.cost
    if week >= 1:
        organisation.cash += row.profit
    row.cash = organisation.cash
    value_customers(world, row)
    account_to_public(world, row, week)


@rule
def value_customers(world: World, row: Record) -> None:
    """Customer lifetime value: yearly margin x r / (1 + i - r), r the retention realised lately [Gupta et al. 2004].

    A relation counts for a hundred years at most. The margin leaves out overhead and investment; for a non-profit it
    is worth of service at the usual price.
    """
    p, organisation, tally, settings = (
        world.parameters[0],
        world.organisation[0],
        world.tally[0],
        world.settings[0],
    )
    active = tally.active + tally.dropped
    if active > 0.0:
        kept = power(clip(1.0 - tally.lost / active, 0.0, 1.0), 52.0)
        organisation.retention += (kept - organisation.retention) / p.retention_lag
        earned = (
            tally.revenue_usual
            + tally.revenue_fees
            + tally.revenue_premium
            - row.cost_payroll
            - row.cost_compensation
            - row.cost_rework
        )
        margin = 52.0 * earned / active
        organisation.customer_margin += (margin - organisation.customer_margin) / p.retention_lag
    kept_on = organisation.retention / max(1.0 + settings.interest - organisation.retention, 0.01)
    row.customer_lifetime_value = organisation.customer_margin * kept_on


@rule
def account_to_public(world: World, row: Record, week: int) -> None:
    """Trust, what the commissioning body thinks, and once a year the budget [source 001; sizes assumed]."""
    p, organisation, tally = world.parameters[0], world.organisation[0], world.tally[0]
    if tally.active > 0.0:
        felt = tally.satisfaction / tally.active
        goal = (1.0 - p.trust_talk) * felt + p.trust_talk * organisation.reputation
        organisation.trust = share(organisation.trust + (goal - organisation.trust) / p.trust_lag)
    if tally.served > 0.0:
        cost = row.cost / tally.served
        if organisation.case_cost <= 0.0:
            organisation.case_cost = cost
        organisation.case_cost += (cost - organisation.case_cost) / p.retention_lag
    if week <= 0 or organisation.case_cost_usual <= 0.0:
        organisation.case_cost_usual = organisation.case_cost
    timely = share(1.0 - 2.0 * above(organisation.strain, p.crowding_from))
    cheap = 0.5
    if organisation.case_cost_usual > 0.0:
        cheap = share(0.5 + (organisation.case_cost_usual - organisation.case_cost) / organisation.case_cost_usual)
    organisation.commissioner = share(0.5 * organisation.trust + 0.3 * timely + 0.2 * cheap)
    if week > 0 and week % 52 == 0:
        swing = clip(2.0 * (organisation.commissioner - p.commissioner_usual), -1.0, 1.0)
        organisation.budget_level = clip(organisation.budget_level * (1.0 + p.budget_swing * swing), 0.3, 3.0)
    row.trust = organisation.trust
    row.commissioner_index = organisation.commissioner
    row.cost_per_case = organisation.case_cost

"""Nobody and no euro appears or disappears: every week's row agrees with the records and with the encounter log."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from agents.blocks import BLOCKS
from agents.customer import CUSTOMER, PROSPECT, WITH_RIVAL
from agents.employee import EMPLOYED, VACANT
from agents.records import Record
from scenarios.scenario import Scenario
from simulation.state import World
from simulation.world import recorded
from tests.worlds import COSTS, KINDS, ONLY_PEOPLE, SEGMENTS, lived, small, week_by_week

approx = pytest.approx
every_kind = pytest.mark.parametrize("kind", KINDS)


@dataclass(frozen=True)
class Week:
    """One week of a logged world: who was who before and after it, its row, its tally and its log."""

    number: int
    before: World
    after: World
    row: Record
    events: Any
    departures: Any

    @property
    def tally(self) -> Record:
        """What was counted this week."""
        return self.after.tally[0]

    @property
    def settings(self) -> Record:
        """The scenario's numbers."""
        return self.after.settings[0]

    @property
    def parameters(self) -> Record:
        """The parameters of behaviour."""
        return self.after.parameters[0]

    @property
    def plan(self) -> Record:
        """What was done and befell this week."""
        return self.after.plan[self.number - self.settings.first_week]

    @property
    def prices(self) -> Any:
        """The price of each encounter in the log: usual, for this segment, with this week's shocks and drift."""
        spend = self.after.segments.spend[self.events.segment]
        return self.settings.price * spend * self.plan.price * math.exp(self.after.organisation[0].price_drift)


def weeks_of(scenario: Scenario, seed: int = 1) -> Iterator[Week]:
    """Every week, with copies of what changes."""
    before: World | None = None
    number = 1 - scenario.warmup
    for world, row in week_by_week(scenario, seed, log=True):
        after = World(*(part.copy() for part in world))
        if before is not None:
            events, departures = after.events[: after.tally[0].events], after.departures[: after.tally[0].departures]
            yield Week(number, before, after, row, events, departures)
        before = after
        number += 1


def those(world: World, status: int) -> set[int]:
    """The people with this status."""
    return set(np.flatnonzero(world.customers.status == status).tolist())


@every_kind
def test_people_change_places_and_no_more(kind: str) -> None:
    """Customers, prospects and those with a rival are all people, and customers come and go one by one."""
    for week in weeks_of(small(KINDS[kind])):
        row, people = week.row, len(week.after.customers)
        were, are = those(week.before, CUSTOMER), those(week.after, CUSTOMER)

        assert people == row.customers + row.prospects + row.with_rival
        assert (len(are), len(those(week.after, PROSPECT))) == (row.customers, row.prospects)
        assert len(those(week.after, WITH_RIVAL)) == row.with_rival
        assert were - are == set(week.departures.customer.tolist())
        assert len(were - are) == len(week.departures) == week.tally.lost
        assert len(are - were) == row.acquired == week.tally.joined
        assert {week.number} >= set(week.departures.week.tolist())


@every_kind
def test_churn_counts_everybody_who_left(kind: str) -> None:
    """Churn is the yearly rate of those lost among the customers with whom the week began."""
    for week in weeks_of(small(KINDS[kind])):
        customers = len(those(week.before, CUSTOMER))

        assert 52.0 * week.tally.lost / customers == approx(week.row.churn)


def test_captive_clients_stay() -> None:
    """Who isn't free to leave never changes places, and who is does now and then."""
    weeks = list(weeks_of(small(KINDS["captive"], KINDS["on_the_move"])))
    captive = weeks[0].before.customers.free == 0
    moved = sum(week.after.customers.status != week.before.customers.status for week in weeks)

    assert 0 == moved[captive].sum()
    assert moved[~captive].sum() > 0


@every_kind
def test_seats_are_held_or_vacant(kind: str) -> None:
    """Employees come and go one by one, and every seat that is open has one employee or none."""
    for week in weeks_of(small(KINDS[kind])):
        row, before, status = week.row, week.before.employees.status, week.after.employees.status

        assert (status == EMPLOYED).sum() == row.employees == week.tally.employed
        assert (status == VACANT).sum() == row.vacancies
        assert week.tally.seats == row.employees + row.vacancies
        assert row.employees == (before == EMPLOYED).sum() + row.hires - row.quits


@every_kind
def test_hires_are_new_people(kind: str) -> None:
    """Who is hired this week is dated so, and everybody else stays who they were."""
    for week in weeks_of(small(KINDS[kind])):
        before, after = week.before.employees, week.after.employees
        newcomers = (after.status == EMPLOYED) & (after.hired_week == week.number)
        stayed = (before.status == EMPLOYED) & (after.status == EMPLOYED) & ~newcomers

        assert week.row.hires == newcomers.sum()
        assert (before.hired_week == after.hired_week)[stayed].all()
        assert (before.talent == after.talent)[stayed].all()
        assert week.row.quits == ((before.status == EMPLOYED) & ~stayed).sum()


def test_all_that_is_counted_happens() -> None:
    """None of these tests holds only because nothing happened: over all kinds everything is seen now and then."""
    tallies = [np.asarray(week.tally).copy() for kind in KINDS.values() for week in weeks_of(small(kind))]
    counted = {name: sum(float(np.sum(tally[name])) for tally in tallies) for name in tallies[0].dtype.names or ()}
    ends = [lived(small(kind)) for kind in KINDS.values()]

    assert {} == {name: total for name, total in counted.items() if total == 0.0}
    assert all(sum(recorded(end, 30)[name].sum() for end in ends) > 0 for name in ("vacancies", *COSTS))


@every_kind
def test_the_log_tells_what_the_row_sums(kind: str) -> None:
    """Each encounter is logged once, with a customer and an employee who were there, and sums to the row."""
    for week in weeks_of(small(KINDS[kind])):
        row, events = week.row, week.events
        number = len(events)

        assert number == row.encounters == len(set(events.customer.tolist()))
        assert number + row.turned_away == week.tally.visitors
        assert {week.number} >= set(events.week.tolist())
        assert those(week.before, CUSTOMER) >= set(events.customer.tolist())
        assert set(np.flatnonzero(week.before.employees.status == EMPLOYED).tolist()) >= set(events.employee.tolist())
        assert (week.before.customers.segment[events.customer] == events.segment).all()
        for name in ("performance", "effort"):
            assert events[name].sum() == approx(number and row[name] * number)
        for name, rate in (("failed", row.failure_rate), ("delighted", row.delight_rate)):
            assert events[name].sum() == approx(number and rate * number)
        assert (events.surprise > 0).sum() == approx(number and row.surprise_rate * number)


@every_kind
def test_the_log_tells_what_became_of_failures(kind: str) -> None:
    """Complaints, recoveries and their quality in the row are those of the failures in the log."""
    for week in weeks_of(small(KINDS[kind])):
        row, failed = week.row, week.events[week.events.failed == 1]
        recovered = failed[failed.recovered == 1]

        assert failed.voiced.sum() == approx(len(failed) and row.voice_rate * len(failed))
        assert len(recovered) == approx(len(failed) and row.recovery_rate * len(failed))
        assert recovered.recovery_quality.sum() == approx(len(recovered) and row.recovery_quality * len(recovered))
        assert recovered.recovery_satisfaction.sum() == approx(len(recovered) and row.felt_recovered * len(recovered))
        assert week.events[["voiced", "recovered", "bounced", "severity"]][week.events.failed == 0].tolist() == [
            (0, 0, 0, 0.0)
        ] * (len(week.events) - len(failed))


@every_kind
def test_customers_remember_what_the_log_tells(kind: str) -> None:
    """What the log says of the customer before is what the records held; what it says of after holds from then on."""
    for week in weeks_of(small(KINDS[kind])):
        events, who = week.events, week.events.customer

        assert (week.before.customers.satisfaction[who] == events.satisfaction_before).all()
        assert (week.before.customers.expectation[who] == events.expectation).all()
        assert (week.before.customers.failures[who] == events.prior_failures).all()
        assert (week.after.customers.satisfaction[who] == events.satisfaction_after).all()
        absent = np.setdiff1d(sorted(those(week.before, CUSTOMER) - set(week.departures.customer.tolist())), who)
        assert (week.before.customers.satisfaction[absent] == week.after.customers.satisfaction[absent]).all()


@every_kind
def test_teams_served_every_encounter(kind: str) -> None:
    """What leaders see of their teams' customers are all encounters of the week."""
    for week in weeks_of(small(KINDS[kind])):
        teams = week.after.employees.team[week.events.employee]
        expected = np.bincount(teams, minlength=len(week.after.leaders))

        assert expected.tolist() == week.after.leaders.team_served.tolist()


@every_kind
def test_every_message_is_heard_by_one(kind: str) -> None:
    """What people have in mind of hearsay is what faded from last week and this week's messages, no more."""
    for week in weeks_of(small(KINDS[kind])):
        kept = week.before.customers.hearsay.sum() * (1.0 - week.parameters.hearsay_fade)
        sent = week.row.messages_positive - week.row.messages_negative

        assert kept + sent == approx(week.after.customers.hearsay.sum(), abs=1e-9)


@every_kind
def test_revenue_comes_from_encounters(kind: str) -> None:
    """At the usual price and what quality adds; a non-profit has its budget and nothing else."""
    for week in weeks_of(small(KINDS[kind])):
        row, p = week.row, week.parameters
        content = np.clip((week.events.satisfaction_after - p.satisfaction_usual) / p.premium_full, 0.0, 1.0)
        willing = 0.5 + week.after.segments.pays_for_quality[week.events.segment]
        extra = week.prices * week.settings.premium * content * willing
        earned = (week.prices.sum(), extra.sum())
        granted = (week.settings.budget * week.before.organisation[0].budget_level, 0.0)

        expected = granted if week.settings.sector else earned
        assert expected == approx((row.revenue_usual, row.revenue_premium))
        assert row.revenue == row.revenue_usual + row.revenue_fees + row.revenue_premium


def test_fees_come_from_customers_not_from_contact() -> None:
    """Each customer pays the yearly fee by the week, however often there is contact; quality adds to it."""
    steady = {"churn_base": 0.0, "exit_dropped": 0.0, "join_base": 0.0, "unit_variance": 0.0}
    paying = {"economics.fee": 520.0, "economics.price": 0.0, "economics.premium": 0.0, "behaviour": steady}
    busy = {"shocks": [{"kind": "demand", "start": 1, "weeks": 8, "size": 1.0}]}
    for scenario in (small(paying), small(paying, busy)):
        for row in lived(scenario).weekly:
            assert 10.0 * row.customers == approx(row.revenue_fees)
            assert row.revenue == row.revenue_fees

    better = lived(small(paying, {"economics.premium": 0.2})).weekly
    assert 0.0 < better.revenue_premium.sum() <= 0.2 * 1.5 * better.revenue_fees.sum()


@every_kind
def test_every_cost_has_its_source(kind: str) -> None:
    """Pay for those employed, compensation for those who got it, rework, hires, newcomers; and the sum of all."""
    for week in weeks_of(small(KINDS[kind])):
        row, p, settings = week.row, week.parameters, week.settings
        recovered, failed = week.events.recovered == 1, week.events.failed == 1
        given = settings.compensation * (week.events.distributive * week.prices)[recovered].sum()
        rework = p.rework_recovered * recovered.sum() + p.rework_dropped * (failed & ~recovered).sum() + row.appeals

        assert row.employees * settings.pay == approx(row.cost_payroll)
        assert settings.overhead == row.cost_overhead
        assert given == approx(row.cost_compensation)
        assert rework * p.rework_cost * settings.price == approx(row.cost_rework)
        assert rework == approx(week.after.organisation[0].rework)
        assert row.hires * settings.replacement == approx(row.cost_hiring)
        assert row.acquired * settings.acquisition_cost == approx(row.cost_acquisition)
        assert sum(row[name] for name in COSTS) == approx(row.cost)
        assert row.revenue - row.cost == row.profit


@every_kind
def test_cash_is_all_profit_since_week_1(kind: str) -> None:
    """The warm-up neither earns nor costs."""
    world = lived(small(KINDS[kind]))
    rows = recorded(world, 30)

    assert np.cumsum(rows.profit).tolist() == rows.cash.tolist()
    assert {0.0} == set(world.weekly.cash[:4].tolist())


def test_investment_is_the_effort_that_was_planned() -> None:
    """Each unit of effort costs the same; where nothing is worked on or kept up, nothing is spent."""
    quick = {"block": "culture", "start": 2, "weeks": 10, "effort": 0.7, "upkeep": 0.0}
    other = {"block": "design", "start": 6, "weeks": 10, "effort": 0.2, "upkeep": 0.0}
    rows = recorded(lived(small(interventions=[quick, other])), 30)
    weekly = 0.05 * 8 * 42_000 / 52
    expected = [0.0] + [0.7] * 4 + [0.7 + 0.2] * 6 + [0.2] * 4 + [0.0] * 15

    assert [effort * weekly for effort in expected] == approx(rows.investment.tolist())


def test_a_budget_is_spent_to_the_cent() -> None:
    """What the weeks of an intervention cost is what was budgeted for it."""
    action = {"block": "design", "start": 3, "weeks": 12, "budget": 1500.0, "upkeep": 0.0}

    assert 1500.0 == approx(recorded(lived(small(interventions=[action])), 30).investment.sum())


def test_upkeep_of_an_earlier_end_does_not_outlive_a_later_one() -> None:
    """What the intervention that ended last says of upkeep holds, wherever it stands in the file."""
    first = {"block": "culture", "start": 1, "weeks": 5, "effort": 0.5, "upkeep": 1.0}
    second = {"block": "culture", "start": 10, "weeks": 5, "effort": 0.5, "upkeep": 0.0}
    plans = [lived(small(interventions=order)).plan.upkeep for order in ([first, second], [second, first])]

    k = BLOCKS.index("culture")
    assert plans[0].tolist() == plans[1].tolist()
    assert [1.0, 0.0] == plans[0][[12, 25], k].tolist()


def test_a_world_begins_with_whom_the_scenario_names() -> None:
    """Exactly as many customers, people and employees; parts of segments and rivals as chance has them."""
    scenario = small({"customers.active": 1234, "customers.prospects": 4321, "customers.segments": list(SEGMENTS)})
    before = next(weeks_of(scenario.with_({"organisation.employees": 77, "warmup": 1, "weeks": 1}))).before

    assert 5555 == len(before.customers)
    assert 0.3 == approx((before.customers.segment == 1).mean(), abs=0.03)
    assert 1234 == approx(len(those(before, CUSTOMER)), abs=40)
    assert 0.6 == approx(len(those(before, WITH_RIVAL)) / 4321, abs=0.04)


def test_nobody_is_served_by_nobody() -> None:
    """While no employee is there customers come in vain: no encounter, no revenue, nothing delivered."""
    alone = {"organisation": {"employees": 1, "leaders": 1}, "behaviour": {"quit_base": 0.2, "vacancy_weeks": 8.0}}
    without = [week for week in weeks_of(small(alone)) if not (week.before.employees.status == EMPLOYED).any()]

    assert len(without) > 8
    assert sum(week.row.turned_away for week in without) > 100
    for week in without:
        assert (0.0, 0.0) == (week.row.encounters, week.row.revenue)
        assert math.isnan(week.row.performance)
        assert week.before.organisation[0].delivered == week.after.organisation[0].delivered


def test_work_is_shared_by_all_who_are_there() -> None:
    """After a shrinkage the people in high seats serve as many customers as others do."""
    shrinking = {
        "weeks": 80,
        "organisation": {"employees": 20, "capacity": 40.0, "continuity": 0.0},
        "customers.active": 900,
        "behaviour": {"quit_base": 0.01, "staffing_lag": 4.0},
    }
    last = list(weeks_of(small(ONLY_PEOPLE, shrinking)))[-1]
    there = np.flatnonzero(last.before.employees.status == EMPLOYED)
    served = np.bincount(last.events.employee, minlength=len(last.before.employees))[there]

    assert len(there) < 12
    assert served.min() > 0.2 * served.mean()

"""How a world begins: everybody in place before the first week, by the same keyed luck as everything after."""

from agents.blocks import ENGAGEMENT, LEADERSHIP
from agents.building_blocks import align
from agents.customer import (
    CUSTOMER,
    PROSPECT,
    WITH_RIVAL,
    first_expectation,
    first_recovery_expectation,
    first_satisfaction,
)
from agents.employee import CLOSED, EMPLOYED
from agents.leader import coach
from agents.learning import settled_norm
from agents.mathematics import exp, log
from agents.organisation import listen, specify, tell
from agents.records import Record
from agents.rule import entry, rule
from agents.shapes import clip, log_odds, logistic, share
from simulation.leading import look_at_teams
from simulation.luck import (
    CUSTOMER_PERSON,
    CUSTOMER_PLACED,
    CUSTOMER_START,
    EMPLOYEE_PERSON,
    EMPLOYEE_START,
    LEADER_START,
    UNIT_START,
    four,
    normal,
)
from simulation.staffing import count_seats
from simulation.state import World

LONGEST_TENURE = 1560.0
NOBODY = -1


@entry
def populate(world: World, employees: int) -> None:
    """Put organisation, leaders, employees and customers in place. Records must be zeroed, settings filled."""
    found(world, employees)
    appoint_leaders(world)
    employ(world, employees)
    count_seats(world)
    look_at_teams(world)
    for leader in world.leaders:
        leader.coaching = coach(leader, 0.0, world.parameters[0])
    gather_customers(world)


@rule
def found(world: World, employees: int) -> None:
    """The organisation where it would come to rest with the maturity that it has."""
    organisation, p, settings = world.organisation[0], world.parameters[0], world.settings[0]
    align(organisation, p)
    gain = p.knowledge_gain * listen(organisation, p)
    organisation.knowledge = share(gain / max(gain + p.knowledge_decay, 1e-9))
    organisation.specification = specify(organisation, p)
    organisation.delivered = settings.expectation
    organisation.promise = share(settings.expectation + p.promise_habit + settings.promise)
    organisation.failing = p.failure_base
    organisation.standard = 1.0
    organisation.utilisation = settings.aim
    organisation.strain = settings.aim
    organisation.staff_wanted = float(employees)
    organisation.reputation = p.reputation_usual
    organisation.trust = settings.satisfaction
    organisation.commissioner = p.commissioner_usual
    organisation.budget_level = 1.0
    organisation.retention = exp(-52.0 * p.churn_base)
    organisation.story = tell(organisation, p)
    settle_in_place(world)


@rule
def settle_in_place(world: World) -> None:
    """Where the unit lies: lasting differences from outside in demand, labour market, price and clientele.

    None by default; real units differ, so that correlations between them are loose [Harter, Schmidt & Hayes 2002].
    """
    organisation, p, settings = world.organisation[0], world.parameters[0], world.settings[0]
    demand, labour, price, site = four(settings.key, UNIT_START, 0, 0, 0)
    strength = p.unit_start * p.unit_variance
    organisation.demand_usual = clip(strength * p.unit_demand * normal(demand), -3.0, 3.0)
    organisation.labour_usual = clip(strength * p.unit_labour * normal(labour), -3.0, 3.0)
    organisation.price_usual = clip(strength * p.unit_price * normal(price), -3.0, 3.0)
    organisation.site = clip(strength * p.unit_site * normal(site), -0.5, 0.5)
    organisation.demand_drift = organisation.demand_usual
    organisation.labour_drift = organisation.labour_usual
    organisation.price_drift = organisation.price_usual


@rule
def appoint_leaders(world: World) -> None:
    """Leaders differ for good in style, and at first in belief."""
    organisation, p = world.organisation[0], world.parameters[0]
    block = organisation.block[LEADERSHIP]
    for n in range(world.leaders.shape[0]):
        leader = world.leaders[n]
        style, belief, _, _ = four(world.settings[0].key, LEADER_START, 0, n, 0)
        leader.trait = clip(p.style_sd * normal(style), -1.0, 1.0)
        leader.style = share(p.style_base + p.style_range * block + leader.trait)
        leader.belief = share(p.belief_base * (1.0 - p.belief_openness * block) + p.belief_sd * normal(belief))
        leader.norm = share(p.example_base + p.example_range * block + p.example_trait * leader.trait)
        leader.credibility = share(p.credibility_base + p.credibility_range * (0.5 * block + 0.5 * organisation.story))
        leader.team_satisfaction = world.settings[0].satisfaction
        leader.team_satisfaction_slow = world.settings[0].satisfaction


@rule
def employ(world: World, employees: int) -> None:
    """Fill the first seats with people of all tenures, as competent as their time here made them."""
    organisation, p, key = world.organisation[0], world.parameters[0], world.settings[0].key
    hr = organisation.block[ENGAGEMENT]
    first_week = world.settings[0].first_week
    for seat in range(world.employees.shape[0]):
        employee = world.employees[seat]
        employee.team = seat % world.leaders.shape[0]
        employee.status = CLOSED
        if seat >= employees:
            continue
        tenure, talent, norm, values = four(key, EMPLOYEE_START, 0, seat, 0)
        disposition, strain, _, _ = four(key, EMPLOYEE_PERSON, 0, seat, 0)
        leader = world.leaders[employee.team]
        served = min(LONGEST_TENURE, -log(tenure) / max(p.quit_base, 1e-4))
        employee.status = EMPLOYED
        employee.hired_week = first_week - int(served)
        employee.talent = clip(p.talent_sd * normal(talent), -1.0, 1.0)
        employee.disposition = clip(p.disposition_sd * normal(disposition), -1.0, 1.0)
        employee.strain = clip(p.strain_sd * normal(strain), -1.0, 1.0)
        ceiling = share(p.competence_ceiling + p.competence_hr * hr + employee.talent)
        newcomer = p.newcomer_competence + p.newcomer_hr * hr
        employee.competence = share(ceiling - (ceiling - newcomer) * exp(-p.learning_pace * served))
        employee.norm = share(settled_norm(leader, organisation, p) + p.norm_sd * normal(norm))
        employee.values_fit = share(p.values_base + p.newcomer_sd * normal(values))
        employee.autonomy = share(p.autonomy_base + p.autonomy_style * leader.style + 0.16)
        employee.engagement = share(0.56 + employee.disposition)
        employee.exhaustion = share(0.28 + employee.strain)
        employee.reflection = 0.25
        employee.feedback = p.feedback_usual


@rule
def status_at_start(world: World, i: int, chance: float) -> int:
    """Customers lie evenly among all people, exactly as many as the scenario says; the others by luck."""
    settings = world.settings[0]
    before = i * settings.active // settings.people
    after = (i + 1) * settings.active // settings.people
    if after > before:
        return CUSTOMER
    return WITH_RIVAL if chance < settings.rival_share else PROSPECT


@rule
def segment_of(world: World, chance: float) -> int:
    """The segment that a uniform draw falls into."""
    reached = 0.0
    for k in range(world.segments.shape[0] - 1):
        reached += world.segments[k].part
        if chance < reached:
            return k
    return world.segments.shape[0] - 1


@rule
def gather_customers(world: World) -> None:
    """Everybody in the market: who they are for good, and what customers think as the world begins."""
    settings, p = world.settings[0], world.parameters[0]
    for i in range(world.customers.shape[0]):
        person = world.customers[i]
        segment, demanding, lenient, free = four(settings.key, CUSTOMER_PERSON, 0, i, 0)
        placed, tenure, contact, fair = four(settings.key, CUSTOMER_PLACED, 0, i, 0)
        person.segment = segment_of(world, segment)
        usual = log_odds(world.segments[person.segment].demandingness)
        person.demandingness = logistic(usual + p.demandingness_sd * normal(demanding))
        person.leniency = clip(settings.leniency_sd * normal(lenient), -1.0, 1.0)
        person.fair_price = clip(p.fair_price_sd * normal(fair), -1.0, 1.0)
        person.free = 1 if free < settings.choice else 0
        person.status = status_at_start(world, i, placed)
        person.contact = NOBODY
        person.failed_kind = -1
        if person.status == CUSTOMER:
            served = min(LONGEST_TENURE, -log(tenure) / max(p.churn_base, 1e-4))
            person.joined_week = settings.first_week - int(served)
            meet_customer(world, person, i, contact)


@rule
def meet_customer(world: World, customer: Record, i: int, contact: float) -> None:
    """What somebody who is a customer already expects, feels and remembers."""
    settings, p = world.settings[0], world.parameters[0]
    expected, satisfied, bond, _ = four(settings.key, CUSTOMER_START, 0, i, 0)
    first_expectation(customer, settings.expectation, 0.0, normal(expected), settings.expectation_sd, p)
    customer.satisfaction = first_satisfaction(
        customer, settings.satisfaction, normal(satisfied), settings.satisfaction_sd, p
    )
    customer.bond = share(2.0 * p.bond_usual * bond)
    customer.novelty = 0.9
    customer.recovery_expectation = first_recovery_expectation(customer, p)
    seat = min(int(contact * world.tally[0].last_seat), world.tally[0].last_seat - 1)
    if settings.continuity > 0.0 and seat >= 0:
        customer.contact = seat
        customer.contact_hired = world.employees[seat].hired_week

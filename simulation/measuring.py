"""The week's row of indicators, from records and tally."""

from agents.employee import EMPLOYED
from agents.mathematics import normal_below
from agents.records import Record
from agents.rule import rule
from agents.shapes import share
from simulation.indicators import DISENGAGED_TO, EMPTY, ENGAGED_FROM
from simulation.state import World


@rule
def part(sum_of: float, number: float) -> float:
    """A mean, or EMPTY where there was nothing to average."""
    return sum_of / number if number > 0.0 else EMPTY


@rule
def measure(world: World, plan: Record, week: int) -> None:
    """Fill this week's row. The money columns are the ledger's."""
    row = world.weekly[week - world.settings[0].first_week]
    measure_organisation(world, row)
    measure_leaders(world, row)
    measure_employees(world, row)
    measure_encounters(world, row)
    measure_customers(world, plan, row)
    measure_market(world, row)
    measure_gaps(world, row)


@rule
def measure_organisation(world: World, row: Record) -> None:
    """Building blocks and what the organisation knows, promises and holds itself to."""
    organisation = world.organisation[0]
    row.designed_understanding = organisation.designed[0]
    row.lived_understanding = organisation.lived[0]
    row.designed_strategy = organisation.designed[1]
    row.lived_strategy = organisation.lived[1]
    row.designed_leadership = organisation.designed[2]
    row.lived_leadership = organisation.lived[2]
    row.designed_culture = organisation.designed[3]
    row.lived_culture = organisation.lived[3]
    row.designed_design = organisation.designed[4]
    row.lived_design = organisation.lived[4]
    row.designed_engagement = organisation.designed[5]
    row.lived_engagement = organisation.lived[5]
    row.designed_operations = organisation.designed[6]
    row.lived_operations = organisation.lived[6]
    row.designed_monitoring = organisation.designed[7]
    row.lived_monitoring = organisation.lived[7]
    row.designed_innovation = organisation.designed[8]
    row.lived_innovation = organisation.lived[8]
    row.alignment = organisation.alignment
    row.knowledge = organisation.knowledge
    row.adoption = organisation.adoption
    row.service_standard = organisation.standard
    row.utilisation = organisation.utilisation
    row.promise = organisation.promise
    row.story = organisation.story
    row.reputation = organisation.reputation


@rule
def measure_leaders(world: World, row: Record) -> None:
    """Means over leaders."""
    number = float(world.leaders.shape[0])
    style = 0.0
    belief = 0.0
    coaching = 0.0
    own = 0.0
    for leader in world.leaders:
        style += leader.style
        belief += leader.belief
        coaching += leader.coaching
        own += leader.self_managing
    row.leadership_style = style / number
    row.leadership_belief = belief / number
    row.coaching = coaching / number
    row.self_managing = own / number


@rule
def employee_promoters(engagement: float, p: Record) -> float:
    """Chance to be a promoter less chance to be a detractor, when asked 'would you advise a friend to work here'."""
    answer = 10.0 * (p.advise_base + p.advise_engagement * engagement)
    promoter = 1.0 - normal_below((8.5 - answer) / p.advise_noise)
    return promoter - normal_below((6.5 - answer) / p.advise_noise)


@rule
def measure_employees(world: World, row: Record) -> None:
    """Means over those employed as the week ends."""
    people = 0.0
    engagement = 0.0
    engaged = 0.0
    disengaged = 0.0
    recommend = 0.0
    autonomy = 0.0
    competence = 0.0
    exhaustion = 0.0
    ownership = 0.0
    adopters = 0.0
    values_fit = 0.0
    norm = 0.0
    reflection = 0.0
    for employee in world.employees:
        if employee.status != EMPLOYED:
            continue
        people += 1.0
        engagement += employee.engagement
        engaged += 1.0 if employee.engagement >= ENGAGED_FROM else 0.0
        disengaged += 1.0 if employee.engagement <= DISENGAGED_TO else 0.0
        recommend += employee_promoters(employee.engagement, world.parameters[0])
        autonomy += employee.autonomy
        competence += employee.competence
        exhaustion += employee.exhaustion
        ownership += employee.ownership
        adopters += employee.adopted
        values_fit += employee.values_fit
        norm += employee.norm
        reflection += employee.reflection
    row.employees = people
    row.vacancies = world.tally[0].seats - people
    row.engagement = part(engagement, people)
    row.share_engaged = part(engaged, people)
    row.share_disengaged = part(disengaged, people)
    row.enps = part(100.0 * recommend, people)
    row.autonomy = part(autonomy, people)
    row.competence = part(competence, people)
    row.exhaustion = part(exhaustion, people)
    row.ownership = ownership / adopters if adopters > 0.0 else 0.0
    row.values_fit = part(values_fit, people)
    row.service_norm = part(norm, people)
    row.reflection = part(reflection, people)
    row.quits = world.tally[0].quits
    row.hires = world.tally[0].hires
    row.turnover = 52.0 * row.quits / max(people, 1.0)


@rule
def measure_encounters(world: World, row: Record) -> None:
    """Means over this week's encounters."""
    tally = world.tally[0]
    number = tally.served
    row.encounters = number
    row.turned_away = tally.visitors - number
    row.performance = part(tally.performance, number)
    row.felt_welcome = part(tally.felt[0], number)
    row.felt_basics = part(tally.felt[1], number)
    row.felt_tailored = part(tally.felt[2], number)
    row.felt_unburdened = part(tally.felt[3], number)
    row.felt_amazed = part(tally.felt[4], number)
    row.felt_recovered = part(tally.recovery_satisfaction, tally.recovered)
    row.effort = part(tally.effort, number)
    row.delight_rate = part(tally.delighted, number)
    row.surprise_rate = part(tally.surprising, number)
    row.failure_rate = part(tally.failed, number)
    row.voice_rate = part(tally.voiced, tally.failed)
    row.recovery_rate = part(tally.recovered, tally.failed)
    row.recovery_quality = part(tally.recovery_quality, tally.recovered)


@rule
def measure_customers(world: World, plan: Record, row: Record) -> None:
    """Means over those who were customers when the week's choices were made."""
    tally, p = world.tally[0], world.parameters[0]
    row.satisfaction = part(tally.satisfaction, tally.active)
    row.expectation = part(tally.expectation, tally.active)
    row.desired = part(tally.desired, tally.active)
    row.bond = part(tally.bond, tally.active)
    row.loyalty = part(tally.loyalty, tally.active)
    row.nps = part(100.0 * (tally.promoters - tally.detractors), tally.active)
    row.churn = part(52.0 * tally.lost, tally.active + tally.dropped)
    row.acquired = tally.joined
    row.messages_positive = tally.praised
    row.messages_negative = tally.warned
    row.appeals = tally.appeals
    row.measured_satisfaction = part(tally.satisfaction, tally.active)
    if tally.active > 0.0:
        row.measured_satisfaction = share(row.measured_satisfaction + p.targets_inflation * plan.targets)


@rule
def measure_market(world: World, row: Record) -> None:
    """Who is with whom as the week ends."""
    tally = world.tally[0]
    row.customers = tally.customers
    row.prospects = tally.prospects
    row.with_rival = tally.rivals
    row.market_share = tally.customers / max(tally.customers + tally.rivals, 1.0)


@rule
def measure_gaps(world: World, row: Record) -> None:
    """The five gaps of SERVQUAL [Zeithaml, Berry & Parasuraman 1988]; delivery is the smoothed one."""
    organisation = world.organisation[0]
    row.gap_1 = 1.0 - organisation.knowledge
    row.gap_2 = row.desired - organisation.specification
    row.gap_3 = organisation.specification - organisation.delivered
    row.gap_4 = organisation.promise - organisation.delivered
    row.gap_5 = row.expectation - organisation.delivered

"""People's week: moods, learning, who leaves, who comes, and how many seats there are."""

from agents.employee import CLOSED, EMPLOYED, VACANT, engage, fit_values, hear_back, tire
from agents.learning import learn
from agents.mathematics import exp
from agents.records import Record
from agents.rule import rule
from agents.shapes import above
from agents.turnover import chance_to_quit, fits, welcome_newcomer
from agents.workload import want_staff
from simulation.leading import means_of_teams
from simulation.luck import EMPLOYEE_CHOICE, EMPLOYEE_MOOD, NEWCOMER_MORE, NEWCOMER_TRAITS, four, normal
from simulation.state import World

SEATS_PER_STEP = 50


@rule
def live_through(world: World, plan: Record, week: int) -> None:
    """Engagement, exhaustion, competence, values and felt feedback of every employee after this week."""
    organisation, p = world.organisation[0], world.parameters[0]
    everybody, _, _ = means_of_teams(world)
    for seat in range(world.employees.shape[0]):
        employee = world.employees[seat]
        if employee.status != EMPLOYED:
            continue
        leader = world.leaders[employee.team]
        peers = (1.0 - p.peers_between_teams) * leader.team_engagement + p.peers_between_teams * everybody
        spirits, tiredness, _, _ = four(world.settings[0].key, EMPLOYEE_MOOD, week, seat, 0)
        employee.feedback = hear_back(employee, plan.targets, p)
        employee.engagement = engage(employee, leader, organisation, peers, normal(spirits), p)
        employee.exhaustion = tire(employee, leader, organisation, normal(tiredness), p)
        employee.competence = learn(employee, leader, organisation, p)
        employee.values_fit = fit_values(employee, organisation, p)
        employee.misfit_weeks = 0 if fits(employee, p) else employee.misfit_weeks + 1


@rule
def show_leaders(world: World) -> None:
    """Leaders see how their team's customers fare, lately and over the year; this week's counts are cleared."""
    for leader in world.leaders:
        leader.team_served = 0.0
        leader.team_pleased = 0.0
    for employee in world.employees:
        if employee.status == EMPLOYED:
            world.leaders[employee.team].team_served += employee.served
            world.leaders[employee.team].team_pleased += employee.pleased
        employee.served = 0.0
        employee.pleased = 0.0
        employee.incivility = 0.0
    for leader in world.leaders:
        if leader.team_served > 0.0:
            seen = leader.team_pleased / leader.team_served
            leader.team_satisfaction += (seen - leader.team_satisfaction) / 8.0
            leader.team_satisfaction_slow += (seen - leader.team_satisfaction_slow) / 52.0


@rule
def leave(world: World, plan: Record, week: int) -> None:
    """Who quits, who is let go respectfully after failed coaching, who goes in a shock."""
    p, organisation, tally = world.parameters[0], world.organisation[0], world.tally[0]
    market = exp(organisation.labour_drift) * plan.labour_market
    for seat in range(world.employees.shape[0]):
        employee = world.employees[seat]
        if employee.status != EMPLOYED:
            continue
        leader = world.leaders[employee.team]
        _, quits, shocked, _ = four(world.settings[0].key, EMPLOYEE_CHOICE, week, seat, 0)
        tenure = float(week - employee.hired_week)
        gone = quits < chance_to_quit(employee, leader, market, tenure, p) or shocked < plan.staff
        if plan.respectful_exit == 1 and employee.misfit_weeks > p.misfit_patience:
            gone = True
        if gone:
            employee.status = VACANT
            employee.vacant_weeks = 0
            tally.quits += 1.0


@rule
def come(world: World, plan: Record, week: int) -> None:
    """Vacancies are filled after a delay that the labour market stretches; seat and week decide who comes."""
    p, organisation, settings = world.parameters[0], world.organisation[0], world.settings[0]
    delay = p.vacancy_weeks * exp(organisation.labour_drift) * plan.labour_market
    for seat in range(world.employees.shape[0]):
        employee = world.employees[seat]
        if employee.status != VACANT:
            continue
        employee.vacant_weeks += 1
        if plan.hiring_freeze >= 0.5 or employee.vacant_weeks <= delay:
            continue
        a, b, c, d = four(settings.key, NEWCOMER_TRAITS, week, seat, 0)
        e, f, _, _ = four(settings.key, NEWCOMER_MORE, week, seat, 0)
        bells = (normal(a), normal(b), normal(c), normal(d), normal(e), normal(f))
        welcome_newcomer(employee, organisation, week, bells, p)
        employee.status = EMPLOYED
        world.tally[0].hires += 1.0


@rule
def size_up(world: World, plan: Record) -> None:
    """Open or close seats: towards what the work asks for, after the delay of seeing and granting it.

    Nobody is dismissed: only vacant seats are closed.
    """
    p, organisation, tally = world.parameters[0], world.organisation[0], world.tally[0]
    if world.settings[0].elastic == 1:
        organisation.staff_wanted = want_staff(organisation, tally.employed, world.settings[0].aim, p)
    wanted = organisation.staff_wanted * plan.seats
    step = max(1, tally.seats // SEATS_PER_STEP)
    missing = int(above(wanted, float(tally.seats)))
    surplus = int(above(float(tally.seats), wanted))
    open_seats(world, min(missing, step))
    close_seats(world, min(surplus, step))


@rule
def open_seats(world: World, number: int) -> None:
    """Open this many closed seats, the first ones first."""
    left = number
    for employee in world.employees:
        if left <= 0:
            return
        if employee.status == CLOSED:
            employee.status = VACANT
            employee.vacant_weeks = 0
            left -= 1


@rule
def close_seats(world: World, number: int) -> None:
    """Close this many vacant seats, the last ones first."""
    left = number
    seat = world.employees.shape[0] - 1
    while left > 0 and seat >= 0:
        if world.employees[seat].status == VACANT:
            world.employees[seat].status = CLOSED
            left -= 1
        seat -= 1


@rule
def count_seats(world: World) -> None:
    """How many seats there are, and how many are held."""
    tally = world.tally[0]
    tally.seats = 0
    tally.last_seat = 0
    tally.employed = 0
    for seat in range(world.employees.shape[0]):
        employee = world.employees[seat]
        if employee.status != CLOSED:
            tally.seats += 1
            tally.last_seat = seat + 1
        if employee.status == EMPLOYED:
            tally.employed += 1

"""Leaders and teams: what leaders see of their teams, how their style moves, and how the new way spreads."""

from agents.adoption import chance_to_adopt, chance_to_relapse, grow_into, ownership_at_adoption
from agents.employee import EMPLOYED, take_room
from agents.leader import be_believed, believe, coach, let_go, manage_itself, set_example
from agents.learning import reflect, take_norm
from agents.records import Record
from agents.rule import rule
from agents.shapes import share
from simulation.luck import EMPLOYEE_CHOICE, EMPLOYEE_MOOD, four, normal
from simulation.state import World


@rule
def look_at_teams(world: World) -> None:
    """Each leader's picture of the team: size and means, as the week begins."""
    leaders = world.leaders
    for leader in leaders:
        leader.members = 0.0
        leader.team_engagement = 0.0
        leader.team_competence = 0.0
        leader.team_norm = 0.0
        leader.team_adoption = 0.0
        leader.team_commitment = 0.0
    for employee in world.employees:
        if employee.status == EMPLOYED:
            leader = leaders[employee.team]
            leader.members += 1.0
            leader.team_engagement += employee.engagement
            leader.team_competence += employee.competence
            leader.team_norm += employee.norm
            leader.team_adoption += employee.adopted
            leader.team_commitment += employee.adopted * employee.ownership
    for leader in leaders:
        if leader.members > 0.0:
            leader.team_engagement = share(leader.team_engagement / leader.members)
            leader.team_competence = share(leader.team_competence / leader.members)
            leader.team_norm = share(leader.team_norm / leader.members)
            leader.team_adoption = share(leader.team_adoption / leader.members)
            leader.team_commitment = share(leader.team_commitment / leader.members)


@rule
def lead(world: World, plan: Record) -> None:
    """Leaders let go or take control back, learn from it, set an example and coach."""
    organisation, p = world.organisation[0], world.parameters[0]
    for leader in world.leaders:
        leader.style = let_go(leader, organisation, p) if p.style_held < 0.0 else share(p.style_held)
        leader.belief = believe(leader, organisation, p)
        leader.norm = set_example(leader, organisation, p)
        leader.credibility = be_believed(leader, organisation, p)
        leader.self_managing = manage_itself(leader, plan.self_managing == 1, p)
        leader.coaching = coach(leader, plan.coaching, p)


@rule
def means_of_teams(world: World) -> tuple[float, float, float]:
    """Mean engagement, norm and commitment of all employees, as leaders see them."""
    people = 0.0
    engagement = 0.0
    norm = 0.0
    commitment = 0.0
    for leader in world.leaders:
        people += leader.members
        engagement += leader.members * leader.team_engagement
        norm += leader.members * leader.team_norm
        commitment += leader.members * leader.team_commitment
    if people <= 0.0:
        return 0.0, 0.0, 0.0
    return engagement / people, norm / people, commitment / people


@rule
def adopt_or_relapse(
    employee: Record, leader: Record, organisation: Record, peers: float, chance: float, p: Record
) -> None:
    """Take up the new way, or fall back from it, by one uniform draw."""
    if employee.adopted == 0:
        if chance < chance_to_adopt(employee, leader, organisation, peers, p):
            employee.adopted = 1
            employee.ownership = ownership_at_adoption(employee, leader, organisation, p)
    elif chance < chance_to_relapse(employee, leader, organisation, peers, p):
        employee.adopted = 0
        employee.ownership = 0.0
    else:
        employee.ownership = grow_into(employee, p)


@rule
def spread_the_new_way(world: World, plan: Record, week: int) -> None:
    """Adoption, room, reflection and norm of every employee; colleagues are seen as they were when the week began."""
    organisation, p = world.organisation[0], world.parameters[0]
    key = world.settings[0].key
    _, norm_of_all, everybody = means_of_teams(world)
    between = p.peers_between_teams
    adopted = 0.0
    people = 0.0
    for seat in range(world.employees.shape[0]):
        employee = world.employees[seat]
        if employee.status != EMPLOYED:
            continue
        leader = world.leaders[employee.team]
        peers = (1.0 - between) * leader.team_commitment + between * everybody
        chance, _, _, _ = four(key, EMPLOYEE_CHOICE, week, seat, 0)
        adopt_or_relapse(employee, leader, organisation, peers, chance, p)
        _, _, mood, _ = four(key, EMPLOYEE_MOOD, week, seat, 0)
        employee.autonomy = take_room(employee, leader, organisation, p)
        employee.reflection = reflect(employee, leader, organisation, plan.reflection, p)
        employee.norm = take_norm(employee, leader, organisation, norm_of_all, normal(mood), p)
        adopted += employee.adopted
        people += 1.0
    organisation.adoption = adopted / people if people > 0.0 else 0.0

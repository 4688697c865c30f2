"""Leaders and employees as plain Mesa agents: attributes, and a method for each thing that they do in a week."""

from typing import Any

import mesa

from agents.adoption import chance_to_adopt, chance_to_relapse, grow_into, ownership_at_adoption
from agents.employee import CLOSED, EMPLOYED, VACANT, engage, fit_values, hear_back, take_room, tire
from agents.leader import be_believed, believe, coach, let_go, manage_itself, set_example
from agents.learning import learn, reflect, take_norm
from agents.mathematics import exp
from agents.records import Record
from agents.shapes import share
from agents.turnover import chance_to_quit, fits, welcome_newcomer
from agents.workload import handles
from benchmarks.luck_arrays import four
from benchmarks.plain.things import fill
from simulation.luck import NEWCOMER_MORE, NEWCOMER_TRAITS, normal


class Leader(mesa.Agent):
    """A leader and the team."""

    model: Any
    team_satisfaction: float
    team_satisfaction_slow: float

    def __init__(self, model: Any, record: Record) -> None:
        super().__init__(model)
        fill(self, record)

    def look_up(self) -> None:
        """Before the team reports."""
        self.members = 0.0
        self.team_engagement = self.team_competence = self.team_norm = 0.0
        self.team_adoption = self.team_commitment = 0.0

    def sum_up(self) -> None:
        """After the team has reported."""
        if self.members > 0.0:
            self.team_engagement = share(self.team_engagement / self.members)
            self.team_competence = share(self.team_competence / self.members)
            self.team_norm = share(self.team_norm / self.members)
            self.team_adoption = share(self.team_adoption / self.members)
            self.team_commitment = share(self.team_commitment / self.members)

    def lead(self) -> None:
        """Let go or take back control, learn from it, set an example, coach."""
        firm, plan, p = self.model.firm, self.model.plan, self.model.p
        self.style = let_go(self, firm, p) if p.style_held < 0.0 else share(p.style_held)
        self.belief = believe(self, firm, p)
        self.norm = set_example(self, firm, p)
        self.credibility = be_believed(self, firm, p)
        self.self_managing = manage_itself(self, plan.self_managing == 1, p)
        self.coaching = coach(self, plan.coaching, p)

    def forget_customers(self) -> None:
        """Before employees tell how their customers fared."""
        self.team_served = self.team_pleased = 0.0

    def see_customers(self) -> None:
        """How customers fared, lately and over the year."""
        if self.team_served > 0.0:
            seen = self.team_pleased / self.team_served
            self.team_satisfaction += (seen - self.team_satisfaction) / 8.0
            self.team_satisfaction_slow += (seen - self.team_satisfaction_slow) / 52.0


class Employee(mesa.Agent):
    """A seat, and who holds it."""

    model: Any
    status: int
    team: int
    adopted: int
    hired_week: int
    vacant_weeks: int
    misfit_weeks: int
    served: float
    pleased: float

    def __init__(self, model: Any, record: Record, seat: int) -> None:
        super().__init__(model)
        fill(self, record)
        self.seat = seat

    @property
    def leader(self) -> Leader:
        """Who leads this seat's team."""
        found: Leader = self.model.teams[self.team]
        return found

    def report(self) -> None:
        """Let the leader see how one is."""
        if self.status == EMPLOYED:
            leader = self.leader
            leader.members += 1.0
            leader.team_engagement += self.engagement
            leader.team_competence += self.competence
            leader.team_norm += self.norm
            leader.team_adoption += self.adopted
            leader.team_commitment += self.adopted * self.ownership

    def change(self, norm_of_all: float, committed: float) -> None:
        """Take up the new way or fall back, take the room there is, reflect, take over the norm."""
        if self.status != EMPLOYED:
            return
        firm, plan, p, leader = self.model.firm, self.model.plan, self.model.p, self.leader
        peers = (1.0 - p.peers_between_teams) * leader.team_commitment + p.peers_between_teams * committed
        chance = self.model.choices[0][self.seat]
        if self.adopted == 0:
            if chance < chance_to_adopt(self, leader, firm, peers, p):
                self.adopted = 1
                self.ownership = ownership_at_adoption(self, leader, firm, p)
        elif chance < chance_to_relapse(self, leader, firm, peers, p):
            self.adopted = 0
            self.ownership = 0.0
        else:
            self.ownership = grow_into(self, p)
        self.autonomy = take_room(self, leader, firm, p)
        self.reflection = reflect(self, leader, firm, plan.reflection, p)
        self.norm = take_norm(self, leader, firm, norm_of_all, normal(self.model.moods[2][self.seat]), p)

    def offer(self) -> None:
        """Add what one can handle to what all can."""
        if self.status == EMPLOYED:
            self.model.tally.capacity += handles(self, self.leader, self.model.firm, self.model.p)

    def live(self, engagement_of_all: float) -> None:
        """Feedback, engagement, exhaustion, competence and values after this week."""
        if self.status != EMPLOYED:
            return
        firm, plan, p, leader = self.model.firm, self.model.plan, self.model.p, self.leader
        peers = (1.0 - p.peers_between_teams) * leader.team_engagement + p.peers_between_teams * engagement_of_all
        spirits, tiredness = self.model.moods[0][self.seat], self.model.moods[1][self.seat]
        self.feedback = hear_back(self, plan.targets, p)
        self.engagement = engage(self, leader, firm, peers, normal(spirits), p)
        self.exhaustion = tire(self, leader, firm, normal(tiredness), p)
        self.competence = learn(self, leader, firm, p)
        self.values_fit = fit_values(self, firm, p)
        self.misfit_weeks = 0 if fits(self, p) else self.misfit_weeks + 1

    def tell_of_customers(self) -> None:
        """Let the leader see how customers fared, and begin anew."""
        if self.status == EMPLOYED:
            self.leader.team_served += self.served
            self.leader.team_pleased += self.pleased
        self.served = self.pleased = self.incivility = 0.0

    def perhaps_leave(self) -> None:
        """Quit, be let go, or go in a shock."""
        if self.status != EMPLOYED:
            return
        model, plan, p = self.model, self.model.plan, self.model.p
        market = exp(model.firm.labour_drift) * plan.labour_market
        quits, shocked = model.choices[1][self.seat], model.choices[2][self.seat]
        tenure = float(model.week - self.hired_week)
        gone = quits < chance_to_quit(self, self.leader, market, tenure, p) or shocked < plan.staff
        if gone or (plan.respectful_exit == 1 and self.misfit_weeks > p.misfit_patience):
            self.status = VACANT
            self.vacant_weeks = 0
            model.tally.quits += 1.0

    def perhaps_be_filled(self) -> None:
        """Somebody new takes a seat that was vacant for long enough."""
        if self.status != VACANT:
            return
        model, plan, p = self.model, self.model.plan, self.model.p
        self.vacant_weeks += 1
        delay = p.vacancy_weeks * exp(model.firm.labour_drift) * plan.labour_market
        if plan.hiring_freeze >= 0.5 or self.vacant_weeks <= delay:
            return
        luck = four(model.key, NEWCOMER_TRAITS, model.week, self.seat)
        luck += four(model.key, NEWCOMER_MORE, model.week, self.seat)[:2]
        welcome_newcomer(self, model.firm, model.week, tuple(map(normal, luck)), p)
        self.status = EMPLOYED
        model.tally.hires += 1.0

    def open(self) -> None:
        """A closed seat becomes a vacancy."""
        self.status = VACANT
        self.vacant_weeks = 0

    def close(self) -> None:
        """A vacancy is given up."""
        self.status = CLOSED

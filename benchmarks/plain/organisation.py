"""The same organisation as a plain Mesa model: objects with attributes, `AgentSet.do`, no tricks and no traps.

A second account of the model: written anew by somebody who had read the first, it shares the behaviour rules, which
are plain Python where Python calls them. It begins where one of our worlds stands, and has the same luck;
so every number of every week must be the same. Draws that everybody has are made for all people at once by NumPy,
since asking for one at a time would cost plain Mesa more than all else: the comparison shall be fair.
"""

from time import thread_time
from types import SimpleNamespace
from typing import Final

import mesa
import numpy as np

from agents.blocks import INNOVATION, NUMBER_OF_BLOCKS
from agents.building_blocks import align, effort_for_target, live_up, pace_of_approach, strengthen
from agents.employee import CLOSED, EMPLOYED, VACANT
from agents.failure import failure_log_odds
from agents.mathematics import exp
from agents.organisation import drift, promise, specify, tell, understand
from agents.rival import (
    chance_to_choose_rival,
    chance_to_leave_rival,
    copy_novelty,
    improve_rival,
    rival_advantage,
)
from agents.shapes import above, clip, share
from agents.workload import erode, time_cut, want_staff
from benchmarks.luck_arrays import four, fours
from benchmarks.plain.books import Row, row_of
from benchmarks.plain.customer import Person
from benchmarks.plain.meeting import meet
from benchmarks.plain.staff import Employee, Leader
from benchmarks.plain.things import Tally, thing, total
from simulation.luck import (
    EMPLOYEE_CHOICE,
    EMPLOYEE_MOOD,
    FAILURE,
    JOIN,
    OUTSIDE,
    RENEWAL,
    SERVICE,
    STAY,
    TALK,
    VISIT,
    normal,
)
from simulation.state import World

MOST_UTILISATION: Final = 10.0

Lists = list[list[float]]


class PlainOrganisation(mesa.Model):  # type: ignore[type-arg, unused-ignore]  # generic in Mesa 3.5, not in 3.3
    """One organisation with its people, a week a step.

    world: where it begins; only read. weekly: a row of indicators a week lived. luck_seconds: processor seconds that
    went into draws for everybody.
    """

    def __init__(self, world: World, week: int) -> None:
        """week: the last week that the world has lived."""
        super().__init__(rng=1)
        self.week = week
        self.settings = thing(world.settings[0])
        self.key = int(self.settings.key)
        self.p = thing(world.parameters[0])
        self.firm = thing(world.organisation[0])
        self.plans = [thing(row) for row in world.plan]
        self.segments = [thing(row) for row in world.segments]
        self.teams = [Leader(self, row) for row in world.leaders]
        self.staff = [Employee(self, row, seat) for seat, row in enumerate(world.employees)]
        self.people = [Person(self, row, place) for place, row in enumerate(world.customers)]
        self.leaders = self.agents_by_type[Leader]
        self.employees = self.agents_by_type[Employee]
        self.customers = self.agents_by_type[Person]
        self.weekly: list[Row] = []
        self.luck_seconds = 0.0

    def step(self) -> None:
        """One week."""
        self.week += 1
        self.plan = self.plans[self.week - self.settings.first_week]
        self.tally = Tally()
        self.draw()
        self.change()
        self.lead()
        self.work()
        self.serve()
        self.customers.do("talk")
        self.market()
        self.live()
        self.staffing()
        self.weekly.append(row_of(self))

    def draw(self) -> None:
        """Everybody's luck of the week."""
        start = thread_time()
        people, seats = len(self.people), len(self.staff)
        self.visits, self.talks = self.luck(VISIT, people), self.luck(TALK, people)
        self.stays, self.joins = self.luck(STAY, people), self.luck(JOIN, people)
        self.choices, self.moods = self.luck(EMPLOYEE_CHOICE, seats), self.luck(EMPLOYEE_MOOD, seats)
        self.luck_seconds += thread_time() - start

    def luck(self, decision: int, number: int) -> Lists:
        """Four draws for each of so many."""
        return [draws.tolist() for draws in fours(self.key, decision, self.week, np.arange(number))]

    def change(self) -> None:
        """The outside world, the building blocks, and what is known, promised and told."""
        firm, p = self.firm, self.p
        for name, luck in zip(("demand", "labour", "price"), four(self.key, OUTSIDE, self.week, 0), strict=False):
            level, usual = getattr(firm, f"{name}_drift"), getattr(firm, f"{name}_usual")
            setattr(firm, f"{name}_drift", drift(level, usual, getattr(p, f"{name}_spread"), normal(luck), p))
        self.work_on_blocks()
        for k in range(NUMBER_OF_BLOCKS):
            firm.lived[k] = live_up(firm, k, p)
        align(firm, p)
        firm.knowledge = understand(firm, p)
        firm.specification = specify(firm, p)
        firm.promise = promise(firm, self.settings.promise + self.plan.promise, p)
        firm.story = tell(firm, p)

    def work_on_blocks(self) -> None:
        """Effort moves design, makes change intense, and costs."""
        firm, p, plan = self.firm, self.p, self.plan
        tried = down = up = gained = paper = kept = 0.0
        for k in range(NUMBER_OF_BLOCKS):
            pace = pace_of_approach(plan.top_down[k], plan.bottom_up[k], p)
            effort = plan.effort[k]
            if plan.target[k] >= 0.0:
                effort += effort_for_target(firm.designed[k], plan.target[k], plan.weeks_left[k], pace, p)
            effort = share(effort)
            begun = firm.designed_start[k]
            firm.designed[k] = strengthen(firm.designed[k], begun, effort, plan.upkeep[k], plan.routine, pace, p)
            tried += effort
            down += effort * plan.top_down[k]
            up += effort * plan.bottom_up[k]
            gained += above(firm.designed[k], begun)
            paper += above(begun, firm.lived_start[k])
            if firm.designed[k] > begun and effort < p.maintenance_effort:
                kept += p.maintenance_effort * plan.upkeep[k]
        firm.intensity = 1.0 - exp(-tried / p.intensity_scale)
        firm.top_down = down / tried if tried > 0.0 else 0.0
        firm.bottom_up = up / tried if tried > 0.0 else 0.0
        firm.pull = share((gained + (paper if tried > 0.0 else 0.0)) / p.adoption_scope + firm.intensity)
        firm.investment = (tried + kept + plan.coaching) * self.settings.effort_cost

    def lead(self) -> None:
        """Leaders look at their teams and lead; the new way, room and norm spread."""
        self.leaders.do("look_up")
        self.employees.do("report")
        self.leaders.do("sum_up")
        self.leaders.do("lead")
        self.employees.do("change", self.mean_of_teams("team_norm"), self.mean_of_teams("team_commitment"))
        here = [one.adopted for one in self.staff if one.status == EMPLOYED]
        self.firm.adoption = float(sum(here)) / len(here) if here else 0.0

    def mean_of_teams(self, name: str) -> float:
        """The mean of all employees, as leaders saw it."""
        members = total(one.members for one in self.teams)
        return total(one.members * getattr(one, name) for one in self.teams) / members if members > 0.0 else 0.0

    def work(self) -> None:
        """Who comes, whether people can handle it, and what that does to the standard."""
        firm, p = self.firm, self.p
        self.count_seats()
        self.visitors: list[Person] = []
        self.customers.do("perhaps_visit", self.plan.demand * exp(firm.demand_drift))
        self.employees.do("offer")
        capacity = self.tally.capacity * self.settings.capacity
        firm.utilisation = MOST_UTILISATION
        if capacity > 0.0:
            firm.utilisation = clip((len(self.visitors) + firm.rework) / capacity, 0.0, MOST_UTILISATION)
        firm.strain += (firm.utilisation - firm.strain) / p.strain_lag
        firm.standard = erode(firm, p)
        firm.thin = share(time_cut(firm))
        self.tally.price = self.plan.price * exp(firm.price_drift)
        self.tally.common_failure = failure_log_odds(firm, self.settings.handovers, self.plan.failures, p)

    def serve(self) -> None:
        """Every encounter of the week."""
        start = thread_time()
        places = np.array([one.place for one in self.visitors], np.int64)
        service, trouble = (
            [draws.tolist() for draws in fours(self.key, decision, self.week, places)]
            for decision in (SERVICE, FAILURE)
        )
        self.luck_seconds += thread_time() - start
        lucks = zip(zip(*service, strict=True), zip(*trouble, strict=True), strict=True)
        for customer, (good, bad) in zip(self.visitors, lucks, strict=True):
            meet(self, customer, good, bad)

    def market(self) -> None:
        """Who leaves and who comes, and what that does to reputation and rivals."""
        firm, p, tally = self.firm, self.p, self.tally
        bar = p.desired_drift + p.imitation_bar * firm.rival_novelty
        firm.market_bar = share(firm.market_bar + bar)
        rival = rival_advantage(firm, self.plan.rival, p)
        mood = SimpleNamespace(
            bar=bar,
            rival=rival,
            price=tally.price - 1.0,
            fade_bond=exp(-0.6931471805599453 / p.bond_half_life),
            fade_failures=exp(-1.0 / p.failure_memory),
            to_rival=chance_to_choose_rival(rival, p),
            from_rival=chance_to_leave_rival(rival, p),
            renewed=four(self.key, RENEWAL, self.week, 0)[0] < p.renewal_chance * firm.block[INNOVATION],
        )
        self.customers.do("choose", mood)
        messages = tally.praised + tally.warned
        if messages > 0.0:
            firm.reputation += (tally.praised / messages - firm.reputation) / p.reputation_lag
        if tally.served > 0.0:
            firm.failing += (tally.failed / tally.served - firm.failing) / p.reputation_lag
            firm.delivered += (tally.performance / tally.served - firm.delivered) / p.delivered_lag
            firm.rival_novelty = copy_novelty(firm, tally.surprising / tally.served, p)
        firm.rival_quality = improve_rival(firm, p)
        firm.rework = tally.rework + tally.appeals

    def live(self) -> None:
        """Moods, learning, and what leaders see of their teams' customers."""
        self.employees.do("live", self.mean_of_teams("team_engagement"))
        self.leaders.do("forget_customers")
        self.employees.do("tell_of_customers")
        self.leaders.do("see_customers")

    def staffing(self) -> None:
        """Who quits, who comes, how many seats there are."""
        firm, p = self.firm, self.p
        self.employees.do("perhaps_leave")
        self.employees.do("perhaps_be_filled")
        if self.settings.elastic == 1:
            firm.staff_wanted = want_staff(firm, self.employed, self.settings.aim, p)
        wanted = firm.staff_wanted * self.plan.seats
        step = max(1, self.seats // 50)
        closed = [one for one in self.staff if one.status == CLOSED]
        for one in closed[: min(int(above(wanted, self.seats)), step)]:
            one.open()
        vacant = [one for one in reversed(self.staff) if one.status == VACANT]
        for one in vacant[: min(int(above(self.seats, wanted)), step)]:
            one.close()
        self.count_seats()

    def count_seats(self) -> None:
        """How many seats there are, and how many are held."""
        open_seats = [one.seat for one in self.staff if one.status != CLOSED]
        self.seats = len(open_seats)
        self.last_seat = open_seats[-1] + 1 if open_seats else 0
        self.employed = sum(one.status == EMPLOYED for one in self.staff)

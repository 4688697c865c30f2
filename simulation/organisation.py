"""The organisation as a Mesa model: one step is one week of the same compiled world.

Only this file and `views.py` import Mesa. Mesa 3.3 makes "spawn" the process's way to start processes when it is
imported; that is left so, because its batch_run counts on it.
"""

from functools import partial
from pathlib import Path
from secrets import randbits
from typing import Any, ClassVar, Final

import mesa
import numpy as np

from agents.records import Record, empty
from scenarios.errors import Mistake, shown
from scenarios.loading import load
from scenarios.scenario import Scenario
from scenarios.table import LAST_WEEK
from simulation.indicators import EMPTY, INDICATORS, WEEKLY
from simulation.planning import plan_of
from simulation.roster import Roster
from simulation.views import Customer, Employee, Leader, View
from simulation.week import live_weeks
from simulation.world import begin, recorded, warm_up

ROOM: Final = 52
"""So many weeks are added when a model goes on beyond those that it was planned for."""

SEED_BITS: Final = 32


class Organisation(mesa.Model):  # type: ignore[type-arg, unused-ignore] # generic in Mesa 3.5, not in 3.3
    """One service organisation with its people and customers, a week a step.

    scenario: a scenario, or the name or path of one. rng: the seed, a whole number of at least 0; None takes one from
    the system, which `seed` then tells. replication: which of the seed's worlds. weeks: planned weeks (default: the
    scenario's), after which `running` is False; a model that is stepped on after that goes on in its scenario.
    Raises Mistake.

    description: the scenario (Mesa keeps the name `scenario` for itself). world: all records; ask for it anew after a
    step, for its plan may have grown. week: recorded weeks lived. indicators: the latest week's, by name; before week
    1 those of the warm-up. datacollector: collects every indicator every week; put your own in its place if you want
    more, and collect it in a `step` of your own.

    Agents (`agents`, `agents_by_type`, `agent_types`, `leaders`, `employees`, `customers`) are views on the records,
    made when first asked for, and kept up with everybody who comes or leaves. A subclass with kinds of agent of its
    own names them in leader_type, employee_type and customer_type. All chances come from the seed by keys, none from
    `model.random` or `model.rng`: whatever is drawn from those changes nobody's life.
    """

    leader_type: ClassVar[type[Leader]] = Leader
    employee_type: ClassVar[type[Employee]] = Employee
    customer_type: ClassVar[type[Customer]] = Customer

    def __init__(
        self, scenario: Scenario | str | Path, rng: int | None = None, replication: int = 0, weeks: int | None = None
    ) -> None:
        self.seed = randbits(SEED_BITS) if rng is None else whole("rng", rng, 0)
        super().__init__(rng=self.seed)
        self.description = scenario if isinstance(scenario, Scenario) else load(scenario)
        self.replication = whole("replication", replication, 0)
        self.weeks = self.description.weeks if weeks is None else whole("weeks", weeks, 1, LAST_WEEK)
        self.week = 0
        self.world = begin(self.description, self.seed, self.replication, self.weeks)
        warm_up(self.world)
        self.indicators = self._latest()
        self.agents_so_far = 0
        self._rosters: dict[type[View], Roster] = {}
        self._collector = mesa.DataCollector(model_reporters={name: partial(indicator, name) for name in INDICATORS})
        self.datacollector = self._collector

    def step(self) -> None:
        """Let one week pass, then keep agents and indicators up with it."""
        self._make_room()
        live_weeks(self.world, self.week + 1, self.week + 1)
        self.week += 1
        self.running = self.week < self.weeks
        self.indicators = self._latest()
        for roster in self._rosters.values():
            roster.keep_up()
        if self.datacollector is self._collector:
            self.datacollector.collect(self)

    def run(self, weeks: int | None = None) -> None:
        """Step so many weeks, or by default those of the plan that are left. Raises Mistake."""
        left = max(0, self.weeks - self.week)
        for _ in range(left if weeks is None else whole("weeks", weeks, 0)):
            self.step()

    @property
    def weekly(self) -> Record:
        """The weekly table so far: a record a recorded week, its fields named and defined by INDICATORS."""
        return recorded(self.world, self.week)

    @property
    def agents(self) -> Any:
        """Everybody: leaders, employees and present customers (AgentSet)."""
        self._see_all()
        return super().agents

    @agents.setter
    def agents(self, _agents: Any) -> None:
        raise AttributeError("agents are views on the world's records; they can't be replaced")

    @property
    def agents_by_type(self) -> Any:
        """Everybody, by kind of agent (dict of AgentSets)."""
        self._see_all()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """The kinds of agent."""
        return list(self.agents_by_type)

    @property
    def leaders(self) -> Any:
        """The leaders (AgentSet)."""
        return self._see(self.leader_type)

    @property
    def employees(self) -> Any:
        """Those employed now (AgentSet)."""
        return self._see(self.employee_type)

    @property
    def customers(self) -> Any:
        """The present customers (AgentSet)."""
        return self._see(self.customer_type)

    def leader_of(self, team: int) -> Leader:
        """The leader of this team."""
        return self._roster(self.leader_type).people[team]

    def _see_all(self) -> None:
        for kind in (self.leader_type, self.employee_type, self.customer_type):
            self._roster(kind)

    def _see(self, kind: type[View]) -> Any:
        """The agents of one kind."""
        self._roster(kind)
        found = super().agents_by_type.get(kind)
        return super().agents.select(at_most=0) if found is None else found

    def _roster(self, kind: type[View]) -> Roster:
        """Who of one kind is here; views of them are made if nobody asked for them before."""
        if kind not in self._rosters:
            self._rosters[kind] = Roster(self, kind, getattr(self.world, kind.array))
        return self._rosters[kind]

    def _latest(self) -> dict[str, float]:
        """The indicators of the latest week lived; not a number where none was."""
        row = self.week - int(self.world.settings[0].first_week)
        if row < 0:
            return dict.fromkeys(INDICATORS, EMPTY)
        return dict(zip(INDICATORS, self.world.weekly[row].item(), strict=True))

    def _make_room(self) -> None:
        """Lengthen the plan as the scenario would have it, and the weekly table, where both are full."""
        lived = self.description.warmup + self.week
        if lived < len(self.world.plan):
            return
        plan = plan_of(self.description, self.week + ROOM)
        weekly = empty(WEEKLY, len(plan))
        plan[:lived], weekly[:lived] = self.world.plan, self.world.weekly
        self.world = self.world._replace(plan=plan, weekly=weekly)


def indicator(name: str, model: Organisation) -> float:
    """An indicator of the model's latest week."""
    return model.indicators[name]


def whole(name: str, value: Any, least: int, most: int | None = None) -> int:
    """The value as a plain whole number. Raises Mistake."""
    if isinstance(value, (int, np.integer)) and least <= value <= (value if most is None else most):
        return int(value)
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    raise Mistake(f"can't be {shown(value)}", name, f"a whole number {bounds}")

"""Employees, leaders and customers as Mesa agents: views on their records, which stay where the compiled week is.

An attribute reads and writes the record itself, so what is set between two steps counts in the next week.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

import mesa
import numpy as np

from agents import customer, employee, leader
from agents.records import Column
from scenarios.errors import Mistake, did_you_mean, shown
from simulation.roster import ABSENT, Columns, Gone, Roster
from simulation.serving import depart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.organisation import Organisation

ADDED_BY_MESA: Final = frozenset({"model", "unique_id", "pos"})


class NumbersOfModel:
    """Counts agents in the model itself.

    Mesa 3.3 counts in a table of the class, which keeps every model that ever had an agent for as long as the
    process lives; later versions don't look here.
    """

    def __getitem__(self, model: "Organisation") -> "Iterator[int]":
        model.agents_so_far += 1
        return iter((model.agents_so_far,))


def attribute(column: Column, *, fixed: bool) -> property:
    """A column as a property of a view, with unit, range and type in its documentation."""
    name = column.name

    def read(view: "View") -> float:
        value: float = view.roster.columns[name].item(view.place)
        return value

    def write(view: "View", value: float) -> None:
        if fixed:
            raise AttributeError(f"{type(view).__name__}.{name} can't be set: it says who is here. remove() lets go")
        view.roster.columns[name][view.place] = view.checked(column, value)

    form = "whole number" if column.is_whole else "float"
    read_only = ", read-only" if fixed else ""
    text = f"{column.meaning} ({column.unit}; {form} from {column.low:g} to {column.high:g}{read_only})"
    return property(read, write, doc=text[:1].upper() + text[1:])


class View(mesa.Agent):  # type: ignore[type-arg, unused-ignore] # generic in Mesa 3.5, not in 3.3
    """One person, as a Mesa agent. Made by the model when somebody asks for agents, never by hand.

    place: row of the person's record in the world's array (an employee's seat, a leader's team, a customer's number).
    Once the person has left, reading or writing raises Mistake.
    """

    array: ClassVar[str] = ""
    """Name of the world's array that holds the records."""

    refers_to: ClassVar[Mapping[str, str]] = {}
    """Columns that number the records of another array of the world."""

    model: "Organisation"
    roster: Roster | Gone
    place: int
    _ids: Any = NumbersOfModel()

    def __init__(self, model: "Organisation", roster: Roster, place: int) -> None:
        vars(self).update(roster=roster, place=place)
        super().__init__(model)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(unknown(type(self), name))

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in ADDED_BY_MESA or name.startswith("_") or hasattr(type(self), name)):
            raise AttributeError(unknown(type(self), name))
        super().__setattr__(name, value)

    @classmethod
    def since(cls, columns: Columns) -> np.ndarray[Any, np.dtype[np.int32]]:
        """The week in which each place's present holder came; ABSENT where there is none."""
        raise NotImplementedError

    def leave(self) -> None:
        """Change the record as when this person leaves."""
        raise NotImplementedError

    def remove(self) -> None:
        """Let this person leave, now: an employee's seat becomes vacant, a customer becomes a prospect.

        Not counted among the week's quits or churn. Raises Mistake for a leader.
        """
        if isinstance(self.roster, Roster):
            self.leave()
            self.roster.keep_up()

    def detach(self) -> None:
        """Let go of the record, and be no agent of the model any more."""
        super().remove()
        vars(self)["roster"] = Gone()

    def checked(self, column: Column, value: float) -> float:
        """The value, if this column may have it. Raises Mistake."""
        high = column.high
        if column.name in self.refers_to:
            high = len(getattr(self.model.world, self.refers_to[column.name])) - 1
        is_number = isinstance(value, (int, float, np.integer, np.floating))
        if is_number and column.low <= value <= high and (not column.is_whole or value == int(value)):
            return value
        form = "whole number" if column.is_whole else "number"
        allowed = f"a {form} from {column.low:g} to {high:g} ({column.unit})"
        raise Mistake(f"can't be {shown(value)}", f"{type(self).__name__}.{column.name}", allowed)


Kind = TypeVar("Kind", bound=type[View])


def on_records(array: str, columns: Sequence[Column], fixed: Sequence[str] = ()) -> Callable[[Kind], Kind]:
    """Give a kind of view the fields of this array of the world as attributes; the fixed ones can only be read."""

    def with_attributes(kind: Kind) -> Kind:
        kind.array = array
        for column in columns:
            setattr(kind, column.name, attribute(column, fixed=column.name in fixed))
        return kind

    return with_attributes


@on_records("leaders", leader.COLUMNS)
class Leader(View):
    """A leader: style, beliefs and time to coach. `place` is the number of the team."""

    style: float
    trait: float
    belief: float
    norm: float
    credibility: float
    coaching_hours: float
    coaching: float
    self_managing: float
    members: float
    team_engagement: float
    team_competence: float
    team_norm: float
    team_commitment: float
    team_adoption: float
    team_served: float
    team_pleased: float
    team_satisfaction: float
    team_satisfaction_slow: float

    @classmethod
    def since(cls, columns: Columns) -> np.ndarray[Any, np.dtype[np.int32]]:
        """Leaders are here from the beginning and stay."""
        return np.zeros(len(columns["style"]), np.int32)

    def leave(self) -> None:
        """Leaders stay. Raises Mistake."""
        raise Mistake("a leader can't be removed: the teams need theirs", hint="set organisation.leaders instead")

    @property
    def team(self) -> Any:
        """The employees whom this leader leads now (AgentSet)."""
        return self.model.employees.select(lambda member: member.team == self.place)


@on_records("employees", employee.COLUMNS, fixed=("status", "hired_week"))
class Employee(View):
    """A person at work here: engagement, exhaustion, competence, room to decide. `place` is the seat."""

    refers_to: ClassVar[Mapping[str, str]] = {"team": "leaders"}

    status: int
    team: int
    hired_week: int
    vacant_weeks: int
    adopted: int
    misfit_weeks: int
    engagement: float
    exhaustion: float
    competence: float
    autonomy: float
    norm: float
    values_fit: float
    ownership: float
    reflection: float
    feedback: float
    talent: float
    disposition: float
    strain: float
    served: float
    pleased: float
    incivility: float

    @classmethod
    def since(cls, columns: Columns) -> np.ndarray[Any, np.dtype[np.int32]]:
        """The week of hiring on seats that are held."""
        return np.where(columns["status"] == employee.EMPLOYED, columns["hired_week"], ABSENT)

    def leave(self) -> None:
        """The seat is vacant from now on."""
        self.roster.columns["status"][self.place] = employee.VACANT
        self.roster.columns["vacant_weeks"][self.place] = 0

    @property
    def leader(self) -> Leader:
        """Who leads this employee's team."""
        return self.model.leader_of(self.team)

    @property
    def tenure(self) -> int:
        """How long this employee has worked here (weeks)."""
        return self.model.week - self.hired_week


@on_records("customers", customer.COLUMNS, fixed=("status", "joined_week"))
class Customer(View):
    """A present customer: what is expected, felt and remembered. `place` is the customer's number.

    Prospects and a rival's customers have records too, in `model.world.customers`, but are no agents.
    """

    refers_to: ClassVar[Mapping[str, str]] = {"segment": "segments", "contact": "employees"}

    status: int
    segment: int
    contact: int
    contact_hired: int
    free: int
    joined_week: int
    failed_week: int
    failed_kind: int
    heard_good: int
    heard_bad: int
    demandingness: float
    leniency: float
    fair_price: float
    expectation: float
    desired: float
    tolerance: float
    satisfaction: float
    bond: float
    novelty: float
    failures: float
    recovery_expectation: float
    hearsay: float

    @classmethod
    def since(cls, columns: Columns) -> np.ndarray[Any, np.dtype[np.int32]]:
        """The week in which present customers became so."""
        return np.where(columns["status"] == customer.CUSTOMER, columns["joined_week"], ABSENT)

    def leave(self) -> None:
        """Back to the prospects, as after any departure."""
        depart(self.model.world, self.place, self.model.week, customer.PROSPECT)

    @property
    def segment_name(self) -> str:
        """Name of the customer's segment in the scenario."""
        return self.model.description.customers.segments[self.segment].name

    @property
    def tenure(self) -> int:
        """How long this customer has been one (weeks)."""
        return self.model.week - self.joined_week


def unknown(kind: type[View], name: str) -> str:
    """What to say of an attribute that there isn't."""
    message = f"{kind.__name__} has no attribute '{name}'"
    if name.startswith("_"):
        return message
    ours = kind.__mro__[: kind.__mro__.index(mesa.Agent)]
    known = [each for part in ours for each, value in vars(part).items() if isinstance(value, property)]
    nearest = did_you_mean(name, known)
    hint = f"; {nearest}" if nearest else "."
    return f"{message}{hint} Known: {', '.join(sorted(known))}"

"""Employees, leaders and customers are Mesa agents on demand: views that read and write their records."""

import gc
import weakref
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import customer, employee, leader
from agents.records import Column
from scenarios.errors import Mistake
from simulation.organisation import Organisation
from simulation.views import Customer, Employee, Leader, View
from tests.mesa_forms import different, employed, present, small

TABLES: dict[type[View], tuple[Column, ...]] = {
    Leader: leader.COLUMNS,
    Employee: employee.COLUMNS,
    Customer: customer.COLUMNS,
}
FIXED = {"status", "hired_week", "joined_week"}


@pytest.fixture(scope="module")
def model() -> Organisation:
    """A model whose agents are only looked at, or changed without living on."""
    return small()


def one(model: Organisation, kind: type[View]) -> Any:
    """Some agent of this kind."""
    return list(model.agents_by_type[kind])[1]


def agents_made_for(model: Organisation) -> list[View]:
    """All that are in memory; by type, since others' weak references complain when they are asked what they are."""
    views = (each for each in gc.get_objects() if issubclass(type(each), View))
    return [each for each in views if each.model is model]


def test_stepping_alone_makes_no_agents() -> None:
    """Who asks for no agents pays for none; they are made when somebody does."""
    model = small()
    model.run(3)

    assert [] == agents_made_for(model)
    assert 3 == len(model.leaders)
    assert {Leader} == {type(each) for each in agents_made_for(model)}


def test_agents_are_all_who_are_here(model: Organisation) -> None:
    """One agent a leader, an employed person and a present customer, each with a number of their own."""
    agents = list(model.agents)

    assert [Leader, Employee, Customer] == model.agent_types
    assert [*range(3)] == [each.place for each in model.leaders]
    assert employed(model.world) == {(each.place, each.hired_week) for each in model.employees}
    assert present(model.world) == {(each.place, each.joined_week) for each in model.customers}
    assert 3 + len(model.employees) + len(model.customers) == len(agents) == len({each.unique_id for each in agents})


@pytest.mark.parametrize("kind", TABLES)
def test_attributes_are_those_of_the_tables(model: Organisation, kind: type[View]) -> None:
    """Every column is a typed, documented attribute with the record's value."""
    agent = one(model, kind)
    record = getattr(model.world, kind.array)[agent.place]
    types = {True: int, False: float}

    assert {each.name: types[each.is_whole] for each in TABLES[kind]} == {
        name: form for name, form in kind.__annotations__.items() if name in record.dtype.names
    }
    for column in TABLES[kind]:
        assert record[column.name] == getattr(agent, column.name)
        assert types[column.is_whole] is type(getattr(agent, column.name))
        text = getattr(kind, column.name).__doc__
        assert column.unit in text
        assert column.meaning[1:] in text
        assert ("whole number" in text) == column.is_whole
        assert ("read-only" in text) == (column.name in FIXED)


@given(data=st.data())
def test_what_is_written_stands_in_the_record(model: Organisation, data: st.DataObject) -> None:
    """Any value in a column's range can be set, and stands in the record, there only."""
    kind = data.draw(st.sampled_from(list(TABLES)))
    column = data.draw(st.sampled_from([each for each in TABLES[kind] if each.name not in FIXED]))
    agent = one(model, kind)
    records = getattr(model.world, kind.array)
    high = {"team": 2, "segment": 1, "contact": len(model.world.employees) - 1}.get(column.name, column.high)
    values = st.integers(int(column.low), int(high)) if column.is_whole else st.floats(column.low, high)
    value, before = data.draw(values), records[column.name].tolist()

    setattr(agent, column.name, value)

    before[agent.place] = value
    assert before == records[column.name].tolist()
    assert value == getattr(agent, column.name)


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        (Employee, "engagement", 1.2, "Employee.engagement: can't be 1.2. Allowed: a number from 0 to 1 (share)"),
        (Employee, "engagement", float("nan"), "can't be nan"),
        (Employee, "engagement", "high", "can't be 'high'"),
        (Employee, "competence", 10**400, "can't be a number of too many digits"),
        (Employee, "adopted", 0.5, "Employee.adopted: can't be 0.5. Allowed: a whole number from 0 to 1 (yes or no)"),
        (Employee, "team", 3, "Employee.team: can't be 3. Allowed: a whole number from 0 to 2 (number)"),
        (Customer, "segment", 2, "Customer.segment: can't be 2. Allowed: a whole number from 0 to 1 (number)"),
        (Customer, "contact", 10**5, "can't be 100000. Allowed: a whole number from -1 to 31 (seat)"),
        (Leader, "style", None, "Leader.style: can't be None. Allowed: a number from 0 to 1 (share)"),
    ],
)
def test_what_the_record_can_not_hold_is_refused(
    model: Organisation, kind: type[View], name: str, value: Any, words: str
) -> None:
    """Outside the range, or a number of a team, segment or seat that there is not: said so, and nothing changed."""
    agent = one(model, kind)
    before = getattr(agent, name)
    with pytest.raises(Mistake) as told:
        setattr(agent, name, value)

    assert words in str(told.value)
    assert before == getattr(agent, name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Employee, "status"), (Employee, "hired_week"), (Customer, "status"), (Customer, "joined_week")],
)
def test_who_somebody_is_can_not_be_set(model: Organisation, kind: type[View], name: str) -> None:
    """Place and week of coming are the person."""
    with pytest.raises(AttributeError, match=f"{kind.__name__}.{name} can't be set"):
        setattr(one(model, kind), name, 1)


def test_unknown_attributes_name_the_known(model: Organisation) -> None:
    """Reading or setting what is not there is refused, so that a slip of the pen is never a silent nothing."""
    agent = one(model, Employee)
    for access in (lambda: agent.engagment, lambda: setattr(agent, "engagment", 0.9)):
        with pytest.raises(AttributeError) as told:
            access()
        assert "Employee has no attribute 'engagment'; did you mean 'engagement'? Known: adopted, " in str(told.value)
        assert {"leader", "tenure", "engagement"} < set(str(told.value).partition("Known: ")[2].split(", "))


def test_leaders_and_teams_know_each_other(model: Organisation) -> None:
    """Everybody employed has one leader, whose team holds them; who is moved changes leader at once."""
    moved = one(model, Employee)
    moved.team = 2

    assert all(each.leader.place == each.team for each in model.employees)
    assert moved in set(one_leader(model, 2).team)
    assert set(model.employees) == {member for each in model.leaders for member in each.team}
    assert len(model.employees) == sum(len(each.team) for each in model.leaders)


def one_leader(model: Organisation, place: int) -> Any:
    """The leader of this team."""
    return next(each for each in model.leaders if each.place == place)


def test_tenure_and_segment_are_told_in_words_of_the_field() -> None:
    """Weeks since coming, and the segment's name in the scenario."""
    model = small()
    oldest = min(model.employees, key=lambda each: each.hired_week)
    loyal = min(model.customers, key=lambda each: each.joined_week)
    tenures = oldest.tenure, loyal.tenure
    model.step()

    assert (-oldest.hired_week, -loyal.joined_week) == tenures
    assert (tenures[0] + 1, tenures[1] + 1) == (oldest.tenure, loyal.tenure)
    assert {0: "regulars", 1: "visitors"} == {each.segment: each.segment_name for each in model.customers}


def test_agents_keep_up_with_who_comes_and_leaves() -> None:
    """Week by week there is an agent for everybody who is here; a newcomer is a new agent, also on an old seat."""
    model = small()
    agents, staff, first = model.agents, model.employees, list(model.employees)
    numbers = {each.unique_id: each for each in agents}
    for _ in range(30):
        model.step()
        assert employed(model.world) == {(each.place, each.hired_week) for each in staff}
        assert present(model.world) == {(each.place, each.joined_week) for each in model.customers}
        assert len(agents) == 3 + len(staff) + len(model.customers)
        assert all(numbers.setdefault(each.unique_id, each) is each for each in agents)

    newcomers = [each for each in staff if each not in first]
    assert len(newcomers) > 0
    assert {each.place for each in newcomers} & {each.place for each in first}
    assert min(each.unique_id for each in newcomers) > max(each.unique_id for each in first)
    assert sum(isinstance(each, Customer) for each in numbers.values()) > len(model.customers)


@pytest.mark.parametrize(("kind", "came"), [(Employee, "hired_week"), (Customer, "joined_week")])
def test_the_week_of_coming_is_part_of_who_somebody_is(kind: type[View], came: str) -> None:
    """Where a record was left and taken again since agents were last looked after, its holder is another agent."""
    model = small()
    before = set(model.agents_by_type[kind])
    getattr(model.world, kind.array)[came] += 1
    model.step()

    assert set() == before & set(model.agents_by_type[kind])
    assert len(before) / 2 < len(model.agents_by_type[kind])


def test_keeping_up_changes_nobodys_life() -> None:
    """With agents that are only looked at, the world is the same to the bit."""
    watched, alone = small(), small()
    for _ in range(12):
        watched.agents.shuffle_do(lambda each: each.tenure if isinstance(each, Customer) else each.norm)
        watched.step()
        alone.step()

    assert [] == different(alone.world, watched.world)


def test_who_left_can_not_be_read_or_written() -> None:
    """Another person may hold that record now."""
    model = small()
    first = list(model.employees)
    model.run(20)
    left = next(each for each in first if each not in model.employees)

    for access in (lambda: left.engagement, lambda: setattr(left, "engagement", 0.5), lambda: left.leader):
        with pytest.raises(Mistake, match="this agent has left"):
            access()
    left.remove()
    assert employed(model.world) == {(each.place, each.hired_week) for each in model.employees}


def test_removed_people_leave_the_organisation() -> None:
    """Mesa's remove() makes a seat vacant or a customer a prospect, at once; leaders stay."""
    model = small()
    dismissed, lost = one(model, Employee), one(model, Customer)
    lost.bond = 0.4
    for each in (dismissed, lost):
        each.remove()
        assert each not in model.agents

    assert (employee.VACANT, 0) == model.world.employees[dismissed.place][["status", "vacant_weeks"]].item()
    assert (customer.PROSPECT, 0.0) == model.world.customers[lost.place][["status", "bond"]].item()
    with pytest.raises(Mistake, match=r"a leader can't be removed"):
        one(model, Leader).remove()
    model.step()
    assert employed(model.world) == {(each.place, each.hired_week) for each in model.employees}


def test_what_agents_do_counts_next_week() -> None:
    """A Mesa step of the user's own works on the records that the next week reads."""
    trained, alone, by_record = small(), small(), small()
    trained.employees.do(lambda each: setattr(each, "competence", 1.0))
    by_record.world.employees["competence"][by_record.world.employees["status"] == employee.EMPLOYED] = 1.0
    for model in (trained, alone, by_record):
        model.step()

    assert trained.indicators["competence"] > alone.indicators["competence"]
    assert trained.indicators["performance"] > alone.indicators["performance"]
    assert [] == different(by_record.world, trained.world)


class Trainee(Employee):
    """An employee with a habit and a note of the user's own."""

    lessons: int = 0

    def step(self) -> None:
        """Learn something on Friday afternoon."""
        self.competence = min(1.0, self.competence + 0.05)
        self.lessons += 1


class Academy(Organisation):
    """An organisation whose employees learn on their own account."""

    employee_type: ClassVar[type[Employee]] = Trainee

    def step(self) -> None:
        """Lessons, then the week."""
        self.agents.do("step")
        super().step()


def test_a_subclass_may_have_agents_of_its_own() -> None:
    """Kinds of agent with steps of their own, in Mesa's way; newcomers are of that kind too."""
    model, alone = Academy(small().description, rng=11), small()
    model.run(25)
    alone.run(25)

    assert {Trainee} == {type(each) for each in model.employees}
    assert 25 == max(model.employees.get("lessons"))
    assert 25 > min(model.employees.get("lessons"))
    assert model.indicators["competence"] > alone.indicators["competence"]


@pytest.mark.parametrize("asked", [False, True])
def test_a_model_is_freed(*, asked: bool) -> None:
    """Mesa 3.3 keeps models with agents for good; ours goes, whether or not it ever had agents."""
    model = small()
    if asked:
        model.agents.do(lambda each: each.unique_id)
    model.step()
    ghost = weakref.ref(model)
    del model
    gc.collect()

    assert ghost() is None

"""Mesa's own tools work on the organisation: AgentSet, DataCollector and batch_run."""

from inspect import signature
from typing import Any

import mesa
import numpy as np
import pytest

from agents.employee import EMPLOYED
from experiments.ensemble import run_ensemble
from simulation.indicators import INDICATORS
from simulation.organisation import Organisation
from simulation.views import Customer, Employee, Leader
from tests.mesa_forms import SEED, SMALL, different, same_bits, small


@pytest.fixture
def model() -> Organisation:
    """A model of which agents are asked."""
    return small()


def test_select_get_and_agg_read_the_records(model: Organisation) -> None:
    """What AgentSet tells is what the arrays hold."""
    world = model.world
    held = world.employees[world.employees["status"] == EMPLOYED]
    keen = model.employees.select(lambda each: each.engagement > 0.5)

    assert held["engagement"].tolist() == model.employees.get("engagement")
    assert held[["engagement", "team"]].tolist() == [
        tuple(each) for each in model.employees.get(["engagement", "team"])
    ]
    assert (held["norm"].min(), held["norm"].max()) == tuple(model.employees.agg("norm", [min, max]))
    assert (held["engagement"] > 0.5).sum() == len(keen)
    assert 3 == len(model.agents.select(agent_type=Leader))
    assert 5 == len(model.customers.select(at_most=5))


def test_set_writes_the_records(model: Organisation) -> None:
    """One value for everybody in the set, for nobody else."""
    before = model.world.customers["satisfaction"].copy()
    regulars = model.customers.select(lambda each: each.segment_name == "regulars")
    regulars.set("satisfaction", 0.25)

    changed = before != model.world.customers["satisfaction"]
    assert {each.place for each in regulars} == set(changed.nonzero()[0].tolist())
    assert {0.25} == set(regulars.get("satisfaction"))


def test_do_map_and_shuffle_do_reach_everybody(model: Organisation) -> None:
    """Each agent is reached once; in which order changes nothing that is only read."""
    reached: list[int] = []
    shuffled: list[int] = []
    model.agents.do(lambda each: reached.append(each.unique_id))
    model.agents.shuffle_do(lambda each: shuffled.append(each.unique_id))

    assert len(model.agents) == len(reached)
    assert reached != shuffled
    assert reached == sorted(shuffled)
    assert model.leaders.get("style") == model.leaders.map(lambda each: each.style)
    assert [] == different(small().world, model.world)


def test_groupby_and_sort(model: Organisation) -> None:
    """Groups by an attribute of the view, and order by one of the record."""
    teams = model.employees.groupby("team")
    segments = model.customers.groupby(lambda each: each.segment_name)
    by_norm = model.employees.sort("norm", ascending=True).get("norm")

    assert {each.place: len(each.team) for each in model.leaders} == teams.count()
    assert {"regulars", "visitors"} == set(segments.agg("satisfaction", max))
    assert sorted(by_norm) == by_norm


class Measured(Organisation):
    """An organisation with a data collector of the user's own, in Mesa's way."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "week": "week",
                "nps": lambda model: model.indicators["nps"],
                "staff": lambda model: len(model.employees),
            },
            agent_reporters={"satisfaction": lambda each: getattr(each, "satisfaction", None)},
            agenttype_reporters={Employee: {"engagement": "engagement", "team": "team"}},
        )

    def step(self) -> None:
        """A week, and what is to be kept of it."""
        super().step()
        self.datacollector.collect(self)


def test_data_collector_takes_model_and_agents() -> None:
    """Reporters on the model, on all agents and on one kind tell what the world holds."""
    model = Measured(SMALL, rng=SEED)
    model.run(6)
    of_model = model.datacollector.get_model_vars_dataframe()
    of_agents = model.datacollector.get_agent_vars_dataframe()
    of_staff = model.datacollector.get_agenttype_vars_dataframe(Employee)
    satisfied = of_agents.loc[6]["satisfaction"].dropna()

    assert [1, 2, 3, 4, 5, 6] == of_model["week"].tolist()
    assert model.weekly["nps"].tolist() == of_model["nps"].tolist()
    assert model.weekly["employees"].tolist() == of_model["staff"].tolist()
    assert model.customers.get("satisfaction") == satisfied.tolist()
    assert model.employees.get("unique_id") == of_staff.loc[6].index.tolist()
    assert model.employees.get("engagement") == of_staff.loc[6]["engagement"].tolist()
    assert 3 + model.weekly["employees"][0] + model.weekly["customers"][0] == len(of_agents.loc[1])


def test_every_indicator_is_collected_by_default() -> None:
    """A plain Organisation brings the weekly table as Mesa's model variables, without making agents."""
    model = small()
    model.run(5)
    collected = model.datacollector.get_model_vars_dataframe()

    assert list(INDICATORS) == list(collected)
    assert same_bits(collected.to_numpy(), model.weekly.view(("f8", len(INDICATORS))))


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run")
def test_batch_run() -> None:
    """Mesa's own runner sweeps scenarios and seeds, and its numbers are those of our own runner, to the bit."""
    scenarios = [SMALL, SMALL.with_(name="trained").strengthen("engagement", to=0.9, weeks=4)]
    parameters: dict[str, Any] = {"scenario": scenarios, "weeks": 4}
    settings: dict[str, Any] = {"data_collection_period": 1, "display_progress": False}
    batch_run: Any = mesa.batch_run
    if "rng" in signature(batch_run).parameters:
        rows = batch_run(Organisation, parameters, rng=[3, 4], **settings)
    else:
        rows = batch_run(Organisation, {**parameters, "rng": [3, 4]}, iterations=1, **settings)

    for each in scenarios:
        for seed in (3, 4):
            ours = run_ensemble(each, weeks=4, seed=seed).weekly
            theirs = [row for row in rows if (row["scenario"].name, row["rng"]) == (each.name, seed)]
            for name in INDICATORS:
                found = np.array([row[name] for row in theirs])
                assert same_bits(ours.column(name).to_numpy(), found), (each.name, seed, name)


def test_customers_of_a_kind_that_nobody_is_are_an_empty_set(model: Organisation) -> None:
    """When the last one has gone, or before the first, there is a set, and it is empty."""
    model.customers.do("remove")
    other = small()
    other.world.customers["status"] = 0

    assert 0 == len(model.customers) == len(model.agents_by_type[Customer])
    assert 0 == len(other.customers)
    assert 3 + len(other.employees) == len(other.agents)

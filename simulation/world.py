"""Making a world from a scenario and a seed, and letting it live. Needs neither Mesa nor tables."""

from typing import Any, Final

import numpy as np

from agents.ahead import AHEAD
from agents.blocks import BLOCKS
from agents.customer import CUSTOMER_RECORD, SEGMENT
from agents.employee import EMPLOYEE
from agents.encounter import ENCOUNTER
from agents.journey import weigh
from agents.leader import LEADER
from agents.organisation import COMMERCIAL, NONPROFIT, ORGANISATION
from agents.proposition import PROPOSITIONS, USUAL_WEIGHTS
from agents.records import Record, empty, like
from agents.registry import parameter_record
from scenarios.scenario import Scenario
from simulation.beginning import populate
from simulation.indicators import WEEKLY
from simulation.luck import DRAWN_TOGETHER, world_key
from simulation.planning import WEEKS_A_YEAR, plan_of, weekly_effort_cost
from simulation.state import BLOCK, DEPARTURE, ROWS, SETTINGS, TALLY, World
from simulation.week import live_weeks

SEATS_PER_EMPLOYEE: Final = 2
SPARE_SEATS: Final = 8
"""Room for growth: seats that can be opened at most."""

LIVING: Final = (
    *("organisation", "leaders", "employees", "customers", "tally", "encounter"),
    *("visitors", "roll", "luck", "minds", "who"),
)
"""The records that change as a world lives, but for its pages of the weekly table and its logs."""

PRINCIPLES: Final = ("welcome", "basics", "tailored", "unburdened", "amazed")


def begin(scenario: Scenario, seed: int, replication: int = 0, weeks: int | None = None, *, log: bool = False) -> World:
    """A world before its first week, warm-up included.

    seed and replication name its luck; weeks is how many recorded weeks it can live (default: the scenario's);
    log keeps an encounter log. Raises Mistake where the scenario asks for what can't be.
    """
    world = founded(scenario, seed, replication, weeks, log=log)
    populate(world, scenario.organisation.employees)
    return world


def founded(
    scenario: Scenario, seed: int, replication: int = 0, weeks: int | None = None, *, log: bool = False
) -> World:
    """A world with all that is laid down in advance, and nobody in it yet; the arguments are those of begin."""
    recorded = scenario.weeks if weeks is None else weeks
    plan = plan_of(scenario, recorded)
    parameters = parameter_record(scenario.behaviour_values())
    customers = scenario.customers
    seats = SEATS_PER_EMPLOYEE * scenario.organisation.employees + SPARE_SEATS
    people = customers.active + customers.prospects
    rows = people if log else 1
    world = World(
        settings=settings_of(scenario, seed, replication, log),
        parameters=parameters,
        plan=plan,
        organisation=organisation_of(scenario, parameters[0]),
        leaders=empty(LEADER, scenario.organisation.leaders),
        employees=empty(EMPLOYEE, seats),
        segments=empty(SEGMENT, len(customers.segments)),
        customers=empty(CUSTOMER_RECORD, people),
        tally=empty(TALLY, 1),
        encounter=empty(ENCOUNTER, 1),
        visitors=np.zeros(people + AHEAD, np.int32),
        roll=np.zeros((2, people + AHEAD), np.int32),
        luck=np.zeros((DRAWN_TOGETHER, 4, BLOCK), np.uint32),
        minds=np.zeros((len(ROWS), BLOCK)),
        who=np.zeros((2, BLOCK), np.int32),
        weekly=empty(WEEKLY, len(plan)),
        events=empty(ENCOUNTER, rows),
        departures=empty(DEPARTURE, rows),
    )
    world.leaders.coaching_hours = scenario.organisation.coaching_hours
    fill_segments(world, scenario)
    return world


def settings_of(scenario: Scenario, seed: int, replication: int, log: bool) -> Record:
    """The numbers of a scenario that hold all along."""
    organisation, customers, market, money = (
        scenario.organisation,
        scenario.customers,
        scenario.market,
        scenario.economics,
    )
    proposition = PROPOSITIONS[organisation.value_proposition]
    values: dict[str, Any] = {
        "key": world_key(seed, replication),
        "first_week": 1 - scenario.warmup,
        "log_events": int(log),
        "sector": NONPROFIT if organisation.sector == "nonprofit" else COMMERCIAL,
        "people": customers.active + customers.prospects,
        "active": customers.active,
        "contacts": market.contacts,
        "elastic": int(organisation.elastic_staffing),
        "random_contacts": market.random_contacts,
        "aim": organisation.utilisation,
        "capacity": organisation.capacity * proposition.capacity,
        "handovers": organisation.handovers,
        "continuity": min(1.0, organisation.continuity + proposition.continuity),
        "bond_factor": proposition.bond,
        "novelty_factor": proposition.novelty,
        "choice": customers.choice,
        "expectation": customers.expectation,
        "expectation_sd": customers.expectation_sd,
        "satisfaction": customers.satisfaction,
        "satisfaction_sd": customers.satisfaction_sd,
        "leniency_sd": customers.leniency_sd,
        "rival_share": market.rival_share,
        "promise": market.promise,
        "price": money.price,
        "fee": money.fee / WEEKS_A_YEAR,
        "pay": money.pay / WEEKS_A_YEAR,
        "overhead": money.overhead / WEEKS_A_YEAR,
        "budget": money.budget / WEEKS_A_YEAR,
        "effort_cost": weekly_effort_cost(scenario),
        "compensation": money.compensation,
        "replacement": money.replacement_cost * money.pay,
        "acquisition_cost": money.acquisition_cost,
        "premium": money.premium,
        "interest": money.interest,
    }
    settings = empty(SETTINGS, 1)  # zeros also between its numbers
    settings[0] = tuple(values[name] for name in SETTINGS.names or ())
    return settings


def organisation_of(scenario: Scenario, parameters: Record) -> Record:
    """The organisation's record with its maturity at the start and the pace of each block."""
    organisation = empty(ORGANISATION, 1)
    blocks = scenario.building_blocks
    organisation["designed"] = organisation["designed_start"] = blocks.designed()
    organisation["lived"] = organisation["lived_start"] = blocks.lived()
    organisation["lag"] = [parameters[f"lag_{block}"] for block in BLOCKS]
    organisation["people_share"] = [parameters[f"people_share_{block}"] for block in BLOCKS]
    organisation["rival_quality"] = scenario.market.rival_quality
    return organisation


def fill_segments(world: World, scenario: Scenario) -> None:
    """Segments, with weights that combine what is usual, the value proposition, the segment and the journey."""
    proposition = PROPOSITIONS[scenario.organisation.value_proposition]
    for record, segment in zip(world.segments, scenario.customers.segments, strict=True):
        record.part = segment.share
        record.demandingness = segment.demandingness
        record.visits = segment.visits
        record.spend = segment.spend
        record.voice = segment.voice
        record.pays_for_quality = segment.pays_for_quality
        own = [getattr(segment.weights, principle) for principle in PRINCIPLES]
        weights = zip(USUAL_WEIGHTS, proposition.weights, own, strict=True)
        record.weight[:] = [usual * proposed * chosen for usual, proposed, chosen in weights]
        weigh(record, world.parameters[0])


def warm_up(world: World) -> None:
    """Live the weeks before week 1; nothing of them is logged."""
    first = int(world.settings[0].first_week)
    logged = int(world.settings[0].log_events)
    world.settings[0].log_events = 0
    live_weeks(world, first, 0)
    world.settings[0].log_events = logged


def live_logged(world: World, first: int, last: int) -> tuple[Record, Record]:
    """Let weeks pass and take the encounter log and the departures along, week by week, so that room suffices."""
    events, departures = [], []
    tally = world.tally[0]
    for week in range(first, last + 1):
        tally.events = tally.departures = 0
        live_weeks(world, week, week)
        events.append(world.events[: tally.events].copy())
        departures.append(world.departures[: tally.departures].copy())
    tally.events = tally.departures = 0
    return np.concatenate(events), np.concatenate(departures)


def carry_over(warm: World, world: World) -> None:
    """Put a founded world where another one, warmed up under the very same conditions, stands in week 1."""
    for name in LIVING:
        getattr(world, name)[:] = getattr(warm, name)
    warmup = 1 - int(warm.settings[0].first_week)
    world.weekly[:warmup] = warm.weekly[:warmup]


def recorded(world: World, weeks: int) -> Record:
    """The rows of weeks 1 to `weeks`."""
    skip = 1 - int(world.settings[0].first_week)
    return world.weekly[skip : skip + weeks]


def copy(world: World) -> World:
    """A world that goes on by itself from here, with the same luck."""
    return World(*(like(part) if part.dtype.names else part.copy() for part in world))

"""The state of one world: its records, the settings and plan that it follows, and the week's tally."""

from typing import Any, Final, NamedTuple

from agents.blocks import NUMBER_OF_BLOCKS
from agents.records import Column, record_type

SETTING_COLUMNS: Final = (
    Column("key", 0, 2**64, "number", "key of this world's luck", kind="key"),
    Column("first_week", -1e6, 1e6, "week", "first week lived; week 1 is the first recorded", "whole"),
    Column("log_events", 0, 1, "yes or no", "keep the encounter log", "whole"),
    Column("sector", 0, 1, "code", "0 commercial, 1 non-profit", "whole"),
    Column("people", 0, 1e9, "people", "customers, prospects and rivals' customers together", "whole"),
    Column("active", 0, 1e9, "people", "customers at the start", "whole"),
    Column("contacts", 0, 64, "people", "contacts of each person", "whole"),
    Column("elastic", 0, 1, "yes or no", "seats follow work", "whole"),
    Column("random_contacts", 0, 1, "share", "contacts from anywhere instead of nearby"),
    Column("aim", 0.1, 2, "ratio", "utilisation that staffing aims at"),
    Column("capacity", 0, 1e6, "encounters a week", "what a usual employee handles"),
    Column("handovers", 0, 5, "handovers", "handovers an encounter in a functional structure"),
    Column("continuity", 0, 1, "share", "encounters with the own contact person"),
    Column("bond_factor", 0, 10, "factor", "how much delight binds under this value proposition"),
    Column("novelty_factor", 0, 10, "factor", "how fast novelty wears under this value proposition"),
    Column("choice", 0, 1, "share", "people free to leave"),
    Column("expectation", 0, 1, "performance", "typical expectation at the start"),
    Column("expectation_sd", 0, 1, "performance", "its spread"),
    Column("satisfaction", 0, 1, "share", "mean satisfaction at the start"),
    Column("satisfaction_sd", 0, 1, "share", "its spread"),
    Column("leniency_sd", 0, 1, "performance", "lasting differences in perception"),
    Column("rival_share", 0, 1, "share", "part of the others who are with a rival at the start"),
    Column("promise", -1, 1, "performance", "promise wanted above delivery"),
    Column("price", 0, 1e12, "euro", "usual price of an encounter"),
    Column("fee", 0, 1e12, "euro a week", "what a customer pays however often there is contact"),
    Column("pay", 0, 1e12, "euro a week", "weekly pay of an employee"),
    Column("overhead", 0, 1e12, "euro a week", "fixed cost"),
    Column("budget", 0, 1e12, "euro a week", "non-profit budget"),
    Column("effort_cost", 0, 1e12, "euro a week", "cost of effort 1"),
    Column("compensation", 0, 10, "share of price", "compensation at full distributive justice"),
    Column("replacement", 0, 1e12, "euro", "cost of a hire"),
    Column("acquisition_cost", 0, 1e12, "euro", "cost of a new customer"),
    Column("premium", 0, 1, "share", "most that satisfied customers pay extra"),
    Column("interest", 0, 1, "per year", "interest for customer lifetime value"),
)

PLAN_COLUMNS: Final = (
    Column("effort", 0, 1, "effort", "effort on each block", length=NUMBER_OF_BLOCKS),
    Column("upkeep", 0, 1, "share", "upkeep of what was gained", length=NUMBER_OF_BLOCKS),
    Column("target", -1, 1, "share", "designed maturity to reach, -1 none", length=NUMBER_OF_BLOCKS),
    Column("weeks_left", 0, 1e6, "weeks", "weeks in which to reach it", length=NUMBER_OF_BLOCKS),
    Column("top_down", 0, 1, "share", "direction in the approach", length=NUMBER_OF_BLOCKS),
    Column("bottom_up", 0, 1, "share", "involvement in the approach", length=NUMBER_OF_BLOCKS),
    Column("routine", 0, 1, "share", "upkeep of what was there"),
    Column("coaching", 0, 1, "share", "intensive guidance from outside"),
    Column("reflection", 0, 1, "share", "invitation to reflect"),
    Column("targets", 0, 1, "share", "scores used to judge people"),
    Column("self_managing", 0, 1, "yes or no", "teams are to lead themselves", "whole"),
    Column("respectful_exit", 0, 1, "yes or no", "misfits leave after failed coaching", "whole"),
    Column("demand", 0, 10, "ratio", "demand shock"),
    Column("price", 0, 10, "ratio", "price shock"),
    Column("staff", 0, 1, "share", "employees who leave at once"),
    Column("failures", -5, 5, "log odds", "failure shock"),
    Column("performance", -1, 1, "performance", "performance shock"),
    Column("surprise", 0, 1, "chance", "standing surprise that needs nobody"),
    Column("rival", -1, 1, "performance", "rival shock"),
    Column("labour_market", 0, 10, "ratio", "labour market shock"),
    Column("promise", -1, 1, "performance", "promise shock"),
    Column("seats", 0, 10, "ratio", "authorised seats over what staffing asks"),
    Column("hiring_freeze", 0, 1, "share", "no hiring from one half on"),
)

TALLY_COLUMNS: Final = (
    Column("visitors", 0, 1e9, "encounters", "encounters this week", "whole"),
    Column("on_roll", 0, 1e9, "people", "customers as the week begins", "whole"),
    Column("events", 0, 1e9, "rows", "rows in the encounter log so far", "whole"),
    Column("departures", 0, 1e9, "rows", "rows in the list of departures so far", "whole"),
    Column("seats", 0, 1e6, "seats", "seats open, held or vacant", "whole"),
    Column("last_seat", 0, 1e6, "seats", "records up to and with the last open seat", "whole"),
    Column("employed", 0, 1e6, "people", "employees", "whole"),
    Column("capacity", 0, 1e12, "encounters", "what all can handle this week"),
    Column("common_failure", -50, 50, "log odds", "part of failure odds that all share"),
    Column("price", 0, 1e3, "ratio", "price over the usual price"),
    *(
        Column(name, 0, 1e24, unit, meaning)
        for name, unit, meaning in (
            ("served", "encounters", "encounters that somebody was there for"),
            ("performance", "performance", "sum of performance perceived"),
            ("effort", "share", "sum of effort"),
            ("surprising", "encounters", "encounters with a surprise"),
            ("delighted", "encounters", "encounters that delighted"),
            ("failed", "encounters", "encounters with a failure"),
            ("voiced", "encounters", "failures that were complained about"),
            ("recovered", "encounters", "failures that were taken up"),
            ("recovery_quality", "share", "sum of recovery quality"),
            ("recovery_satisfaction", "share", "sum of satisfaction with recovery"),
            ("rework", "encounters", "extra work for next week"),
            ("appeals", "appeals", "appeals and repeated cases"),
            ("compensation", "euro", "compensation paid"),
            ("revenue_usual", "euro", "revenue at the usual price"),
            ("revenue_fees", "euro", "revenue from fees"),
            ("revenue_premium", "euro", "what quality brought on top"),
            ("active", "people", "customers asked this week"),
            ("satisfaction", "share", "sum of satisfaction"),
            ("expectation", "performance", "sum of expectation"),
            ("desired", "performance", "sum of what is wanted"),
            ("bond", "share", "sum of bonds"),
            ("loyalty", "chance", "sum of chances to stay a year"),
            ("promoters", "chance", "sum of chances to be a promoter"),
            ("detractors", "chance", "sum of chances to be a detractor"),
            ("lost", "people", "customers who left"),
            ("dropped", "people", "of whom at once, after a failure that nobody took up"),
            ("joined", "people", "customers who came"),
            ("customers", "people", "customers as the week ends"),
            ("prospects", "people", "prospects as the week ends"),
            ("rivals", "people", "people with a rival as the week ends"),
            ("praised", "messages", "positive messages"),
            ("warned", "messages", "negative messages"),
            ("quits", "people", "employees who left"),
            ("hires", "people", "employees who came"),
        )
    ),
    Column("felt", 0, 1e12, "share", "sums of what was felt on the five principles", length=5),
)

DEPARTURE_COLUMNS: Final = (
    Column("customer", 0, 1e9, "number", "who left", "whole"),
    Column("week", -1e6, 1e6, "week", "when", "whole"),
)

SETTINGS: Final = record_type(SETTING_COLUMNS)
PLAN: Final = record_type(PLAN_COLUMNS)
TALLY: Final = record_type(TALLY_COLUMNS)
DEPARTURE: Final = record_type(DEPARTURE_COLUMNS)

BLOCK: Final = 192
"""People who are taken at once, their draws and their choices: so many records stay at hand from first look to last."""

WHO, OF_SEGMENT = range(2)
"""Rows of `World.roll`."""

CUSTOMERS, OTHERS = range(2)
"""Rows of `World.who`."""

ROWS: Final = ("LEAVING", "ANSWER", "STAYING", "PROMOTER", "DETRACTOR", "JOINING", "COMING")
LEAVING, ANSWER, STAYING, PROMOTER, DETRACTOR, JOINING, COMING = range(7)
"""Rows of `World.minds`. Of each customer in a block: what they lean to, would answer on recommending, and the chances
that follow. Of each of the others: what they lean to, and the chance that follows."""


class World(NamedTuple):
    """All records of one replication. Every field is a record array; single records are arrays of one.

    plan and weekly hold one record a week lived, warm-up included; visitors is room for this week's customers, roll
    for the list of who is a customer as the week begins, and of which segment. luck, minds and who are room for one
    block of people: their draws, their choices, and who they are. events and departures are the encounter log and who
    left (one row of room where no log is kept).
    """

    settings: Any
    parameters: Any
    plan: Any
    organisation: Any
    leaders: Any
    employees: Any
    segments: Any
    customers: Any
    tally: Any
    encounter: Any
    visitors: Any
    roll: Any
    luck: Any
    minds: Any
    who: Any
    weekly: Any
    events: Any
    departures: Any


class Makers(NamedTuple):
    """The people and processes of a world that decide what an encounter is like; the same arrays as the world's."""

    organisation: Any
    leaders: Any
    employees: Any
    tally: Any


class Causes(NamedTuple):
    """Whose people and processes decide how often encounters fail, how failures are mended, and what surprises.

    They are the world's own; those of another world stand in where an effect is cut, to see what is left without it.
    """

    failures: Makers
    recovery: Makers
    surprises: Makers


def makers_of(world: World) -> Makers:
    """The people and processes of this world."""
    return Makers(world.organisation, world.leaders, world.employees, world.tally)

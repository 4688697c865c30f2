"""Evidence C16: what a good and a bad message do to choosing and to staying, and how many of each there are."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from agents.customer import CUSTOMER, CUSTOMER_RECORD, PROSPECT
from agents.organisation import ORGANISATION
from agents.records import Record, empty
from agents.registry import parameter_record
from experiments.one_person import chance_to_join, leaving_hazard
from experiments.validation.pattern import Arm, Pattern, Weeks, Worlds
from results.validation.estimates import exact, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LIVED: Final = "default"
YEAR: Final[Weeks] = (1, 52)
TENURE: Final = 104.0
"""Weeks that the customer of the rules' example has been one."""


def arms(base: Scenario) -> Mapping[str, Arm]:
    """A year of the default organisation."""
    return {LIVED: Arm(base.with_({"weeks": YEAR[1]}))}


def a_person(status: int, hearsay: float, p: Record) -> Any:
    """Somebody usual, with so many messages in mind, good less bad."""
    person = empty(CUSTOMER_RECORD, 1)[0]
    person.status, person.free, person.hearsay = status, 1, hearsay
    person.satisfaction, person.bond = p.satisfaction_usual, p.bond_usual
    return person


def choosing(base: Scenario, hearsay: float) -> float:
    """Weekly chance that a prospect with these messages in mind joins, by the rules."""
    p = parameter_record(base.behaviour_values())[0]
    organisation = empty(ORGANISATION, 1)[0]
    organisation.reputation = p.reputation_usual
    return float(chance_to_join(a_person(PROSPECT, hearsay, p), organisation, 0.0, 0.0, p))


def leaving(base: Scenario, hearsay: float) -> float:
    """Weekly hazard that a customer with these messages in mind leaves, by the rules."""
    p = parameter_record(base.behaviour_values())[0]
    return float(leaving_hazard(a_person(CUSTOMER, hearsay, p), TENURE, 0.0, 0.0, p))


def moved(base: Scenario, hearsay: float) -> tuple[float, float]:
    """What these messages do to choosing and to staying, in logs and without sign."""
    by_odds = np.log(choosing(base, hearsay) / choosing(base, 0.0))
    by_hazard = np.log(leaving(base, hearsay) / leaving(base, 0.0))
    return abs(float(by_odds)), abs(float(by_hazard))


def judge(worlds: Worlds) -> list[Part]:
    """By the rules one message each way; in the lived world how many there are."""
    base = worlds.base
    gained = choosing(base, 1.0) - choosing(base, 0.0)
    lost = choosing(base, 0.0) - choosing(base, -1.0)
    (good, good_stay), (bad, bad_stay) = moved(base, 1.0), moved(base, -1.0)
    said = [worlds.mean(LIVED, f"messages_{kind}", YEAR) for kind in ("positive", "negative")]
    return [
        Part(
            Said("one good message over one bad, on choosing", "een goed bericht over een slecht, op kiezen"),
            exact(gained / lost),
            low=1.0,
        ),
        Part(
            Said("good: effect on choosing over that on staying", "goed: effect op kiezen over dat op blijven"),
            exact(good / good_stay),
            low=1.5,
            high=2.5,
        ),
        Part(
            Said("bad: effect on choosing over that on staying", "slecht: effect op kiezen over dat op blijven"),
            exact(bad / bad_stay),
            low=3.5,
        ),
        Part(
            Said("good messages over bad ones, lived", "goede berichten over slechte, geleefd"),
            ratio_of(*said),
            low=2.0,
            high=4.0,
            decimals=1,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Effects of one message."""
    names = ("choosing", "kiezen"), ("staying", "blijven")
    labels = {1.0: ("good", "goed"), -1.0: ("bad", "slecht")}
    return Dots(
        ("What one message moves (log)", "Wat één bericht verschuift (log)"),
        {
            (f"{en}: {name_en}", f"{nl}: {name_nl}"): exact(value)
            for hearsay, (en, nl) in labels.items()
            for (name_en, name_nl), value in zip(names, moved(worlds.base, hearsay), strict=True)
        },
    )


PATTERN: Final = Pattern(
    id="C16",
    claim=Said(
        "A good message moves choosing at least as much as a bad one, and both move choosing more than staying.",
        "Een goed bericht verschuift kiezen minstens zoveel als een slecht, en beide verschuiven kiezen meer dan "
        "blijven.",
    ),
    grade="A",
    sources=(
        Source(
            "C16 East et al. 2008",
            "V",
            Said("and a later study: twice, over four times", "en een latere studie: tweemaal, ruim viermaal"),
        ),
        Source("C16 East et al.", "M", Said("good to bad about 3 to 1", "goed tot slecht ongeveer 3 op 1")),
    ),
    criterion=Said(
        "By the rules for a usual prospect and a usual customer: one good message moves the chance to choose at least "
        "as much as one bad one; a good one moves choosing 1.5 to 2.5 times as much as staying, a bad one over 3.5 "
        "times (in logs). In a year of the default organisation good messages are 2 to 4 times as many as bad ones.",
        "Volgens de regels voor een gewone prospect en een gewone klant: een goed bericht verschuift de kans om te "
        "kiezen minstens zoveel als een slecht; een goed verschuift kiezen 1,5 tot 2,5 keer zoveel als blijven, een "
        "slecht meer dan 3,5 keer (in logaritmen). In een jaar van de standaardorganisatie zijn er 2 tot 4 keer "
        "zoveel goede berichten als slechte.",
    ),
    note=Said(
        "Not held out: the sizes of the first three are parameters taken from the source.",
        "Niet apart gehouden: de groottes van de eerste drie zijn parameters uit de bron.",
    ),
    listed=False,
    arms=arms,
    judge=judge,
    draw=draw,
)

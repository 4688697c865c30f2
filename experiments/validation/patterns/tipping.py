"""Pattern 17: a new way spreads by itself once enough colleagues are committed to it, and relapses below that."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import numpy as np

from agents.blocks import BLOCKS
from agents.employee import EMPLOYED
from experiments.validation.organisations import small
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario
from simulation.state import World

FEW, MANY = 0.10, 0.40
"""Committed part of every team in week 1: below and above where the tip should lie."""

OWN, COMPLY = 0.7, 0.3
"""Ownership of those who are committed, and of those who merely comply."""

STARTS: Final = {"few": (FEW, OWN), "many": (MANY, OWN), "compliant": (MANY, COMPLY)}
PROGRAMME: Final = "programme"
EFFORT: Final = 0.10
"""On each of the nine blocks: together not quite what an organisation can do in a week."""

SLOW: Final[Weeks] = (1, 8)
STEEP: Final[Weeks] = (9, 26)
LATE: Final[Weeks] = (79, 104)
END: Final[Weeks] = (49, 52)
DESIGN: Final = 0.6
PEOPLE: Final = {
    "organisation.employees": 240,
    "organisation.leaders": 24,
    "organisation.capacity": 0.9,
    "customers.active": 750,
    "customers.prospects": 1000,
}
"""Many people, and customers enough to keep them as busy as usual: what counts here is what colleagues do."""


def committed(share: float, ownership: float, world: World) -> None:
    """There is much to adopt, and this part of every team already does so."""
    world.organisation["designed"][:] = DESIGN
    people = world.employees
    for team in range(len(world.leaders)):
        members = np.flatnonzero((people.team == team) & (people.status == EMPLOYED))
        chosen = members[: round(share * len(members))]
        people.adopted[chosen] = 1
        people.ownership[chosen] = ownership


def arms(base: Scenario) -> Mapping[str, Arm]:
    """A few who own it, many who own it, many who merely comply, none of them pushed; and a programme from nothing."""
    usual = small(base, LATE[1], PEOPLE)
    work = {"start": 1, "weeks": LATE[1], "effort": EFFORT, "approach": "combined"}
    pushed = usual.with_({"interventions": [{"block": block, **work} for block in BLOCKS]})
    starts = {name: Arm(usual, prepare=partial(committed, *start)) for name, start in STARTS.items()}
    return {**starts, PROGRAMME: Arm(pushed)}


def growth(worlds: Worlds, arm: str) -> Numbers:
    """Adoption a year later less that in the first week."""
    return worlds.mean(arm, "adoption", END) - worlds.mean(arm, "adoption", (1, 1))


def pace(worlds: Worlds, weeks: Weeks) -> Numbers:
    """Growth of adoption a week in the programme."""
    course = worlds.course(PROGRAMME, "adoption")
    return np.asarray((course[:, weeks[1] - 1] - course[:, weeks[0] - 1]) / (weeks[1] - weeks[0]))


def judge(worlds: Worlds) -> list[Part]:
    """The shape of growth, and on which side of the tip it goes which way."""
    steep = pace(worlds, STEEP)
    return [
        Part(
            Said("programme: growth a week, weeks 9-26 less 1-8", "programma: groei per week, week 9-26 min 1-8"),
            mean_of(steep - pace(worlds, SLOW)),
            low=0.0,
            strict=True,
            form="points",
        ),
        Part(
            Said("programme: growth a week, weeks 79-104 less 9-26", "programma: groei per week, week 79-104 min 9-26"),
            mean_of(pace(worlds, LATE) - steep),
            high=0.0,
            strict=True,
            form="points",
        ),
        Part(
            Said(
                "10% committed: adoption a year later less at the start", "10% betrokken: meedoen na een jaar min begin"
            ),
            mean_of(growth(worlds, "few")),
            high=0.0,
            strict=True,
            form="points",
            decimals=0,
        ),
        Part(
            Said("40% committed: the same", "40% betrokken: hetzelfde"),
            mean_of(growth(worlds, "many")),
            low=0.0,
            strict=True,
            form="points",
            decimals=0,
        ),
        Part(
            Said("40% merely complying: the same", "40% die alleen meegaan: hetzelfde"),
            mean_of(growth(worlds, "compliant")),
            form="points",
            decimals=0,
            judged=False,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Adoption over time."""
    labels = {
        PROGRAMME: ("programme", "programma"),
        "few": ("10% own it", "10% staat erachter"),
        "many": ("40% own it", "40% staat erachter"),
        "compliant": ("40% comply", "40% gaat mee"),
    }
    lines = {label: worlds.course(arm, "adoption") for arm, label in labels.items()}
    return Courses(("Adopted", "Doet mee"), lines, percent=True)


PATTERN: Final = Pattern(
    id="17",
    claim=Said(
        "A new way spreads along an S-curve once enough colleagues are committed to it; with fewer it relapses.",
        "Een nieuwe werkwijze verspreidt zich langs een S-curve als genoeg collega's erachter staan; met minder valt "
        "zij terug.",
    ),
    grade="B/U",
    sources=(
        Source(
            "D5 Centola et al. 2018",
            "V",
            Said(
                "194 people online; transfer to organisations unsure",
                "194 mensen online; overdracht naar organisaties onzeker",
            ),
        ),
    ),
    criterion=Said(
        "Two years of a combined programme (effort .10 on each of the nine blocks): adoption grows faster in weeks "
        "9-26 than in 1-8, and slower again in weeks 79-104. Without any programme, where there is much to adopt (all "
        "blocks designed at .6, lived at .4) and a part of each team owns it from the start (adopted, ownership .7): "
        "a year later adoption is lower than at the start with 10% committed, and higher with 40%, so that the tip "
        "lies where 15 to 30% is. 240 people in 24 teams.",
        "Twee jaar gecombineerd programma (inspanning ,10 op elk van de negen bouwstenen): meedoen groeit sneller in "
        "week 9-26 dan in 1-8, en weer langzamer in week 79-104. Zonder programma, waar veel over te nemen valt (alle "
        "bouwstenen ontworpen op ,6, geleefd op ,4) en een deel van elk team er vanaf het begin achter staat (doet "
        "mee, eigenaarschap ,7): na een jaar doen er minder mee dan aan het begin met 10% betrokkenen, en meer met "
        "40%, zodat het kantelpunt ligt waar 15 tot 30% ligt. 240 mensen in 24 teams.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

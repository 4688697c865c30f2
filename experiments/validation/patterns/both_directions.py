"""Evidence E5: engagement drives what customers feel, and what customers feel drives engagement."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import shock
from experiments.validation.pattern import Arm, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario
from simulation.state import World

USUAL, ENGAGED, PLEASED = "usual", "engaged", "pleased"
LIFT: Final = 0.15
LIVED: Final = 39
SOON: Final[Weeks] = (1, 13)
HALF: Final[Weeks] = (1, 26)


def engage_all(world: World) -> None:
    """Everybody is more engaged as the first week begins, for no reason within the model."""
    world.employees.engagement = (world.employees.engagement + LIFT).clip(0.0, 1.0)


def arms(base: Scenario) -> Mapping[str, Arm]:
    """More engaged people for no reason, and service felt as better for no reason."""
    usual = base.with_({"weeks": LIVED})
    pleased = usual.with_({"shocks": [shock("performance", 0.1, 1, HALF[1])]})
    return {USUAL: Arm(usual), ENGAGED: Arm(usual, prepare=engage_all), PLEASED: Arm(pleased)}


def judge(worlds: Worlds) -> list[Part]:
    """Each direction."""
    return [
        Part(
            Said("more engaged: satisfaction, weeks 1-13", "meer bevlogen: tevredenheid, week 1-13"),
            mean_of(worlds.change(ENGAGED, USUAL, "satisfaction", SOON)),
            low=0.0,
            strict=True,
            decimals=4,
        ),
        Part(
            Said("more engaged: turnover, weeks 1-13", "meer bevlogen: verloop, week 1-13"),
            mean_of(worlds.change(ENGAGED, USUAL, "turnover", SOON)),
            high=0.0,
            strict=True,
            form="points",
            decimals=1,
        ),
        Part(
            Said("better service felt: engagement, weeks 1-26", "betere service ervaren: bevlogenheid, week 1-26"),
            mean_of(worlds.change(PLEASED, USUAL, "engagement", HALF)),
            low=0.0,
            strict=True,
            decimals=4,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """What more engaged people do for customers."""
    labels = {USUAL: ("usual", "gewoon"), ENGAGED: ("more engaged", "meer bevlogen")}
    lines = {label: worlds.course(arm, "satisfaction") for arm, label in labels.items()}
    return Courses(("Satisfaction", "Tevredenheid"), lines)


PATTERN: Final = Pattern(
    id="E5",
    claim=Said(
        "Engagement drives results, and results drive engagement.",
        "Bevlogenheid drijft resultaten, en resultaten drijven bevlogenheid.",
    ),
    grade="A",
    sources=(
        Source(
            "E5 Harter et al. 2010", "V", Said("2,178 units: perceptions lead", "2.178 eenheden: beleving gaat voor")
        ),
        Source(
            "E5 Schneider et al. 2003", "M", Said("results drive engagement too", "resultaten drijven ook bevlogenheid")
        ),
    ),
    criterion=Said(
        "Everybody .15 more engaged in week 1 for no reason: more satisfaction and less turnover in weeks 1-13. "
        "Service felt as better by .1 for half a year for no merit of theirs: more engagement in weeks 1-26.",
        "Iedereen ,15 meer bevlogen in week 1 zonder reden: meer tevredenheid en minder verloop in week 1-13. Een "
        "half jaar service die ,1 beter wordt ervaren zonder hun verdienste: meer bevlogenheid in week 1-26.",
    ),
    note=Said(
        "Not held out: the rule of thanks stands on the second source.",
        "Niet apart gehouden: de regel van dank staat op de tweede bron.",
    ),
    listed=False,
    arms=arms,
    judge=judge,
    draw=draw,
)

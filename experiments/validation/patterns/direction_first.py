"""Pattern 12: directive leaders win while a team is new, empowering ones after a year."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.pattern import Arm, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario
from simulation.state import World

DIRECTIVE, EMPOWERING = "directive", "empowering"
STYLES: Final = {DIRECTIVE: 0.1, EMPOWERING: 0.8}
EARLY: Final[Weeks] = (1, 8)
LATE: Final[Weeks] = (53, 104)
NOVICE: Final = 0.35
INDICATORS: Final = {
    "performance": Said("performance as perceived", "prestatie zoals ervaren"),
    "satisfaction": Said("customers' satisfaction", "tevredenheid van klanten"),
}


def everybody_is_new(world: World) -> None:
    """All teams start: everybody is a novice, hired this week."""
    world.employees.competence = NOVICE
    world.employees.hired_week = 1


def arms(base: Scenario) -> Mapping[str, Arm]:
    """New teams under leaders whose style is held."""
    return {
        name: Arm(
            base.with_({"weeks": LATE[1], "warmup": 0, "behaviour": {**base.behaviour, "style_held": style}}),
            prepare=everybody_is_new,
        )
        for name, style in STYLES.items()
    }


def judge(worlds: Worlds) -> list[Part]:
    """Empowering less directive, early and late."""
    return [
        part
        for indicator, said in INDICATORS.items()
        for part in (
            Part(
                Said(
                    f"{said.en}, weeks 1-8: empowering less directive",
                    f"{said.nl}, week 1-8: ruimte gevend min sturend",
                ),
                mean_of(worlds.change(EMPOWERING, DIRECTIVE, indicator, EARLY)),
                high=0.0,
                strict=True,
                decimals=4,
            ),
            Part(
                Said(f"{said.en}, weeks 53-104: the same", f"{said.nl}, week 53-104: hetzelfde"),
                mean_of(worlds.change(EMPOWERING, DIRECTIVE, indicator, LATE)),
                low=0.0,
                strict=True,
                decimals=4,
            ),
        )
    ]


def draw(worlds: Worlds) -> Panel:
    """Performance over time."""
    labels = {DIRECTIVE: ("directive", "sturend"), EMPOWERING: ("empowering", "ruimte gevend")}
    lines = {label: worlds.course(arm, "performance") for arm, label in labels.items()}
    return Courses(("Performance as perceived", "Prestatie zoals ervaren"), lines, windows=[EARLY, LATE])


PATTERN: Final = Pattern(
    id="12",
    claim=Said(
        "Directive leaders win while a team is new; empowering ones win after a year.",
        "Sturende leiders winnen zolang een team nieuw is; leiders die ruimte geven winnen na een jaar.",
    ),
    grade="B",
    sources=(Source("E11 Lorinkova et al. 2013", "V"), Source("E12 Martin, Liao & Campbell 2013", "V")),
    criterion=Said(
        "In an organisation whose teams all start (everybody new, competence .35), performance and satisfaction are "
        "higher under leaders held at style .1 than at .8 in the first 8 weeks, and lower after 52 weeks (weeks "
        "53-104).",
        "In een organisatie waarvan alle teams beginnen (iedereen nieuw, bekwaamheid ,35) zijn prestatie en "
        "tevredenheid hoger onder leiders met stijl vast op ,1 dan op ,8 in de eerste 8 weken, en lager na 52 weken "
        "(week 53-104).",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

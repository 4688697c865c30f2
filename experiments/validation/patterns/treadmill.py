"""Pattern 7: a standing surprise wears off and becomes what is expected; renewal slows that."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import levels, shock
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds, over
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

STANDING: Final = 104
FIRST: Final[Weeks] = (1, 13)
LAST: Final[Weeks] = (79, 104)
AFTERWARDS: Final[Weeks] = (137, 149)
"""The quarter around nine months after it stopped."""

LIVED: Final = 149
NEVER, ALWAYS, RENEWED = "never", "always", "renewed"


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Never, for two years at half of all visits, and the same with strong innovation."""
    usual = base.with_({"weeks": LIVED})
    standing = usual.with_({"shocks": [shock("surprise", 0.45, 1, STANDING)]})
    return {
        NEVER: Arm(usual),
        ALWAYS: Arm(standing),
        RENEWED: Arm(standing.with_(levels(0.8, "innovation"))),
    }


def delight(worlds: Worlds, arm: str, weeks: Weeks) -> Numbers:
    """Delights a surprise."""
    return over(worlds.mean(arm, "delight_rate", weeks), worlds.mean(arm, "surprise_rate", weeks))


def kept(worlds: Worlds, arm: str) -> Numbers:
    """What is left of delight per surprise after two years, as a share of what it was."""
    return over(delight(worlds, arm, LAST), delight(worlds, arm, FIRST))


def judge(worlds: Worlds) -> list[Part]:
    """The fall, what is left afterwards, and what renewal saves."""
    return [
        Part(
            Said("visits with a surprise", "bezoeken met een verrassing"),
            mean_of(worlds.mean(ALWAYS, "surprise_rate", (1, STANDING))),
            low=0.45,
            high=0.55,
            form="percent",
            decimals=0,
        ),
        Part(
            Said("fall of delight per surprise", "daling van verrukking per verrassing"),
            mean_of(1.0 - kept(worlds, ALWAYS)),
            low=0.25,
            form="percent",
            decimals=0,
        ),
        Part(
            Said("satisfaction nine months after it stopped", "tevredenheid negen maanden na het einde"),
            mean_of(worlds.change(ALWAYS, NEVER, "satisfaction", AFTERWARDS)),
            high=0.0,
            strict=True,
            decimals=4,
        ),
        Part(
            Said("fall with innovation at .8 less fall without", "daling met innovatie op ,8 min daling zonder"),
            mean_of(kept(worlds, ALWAYS) - kept(worlds, RENEWED)),
            high=0.0,
            strict=True,
            form="points",
            decimals=0,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Delights per surprise while it stands."""
    labels = {ALWAYS: ("usual innovation", "gewone innovatie"), RENEWED: ("strong innovation", "sterke innovatie")}
    return Courses(
        ("Delights per surprise", "Verrukking per verrassing"),
        {label: by_surprise(worlds, arm)[:, :STANDING] for arm, label in labels.items()},
        windows=[FIRST, LAST],
        percent=True,
    )


def by_surprise(worlds: Worlds, arm: str) -> Numbers:
    """Delights a surprise, week by week."""
    return over(worlds.course(arm, "delight_rate"), worlds.course(arm, "surprise_rate"))


PATTERN: Final = Pattern(
    id="7",
    claim=Said(
        "A standing surprise delights ever less, and its end leaves customers less satisfied than if it had never "
        "begun.",
        "Een vaste verrassing verrukt steeds minder, en na het einde zijn klanten minder tevreden dan zonder.",
    ),
    grade="B",
    sources=(Source("C10 Rust & Oliver 2000", "V", Said("a mathematical model", "een wiskundig model")),),
    criterion=Said(
        "With a surprise standing for 104 weeks, at half of all visits (.45 on top of the usual tenth), delight per "
        "surprise falls by at least 25% (weeks 79-104 against 1-13); in the quarter around nine months after it "
        "stopped satisfaction is below that of the world in which it never started; and with innovation (B9) at .8 "
        "the fall is smaller.",
        "Met een verrassing die 104 weken blijft, bij de helft van alle bezoeken (,45 bovenop de gewone tiende), "
        "daalt verrukking per verrassing met minstens 25% (week 79-104 tegen 1-13); in het kwartaal rond negen "
        "maanden na het einde ligt tevredenheid onder die van de wereld waarin het nooit begon; en met innovatie (B9) "
        "op ,8 is de daling kleiner.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

"""Pattern 20: monitoring closes the knowledge gap, pays only when something is done with it, and can be misused."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import levels, stepping
from experiments.validation.pattern import Arm, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

WEAK, STRONG = 0.2, 0.8
ACTION: Final = ("design", "operations", "innovation")
AT_END: Final[Weeks] = (104, 104)
SECOND_YEAR: Final[Weeks] = (53, 104)
BLIND, SEEING, ACTING, CHASING = "blind", "seeing", "acting", "chasing"


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Monitoring from .2 to .8 in week 1: alone, with blocks that act on it, and with scores as targets."""
    usual = base.with_({**levels(WEAK, "monitoring"), "weeks": AT_END[1]})
    look = stepping(STRONG, "monitoring")
    return {
        BLIND: Arm(usual),
        SEEING: Arm(usual, prepare=look),
        ACTING: Arm(usual, prepare=stepping(STRONG, "monitoring", *ACTION)),
        CHASING: Arm(usual.with_({"programme.targets": 1.0, "programme.start": 1}), prepare=look),
    }


def judge(worlds: Worlds) -> list[Part]:
    """The gap, satisfaction without action beside that with it, and what targets do."""
    gap, seen = (worlds.mean(arm, "gap_1", AT_END) for arm in (BLIND, SEEING))
    alone, together = (worlds.change(arm, BLIND, "satisfaction", SECOND_YEAR) for arm in (SEEING, ACTING))
    return [
        Part(
            Said("fall of the knowledge gap, week 104", "daling van de kenniskloof, week 104"),
            ratio_of(gap - seen, gap),
            low=0.20,
            form="percent",
            decimals=1,
        ),
        Part(
            Said(
                "satisfaction gained alone over that with B5, B7, B9",
                "tevredenheid erbij, alleen over die met B5, B7, B9",
            ),
            ratio_of(alone, together),
            high=0.5,
            strict=True,
        ),
        Part(
            Said("satisfaction with targets less without", "tevredenheid met targets min zonder"),
            mean_of(worlds.change(CHASING, SEEING, "satisfaction", SECOND_YEAR)),
            high=0.0,
            strict=True,
            decimals=4,
        ),
        Part(
            Said("engagement with targets less without", "bevlogenheid met targets min zonder"),
            mean_of(worlds.change(CHASING, SEEING, "engagement", SECOND_YEAR)),
            high=0.0,
            strict=True,
            decimals=3,
            judged=False,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """The knowledge gap over time."""
    labels = {BLIND: ("monitoring at .2", "monitoring op ,2"), SEEING: ("at .8 from week 1", "op ,8 vanaf week 1")}
    lines = {label: worlds.course(arm, "gap_1") for arm, label in labels.items()}
    return Courses(("Knowledge gap (1 - K)", "Kenniskloof (1 - K)"), lines)


PATTERN: Final = Pattern(
    id="20",
    claim=Said(
        "Monitoring closes the knowledge gap, pays only when something is done with it, and harms when scores become "
        "targets.",
        "Monitoring sluit de kenniskloof, loont pas als er iets mee gebeurt, en schaadt als scores targets worden.",
    ),
    grade="S",
    sources=(
        Source("002, 004", "S", Said("gap 1 and block 8", "kloof 1 en bouwsteen 8")),
        Source("E25 Kluger & DeNisi 1996", "V"),
    ),
    criterion=Said(
        "Monitoring (B8) put from .2 to .8 in week 1: 1-K at least 20% lower in week 104; the gain in satisfaction of "
        "the second year is less than half of that with B5, B7 and B9 put at .8 too; and with scores used to judge "
        "people satisfaction is lower than without.",
        "Monitoring (B8) in week 1 van ,2 naar ,8: 1-K minstens 20% lager in week 104; de winst aan tevredenheid in "
        "het tweede jaar is minder dan de helft van die met ook B5, B7 en B9 op ,8; en met scores om mensen op te "
        "beoordelen is tevredenheid lager dan zonder.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

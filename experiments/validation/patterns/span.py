"""Evidence E18: a wide span of control costs satisfaction and staff, and weakens good leadership."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import levels
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

NARROW, WIDE, LED = "narrow", "wide", "+led"
LEADERS: Final = {NARROW: 6, WIDE: 2}
YEAR: Final[Weeks] = (1, 52)


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Six and two leaders for sixty people, with leadership at .4 and at .8."""
    return {
        f"{name}{added}": Arm(base.with_({"weeks": YEAR[1], "organisation.leaders": leaders, **changes}))
        for name, leaders in LEADERS.items()
        for added, changes in (("", {}), (LED, levels(0.8, "leadership")))
    }


def of_leading(worlds: Worlds, span: str) -> Numbers:
    """What good leadership adds to engagement at this span."""
    return worlds.change(f"{span}{LED}", span, "engagement", YEAR)


def judge(worlds: Worlds) -> list[Part]:
    """What the wide span does, and what is left of good leadership."""
    return [
        Part(
            Said("satisfaction: wide less narrow", "tevredenheid: breed min smal"),
            mean_of(worlds.change(WIDE, NARROW, "satisfaction", YEAR)),
            high=0.0,
            strict=True,
            decimals=4,
        ),
        Part(
            Said("turnover: wide less narrow", "verloop: breed min smal"),
            mean_of(worlds.change(WIDE, NARROW, "turnover", YEAR)),
            low=0.0,
            strict=True,
            form="points",
            decimals=1,
        ),
        Part(
            Said(
                "engagement from good leadership: wide less narrow",
                "bevlogenheid door goed leiderschap: breed min smal",
            ),
            mean_of(of_leading(worlds, WIDE) - of_leading(worlds, NARROW)),
            high=0.0,
            strict=True,
            decimals=3,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Engagement over time."""
    labels = {
        NARROW: ("10 a leader", "10 per leider"),
        f"{NARROW}{LED}": ("10, well led", "10, goed geleid"),
        WIDE: ("30 a leader", "30 per leider"),
        f"{WIDE}{LED}": ("30, well led", "30, goed geleid"),
    }
    lines = {label: worlds.course(arm, "engagement") for arm, label in labels.items()}
    return Courses(("Engagement", "Bevlogenheid"), lines)


PATTERN: Final = Pattern(
    id="E18",
    claim=Said(
        "A wide span of control costs satisfaction and staff, and weakens the effect of good leadership.",
        "Een brede span of control kost tevredenheid en mensen, en verzwakt het effect van goed leiderschap.",
    ),
    grade="B",
    sources=(Source("E18 Doran et al. 2004", "V"),),
    criterion=Said(
        "Two leaders instead of six for 60 people, one year: lower satisfaction and more turnover; and leadership "
        "(B3) at .8 instead of .4 adds less to engagement.",
        "Twee leiders in plaats van zes voor 60 mensen, een jaar: lagere tevredenheid en meer verloop; en leiderschap "
        "(B3) op ,8 in plaats van ,4 voegt minder toe aan bevlogenheid.",
    ),
    note=Said(
        "Not held out: the source gave the rule of span its form.",
        "Niet apart gehouden: de bron gaf de regel van de span zijn vorm.",
    ),
    listed=False,
    arms=arms,
    judge=judge,
    draw=draw,
)

"""Evidence D7: working on everything costs first and pays later."""

from collections.abc import Mapping
from typing import Final

from agents.blocks import BLOCKS
from experiments.validation.pattern import Arm, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

NOTHING, WORK = "nothing", "work"
EFFORT, PROGRAMME, LIVED = 0.33, 52, 156
FIRST: Final[Weeks] = (1, 13)
LAST: Final[Weeks] = (105, 156)
INDICATORS: Final = {
    "satisfaction": Said("satisfaction", "tevredenheid"),
    "profit": Said("profit a week", "winst per week"),
}


def arms(base: Scenario) -> Mapping[str, Arm]:
    """A year of combined work on all nine blocks, and nothing done."""
    usual = base.with_({"weeks": LIVED})
    work = {"start": 1, "weeks": PROGRAMME, "effort": EFFORT, "approach": "combined"}
    return {
        NOTHING: Arm(usual),
        WORK: Arm(usual.with_({"interventions": [{"block": block, **work} for block in BLOCKS]})),
    }


def judge(worlds: Worlds) -> list[Part]:
    """First below, at last above."""
    return [part for indicator, said in INDICATORS.items() for part in _both(worlds, indicator, said)]


def _both(worlds: Worlds, indicator: str, said: Said) -> tuple[Part, Part]:
    decimals = 0 if indicator == "profit" else 4
    return (
        Part(
            Said(f"{said.en}, weeks 1-13: beside nothing done", f"{said.nl}, week 1-13: naast niets doen"),
            mean_of(worlds.change(WORK, NOTHING, indicator, FIRST)),
            high=0.0,
            strict=True,
            decimals=decimals,
        ),
        Part(
            Said(f"{said.en}, third year: beside nothing done", f"{said.nl}, derde jaar: naast niets doen"),
            mean_of(worlds.change(WORK, NOTHING, indicator, LAST)),
            low=0.0,
            strict=True,
            decimals=decimals,
        ),
    )


def draw(worlds: Worlds) -> Panel:
    """Satisfaction over time."""
    labels = {NOTHING: ("nothing done", "niets gedaan"), WORK: ("all nine blocks", "alle negen")}
    lines = {label: worlds.course(arm, "satisfaction") for arm, label in labels.items()}
    return Courses(("Satisfaction", "Tevredenheid"), lines, windows=[FIRST, LAST])


PATTERN: Final = Pattern(
    id="D7",
    claim=Said(
        "Working on everything makes things worse before they get better.",
        "Aan alles werken maakt het eerst slechter en dan beter.",
    ),
    grade="B",
    sources=(Source("D7 Repenning & Sterman 2001, 2002", "V"),),
    criterion=Said(
        "A year of combined work on all nine blocks (effort .33 each), beside nothing done: satisfaction and profit "
        "are lower in the first 13 weeks and higher in the third year.",
        "Een jaar gecombineerd werk aan alle negen bouwstenen (inspanning ,33 elk), naast niets doen: tevredenheid en "
        "winst zijn lager in de eerste 13 weken en hoger in het derde jaar.",
    ),
    note=Said(
        "Not held out: the source gave the load of change its form.",
        "Niet apart gehouden: de bron gaf de last van verandering haar vorm.",
    ),
    listed=False,
    arms=arms,
    judge=judge,
    draw=draw,
)

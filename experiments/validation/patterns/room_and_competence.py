"""Pattern 11: room to decide helps competent people and harms those who are not."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import competence_of
from experiments.validation.pattern import Arm, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LITTLE, MUCH = 0.25, 0.80
NOVICES: Final = (0.35, 0.45)
EXPERTS: Final = (0.75, 0.85)
LATER: Final[Weeks] = (1, 52)


def name_of(competence: float, room: float) -> str:
    """Name of the arm."""
    return f"{competence} {room}"


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Everybody's competence and room held, in organisations that had the usual year of warm-up to staff for it."""
    held = {
        name_of(competence, room): {"competence_held": competence, "autonomy_held": room}
        for competence in (*NOVICES, *EXPERTS)
        for room in (LITTLE, MUCH)
    }
    return {
        name: Arm(base.with_({"weeks": LATER[1], "behaviour": {**base.behaviour, **values}}))
        for name, values in held.items()
    }


def judge(worlds: Worlds) -> list[Part]:
    """Failures and satisfaction of novices; satisfaction and recovery of experts."""
    return [
        *(part for one in NOVICES for part in novices(worlds, one)),
        *(p for one in EXPERTS for p in experts(worlds, one)),
    ]


def novices(worlds: Worlds, competence: float) -> list[Part]:
    """What much room does to people with little competence."""
    little, much = name_of(competence, LITTLE), name_of(competence, MUCH)
    failures, said = [worlds.mean(arm, "failure_rate", LATER) for arm in (much, little)], competence_of(competence)
    return [
        Part(
            Said(f"{said.en}: failures, times", f"{said.nl}: fouten, maal"),
            ratio_of(*failures),
            low=1.5,
        ),
        Part(
            Said(f"{said.en}: satisfaction", f"{said.nl}: tevredenheid"),
            mean_of(worlds.change(much, little, "satisfaction", LATER)),
            high=0.0,
            strict=True,
            decimals=3,
        ),
    ]


def experts(worlds: Worlds, competence: float) -> list[Part]:
    """What much room does to competent people."""
    little, much, said = name_of(competence, LITTLE), name_of(competence, MUCH), competence_of(competence)
    return [
        Part(
            Said(f"{said.en}: satisfaction", f"{said.nl}: tevredenheid"),
            mean_of(worlds.change(much, little, "satisfaction", LATER)),
            low=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said(f"{said.en}: recovery quality", f"{said.nl}: kwaliteit van herstel"),
            mean_of(worlds.change(much, little, "recovery_quality", LATER)),
            low=0.15,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """What room does to satisfaction, by competence."""
    return Dots(
        ("What much room does to satisfaction", "Wat veel ruimte doet met tevredenheid"),
        {
            competence_of(one): mean_of(worlds.change(name_of(one, MUCH), name_of(one, LITTLE), "satisfaction", LATER))
            for one in (*NOVICES, *EXPERTS)
        },
    )


PATTERN: Final = Pattern(
    id="11",
    claim=Said(
        "Room to decide helps competent people serve, and harms the work of those who are not.",
        "Ruimte om te beslissen helpt bekwame mensen, en schaadt het werk van wie dat nog niet is.",
    ),
    grade="B/U",
    sources=(
        Source("model draft", "U", Said("reasoning", "redenering")),
        Source(
            "E13 Ahearne et al. 2005",
            "V",
            Said(
                "limits it: empowering leadership helps those who know little",
                "begrenst het: ruimte van de leider helpt wie weinig weet",
            ),
        ),
        Source("R15 Boshoff & Allen 2000; Hocutt & Stone 1998", "M"),
    ),
    criterion=Said(
        "Room (autonomy) held at .80 instead of .25 in an organisation that had a year to staff for it: at competence "
        "held at .35 and .45 at least 1.5 times the failures and less satisfaction; at .75 and .85 more satisfaction "
        "and recovery quality at least .15 higher (weeks 1-52).",
        "Ruimte (autonomie) vast op ,80 in plaats van ,25, in een organisatie die een jaar had om er personeel op af "
        "te stemmen: bij bekwaamheid vast op ,35 en ,45 minstens 1,5 keer zoveel fouten en minder tevredenheid; bij "
        ",75 en ,85 meer tevredenheid en kwaliteit van herstel minstens ,15 hoger (week 1-52).",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

"""Pattern 21: demanding customers are harder on people of little competence, and reward delight more."""

from collections.abc import Mapping
from typing import Any, Final

from experiments.validation.organisations import competence_of, shock
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

EASY, DEMANDING = 0.2, 0.6
LOW, HIGH = 0.45, 0.85
YEAR: Final[Weeks] = (1, 52)
SURPRISED: Final = "+surprises"


def name_of(competence: float, demandingness: float) -> str:
    """Name of the arm."""
    return f"{competence} {demandingness}"


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Easy and demanding customers of people with little and with much competence, without and with surprises."""
    surprises = {"shocks": [shock("surprise", 0.2, 1, YEAR[1])]}
    return {
        name_of(competence, demandingness) + added: Arm(with_customers(base, competence, demandingness).with_(more))
        for competence in (LOW, HIGH)
        for demandingness in (EASY, DEMANDING)
        for added, more in (("", {}), (SURPRISED, surprises))
    }


def with_customers(base: Scenario, competence: float, demandingness: float) -> Scenario:
    """The organisation with this competence held and these customers."""
    segment: dict[str, Any] = {"name": "everyone", "share": 1.0, "demandingness": demandingness}
    held = {**base.behaviour, "competence_held": competence}
    return base.with_({"weeks": YEAR[1], "behaviour": held, "customers.segments": [segment]})


def of_demanding(worlds: Worlds, competence: float, indicator: str) -> Numbers:
    """What demanding customers change beside easy ones."""
    return worlds.change(name_of(competence, DEMANDING), name_of(competence, EASY), indicator, YEAR)


def response(worlds: Worlds, competence: float, demandingness: float, indicator: str) -> Numbers:
    """What surprises add with these customers."""
    name = name_of(competence, demandingness)
    return worlds.change(f"{name}{SURPRISED}", name, indicator, YEAR)


def judge(worlds: Worlds) -> list[Part]:
    """Satisfaction and exhaustion at low competence; what surprises bring at high competence."""
    more = {
        one: response(worlds, HIGH, DEMANDING, one) - response(worlds, HIGH, EASY, one)
        for one in ("bond", "delight_rate")
    }
    return [
        Part(
            Said(
                "competence .45: satisfaction of the demanding less",
                "bekwaamheid ,45: tevredenheid van veeleisenden min",
            ),
            mean_of(of_demanding(worlds, LOW, "satisfaction")),
            high=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said(
                "competence .45: exhaustion with the demanding less", "bekwaamheid ,45: uitputting bij veeleisenden min"
            ),
            mean_of(of_demanding(worlds, LOW, "exhaustion")),
            low=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said("competence .85: bond that surprises add, less", "bekwaamheid ,85: band die verrassingen geven, min"),
            mean_of(more["bond"]),
            low=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said(
                "competence .85: delights that surprises add, less",
                "bekwaamheid ,85: verrukking door verrassingen, min",
            ),
            mean_of(more["delight_rate"]),
            form="points",
            decimals=1,
            judged=False,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """The bond that surprises add."""
    names = {EASY: ("easy", "makkelijke"), DEMANDING: ("demanding", "veeleisende")}
    return Dots(
        ("Bond that surprises add", "Band die verrassingen toevoegen"),
        {
            (f"{said.en}, {en}", f"{said.nl}, {nl}"): mean_of(response(worlds, one, level, "bond"))
            for one, said in ((one, competence_of(one)) for one in (LOW, HIGH))
            for level, (en, nl) in names.items()
        },
    )


PATTERN: Final = Pattern(
    id="21",
    claim=Said(
        "Demanding customers are less satisfied with, and exhaust, people of little competence; delighted by "
        "competent people they bind more.",
        "Veeleisende klanten zijn minder tevreden over mensen met weinig bekwaamheid en putten hen uit; bekwame "
        "mensen binden hen juist meer met verrukking.",
    ),
    grade="B/S",
    sources=(
        Source(
            "E27 Dormann & Zapf 2004",
            "V",
            Said("disproportionate expectations exhaust", "te hoge verwachtingen putten uit"),
        ),
        Source(
            "003",
            "S",
            Said(
                "the demanding set the bar high, say so, and pay for it",
                "veeleisenden leggen de lat hoog, zeggen het, en betalen ervoor",
            ),
        ),
    ),
    criterion=Said(
        "Customers of demandingness .6 instead of .2, competence held, one year. At competence .45: lower "
        "satisfaction and more exhaustion. At .85: a larger response to delight, read as the bond that the same "
        "surprises (at a further 20% of visits) add.",
        "Klanten met veeleisendheid ,6 in plaats van ,2, bekwaamheid vast, een jaar. Bij bekwaamheid ,45: lagere "
        "tevredenheid en meer uitputting. Bij ,85: een grotere reactie op verrukking, gelezen als de band die "
        "dezelfde verrassingen (bij nog eens 20% van de bezoeken) toevoegen.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

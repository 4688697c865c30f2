"""Pattern 8: surprises bring little loyalty where failures are frequent."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import shock
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

FAILING: Final[Mapping[str, float]] = {"usual": 0.0, "failing": 0.9, "failing_much": 1.6}
"""Log-odds added to every failure."""

SETTLED: Final = 52
"""Weeks in which failing becomes known before surprises begin."""

LAST: Final[Weeks] = (79, 104)
NAMES: Final = {
    "usual": Said("usual failures", "gewone fouten"),
    "failing": Said("failures just above 10%", "fouten net boven 10%"),
    "failing_much": Said("failures near 20%", "fouten rond 20%"),
}


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Three rates of failure, each without and with surprises in the second year."""
    surprising = shock("surprise", 0.2, SETTLED + 1, SETTLED)
    return {
        f"{name}{added}": Arm(base.with_({"weeks": 2 * SETTLED, "shocks": [*failing, *more]}))
        for name, size in FAILING.items()
        for failing in [[shock("failures", size, 1, 2 * SETTLED)] if size else []]
        for added, more in (("", []), ("+surprises", [surprising]))
    }


def gain(worlds: Worlds, name: str) -> Numbers:
    """Loyalty that surprises add at this rate of failure."""
    return worlds.change(f"{name}+surprises", name, "loyalty", LAST)


def judge(worlds: Worlds) -> list[Part]:
    """The failures that there were, and the part of the usual gain that is left."""
    usual = gain(worlds, "usual")
    parts = [
        Part(
            Said("loyalty that surprises usually add", "loyaliteit die verrassingen gewoonlijk toevoegen"),
            mean_of(usual),
            low=0.0,
            strict=True,
            form="points",
        )
    ]
    for name in ("failing", "failing_much"):
        said = NAMES[name]
        rate = mean_of(worlds.mean(name, "failure_rate", (1, 2 * SETTLED)))
        left = ratio_of(gain(worlds, name), usual)
        parts += [
            Part(
                Said(f"{said.en}: rate", f"{said.nl}: aandeel"), rate, low=0.10, strict=True, form="percent", decimals=1
            ),
            Part(
                Said(f"{said.en}: gain as a part of the usual", f"{said.nl}: winst als deel van de gewone"),
                left,
                high=1.0 / 3.0,
                strict=True,
            ),
        ]
    return parts


def draw(worlds: Worlds) -> Panel:
    """What surprises add by rate of failure."""
    return Dots(
        ("Loyalty that surprises add", "Loyaliteit die verrassingen toevoegen"),
        {(said.en, said.nl): mean_of(gain(worlds, name)) for name, said in NAMES.items()},
        percent=True,
    )


PATTERN: Final = Pattern(
    id="8",
    claim=Said(
        "Basics before delight: surprises bring little loyalty where failures are frequent.",
        "Eerst de basis: verrassingen leveren weinig loyaliteit op waar fouten vaak voorkomen.",
    ),
    grade="S",
    sources=(
        Source(
            "002",
            "S",
            Said(
                "service pyramid: levels 3 and 4 need the lower ones", "servicepiramide: niveau 3 en 4 vragen de lagere"
            ),
        ),
        Source(
            "C11 Dixon et al. 2010",
            "V",
            Said("via secondary pages, a vendor's data", "via secundaire pagina's, data van een aanbieder"),
        ),
    ),
    criterion=Said(
        "Where over 10% of encounters fail (log-odds raised by .9, and by 1.6, from week 1), surprises at a further "
        "20% of visits from week 53 add less than a third of the loyalty that they add at the usual rate of failure "
        "(weeks 79-104).",
        "Waar meer dan 10% van de contacten misgaat (log-kansverhouding verhoogd met ,9, en met 1,6, vanaf week 1), "
        "voegen verrassingen bij nog eens 20% van de bezoeken vanaf week 53 minder dan een derde toe van de loyaliteit "
        "die zij bij het gewone aandeel fouten toevoegen (week 79-104).",
    ),
    note=Said(
        "Two parameters (basics_first, basics_known) were set on this pattern; it shows that the rule does what it "
        "should, not that it was found.",
        "Twee parameters (basics_first, basics_known) zijn op dit patroon gezet; het toont dat de regel doet wat hij "
        "moet, niet dat het is gevonden.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

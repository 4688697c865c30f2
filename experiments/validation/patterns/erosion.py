"""Pattern 18: a passing overload leaves the service standard lower; strategy and monitoring restore it faster."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import levels, shock, small
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds, over
from results.validation.estimates import mean_of, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

OVERLOAD: Final = 26
WORST: Final[Weeks] = (27, 27)
"""As the overload ends."""

LATER: Final[Weeks] = (27 + 52, 27 + 52)
LIVED: Final = 80
USUAL, STRONG, CALM = "usual", "strong", "+calm"


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Half a year of 35 % more demand, in a usual organisation and one strong in strategy and monitoring."""
    calm = small(base, LIVED)
    strong = calm.with_(levels(0.8, "strategy", "monitoring"))
    busy = {"shocks": [shock("demand", 0.35, 1, OVERLOAD)]}
    return {
        USUAL: Arm(calm.with_(busy)),
        STRONG: Arm(strong.with_(busy)),
        f"{USUAL}{CALM}": Arm(calm),
        f"{STRONG}{CALM}": Arm(strong),
    }


def lost(worlds: Worlds, arm: str, weeks: Weeks) -> Numbers:
    """Standard below that of the same organisation without overload."""
    return worlds.change(f"{arm}{CALM}", arm, "service_standard", weeks)


def restored(worlds: Worlds, arm: str) -> Numbers:
    """Share of the loss that a year has brought back."""
    return 1.0 - over(lost(worlds, arm, LATER), lost(worlds, arm, WORST))


def judge(worlds: Worlds) -> list[Part]:
    """The loss, what a year brings back, and where that goes faster."""
    back = lost(worlds, USUAL, WORST) - lost(worlds, USUAL, LATER)
    return [
        Part(
            Said("standard lost when the overload ends", "norm verloren als de drukte eindigt"),
            mean_of(lost(worlds, USUAL, WORST)),
            low=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said("part of it restored after 52 weeks", "deel daarvan terug na 52 weken"),
            ratio_of(back, lost(worlds, USUAL, WORST)),
            high=0.60,
            strict=True,
            form="percent",
            decimals=0,
        ),
        Part(
            Said("restored with strong B2 and B8, less without", "terug met sterke B2 en B8, min zonder"),
            mean_of(restored(worlds, STRONG) - restored(worlds, USUAL)),
            low=0.0,
            strict=True,
            form="points",
            decimals=0,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """The standard over time."""
    labels = {USUAL: ("default", "standaard"), STRONG: ("strong B2 and B8", "sterke B2 en B8")}
    lines = {label: worlds.course(arm, "service_standard") for arm, label in labels.items()}
    return Courses(("Service standard", "Norm voor service"), lines, windows=[(1, OVERLOAD)])


PATTERN: Final = Pattern(
    id="18",
    claim=Said(
        "A passing overload leaves the service standard lower for long; strategy and monitoring restore it faster.",
        "Een tijdelijke drukte laat de norm voor service lang lager achter; strategie en monitoring herstellen haar "
        "sneller.",
    ),
    grade="A",
    sources=(
        Source("D8 Oliva & Sterman 2001", "V", Said("calibrated on a UK bank", "gekalibreerd op een Britse bank")),
        Source("D9 Oliva & Sterman 2010", "V"),
    ),
    criterion=Said(
        "35% more demand for 26 weeks, staffing as usual (following the work with delay): of the loss of the service "
        "standard when the overload ends, beside the same organisation without it, less than 60% is back 52 weeks "
        "later; with strategy (B2) and monitoring (B8) at .8 a larger part is.",
        "35% meer vraag gedurende 26 weken, met gewone bezetting (die het werk met vertraging volgt): van het verlies "
        "aan norm als de drukte eindigt, naast dezelfde organisatie zonder drukte, is 52 weken later minder dan 60% "
        "terug; met strategie (B2) en monitoring (B8) op ,8 een groter deel.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

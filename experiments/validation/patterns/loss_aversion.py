"""Pattern 6: falling short by so much costs more satisfaction than exceeding by as much brings."""

from collections.abc import Mapping
from typing import Final

from experiments.validation.organisations import shock, small
from experiments.validation.pattern import Arm, Numbers, Pattern, Worlds
from results.validation.estimates import ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

SIZES: Final = (0.05, 0.10, 0.20)
WEEKS: Final = 26
USUAL: Final = "usual"


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Half a year of service that is felt as better or worse by equal steps, for no merit of anybody."""
    shifted = {f"{size:+}": [shock("performance", size, 1, WEEKS)] for one in SIZES for size in (one, -one)}
    return {
        USUAL: Arm(small(base, WEEKS)),
        **{name: Arm(small(base, WEEKS, {"shocks": shocks})) for name, shocks in shifted.items()},
    }


def moved(worlds: Worlds, size: float) -> Numbers:
    """Mean change of satisfaction over the half year."""
    return worlds.change(f"{size:+}", USUAL, "satisfaction", (1, WEEKS))


def judge(worlds: Worlds) -> list[Part]:
    """Loss over gain for each size."""
    return [
        Part(
            Said(
                f"steps of {size:.2f}: loss over gain", f"stappen van {size:.2f}: verlies over winst".replace(".", ",")
            ),
            ratio_of(-moved(worlds, -size), moved(worlds, size)),
            low=1.4,
            high=2.5,
        )
        for size in SIZES
    ]


def draw(worlds: Worlds) -> Panel:
    """Satisfaction under the middle step, either way."""
    labels = {USUAL: ("usual", "gewoon"), "+0.1": ("better by .10", "beter met ,10"), "-0.1": ("worse", "slechter")}
    lines = {label: worlds.course(arm, "satisfaction") for arm, label in labels.items()}
    return Courses(("Satisfaction", "Tevredenheid"), lines)


PATTERN: Final = Pattern(
    id="6",
    claim=Said(
        "Falling short costs more satisfaction than exceeding by as much brings.",
        "Tekortschieten kost meer tevredenheid dan evenveel overtreffen oplevert.",
    ),
    grade="B",
    sources=(
        Source("C4 Anderson & Mittal 2000", "V"),
        Source(
            "C4 Streukens & de Ruyter 2004",
            "V",
            Said(
                "against it, in three retail services; authors from memory",
                "ertegen, in drie winkeldiensten; auteurs uit het geheugen",
            ),
        ),
    ),
    criterion=Said(
        "Of equal shocks to performance, down and up by .05, .10 and .20 for half a year, the loss of mean "
        "satisfaction over these 26 weeks is 1.4 to 2.5 times the gain; at each size.",
        "Van gelijke schokken in prestatie, omlaag en omhoog met ,05, ,10 en ,20 gedurende een half jaar, is het "
        "verlies aan gemiddelde tevredenheid over die 26 weken 1,4 tot 2,5 keer de winst; bij elke grootte.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

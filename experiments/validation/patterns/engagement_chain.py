"""Pattern 9: across units, engagement goes with satisfied customers, fewer quits and some profit."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Final

import numpy as np

from experiments.population import Unit, population
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds, over
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

UNITS: Final = 100
FIRMS: Final = 10
YEAR: Final[Weeks] = (1, 52)
LINKS: Final = {
    "satisfaction": (Said("with customers' satisfaction", "met tevredenheid van klanten"), 0.20, 0.40),
    "turnover": (Said("with quits", "met verloop"), -0.35, -0.15),
    "profit": (Said("with profit over revenue", "met winst over omzet"), 0.05, 0.25),
}


@lru_cache(maxsize=1)
def units_of(base: str, number: int) -> list[Unit]:
    """Population `number` of units that have this scenario, as JSON, in common; kept until another is asked for."""
    return population(UNITS, firms=FIRMS, seed=number, base=Scenario.model_validate_json(base))


def unit_of(base: str, unit: int, number: int) -> Scenario:
    """One unit of population `number`."""
    return units_of(base, number)[unit].scenario


def arms(base: Scenario) -> Mapping[str, Arm]:
    """A unit each, one population a replication; each unit lives under luck of its own."""
    common = base.with_({"weeks": YEAR[1]}).model_dump_json(by_alias=True)
    return {str(unit): Arm(partial(unit_of, common, unit), apart=unit + 1) for unit in range(UNITS)}


def of_units(worlds: Worlds, indicator: str) -> Numbers:
    """A year's mean of an indicator, a row a population and a column a unit; profit as a share of revenue."""
    table = np.stack([worlds.mean(str(unit), indicator, YEAR) for unit in range(UNITS)], axis=1)
    return over(table, of_units(worlds, "revenue")) if indicator == "profit" else table


def correlations(worlds: Worlds, indicator: str) -> Numbers:
    """Correlation with engagement over the units of each population, within firms."""
    one, other = (within_firms(of_units(worlds, name)) for name in ("engagement", indicator))
    return over((one * other).sum(1), np.sqrt((one**2).sum(1) * (other**2).sum(1)))


def within_firms(table: Numbers) -> Numbers:
    """Less the mean of the unit's firm; units were dealt out to firms in turn."""
    by_firm = table.reshape(len(table), -1, FIRMS)
    return np.asarray((by_firm - by_firm.mean(axis=1, keepdims=True)).reshape(table.shape))


def judge(worlds: Worlds) -> list[Part]:
    """Each correlation within its band, mean over the populations."""
    return [
        Part(text, mean_of(correlations(worlds, name)), low=low, high=high) for name, (text, low, high) in LINKS.items()
    ]


def draw(worlds: Worlds) -> Panel:
    """The three correlations."""
    rows = {(text.en, text.nl): mean_of(correlations(worlds, name)) for name, (text, _, _) in LINKS.items()}
    bands = {(text.en, text.nl): (low, high) for text, low, high in LINKS.values()}
    return Dots(("Correlation with engagement", "Correlatie met bevlogenheid"), rows, bands)


PATTERN: Final = Pattern(
    id="9",
    claim=Said(
        "Across units, engagement goes with satisfied customers and fewer quits, and a little with profit.",
        "Tussen eenheden gaat bevlogenheid samen met tevreden klanten en minder verloop, en een beetje met winst.",
    ),
    grade="A",
    sources=(
        Source(
            "E1 Harter, Schmidt & Hayes 2002",
            "V",
            Said(".33, -.30 and .17, corrected", ",33, -,30 en ,17, gecorrigeerd"),
        ),
    ),
    criterion=Said(
        "Over a year, across 100 units of 10 firms (one population a replication, each unit with luck of its own), "
        "unit engagement correlates within firms .20 to .40 with satisfaction, -.15 to -.35 with turnover and .05 to "
        ".25 with profit over revenue.",
        "Over een jaar, tussen 100 eenheden van 10 bedrijven (een populatie per herhaling, elke eenheid met eigen "
        "toeval), correleert bevlogenheid van de eenheid binnen bedrijven ,20 tot ,40 met tevredenheid, -,15 tot -,35 "
        "met verloop en ,05 tot ,25 met winst over omzet.",
    ),
    note=Said(
        "How far units differ for reasons outside the chain (unit_site and its kin) was set with these correlations "
        "in view (E1).",
        "Hoe ver eenheden verschillen om redenen buiten de keten (unit_site en verwanten) is gezet met deze "
        "correlaties in beeld (E1).",
    ),
    why_red=Said(
        "A unit of some 60 people has few quits in a year, so that chance loosens their link; and the published "
        "correlations are corrected for unreliable measurement, which these are not.",
        "Een eenheid van zo'n 60 mensen heeft in een jaar weinig verloop, zodat toeval dat verband losser maakt; "
        "en de gepubliceerde correlaties zijn gecorrigeerd voor onbetrouwbare meting, deze niet.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)

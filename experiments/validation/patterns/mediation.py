"""Evidence E7: what customers perceive carries the link from engaged employees to satisfied customers."""

from typing import Final

import numpy as np

from experiments.validation.pattern import Numbers, Pattern, Worlds
from experiments.validation.patterns.engagement_chain import arms, correlations, of_units, within_firms
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel

QUALITY: Final = ("performance", "failure_rate", "recovery_quality")


def partial_correlations(worlds: Worlds) -> Numbers:
    """Correlation of engagement and satisfaction with service quality taken out of both, one a population."""
    tables = [within_firms(of_units(worlds, name)) for name in ("engagement", "satisfaction", *QUALITY)]
    return np.array([partial_correlation(*rows) for rows in zip(*tables, strict=True)])


def partial_correlation(one: Numbers, other: Numbers, *taken_out: Numbers) -> float:
    """Correlation of what is left of both once the others are taken out."""
    causes = np.stack(taken_out, axis=1)
    left_of_one, left_of_other = (y - causes @ np.linalg.lstsq(causes, y, rcond=None)[0] for y in (one, other))
    return float(np.corrcoef(left_of_one, left_of_other)[0, 1])


def judge(worlds: Worlds) -> list[Part]:
    """What is left of the link."""
    whole, left = correlations(worlds, "satisfaction"), partial_correlations(worlds)
    return [
        Part(
            Said("engagement with satisfaction", "bevlogenheid met tevredenheid"), mean_of(whole), low=0.0, strict=True
        ),
        Part(
            Said("the same, perceived quality taken out", "hetzelfde, zonder ervaren kwaliteit"),
            mean_of(left),
            low=-0.10,
            high=0.10,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Before and after."""
    whole, left = correlations(worlds, "satisfaction"), partial_correlations(worlds)
    rows = {
        ("as it is", "zoals het is"): mean_of(whole),
        ("perceived quality taken out", "zonder ervaren kwaliteit"): mean_of(left),
    }
    return Dots(("Correlation of engagement and satisfaction", "Correlatie van bevlogenheid en tevredenheid"), rows)


PATTERN: Final = Pattern(
    id="E7",
    claim=Said(
        "Engaged employees please customers through the quality of service that these perceive.",
        "Bevlogen medewerkers maken klanten tevreden via de kwaliteit van service die zij ervaren.",
    ),
    grade="A",
    sources=(
        Source("E7 Brown & Lam 2008", "V", Said("meta-analysis: full mediation", "meta-analyse: volledige mediatie")),
    ),
    criterion=Said(
        "Across the units of pattern 9 the correlation of engagement and satisfaction is above 0, and within .10 of 0 "
        "once perceived performance, failure rate and quality of recovery are taken out of both.",
        "Tussen de eenheden van patroon 9 is de correlatie van bevlogenheid en tevredenheid boven 0, en binnen ,10 "
        "van 0 zodra ervaren prestatie, aandeel fouten en kwaliteit van herstel uit beide zijn gehaald.",
    ),
    listed=False,
    held_out=True,
    arms=arms,
    judge=judge,
    draw=draw,
)

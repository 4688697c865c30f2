"""Evidence C6: many satisfied customers leave all the same."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from agents.records import Record
from experiments.validation.encounters import YEAR, left_within, mean_where
from experiments.validation.pattern import Arm, Figures, Pattern, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LIVED: Final = "default"
SATISFIED: Final = 2.0 / 3.0
"""A mark of 7 where satisfaction 0 to 1 is marked 1 to 10."""


def read(events: Record, departures: Record) -> Figures:
    """Who leaves in the year after an encounter, among those satisfied after it and the others."""
    early = events["week"] <= events["week"].max() - YEAR
    satisfied = events["satisfaction_after"] >= SATISFIED
    left = np.asarray(left_within(events, departures, YEAR), dtype="f8")
    return {"satisfied": mean_where(left, early & satisfied), "other": mean_where(left, early & ~satisfied)}


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Two years of the default organisation."""
    return {LIVED: Arm(base.with_({"weeks": 2 * YEAR}), read=read)}


def judge(worlds: Worlds) -> list[Part]:
    """The share that leaves."""
    return [
        Part(
            Said("satisfied customers who leave within a year", "tevreden klanten die binnen een jaar vertrekken"),
            mean_of(worlds.figure(LIVED, "satisfied")),
            low=0.15,
            high=0.40,
            form="percent",
            decimals=1,
        )
    ]


def draw(worlds: Worlds) -> Panel:
    """Both groups."""
    rows = {
        ("satisfied (7 or more)", "tevreden (7 of meer)"): mean_of(worlds.figure(LIVED, "satisfied")),
        ("others", "anderen"): mean_of(worlds.figure(LIVED, "other")),
    }
    return Dots(("Leave within a year", "Vertrekt binnen een jaar"), rows, percent=True)


PATTERN: Final = Pattern(
    id="C6",
    claim=Said(
        "Many customers who are satisfied leave all the same.",
        "Veel klanten die tevreden zijn, vertrekken toch.",
    ),
    grade="B",
    sources=(Source("C6 US survey 1996", "V", Said("secondary: 15 to 40% a year", "secundair: 15 tot 40% per jaar")),),
    criterion=Said(
        "Of customers of the default organisation who are satisfied after an encounter (a mark of 7 or more), 15 to "
        "40% have left a year later.",
        "Van klanten van de standaardorganisatie die na een contact tevreden zijn (een 7 of meer) is 15 tot 40% een "
        "jaar later vertrokken.",
    ),
    listed=False,
    arms=arms,
    judge=judge,
    draw=draw,
)

"""The encounter log of a unit's year: failures and what comes of them, recoveries, and each customer's last contact."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from agents.failure import MISTREATMENT, OUTCOME
from agents.records import Record
from experiments.validation.encounters import FEWEST, YEAR, Chosen, change_of, left_within, recovered

Column = npt.NDArray[np.float64]

HALF: Final = 26
"""Weeks of the first half year, after which it is known who left within half a year."""

SEVERITIES: Final = 10
"""Bands of severity; the upper half are large failures."""

PLEASED: Final = 0.6
"""Satisfaction with a recovery from which somebody counts as satisfied with it."""

RUNGS: Final = ("silent", "unsatisfied", "satisfied", "quickly")
"""What a customer did about a failure and what came of it, from worst to best as TARP has them."""


def share_of(chosen: Chosen, among: Chosen) -> float:
    """The part of some that is also chosen; NaN for fewer than FEWEST."""
    count = np.count_nonzero(among)
    return np.count_nonzero(chosen & among) / count if count >= FEWEST else float("nan")


def contact_figures(events: Record, departures: Record) -> dict[str, float]:
    """Complaints, paradox, contacts that cost loyalty, and who stayed after a failure."""
    failed, voiced = events["failed"] == 1, events["voiced"] == 1
    taken_up, kind = events["recovered"] == 1, events["kind"]
    change = change_of(events)
    above, below = (np.count_nonzero(failed & voiced & side) for side in (change > 0.0, change < 0.0))
    return {
        "voiced": share_of(voiced, failed),
        "voiced_outcome": share_of(voiced, failed & (kind == OUTCOME)),
        "voiced_mistreatment": share_of(voiced, failed & (kind == MISTREATMENT)),
        "got_nothing": share_of(~taken_up, failed & voiced),
        "paradox": share_of(change > 0.0, failed),
        "paradox_size": float(9.0 * change[failed & (change > 0.0)].mean()) if (failed & (change > 0.0)).any() else 0.0,
        "complaints_above": float(above),
        "complaints_changed": float(above + below),
        "had_a_problem": had_a_problem(events, departures),
    }


def had_a_problem(events: Record, departures: Record) -> float:
    """Of the customers who came in the year and did not leave in it, the share for whom something failed."""
    came = np.setdiff1d(events["customer"], departures["customer"])
    return float(np.isin(came, events["customer"][events["failed"] == 1]).mean()) if came.size else float("nan")


def stayed(events: Record, departures: Record) -> Column:
    """Failures of the first half year, and after how many of them the customer was still there half a year later.

    Returns an array of RUNGS by SEVERITIES by these two.
    """
    early = events[(events["failed"] == 1) & (events["week"] <= YEAR - HALF)]
    there = ~left_within(early, departures, HALF)
    band = np.minimum((early["severity"] * SEVERITIES).astype("i8"), SEVERITIES - 1)
    counted = [np.bincount(band[on_rung], minlength=SEVERITIES) for on_rung in rungs(early).values()]
    staying = [np.bincount(band[on_rung & there], minlength=SEVERITIES) for on_rung in rungs(early).values()]
    return np.stack([counted, staying], axis=-1).astype("f8")


def stay_rates(counts: Column, *, large: bool) -> Column:
    """Share that stays on each rung after small or large failures, all rungs weighed to the same severities.

    counts: as `stayed` has them. Bands of severity in which a rung has nobody do not count; NaN where none is left.
    """
    half = counts[:, SEVERITIES // 2 :] if large else counts[:, : SEVERITIES // 2]
    there = (half[..., 0] > 0.0).all(axis=0)
    weight = half[:, there, 0].sum(axis=0)
    if not weight.size:
        return np.full(len(counts), np.nan)
    rates = half[:, there, 1] / half[:, there, 0]
    return np.asarray(rates @ weight / weight.sum())


def rungs(failures: Record) -> Mapping[str, Chosen]:
    """Which failures were not complained about, complained about in vain, solved, or solved quickly."""
    voiced, taken_up = failures["voiced"] == 1, failures["recovered"] == 1
    pleased = voiced & taken_up & (failures["recovery_satisfaction"] >= PLEASED)
    speed = failures["procedural"]
    quick = pleased & (speed > (np.median(speed[pleased]) if pleased.any() else 0.0))
    return {"silent": ~voiced, "unsatisfied": voiced & ~pleased, "satisfied": pleased & ~quick, "quickly": quick}


def felt_at(events: Record, p: Record) -> Column:
    """Satisfaction with the encounter alone, from what it did to satisfaction as a whole; NaN where it failed."""
    change = change_of(events)
    pace = np.where(change < 0.0, p.satisfaction_pace * p.satisfaction_pace_down, p.satisfaction_pace)
    return np.where(events["failed"] == 0, events["satisfaction_before"] + change / pace, np.nan)


def last_contacts(events: Record, p: Record) -> Mapping[str, Column]:
    """Each customer's last encounter of the year without a failure: what was expected, received and felt."""
    newest = events[::-1]
    _, places = np.unique(newest["customer"], return_index=True)
    last = newest[places]
    received = last["performance"] + last["surprise"]
    return {
        "satisfaction": np.asarray(last["satisfaction_after"]),
        "felt": felt_at(last, p),
        "disconfirmation": np.asarray(received - last["expectation"]),
        "performance": np.asarray(received),
        "expectation": np.asarray(last["expectation"]),
    }


def recoveries(events: Record) -> Mapping[str, Column]:
    """Failures that were taken up: satisfaction with the recovery, and its three kinds of justice."""
    taken_up = events[recovered(events)]
    names = ("distributive", "interactional", "procedural")
    return {"satisfaction": np.asarray(taken_up["recovery_satisfaction"])} | {
        name: np.asarray(taken_up[name]) for name in names
    }

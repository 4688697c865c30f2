"""What of a customer a question can reach: states of the simulated person, and what follows from several of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Final

import numpy as np

from agents.loyalty import likely_to_recommend
from agents.rival import rival_advantage
from experiments.one_person import leaving_hazard
from experiments.surveys.scene import Column, Numbers, Scene


@dataclass(frozen=True, slots=True)
class State:
    """Something about people that an item can read; NaN where it does not apply to somebody.

    read: gives it for people by their numbers, mostly on a scale from 0 to 1.
    """

    meaning: str
    read: Callable[[Scene, Numbers], Column]


HORIZON: Final = 3.0
"""Years ahead that 'would choose again' means; calibrated on the mean of that item in the ECSI sample."""

HEARSAY: Final = 0.05
"""What a net message in mind adds to image; assumed, as a message moves choice but little of an own judgement."""


def _column(name: str) -> Callable[[Scene, Numbers], Column]:
    """A column of the customer's record as it stands."""
    return lambda scene, numbers: np.asarray(scene.world.customers[numbers][name], dtype="f8")


def _quality(scene: Scene, numbers: Numbers) -> Column:
    return scene.quality[numbers]


def _experience(scene: Scene, numbers: Numbers) -> Column:
    return np.asarray(0.5 * scene.quality[numbers] + 0.5 * scene.world.customers.satisfaction[numbers])


def _image(scene: Scene, numbers: Numbers) -> Column:
    heard = scene.world.customers.hearsay[numbers]
    return np.asarray(np.clip(_experience(scene, numbers) + HEARSAY * heard, 0.0, 1.0))


def _value(scene: Scene, numbers: Numbers) -> Column:
    fair = 1.0 + scene.world.customers.fair_price[numbers]
    return np.asarray(scene.quality[numbers] * fair / scene.world.tally[0].price)


def _recovery(scene: Scene, numbers: Numbers) -> Column:
    return scene.recovery[numbers]


def _complaint(scene: Scene, numbers: Numbers) -> Column:
    met = scene.recovery[numbers]
    return np.where(np.isnan(met), _experience(scene, numbers), met)


def _hazard(scene: Scene, numbers: Numbers) -> Column:
    """Weekly hazard of leaving, at this week's price and outside option."""
    world, p = scene.world, scene.parameters
    rival, price = rival_advantage(world.organisation[0], 0.0, p), world.tally[0].price - 1.0
    people = world.customers[numbers]
    return np.array([leaving_hazard(one, scene.week - one.joined_week, rival, price, p) for one in people], dtype="f8")


def _stay(scene: Scene, numbers: Numbers) -> Column:
    return np.asarray(np.exp(-52.0 * HORIZON * _hazard(scene, numbers)))


def _price_tolerance(scene: Scene, numbers: Numbers) -> Column:
    """Above what relative price somebody would more likely leave within a year than stay; 0 to 2."""
    pull, usual = max(float(scene.parameters.price_pull), 1e-9), log(2.0) / 52.0
    hazard = np.maximum(_hazard(scene, numbers), exp(-30.0))
    return np.asarray(np.clip(np.log(usual / hazard) / pull, 0.0, 2.0))


def _recommend(scene: Scene, numbers: Numbers) -> Column:
    people = scene.world.customers[numbers]
    return np.array([likely_to_recommend(one, scene.parameters) / 10.0 for one in people], dtype="f8")


CUSTOMER_STATES: Final[Mapping[str, State]] = {
    "expectation": State("what will happen, as expected", _column("expectation")),
    "desired": State("what is wanted", _column("desired")),
    "satisfaction": State("cumulative satisfaction", _column("satisfaction")),
    "bond": State("emotional bond", _column("bond")),
    "demandingness": State("how high the bar is set", _column("demandingness")),
    "quality": State("quality of the last year as remembered, failures and their recovery in it", _quality),
    "experience": State("own experience as a whole: mean of quality and satisfaction", _experience),
    "image": State(
        "own experience, the main source of a provider's image [Andreassen & Lindestad 1998], and what others told",
        _image,
    ),
    "fair_price": State("what is thought a fair price, over the usual one, less 1", _column("fair_price")),
    "value": State("quality over price, against what is thought a fair price [Zeithaml 1988]", _value),
    "recovery": State("satisfaction with how the year's latest complaint was handled; only who complained", _recovery),
    "complaint_handling": State(
        "the same; who did not complain infers it from own experience [missing attributes: Huber & McCann 1982]",
        _complaint,
    ),
    "stay": State("chance to stay three more years as things are", _stay),
    "price_tolerance": State(
        "relative price above which leaving within a year becomes likely, 0 to 2", _price_tolerance
    ),
    "recommend": State("how likely to recommend", _recommend),
}

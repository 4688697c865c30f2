"""Who answers: invited by chance, until as many answered as are wanted or everybody was asked."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from experiments.surveys.instrument import Instrument
from experiments.surveys.luck import chances
from experiments.surveys.scene import Column, Numbers, Scene


@dataclass(frozen=True, slots=True)
class Respondents:
    """Numbers of those who answered, in the order in which they were invited, and how many were invited."""

    numbers: Numbers
    invited: int


def respondents(
    scene: Scene, instrument: Instrument, seed: int, replication: int, wanted: int | None = None
) -> Respondents:
    """Who of the customers or employees of this scene answers.

    wanted: answers, by default as many as the instrument says, and all who answer where it says nothing.
    """
    form = instrument.form
    group = scene.present if form.asks == "customers" else scene.at_work
    people = len(scene.world.customers if form.asks == "customers" else scene.world.employees)
    order = np.argsort(chances(seed, replication, "invited", people)[group], kind="stable")
    willing = chances(seed, replication, "answers", people)[group] < chance_to_answer(scene, instrument, group)
    group, willing = group[order], willing[order]
    size = form.sample if wanted is None else wanted
    if size is None:
        return Respondents(group[willing], len(group))
    kept = np.zeros(len(group), dtype=bool)
    invited = 0
    for places, quota in _strata(scene, instrument, group, size):
        answered = places[willing[places]][:quota]
        kept[answered] = True
        full = len(answered) == quota
        invited += int(np.searchsorted(places, answered[-1])) + 1 if full and quota else len(places) * (quota > 0)
    return Respondents(group[kept], invited)


def chance_to_answer(scene: Scene, instrument: Instrument, group: Numbers) -> Column:
    """Everybody's chance: the rate where the state that it depends on is at the mean of those asked, more above."""
    response = instrument.form.response
    if response.rate >= 1.0 or not len(group):
        return np.ones(len(group))
    if response.slope == 0.0:
        return np.full(len(group), response.rate)
    state = instrument.states[instrument.responds_by].read(scene, group)
    known = ~np.isnan(state)
    usual = float(state[known].mean()) if known.any() else 0.0
    return np.asarray(expit(logit(response.rate) + response.slope * np.where(known, state - usual, 0.0)))


def _strata(scene: Scene, instrument: Instrument, group: Numbers, size: int) -> list[tuple[Numbers, int]]:
    """Places of those to be invited together, and how many answers are wanted of them."""
    if instrument.form.sampling == "simple":
        return [(np.arange(len(group)), size)]
    belongs = stratum(scene, instrument, group)
    found = np.unique(belongs)
    each, over = divmod(size, max(1, len(found)))
    return [(np.flatnonzero(belongs == one), each + (place < over)) for place, one in enumerate(found)]


def stratum(scene: Scene, instrument: Instrument, group: Numbers) -> Numbers:
    """The segment of each customer, or the team of each employee."""
    of_customers = instrument.form.asks == "customers"
    found = scene.world.customers.segment[group] if of_customers else scene.world.employees.team[group]
    return np.asarray(found, dtype=np.int64)

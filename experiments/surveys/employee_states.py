"""What of an employee a question can reach: own states, and those of the leader, the team and the organisation."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from experiments.surveys.customer_states import State
from experiments.surveys.scene import Column, Numbers, Scene


def _own(name: str) -> Callable[[Scene, Numbers], Column]:
    """A column of the employee's record as it stands."""
    return lambda scene, seats: np.asarray(scene.world.employees[seats][name], dtype="f8")


def _leader(name: str) -> Callable[[Scene, Numbers], Column]:
    """A column of the record of the employee's leader."""

    def read(scene: Scene, seats: Numbers) -> Column:
        return np.asarray(scene.world.leaders[scene.world.employees.team[seats]][name], dtype="f8")

    return read


def _leadership(scene: Scene, seats: Numbers) -> Column:
    parts = [_leader(name)(scene, seats) for name in ("style", "coaching", "credibility")]
    return np.asarray(np.mean(parts, axis=0))


def _well_being(scene: Scene, seats: Numbers) -> Column:
    return np.asarray(1.0 - scene.world.employees.exhaustion[seats])


def _cohesion(scene: Scene, seats: Numbers) -> Column:
    return np.asarray(0.5 * _leader("team_engagement")(scene, seats) + 0.5 * _leader("team_norm")(scene, seats))


def _hours(scene: Scene, seats: Numbers) -> Column:
    return np.full(len(seats), float(scene.world.organisation[0].strain))


def _advise(scene: Scene, seats: Numbers) -> Column:
    p = scene.parameters
    return np.asarray(p.advise_base + p.advise_engagement * scene.world.employees.engagement[seats])


EMPLOYEE_STATES: Final[Mapping[str, State]] = {
    "engagement": State("engagement", _own("engagement")),
    "exhaustion": State("exhaustion", _own("exhaustion")),
    "well_being": State("1 less exhaustion", _well_being),
    "autonomy": State("perceived room to decide", _own("autonomy")),
    "competence": State("competence", _own("competence")),
    "norm": State("personal service norm", _own("norm")),
    "values_fit": State("fit of own values with the organisation's", _own("values_fit")),
    "style": State("the leader's style, 0 directive to 1 facilitating", _leader("style")),
    "coaching": State("coaching received from the leader or the team", _leader("coaching")),
    "credibility": State("how far the leader is believed", _leader("credibility")),
    "leadership": State("leadership climate: mean of the leader's style, coaching and credibility", _leadership),
    "cohesion": State("the team as company: mean of its engagement and of its service norm", _cohesion),
    "hours": State("workload: work over capacity as felt over some weeks, 1 full", _hours),
    "advise": State("how likely to advise a friend to work here", _advise),
}

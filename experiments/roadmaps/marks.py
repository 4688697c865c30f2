"""How plans are judged: by their gain, by two gains, or by the regret that they leave in the worst of some worlds."""

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[np.float64]


def marks_of(gains: Marks) -> Marks:
    """Marks by plan and objective, higher is better.

    gains: by plan, variant and goal. With one variant the gains themselves; with several minus the largest regret of
    the only goal, so that marks depend on which plans were tried.
    """
    if gains.shape[1] == 1:
        return gains[:, 0, :]
    return np.asarray(-regrets(gains[:, :, 0]).max(axis=1, keepdims=True))


def regrets(gains: Marks) -> Marks:
    """By plan and variant: how much more the best of these plans gains in that variant [Savage 1951]."""
    return np.asarray(np.nanmax(gains, axis=0) - gains)


def unbeaten(marks: Marks) -> npt.NDArray[np.bool_]:
    """Which plans no other plan beats: none is as good in all objectives and better in one [Pareto]."""
    as_good = (marks[None, :, :] >= marks[:, None, :]).all(axis=-1)
    better = (marks[None, :, :] > marks[:, None, :]).any(axis=-1)
    beaten: npt.NDArray[np.bool_] = np.logical_or.reduce(as_good & better, axis=1)
    return ~beaten


def balanced(marks: Marks) -> int:
    """Position of the plan whose worst objective, from 0 for the least of these plans to 1 for the most, is highest."""
    low, high = marks.min(axis=0), marks.max(axis=0)
    share = np.divide(marks - low, high - low, out=np.ones_like(marks), where=high > low)
    return int(share.min(axis=1).argmax())

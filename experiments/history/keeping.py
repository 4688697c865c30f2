"""Histories that were lived, for all who look at them: what is alike is lived and kept once."""

from typing import Final

from experiments.history.history import History
from experiments.history.living import live_histories
from experiments.keep import Keep
from experiments.worlds.watch import Watch
from scenarios.scenario import Scenario

ROOM: Final = 64 * 2**20
"""Bytes of histories that are kept: some 20 worlds of the presets."""

_HISTORIES: Final[Keep[History]] = Keep(ROOM, lambda history: history.nbytes)


def history_of(scenario: Scenario, seed: int, watch: Watch) -> History:
    """The first world of this scenario, lived now or before. Raises Mistake and Stopped as live_histories does."""
    return _HISTORIES.get((scenario.digest(), seed), lambda: live_histories((scenario,), seed, watch)[0])

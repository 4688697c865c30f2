"""The ledger of a search: every plan that was tried and what came of it, on disk in Optuna's own journal."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from warnings import catch_warnings, simplefilter

import optuna
from optuna.distributions import BaseDistribution
from optuna.storages import BaseStorage, InMemoryStorage, JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import create_trial

from experiments.roadmaps.plan import Plan, plan_from
from experiments.searching import JOURNAL, mend

STUDY: Final = "roadmap"


@dataclass(frozen=True, slots=True)
class Trial:
    """One plan that was tried: the sampler's numbers, the plan they stand for, and its gains by variant and goal."""

    point: Mapping[str, Any]
    plan: Plan
    gains: tuple[tuple[float, ...], ...]


class Ledger:
    """Finished trials only, in the order in which they were asked for; what was under way when a process died is gone.

    A trial is one line of the journal; one that a kill has torn is no trial, and is cut off. Nobody else may hold the
    folder.
    """

    def __init__(self, folder: Path | None, distributions: Mapping[str, BaseDistribution]) -> None:
        """folder: where the journal lies; None to keep it in memory."""
        self._distributions = dict(distributions)
        with quiet():
            storage: BaseStorage = InMemoryStorage()
            if folder is not None:
                mend(folder / JOURNAL)  # Optuna reads past a torn line, but would write on behind it
                storage = JournalStorage(JournalFileBackend(str(folder / JOURNAL)))
            self._study = optuna.create_study(storage=storage, study_name=STUDY, load_if_exists=True)
            self.trials = [_trial(one.user_attrs) for one in self._study.get_trials(deepcopy=False)]

    def add(self, trial: Trial) -> None:
        """Write a finished trial down."""
        attributes = {
            "point": json.dumps(dict(trial.point)),
            "plan": json.dumps(trial.plan.as_data()),
            "gains": json.dumps(trial.gains),
        }
        with quiet():
            self._study.add_trial(
                create_trial(
                    params=dict(trial.point),
                    distributions=self._distributions,
                    value=trial.gains[0][0],
                    user_attrs=attributes,
                )
            )
        self.trials.append(trial)


def _trial(attributes: Mapping[str, str]) -> Trial:
    gains = tuple(tuple(row) for row in json.loads(attributes["gains"]))
    return Trial(json.loads(attributes["point"]), plan_from(json.loads(attributes["plan"])), gains)


@contextmanager
def quiet() -> Iterator[None]:
    """Optuna's remarks on what is experimental, and its log, are not for our users."""
    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(logging.WARNING)
    with catch_warnings():
        simplefilter("ignore")
        try:
            yield
        finally:
            optuna.logging.set_verbosity(level)

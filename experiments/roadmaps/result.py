"""What a roadmap comes to: the best plan beside rules of thumb, in worlds that the search never saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from experiments.comparison.change import Change, change
from experiments.comparison.comparison import Comparison
from experiments.ensemble import Ensemble
from experiments.roadmaps.goals import Goal
from experiments.roadmaps.marks import unbeaten
from experiments.roadmaps.plan import Plan, years
from experiments.roadmaps.request import Request
from experiments.roadmaps.rules import ONLY
from results.errors import ResultsError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Numbers = npt.NDArray[np.float64]

BEST: Final = "roadmap"
NOTHING: Final = "nothing"
STOPPED: Final = "stopped-at-"
FRONT: Final = "front-"

TOLERANCE: Final = 1e-9
"""Of the budget, for sums of floating-point numbers."""


@dataclass(frozen=True, eq=False)
class Roadmap:
    """The best plan that was found and all that it is held against, under the same luck.

    plans: by name: roadmap, the rules of thumb, stopped-at-25, -50 and -75, and front-1, front-2 ... for two goals.
    comparison: the organisation as it is, and with each of these plans, in the same order.
    robust: the goal by variant and plan, each with one number a world; empty where no variants were asked for.
    tried: how many plans the search tried.
    """

    request: Request
    plans: Mapping[str, Plan]
    comparison: Comparison
    robust: Mapping[str, Mapping[str, Numbers]]
    tried: int

    @property
    def plan(self) -> Plan:
        """The best plan."""
        return self.plans[BEST]

    @property
    def scenario(self) -> Any:
        """The organisation with the best plan."""
        return self.worlds[BEST].scenario

    @cached_property
    def worlds(self) -> dict[str, Ensemble]:
        """What was lived: `nothing` for the organisation as it is, and by name of the plan."""
        return dict(zip([NOTHING, *self.plans], (self.comparison.base, *self.comparison.what_ifs), strict=True))

    @property
    def rules(self) -> list[str]:
        """Names of the rules of thumb; doing nothing is one of them."""
        apart = (STOPPED, FRONT)
        return [name for name in self.worlds if name != BEST and not name.startswith(apart)]

    @property
    def stops(self) -> list[str]:
        """Names of the plans that are stopped early."""
        return [name for name in self.plans if name.startswith(STOPPED)]

    @cached_property
    def front(self) -> list[str]:
        """Names of the plans of the front that no other of it beats in these worlds, and of the roadmap itself."""
        names = [name for name in self.plans if name.startswith(FRONT)]
        kept = unbeaten(np.array([self.marks(name) for name in names])) if names else ()
        return [name for name, is_kept in zip(names, kept, strict=True) if is_kept or self.plans[name] == self.plan]

    def marks(self, name: str) -> list[float]:
        """What a plan comes to in each goal, mean over the worlds, so that more is better."""
        return [goal.sign * float(np.nanmean(self.reached(name, goal))) for goal in self.request.goals]

    def reached(self, name: str, goal: Goal | None = None) -> Numbers:
        """What a plan comes to in each world, by default in the first goal."""
        return (goal or self.request.goals[0]).reached(lambda indicator: lines_in(self.worlds[name], indicator))

    def beside(self, name: str, other: str = NOTHING, goal: Goal | None = None) -> Change:
        """What a plan adds beside another one or beside doing nothing, with its paired 95 % interval."""
        return change(self.reached(other, goal), self.reached(name, goal))

    @cached_property
    def best_rule(self) -> str:
        """The rule of thumb that does best in these very worlds: the choice favours the rule, not the roadmap."""
        return max(self.rules, key=lambda name: self.marks(name)[0])

    @property
    def verdict(self) -> str:
        """How the best plan stands beside the best rule of thumb: better, unclear, worse or same.

        With two goals: worse where a rule of thumb does better in both of them, else unbeaten.
        """
        if len(self.request.goals) > 1:
            return "worse" if self.better_in_both else "unbeaten"
        found = self.beside(BEST, self.best_rule).difference
        if found is None:
            return "unclear"
        if found.mean == found.low == found.high == 0.0:
            return "same"
        low, high = sorted(self.request.goals[0].sign * bound for bound in (found.low, found.high))
        return "better" if low > 0.0 else "worse" if high < 0.0 else "unclear"

    @property
    def better_in_both(self) -> list[str]:
        """Rules of thumb that do better than the roadmap in every goal, mean over these worlds."""
        own = np.array(self.marks(BEST))
        return [name for name in self.rules if (np.array(self.marks(name)) > own).all()]

    def invested(self, name: str) -> Numbers:
        """Euro that the simulation booked for a plan beside what is spent anyway: by world and year."""
        extra = lines_in(self.worlds[name], "investment") - lines_in(self.worlds[NOTHING], "investment")
        year = years(self.request.limits.weeks)
        return np.stack([np.bincount(year, weights=line) for line in extra])

    def check_invested(self) -> None:
        """Every plan must have cost what it may; RuntimeError where one did not, which would be our fault."""
        most = self.request.limits.budgets * (1.0 + TOLERANCE)
        for name in self.plans:
            if (self.invested(name) > most).any():
                raise RuntimeError(f"plan '{name}' booked {self.invested(name).max(axis=0)}, more than {most}")

    @property
    def regrets(self) -> dict[str, dict[str, float]]:
        """By plan and variant: how much less of the goal than the best of these plans, mean over the worlds."""
        sign = self.request.goals[0].sign
        marks = {
            variant: {name: float(np.nanmean(sign * reached)) for name, reached in plans.items()}
            for variant, plans in self.robust.items()
        }
        names = next(iter(marks.values()), {})
        return {
            name: {variant: max(plans.values()) - plans[name] for variant, plans in marks.items()} for name in names
        }

    def as_data(self) -> dict[str, Any]:
        """The roadmap as plain data for JSON."""
        from experiments.roadmaps.data import data_of  # noqa: PLC0415  it needs this class

        return data_of(self)

    def save(self, folder: str | Path | None = None, *, language: str = "en") -> Path:
        """Write plan, tables and figures into a folder and return it; by default runs/roadmap-<scenario>-<digest>.

        Raises ResultsError where that cannot be written.
        """
        from experiments.roadmaps.writing import write_roadmap  # noqa: PLC0415

        return write_roadmap(self, folder, language=language)

    def plot(self, what: str = "plan", *, language: str = "en") -> "Figure":
        """A figure: `plan` (what is done when, and what it brings), `front`, `impatience` or `regret`.

        Raises ResultsError for a figure that there is not.
        """
        from experiments.roadmaps.drawing import FIGURES  # noqa: PLC0415  runs without a figure need no Matplotlib

        if what not in FIGURES:
            raise ResultsError(f"There is no figure '{what}' of a roadmap; choose one of {', '.join(FIGURES)}.")
        return FIGURES[what](self, language)


def lines_in(ensemble: Ensemble, indicator: str) -> Numbers:
    """An indicator: one row a world, one column a week."""
    return np.reshape(ensemble.weekly.column(indicator).to_numpy(), (ensemble.replications, ensemble.weeks))


def rule_names(found: Mapping[str, Any], best_single: str) -> list[str]:
    """The rules of thumb that are told: of those that work on one block only, the best one."""
    return [name for name in found if not name.startswith(ONLY) or name == best_single]


def best_single(names: Sequence[str], marks: Sequence[float]) -> str:
    """Of the rules that work on one block only, the one with the highest mark."""
    return max(((mark, name) for name, mark in zip(names, marks, strict=True) if name.startswith(ONLY)))[1]

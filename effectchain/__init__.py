"""EffectChain: a simulation laboratory for service organisations, from leadership to loyalty and results.

    import effectchain as ec

    base = ec.scenario("hotel")
    what_if = base.strengthen("leadership", to=0.8, start=10, weeks=52)
    found = ec.compare(base, what_if, replications=8)
    found.plot("engagement")
    found.save("leadership-first")

A result's tables are Arrow tables; `to_pandas()` makes DataFrames of them. A mistake of the user's, such as an unknown
block or a week that cannot be, raises Mistake (a ValueError); a result that cannot be compared, drawn or written raises
ResultsError (a ValueError). Both say in a sentence what is wrong and what to do.

Names are loaded when first used, so that importing this package takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from effectchain.api import (
        calibrate,
        compare,
        experiment,
        explain,
        presets,
        roadmap,
        run,
        scenario,
        sensitivity,
        survey,
        sweep,
        validate,
    )
    from experiments.calibration.ensemble import ensemble_of
    from experiments.calibration.result import Calibration
    from experiments.comparison.comparison import Comparison
    from experiments.designs.experiment import Experiment
    from experiments.ensemble import Ensemble
    from experiments.explanation.explanation import Explanation
    from experiments.roadmaps.result import Roadmap
    from experiments.surveys.survey import Survey
    from experiments.sweeps.sweep import SweepResult
    from experiments.validation.validating import Validation
    from results.errors import ResultsError
    from results.sensitivity.table import Sensitivity
    from results.sweeps.store import SweepStore
    from scenarios.errors import Mistake
    from scenarios.scenario import Scenario

__all__ = [
    "Calibration",
    "Comparison",
    "Ensemble",
    "Experiment",
    "Explanation",
    "Mistake",
    "ResultsError",
    "Roadmap",
    "Scenario",
    "Sensitivity",
    "Survey",
    "SweepResult",
    "SweepStore",
    "Validation",
    "calibrate",
    "compare",
    "ensemble_of",
    "experiment",
    "explain",
    "presets",
    "roadmap",
    "run",
    "scenario",
    "sensitivity",
    "survey",
    "sweep",
    "validate",
]

_HOME: Final = {
    "Calibration": "experiments.calibration.result",
    "Comparison": "experiments.comparison.comparison",
    "Ensemble": "experiments.ensemble",
    "Experiment": "experiments.designs.experiment",
    "Explanation": "experiments.explanation.explanation",
    "Mistake": "scenarios.errors",
    "ResultsError": "results.errors",
    "Roadmap": "experiments.roadmaps.result",
    "Scenario": "scenarios.scenario",
    "Sensitivity": "results.sensitivity.table",
    "Survey": "experiments.surveys.survey",
    "SweepResult": "experiments.sweeps.sweep",
    "SweepStore": "results.sweeps.store",
    "Validation": "experiments.validation.validating",
    "ensemble_of": "experiments.calibration.ensemble",
}
"""Where a public name stands, if not in effectchain.api."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'effectchain' has no attribute '{name}'")
    found = getattr(import_module(_HOME.get(name, "effectchain.api")), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""Invented but plausible weekly tables, with every column of the contract, for tests of the results room."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

BLOCKS = (
    "understanding",
    "strategy",
    "leadership",
    "culture",
    "design",
    "engagement",
    "operations",
    "monitoring",
    "innovation",
)

LEVELS: Mapping[str, tuple[float, float, float]] = {
    # name: level at the start, what a strong what-if adds, noise of one week in one replication
    "leadership_style": (0.35, 0.31, 0.002),
    "adoption": (0.20, 0.40, 0.01),
    "service_norm": (0.50, 0.12, 0.004),
    "alignment": (0.55, 0.10, 0.003),
    "knowledge": (0.50, 0.08, 0.004),
    "service_standard": (0.70, 0.05, 0.004),
    "utilisation": (0.84, -0.02, 0.012),
    "engagement": (0.56, 0.12, 0.006),
    "share_engaged": (0.24, 0.18, 0.02),
    "share_disengaged": (0.16, -0.06, 0.02),
    "enps": (-6.0, 22.0, 2.0),
    "autonomy": (0.42, 0.25, 0.004),
    "competence": (0.61, 0.07, 0.004),
    "exhaustion": (0.34, -0.06, 0.008),
    "ownership": (0.45, 0.14, 0.005),
    "values_fit": (0.60, 0.05, 0.004),
    "turnover": (0.24, -0.07, 0.02),
    "performance": (0.66, 0.08, 0.005),
    "felt_welcome": (0.66, 0.08, 0.005),
    "felt_basics": (0.70, 0.06, 0.005),
    "felt_tailored": (0.58, 0.10, 0.005),
    "felt_unburdened": (0.57, 0.09, 0.005),
    "felt_amazed": (0.20, 0.11, 0.01),
    "felt_recovered": (0.48, 0.14, 0.03),
    "effort": (0.38, -0.07, 0.005),
    "expectation": (0.60, 0.03, 0.002),
    "satisfaction": (0.69, 0.05, 0.003),
    "delight_rate": (0.11, 0.09, 0.008),
    "bond": (0.12, 0.15, 0.004),
    "loyalty": (0.64, 0.09, 0.005),
    "nps": (4.0, 24.0, 1.5),
    "failure_rate": (0.061, -0.019, 0.004),
    "voice_rate": (0.35, 0.08, 0.03),
    "recovery_rate": (0.50, 0.14, 0.04),
    "recovery_quality": (0.46, 0.15, 0.03),
    "churn": (0.21, -0.06, 0.015),
    "reputation": (0.55, 0.14, 0.006),
    "market_share": (0.18, 0.03, 0.001),
    "customer_lifetime_value": (610.0, 190.0, 8.0),
    "trust": (0.55, 0.12, 0.004),
    "commissioner_index": (0.52, 0.14, 0.006),
    "cost_per_case": (84.0, -6.0, 1.5),
    "revenue": (152_000.0, 21_000.0, 2_600.0),
    "cost": (131_000.0, 9_000.0, 1_800.0),
    "investment": (0.0, 1_500.0, 0.0),
    "encounters": (3_900.0, 500.0, 60.0),
    "employees": (60.0, 0.0, 0.0),
    "customers": (3_000.0, 330.0, 9.0),
    "quits": (0.28, -0.08, 0.05),
    "hires": (0.28, -0.08, 0.05),
    "acquired": (12.0, 4.0, 2.0),
    "messages_positive": (22.0, 16.0, 3.0),
    "messages_negative": (17.0, -6.0, 3.0),
}


def weekly(
    scenario: str = "base", *, weeks: int = 156, replications: int = 12, seed: int = 7, strength: float = 0.0
) -> pa.Table:
    """A weekly table of one scenario; tables with one seed share their luck, as paired worlds do.

    strength: 0 for the baseline, 1 for a what-if that does, on average over the worlds, all of what LEVELS says.
    """
    week = np.tile(np.arange(weeks), replications)
    replication = np.repeat(np.arange(replications), weeks)
    columns = {
        "scenario": np.full(week.size, scenario),
        "replication": replication.astype("i4"),
        "seed": (seed + replication).astype("i8"),
        "week": week.astype("i4"),
    }
    own = np.random.default_rng(seed).normal(1.0, 0.15, replications)[replication]
    for name, (level, gain, noise) in LEVELS.items():
        lag = 8 + 60 * _place(name)
        response = np.clip((week - 8) / lag, 0, None)
        shape = 1.0 - np.exp(-(response**2))
        columns[name] = level + strength * gain * own * shape + _wander(name, seed, weeks, replications, noise)
    columns["profit"] = columns["revenue"] - columns["cost"] - columns["investment"]
    for gap in range(1, 6):
        columns[f"gap_{gap}"] = np.full(week.size, 0.1 * gap)
    for block in BLOCKS:
        columns[f"designed_{block}"] = columns[f"lived_{block}"] = np.full(week.size, 0.45)
    return pa.table(columns)


def _place(name: str) -> float:
    """How far down the chain an indicator is, 0 to 1: leaders move first, money last."""
    return list(LEVELS).index(name) / len(LEVELS)


def _wander(name: str, seed: int, weeks: int, replications: int, noise: float) -> np.ndarray:
    """A world's own level, a slow drift and the noise of each week."""
    luck = np.random.default_rng([seed, list(LEVELS).index(name)])
    steps = luck.normal(0.0, noise, (replications, weeks))
    drift = np.empty_like(steps)
    drift[:, 0] = steps[:, 0]
    for week in range(1, weeks):
        drift[:, week] = 0.9 * drift[:, week - 1] + 0.44 * steps[:, week]
    own = luck.normal(0.0, 2.0 * noise, (replications, 1))
    return np.ravel(own + drift + 0.3 * luck.normal(0.0, noise, (replications, weeks)))

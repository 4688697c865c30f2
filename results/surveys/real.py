"""The real samples whose summary figures come along."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from results.surveys.sample import Sample, sample_of


@dataclass(frozen=True)
class RealSample:
    """A real sample and what of it others are held against.

    source: where it is from, its grade first. compared: kinds of figures that count (mean, sd, alpha, correlation,
    icc, within, between). beside: constructs that are shown but not counted, as they share items with another one.
    """

    sample: Sample
    source: str
    compared: tuple[str, ...]
    beside: frozenset[str]


@cache
def real_samples() -> Mapping[str, RealSample]:
    """All of them, by name."""
    data = tomllib.loads(files("results.surveys").joinpath("real_samples.toml").read_text(encoding="utf-8"))
    return {name: _real(entry) for name, entry in data.items()}


def _real(entry: Mapping[str, Any]) -> RealSample:
    sample = sample_of({**entry, "correlations": entry["together"]["correlations"]})
    return RealSample(sample, entry["source"], tuple(entry["compared"]), frozenset(entry["beside"]))

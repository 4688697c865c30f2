"""The form of an experiment file: which scenario, which factors, which design, how often."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, model_validator

from experiments.request import LARGEST_SEED, MOST_REPLICATIONS
from scenarios.table import LAST_WEEK, Items, Slug, Table, complaint, key

Kind = Literal["grid", "table", "latin_hypercube", "sobol", "saltelli", "morris", "one_at_a_time"]
Scalar = bool | int | float | str

MOST_VALUES: Final = 10_000
MOST_LEVELS: Final = 10_000
MOST_POINTS: Final = 2**30
"""As far as a Sobol' sequence of 30 bits goes."""

OWN_KEYS: Final[Mapping[Kind, frozenset[str]]] = {
    "grid": frozenset({"levels"}),
    "table": frozenset({"file"}),
    "latin_hypercube": frozenset({"points", "seed"}),
    "sobol": frozenset({"points", "seed"}),
    "saltelli": frozenset({"points", "seed"}),
    "morris": frozenset({"points", "levels", "seed"}),
    "one_at_a_time": frozenset({"levels"}),
}
"""The keys of [design] that each kind knows, beside `kind` itself."""

POINTS: Final = (
    "cells of a latin_hypercube or sobol sequence; rows of the two matrices of saltelli (a power of two), "
    "each of which makes a cell more than there are factors, and one; trajectories of morris"
)


class FactorForm(Table):
    """What one key of the scenario is set to: a range or a list of values."""

    low: float | None = key(None, "lower end of the range, included")
    high: float | None = key(None, "upper end of the range, included")
    scale: Literal["linear", "log"] = key("linear", "whether steps or ratios along the range count alike")
    levels: int | None = key(None, "values along the range, ends included", "values", 2, MOST_LEVELS)
    values: Annotated[Items[Scalar], Field(min_length=1, max_length=MOST_VALUES)] | None = key(
        None, "the values themselves: numbers, texts, or true and false"
    )

    @model_validator(mode="after")
    def _range_or_values(self) -> "FactorForm":
        is_range = (self.low is not None, self.high is not None)
        if self.values is None and not all(is_range):
            raise complaint((), "must be a range, { low = 0.2, high = 0.8 }, or a list, { values = [0.2, 0.8] }")
        if self.values is not None and (any(is_range) or self.levels is not None or self.scale != "linear"):
            raise complaint((), "give either low and high, or values; scale and levels belong to a range")
        return self

    @model_validator(mode="after")
    def _low_below_high(self) -> "FactorForm":
        if self.low is not None and self.high is not None:
            if self.low >= self.high:
                raise complaint(("high",), f"must be above low, which is {self.low:g}")
            if self.scale == "log" and self.low <= 0.0:
                raise complaint(("low",), "must be above 0 on a log scale")
        return self

    @model_validator(mode="after")
    def _values_differ(self) -> "FactorForm":
        seen: set[tuple[bool, Scalar]] = set()
        for place, value in enumerate(self.values or ()):
            if (isinstance(value, bool), value) in seen:
                raise complaint(("values", place), "is given twice")
            seen.add((isinstance(value, bool), value))
        return self


def _needs_too(schema: dict[str, Any]) -> None:
    """Adds to the JSON Schema which keys each kind of design needs."""
    needs = {"file": ["table"], "points": [kind for kind, keys in OWN_KEYS.items() if "points" in keys]}
    schema["allOf"] = [
        {"if": {"properties": {"kind": {"enum": kinds}}}, "then": {"required": [name]}} for name, kinds in needs.items()
    ]


class DesignForm(Table):
    """Which points of the space that the factors span are lived."""

    model_config = ConfigDict(json_schema_extra=_needs_too)

    kind: Kind = key(..., "how the points are chosen")
    points: int | None = key(None, POINTS, low=1, high=MOST_POINTS)
    levels: int | None = key(
        None, "values along each range of a grid or of one_at_a_time (2); of morris, an even number (4)", "values", 2,
        MOST_LEVELS,
    )  # fmt: skip
    file: str | None = key(None, "CSV or Parquet file with one column a factor, relative to this one", max_length=4096)
    seed: int | None = key(None, "names the luck of the design; by default the experiment's", "", 0, LARGEST_SEED)

    @model_validator(mode="after")
    def _its_own_keys(self) -> "DesignForm":
        for name in ("points", "levels", "file", "seed"):
            if getattr(self, name) is not None and name not in OWN_KEYS[self.kind]:
                own = ", ".join(sorted(OWN_KEYS[self.kind]))
                raise complaint((name,), f"plays no part in the design '{self.kind}', which knows {own}")
        for name in ("points", "file"):
            if getattr(self, name) is None and name in OWN_KEYS[self.kind]:
                raise complaint((name,), f"must be given for the design '{self.kind}'")
        return self

    @model_validator(mode="after")
    def _numbers_that_fit(self) -> "DesignForm":
        if self.kind == "saltelli" and self.points and (self.points < 2 or self.points & (self.points - 1)):
            near = max(2, 1 << (self.points.bit_length() - 1))
            raise complaint(("points",), f"must be a power of two for 'saltelli', such as {near} or {2 * near}")
        if self.kind == "morris" and self.points == 1:
            raise complaint(("points",), "must be at least 2 trajectories, better 10 or more")
        if self.kind == "morris" and (self.levels or 4) % 2:
            raise complaint(("levels",), "must be an even number for 'morris'")
        return self


class KeepForm(Table):
    """What is kept of each run."""

    indicators: Annotated[Items[str], Field(min_length=1, max_length=1000)] | None = key(
        None, "columns of the weekly table; all where absent"
    )
    every: int = key(1, "keep each so many weeks, counted so that the last is kept", "weeks", 1, LAST_WEEK)


class Form(Table):
    """An experiment: one scenario, lived at many points of the space that its factors span."""

    format: Literal[1] = key(1, "version of the experiment file's form", alias="schema")
    name: Slug = key("experiment", "name, also of folders; by default that of the file")
    scenario: str = key(
        ..., "preset, or file relative to this one, that all cells build on", min_length=1, max_length=4096
    )
    weeks: int = key(..., "recorded weeks of each run; by default the scenario's", "weeks", 1, LAST_WEEK)
    replications: int = key(1, "worlds at each point, alike but for luck", "worlds", 1, MOST_REPLICATIONS)
    seed: int = key(1, "names all luck; cells share it, so that they differ by their factors only", "", 0, LARGEST_SEED)
    design: DesignForm = key(..., "which points are lived")
    factors: Mapping[str, FactorForm] = key(
        {}, "keys of the scenario by dotted path, and what they are set to; absent where the design is a table"
    )
    keep: KeepForm = key(KeepForm(), "what is kept of each run")

    @model_validator(mode="after")
    def _factors_fit_the_design(self) -> "Form":
        if self.design.kind == "table" and self.factors:
            raise complaint(("factors",), "leave [factors] out: the factors of a table are its columns")
        if self.design.kind != "table" and not self.factors:
            raise complaint(("factors",), "there is none; name at least one key of the scenario, with low and high")
        for path, factor in self.factors.items():
            self._check_levels(path, factor)
        return self

    def _check_levels(self, path: str, factor: FactorForm) -> None:
        kind = self.design.kind
        if factor.levels is not None and kind not in {"grid", "one_at_a_time"}:
            raise complaint(("factors", path, "levels"), f"plays no part in the design '{kind}'")
        if kind == "grid" and factor.values is None and factor.levels is None and self.design.levels is None:
            raise complaint(("factors", path), "a range in a grid needs levels, here or under [design]")

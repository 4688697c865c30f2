"""A sweep's factors as numbers: what the design set them to, and where in their ranges that lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from experiments.designs.factors import Units
from results.errors import ResultsError

LONGEST_LIST: Final = 12
"""Words of a table's column up to which they count as kinds."""


@dataclass(frozen=True, eq=False)
class Coded:
    """One factor of a finished design.

    kinds: the words or yes and no that it takes, in their order; empty for numbers. values: the numbers, or positions
    in `kinds`, one a cell. is_log: whether ratios count alike. ends: of its range; None for those of its values.
    """

    path: str
    values: Units
    kinds: tuple[str, ...] = ()
    is_log: bool = False
    ends: tuple[float, float] | None = None

    @property
    def varies(self) -> bool:
        """Whether it is not the same in all cells."""
        return bool((self.values != self.values[0]).any())

    @property
    def along(self) -> Units:
        """How far along its range each cell is: 0 at the low end, 1 at the high one, steps or ratios counting alike."""
        low, high = self._ends
        if self.is_log:
            return np.asarray(np.log(self.values / low) / np.log(high / low))
        return np.asarray((self.values - low) / (high - low))

    @property
    def _ends(self) -> tuple[float, float]:
        return self.ends or (float(self.values.min()), float(self.values.max()))

    def setting(self, value: float) -> str:
        """A value in words: 0.2, 30, top_down."""
        if self.kinds:
            return self.kinds[int(value)]
        return f"{value:.0f}" if value == round(value) or abs(value) >= 1000.0 else f"{value:.3g}"

    @property
    def span(self) -> str:
        """From one end to the other: 0.1 → 0.9."""
        low, high = self._ends
        return f"{self.setting(low)} → {self.setting(high)}"


def coded(design: pa.Table, forms: Mapping[str, Mapping[str, Any]], present: Mapping[str, Any]) -> list[Coded]:
    """Each column of the design but `cell`.

    forms: the experiment's [factors]. present: what the scenario itself has, for empty cells; NaN stands where that is
    no single number. Raises ResultsError for more words than can be compared.
    """
    return [_coded(name, design, forms.get(name, {}), present.get(name)) for name in design.column_names[1:]]


def _coded(name: str, design: pa.Table, form: Mapping[str, Any], present: Any) -> Coded:
    column = design.column(name)
    given = column.to_pylist() if present is None else [present if one is None else one for one in column.to_pylist()]
    if pa.types.is_string(column.type) or pa.types.is_boolean(column.type):
        return _kinds(name, given, form)
    values = np.array([np.nan if one is None else one for one in given], "f8")
    ends = (float(form["low"]), float(form["high"])) if {"low", "high"} <= form.keys() else None
    return Coded(name, values, (), form.get("scale") == "log", ends)


def _kinds(name: str, given: Sequence[Any], form: Mapping[str, Any]) -> Coded:
    words = [_word(value) for value in given]
    listed = [_word(value) for value in form.get("values", ())]
    kinds = list(dict.fromkeys([*(one for one in listed if one in words), *sorted(set(words) - set(listed))]))
    if len(kinds) > LONGEST_LIST and not listed:
        raise ResultsError(f"'{name}' takes {len(kinds)} words in the table; at most {LONGEST_LIST} can be compared.")
    return Coded(name, np.array([kinds.index(word) for word in words], "f8"), tuple(kinds))


def _word(value: Any) -> str:
    if value is None:
        return "as it is"
    return str(value).lower() if isinstance(value, bool) else str(value)

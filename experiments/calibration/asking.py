"""Answers to a survey as figures: what each construct came to among an organisation's own respondents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from experiments.calibration.figures import SURE, YEAR, Figure
from experiments.calibration.parameters import Numbers
from experiments.calibration.reading import number, text_of
from experiments.surveys.answering import answers
from experiments.surveys.instrument import Instrument
from experiments.surveys.respondents import respondents
from experiments.surveys.scene import Scene
from scenarios.errors import Mistake, shown
from scenarios.sheet import Row, Sheet, read_sheet

ENOUGH: Final = 1_000
"""Simulated respondents of each world: so many that whom they happen to be hardly counts."""

WEEKLY: Final[Mapping[str, str]] = {"recommend": "nps", "advise": "enps"}
"""States that items read, and the figure that says the same: whoever asks about one opens what the other opens."""


@dataclass(frozen=True)
class Asked:
    """An instrument, and the items of it that were asked, by construct. file: name of the file with the answers."""

    instrument: Instrument
    items: Mapping[str, tuple[str, ...]]
    file: str

    def scores(self, table: pa.Table) -> dict[str, Numbers]:
        """Everybody's mean over the items of each construct, by name of figure; NaN for those who answered none."""
        found = {}
        for construct, items in self.items.items():
            marks = np.column_stack([table.column(item).to_numpy().astype("f8") for item in items])
            counts = np.isfinite(marks).sum(axis=1)
            total = np.where(np.isfinite(marks), marks, 0.0).sum(axis=1)
            found[self.figure(construct)] = np.divide(total, counts, out=np.full(len(total), np.nan), where=counts > 0)
        return found

    def figure(self, construct: str) -> str:
        """What the figure of a construct is called: ecsi.satisfaction."""
        return f"{self.instrument.name}.{construct}"

    def ask(self, scene: Scene, seed: int, replication: int) -> dict[str, float]:
        """What the people of this world answer as its last week ends, by name of figure."""
        asked = respondents(scene, self.instrument, seed, replication, ENOUGH)
        scores = self.scores(answers(scene, self.instrument, seed, replication, asked.numbers))
        return {name: float(np.nanmean(one)) for name, one in scores.items() if np.isfinite(one).any()}

    @cached_property
    def bears_on(self) -> frozenset[str]:
        """Weekly figures that these items say as much as."""
        read = {
            item.reads or construct.reads
            for construct in self.instrument.form.constructs
            for item in construct.items
            if item.name in self.items.get(construct.name, ())
        }
        return frozenset(WEEKLY[state] for state in read if state in WEEKLY)


def read_survey(path: str | Path, instrument: Instrument) -> tuple[Asked, tuple[Figure, ...]]:
    """What a file of answers comes to: a row a respondent, a column an item; other columns are passed over.

    A figure a construct: the mean of respondents' means, and as tolerance 1.96 standard errors of it. Raises Mistake,
    with row and column, for what cannot be read, marks outside the scale, and constructs with fewer than two answers.
    """
    known = set(instrument.items)

    def is_header(row: Row) -> bool:
        return any(str(cell or "").strip() in known for cell in row)

    few = ", ".join(instrument.items[:3])
    sheet = read_sheet(Path(path), is_header, f"a header with items of {instrument.name}, such as {few}")
    columns = _columns(sheet, instrument)
    items = {one.name: tuple(item.name for item in one.items) for one in instrument.form.constructs}
    kept = {name: tuple(one for one in all_of if one in columns) for name, all_of in items.items()}
    asked = Asked(instrument, {name: some for name, some in kept.items() if some}, Path(path).name)
    scores = asked.scores(pa.table({name: pa.array(values) for name, values in columns.items()}))
    return asked, tuple(_figure(name, one, sheet.file) for name, one in scores.items())


def _columns(sheet: Sheet, instrument: Instrument) -> dict[str, Numbers]:
    """The marks of each item that has a column."""
    scales = {
        item.name: construct.scale or instrument.form.scale
        for construct in instrument.form.constructs
        for item in construct.items
    }
    found = {}
    for place, cell in enumerate(sheet.rows[sheet.header]):
        name = str(cell or "").strip()
        if name in found:
            raise Mistake(f"has two columns for {shown(name)}", sheet.file)
        if name in scales:
            scale = scales[name]
            found[name] = _marks(sheet, place, scale.low, scale.high)
    return found


def _marks(sheet: Sheet, place: int, low: int, high: int) -> Numbers:
    rows: Sequence[int] = range(sheet.header + 1, len(sheet.rows))
    marks = []
    for row in rows:
        text = text_of(sheet.rows[row], place)
        mark = number(text, sheet.where(row, place)) if text and text.upper() != "NA" else float("nan")
        if mark < low or mark > high:
            raise Mistake(f"{shown(text)} is no answer", sheet.where(row, place), f"{low} to {high}, or nothing")
        marks.append(mark)
    return np.array(marks, dtype="f8")


def _figure(name: str, scores: Numbers, where: str) -> Figure:
    known = scores[np.isfinite(scores)]
    if known.size < 2:
        raise Mistake("has fewer than two answers", f"{where}, {name}", hint="leave its items out")
    error = float(known.std(ddof=1) / np.sqrt(known.size))
    room = SURE * error or 0.01
    return Figure(name, float(known.mean()), room, room, YEAR)

"""The design of a sweep on disk: one file for its beginning and one for each extension, none ever written again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from results.errors import ResultsError
from results.folders.digest import SIZE, digest
from results.folders.disk import explaining, put
from results.folders.sealed import BrokenSealError, open_sealed, read_record, sealed
from results.sweeps.grid import Generation, Grid

DESIGN: Final = "design"


@dataclass(frozen=True, slots=True)
class DesignFile:
    """A generation as it goes to the disk: the name of its file in design/, and its bytes."""

    number: int
    name: str
    data: bytes


def design_file(
    grid: Grid | None, design: pa.Table, *, identity: object, replications: int, block_cells: int
) -> DesignFile:
    """The file of the next generation, after those of the grid; None for the first.

    design: only its new cells, possibly none. identity: all else that decides the numbers, as plain JSON data.
    Raises ResultsError when the cells are not numbered on, or the sweep would shrink.
    """
    before = grid.generations if grid else ()
    start = before[-1].cells if before else 0
    _check_numbering(design, start)
    cells = start + design.num_rows
    key = _key(before[-1].key if before else "", design, identity, cells, replications)
    Grid((*before, Generation(cells, replications, block_cells, key)))
    record = {"cells": cells, "replications": replications, "block_cells": block_cells, "key": key}
    return DesignFile(len(before), name_of(len(before)), sealed(design, record))


def like_before(schema: pa.Schema, design: pa.Table) -> pa.Table:
    """The new cells; ResultsError where their columns are not those of the cells before them."""
    if design.num_rows == 0:
        return schema.empty_table()
    if not design.schema.equals(schema):
        before, now = (", ".join(f"{field.name} ({field.type})" for field in each) for each in (schema, design.schema))
        raise ResultsError(f"The new cells have the columns {now}, and those before them {before}: they must be alike.")
    return design


def name_of(number: int) -> str:
    """The name of a generation's file."""
    return f"design-{number:05}.parquet"


def add_generation(folder: Path, file: DesignFile, files: Mapping[str, str]) -> None:
    """Put the generation in its place, last of all, so that it is there whole or not at all."""
    numbered = {_numbered(name, file.number): text.encode() for name, text in files.items()}
    with explaining(
        f"The sweep in '{folder}' could not be extended",
        "It stands as it was; put that right and give the same command again.",
    ):
        for name, data in {**numbered, f"{DESIGN}/{file.name}": file.data}.items():
            put(folder / name, data)


def read_grid(folder: Path) -> Grid:
    """The generations that the design's files tell of. Raises ResultsError when one is missing or damaged."""
    names = _names(folder)
    if not names or names != [name_of(number) for number in range(len(names))]:
        raise ResultsError(f"'{folder / DESIGN}' lacks a file of the design, so the sweep cannot be read.")
    return Grid(tuple(_generation(folder / DESIGN / name) for name in names))


def read_design(folder: Path) -> pa.Table:
    """The cells of all generations. Raises ResultsError when a file is missing or damaged."""
    return pa.concat_tables([_table(folder / DESIGN / name) for name in _names(folder)])


def check_generations(folder: Path, identity: object) -> list[str]:
    """The files of the design whose content, or the identity, is not what their key was made of."""
    wrong, before = [], ""
    for name, told in zip(_names(folder), read_grid(folder).generations, strict=True):
        if told.key != _key(before, _table(folder / DESIGN / name), identity, told.cells, told.replications):
            wrong.append(name)
        before = told.key
    return wrong


def _key(before: str, new: pa.Table, identity: object, cells: int, replications: int) -> str:
    """The digest of all that decides a generation's numbers, and of the generation before it."""
    decided = [before, digest(new), identity, cells, replications]
    return blake2b(json.dumps(decided, sort_keys=True).encode(), digest_size=SIZE).hexdigest()


def _names(folder: Path) -> list[str]:
    try:
        found = (folder / DESIGN).iterdir()
        return sorted(path.name for path in found if path.suffix == ".parquet" and path.name[0] != ".")
    except OSError as error:
        raise ResultsError(f"'{folder / DESIGN}' cannot be read: {error.strerror}.") from error


def _generation(path: Path) -> Generation:
    try:
        return Generation(**read_record(path))
    except OSError as error:
        raise ResultsError(f"'{path}' cannot be read: {error.strerror}.") from error
    except (BrokenSealError, TypeError) as error:
        raise _damaged(path) from error


def _table(path: Path) -> pa.Table:
    try:
        return open_sealed(path).read().replace_schema_metadata()
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> ResultsError:
    return ResultsError(f"'{path}' is damaged, so the sweep cannot be read: put it back, or begin anew elsewhere.")


def _check_numbering(design: pa.Table, start: int) -> None:
    if "cell" not in design.column_names:
        raise ResultsError("A design needs a column 'cell'.")
    if not np.array_equal(design.column("cell").to_numpy(), np.arange(start, start + design.num_rows)):
        raise ResultsError(f"The new cells of a design must be numbered {start}, {start + 1} and so on.")


def _numbered(name: str, number: int) -> str:
    path = Path(name)
    return f"{path.stem}-{number:05}{path.suffix}"

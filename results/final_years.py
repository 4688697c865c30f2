"""What each run comes to in its final year: one row a run."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from results.statistics import KEYS, RUN_KEYS, final_year


def indicators_of(schema: pa.Schema, factors: Sequence[str] = ()) -> list[str]:
    """The columns of a weekly table that hold numbers and are neither keys nor factors."""
    others = {*KEYS, *factors}
    return [field.name for field in schema if field.name not in others and _is_number(field.type)]


def final_years(weekly: pa.Table, indicators: Sequence[str], factors: Sequence[str] = ()) -> pa.Table:
    """One row a run: its keys, its factors, then each indicator's value of the year.

    weekly: whole runs of some scenarios or cells, which come out in the order in which they first appear.
    The value is what `results.statistics.final_year` says: the sum of a flow, the mean of all else.
    """
    who = weekly.column("cell" if "cell" in weekly.column_names else "scenario").cast(pa.string())
    final = final_year(weekly.select(["replication", "week", *indicators]).append_column("scenario", who))
    runs = final.take(np.arange(0, final.num_rows, len(indicators)))
    keys = [name for name in (*RUN_KEYS, *factors) if name in weekly.column_names]
    table = weekly.select(keys).take(_first_rows(who, weekly.column("replication"), runs))
    values = final.column("value").to_numpy().reshape(-1, len(indicators))
    for place, name in enumerate(indicators):
        table = table.append_column(name, pa.array(values[:, place]))
    return table


def _first_rows(who: pa.ChunkedArray, replication: pa.ChunkedArray, runs: pa.Table) -> list[int]:
    """Where each run's first row stands."""
    rows = pa.table({"who": who, "replication": replication, "row": np.arange(len(who))})
    first = rows.group_by(["who", "replication"]).aggregate([("row", "min")]).to_pylist()
    places = {(one["who"], one["replication"]): one["row_min"] for one in first}
    names, numbers = (runs.column(name).to_pylist() for name in ("scenario", "replication"))
    return [places[key] for key in zip(names, numbers, strict=True)]


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind))

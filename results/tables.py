"""The tables of a finished folder, of whichever kind: as datasets, which are read piece by piece."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from results.parts import path_of
from results.sealed import check_data
from results.store import MANIFEST, Run, read_run
from results.sweep_reading import Rows, reading
from results.sweep_store import KIND, SweepStore

_VERIFYING = ds.ParquetFileFormat(
    default_fragment_scan_options=ds.ParquetFragmentScanOptions(page_checksum_verification=True)
)


def open_folder(folder: str | Path) -> Run | SweepStore:
    """A finished run or comparison, or a sweep. Raises ResultsError for what is neither, or is damaged."""
    return SweepStore.open(folder) if _kind(Path(folder)) == KIND else read_run(folder)


def datasets(opened: Run | SweepStore) -> Mapping[str, ds.Dataset]:
    """The tables by name: those of a run, or weekly, design and runs of a sweep, weekly only where a run is finished.

    All is read through and held against its digests first, so that no wrong number is ever given: ResultsError names
    what is damaged.
    """
    if isinstance(opened, Run):
        opened.verify()
        paths = {name: opened.folder / f"{name}.parquet" for name in opened.tables}
        return {name: ds.dataset(path, format=_VERIFYING) for name, path in paths.items()}
    return {**_weekly(opened), "design": _in_memory(opened.design()), "runs": _in_memory(opened.runs())}


def _weekly(store: SweepStore) -> Mapping[str, ds.Dataset]:
    parts = list(store.parts())
    if not parts:
        return {}
    schema = Rows(store.folder, parts, None).schema(None)
    paths = [path_of(store.folder, part.block) for part in parts]
    for path in paths:
        with reading(path):
            check_data(path)
    return {"weekly": ds.dataset(list(map(str, paths)), schema=schema, format=_VERIFYING)}


def _in_memory(table: pa.Table) -> ds.Dataset:
    return ds.dataset(table)


def _kind(folder: Path) -> object:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest.get("kind") if isinstance(manifest, dict) else None

"""Everything that reads a file or a text of somebody else's, each with content that is right, to be spoilt."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import tomli_w

from effectchain.dashboard.present.library import read_story
from effectchain.dashboard.strategist.keeping import from_code
from experiments.calibration.ensemble import ensemble_of
from experiments.calibration.reading import read_figures
from experiments.designs.design_file import read_design
from experiments.designs.experiment import parse_experiment
from experiments.surveys.instrument import parse_instrument
from results.errors import ResultsError
from results.folders.manifest import MANIFEST
from results.folders.run import read_run, write_run
from results.sweeps.store import SweepStore
from scenarios.answers import answers_of
from scenarios.errors import Mistake
from scenarios.loading import load, parse, preset_path
from scenarios.sharing import packed, unpacked
from scenarios.template import csv_template, xlsx_template
from tests.experiment_forms import data_of

Read = Callable[[bytes, Path], object]
"""Reads this content, in a folder of its own where it must be a file."""

REFUSALS: Final = (Mistake, ResultsError)
"""What a user's mistake is told with; anything else is ours."""

HOUSE: Final = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Target:
    """Something that reads: how, and what it reads without complaint."""

    read: Read
    right: Callable[[], bytes]


def text_of(content: bytes) -> str:
    """The content as text, where it is any."""
    return content.decode("utf-8", "replace")


def as_file(read: Callable[[Path], object], name: str) -> Read:
    """Reads the content from a file of this name."""

    def reads(content: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(content)
        return read(path)

    return reads


def filled_in() -> bytes:
    """Answers of one respondent."""
    lines = csv_template("en", 1, ",").decode("utf-8-sig").splitlines()
    return "\n".join([*lines[:3], *(f"{line.rstrip(',')},4" for line in lines[3:])]).encode()


def weekly() -> pa.Table:
    """A run's table of a few weeks."""
    return pa.table(
        {"scenario": ["a"] * 4, "replication": [0] * 4, "week": [1, 2, 3, 4], "loyalty": [0.5, 0.6, 0.7, 0.8]}
    )


@cache
def run_files() -> Mapping[str, bytes]:
    """Manifest and table of a run."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_run(Path(place) / "run", {"weekly": weekly()}, {"schema": 1, "kind": "run", "seeds": [1]})
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def read_whole_run(spoilt: str) -> Read:
    """Reads a run, one file of which is this content."""

    def reads(content: bytes, folder: Path) -> object:
        for name, right in run_files().items():
            (folder / name).write_bytes(content if name == spoilt else right)
        run = read_run(folder)
        run.verify()
        return [run.table(name) for name in run.tables]

    return reads


def read_whole_sweep(content: bytes, folder: Path) -> object:
    """Opens a sweep whose manifest is this content."""
    (folder / MANIFEST).write_bytes(content)
    return SweepStore.open(folder).verify()


def design_table() -> bytes:
    """A Parquet file with two factors."""
    out = io.BytesIO()
    pq.write_table(pa.table({"building_blocks.culture": [0.2, 0.4], "organisation.leaders": [2, 3]}), out)
    return out.getvalue()


def the_sheet(content: bytes, _folder: Path) -> object:
    """Answers in a spreadsheet, the XML of whose sheet is this content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_template("en", 1))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part.endswith("sheet1.xml") else old.read(part))
    return answers_of({"x.xlsx": out.getvalue()})


def sheet_xml() -> bytes:
    """The XML of the template's sheet."""
    with zipfile.ZipFile(io.BytesIO(xlsx_template("en", 1))) as book:
        return book.read("xl/worksheets/sheet1.xml")


def ensemble(content: bytes, folder: Path) -> object:
    """Plausible scenarios, the first of which is this content."""
    (folder / "plausible-01.toml").write_bytes(content)
    return ensemble_of(folder)


TARGETS: Final[Mapping[str, Target]] = {
    "scenario": Target(lambda data, _: parse(text_of(data)), lambda: preset_path("hotel").read_bytes()),
    "scenario file": Target(as_file(load, "x.toml"), lambda: b'schema = 1\nextends = "hotel"\nname = "mine"\n'),
    "experiment": Target(lambda data, _: parse_experiment(text_of(data)), lambda: tomli_w.dumps(data_of()).encode()),
    "design": Target(
        as_file(lambda path: read_design(path, load("hotel"), load), "x.csv"),
        lambda: b"building_blocks.culture,organisation.leaders\n0.2,2\n0.4,3\n",
    ),
    "design table": Target(as_file(lambda path: read_design(path, load("hotel"), load), "x.parquet"), design_table),
    "answers": Target(lambda data, _: answers_of({"x.csv": data}), filled_in),
    "answers book": Target(lambda data, _: answers_of({"x.xlsx": data}), lambda: xlsx_template("en", 1)),
    "answers sheet": Target(the_sheet, sheet_xml),
    "figures": Target(as_file(read_figures, "x.csv"), lambda: b"indicator,value,plus_minus\nchurn,18%,0.02\n"),
    "story": Target(
        as_file(read_story, "x.toml"),
        (HOUSE / "effectchain/dashboard/present/stories/2-recovery.toml").read_bytes,
    ),
    "questionnaire": Target(
        lambda data, _: parse_instrument(text_of(data)),
        (HOUSE / "experiments/surveys/instruments/nps.toml").read_bytes,
    ),
    "link": Target(
        lambda data, _: (unpacked(text_of(data)), from_code(text_of(data))),
        lambda: packed([load("hotel"), load("hotel").strengthen("culture", to=0.9)]).encode(),
    ),
    "run's manifest": Target(read_whole_run(MANIFEST), lambda: run_files()[MANIFEST]),
    "run's table": Target(read_whole_run("weekly.parquet"), lambda: run_files()["weekly.parquet"]),
    "sweep's manifest": Target(
        read_whole_sweep,
        lambda: json.dumps({"schema": 1, "kind": "sweep", "identity": {}, "experiment": {}, "scenario": {}}).encode(),
    ),
    "ensemble": Target(ensemble, lambda: preset_path("hotel").read_bytes()),
}
"""By name."""

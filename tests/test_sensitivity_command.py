"""`effectchain sensitivity` on real, tiny sweeps."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import tomli_w

from experiments.designs.experiment import load_experiment
from experiments.sweeps.sweep import sweep
from results.sensitivity.outcomes import outcomes
from results.statistics import by_indicator, final_year
from results.sweeps.store import SweepStore
from tests.command_line import done, effectchain, refused, small_file

FACTORS: dict[str, Any] = {
    "building_blocks.operations": {"low": 0.1, "high": 0.9},
    "building_blocks.culture": {"low": 0.1, "high": 0.9},
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def swept(kind: str, *, every: int = 1, **design: Any) -> Path:
    """A finished sweep of the small organisation."""
    small_file()
    data = {
        "schema": 1,
        "scenario": "./small.toml",
        "replications": 2,
        "design": {"kind": kind, **design},
        "factors": FACTORS,
        "keep": {"every": every},
    }
    Path("e.toml").write_text(tomli_w.dumps(data))
    sweep(load_experiment("./e.toml"), kind, workers=2)
    return Path(kind)


@pytest.mark.usefixtures("here")
def test_processes_move_failures_and_culture_does_not() -> None:
    """One at a time, in the same worlds: better processes mean fewer failures, with an interval that says so."""
    data = done("sensitivity", swept("one_at_a_time"), "--indicator", "failure_rate", "--json").data

    first, second = data["factors"]["building_blocks.operations"]["changes"]
    assert ("0.1", "0.9") == (first["setting"], second["setting"])
    assert first["value"] > 0.0 > second["value"]
    assert ("one_at_a_time", 5, 2) == (data["method"], data["cells"], data["replications"])
    assert "building_blocks.operations" == next(iter(data["factors"]))


@pytest.mark.usefixtures("here")
def test_what_is_found_is_told_and_drawn() -> None:
    """A table, and a figure as PNG and SVG beside the sweep or where the user says; other commands mind neither."""
    folder = swept("saltelli", points=4)
    out = done("sensitivity", folder, "--indicator", "engagement", "--lang", "nl").out

    assert "Wat heeft invloed op bevlogenheid?" in out
    assert "Figuur: saltelli/sensitivity-engagement.png" in out
    assert b"\x89PNG" == (folder / "sensitivity-engagement.png").read_bytes()[:4]
    assert "<svg" in (folder / "sensitivity-engagement.svg").read_text()
    done("sensitivity", folder, "--indicator", "loyalty", "--out", "figures", "--quiet")
    assert {"sensitivity-loyalty.png", "sensitivity-loyalty.svg"} == {path.name for path in Path("figures").iterdir()}
    assert 16 == SweepStore.open(folder).cells
    sweep(load_experiment("./e.toml"), folder, workers=1)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("every", [1, 3])
def test_outcomes_are_those_of_the_final_year(every: int) -> None:
    """Read piece by piece from the parts, they are what a run's final year is, for money and for levels."""
    store = SweepStore.open(swept("grid", levels=2, every=every))
    weekly = store.weekly()

    for indicator in ("profit", "loyalty", "recovery_quality"):
        found = outcomes(store, indicator, weeks=8)
        for cell in range(store.cells):
            own = weekly.filter(pa.compute.equal(weekly.column("cell"), cell))
            own = own.select(["scenario", "replication", "seed", "week", indicator])
            expected = by_indicator(final_year(own, 8))[indicator]
            assert np.allclose(expected, found.values[cell], rtol=1e-12, equal_nan=True)


@pytest.mark.usefixtures("here")
def test_a_folder_that_cannot_be_written_is_still_read() -> None:
    """The numbers are told; that there is no figure is said."""
    Path("taken").write_text("a file")

    ending = effectchain("sensitivity", swept("morris", points=2), "--indicator", "loyalty", "--out", "taken")

    assert 0 == ending.code
    assert "What moves customer loyalty?" in ending.out
    assert "No figure: 'taken' cannot be written" in ending.err


@pytest.mark.usefixtures("here")
def test_mistakes_are_answered() -> None:
    """What is no sweep, an indicator that isn't kept, a language and a number that cannot be."""
    folder = swept("morris", points=2)

    assert "holds no sweep" in refused("sensitivity", ".", "--indicator", "loyalty")
    assert "did you mean loyalty or " in refused("sensitivity", folder, "--indicator", "loyality")
    assert "--indicator" in refused("sensitivity", folder)
    assert "from 1 to 5200" in refused("sensitivity", folder, "--indicator", "loyalty", "--weeks", "0")

"""A sweep as a notebook asks for it."""

from pathlib import Path

import pytest

import effectchain as ec
from scenarios.writing import to_toml
from tests.small_organisation import small

DATA = {
    "schema": 1,
    "name": "tiny",
    "scenario": "./small.toml",
    "weeks": 6,
    "replications": 2,
    "design": {"kind": "grid"},
    "factors": {"customers.active": {"values": [60, 90]}},
}


def test_a_notebook_sweeps_plain_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a mapping, an experiment or a file: the same sweep in the same default folder."""
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(to_toml(small()), encoding="utf-8")

    first = ec.sweep(DATA, workers=2)
    again = ec.sweep(ec.experiment(DATA, tmp_path))

    assert isinstance(first, ec.SweepResult)
    assert (first.folder, first.digest) == (again.folder, again.digest)
    assert first.folder.parent == tmp_path / "runs"
    assert {60, 90} == set(first.to_pandas()["customers.active"])


def test_a_notebook_asks_what_moves_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a sweep or of its folder, the same; a factor has names for people."""
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(to_toml(small()), encoding="utf-8")
    done = ec.sweep(DATA | {"factors": {"customers.active": {"values": [60, 70, 80, 90]}}}, tmp_path / "sweep")
    found = ec.sensitivity(done, "customers")

    assert isinstance(found, ec.Sensitivity)
    assert found.as_data() == ec.sensitivity(tmp_path / "sweep", "customers").as_data()
    assert found.as_data() == ec.sensitivity(ec.SweepStore.open(tmp_path / "sweep"), "customers").as_data()
    assert "Klanten: klanten bij het begin" == found.factors[0].names["nl"]


def test_a_mistake_in_an_experiment_is_a_value_error() -> None:
    """As everywhere in the public interface."""
    with pytest.raises(ValueError, match="nothing-like-it"):
        ec.sweep(DATA | {"scenario": "nothing-like-it"})

"""The manifest says all that is needed to repeat a run, and nothing about who ran it."""

import json
import platform
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from results.errors import ResultsError
from results.folders.manifest import build_manifest, read_manifest, to_json
from results.folders.run import read_run
from results.folders.tables import open_folder
from results.sweeps.store import SweepStore


def made(command: Sequence[str] = ("effectchain", "run", "hotel")) -> dict[str, Any]:
    """A manifest of a small run."""
    zone = timezone(timedelta(hours=1))
    return build_manifest(
        scenario={"name": "hotel", "organisation": {"employees": np.int64(60)}},
        seeds=np.array([7, 8]).tolist(),
        packages=["pyarrow", "no-such-package"],
        source_hash="abc",
        command=command,
        started=datetime(2026, 1, 1, 0, 30, tzinfo=zone),
        finished=datetime(2026, 1, 1, 0, 31, 2, 999, tzinfo=zone),
        more={"weeks": 52, "schema": "mine"},
    )


def test_what_a_manifest_says() -> None:
    """Versions, seeds, times in UTC and further keys are there; further keys do not replace ours."""
    manifest = made()

    assert {"pyarrow": pa.__version__, "no-such-package": "not installed"} == manifest["packages"]
    assert ("2025-12-31T23:30:00+00:00", "2025-12-31T23:31:02+00:00") == (manifest["started"], manifest["finished"])
    assert ([7, 8], 52, 1) == (manifest["seeds"], manifest["weeks"], manifest["schema"])
    assert platform.python_version() == manifest["python"]


def test_who_ran_it_is_not_told() -> None:
    """Neither the home folder nor the machine's name is in the manifest."""
    home = str(Path.home())
    text = to_json(made([f"{home}/bin/effectchain", "run", f"{home}/a b.toml", "--out=x"]))

    assert "'~/a b.toml'" in text
    assert home not in text
    assert platform.node() not in text


def test_json_is_the_same_for_the_same_data() -> None:
    """Keys are in order and numbers of other libraries are numbers."""
    text = to_json(made())

    assert 60 == json.loads(text)["scenario"]["organisation"]["employees"]
    assert text == to_json(dict(reversed(made().items())))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"experiment": "x"}',
        '{"experiment": {"design": "grid"}}',
        '{"experiment": {"factors": {"a": 5}}}',
        '{"scenario": 7}',
        '{"scenario": {"organisation": []}}',
        '{"files": 5}',
        '{"files": [5]}',
        '{"what_ifs": ["x"]}',
        '{"seeds": "1"}',
    ],
    ids=lambda text: text[:40],
)
def test_a_manifest_of_another_form_is_damaged(tmp_path: Path, text: str) -> None:
    """So that whoever reads on needs not ask what it is that stands there."""
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=r"nested|formed"):
        read_manifest(tmp_path)
    for opened in (SweepStore.open, read_run, open_folder):
        with pytest.raises(ResultsError, match="is damaged"):
            opened(tmp_path)


def test_what_a_manifest_does_not_say_is_no_damage(tmp_path: Path) -> None:
    """And further keys may hold anything."""
    (tmp_path / "manifest.json").write_text('{"more": [1, {"deep": null}]}', encoding="utf-8")

    assert {"more": [1, {"deep": None}]} == read_manifest(tmp_path)

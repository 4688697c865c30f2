"""The public Python interface: quick to import, explained, and as the contract has it."""

import inspect
import json
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

import effectchain as ec
from results.folders.digest import digest
from scenarios.writing import to_toml
from tests.small_organisation import small

HEAVY = {
    *("numpy", "numba", "pyarrow", "pydantic", "matplotlib", "pandas", "mesa", "scipy", "jinja2", "click"),
    *("agents", "scenarios", "simulation", "results", "experiments"),
}
FRESH = (
    "import json, sys; before = set(sys.modules); import effectchain; print(json.dumps([*set(sys.modules) - before]))"
)


def test_import_loads_nothing_heavy() -> None:
    """Importing the package loads no library and none of the other rooms: it takes milliseconds."""
    done = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert set() == loaded & HEAVY
    assert "effectchain" in loaded


def test_every_public_name_is_there_and_explained() -> None:
    """All names of __all__ can be used, are listed, and have a docstring, and so have a result's public parts."""
    assert set(ec.__all__) <= set(dir(ec))
    for name in ec.__all__:
        assert inspect.getdoc(getattr(ec, name)), name
    for kind in (ec.Ensemble, ec.Comparison):
        for name, part in vars(kind).items():
            if not name.startswith("_") and (callable(part) or isinstance(part, property)):
                assert inspect.getdoc(part), f"{kind.__name__}.{name}"
    with pytest.raises(AttributeError, match="no attribute 'simulate'"):
        ec.simulate  # noqa: B018


def test_no_module_hides_a_public_name() -> None:
    """A module of the package by the name of a function would take its place once somebody imports it."""
    assert set() == {module.name for module in iter_modules(ec.__path__)} & set(ec.__all__)


def test_presets_are_scenarios() -> None:
    """Every preset can be had by its name; a name that there is not is a mistake that names those there are."""
    assert "hotel" in ec.presets()
    assert ["hotel", "mobile_provider"] == [ec.scenario(name).name for name in ("hotel", "mobile_provider")]
    with pytest.raises(ec.Mistake, match="did you mean 'hotel'"):
        ec.run("hotell")


def test_run_takes_a_scenario_a_path_or_a_name(tmp_path: Path) -> None:
    """All three give the same numbers; weeks, replications and seed may be given by position."""
    path = tmp_path / "small.toml"
    path.write_text(to_toml(small()))

    given = [ec.run(one, 6, 2, 9) for one in (small(), path, str(path))]

    assert [12] * 3 == [one.weekly.num_rows for one in given]
    assert 1 == len({digest(one.weekly) for one in given})
    assert {9} == set(given[0].weekly["seed"].to_pylist())


def test_run_keeps_what_is_asked_for() -> None:
    """Without asking there is no log and no snapshot."""
    bare, whole = ec.run(small(), 4), ec.run(small(), 4, events=True, people_every=2, workers=1)

    assert (None, None, 1) == (bare.events, bare.people, bare.replications)
    assert whole.events is not None
    assert whole.people is not None
    assert digest(bare.weekly) == digest(whole.weekly)


def test_results_go_to_pandas_figures_and_chain() -> None:
    """A run and a comparison give a DataFrame, figures and the chain; an unknown indicator is told with those known."""
    base = small()
    run = ec.run(base, replications=2)
    found = ec.compare(base, base.strengthen("operations", effort=1.0, start=2, weeks=10), weeks=12, replications=2)

    assert (40, run.weekly.num_columns) == run.to_pandas().shape
    assert (48, run.weekly.num_columns) == found.to_pandas().shape
    assert (("small",), ("small", "small-2")) == (tuple(run.worlds), (found.chain().base, *found.chain().what_ifs))
    for result in (run, found):
        figure = result.plot("engagement", language="nl")
        assert "Bevlogenheid" in [written.get_text() for written in figure.texts]
        assert 6 == len(result.plot().axes)
        with pytest.raises(ec.ResultsError, match="no indicator 'happiness'"):
            result.plot("happiness")


def test_figure_says_what_starts() -> None:
    """Below the panel stands what its marks mean, in a figure that has room for it."""
    base = small(shocks=[])
    figure = ec.compare(base, base.strengthen("culture", to=0.9, start=3, weeks=5), weeks=8, replications=2).plot("nps")

    assert "1 Culture to 0.90, from week 3" in [written.get_text() for written in figure.texts]
    places = [written.get_position()[1] for written in figure.texts]
    axes = figure.axes[0].get_position()
    assert max(places) < 1
    assert 0 < min(places) < axes.y0 < axes.y1 < max(places)


def test_comparison_by_names(tmp_path: Path) -> None:
    """What-ifs may be files too, each under a name of its own."""
    path = tmp_path / "better.toml"
    path.write_text(to_toml(small(name="better").strengthen("operations", effort=1.0, start=2, weeks=4)))

    found = ec.compare(small(), str(path), path, weeks=5, replications=2)

    assert ["small", "better", "better-2"] == list(found.worlds)

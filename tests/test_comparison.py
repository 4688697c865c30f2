"""What-ifs live in the same worlds as their baseline: what changes nothing changes no number, and no luck leaks."""

import json
import math
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from scipy import stats

from experiments.comparison.comparison import Comparison, compare
from experiments.ensemble import run_ensemble
from experiments.worlds.watch import Stopped, Watch
from results.errors import ResultsError
from results.folders.digest import digest
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from tests.small_organisation import small

BASE = small()
STRONG = BASE.with_(name="strong").strengthen("operations", effort=1.0, start=6, weeks=12)
WORSE = {"kind": "performance", "start": 1, "weeks": 20, "size": -0.3}
WEAK = BASE.with_({"name": "weak", "shocks": [*BASE.as_dict()["shocks"], WORSE]})
KEYS = ["scenario", "replication", "seed", "week"]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Two what-ifs beside a baseline."""
    return compare(BASE, [STRONG, WEAK], replications=5, seed=4)


def indicators(table: pa.Table, **where: Any) -> pa.Table:
    """The numbers of some rows, without the keys."""
    for name, value in where.items():
        table = table.filter(pc.less(table[name], value))
    return table.drop_columns(KEYS)


@pytest.mark.parametrize(
    "nothing",
    [
        BASE.strengthen("leadership", effort=0.0, start=3, weeks=10),
        BASE.strengthen("leadership", to=0.5, start=3, weeks=10),
        BASE.strengthen("leadership", budget=0.0, start=3, weeks=10, approach="top_down"),
        BASE.with_({"shocks": [*BASE.as_dict()["shocks"], {"kind": "demand", "start": 2, "weeks": 5, "size": 0.0}]}),
        BASE,
    ],
    ids=["no effort", "a target that is reached", "no money", "a shock of size 0", "the baseline itself"],
)
def test_what_changes_nothing_changes_no_number(nothing: Scenario) -> None:
    """Every number of every week and world is equal to the bit, and each difference is exactly zero."""
    found = compare(BASE, [nothing], replications=3, seed=8)

    assert digest(found.base.weekly.drop_columns("scenario")) == digest(
        found.what_ifs[0].weekly.drop_columns("scenario")
    )
    for name, change in found.changes().items():
        assert change.difference is None or (0.0, 0.0, 0.0) == (
            change.difference.mean,
            change.difference.low,
            change.difference.high,
        ), name
    assert {"same"} == {row.verdict() for row in found.chain().rows if row.differences[0]}


def test_what_if_changes_nothing_before_it_starts(comparison: Comparison) -> None:
    """An intervention of week 6 touches no number of weeks 1 to 5, and some of those after."""
    before = [indicators(one.weekly, week=6) for one in (comparison.base, comparison.what_ifs[0])]
    whole = [indicators(one.weekly) for one in (comparison.base, comparison.what_ifs[0])]

    assert digest(before[0]) == digest(before[1])
    assert digest(whole[0]) != digest(whole[1])


def test_scenarios_are_lived_as_by_themselves(comparison: Comparison) -> None:
    """A comparison gives each scenario the numbers that it has when it is run alone with that seed."""
    for one in (comparison.base, *comparison.what_ifs):
        assert digest(run_ensemble(one.scenario, replications=5, seed=4).weekly) == digest(one.weekly)
    assert digest(comparison.weekly) == digest(compare(BASE, [STRONG, WEAK], replications=5, seed=4, workers=1).weekly)


def test_change_is_that_of_the_final_weeks(comparison: Comparison) -> None:
    """Levels, differences, intervals and correlations are those of plain statistics over the worlds."""
    base, what_if = (
        one.weekly["engagement"].to_numpy().reshape(5, 20) for one in (comparison.base, comparison.what_ifs[1])
    )
    money = [
        one.weekly["profit"].to_numpy().reshape(5, 20)[:, -8:].sum(1)
        for one in (comparison.base, comparison.what_ifs[1])
    ]
    before, after = base[:, -8:].mean(1), what_if[:, -8:].mean(1)
    interval = stats.ttest_rel(after, before).confidence_interval()

    found = comparison.changes(1, weeks=8)

    assert pytest.approx((before.mean(), after.mean())) == (found["engagement"].base, found["engagement"].what_if)
    change = found["engagement"].difference
    assert change is not None
    assert pytest.approx((after - before).mean()) == change.mean
    assert pytest.approx((interval.low, interval.high)) == (change.low, change.high)
    assert pytest.approx(np.corrcoef(before, after)[0, 1]) == change.correlation
    assert pytest.approx((money[1] - money[0]).mean()) == getattr(found["profit"].difference, "mean", None)


def test_change_of_each_week(comparison: Comparison) -> None:
    """Week by week the same statistics; null where there is nothing to compare."""
    found = comparison.by_week("nps", 1)
    base, what_if = (one.weekly["nps"].to_numpy().reshape(5, 20) for one in (comparison.base, comparison.what_ifs[1]))
    interval = stats.ttest_rel(what_if, base, axis=0).confidence_interval()

    names = "week base what_if difference low high correlation variance_ratio saved"
    assert names.split() == found.column_names
    assert list(range(1, 21)) == found["week"].to_pylist()
    np.testing.assert_allclose((what_if - base).mean(0), found["difference"].to_numpy())
    np.testing.assert_allclose([interval.low, interval.high], [found[name].to_numpy() for name in ("low", "high")])
    ratio = (base.var(0, ddof=1) + what_if.var(0, ddof=1)) / (what_if - base).var(0, ddof=1)
    np.testing.assert_allclose([ratio, 1 - 1 / ratio], [found[name].to_numpy() for name in ("variance_ratio", "saved")])
    for name in ("happiness", "scenario"):
        with pytest.raises(ResultsError, match=f"no indicator '{name}'"):
            comparison.by_week(name)


def test_what_is_absent_is_null() -> None:
    """Where nothing ever fails, there is no recovery to compare, and all else is compared as ever."""
    perfect = small(shocks=[{"kind": "failures", "start": 1, "weeks": 20, "size": -5.0}], warmup=0)

    found = compare(perfect.with_({"behaviour.failure_base": 0.001}), [perfect], replications=2, weeks=4)

    assert {None} == set(found.as_data()["indicators"]["recovery_quality"].values())
    assert [None] * 4 == found.by_week("recovery_quality")["difference"].to_pylist()
    assert found.as_data()["indicators"]["engagement"]["base"] > 0


def test_data_for_json(comparison: Comparison) -> None:
    """Each indicator has base, what_if, difference, interval and correlation; further what-ifs follow in others."""
    data = json.loads(json.dumps(comparison.as_data(), allow_nan=False))

    assert ("small", "strong", 20, 5, 4, 20) == tuple(
        data[key] for key in ("base", "what_if", "weeks", "replications", "seed", "last_weeks")
    )
    assert ["weak"] == [other["what_if"] for other in data["others"]]
    for one in (data, *data["others"]):
        assert set(comparison.base.weekly.column_names) - set(KEYS) == set(one["indicators"])
        for entry in one["indicators"].values():
            names = "base what_if difference interval correlation variance_ratio saved"
            assert names.split() == list(entry)
    entry = data["others"][0]["indicators"]["satisfaction"]
    assert pytest.approx(entry["what_if"] - entry["base"]) == entry["difference"]
    assert entry["interval"][0] < entry["difference"] < entry["interval"][1]


def test_one_world_has_no_interval() -> None:
    """With one replication the difference is known, and nothing of how sure it is."""
    entry = compare(BASE, [WEAK], replications=1, weeks=5).as_data()["indicators"]["satisfaction"]

    assert math.isfinite(entry["difference"])
    assert ([None, None], None) == (entry["interval"], entry["correlation"])


def test_names_are_told_apart() -> None:
    """Scenarios of one name get numbers, also where such a name is taken or would be too long."""
    long = BASE.with_(name="x" * 64)

    found = compare(BASE, [BASE, BASE.with_(name="small-2"), long, long], replications=1, weeks=1)

    assert ["small", "small-2", "small-2-2", "x" * 64, "x" * 62 + "-2"] == list(found.worlds)
    assert list(found.worlds) == list(dict.fromkeys(found.weekly["scenario"].to_pylist()))


def test_mistakes_are_told() -> None:
    """Nothing to compare with, and numbers that cannot be."""
    with pytest.raises(Mistake, match="give at least one what-if"):
        compare(BASE, [])
    with pytest.raises(Mistake, match=r"replications = 0"):
        compare(BASE, [STRONG], replications=0)


def test_progress_is_that_of_all_scenarios() -> None:
    """Weeks count over all scenarios and replications; a stop ends them all."""
    told: list[tuple[int, int]] = []
    compare(BASE, [STRONG, WEAK], replications=2, weeks=4, on_progress=lambda done, weeks: told.append((done, weeks)))

    assert (72, 72) == told[-1]
    watch = Watch()
    watch.halt()
    with pytest.raises(Stopped):
        watch.passed(1)

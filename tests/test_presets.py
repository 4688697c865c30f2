"""The presets: each says where its figures come from, and keeps the promise that it makes about its first year."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from agents.customer import CUSTOMER
from scenarios.expected import check_expected
from scenarios.loading import load, preset_path, presets
from simulation.indicators import INDICATORS
from simulation.week import live_weeks
from simulation.world import begin, recorded, warm_up

YEAR = 52
REPLICATIONS = 8
MARKS = ("evidence: ", "from memory: ", "unsure: ")
SURVEYED_SPREAD = {"satisfaction": (0.129, 0.147), "expectation": (0.093, 0.141)}
"""Standard deviation of construct means / 9 in the European Customer Satisfaction Index survey of mobile customers.

Free of error of measurement (times the root of Cronbach's alpha, .77 and .43), and as observed.
"""


def live_a_year(name: str, replication: int) -> np.ndarray:
    """The weekly rows of a preset's first year."""
    world = begin(load(name), 1, replication, weeks=YEAR)
    warm_up(world)
    live_weeks(world, 1, YEAR)
    return np.asarray(recorded(world, YEAR)).copy()


def first_year(name: str) -> np.ndarray:
    """Rows of the first year: replications x weeks."""
    with ThreadPoolExecutor(2) as pool:
        return np.stack(list(pool.map(lambda replication: live_a_year(name, replication), range(REPLICATIONS))))


def trend(year: np.ndarray, indicator: str) -> float:
    """Mean of the last quarter less that of the first."""
    return float(year[indicator][:, -(YEAR // 4) :].mean() - year[indicator][:, : YEAR // 4].mean())


def within(mean: float, band: tuple[float, float]) -> bool:
    """Whether a mean lies in the band, both ends included."""
    return band[0] <= mean <= band[1]


@pytest.mark.parametrize("name", presets())
def test_a_preset_tells_in_both_languages_what_it_is(name: str) -> None:
    """Title and text, in English and in Dutch."""
    about = load(name).about
    assert all((about.title_en, about.title_nl, about.text_en, about.text_nl))
    assert about.title_en != about.title_nl or about.text_en != about.text_nl


@pytest.mark.parametrize("name", presets())
def test_a_preset_separates_what_has_a_source_from_what_is_assumed(name: str) -> None:
    """Each source says how sure it is; what has none stands among the assumptions."""
    about = load(name).about
    assert about.sources
    assert all(source.startswith(MARKS) for source in about.sources)
    assert about.assumptions
    assert all(text.startswith("assumed: ") for text in about.assumptions)


@pytest.mark.parametrize("name", presets())
def test_a_preset_describes_segments_and_does_nothing_yet(name: str) -> None:
    """Customers differ, in at least two segments; interventions and shocks are the user's."""
    scenario = load(name)
    assert len(scenario.customers.segments) >= 2
    assert ((), ()) == (tuple(scenario.interventions), tuple(scenario.shocks))


@pytest.mark.parametrize("name", presets())
def test_a_preset_has_bands_on_what_matters(name: str) -> None:
    """The bands name indicators of the weekly table, at least those by which a year is judged."""
    needed = {"turnover", "failure_rate", "engagement", "utilisation", "satisfaction", "customers", "profit"}
    scenario = load(name)
    check_expected(scenario, tuple(INDICATORS))
    assert set() == needed - set(scenario.expected)


@pytest.mark.parametrize("name", presets())
def test_the_first_year_is_as_promised(name: str) -> None:
    """Before anything is done: means over weeks and replications within their bands, and a year without a trend.

    One test, so that each preset's year is lived once, whoever runs which test.
    """
    year = first_year(name)
    bands = load(name).expected
    means = {indicator: float(np.nanmean(year[indicator])) for indicator in bands}
    assert {} == {indicator: mean for indicator, mean in means.items() if not within(mean, bands[indicator])}
    assert 0.0 == pytest.approx(trend(year, "customers") / year["customers"].mean(), abs=0.05)
    assert 0.0 == pytest.approx(trend(year, "satisfaction"), abs=0.015)
    assert 0.0 == pytest.approx(trend(year, "engagement"), abs=0.03)


@pytest.mark.parametrize("name", presets())
def test_lived_maturity_does_not_exceed_what_is_designed(name: str) -> None:
    """Practice may lag behind paper; nothing here is lived that was never arranged."""
    scenario = load(name)
    assert all(lived <= designed for designed, lived in zip(scenario.designed(), scenario.lived(), strict=True))


@pytest.mark.parametrize("felt", SURVEYED_SPREAD)
def test_mobile_customers_differ_as_those_of_the_survey(felt: str) -> None:
    """The spread lasts: after a year it is the survey's, with or without error of measurement, within 5 %."""
    world = begin(load("mobile_provider"), 1, weeks=YEAR)
    warm_up(world)
    live_weeks(world, 1, YEAR)
    customers = world.customers[world.customers.status == CUSTOMER]
    low, high = SURVEYED_SPREAD[felt]
    assert 0.95 * low <= customers[felt].std() <= 1.05 * high


def test_the_survey_itself_is_not_in_the_project() -> None:
    """Presets hold summary figures with their source, never a raw file."""
    kinds = {path.suffix for path in preset_path("mobile_provider").parent.iterdir() if path.is_file()}
    assert {".toml"} == kinds
    assert any("Tenenhaus" in source for source in load("mobile_provider").about.sources)

"""The chain runs from leaders to results, and says in plain words what a what-if changes."""

import json
import math

import pyarrow as pa
import pytest

from results.chain import ChainTable, by_scenario, chain_links, chain_table, verdict
from results.errors import ResultsError
from results.indicators import INDICATORS
from results.numbers import MINUS, NONE, bounds, compact, decimal, difference, in_words, level
from results.statistics import PairedDifference
from tests.synthetic import weekly

CONTRACT = {
    "organisation": {"leadership_style", "adoption", "service_norm", "alignment", "utilisation"},
    "employees": {"engagement", "share_engaged", "autonomy", "competence", "exhaustion", "turnover"},
    "customers": {
        "performance", "failure_rate", "recovery_quality", "effort", "delight_rate", "satisfaction",
        "bond", "loyalty", "nps", "churn",
    },
}  # fmt: skip
RESULTS = {
    "commercial": {"revenue", "cost", "profit", "market_share", "customer_lifetime_value"},
    "nonprofit": {"trust", "commissioner_index", "cost_per_case", "reputation"},
}


@pytest.fixture(scope="module")
def table() -> ChainTable:
    """A strong what-if and one that does nothing, against a baseline."""
    base = weekly(weeks=110)
    return chain_table({"base": base, "strong": weekly(weeks=110, strength=1.0), "none": base})


def found(mean: float, low: float, high: float) -> PairedDifference:
    """A difference with these numbers."""
    return PairedDifference(mean, low, high, 10, 0.95, 0.9, 5.0)


@pytest.mark.parametrize("sector", ["commercial", "nonprofit"])
def test_perspectives_hold_the_contracts_indicators(sector: str) -> None:
    """Each perspective has exactly the indicators of the contract; the last depends on the sector."""
    perspectives: dict[str, set[str]] = {}
    for link in chain_links(sector):
        perspectives.setdefault(link.perspective, set()).update(link.indicators)

    assert {**CONTRACT, "results": RESULTS[sector]} == perspectives


def test_links_are_in_the_order_of_the_chain() -> None:
    """Leaders first, results last; every indicator is described and in the weekly table."""
    names = [link.name for link in chain_links()]

    assert ["leaders", "employees", "experience", "delight", "loyalty", "results"] == names
    assert set(INDICATORS) <= set(weekly(weeks=1, replications=1).column_names)
    assert set(INDICATORS) == set.union(*CONTRACT.values(), *RESULTS.values())
    assert "reputation" == chain_links("nonprofit")[-1].name
    with pytest.raises(ResultsError, match="commercial or nonprofit"):
        chain_links("church")


def test_a_strong_what_if_is_seen_all_along(table: ChainTable) -> None:
    """The what-if that moves every link is read as better, or as higher or lower where that is no good or bad."""
    readings = {row.indicator.name: row.verdict(0) for row in table.rows}

    assert ("higher", "better", "better", "worse") == tuple(
        readings[name] for name in ("leadership_style", "engagement", "exhaustion", "cost")
    )
    assert {"same"} == {row.verdict(1) for row in table.rows}
    assert (52, 12) == (table.weeks, table.replications)


def test_data_for_json(table: ChainTable) -> None:
    """Each indicator and what-if is one entry of plain numbers; what does not exist is null."""
    data = json.loads(json.dumps(table.as_data(), allow_nan=False))
    strong = next(entry for entry in data if (entry["indicator"], entry["scenario"]) == ("engagement", "strong"))
    none = next(entry for entry in data if (entry["indicator"], entry["scenario"]) == ("engagement", "none"))

    assert 2 * len(table.rows) == len(data)
    assert math.isclose(strong["what_if"] - strong["base"], strong["difference"])
    assert strong["interval"][0] < strong["difference"] < strong["interval"][1]
    assert (0.0, [0.0, 0.0], None) == (none["difference"], none["interval"], none["variance_ratio"])
    assert [] == [entry for entry in chain_table({"b": weekly(weeks=9)}).as_data() if "difference" in entry]


def test_sentences(table: ChainTable) -> None:
    """The chain in words begins with the leaders; nothing changed is said so."""
    assert table.sentences(0)[0].startswith("leadership style +0.")
    assert "engagement unchanged" in table.sentences(1)
    assert "bevlogenheid gelijk" in table.sentences(1, "nl")


@pytest.mark.parametrize(
    ("name", "numbers", "english", "dutch"),
    [
        (
            "engagement", (0.05, 0.04, 0.06),
            "engagement +0.05 (between +0.04 and +0.06)", "bevlogenheid +0,05 (tussen +0,04 en +0,06)",
        ),
        (
            "failure_rate", (-0.019, -0.02, -0.018),
            "failures -1.9 points (between -2.0 and -1.8)", "fouten -1,9 punten (tussen -2,0 en -1,8)",
        ),
        (
            "engagement", (0.0004, -0.0001, 0.0009),
            "engagement +0.0004 (between -0.0001 and +0.0009)", "bevlogenheid +0,0004 (tussen -0,0001 en +0,0009)",
        ),
        (
            "profit", (540_000.0, 80_000.0, 1_000_000.0),
            "profit +€ 0.54 m (between +€ 0.08 m and +€ 1.00 m)",
            "winst +€ 0,54 mln (tussen +€ 0,08 mln en +€ 1,00 mln)",
        ),
        (
            "cost", (-12_345.0, -20_111.0, -4_444.0),
            "cost -€ 12,300 (between -€ 20,100 and -€ 4,400)", "kosten -€ 12.300 (tussen -€ 20.100 en -€ 4.400)",
        ),
        (
            "nps", (12.0, 10.06, 13.94),
            "NPS +12.0 points (between +10.1 and +13.9)", "NPS +12,0 punten (tussen +10,1 en +13,9)",
        ),
        ("churn", (0.0, 0.0, 0.0), "churn unchanged", "vertrek van klanten gelijk"),
        (
            "trust", (0.1, -math.inf, math.inf),
            "trust +0.10 (one world, no interval)", "vertrouwen +0,10 (één wereld, geen interval)",
        ),
    ],
)  # fmt: skip
def test_effects_in_words(name: str, numbers: tuple[float, float, float], english: str, dutch: str) -> None:
    """Signs, units, separators and as many decimals as the effect needs, in both languages."""
    assert english.replace("-", MINUS) == in_words(found(*numbers), INDICATORS[name], "en")
    assert dutch.replace("-", MINUS) == in_words(found(*numbers), INDICATORS[name], "nl")


def test_narrow_columns() -> None:
    """In a table the unit stands once."""
    assert "+€ 0.54 m (0.48 to 0.60)" == compact(found(540e3, 480e3, 600e3), INDICATORS["profit"], "en")
    assert "-1,9 pt (-2,0 tot -1,8)".replace("-", MINUS) == compact(
        found(-0.019, -0.02, -0.018), INDICATORS["churn"], "nl"
    )
    assert "+0.10" == compact(found(0.1, -math.inf, math.inf), INDICATORS["trust"], "en")


@pytest.mark.parametrize(("amount", "zero"), [(560e3, "0,00"), (56e3, "0"), (560.0, "0,00")])
def test_an_amount_that_rounds_to_zero_has_no_minus(amount: float, zero: str) -> None:
    """As no other number has one, in millions, in thousands and below."""
    loss = found(-amount / 2, -amount, -1e-9)

    assert compact(loss, INDICATORS["cost_per_case"], "nl").endswith(f" tot {zero})")
    assert f"+€ {zero}" in bounds(loss, INDICATORS["cost_per_case"], "nl").replace("mln", "")


@pytest.mark.parametrize(
    ("name", "value", "english", "dutch"),
    [
        ("engagement", 0.664, "0.66", "0,66"),
        ("loyalty", 0.734, "73%", "73%"),
        ("failure_rate", 0.0612, "6.1%", "6,1%"),
        ("nps", -3.2, "-3", "-3"),
        ("nps", -0.2, "+0", "+0"),
        ("profit", 4_104_000.0, "€ 4.10 m", "€ 4,10 mln"),
        ("profit", -4_104_000.0, "-€ 4.10 m", "-€ 4,10 mln"),
        ("revenue", 8_765.0, "€ 8,760", "€ 8.760"),
        ("cost_per_case", -0.004, "€ 0.00", "€ 0,00"),
        ("cost_per_case", 84.126, "€ 84.13", "€ 84,13"),
        ("recovery_quality", math.nan, "none", "none"),
    ],
)
def test_levels(name: str, value: float, english: str, dutch: str) -> None:
    """Levels are written as people read them."""
    written = [level(value, INDICATORS[name], language) for language in ("en", "nl")]

    assert [english, dutch] == [text.replace(MINUS, "-").replace(NONE, "none") for text in written]


def test_no_minus_before_nothing() -> None:
    """A number that rounds to 0 has no minus."""
    assert ("0.0", "+0.0") == (decimal(-0.04, 1, "en"), decimal(-0.04, 1, "en", signed=True))


@pytest.mark.parametrize(
    ("name", "numbers", "reading"),
    [
        ("engagement", (0.1, 0.05, 0.15), "better"),
        ("exhaustion", (0.1, 0.05, 0.15), "worse"),
        ("exhaustion", (-0.1, -0.15, -0.05), "better"),
        ("utilisation", (-0.1, -0.15, -0.05), "lower"),
        ("engagement", (0.1, -0.05, 0.25), "unclear"),
        ("engagement", (0.1, 0.0, 0.2), "unclear"),
        ("engagement", (0.0, 0.0, 0.0), "same"),
        ("engagement", (0.1, -math.inf, math.inf), "unclear"),
    ],
)
def test_readings(name: str, numbers: tuple[float, float, float], reading: str) -> None:
    """An interval that holds zero is never read as an effect."""
    assert reading == verdict(found(*numbers), INDICATORS[name])
    assert "unclear" == verdict(None, INDICATORS[name])
    assert difference(found(*numbers), INDICATORS[name], "en")
    assert bounds(found(*numbers), INDICATORS[name], "en")


def test_scenarios_of_one_table() -> None:
    """A table of several scenarios falls apart into one each, in their order."""
    both = pa.concat_tables([weekly("base", weeks=60), weekly("alternative", weeks=60, strength=1.0)])
    parts = by_scenario(both)

    assert ["base", "alternative"] == list(parts)
    assert weekly("base", weeks=60).equals(parts["base"].combine_chunks())
    with pytest.raises(ResultsError, match="several scenarios"):
        chain_table({"both": both})


def test_worlds_that_do_not_match_are_refused() -> None:
    """Pairs need the same replications on both sides."""
    with pytest.raises(ResultsError, match="'b' has 3 replications that do not match the 4 of 'a'"):
        chain_table({"a": weekly(weeks=9, replications=4), "b": weekly(weeks=9, replications=3)})
    with pytest.raises(ResultsError, match="no scenario"):
        chain_table({})


def without(name: str, table: pa.Table, values: list[float]) -> pa.Table:
    """The table with other values in one column."""
    return table.set_column(table.column_names.index(name), name, pa.array(values, pa.float64()))


def test_what_had_nothing_to_average_may_be_absent_and_nothing_else() -> None:
    """Worlds without a failure are left out for recovery; a NaN elsewhere stops with the indicator's name."""
    base = weekly(weeks=2, replications=3)
    gone = without("recovery_quality", base, [math.nan, math.nan, 0.4, 0.4, 0.6, 0.6])
    row = next(row for row in chain_table({"b": gone, "w": base}).rows if row.indicator.name == "recovery_quality")
    never = without("recovery_quality", base, [math.nan] * 6)
    empty = next(row for row in chain_table({"b": never, "w": base}).rows if row.indicator.name == "recovery_quality")

    assert row.base is not None
    assert math.isclose(0.5, row.base.mean)
    assert row.differences[0] is not None
    assert 2 == row.differences[0].n
    assert (None, None) == (empty.base, empty.differences[0])
    with pytest.raises(ResultsError, match=r"Alignment .*\(alignment\): Replication 1 of the baseline is nan"):
        chain_table({"b": without("alignment", base, [0.5, 0.5, math.nan, 0.5, 0.5, 0.5]), "w": base})


def test_tables_of_older_models() -> None:
    """Indicators that a table lacks are left out; none at all is said."""
    base = weekly(weeks=9)
    few = base.select(["scenario", "replication", "week", "engagement", "profit"])

    assert ["engagement", "profit"] == [row.indicator.name for row in chain_table({"b": few, "w": base}).rows]
    with pytest.raises(ResultsError, match="none of the effect chain"):
        chain_table({"b": base.select(["scenario", "replication", "week"])})

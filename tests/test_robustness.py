"""Other rules: which parameters are delays, draws within their bands, and judges on known numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.blocks import BLOCKS
from agents.registry import PARAMETERS
from experiments.robustness.arms import APPROACHES, BALANCED, EFFORT, USUAL, arms
from experiments.robustness.delays import delays, paces, stretched
from experiments.robustness.draws import bands, draws
from experiments.robustness.judging import (
    balance,
    balance_to_blind,
    change,
    combination,
    gains,
    is_plausible,
    lead,
    paradox_bounded,
    paradox_rare,
    ranks,
    returns,
)
from experiments.robustness.living import Outcome
from experiments.robustness.robustness import judged, robustness
from experiments.robustness.variants import DEFAULT, NAMED, Variant, variants
from results.robustness.table import CONCLUSIONS, Rerun
from results.statistics import Interval
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from tests.small_organisation import small

VALUES = {name: parameter.default for name, parameter in PARAMETERS.items()}
WORLDS = 4


def outcomes(
    worth: float, spent: float = 100.0, loyalty: float = 0.8, lived: float = 0.4, noise: float = 0.0
) -> list[Outcome]:
    """Some worlds that come to these numbers, give or take; every world has luck of its own that all arms share."""
    level = {"churn": 0.2, "turnover": 0.2, "satisfaction": 0.7, "customers": 1.0, "paradox": 0.01}
    return [
        Outcome(worth + 50.0 * n + noise * (-1) ** n, spent, loyalty + 0.01 * n, lived + 0.001 * n, level)
        for n in range(WORLDS)
    ]


def lived(*, best: float = 400.0, balanced: float = 300.0, noise: float = 0.0) -> dict[str, list[Outcome]]:
    """Nothing done earns 0; the last block earns most for its 100 euros, the others from 100 to 170."""
    found = {USUAL: outcomes(0.0, 0.0)}
    for place, block in enumerate(BLOCKS):
        earned = best if place == len(BLOCKS) - 1 else 100.0 + 10.0 * place
        found[block] = outcomes(earned - 100.0, loyalty=0.8 + earned / 10_000.0, noise=noise)
    found[BALANCED] = outcomes(balanced - 100.0, loyalty=0.85)
    for name, maturity in zip(APPROACHES, (0.55, 0.50, 0.52), strict=True):
        found[name] = outcomes(0.0, lived=maturity)
    return found


def test_delays_are_all_that_is_counted_in_weeks() -> None:
    """Among them lags, half-lives, vacancies; paces are one over a delay; levels of behaviour are neither."""
    assert {"lag_culture", "bond_half_life", "vacancy_weeks", "drift_memory"} <= set(delays())
    assert {"learning_pace", "style_pace", "self_managing_pace"} <= set(paces())
    assert set() == {"churn_base", "quit_base", "message_rate", "relapse"} & {*delays(), *paces()}
    assert {"weeks"} == {PARAMETERS[name].unit for name in delays()}


def test_stretching_doubles_delays_and_halves_paces() -> None:
    """Within their ranges; what is no delay is not named."""
    longer = stretched(VALUES, 2.0)

    assert {*delays(), *paces()} == set(longer)
    assert 2.0 * VALUES["lag_culture"] == longer["lag_culture"]
    assert 0.5 * VALUES["style_pace"] == longer["style_pace"]
    assert all(PARAMETERS[name].low <= value <= PARAMETERS[name].high for name, value in longer.items())


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 12))
def test_draws_lie_within_their_bands_and_ranges(seed: int, count: int) -> None:
    """Each band is cut into as many parts as there are draws, and each part is drawn from once."""
    wide = bands(VALUES)
    found = draws(VALUES, count, seed)

    assert count == len(found)
    for name, (low, high) in wide.items():
        assert PARAMETERS[name].low <= low < high <= PARAMETERS[name].high
        parts = [(draw[name] - low) / (high - low) * count for draw in found]
        assert list(range(count)) == sorted(min(int(part), count - 1) for part in parts)


def test_what_evidence_has_set_and_what_is_off_stays() -> None:
    """Bands reach a quarter of the way to 0 or the end of the range, whichever is nearer, and are even."""
    wide = bands(VALUES)

    assert {"assumed", "calibrated"} == {PARAMETERS[name].origin for name in wide}
    assert not {"style_held", "competence_held", "unit_start"} & set(wide)
    assert pytest.approx((0.75 * 16.0, 1.25 * 16.0), abs=1.0) == wide["lag_understanding"]
    assert pytest.approx((0.75, 1.0)) == wide["adoption_strength"]
    for name, (low, high) in wide.items():
        if VALUES[name] < PARAMETERS[name].high:
            assert pytest.approx(VALUES[name]) == 0.5 * (low + high)


def test_the_same_seed_draws_the_same() -> None:
    """And another seed other values."""
    assert draws(VALUES, 3, 5) == draws(VALUES, 3, 5)
    assert draws(VALUES, 3, 5) != draws(VALUES, 3, 6)


def test_variants_are_organisations_that_can_be_lived() -> None:
    """All named ones and the draws, about the organisation's own values; chi = 0 and linear loyalty set one number."""
    base = small(behaviour={"alignment_strength": 0.3, "lag_culture": 60.0})
    found = {one.id: one for one in variants(base, 2, 1)}

    assert (*NAMED, "draw-1", "draw-2") == tuple(found)
    assert base == found[DEFAULT].base
    assert {"alignment_strength": 0.0, "lag_culture": 60.0} == found["chi_0"].base.behaviour
    assert 0.0 == found["linear_loyalty"].base.behaviour["loyalty_curve"]
    assert 120.0 == found["delays_doubled"].base.behaviour["lag_culture"]
    assert 30.0 == found["delays_halved"].base.behaviour["lag_culture"]
    assert 45.0 <= found["draw-1"].base.behaviour["lag_culture"] <= 75.0
    assert [False] * len(NAMED) + [True] * 2 == [one.is_drawn for one in found.values()]


def test_programmes_take_the_same_effort() -> None:
    """One block as much as all nine together; the three approaches as much as each other."""
    found = arms(small(weeks=60, interventions=[{"block": "design", "start": 1, "weeks": 5, "effort": 0.9}]))

    def effort(name: str) -> float:
        return sum(work.effort or 0.0 for work in found[name].interventions)

    assert 0.0 == effort(USUAL)
    assert all(pytest.approx(EFFORT) == effort(name) for name in (*BLOCKS, BALANCED))
    assert all(pytest.approx(effort(APPROACHES[0])) == effort(name) for name in APPROACHES)
    assert len(BLOCKS) + 2 + len(APPROACHES) == len(found)


def test_returns_are_gains_before_spending_over_spending() -> None:
    """400 euros of extra profit before 100 euros of spending: 4 for each euro, in every world."""
    assert pytest.approx([4.0] * WORLDS) == returns(lived(), BLOCKS[-1])
    assert pytest.approx([3.0] * WORLDS) == returns(lived(), BALANCED)


def test_ranks_go_from_most_to_least() -> None:
    """The last block earns most, then the last but one, and so on down to the first."""
    single = gains(lived(), money=True)

    assert (9, 8, 7, 6, 5, 4, 3, 2, 1) == ranks(single)
    assert pytest.approx(4.0 - 1.7) == lead(single, 8).mean
    assert pytest.approx(1.6 - 4.0) == lead(single, 6).mean


def test_balance_is_held_against_the_best_and_against_any() -> None:
    """3 for a euro against 4 of the best single block, and against 1.64 of the nine on average."""
    worlds = lived()
    mean = (4.0 + sum(1.0 + 0.1 * place for place in range(8))) / 9.0

    assert pytest.approx(-1.0) == balance(worlds, money=True).mean
    assert pytest.approx(3.0 - mean) == balance_to_blind(worlds, money=True).mean
    assert pytest.approx(0.05 - 0.04) == balance(worlds, money=False).mean


def test_the_combined_approach_is_held_against_the_better_of_the_two() -> None:
    """.55 lived against .50 top-down and .52 bottom-up."""
    assert pytest.approx(0.03) == combination(lived()).mean


def test_the_paradox_is_bounded_by_the_shipped_rules_and_gone_without_gain() -> None:
    """A first, mild, excellently recovered failure ends above, later, fair or severe ones don't; luck plays no part."""
    base = Scenario.model_validate({"schema": 1})
    without = base.with_(behaviour={"recovery_gain": 0.0})
    generous = base.with_(behaviour={"recovery_gain": 3.0})

    assert paradox_bounded(base).low > 0.0
    assert 0 == paradox_bounded(base).n
    assert paradox_bounded(without).high < 0.0
    assert paradox_bounded(generous).high < 0.0
    assert change(base, 0.2, 1.0, 0.0) > change(base, 0.2, 0.5, 0.0)


def test_rare_means_less_than_one_in_ten() -> None:
    """One in a hundred leaves a margin of nine."""
    assert pytest.approx(0.09) == paradox_rare(lived()).mean


def test_an_organisation_that_nobody_knows_is_marked() -> None:
    """One that loses nine customers of ten, for instance."""
    level = lived()[USUAL][0].level

    assert is_plausible(level)
    assert not is_plausible({**level, "customers": 0.1})
    assert not is_plausible({**level, "churn": 0.7})


def test_other_rules_are_asked_for_the_block_that_pays_most_under_the_shipped_ones() -> None:
    """Under the second rules another block is first, so the conclusion fails there, however clear it is."""
    base = small(weeks=60)
    other = lived()
    other[BLOCKS[0]], other[BLOCKS[-1]] = other[BLOCKS[-1]], other[BLOCKS[0]]
    first, second = judged([Variant(DEFAULT, base), Variant("chi_0", base)], [lived(), other])

    assert CONCLUSIONS == tuple(first.margins)
    assert ("holds", "fails") == (first.verdict("pays_most_money"), second.verdict("pays_most_money"))
    assert ("fails", "holds") == (first.verdict("balance_money"), first.verdict("blind_money"))
    assert ("holds", "holds") == (first.verdict("combined"), first.verdict("paradox_rare"))


def test_noise_leaves_a_conclusion_open() -> None:
    """Where luck decides whether the best block is best, its interval holds 0."""
    noisy = lived(best=175.0)
    noisy[BLOCKS[-1]] = outcomes(75.0, noise=40.0)
    (found,) = judged([Variant(DEFAULT, small(weeks=60))], [noisy])

    assert "open" == found.verdict("pays_most_money")


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(0.1, 0.3, "holds"), (-0.3, -0.1, "fails"), (-0.1, 0.3, "open"), (0.0, 0.3, "open")]
)
def test_the_whole_interval_must_say_so(low: float, high: float, verdict: str) -> None:
    """A margin above 0 holds, below 0 fails."""
    margins = {"combined": Interval(0.5 * (low + high), low, high, 8, 0.95)}

    assert verdict == Rerun("default", False, margins, {}, {}, {}, True).verdict("combined")  # noqa: FBT003


def test_numbers_that_cannot_be_are_refused() -> None:
    """And an organisation that earns nothing has no block that pays, nor one that pays for each euro of none."""
    public = small(organisation__sector="nonprofit", economics__budget=400_000.0)

    with pytest.raises(Mistake, match="replications"):
        robustness(small(), replications=1)
    with pytest.raises(Mistake, match="draws"):
        robustness(small(), draws=-1)
    with pytest.raises(Mistake, match="weeks"):
        robustness(small(), weeks=52)
    with pytest.raises(Mistake, match="earns nothing"):
        robustness(public, weeks=60)
    with pytest.raises(Mistake, match="spends nothing on work"):
        robustness(small(economics__effort_cost=0.0), weeks=60)


def test_threads_change_no_number() -> None:
    """One worker or three: the same margins to the bit."""
    one, three = (
        robustness(small(shocks=[]), draws=0, replications=2, weeks=53, workers=workers) for workers in (1, 3)
    )

    assert replace(one, seconds=0.0) == replace(three, seconds=0.0)
    assert list(NAMED) == [run.id for run in one.reruns]
    assert all(list(range(1, 10)) == sorted(run.ranks["money"]) for run in one.reruns)
    assert all(np.isfinite(margin.mean) for run in one.reruns for margin in run.margins.values())

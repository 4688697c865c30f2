"""What the right-hand side shows of an answer, without a browser."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectchain.dashboard.strategist.answering import answering
from effectchain.dashboard.strategist.charts import numbers
from effectchain.dashboard.strategist.moving import moving
from effectchain.dashboard.strategist.work import Sight, begun
from experiments.live.limits import Limit
from experiments.live.session import Session
from tests.small_organisation import small


def sized(sign: float) -> st.SearchStrategy[float]:
    """Amounts as indicators have them, with this sign."""
    return st.floats(1e-9, 1e12).map(lambda amount: sign * amount)


@given(st.lists(st.sampled_from((-1.0, 1.0)).flatmap(sized) | st.sampled_from((0.0, float("nan"))), max_size=30))
def test_numbers_for_the_browser_have_four_figures(values: list[float]) -> None:
    """Each is written with four figures and no farther away than half of the last of them; None where there is none."""
    told = numbers(np.array(values, dtype="f8"))

    assert [math.isnan(value) for value in values] == [one is None for one in told]
    for value, one in zip(values, told, strict=True):
        if one is not None:
            assert one == float(f"{one:.4g}")
            assert abs(one - value) <= 0.5001 * 10.0 ** (math.floor(math.log10(abs(value) or 1.0)) - 3)


@pytest.mark.parametrize(
    ("limit", "words"), [(Limit(2, 60), "2 worlds are simulated instead of 60"), (Limit(2, 2), "")]
)
def test_fewer_worlds_than_wanted_are_told(limit: Limit, words: str) -> None:
    """Because the organisation is large or others are at work; nothing is said where there are as many as wanted."""
    base = small(weeks=4, warmup=1)
    with Session(None, worlds=2) as session:
        session.ask(base, [base])
        answer = session.wait(60)
    assert answer

    told = answering(begun("preset:small", base), replace(answer, limit=limit), "en")["limit"]

    assert words in told
    assert bool(words) == bool(told)


@pytest.mark.parametrize(
    ("weeks", "heads"),
    [(30, ["week 30"]), (52, ["year 1"]), (60, ["year 1", "week 60"]), (104, ["year 1", "year 2"])],
)
def test_the_table_of_a_chart_ends_where_the_chart_does(weeks: int, heads: list[str]) -> None:
    """A row for the end of each whole year, and one for a last week that ends none."""
    base = small(weeks=weeks, warmup=1)
    with Session(None, worlds=2) as session:
        session.ask(base, [base])
        answer = session.wait(60)
    assert answer

    chart = answering(begun("preset:small", base), answer, "en")["charts"][0]

    assert heads == [row["head"] for row in chart["table"]["rows"]]


@pytest.mark.parametrize(
    ("weeks", "told"), [(52, "over a year"), (104, "over 2 years"), (130, "over 2.5 years"), (30, "over 0.6 years")]
)
def test_costs_are_told_over_as_long_as_they_run(weeks: int, told: str) -> None:
    """Two and a half years are not two."""
    base = small(weeks=weeks, warmup=1)
    assert told == moving(Sight(base, base), "en")["levers"][0]["years"]

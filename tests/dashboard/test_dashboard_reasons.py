"""Why, as data: what the first page takes from an explanation, and how wide bars are."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from effectchain.dashboard.strategist.inquiring import Inquiry
from effectchain.dashboard.strategist.reasons import GAPS, gist, reasons
from effectchain.dashboard.strategist.work import Sight
from experiments.explanation.explanation import explain
from experiments.live.answer import Answer
from experiments.live.session import Session
from tests.worlds import small


@cache
def inquired() -> Inquiry:
    """A small what-if, explained."""
    base = small(weeks=30)
    what_if = base.strengthen("leadership", to=0.9, start=1, weeks=20)
    explanation = explain(what_if, "loyalty", base=base, replications=2, number_of_orders=1)
    return Inquiry(Sight(base, what_if), state="done", explanation=explanation)


@cache
def answered() -> Answer:
    """The same what-if, as the page knows it."""
    sight = inquired().sight
    with Session(None, worlds=2) as session:
        session.ask(sight.base, [sight.what_if])
        answer = session.wait(60.0)
    assert answer
    return answer


def test_the_sentence_about_loyalty_takes_only_what_explains_loyalty() -> None:
    """What brings about something else is no path of loyalty's."""
    inquiry = inquired()
    assert gist(inquiry, inquiry.sight, "en")
    assert gist(replace(inquiry, indicator="profit"), inquiry.sight, "en") is None


@pytest.mark.parametrize("share", [-0.004, 0.0, 0.004])
def test_a_share_that_reads_as_nothing_is_not_drawn_as_a_brake(share: float) -> None:
    """A dashed arrow beside +0% would contradict it."""
    found = told_with(share)
    assert "+0%" == found["direct"]["share"]
    assert found["direct"]["is_against"] is False


def told_with(share: float) -> dict[str, Any]:
    """The page's explanation, if so much of the whole went the direct way."""
    inquiry = inquired()
    explanation = inquiry.explanation
    assert explanation
    total = explanation.explained("en").total.mean
    direct = explanation.paths.direct
    smaller = replace(direct, share=replace(direct.share, mean=share * total))
    changed = replace(explanation, paths=replace(explanation.paths, direct=smaller))
    found = reasons(replace(inquiry, explanation=changed), inquiry.sight, None, "en")["found"]
    assert found
    return dict(found)


def test_the_widest_gap_has_the_longest_bar_and_no_gap_has_none() -> None:
    """Gaps are compared by their bars, and what is below 0 is no gap."""
    inquiry = inquired()
    told = reasons(inquiry, inquiry.sight, answered(), "en")["gaps"]
    levels = answered().levels(answered().newest, GAPS)
    by_size = sorted(told, key=lambda one: levels[one["indicator"]] or 0.0)

    assert [one["part"] for one in by_size] == sorted(one["part"] for one in told)
    assert max(one["part"] for one in told) <= 100
    assert all(one["part"] == 0 for one in told if (levels[one["indicator"]] or 0.0) <= 0.0)

"""Nobody's worlds are lived: a visit whose browser is gone rests until it comes back."""

import time

import pytest

pytest.importorskip("solara", reason="The dashboard is not installed: these tests did NOT run.")

from effectchain.dashboard.presence import watched
from effectchain.dashboard.strategist.desk import Desk
from effectchain.dashboard.strategist.work import begun
from tests.small_organisation import small
from tests.waiting import until

SHORT = 0.16


def test_who_is_gone_for_long_is_told_once_and_again_when_back() -> None:
    """A short absence is none; leaving and coming back are told in turn, and nothing after the end."""
    told: list[str] = []
    here = [True]
    leave = watched(lambda: here[0], lambda: told.append("gone"), lambda: told.append("back"), SHORT)
    here[0] = False
    time.sleep(SHORT / 4)
    here[0] = True
    time.sleep(2 * SHORT)
    assert [] == told
    here[0] = False
    until(lambda: told == ["gone"])
    time.sleep(2 * SHORT)
    here[0] = True
    until(lambda: told == ["gone", "back"])
    leave()
    here[0] = False
    time.sleep(2 * SHORT)

    assert ["gone", "back"] == told


def test_a_desk_that_was_left_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left before its worlds are lived, it has them lived when somebody sits down again."""
    monkeypatch.setenv("EFFECTCHAIN_WORLDS", "3")
    news: list[int] = []
    desk = Desk(begun("link", small()))
    desk.open(lambda answer: news.append(answer.worlds))
    desk.close()
    desk.open(lambda answer: news.append(answer.worlds))

    until(lambda: bool(desk.answer and desk.answer.is_finished))
    desk.close()

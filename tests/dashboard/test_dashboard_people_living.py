"""Worlds of the page People are lived in the background: the one to be seen first, with word of how far they are."""

from threading import Event

import pytest

from effectchain.dashboard.people import living
from effectchain.dashboard.people.living import Living, News, Telling, lived
from experiments.worlds.watch import Stopped
from tests.small_organisation import small

BASE = small()
WHAT_IF = BASE.strengthen("leadership", to=0.9)
PAIR = (WHAT_IF, BASE)


@pytest.mark.parametrize(("first", "place"), [("what_if", 0), ("base", 1)])
def test_the_world_to_be_seen_is_whole_before_the_other_is_begun(first: str, place: int) -> None:
    """The page hears of the world that it shows while the other one is still to be lived."""
    asked = (WHAT_IF.digest(), BASE.digest(), 4 + place)
    heard: list[News] = []
    pair = lived(PAIR, asked, first, Event(), heard.append)
    seen = next(news for news in heard if any(news.worlds))

    assert pair[place] is seen.worlds[place]
    assert seen.worlds[1 - place] is None
    assert PAIR == tuple(history.scenario for history in pair)
    assert all(news.asked == asked for news in heard)


def test_how_far_it_is_only_grows_and_never_says_done_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word comes with every week here; it ends below a hundred, since the page itself shows what is whole."""
    monkeypatch.setattr(living, "EVERY", 0.0)
    heard: list[News] = []
    lived(PAIR, (WHAT_IF.digest(), BASE.digest(), 9), "what_if", Event(), heard.append)
    parts = [news.part for news in heard]

    assert sorted(parts) == parts
    assert 99 == parts[-1]
    assert len(set(parts)) > 10


def test_nothing_is_told_once_nobody_looks() -> None:
    """A watch whose event is set ends the living without another word."""
    told: list[int] = []
    stop = Event()
    watch = Telling(stop, 10, told.append)
    stop.set()
    with pytest.raises(Stopped):
        watch.passed(5)

    assert [] == told


def test_stories_wait_for_the_pair_and_a_world_does_not() -> None:
    """With one world whole that one is shown and no other; a pair asked for before is not mixed with it."""
    pair = lived(PAIR, (WHAT_IF.digest(), BASE.digest(), 4), "what_if", Event(), lambda _: None)
    partly = Living(pair, News(worlds=(pair[0], None)), is_pending=True, error=None)

    assert (pair[0], None) == (partly.shown("what_if"), partly.shown("base"))
    assert not partly.is_whole
    assert pair[1] is Living(pair, News(), is_pending=True, error=None).shown("base")
    assert Living(None, News(), is_pending=True, error=None).shown("base") is None

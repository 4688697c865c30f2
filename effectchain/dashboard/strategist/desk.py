"""One visitor's desk: the work, the worlds that are lived for it, and who is told of news."""

import os
from collections.abc import Callable
from threading import Condition, Thread
from typing import Final

from effectchain.dashboard.strategist.work import Work
from experiments.live.answer import Answer
from experiments.live.session import WORLDS
from experiments.live.session import Session as Live

MOST: Final = 1000
"""Worlds that may be wished for."""


def worlds_wanted() -> int:
    """Paired worlds in the end: EFFECTCHAIN_WORLDS, or else as many as make intervals narrow."""
    chosen = os.environ.get("EFFECTCHAIN_WORLDS", "")
    return min(max(2, int(chosen)), MOST) if chosen.isdecimal() else WORLDS


class Desk:
    """Keeps the newest work and asks for its worlds; lives as long as the visit."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.answer: Answer | None = None
        self._live: Live | None = None
        self._news = Condition()
        self._is_new = False
        self._is_open = False

    def open(self, on_news: Callable[[Answer], None]) -> None:
        """Sit down: tell on_news each answer that is newer, in a thread of this visit."""
        self._live = Live(self._hear, worlds=worlds_wanted())
        self.answer = None
        self._is_open = True
        Thread(target=self._tell, args=(on_news,), daemon=True).start()
        found = self.ask()
        if found:  # all of it may be known already, and then there is no news to come
            self._hear(found)

    def close(self) -> None:
        """Get up: nothing is lived any more."""
        live, self._live = self._live, None
        with self._news:
            self._is_open = False
            self._news.notify()
        if live:
            live.close()

    def ask(self) -> Answer | None:
        """Have the worlds of the present work lived; what is known of them now. Raises Mistake where it is too much."""
        if self._live is None:
            return self.answer
        sight = self.work.shown
        what_ifs = [*(pin.what_if for pin in self.work.pins), sight.what_if]
        found = self._live.ask(sight.base, what_ifs)
        with self._news:
            if self.answer is None or found.move > self.answer.move:  # news of this very move may have come before
                self.answer = found
            return self.answer

    def _hear(self, answer: Answer) -> None:
        """In a thread of the pool: quick."""
        with self._news:
            if self.answer is None or answer.move >= self.answer.move:
                self.answer = answer
                self._is_new = True
                self._news.notify()

    def _tell(self, on_news: Callable[[Answer], None]) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._is_new or not self._is_open)
                if not self._is_open:
                    return
                self._is_new = False
                answer = self.answer
            if answer:
                on_news(answer)

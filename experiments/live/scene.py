"""What a session wants to see now: a baseline and what-ifs, and how far their worlds are."""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from agents.records import Record
from experiments.live.answer import Answer, Failure
from experiments.live.course import STEP
from experiments.live.ground import Ground
from experiments.live.kept import KeptWorlds, Key
from experiments.live.limits import Limit
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from experiments.live.course import Course

FIRST: Final = 2
"""Worlds of the first answer; they go before all others, of whatever session."""

REFINED: Final = (4, 8, 16, 32)
"""Numbers of worlds at which there is something new to tell, beside the first and the last."""

AT_ONCE: Final = 0.015
"""Seconds after which there is a first answer, however little of the first worlds has passed."""

SOON: Final = 0.16
"""Seconds after which more of the first worlds is worth telling."""

NOW_AND_THEN: Final = 0.5
"""Seconds after which a few more worlds are worth telling."""


class Scene:
    """Worlds wanted, lived and failed, of one move. Everything here is done under the pool's lock."""

    def __init__(
        self, move: int, scenarios: Sequence[Scenario], seed: int, weeks: int, limit: Limit, newest: int
    ) -> None:
        """move: number of the move in its session. scenarios: the baseline first. newest: place of the one changed."""
        self.move = move
        self.scenarios = tuple(scenarios)
        self.seed, self.weeks, self.limit, self.newest = seed, weeks, limit, newest
        self.grounds = [Ground(scenario, seed, weeks) for scenario in scenarios]
        self.asked = time.perf_counter()
        self.lived: dict[Key, Record] = {}
        self.courses: dict[Key, Course] = {}
        self.stepping: set[Key] = set()
        self.failed: dict[Key, str] = {}
        self.impossible: dict[str, str] = {}
        self.order = list(self._in_order())
        self._told = self.asked
        self._told_of: tuple[int, int, int] = (0, 0, 0)

    def key(self, place: int, number: int) -> Key:
        """What decides the numbers of this world."""
        return Key(self.grounds[place].digest, self.seed, self.weeks, number)

    def take_over(self, kept: KeptWorlds) -> None:
        """Find the worlds that are kept already."""
        for place, number in self.order:
            self.look_at(self.key(place, number), kept)
        self._told_of = self._progress()

    def look_at(self, key: Key, kept: KeptWorlds) -> bool:
        """Whether nothing is left to do about this world; where it is kept, it is taken over."""
        if key in self.lived or key in self.failed or key.digest in self.impossible:
            return True
        record = kept.take(key)
        if record is not None:
            self.lived[key] = record
        return record is not None

    def wants(self, key: Key) -> bool:
        """Whether this world is one of those wanted."""
        same = (key.seed, key.weeks) == (self.seed, self.weeks) and key.number < self.limit.worlds
        return same and any(ground.digest == key.digest for ground in self.grounds)

    def fail(self, key: Key, reason: str, *, always: bool) -> None:
        """A world cannot be lived, and where `always`, no world of its scenario can."""
        if always:
            self.impossible[key.digest] = reason
        else:
            self.failed[key] = reason

    def answer(self) -> Answer:
        """All that is known now."""
        return Answer(
            move=self.move,
            scenarios=self.scenarios,
            newest=self.newest,
            seed=self.seed,
            weeks=self.weeks,
            limit=self.limit,
            lived=tuple(self._whole(place) for place in range(len(self.scenarios))),
            begun=tuple(self._begun(place) for place in range(len(self.scenarios))),
            failures=tuple(self._failures()),
            is_finished=self.is_finished(),
            seconds=time.perf_counter() - self.asked,
        )

    def news(self) -> Answer | None:
        """An answer, where there is something new that is worth telling by now."""
        now = time.perf_counter()
        newest, _, failures = progress = self._progress()
        if progress == self._told_of:
            patience = AT_ONCE if self._told == self.asked else SOON
            due = newest < FIRST and now - self._told >= patience and bool(self._begun(self.newest))
        else:
            passes = any(self._told_of[0] < level <= newest for level in (min(FIRST, self.limit.worlds), *REFINED))
            fails = failures > self._told_of[2]
            due = passes or fails or self.is_finished() or now - self._told >= NOW_AND_THEN
        if not due:
            return None
        self._told, self._told_of = now, progress
        return self.answer()

    def is_finished(self) -> bool:
        """Whether every world is lived or failed."""
        keys = [self.key(place, number) for place, number in self.order]
        return all(key in self.lived or key in self.failed or key.digest in self.impossible for key in keys)

    def _in_order(self) -> Iterator[tuple[int, int]]:
        """Place and number of all worlds: the first of the baseline and the newest, of the others, and then all."""
        chief = dict.fromkeys((0, self.newest))
        others = [place for place in range(len(self.scenarios)) if place not in chief]
        first = range(min(FIRST, self.limit.worlds))
        for places in (chief, others):
            yield from ((place, number) for number in first for place in places)
        for number in range(FIRST, self.limit.worlds):
            yield from ((place, number) for place in (*chief, *others))

    def _progress(self) -> tuple[int, int, int]:
        """Worlds that baseline and newest what-if have in common, worlds lived, and what failed."""
        return self._count(self.newest), len(self.lived), len(self.failed) + len(self.impossible)

    def _whole(self, place: int) -> dict[int, Record]:
        """The worlds lived, from 0 to the first that is still missing; failed ones are left out."""
        found = {}
        for number in range(self.limit.worlds):
            key = self.key(place, number)
            if key in self.lived:
                found[number] = self.lived[key]
            elif key not in self.failed:
                break
        return found

    def _count(self, place: int) -> int:
        return len(self._whole(0).keys() & self._whole(place).keys())

    def _begun(self, place: int) -> dict[int, Record]:
        """The first worlds as far as they have come, where not all are whole; none that would make curves shorter."""
        keys = {number: self.key(place, number) for number in range(min(FIRST, self.limit.worlds))}
        if all(key in self.lived for key in keys.values()):
            return {}
        weeks = {number: self._weeks(key) for number, key in keys.items()}
        near = max(1, max(weeks.values()) - STEP)
        return {number: self._so_far(keys[number], far) for number, far in weeks.items() if far >= near}

    def _weeks(self, key: Key) -> int:
        course = self.courses.get(key)
        return self.weeks if key in self.lived else course.weeks if course else 0

    def _so_far(self, key: Key, weeks: int) -> Record:
        return self.lived[key] if key in self.lived else self.courses[key].weekly(weeks)

    def _failures(self) -> Iterator[Failure]:
        for place, ground in enumerate(self.grounds):
            if ground.digest in self.impossible:
                yield Failure(place, None, self.impossible[ground.digest])
            for key, reason in self.failed.items():
                if key.digest == ground.digest:
                    yield Failure(place, key.number, reason)

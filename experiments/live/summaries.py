"""Courses and last years of whole worlds, kept by their content: a baseline's are asked for with every move."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from experiments.keep import Keep
from results.statistics import Column
from results.trajectories import Trajectory

ROOM: Final = 8 * 2**20
"""Bytes of courses, and as many of last years: some 2,000 courses of three years."""

Content = tuple[str, int, int, tuple[int, ...]]
"""What decides worlds: the scenario's digest, seed, weeks, and their numbers."""


def _course_bytes(course: Trajectory) -> int:
    return 4 * course.mean.nbytes


_COURSES: Final[Keep[Trajectory]] = Keep(ROOM, _course_bytes)
_FINALS: Final[Keep[Mapping[str, Column]]] = Keep(ROOM, lambda year: sum(one.nbytes for one in year.values()))


def course_of(worlds: Content, indicator: str, make: Callable[[], Trajectory]) -> Trajectory:
    """The course of an indicator over these worlds, which are whole; nobody may change it."""
    return _COURSES.get((worlds, indicator), make)


def finals_of(
    worlds: Content, indicators: Sequence[str], make: Callable[[], Mapping[str, Column]]
) -> Mapping[str, Column]:
    """The last year of these indicators, one value a world; nobody may change them."""
    return _FINALS.get((worlds, tuple(indicators)), make)

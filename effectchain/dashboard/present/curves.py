"""What the worlds of a story come to in numbers: lines over time, where they end, and what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from effectchain.dashboard.present.living import Found
from effectchain.dashboard.present.measures import MEASURES, Lines
from effectchain.dashboard.present.story import ADDED, BASELINE, Prediction, Step, Story, options_of
from results.statistics import Interval, PairedDifference, mean_interval, paired_difference

Way = Literal["higher", "lower", "same"]
Curve = npt.NDArray[np.float64]

LAST_WEEKS: Final = 52
"""Weeks over which bars and links of the chain are taken; a line ends where it ends."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model shows where the room predicted.

    key: higher, lower or same; or the id of what ends highest, same where two can't be told apart. value: where the
    line ends. beside: where the line ends that it is compared with. ranking: for which, ids and ends, highest first.
    as_expected: whether the story expected this; None where it expected nothing.
    """

    key: str
    value: float | None = None
    beside: float | None = None
    difference: PairedDifference | None = None
    ranking: tuple[tuple[str, float], ...] = ()
    as_expected: bool | None = None


def weeks_of(step: Step, story: Story) -> int:
    """How many weeks a step draws."""
    return step.weeks or story.weeks


def drawn(step: Step, story: Story) -> tuple[str, ...]:
    """The what-ifs whose lines a step draws, by id."""
    if MEASURES[step.measure].of_log or step.groups:
        return ()
    return step.what_ifs or tuple(one.id for one in story.what_ifs)


def beside_of(one: str, story: Story) -> str:
    """What a what-if is compared with."""
    return next((what_if.beside for what_if in story.what_ifs if what_if.id == one), BASELINE)


def backdrops(step: Step, story: Story) -> tuple[str, ...]:
    """The lines that the drawn ones are compared with, each once, and not those drawn already."""
    ids = drawn(step, story)
    found = dict.fromkeys(beside_of(one, story) for one in ids) or {BASELINE: None}
    return tuple(one for one in found if one not in ids) or (BASELINE,)


def lines_of(one: str, step: Step, story: Story, found: Found) -> Lines | None:
    """The lines of all worlds of a scenario, as far as the step draws them; None where they are not lived yet."""
    measure, weeks = MEASURES[step.measure], weeks_of(step, story)
    if measure.of_log:
        return found.log.above[:, :weeks] if found.log else None
    return measure.lines(found.weekly[one])[:, :weeks] if one in found.weekly else None


def gains(one: str, measure: str, story: Story, found: Found) -> Curve:
    """What a what-if adds in the last year: one number a world."""
    mine, other = (MEASURES[measure].lines(found.weekly[name]) for name in (one, beside_of(one, story)))
    worlds = min(len(mine), len(other))
    return np.asarray((mine[:worlds] - other[:worlds])[:, -LAST_WEEKS:].mean(axis=1))


def bars(step: Step, story: Story, found: Found) -> Mapping[str, Interval]:
    """What each row of a step's bars comes to, by id; empty where nothing is lived yet."""
    if step.groups:
        return _groups(step, found)
    return {name: mean_interval(values) for name, values in _bar_values(step, story, found).items()}


def _groups(step: Step, found: Found) -> dict[str, Interval]:
    """The kinds of failure that a step tells apart, as far as there were any."""
    known = found.log.groups if found.log else {}
    return {name: known[name] for name in step.groups if name in known}


def _bar_values(step: Step, story: Story, found: Found) -> dict[str, Curve]:
    """One number a world for each row; empty until all of them are lived."""
    if any(name not in found.weekly for one in drawn(step, story) for name in (one, beside_of(one, story))):
        return {}
    values = {one: gains(one, step.measure, story, found) for one in drawn(step, story)}
    if step.added:
        single = [gains(one, step.measure, story, found) for one in step.added]
        last = {one: values.pop(one) for one in list(values) if one not in step.added}
        values |= {ADDED: np.sum(single, axis=0), **last}
    return values


def answer_of(step: Step, story: Story, found: Found) -> Answer | None:
    """What the model shows where this step asks; None where nothing is asked or nothing is lived yet."""
    asked = step.prediction
    if asked is None:
        return None
    given = _answer(step, asked, story, found)
    if given is None or not asked.expects:
        return given
    return Answer(
        given.key, given.value, given.beside, given.difference, given.ranking, as_expected=given.key == asked.expects
    )


def _answer(step: Step, asked: Prediction, story: Story, found: Found) -> Answer | None:
    if step.show == "customer":
        return _of_customer(step, found)
    if asked.kind == "which":
        return _which(step, story, found)
    return _end(step, asked, story, found)


def _end(step: Step, asked: Prediction, story: Story, found: Found) -> Answer | None:
    ids = drawn(step, story)
    one = asked.of or (ids[0] if ids else BASELINE)
    line, other = (lines_of(name, step, story, found) for name in (one, beside_of(one, story)))
    if line is None or other is None:
        return None
    ends = line[:, -1]
    if not ids:
        return Answer("", float(ends.mean()))
    change = _paired(other[:, -1], ends)
    return Answer(way_of(change), float(ends.mean()), float(other[:, -1].mean()), change)


def _paired(before: Curve, after: Curve) -> PairedDifference:
    """Over the worlds that both have lived."""
    worlds = min(before.size, after.size)
    return paired_difference(before[:worlds], after[:worlds])


def way_of(change: Interval) -> Way:
    """Higher or lower where the whole interval says so."""
    if change.low > 0.0:
        return "higher"
    return "lower" if change.high < 0.0 else "same"


def _which(step: Step, story: Story, found: Found) -> Answer | None:
    if step.groups:
        return _which_group(step, found)
    values = _ends(step, story, found)
    if len(values) < 2:
        return None
    ranked = sorted(values, key=lambda one: -float(values[one].mean()))
    best, second = ranked[0], ranked[1]
    change = _paired(values[second], values[best])
    ranking = tuple((one, float(values[one].mean())) for one in ranked)
    return Answer(best if change.low > 0.0 else "same", ranking[0][1], ranking[1][1], change, ranking)


def _ends(step: Step, story: Story, found: Found) -> dict[str, Curve]:
    """Of each option one number a world: where its line ends, or its bar."""
    options = options_of(step, tuple(one.id for one in story.what_ifs))
    if step.show == "bars":
        values = _bar_values(step, story, found)
        return {one: values[one] for one in options if one in values}
    lines = {one: lines_of(one, step, story, found) for one in options}
    return {one: line[:, -1] for one, line in lines.items() if line is not None}


def _which_group(step: Step, found: Found) -> Answer | None:
    """Kinds of failure are no pairs: told apart where their intervals don't meet."""
    known = _groups(step, found)
    if len(known) < 2:
        return None
    ranked = sorted(known, key=lambda name: -known[name].mean)
    apart = known[ranked[0]].low > known[ranked[1]].high
    ranking = tuple((name, known[name].mean) for name in ranked)
    return Answer(ranked[0] if apart else "same", ranking[0][1], ranking[1][1], None, ranking)


def _of_customer(step: Step, found: Found) -> Answer | None:
    customer = found.log.customer if found.log else None
    if customer is None:
        return None
    contact = customer.contacts[customer.first if step.moment == "first" else customer.second]
    way: Way = "higher" if contact.after > contact.before else "lower" if contact.after < contact.before else "same"
    return Answer(way, contact.after, contact.before)


def middle(guesses: Sequence[float]) -> float | None:
    """The middle one of the room's guesses; None where there is none."""
    return float(np.median(guesses)) if guesses else None

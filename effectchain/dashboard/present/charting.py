"""What is drawn of a step: lines over time, a customer's line, bars, or the whole chain; numbers ready to be drawn."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.special import stdtrit

from effectchain.dashboard.present.curves import (
    LAST_WEEKS,
    Curve,
    backdrops,
    bars,
    beside_of,
    drawn,
    gains,
    lines_of,
    weeks_of,
)
from effectchain.dashboard.present.failures import EXCELLENT, FAIR, MILD, SEVERE, Contact, Customer
from effectchain.dashboard.present.living import Found
from effectchain.dashboard.present.measures import MEASURES, QUARTER, Lines, headlines, smoothed
from effectchain.dashboard.present.scales import apart, axis, scale_of, written
from effectchain.dashboard.present.sentences import Words, name_of
from effectchain.dashboard.present.story import Step, Story
from results.numbers import decimal, difference
from results.statistics import Interval, mean_interval

POOR: Final = 0.5
"""Quality below which a recovery is called poor."""

MINI: Final = 2
"""Every which week of a small chart is drawn."""


def chart(step: Step, story: Story, found: Found, words: Words, language: str) -> dict[str, Any] | None:
    """The lines of a step with its axes; None while nothing is lived yet."""
    names = [*backdrops(step, story), *drawn(step, story)]
    found_lines = {one: lines_of(one, step, story, found) for one in dict.fromkeys(names)}
    lines = {one: line for one, line in found_lines.items() if line is not None}
    if len(lines) < len(found_lines):
        return None
    means = {one: line.mean(axis=0) for one, line in lines.items()}
    first = next(iter(means))
    ends = [float(value) for mean in means.values() for value in (mean.min(), mean.max())]
    is_end = step.prediction is not None and step.prediction.kind == "end"
    backdrop = float(means[first][-1]) if len(means) > 1 else float(means[first][step.known - 1])
    scale = scale_of(step.measure, backdrop, ends, wide=is_end)
    indicator = MEASURES[step.measure].indicator
    back = set(backdrops(step, story)) if len(means) > 1 else set()
    ends_said = dict(zip(means, apart([float(mean[-1]) for mean in means.values()], indicator, language), strict=True))
    return {
        "title": indicator.title(language),
        "unit": indicator.unit(language),
        "weeks": weeks_of(step, story),
        "known": min(step.known, weeks_of(step, story)),
        "x": time_axis(weeks_of(step, story), words),
        "y": axis(scale, step.measure, language),
        "lines": [
            {
                "key": one,
                "name": name_of(one, story, words, language) if len(means) > 1 else words["model"],
                "is_baseline": one in back,
                "values": _short(means[one]),
                **_band(line, lines.get(beside_of(one, story)) if back else None, is_drawn=one not in back),
                "end": ends_said[one],
            }
            for one, line in lines.items()
        ],
    }


def _band(line: Lines, beside: Lines | None, *, is_drawn: bool) -> dict[str, list[float]]:
    """How sure a line is: the 95 % interval, week by week, of its difference from what it is compared with."""
    if not is_drawn:
        return {"low": [], "high": []}
    worlds = min(len(line), len(beside)) if beside is not None else len(line)
    differs = line[:worlds] - (beside[:worlds] if beside is not None else 0.0)
    half = stdtrit(worlds - 1, 0.975) * differs.std(axis=0, ddof=1) / np.sqrt(worlds)
    mean = line.mean(axis=0)
    return {"low": _short(mean - half), "high": _short(mean + half)}


def time_axis(weeks: int, words: Words) -> list[dict[str, Any]]:
    """Places and words of the time axis."""
    step = 52 if weeks > 60 else 13 if weeks > 26 else 4
    places = range(step, weeks + 1, step)
    return [{"week": 0, "label": words["now"]}, *({"week": week, "label": _age(week, step, words)} for week in places)]


def _age(week: int, step: int, words: Words) -> str:
    if step < 52:
        return words["week_short"].format(count=week)
    return words["one_year"] if week == 52 else words["years"].format(count=week // 52)


def _short(values: Curve) -> list[float]:
    """Four figures are more than a screen shows."""
    return [float(f"{value:.4g}") for value in values]


def nodes(step: Step, story: Story, found: Found, words: Words, language: str) -> list[dict[str, Any]]:
    """The links of the chain with what the last year adds to each; a question mark where that is still covered."""
    return [
        {
            "key": link,
            "label": words[link],
            "is_open": link in step.nodes,
            "measure": MEASURES[measure].indicator.label(language),
            "value": _gain(step, story, found, measure, language) if link in step.nodes else "?",
        }
        for link, measure in headlines().items()
    ]


def _leading(step: Step, story: Story) -> str:
    """The what-if that the chain is about."""
    return step.what_ifs[0] if step.what_ifs else story.what_ifs[0].id


def _gain(step: Step, story: Story, found: Found, measure: str, language: str) -> str:
    one = _leading(step, story)
    if any(name not in found.weekly for name in (one, beside_of(one, story))):
        return "…"
    said = difference(mean_interval(gains(one, measure, story, found)), MEASURES[measure].indicator, language)
    return said.replace(" punten", " pt").replace(" points", " pt")


def chain(step: Step, story: Story, found: Found, words: Words, language: str) -> list[dict[str, Any]] | None:
    """The links, each with its small chart and how much later it moves than the one before; None while not lived."""
    one = _leading(step, story)
    if any(name not in found.weekly for name in (one, beside_of(one, story))):
        return None
    pairs = {
        link: tuple(_slow(found, name, measure) for name in (beside_of(one, story), one))
        for link, measure in headlines().items()
    }
    opened = nodes(step, story, found, words, language)
    return [
        {
            **node,
            "halfway": _halfway(pairs[node["key"]][1] - pairs[node["key"]][0], words),
            **_mini(*pairs[node["key"]]),
        }
        for node in opened
    ]


def _slow(found: Found, name: str, measure: str) -> Curve:
    """The mean line, smoothed over a quarter."""
    lines: Lines = MEASURES[measure].lines(found.weekly[name])
    return np.asarray(smoothed(lines, QUARTER).mean(axis=0))


def _halfway(gain: Curve, words: Words) -> str:
    """From which week on at least half of what the last year adds is there; empty where that week is the last."""
    whole = gain[-LAST_WEEKS:].mean()
    short = np.flatnonzero(gain / whole < 0.5) if whole else np.arange(gain.size)
    week = int(short[-1]) + 2 if short.size else 1
    return words["halfway"].format(week=week) if week <= gain.size else ""


def _mini(before: Curve, after: Curve) -> dict[str, Any]:
    low, high = (float(edge(np.concatenate((before, after)))) for edge in (np.min, np.max))
    room = 0.15 * (high - low) or 1.0
    return {
        "before": _short(before[::MINI]),
        "after": _short(after[::MINI]),
        "low": low - room,
        "high": high + room,
    }


def bar_rows(step: Step, story: Story, found: Found, words: Words, language: str) -> dict[str, Any] | None:
    """The bars of a step; None while nothing is lived yet."""
    values = bars(step, story, found)
    if not values:
        return None
    indicator = MEASURES[step.measure].indicator
    reach = max(max(abs(one.low), abs(one.high)) for one in values.values() if np.isfinite(one.low))
    low = min(0.0, *(one.low for one in values.values()))
    title = words["change_of_mark"] if step.groups else words["gain_last_year"].format(label=indicator.title(language))
    return {
        "title": title,
        "low": 1.05 * low,
        "high": max(1.05 * max(one.high for one in values.values()), 0.25 * reach),
        "rows": [_row(name, one, step, story, words, language) for name, one in values.items()],
    }


def _row(name: str, one: Interval, step: Step, story: Story, words: Words, language: str) -> dict[str, Any]:
    indicator = MEASURES[step.measure].indicator
    is_main = not step.added or name not in step.added
    text = difference(Interval(one.mean, one.mean, one.mean, one.n, one.level), indicator, language)
    return {
        "key": name,
        "label": name_of(name, story, words, language),
        "value": one.mean,
        "low": one.low,
        "high": one.high,
        "text": text if is_main else text.removesuffix(" punten").removesuffix(" points"),
        "is_main": is_main,
    }


def customer(step: Step, story: Story, found: Found, words: Words, language: str) -> dict[str, Any] | None:
    """One customer's line of marks, with what happened on it; None where nobody was found, or not yet."""
    one = found.log.customer if found.log else None
    if one is None:
        return None
    until = one.second if step.moment == "first" else len(one.contacts)
    asked = one.first if step.moment == "first" else one.second
    shown = one.contacts[:until]
    marks = [mark for contact in one.contacts for mark in (contact.before, contact.after)]
    low, high = np.floor(min(marks) - 0.6), min(np.ceil(max(marks) + 0.4), 10.0)
    weeks = story.weeks
    return {
        "weeks": weeks,
        "x": time_axis(weeks, words),
        "y": axis(scale_of("satisfaction", (low + high) / 2.0, [low, high], wide=False), "satisfaction", language)
        | {"grid": []},
        "known": one.contacts[asked].week,
        "points": _points(shown),
        "asked": asked,
        "events": [_event(contact, words, language) for contact in shown if contact.failed],
        "left": one.left_week if step.moment == "second" else None,
        "left_text": words["left"],
        "unit": MEASURES["satisfaction"].indicator.unit(language),
        "alike": words["guests_alike"].format(alike=_count(one, language)[0], of=_count(one, language)[1]),
    }


def _count(one: Customer, language: str) -> tuple[str, str]:
    return decimal(one.alike, 0, language), decimal(one.of, 0, language)


def _points(contacts: Sequence[Contact]) -> list[dict[str, float]]:
    """Where the line goes: before and after each contact."""
    return [
        {"week": contact.week, "before": round(contact.before, 3), "after": round(contact.after, 3)}
        for contact in contacts
    ]


def _event(contact: Contact, words: Words, language: str) -> dict[str, Any]:
    kind = "mild" if contact.severity <= MILD else "severe" if contact.severity >= SEVERE else "middle"
    return {
        "week": contact.week,
        "before": round(contact.before, 3),
        "after": round(contact.after, 3),
        "what": words["mistake"].format(severity=words[f"severity_{kind}"]),
        "recovery": words[f"recovery_{_recovery(contact)}"],
        "mark": written(contact.after, MEASURES["satisfaction"].indicator, language),
    }


def _recovery(contact: Contact) -> str:
    if not contact.recovered:
        return "none"
    quality = contact.quality
    return "excellent" if quality >= EXCELLENT else "good" if quality >= FAIR else "fair" if quality >= POOR else "poor"

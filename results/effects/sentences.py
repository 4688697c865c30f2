"""What a what-if comes to, in sentences and cells for terminal and report, in English and Dutch."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from results.chain import ChainRow, ChainTable, Verdict
from results.effects.cost_effect import CostEffect
from results.effects.effects import Effects, Money
from results.effects.payback import Payback
from results.effects.twins import EXHAUSTED, Twins, WhoChanged
from results.effects.words import effect_words
from results.indicators import INDICATORS, Indicator
from results.numbers import MINUS, NONE, bounds, compact, decimal, difference
from results.perspectives import Perspective, perspectives
from results.proportion import Proportion
from results.statistics import Interval, PairedDifference
from results.stopping import Stopping, Width
from results.words import words

MONEY: Final = Indicator("money", "money", 0, "higher", "money", "geld", "", "")
POINTS: Final = Indicator("points", "mark", 1, "higher", "points", "punten", "", "")

_COLUMNS: Final = ("only_what_if", "only_base", "net", "both", "neither")

_READINGS: Final[tuple[Verdict, ...]] = ("better", "worse", "higher", "lower", "unclear", "same")


def perspective_cells(table: ChainTable, position: int, language: str) -> list[tuple[str, str, str]]:
    """The four perspectives: name, headline with its difference, and how many indicators read how."""
    return [
        (words(language)[side.name], _headline(side, position, language), _readings(side, position, language))
        for side in perspectives(table)
    ]


def saved_in_words(found: PairedDifference | None, language: str) -> str:
    """14 of 15 worlds."""
    phrases = effect_words(language)
    if found is None or not math.isfinite(found.variance_ratio):
        return phrases["saved_unknown"]
    needed = round(found.variance_ratio)
    if needed < 2:
        return phrases["saved_none"]
    return phrases["saved_some"].format(saved=decimal(needed - 1, 0, language), all=decimal(needed, 0, language))


def who_note(worlds: int, language: str) -> str:
    """What the counts are, and of how many worlds."""
    phrases, usual = effect_words(language), words(language)
    several = phrases["with_interval"].format(worlds=usual["paired_worlds"].format(count=worlds))
    return phrases["who_note"].format(worlds=several if worlds > 1 else usual["one_world"])


def saved_sentences(rows: Sequence[ChainRow], position: int, language: str) -> list[str]:
    """Each of these indicators with the worlds saved, and how to read that."""
    phrases = effect_words(language)
    found = [(row.indicator.label(language), row.differences[position]) for row in rows]
    if not any(one is not None and math.isfinite(one.variance_ratio) for _, one in found):
        return [phrases["saved_nothing"]]
    told = ", ".join(f"{label} {saved_in_words(one, language)}" for label, one in found)
    return [f"{told}. {phrases['saved_note']}"]


def twin_heads(language: str) -> list[str]:
    """What stands above the counts of twin_cells."""
    return [effect_words(language)[column] for column in _COLUMNS]


def twin_cells(found: Twins, language: str) -> tuple[str, list[tuple[str, str]]]:
    """One outcome: its name and, for each column, the mean count and half its interval, empty where there is none."""
    counts: dict[str, Interval] = {str(cell): interval for cell, interval in found.cells.items()} | {"net": found.net}
    return effect_words(language)[found.outcome], [
        (_count(counts[column].mean, language, signed=column == "net"), _half(counts[column], language))
        for column in _COLUMNS
    ]


def burnt_out_note(language: str) -> str:
    """From when on somebody counts as burnt out, and whose threshold that is."""
    return effect_words(language)["burnt_out"].format(threshold=decimal(EXHAUSTED, 2, language))


def who_is_silent(who: WhoChanged | None, language: str) -> str:
    """Why there are no counts to show; empty where there are."""
    if who is None:
        return effect_words(language)["no_twins"]
    return effect_words(language)["unchanged_people"] if who.is_unchanged else ""


def money_sentences(found: Effects, language: str) -> Iterator[str]:
    """Pay-back, lowest point and net present value of a commercial organisation, or a non-profit's cost of its gain."""
    if found.money:
        yield from _earned(found.money, found.interest, language)
    else:
        yield from _cost(found.cost_effects, found.interest, language)


def payback_sentence(found: Payback, language: str) -> str:
    """When it has paid itself back, in how many worlds, or that it has not within these weeks."""
    phrases = effect_words(language)
    if found.reached is None:
        return phrases["nothing_to_pay_back"]
    if found.worlds == 1:
        key = "one_paid" if math.isfinite(found.median) else "one_never"
        return phrases[key].format(week=_week(found.median), weeks=found.weeks)
    facts = {
        "median": _week(found.median),
        "first": _within(found.first, found.weeks, phrases),
        "early": _within(found.early, found.weeks, phrases),
        "late": _within(found.late, found.weeks, phrases),
        "reached": phrases["count_of"].format(count=found.reached.count, of=found.reached.of),
        "share": share_in_words(found.reached, language),
        "weeks": found.weeks,
        "worlds": found.reached.of,
    }
    if found.reached.count == 0:
        return phrases["never_paid"].format(**facts)
    return phrases["paid_back" if math.isfinite(found.median) else "not_half"].format(**facts)


def share_in_words(found: Proportion, language: str) -> str:
    """98%, between 88% and 100%."""
    share, low, high = (decimal(100.0 * value, 0, language) + "%" for value in (found.share, found.low, found.high))
    return f"{share}, {effect_words(language)['between'].format(low=low, high=high)}"


def stopping_sentence(found: Stopping, language: str) -> str:
    """That the number of worlds was adaptive, how often was looked, and what was reached."""
    phrases = effect_words(language)
    looks = phrases["once"] if found.looks == 1 else phrases["times"].format(count=found.looks)
    rare = decimal(100.0 * (1.0 - 0.05 ** (1.0 / found.replications)), 0, language) + "%"
    reached = ", ".join(_width(name, width, language) for name, width in found.widths.items())
    return phrases[f"until_{found.reason}"].format(
        replications=found.replications, looks=looks, asked=_in_tongue(found.asked, language), widths=reached, rare=rare
    )


def _in_tongue(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "nl" else number


def _headline(side: Perspective, position: int, language: str) -> str:
    row = side.headline
    found = row.differences[position]
    return NONE if found is None else f"{row.indicator.label(language)} {_change(found, row.indicator, language)}"


def _change(found: PairedDifference, indicator: Indicator, language: str) -> str:
    is_same = found.mean == found.low == found.high == 0.0
    return words(language)["same"] if is_same else compact(found, indicator, language)


def _readings(side: Perspective, position: int, language: str) -> str:
    count = side.count(position)
    phrases = effect_words(language)
    return ", ".join(
        phrases[f"count_{reading}"].format(count=count[reading]) for reading in _READINGS if count[reading]
    )


def _earned(found: Money, interest: float, language: str) -> Iterator[str]:
    phrases, payback = effect_words(language), found.payback
    yield payback_sentence(payback, language)
    if payback.is_nothing:
        return
    if payback.deepest.mean < 0.0:
        yield phrases["deepest"].format(**_amount(payback.deepest, MONEY, language))
    yield phrases["npv"].format(
        weeks=payback.weeks, interest=_per_cent(interest, language), **_amount(found.value, MONEY, language)
    )


def _cost(found: Sequence[CostEffect], interest: float, language: str) -> Iterator[str]:
    phrases = effect_words(language)
    if found[0].reading != "nothing":
        cost = _amount(found[0].cost, MONEY, language)
        yield phrases["extra_cost"].format(weeks=found[0].weeks, interest=_per_cent(interest, language), **cost)
    for one in found:
        gain = {"gain": _points(one, language), "interval": bounds(one.gain, POINTS, language)}
        ratio = one.ratio or one.cost
        yield phrases[f"effect_{one.reading}"].format(
            label=INDICATORS[one.indicator].title(language),
            **gain,
            ratio=difference(ratio, MONEY, language).removeprefix("+"),
            ratio_interval=bounds(ratio, MONEY, language),
        )


def _amount(found: Interval, indicator: Indicator, language: str) -> dict[str, str]:
    return {"amount": difference(found, indicator, language), "interval": bounds(found, indicator, language)}


def _points(found: CostEffect, language: str) -> str:
    """The gain; of what is told as a loss without its sign, which would say it twice."""
    return difference(found.gain, POINTS, language).removeprefix(MINUS if found.reading == "worse" else "+")


def _width(name: str, width: Width, language: str) -> str:
    phrases = effect_words(language)
    label = phrases["share_paid_back"] if name == "payback" else name
    label = INDICATORS[name].label(language) if name in INDICATORS else label
    if not math.isfinite(width.reached):
        return phrases["no_spread"].format(label=label)
    reached, wanted = (_size(name, size, language) for size in (width.reached, width.wanted))
    return phrases["width"].format(label=label, reached=reached, wanted=wanted)


def _size(name: str, size: float, language: str) -> str:
    """A width in the indicator's own unit."""
    if name == "payback":
        return decimal(100.0 * size, 1, language) + "%"
    if name in INDICATORS:
        return difference(Interval(size, size, size, 1, 0.95), INDICATORS[name], language).removeprefix("+")
    return f"{size:.3g}"


def _count(mean: float, language: str, *, signed: bool = False) -> str:
    """People a world: whole from ten on, and where there is no fraction; the fewer, the finer."""
    size = abs(mean)
    decimals = 0 if size >= 9.95 or size == round(size) else 1 if size >= 0.095 else 2
    return decimal(mean, decimals, language, signed=signed and mean != 0.0)


def _half(found: Interval, language: str) -> str:
    """Half the interval, as on its upper side, where a count cannot go below 0: ±8."""
    half = found.high - found.mean
    return f"±{_count(half, language)}" if half and math.isfinite(half) else ""


def _week(week: float) -> str:
    return str(int(week)) if math.isfinite(week) else NONE


def _within(week: float, weeks: int, phrases: Mapping[str, str]) -> str:
    if math.isfinite(week):
        return phrases["week"].format(week=int(week))
    return phrases["not_within"].format(weeks=weeks)


def _per_cent(share: float, language: str) -> str:
    return decimal(100.0 * share, 0 if abs(100.0 * share - round(100.0 * share)) < 1e-9 else 1, language) + "%"

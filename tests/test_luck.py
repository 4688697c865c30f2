"""Luck: Philox as published, draws that are uniform and independent, and numbers of decisions that never change.

The statistical tests draw with fixed keys, so they pass or fail alike each time. Made with a fresh key, each single
comparison would raise a false alarm once in 100,000 times, and all of them together once in about 1,700 times.
"""

import ast
import itertools
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from scipy import stats

from agents.rule import compiled_now, entry
from simulation import luck
from simulation.luck import (
    DECISIONS,
    DRAWN_TOGETHER,
    WEEK_OFFSET,
    decision_number,
    draw,
    drawn,
    four,
    normal,
    open_share,
    philox,
    world_key,
)

FALSE_ALARM: Final = 1e-5
ONES: Final = 0xFFFFFFFF

KNOWN_ANSWERS: Final = (
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)
"""Counter, key and result of Philox4x32-10 in Random123's file of known answers; the third holds the digits of pi."""

NUMBERS: Final = {
    "outside": 0,
    "leader_start": 1,
    "employee_start": 2,
    "employee_person": 3,
    "customer_start": 4,
    "customer_person": 5,
    "customer_placed": 6,
    "contact_drawn": 7,
    "visit": 8,
    "service": 9,
    "failure": 10,
    "recovery": 11,
    "stay": 12,
    "talk": 13,
    "join": 14,
    "join_person": 15,
    "employee_mood": 16,
    "employee_choice": 17,
    "newcomer_traits": 18,
    "newcomer_more": 19,
    "renewal": 20,
    "unit_start": 21,
}
"""The number of each decision for all time: a new one is appended here too; any other change is another luck."""

KEYS: Final = {
    (0, 0): 11711776451672290039,
    (1, 0): 9782464929133911137,
    (1, 1): 2537287109267993501,
    (-1, 0): 13494800339607181651,
    (2**64, 7): 14180593632820496452,
}
"""Keys of some seeds and replications, as they were when the first results were made."""

FILES: Final = sorted(Path(luck.__file__).parent.glob("*.py"))
"""Where draws are made."""


@entry
def block(counter: Any, key: Any, out: Any) -> None:
    """Philox of these words, compiled."""
    out[0], out[1], out[2], out[3] = philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])


@entry
def draw_at(key: np.uint64, places: Any, out: Any) -> None:
    """Four draws for each row (decision, week, who, whom), compiled."""
    for n in range(places.shape[0]):
        out[n, 0], out[n, 1], out[n, 2], out[n, 3] = four(key, places[n, 0], places[n, 1], places[n, 2], places[n, 3])


@entry
def bells(chances: Any, out: Any) -> None:
    """The normal value of each chance, compiled."""
    for n in range(chances.shape[0]):
        out[n] = normal(chances[n])


def draws(key: int, decision: Any, week: Any, who: Any, whom: Any = 0) -> Any:
    """Four draws a row for whatever of these is a range and the rest one number: an array of rows x 4."""
    places = np.ascontiguousarray(np.stack(np.broadcast_arrays(decision, week, who, whom), axis=-1).reshape(-1, 4))
    out = np.empty((len(places), 4))
    draw_at(np.uint64(key), places.astype(np.int64), out)
    return out


def words(numbers: tuple[int, ...]) -> list[np.uint64]:
    """These numbers as Philox takes them."""
    return [np.uint64(number) for number in numbers]


def chance_if_uniform(values: Any) -> float:
    """Chance of an unevenness like this or worse over 256 equal cells, if the values are uniform on (0, 1)."""
    counts = np.bincount((values * 256).astype(int), minlength=256)
    return float(stats.chisquare(counts).pvalue)


def chance_if_independent(one: Any, other: Any) -> float:
    """Chance of a table of 16 x 16 cells like this or worse, if two uniform values don't depend on each other."""
    cells = (one * 16).astype(int) * 16 + (other * 16).astype(int)
    return float(stats.chisquare(np.bincount(cells, minlength=256)).pvalue)


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN_ANSWERS)
def test_known_answers(counter: tuple[int, ...], key: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Compiled or not, Philox gives what its authors published."""
    compiled = np.zeros(4, np.uint64)
    block(np.array(counter, np.uint64), np.array(key, np.uint64), compiled)

    assert expected == tuple(int(word) for word in philox(*words(counter), *words(key)))
    assert expected == tuple(compiled.tolist())


def test_counter_and_key_of_a_draw() -> None:
    """A draw's counter is who, with whom, week and decision; its key are the two halves of the world's."""
    key = 0x299F31D0A4093822
    expected = philox(*words((12, 34, WEEK_OFFSET - 5, 8, 0xA4093822, 0x299F31D0)))

    assert tuple(map(open_share, expected)) == four(np.uint64(key), luck.VISIT, -5, 12, 34)


def test_draws_lie_within_0_and_1() -> None:
    """Not even the smallest and the largest word give 0 or 1, so a logarithm or a normal value always exists."""
    least, most = open_share(np.uint64(0)), open_share(np.uint64(ONES))

    assert 0.0 < least == 2.0**-33
    assert 1.0 > most == 1.0 - 2.0**-33
    assert -normal(least) == normal(most) < math.inf


def test_compiled_draws_are_those_of_plain_python() -> None:
    """The same rule, compiled and interpreted, to the bit."""
    places = [(decision, week, who, decision % 2) for decision in range(21) for week in (-60, 1) for who in (0, 10**7)]
    plain = [four(np.uint64(2**63 + 5), *place) for place in places]

    assert plain == [tuple(row) for row in draws(2**63 + 5, *np.array(places).T).tolist()]


def chances() -> Any:
    """Chances over all of (0, 1), as many of them far out as in the middle."""
    far = np.exp2(np.linspace(-33, -1, 2000))
    middle = np.linspace(0.001, 0.999, 2001)
    return np.concatenate([far, middle, 1.0 - far])


def test_normal_is_the_inverse_of_the_normal_distribution() -> None:
    """As SciPy has it, to 14 digits, from one end to the other."""
    values = np.array([normal(chance) for chance in chances().tolist()])

    np.testing.assert_allclose(values, stats.norm.ppf(chances()), rtol=1e-14, atol=1e-15)


def test_compiled_normal_is_that_of_plain_python() -> None:
    """To the bit, in the middle and in both tails."""
    compiled = np.empty_like(chances())
    bells(chances(), compiled)

    assert [normal(chance) for chance in chances().tolist()] == compiled.tolist()


@pytest.mark.parametrize("word", range(4))
def test_draws_are_uniform(word: int) -> None:
    """Each of the four words of a block, over people and over weeks."""
    over_people = draws(world_key(1, 0), luck.VISIT, 10, np.arange(300_000))[:, word]
    over_weeks = draws(world_key(2, 0), luck.STAY, np.arange(-500, 299_500), 3)[:, word]

    assert chance_if_uniform(over_people) > FALSE_ALARM
    assert chance_if_uniform(over_weeks) > FALSE_ALARM
    assert stats.kstest(over_people, "uniform").pvalue > FALSE_ALARM


def test_bells_are_normal() -> None:
    """Draws turned into normal values have that distribution, the tails included."""
    values = draws(world_key(3, 0), luck.SERVICE, 1, np.arange(300_000))[:, 0]
    out = np.empty_like(values)
    bells(values, out)

    assert stats.kstest(out, "norm").pvalue > FALSE_ALARM
    assert stats.binomtest(int((abs(out) > 3.0).sum()), len(out), 2 * stats.norm.sf(3.0)).pvalue > FALSE_ALARM


def neighbours() -> Iterator[tuple[str, Any, Any]]:
    """Pairs of draws that differ in one thing only."""
    key, people = world_key(1, 0), np.arange(200_000)
    here = draws(key, luck.VISIT, 10, people)
    for one, other in itertools.combinations(range(4), 2):
        yield f"words {one} and {other}", here[:, one], here[:, other]
    for name in DECISIONS:
        if name != "visit":
            yield f"visit and {name}", here[:, 0], draws(key, decision_number(name), 10, people)[:, 0]
    for week in (9, 11, 62, -10):
        yield f"weeks 10 and {week}", here[:, 0], draws(key, luck.VISIT, week, people)[:, 0]
    for step in (1, 2, 7, 4096):
        yield f"people {step} apart", here[:, 0], draws(key, luck.VISIT, 10, people + step)[:, 0]
    for whom in (1, 2):
        yield f"with nobody and with {whom}", here[:, 0], draws(key, luck.VISIT, 10, people, whom)[:, 0]
    yield "who and whom exchanged", draws(key, 7, 0, people, 5)[:, 0], draws(key, 7, 0, 5, people)[:, 0]
    for seed, replication in ((1, 1), (1, 2), (2, 0), (0, 1)):
        other = world_key(seed, replication)
        yield f"{seed}, {replication}", here[:, 0], draws(other, luck.VISIT, 10, people)[:, 0]


def test_draws_are_independent() -> None:
    """Between words, decisions, weeks, people, counterparts, seeds and replications."""
    found = {what: chance_if_independent(one, other) for what, one, other in neighbours()}

    assert {} == {what: chance for what, chance in found.items() if chance < FALSE_ALARM}


def test_replications_are_independent() -> None:
    """The same decision of the same person over replications, and over seeds."""
    over_replications = [draws(world_key(1, n), luck.STAY, 1, 0)[0] for n in range(20_000)]
    over_seeds = [draws(world_key(n, 0), luck.STAY, 1, 0)[0] for n in range(20_000)]

    assert chance_if_uniform(np.array(over_replications)[:, 0]) > FALSE_ALARM
    assert chance_if_uniform(np.array(over_seeds)[:, 0]) > FALSE_ALARM
    assert chance_if_independent(np.array(over_replications)[:, 0], np.array(over_seeds)[:, 1]) > FALSE_ALARM


def test_no_two_worlds_share_a_key() -> None:
    """Not even those whose seed and replication have the same sum, product or digits."""
    pairs = [(seed, replication) for seed in range(-20, 300) for replication in range(120)]

    assert len(pairs) == len({world_key(*pair) for pair in pairs})
    assert all(0 <= world_key(*pair) < 2**64 for pair in pairs)


def test_keys_stay_what_they_are() -> None:
    """A world that is run again next year has the luck that it had."""
    assert KEYS == {pair: world_key(*pair) for pair in KEYS}


def test_draws_stay_what_they_are() -> None:
    """One draw, from seed to number, pinned."""
    expected = (0.27178920980077237, 0.8089412798872218, 0.4793211455689743, 0.19325134984683245)

    assert expected == four(np.uint64(world_key(1, 0)), luck.VISIT, 10, 3, 0)


@pytest.mark.parametrize("decision", range(luck.VISIT, luck.VISIT + DRAWN_TOGETHER))
def test_draws_of_many_are_those_of_each_alone(decision: int) -> None:
    """Taken together in one loop, plain or compiled, as one by one, whoever they are and in whatever order."""
    key, people = np.uint64(world_key(3, 2)), np.array([5, 0, 36, 2_000_000, 1, 1], np.int32)
    plain, compiled = np.zeros((2, DRAWN_TOGETHER, 4, len(people)), np.uint32)
    draw(plain, people, key, decision, -4)
    compiled_now(draw)(compiled, people, key, decision, -4)

    assert [four(key, decision, -4, who, 0) for who in people] == [drawn(plain, decision, n) for n in range(6)]
    assert plain.tolist() == compiled.tolist()


def test_numbers_of_decisions_never_change() -> None:
    """New decisions are appended; nothing is reordered, renamed or taken away."""
    assert tuple(NUMBERS) == DECISIONS[: len(NUMBERS)]
    assert NUMBERS == {name: decision_number(name) for name in NUMBERS}
    assert NUMBERS == {name: getattr(luck, name.upper()) for name in NUMBERS}


def test_every_decision_is_pinned_and_single() -> None:
    """Whoever appends a decision adds its number to this file, and a name is given once."""
    assert set(NUMBERS) == set(DECISIONS)
    assert len(DECISIONS) == len(set(DECISIONS))


def test_an_unknown_decision_has_no_number() -> None:
    """A name that nobody registered is refused."""
    with pytest.raises(KeyError, match="'lottery' is registered 0 times"):
        decision_number("lottery")


def drawing_statements(file: Path) -> Iterator[tuple[list[ast.expr], str]]:
    """Every `names = four(key, DECISION, ...)` or `drawn(luck, DECISION, n)` of a file: the names and the decision."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Assign(
                targets=[ast.Tuple(elts=names)],
                value=ast.Call(func=ast.Name(id="four" | "drawn"), args=[_, ast.Name(id=decision), *_]),
            ):
                yield names, decision


def words_used(file: Path) -> Iterator[tuple[str, int]]:
    """Each word of luck that this file uses: the decision's constant and the word's place in the block."""
    for names, decision in drawing_statements(file):
        for place, name in enumerate(names):
            if not (isinstance(name, ast.Name) and name.id == "_"):
                yield decision, place


def number_of_draws(file: Path) -> int:
    """How often this file calls `four` or `drawn`, in whatever form."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    drawing = ("four", "drawn")
    return sum(isinstance(node, ast.Call) and ast.unparse(node.func).endswith(drawing) for node in nodes)


def test_no_word_of_luck_decides_two_things() -> None:
    """Two uses of one word would tie together what has nothing to do with each other."""
    uses = Counter(use for file in FILES for use in words_used(file))

    assert {} == {use: times for use, times in uses.items() if times > 1}
    assert {name.upper() for name in DECISIONS} == {decision for decision, _ in uses}


def test_every_draw_is_seen_by_the_test_above() -> None:
    """All draws have the one form that it reads: names on the left, a decision's constant inside."""
    expected = {file.name: number_of_draws(file) for file in FILES}

    assert expected == {file.name: sum(1 for _ in drawing_statements(file)) for file in FILES}
    assert sum(expected.values()) >= len(DECISIONS)

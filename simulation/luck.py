"""Luck: every random draw is a pure function of seed, decision, week and who; there is no stream and no state.

Two worlds that differ in one intervention therefore share all luck that the intervention doesn't touch, results don't
depend on order or on the number of workers, and an interrupted run resumes exactly. Philox4x32-10 [Salmon et al. 2011,
Random123] gives four words a block; the seed is its key, (who, whom, week, decision) its counter.
"""

import hashlib
import math
from typing import Any, Final

import numpy as np

from agents.mathematics import log
from agents.rule import inlined, loop, rule

MASK: Final = np.uint64(0xFFFFFFFF)
HALF: Final = np.uint64(32)
MULTIPLIER_0: Final = np.uint64(0xD2511F53)
MULTIPLIER_1: Final = np.uint64(0xCD9E8D57)
WEYL_0: Final = np.uint64(0x9E3779B9)
WEYL_1: Final = np.uint64(0xBB67AE85)
ROUNDS: Final = 10
WEEK_OFFSET: Final = 1_000_000
"""Added to the week, so that weeks before week 1 have numbers too."""

STEP: Final = 2.0**-32
HALF_STEP: Final = 2.0**-33

DECISIONS: Final = (
    "outside",
    "leader_start",
    "employee_start",
    "employee_person",
    "customer_start",
    "customer_person",
    "customer_placed",
    "contact_drawn",
    "visit",
    "service",
    "failure",
    "recovery",
    "stay",
    "talk",
    "join",
    "join_person",
    "employee_mood",
    "employee_choice",
    "newcomer_traits",
    "newcomer_more",
    "renewal",
    "unit_start",
)
"""Names of all decisions. Their places are their numbers: append, never reorder, never reuse."""


def decision_number(name: str) -> int:
    """The fixed number of a decision. Raises KeyError for a name that nobody registered."""
    if DECISIONS.count(name) != 1:
        message = f"decision '{name}' is registered {DECISIONS.count(name)} times; register it once in DECISIONS"
        raise KeyError(message)
    return DECISIONS.index(name)


OUTSIDE: Final = decision_number("outside")
LEADER_START: Final = decision_number("leader_start")
EMPLOYEE_START: Final = decision_number("employee_start")
EMPLOYEE_PERSON: Final = decision_number("employee_person")
CUSTOMER_START: Final = decision_number("customer_start")
CUSTOMER_PERSON: Final = decision_number("customer_person")
CUSTOMER_PLACED: Final = decision_number("customer_placed")
CONTACT_DRAWN: Final = decision_number("contact_drawn")
VISIT: Final = decision_number("visit")
SERVICE: Final = decision_number("service")
FAILURE: Final = decision_number("failure")
RECOVERY: Final = decision_number("recovery")
STAY: Final = decision_number("stay")
TALK: Final = decision_number("talk")
JOIN: Final = decision_number("join")
JOIN_PERSON: Final = decision_number("join_person")
EMPLOYEE_MOOD: Final = decision_number("employee_mood")
EMPLOYEE_CHOICE: Final = decision_number("employee_choice")
NEWCOMER_TRAITS: Final = decision_number("newcomer_traits")
NEWCOMER_MORE: Final = decision_number("newcomer_more")
RENEWAL: Final = decision_number("renewal")
UNIT_START: Final = decision_number("unit_start")

DRAWN_TOGETHER: Final = JOIN - VISIT + 1
"""Decisions from VISIT to JOIN are everybody's of the week, and drawn for many people at once."""


def world_key(seed: int, replication: int) -> int:
    """The 64-bit key of one replication: a hash of seed and replication, so that no two pairs share luck by sum."""
    text = f"effectchain luck {seed} {replication}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


@inlined
def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """One block of Philox4x32-10: four 32-bit words (held in 64-bit numbers) from counter and key words."""
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> HALF) ^ c1 ^ k0,
            product_1 & MASK,
            (product_0 >> HALF) ^ c3 ^ k1,
            product_0 & MASK,
        )
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


@rule
def open_share(word: np.uint64) -> float:
    """A 32-bit word as a number strictly between 0 and 1."""
    return float(np.int64(word)) * STEP + HALF_STEP  # signed: processors turn that into a float at once


@rule
def four(key: np.uint64, decision: int, week: int, who: int, whom: int) -> tuple[float, float, float, float]:
    """Four independent uniform draws in (0, 1) for this decision, week, agent and counterpart (0 for none)."""
    a, b, c, d = philox(
        np.uint64(who),
        np.uint64(whom),
        np.uint64(week + WEEK_OFFSET),
        np.uint64(decision),
        key & MASK,
        key >> HALF,
    )
    return open_share(a), open_share(b), open_share(c), open_share(d)


@loop
def draw(luck: Any, people: Any, key: np.uint64, decision: int, week: int) -> None:
    """Have ready what `drawn` gives: for each of these people the words behind the `four` draws for this decision.

    luck: four rows of room for 32-bit numbers for each decision from VISIT on, a column a person. All people are taken
    in one plain loop, of which the compiler makes one that takes eight at once: an eighth of the time of `four`.
    """
    words = luck[decision - VISIT]
    low, high = key & MASK, key >> HALF
    then, what = np.uint64(week + WEEK_OFFSET), np.uint64(decision)
    for n in range(people.shape[0]):
        a, b, c, d = philox(np.uint64(np.uint32(people[n])), np.uint64(0), then, what, low, high)
        words[0, n] = np.uint32(a)
        words[1, n] = np.uint32(b)
        words[2, n] = np.uint32(c)
        words[3, n] = np.uint32(d)


@rule
def drawn(luck: Any, decision: int, n: int) -> tuple[float, float, float, float]:
    """What `four` gives for this decision and the n-th of the people for whom it was drawn last."""
    words = luck[decision - VISIT]
    return open_share(words[0, n]), open_share(words[1, n]), open_share(words[2, n]), open_share(words[3, n])


@rule
def normal(chance: float) -> float:
    """The standard normal value below which `chance` (in (0, 1)) lies: AS 241 [Wichura 1988], about 1e-16."""
    q = chance - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = (
            (
                (
                    (
                        ((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
                        + 4.5921953931549871457e4
                    )
                    * r
                    + 1.3731693765509461125e4
                )
                * r
                + 1.9715909503065514427e3
            )
            * r
            + 1.3314166789178437745e2
        ) * r + 3.3871328727963666080e0
        below = (
            (
                (
                    (
                        ((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
                        + 2.1213794301586595867e4
                    )
                    * r
                    + 5.3941960214247511077e3
                )
                * r
                + 6.8718700749205790830e2
            )
            * r
            + 4.2313330701600911252e1
        ) * r + 1.0
        return q * above / below
    tail = chance if q < 0.0 else 1.0 - chance
    r = math.sqrt(-log(tail))
    if r <= 5.0:
        r -= 1.6
        above = (
            (
                (
                    (
                        ((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1)
                        * r
                        + 1.27045825245236838258e0
                    )
                    * r
                    + 3.64784832476320460504e0
                )
                * r
                + 5.76949722146069140550e0
            )
            * r
            + 4.63033784615654529590e0
        ) * r + 1.42343711074968357734e0
        below = (
            (
                (
                    (
                        ((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2)
                        * r
                        + 1.48103976427480074590e-1
                    )
                    * r
                    + 6.89767334985100004550e-1
                )
                * r
                + 1.67638483018380384940e0
            )
            * r
            + 2.05319162663775882187e0
        ) * r + 1.0
    else:
        r -= 5.0
        above = (
            (
                (
                    (
                        ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3)
                        * r
                        + 2.65321895265761230930e-2
                    )
                    * r
                    + 2.96560571828504891230e-1
                )
                * r
                + 1.78482653991729133580e0
            )
            * r
            + 5.46378491116411436990e0
        ) * r + 6.65790464350110377720e0
        below = (
            (
                (
                    (
                        ((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5)
                        * r
                        + 7.86869131145613259100e-4
                    )
                    * r
                    + 1.48753612908506148525e-2
                )
                * r
                + 1.36929880922735805310e-1
            )
            * r
            + 5.99832206555887937690e-1
        ) * r + 1.0
    return -above / below if q < 0.0 else above / below

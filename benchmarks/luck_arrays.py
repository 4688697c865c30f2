"""The same keyed draws as `simulation.luck`, written anew for whole arrays and for Python's own whole numbers."""

from typing import Any, Final

import numpy as np

MASK: Final = 0xFFFFFFFF
WEEK_OFFSET: Final = 1_000_000

Array = np.ndarray[Any, np.dtype[Any]]
Draws = tuple[Array, Array, Array, Array]


def philox(words: list[Any], key: int) -> list[Any]:
    """Philox4x32-10 [Salmon et al. 2011] on whole numbers, or on arrays of uint64, which wrap by themselves."""
    zero, one, two, three = words
    low, high = key & MASK, key >> 32
    for _ in range(10):
        left, right = zero * 0xD2511F53, two * 0xCD9E8D57
        zero, one = (right >> 32) ^ one ^ low, right & MASK
        two, three = (left >> 32) ^ three ^ high, left & MASK
        low, high = (low + 0x9E3779B9) & MASK, (high + 0xBB67AE85) & MASK
    return [zero, one, two, three]


def four(key: int, decision: int, week: int, who: int, whom: int = 0) -> tuple[float, ...]:
    """Four draws in (0, 1) for one person."""
    words = philox([who, whom, week + WEEK_OFFSET, decision], key)
    return tuple(word * 2.0**-32 + 2.0**-33 for word in words)


def fours(key: int, decision: int, week: int, who: Array, whom: int = 0) -> Draws:
    """Four draws in (0, 1) for each of these people, as four arrays."""
    people = who.astype(np.uint64)
    same = [np.full_like(people, number) for number in (whom, week + WEEK_OFFSET, decision)]
    first, second, third, fourth = (word * 2.0**-32 + 2.0**-33 for word in philox([people, *same], key))
    return first, second, third, fourth

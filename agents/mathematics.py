"""`exp`, `log`, powers and the normal distribution, made of plain arithmetic: the same bits on every machine.

The C library's functions differ in their last bit from one library, version or processor to the next, seldom; but one
bit can tip a draw, and then nothing is the same a few weeks later. Sums, products, quotients and square roots are the
same everywhere (IEEE 754), and the compiler leaves their order alone. These also lie open to it, so that a loop over
people takes several of them at once: four to six times as fast as the C library.
"""

import math
from typing import Final

import numpy as np

from agents.rule import formula

LOG2_E: Final = 1.4426950408889634
LN_2_HIGH: Final = 6.93147180369123816490e-01
"""The first 32 bits of ln 2, so that a whole number of them is exact."""

LN_2_LOW: Final = 1.90821492927058770002e-10
SQRT_HALF: Final = 0.7071067811865476

TO_WHOLE: Final = 6755399441055744.0
"""1.5 x 2^52: what is added to it loses all that comes after the point, and lies in its last bits as a whole number."""

MOST: Final = 709.0
"""Beyond this `exp` is infinite here, and below its negative 0; 2^1022 and the like are all that needs no more care."""

ONE: Final = 1023
"""The exponent of 1.0, as its bits say it."""

POINT: Final = 52
"""Bits after the point."""

FRACTION: Final = 2**52 - 1
"""The bits after the point."""

SMALLEST: Final = 2.2250738585072014e-308
"""The smallest number with all its bits."""


@formula
def exp(value: float) -> float:
    """E to this power, within 1 unit of the last place; infinity above 709, 0 below -709.

    Taylor's series to the 13th power over what is left of `value` when whole times ln 2 are taken out: 4e-18 off.
    """
    shifted = value * LOG2_E + TO_WHOLE
    times = shifted - TO_WHOLE
    x = (value - times * LN_2_HIGH) - times * LN_2_LOW
    x2 = x * x
    x4 = x2 * x2
    series = (
        (((1.0 / 2.0) + (1.0 / 6.0) * x) + x2 * ((1.0 / 24.0) + (1.0 / 120.0) * x))
        + x4 * (((1.0 / 720.0) + (1.0 / 5040.0) * x) + x2 * ((1.0 / 40320.0) + (1.0 / 362880.0) * x))
        + (x4 * x4)
        * (((1.0 / 3628800.0) + (1.0 / 39916800.0) * x) + x2 * ((1.0 / 479001600.0) + (1.0 / 6227020800.0) * x))
    )
    power_of_two = np.uint64((np.float64(shifted).view(np.uint64) + np.uint64(ONE)) << np.uint64(POINT))
    result = (1.0 + (x + x2 * series)) * float(power_of_two.view(np.float64))
    if value > MOST:
        return math.inf
    if value < -MOST:
        return 0.0
    return result


@formula
def log(value: float) -> float:
    """Natural logarithm, within 1 unit of the last place: as in fdlibm, Sun's freely distributable library.

    -infinity from 0 up to 2e-308, where numbers lose bits; NaN below 0.
    """
    if not value >= SMALLEST:
        return -math.inf if value >= 0.0 else math.nan
    if value == math.inf:
        return value
    bits = np.float64(value).view(np.uint64)
    times = float(np.int64(bits >> np.uint64(POINT)) - ONE)
    x = float(np.uint64((bits & np.uint64(FRACTION)) | np.uint64(ONE << POINT)).view(np.float64))
    if x > 2.0 * SQRT_HALF:
        x *= 0.5
        times += 1.0
    f = x - 1.0
    s = f / (2.0 + f)
    s2 = s * s
    s4 = s2 * s2
    even = s4 * (3.999999999940941908e-01 + s4 * (2.222219843214978396e-01 + s4 * 1.531383769920937332e-01))
    odd = s2 * (
        6.666666666666735130e-01
        + s4 * (2.857142874366239149e-01 + s4 * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01))
    )
    half = 0.5 * f * f
    return times * LN_2_HIGH - ((half - (s * (half + (even + odd)) + times * LN_2_LOW)) - f)


@formula
def power(base: float, exponent: float) -> float:
    """`base`, 0 or more, to this power, within 1e-14 of itself; 1 for any base to the power 0. NaN below 0."""
    return exp(exponent * log(base)) if exponent != 0.0 else 1.0


@formula
def normal_below(value: float) -> float:
    """Chance that a standard normal draw lies below `value`, within 1e-15; 0 or 1 beyond 37 standard deviations.

    The rational form of Hart (1968), as West (2005) writes it; meant for up to 7 standard deviations, and beyond them
    within 1 % of what little is left.
    """
    x = min(abs(value), 38.0)
    above = (
        (
            (((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x
            + 112.079291497871
        )
        * x
        + 221.213596169931
    ) * x + 220.206867912376
    below = (
        (
            (
                (((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x
                + 296.564248779674
            )
            * x
            + 637.333633378831
        )
        * x
        + 793.826512519948
    ) * x + 440.413735824752
    tail = exp(-0.5 * x * x) * above / below
    return tail if value < 0.0 else 1.0 - tail

"""The few mathematical shapes that rules are made of."""

import math

from agents.mathematics import exp, log
from agents.rule import rule


@rule
def clip(value: float, low: float, high: float) -> float:
    """`value`, kept within [low, high]."""
    if value < low:
        return low
    if value > high:
        return high
    return value


@rule
def share(value: float) -> float:
    """`value`, kept within 0 to 1."""
    if value < 0.0:
        return 0.0
    if value > 1.0:
        return 1.0
    return value


@rule
def above(value: float, limit: float) -> float:
    """By how much `value` exceeds `limit`, else 0."""
    return value - limit if value > limit else 0.0


@rule
def logistic(log_odds: float) -> float:
    """Probability that belongs to these log-odds."""
    return 1.0 / (1.0 + exp(-log_odds))


@rule
def log_odds(probability: float) -> float:
    """Log-odds of a probability strictly between 0 and 1."""
    return log(probability / (1.0 - probability))


@rule
def weakest_of_three(first: float, second: float, third: float) -> float:
    """CES mean of three inputs with exponent -1/2: the weakest weighs most, none can be replaced fully."""
    roots = 1.0 / math.sqrt(first + 1e-9) + 1.0 / math.sqrt(second + 1e-9) + 1.0 / math.sqrt(third + 1e-9)
    return 9.0 / (roots * roots)


@rule
def weakest_of_two(first: float, second: float) -> float:
    """CES mean of two inputs with exponent -1/2."""
    roots = 1.0 / math.sqrt(first + 1e-9) + 1.0 / math.sqrt(second + 1e-9)
    return 4.0 / (roots * roots)


@rule
def product_of_three(first: float, second: float, third: float) -> float:
    """Cobb-Douglas mean, first^0.4 second^0.2 third^0.4: without one nothing, more of another makes up for it."""
    return exp(0.4 * log(first) + 0.2 * log(second) + 0.4 * log(third))


@rule
def cumulative_bend(x: float, half: float) -> float:
    """x^6 / (x^6 + half^6): next to nothing well below `half`, half-way there, nearly full above; 0 at 0."""
    met, needed = x * x * x, half * half * half
    return met * met / (met * met + needed * needed)

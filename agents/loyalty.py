"""Loyalty: staying or leaving, and what a customer would say when asked."""

from agents.expectation import above_fair
from agents.mathematics import exp, normal_below
from agents.records import Record
from agents.rule import rule
from agents.shapes import clip, share


@rule
def loyalty_of(satisfaction: float, p: Record) -> float:
    """What satisfaction does to loyalty (in log hazard): flat in the middle, steep at the ends, losses over gains.

    [Anderson & Mittal 2000; Jones & Sasser 1995. Contested: `loyalty_curve` = 0 makes it linear, C4.]
    """
    x = satisfaction - p.satisfaction_usual
    value = p.loyalty_slope * x + p.loyalty_curve * x * x * x
    if value < 0.0:
        value *= 1.0 + (p.loyalty_loss - 1.0) * (1.0 if p.loyalty_curve > 0.0 else 0.0)
    return value


@rule
def leaning_to_leave(customer: Record, tenure: float, rival: float, price: float, p: Record) -> float:
    """By how much more than usual somebody leans to leaving: the log of a factor, within -6 to 6.

    Satisfaction and bond keep; failures stay in mind beyond satisfaction (the paradox doesn't reach loyalty: de Matos
    et al. 2007); habit grows with the relation [Soares & Proenca 2015]; rivals and price pull; hearsay pulls less
    than it does on choosing [East et al. 2008].
    tenure: weeks. rival: the outside option's advantage (performance). price: relative price less 1.
    """
    habit = p.habit * (tenure / (tenure + 52.0) - 0.7)
    heard = p.hearsay_good_stay if customer.hearsay > 0.0 else p.hearsay_bad_stay
    lean = (
        -loyalty_of(customer.satisfaction, p)
        - p.loyalty_bond * (customer.bond - p.bond_usual)
        + p.loyalty_failures * customer.failures
        - habit
        + p.rival_pull * rival
        + p.price_pull * above_fair(customer, price)
        - heard * customer.hearsay
    )
    return clip(lean, -6.0, 6.0)


@rule
def hazard_of(lean: float, base: float, involuntary: float) -> float:
    """Weekly hazard of leaving of who leans so.

    Some move house or no longer need it, however satisfied they are [Keaveney 1995: involuntary switching].
    base, involuntary: the usual hazard, and the part of it that nothing changes.
    """
    return base * (involuntary + (1.0 - involuntary) * exp(lean))


@rule
def likely_to_recommend(customer: Record, p: Record) -> float:
    """Mean answer (0 to 10) to 'would you recommend us'."""
    return 10.0 * (
        p.recommend_base + p.recommend_satisfaction * customer.satisfaction + p.recommend_bond * customer.bond
    )


@rule
def promoter_share(answer: float, noise: float) -> float:
    """Chance that somebody with this mean answer gives a 9 or 10. noise: standard deviation of one's answers."""
    return 1.0 - normal_below((8.5 - answer) / noise)


@rule
def detractor_share(answer: float, noise: float) -> float:
    """Chance that somebody with this mean answer gives 0 to 6. noise: standard deviation of one's answers."""
    return normal_below((6.5 - answer) / noise)


@rule
def chance_to_praise(customer: Record, p: Record) -> float:
    """Weekly chance of a positive message: the satisfied, and above all the attached [Anderson 1998: U-shape]."""
    x = customer.satisfaction - p.satisfaction_usual
    return share(p.message_rate * (p.praise_base + p.praise_satisfaction * max(0.0, x) + p.praise_bond * customer.bond))


@rule
def chance_to_warn(customer: Record, p: Record) -> float:
    """Weekly chance of a negative message: the dissatisfied and those with failures in mind [Anderson 1998; TARP]."""
    x = p.satisfaction_usual - customer.satisfaction
    return share(
        p.message_rate * (p.warn_base + p.warn_dissatisfaction * max(0.0, x) + p.warn_failures * customer.failures)
    )


@rule
def chance_to_appeal(customer: Record, p: Record) -> float:
    """Weekly chance that a captive client lodges an appeal or comes back with the same case: voice for exit."""
    if customer.free == 1:
        return 0.0
    return share(p.appeal_rate * max(0.0, p.satisfaction_usual - customer.satisfaction))

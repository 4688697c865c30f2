"""The outside option: what prospects choose, what rivals copy, how the bar of the whole market rises."""

from agents.expectation import above_fair
from agents.mathematics import exp
from agents.organisation import promised_beyond_usual
from agents.records import Record
from agents.rule import rule
from agents.shapes import clip, share


@rule
def leaning_to_join(prospect: Record, organisation: Record, rival: float, price: float, p: Record) -> float:
    """By how much more than usual a prospect leans to us: the log of a factor, within -5 to 5.

    Reputation, hearsay (one message moves choice as much either way: East et al. 2008), what is promised (gap 4:
    overpromising wins customers first), the rival's advantage and price.
    """
    lean = (
        p.join_reputation * (organisation.reputation - p.reputation_usual)
        + p.join_hearsay * prospect.hearsay
        + p.join_promise * promised_beyond_usual(organisation, p)
        - p.rival_pull * rival
        - p.price_pull * above_fair(prospect, price)
    )
    return clip(lean, -5.0, 5.0)


@rule
def chance_of_joining(lean: float, base: float) -> float:
    """Weekly chance that a prospect who leans so chooses us. base: the usual chance."""
    return share(base * exp(lean))


@rule
def chance_to_choose_rival(rival: float, p: Record) -> float:
    """Weekly chance that a prospect chooses the outside option."""
    return share(p.rival_join * exp(clip(p.rival_pull * rival, -5.0, 5.0)))


@rule
def chance_to_leave_rival(rival: float, p: Record) -> float:
    """Weekly chance that a rival's customer starts looking around."""
    return share(p.rival_churn * exp(clip(-p.rival_pull * rival, -5.0, 5.0)))


@rule
def improve_rival(organisation: Record, p: Record) -> float:
    """The rival's quality a week later: others don't stand still."""
    return share(organisation.rival_quality + p.rival_growth / 52.0)


@rule
def copy_novelty(organisation: Record, surprising: float, p: Record) -> float:
    """Share of our surprises that rivals offer too, a week later: copied after a lag [source 000; Rust & Oliver]."""
    return share(organisation.rival_novelty + (p.imitation * surprising - organisation.rival_novelty) / p.imitation_lag)


@rule
def rival_advantage(organisation: Record, shock: float, p: Record) -> float:
    """How much better the outside option is than usual, in performance."""
    copied: float = p.imitation_value * organisation.rival_novelty
    advantage: float = organisation.rival_quality + shock - p.rival_usual + copied
    return advantage

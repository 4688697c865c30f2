"""Service recovery: three kinds of justice, and what they do to satisfaction and to the next expectation."""

import math

from agents.blocks import OPERATIONS
from agents.failure import MISTREATMENT, OUTCOME
from agents.mathematics import power
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, share


@rule
def recover(encounter: Record, employee: Record, organisation: Record, bell: float, p: Record) -> None:
    """Fill in the recovery's three kinds of justice and its quality.

    Distributive needs mandate and competence, procedural (speed) mandate and process, interactional engagement and
    norm; weights follow the meta-analysis order distributive, interactional, procedural [Orsingher et al. 2010],
    shifted to fit the failure: attention mends mistreatment, goods mend outcomes [Smith, Bolton & Wagner 1999].
    """
    luck = p.recovery_spread * bell
    room = employee.autonomy
    encounter.distributive = min(
        p.recovery_cap,
        share(p.distributive_base + p.distributive_mandate * room * math.sqrt(employee.competence) + luck),
    )
    encounter.procedural = share(
        p.procedural_base + p.procedural_mandate * room + p.procedural_operations * organisation.block[OPERATIONS]
    )
    encounter.interactional = share(
        p.interactional_base
        + p.interactional_engagement * employee.engagement
        + p.interactional_norm * employee.norm
        - p.interactional_exhaustion * employee.exhaustion
        + luck
    )
    shift = 0.0
    if encounter.kind == MISTREATMENT:
        shift = p.recovery_match
    elif encounter.kind == OUTCOME:
        shift = -0.3 * p.recovery_match
    encounter.recovery_quality = share(
        (p.weight_distributive - shift) * encounter.distributive
        + (p.weight_interactional + shift) * encounter.interactional
        + (1.0 - p.weight_distributive - p.weight_interactional) * encounter.procedural
    )


@rule
def failures_in_mind(customer: Record, kind: int, week: int, p: Record) -> float:
    """Failures that count when the next one is judged: those remembered, more if alike or close in time.

    [Maxham & Netemeyer 2002: similar or close failures attenuate recovery.]
    """
    counted: float = customer.failures
    alike = customer.failed_kind == kind or week - customer.failed_week < p.failure_close_weeks
    if customer.failures > 0.0 and alike:
        counted += p.failure_alike
    return counted


@rule
def loss_by_failure(severity: float, demandingness: float, p: Record) -> float:
    """Satisfaction lost by a failure before anybody does anything about it (a positive number)."""
    loss: float = p.failure_loss * severity * (1.0 + 0.3 * demandingness)
    return loss


@rule
def change_by_recovery(severity: float, quality: float, expected: float, failures: float, p: Record) -> float:
    """Change of satisfaction by a recovery of this quality, to be added to the loss by the failure.

    Beyond expectation it can win back more than was lost, but only for mild first failures and excellent recovery:
    the paradox emerges and has its limits [de Matos et al. 2007; Magnini et al. 2007]. Short of expectation it is
    a second deviation, worse with each failure remembered [Maxham & Netemeyer 2002].
    """
    headroom = 2.0 * max(0.3, 1.0 - expected)
    gain = p.recovery_gain * math.sqrt(severity) * above(quality, expected) * headroom
    gain *= power(p.recovery_repeat, failures)
    deviation = p.double_deviation * above(expected, quality) * (1.0 + min(failures, 2.0))
    return gain - deviation


@rule
def learn_to_expect(customer: Record, quality: float, p: Record) -> float:
    """What the customer will expect of the next recovery: learned from this one [Maxham & Netemeyer 2002]."""
    expected = customer.recovery_expectation
    return share(expected + p.recovery_learning * (quality - expected) + p.recovery_ratchet)


@rule
def satisfied_with_recovery(quality: float, expected: float, p: Record) -> float:
    """Satisfaction with the recovery itself (SATCOM): against what was expected of it [Orsingher et al. 2010].

    quality: as this customer perceives it, with the own lean in how favourably service is perceived.
    """
    return share(p.satcom_base + p.satcom_slope * (quality - expected))

"""Failure: how likely, where, of what kind, how severe; who says so, and who takes it up."""

from typing import Final

from agents.blocks import CULTURE, INNOVATION, MONITORING, OPERATIONS
from agents.employee import overload
from agents.journey import memory_of
from agents.mathematics import exp
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, clip, log_odds, logistic, share

OUTCOME: Final = 0
PROCESS: Final = 1
MISTREATMENT: Final = 2
KINDS: Final = ("outcome", "process", "mistreatment")


@rule
def failure_log_odds(organisation: Record, handovers: float, shock: float, p: Record) -> float:
    """The part of the failure odds that this week is the same for everybody.

    Process (7) and removed root causes (9) lower it, overload and handovers between departments raise it
    [source 004; draft 6.6].
    """
    block = organisation.block
    handed_over = handovers * (1.0 - p.handover_cure * block[OPERATIONS])
    odds = (
        log_odds(p.failure_base)
        - p.failure_operations * (block[OPERATIONS] - p.block_usual)
        - p.failure_innovation * (block[INNOVATION] - p.block_usual)
        + p.failure_pressure * above(organisation.utilisation, 1.0)
        + p.failure_handover * (handed_over - p.handover_usual)
        + shock
    )
    return clip(odds, -50.0, 50.0)


@rule
def chance_to_fail(employee: Record, leader: Record, common: float, p: Record) -> float:
    """Chance that something goes wrong in this encounter.

    Competence lowers it; exhaustion and room beyond competence raise it [E13 limits that]; a directive leader helps
    novices to avoid errors [Lorinkova et al. 2013: directive teams start better].
    """
    novice = above(0.6, employee.competence)
    odds = (
        common
        - p.failure_competence * (employee.competence - p.competence_usual)
        + p.failure_exhaustion * (employee.exhaustion - 0.30)
        + p.failure_overload * overload(employee, 0.05)
        - p.failure_directed * novice * (1.0 - leader.style)
    )
    return logistic(odds)


@rule
def kind_of_failure(chance: float, employee: Record, p: Record) -> int:
    """Outcome, process or mistreatment; tired people with a weak norm mistreat more."""
    mistreated = share(p.mistreatment * (1.0 + 2.0 * (employee.exhaustion - 0.30) - 1.0 * (employee.norm - 0.5)))
    if chance < mistreated:
        return MISTREATMENT
    if chance < mistreated + (1.0 - mistreated) * 0.45:
        return PROCESS
    return OUTCOME


@rule
def severity_of(chance: float, step: int, p: Record) -> float:
    """How severe the failure is felt, from a uniform draw; at the moment of truth and the end more so."""
    drawn = p.severity_low + (p.severity_high - p.severity_low) * chance
    return clip(drawn * (0.8 + 0.8 * memory_of(step, p)), 0.05, 0.95)


@rule
def chance_to_voice(
    customer: Record, segment: Record, organisation: Record, kind: int, severity: float, p: Record
) -> float:
    """Chance that the customer complains: severity, a bar set high, and being invited to; mistreatment is swallowed.

    Calibrated on TARP's ranges: front line about half, money 50-75 %, mistreatment 5-30 % [Goodman].
    """
    chance = (
        p.voice_base
        + p.voice_severity * severity
        + p.voice_invited * organisation.block[MONITORING]
        + p.voice_demanding * customer.demandingness
        + segment.voice
    )
    if kind == MISTREATMENT:
        chance -= p.voice_mistreatment
    return share(chance)


@rule
def chance_to_notice(employee: Record, p: Record) -> float:
    """Chance that an employee sees a failure that nobody complained about."""
    return share(p.notice * employee.engagement * employee.autonomy * employee.norm)


@rule
def chance_from_elsewhere(handovers: float, organisation: Record, p: Record) -> float:
    """Chance that the failure was caused by another department than the one the customer meets [source 004]."""
    handed_over = handovers * (1.0 - p.handover_cure * organisation.block[OPERATIONS])
    return share(p.elsewhere * (1.0 - exp(-handed_over)))


@rule
def chance_to_help(employee: Record, organisation: Record, p: Record) -> float:
    """Chance that an employee takes up what someone else dropped: norm, room, culture [source 003]."""
    return share(
        p.help_base
        + p.help_norm * employee.norm
        + p.help_culture * organisation.block[CULTURE]
        + p.help_autonomy * employee.autonomy
    )

"""Encounters and the journey: what is remembered, what handovers cost, who helps, who is known, what surprises."""

import numpy as np
import pytest

from agents.encounter import chance_to_surprise, effort_of, feel
from agents.failure import (
    chance_from_elsewhere,
    chance_to_help,
    failure_log_odds,
    severity_of,
)
from agents.journey import AFTERCARE, ARRANGE, MOMENT, ORIENT, TAILORED, UNBURDENED, WELCOME, memory_of, weigh
from tests.mechanisms.experiment import (
    Behaviour,
    Changes,
    Effect,
    blocks,
    effect,
    encounters,
    parameters,
    pattern_of,
    small,
)
from tests.mechanisms.people import a_leader, a_segment, an_employee, an_encounter, an_organisation

UNDIVIDED: Changes = {"organisation.handovers": 0.0}
DIVIDED: Changes = {"organisation.handovers": 3.0}
YEAR = (1, 52)
FROM_ANYBODY = False


@pattern_of("peak_end")
def test_moment_of_truth_and_end_are_remembered_most(on: Behaviour, off: Behaviour) -> None:
    """A failure there is felt as worse, and what is felt there weighs more in the whole."""

    def severity(behaviour: Behaviour, step: int) -> float:
        return float(severity_of(0.5, step, parameters(behaviour)))

    def weight_of_the_unremembered(behaviour: Behaviour) -> float:
        segment = a_segment()
        weigh(segment, parameters(behaviour))
        return float(segment.weight[UNBURDENED])

    assert severity(on, MOMENT) > severity(on, AFTERCARE) > severity(on, ARRANGE) == severity(on, ORIENT)
    assert weight_of_the_unremembered(on) < 0.2
    assert severity(off, MOMENT) == severity(off, AFTERCARE) == severity(off, ORIENT)
    assert weight_of_the_unremembered(off) == pytest.approx(0.2)


def test_memory_of_a_journey_is_whole() -> None:
    """However far memory leans, the parts of its four steps add up to 1."""
    for lean in (0.0, 0.4, 1.0):
        p = parameters({}, peak_end=lean)

        assert pytest.approx(1.0) == sum(memory_of(step, p) for step in range(4))


@pattern_of("handovers")
def test_handovers_cost_the_customer_effort(on: Behaviour, off: Behaviour) -> None:
    """Each passing from department to department adds effort; a process-oriented structure takes it away."""

    def effort(behaviour: Behaviour, handovers: float, level: float = 0.4) -> float:
        return float(effort_of(an_employee(), an_organisation(level), handovers, FROM_ANYBODY, parameters(behaviour)))

    def added(behaviour: Behaviour, level: float) -> float:
        return effort(behaviour, 3.0, level) - effort(behaviour, 0.0, level)

    assert effort(on, 3.0) > effort(on, 1.0) > effort(on, 0.0)
    assert added(on, 0.9) < added(on, 0.2)
    assert effort(off, 3.0) == effort(off, 0.0)


@pattern_of("handovers")
def test_a_functional_structure_burdens_customers(on: Behaviour, off: Behaviour) -> None:
    """With three handovers a year's encounters take more effort than with none."""
    burden, free = (effect(DIVIDED, "effort", YEAR, behaviour, UNDIVIDED) for behaviour in (on, off))

    assert burden.rises
    assert (burden - free).rises
    assert free.is_gone_beside(burden)


@pattern_of("handover_failures")
def test_handovers_bring_failures(on: Behaviour, off: Behaviour) -> None:
    """Each passing raises the odds of failure; a process-oriented structure takes that away."""

    def odds(behaviour: Behaviour, handovers: float, level: float = 0.4) -> float:
        return float(failure_log_odds(an_organisation(level), handovers, 0.0, parameters(behaviour)))

    assert odds(on, 3.0) > odds(on, 0.0)
    assert odds(on, 3.0, 0.9) - odds(on, 0.0, 0.9) < odds(on, 3.0, 0.2) - odds(on, 0.0, 0.2)
    assert odds(off, 3.0) == odds(off, 0.0)


@pattern_of("handover_failures")
def test_a_functional_structure_fails_more_often(on: Behaviour, off: Behaviour) -> None:
    """With three handovers more of a year's encounters fail than with none."""
    divided, free = (effect(DIVIDED, "failure_rate", YEAR, behaviour, UNDIVIDED) for behaviour in (on, off))

    assert divided.rises
    assert (divided - free).rises
    assert free.is_gone_beside(divided)


@pattern_of("helping")
def test_failures_from_elsewhere_are_bounced_where_nobody_helps(on: Behaviour, off: Behaviour) -> None:
    """Of failures from elsewhere more are bounced where norm, room and culture are weak."""

    def bounced(behaviour: Behaviour, norm: float, room: float, level: float) -> float:
        employee, organisation, p = an_employee(norm=norm, autonomy=room), an_organisation(level), parameters(behaviour)
        from_elsewhere = chance_from_elsewhere(1.0, an_organisation(), p)
        return float(from_elsewhere * (1.0 - chance_to_help(employee, organisation, p)))

    middle = bounced(on, 0.5, 0.5, 0.5)
    assert bounced(on, 0.2, 0.5, 0.5) > middle > bounced(on, 0.8, 0.5, 0.5)
    assert bounced(on, 0.5, 0.2, 0.5) > middle > bounced(on, 0.5, 0.8, 0.5)
    assert bounced(on, 0.5, 0.5, 0.2) > middle > bounced(on, 0.5, 0.5, 0.8)
    assert bounced(off, 0.2, 0.2, 0.2) == 0.0


def share_bounced(behaviour: Behaviour, level: float) -> Effect:
    """Part of the complaints that are sent away, in organisations with culture and engagement at this level."""
    scenario = small(behaviour, {**DIVIDED, **blocks(level, "culture", "engagement"), "weeks": 26})
    logs = encounters(scenario)
    return Effect(np.array([np.mean(log["bounced"][log["voiced"] == 1]) for log in logs]))


@pattern_of("helping")
def test_a_service_culture_bounces_fewer_complaints(on: Behaviour, off: Behaviour) -> None:
    """Of all complaints fewer are sent away where culture and engagement are strong; without elsewhere none is."""
    assert (share_bounced(on, 0.1) - share_bounced(on, 0.9)).rises
    assert share_bounced(off, 0.1).values == pytest.approx(0.0)


@pattern_of("continuity")
def test_the_own_contact_person_makes_service_feel_tailored(on: Behaviour, off: Behaviour) -> None:
    """The same service feels more tailored from the own contact person, and as welcome as from anybody."""

    def felt(behaviour: Behaviour, principle: int, familiar: int) -> float:
        encounter = an_encounter(effort=0.4)
        feel(encounter, an_employee(), a_leader(), an_organisation(), familiar == 1, parameters(behaviour))
        return float(encounter.felt[principle])

    assert felt(on, TAILORED, familiar=1) > felt(on, TAILORED, familiar=0)
    assert felt(on, WELCOME, familiar=1) == felt(on, WELCOME, familiar=0)
    assert felt(off, TAILORED, familiar=1) == felt(off, TAILORED, familiar=0)


@pattern_of("continuity")
def test_meeting_the_same_person_is_felt_all_year(on: Behaviour, off: Behaviour) -> None:
    """Service is felt as more tailored over a year in which customers meet their own contact person."""
    base, change = {"organisation.continuity": 0.0}, {"organisation.continuity": 0.9}
    known, unknown = (effect(change, "felt_tailored", YEAR, behaviour, base) for behaviour in (on, off))

    assert known.rises
    assert (known - unknown).rises
    assert unknown.is_gone_beside(known)


@pattern_of("surprise")
def test_surprises_are_designed_renewed_and_done_by_people(on: Behaviour, off: Behaviour) -> None:
    """Design and innovation together, and people with room, engagement and norm make surprises likelier."""

    def chance(behaviour: Behaviour, level: float = 0.4, **person: float) -> float:
        return float(chance_to_surprise(an_employee(**person), an_organisation(level), 0.0, parameters(behaviour)))

    usual = chance(on)
    assert chance(on, 0.8) > usual
    assert chance(on, autonomy=0.7) > usual
    assert chance(on, engagement=0.8) > usual
    assert chance(on, norm=0.8) > usual
    assert chance(off, 0.8, autonomy=1.0) == 0.0


@pattern_of("surprise")
def test_design_and_innovation_surprise_and_delight(on: Behaviour, off: Behaviour) -> None:
    """Where both blocks are strong more encounters surprise, and more delight."""
    change = blocks(0.8, "design", "innovation")
    delighted, spared = (effect(change, "delight_rate", YEAR, behaviour) for behaviour in (on, off))

    assert effect(change, "surprise_rate", YEAR, on).rises
    assert effect(change, "surprise_rate", YEAR, off).values == pytest.approx(0.0)
    assert (delighted - spared).rises

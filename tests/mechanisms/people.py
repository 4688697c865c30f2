"""Usual people and organisations, for rules that are called by themselves."""

from typing import Any

import numpy as np

from agents.customer import CUSTOMER, CUSTOMER_RECORD, SEGMENT
from agents.employee import EMPLOYED, EMPLOYEE
from agents.encounter import ENCOUNTER
from agents.leader import LEADER
from agents.organisation import ORGANISATION
from agents.records import Record, empty


def filled(form: np.dtype[Any], values: dict[str, Any], changes: dict[str, Any]) -> Record:
    """One record with these values; a number for a field of nine fills all nine."""
    record = empty(form, 1)
    for name, value in {**values, **changes}.items():
        record[name] = value
    return record[0]


def an_employee(**changes: Any) -> Record:
    """An employee about as most are."""
    usual = {
        "status": EMPLOYED,
        "engagement": 0.57,
        "exhaustion": 0.3,
        "competence": 0.7,
        "autonomy": 0.45,
        "norm": 0.5,
        "values_fit": 0.6,
        "reflection": 0.2,
        "feedback": 0.7,
        "served": 1.0,
        "pleased": 0.7,
    }
    return filled(EMPLOYEE, usual, changes)


def a_leader(**changes: Any) -> Record:
    """A leader about as most are, of a team of eight."""
    usual = {
        "style": 0.45,
        "belief": 0.5,
        "norm": 0.55,
        "credibility": 0.59,
        "coaching_hours": 8.0,
        "coaching": 0.6,
        "members": 8.0,
        "team_engagement": 0.57,
        "team_competence": 0.7,
        "team_norm": 0.5,
    }
    return filled(LEADER, usual, changes)


def an_organisation(level: float = 0.4, **changes: Any) -> Record:
    """An organisation with all blocks at one level, working below its capacity."""
    usual = {
        **dict.fromkeys(("designed", "lived", "designed_start", "lived_start", "block"), level),
        "lag": 16.0,
        "people_share": 0.7,
        "knowledge": 0.5,
        "story": 0.38,
        "promise": 0.6,
        "delivered": 0.6,
        "standard": 1.0,
        "utilisation": 0.88,
        "strain": 0.88,
        "reputation": 0.7,
    }
    return filled(ORGANISATION, usual, changes)


def a_customer(**changes: Any) -> Record:
    """A customer about as most are, who can leave."""
    usual = {
        "status": CUSTOMER,
        "free": 1,
        "contact": -1,
        "failed_kind": -1,
        "demandingness": 0.33,
        "expectation": 0.6,
        "desired": 0.71,
        "tolerance": 0.067,
        "satisfaction": 0.69,
        "novelty": 1.0,
        "recovery_expectation": 0.55,
    }
    return filled(CUSTOMER_RECORD, usual, changes)


def a_segment(**changes: Any) -> Record:
    """A segment that weighs all principles alike."""
    return filled(SEGMENT, {"part": 1.0, "demandingness": 0.33, "visits": 0.25, "spend": 1.0, "weight": 0.2}, changes)


def an_encounter(**changes: Any) -> Record:
    """An encounter that went as expected."""
    return filled(ENCOUNTER, {"performance": 0.6, "expectation": 0.6, "step": -1, "kind": -1}, changes)

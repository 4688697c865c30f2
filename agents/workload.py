"""Work against capacity: what people can handle, how standards erode under pressure, how staffing follows."""

from agents.blocks import CULTURE, MONITORING, STRATEGY
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, clip, share
from agents.turnover import absence


@rule
def handles(employee: Record, leader: Record, organisation: Record, p: Record) -> float:
    """Encounters that an employee can handle this week, as a multiple of the usual.

    Competence and presence raise it; exhaustion, time for change and for being coached, a team that is still
    finding out how to lead itself, and more care per customer lower it [draft 6.5; Repenning & Sterman 2002].
    """
    skill = 0.55 + 0.45 * employee.competence / p.competence_usual
    tired = 1.0 - p.capacity_exhaustion * above(employee.exhaustion, 0.30)
    learning = p.learning_load * organisation.intensity * (0.4 + 0.3 * (organisation.top_down + organisation.bottom_up))
    own = leader.self_managing
    starting = p.self_managing_cost * 4.0 * own * (1.0 - own)
    busy = 1.0 - p.coaching_load * leader.coaching - learning - starting
    care = 1.0 + p.care_time * (employee.norm * employee.engagement - 0.30)
    return max(0.05, skill * tired * busy * (1.0 - absence(employee, p)) / care)


@rule
def erode(organisation: Record, p: Record) -> float:
    """The service standard a week later [Oliva & Sterman 2001].

    Over capacity it slides towards what is feasible, less so where culture holds the norm unobserved; under
    capacity it climbs back, as fast as a lived strategy and monitoring let people see the difference.
    """
    standard = organisation.standard
    if organisation.utilisation > 1.0:
        feasible = 1.0 / organisation.utilisation
        hold = 1.0 - p.erosion_culture * organisation.block[CULTURE]
        slide = above(standard, feasible) / p.erosion_lag
        return share(standard - p.erosion_strength * hold * slide)
    seen = p.restoration_base + p.restoration_range * organisation.block[STRATEGY] * organisation.block[MONITORING]
    return share(standard + seen * (1.0 - standard) / p.erosion_lag)


@rule
def time_cut(organisation: Record) -> float:
    """By how much the time per customer is cut: overload now, plus a standard that has come down."""
    crowded = 0.0
    if organisation.utilisation > 1.0:
        crowded = 1.0 - 1.0 / organisation.utilisation
    return clip(crowded + 1.0 - organisation.standard, 0.0, 1.0)


@rule
def want_staff(organisation: Record, employed: float, aim: float, p: Record) -> float:
    """Seats wanted a week later: what the aimed utilisation asks for, seen and granted with delay."""
    asked = employed * organisation.strain / aim
    return clip(organisation.staff_wanted + (asked - organisation.staff_wanted) / p.staffing_lag, 1.0, 1e6)

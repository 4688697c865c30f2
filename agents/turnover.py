"""Leaving and coming: quits, respectful exits, newcomers."""

from agents.blocks import ENGAGEMENT
from agents.mathematics import exp
from agents.records import Record
from agents.rule import rule
from agents.shapes import clip, share


@rule
def chance_to_quit(employee: Record, leader: Record, labour_market: float, tenure: float, p: Record) -> float:
    """Weekly chance that an employee leaves of their own will.

    Less with engagement, fitting values and support from the leader, more with exhaustion and in the first half
    year; `labour_market` multiplies it [Harter et al. 2002; Kristof-Brown et al. 2005; Humphrey et al. 2007:
    support weighs more on leaving than autonomy].
    """
    pull = (
        -p.quit_engagement * (employee.engagement - 0.57)
        + p.quit_exhaustion * (employee.exhaustion - 0.30)
        - p.quit_values * (employee.values_fit - 0.60)
        - p.quit_support * (leader.coaching - 0.45)
    )
    early = p.quit_early if tenure < p.quit_early_weeks else 1.0
    return share(1.0 - exp(-p.quit_base * early * labour_market * exp(pull)))


@rule
def fits(employee: Record, p: Record) -> bool:
    """Whether values and norm are such that helping and coaching still have a footing."""
    return bool(employee.values_fit >= p.misfit_values or employee.norm >= p.misfit_norm)


@rule
def absence(employee: Record, p: Record) -> float:
    """Share of the week that an employee is absent: more when exhausted, less when engaged [Gallup 2024]."""
    lean = p.absence_exhaustion * (employee.exhaustion - 0.30) - p.absence_engagement * (employee.engagement - 0.57)
    return share(p.absence_base * exp(lean))


@rule
def welcome_newcomer(employee: Record, organisation: Record, week: int, bells: tuple[float, ...], p: Record) -> None:
    """Fill a seat: who comes depends on selection and onboarding (block 6) and on luck.

    bells: six standard normal draws (competence, norm, values, engagement, exhaustion, talent).
    """
    hr = organisation.block[ENGAGEMENT]
    employee.hired_week = week
    employee.vacant_weeks = 0
    employee.adopted = 0
    employee.misfit_weeks = 0
    employee.disposition = clip(p.disposition_sd * bells[3], -1.0, 1.0)
    employee.strain = clip(p.strain_sd * bells[4], -1.0, 1.0)
    employee.talent = clip(p.talent_sd * bells[5], -1.0, 1.0)
    employee.competence = share(p.newcomer_competence + p.newcomer_hr * hr + p.newcomer_competence_sd * bells[0])
    employee.norm = share(p.newcomer_norm + 0.20 * hr + p.newcomer_sd * bells[1])
    employee.values_fit = share(p.newcomer_values + p.selection * hr + p.newcomer_sd * bells[2])
    employee.engagement = share(p.newcomer_engagement + employee.disposition)
    employee.exhaustion = share(0.25 + employee.strain)
    employee.autonomy = p.newcomer_autonomy
    employee.ownership = 0.0
    employee.reflection = 0.2
    employee.feedback = p.feedback_usual

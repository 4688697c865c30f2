"""Everybody in the market as plain Mesa agents: attributes, and a method for each thing that they do in a week."""

from typing import Any, Final

import mesa

from agents.customer import (
    CUSTOMER,
    PROSPECT,
    WITH_RIVAL,
    first_expectation,
    first_recovery_expectation,
    first_satisfaction,
    wanted_above_expected,
)
from agents.encounter import novelty_half_life, wear_off
from agents.expectation import hear_promises, let_bar_move
from agents.loyalty import (
    chance_to_appeal,
    chance_to_praise,
    chance_to_warn,
    detractor_share,
    likely_to_recommend,
    promoter_share,
)
from agents.mathematics import exp
from agents.organisation import promised_beyond_usual
from agents.records import Record
from agents.shapes import clip, share
from benchmarks.luck_arrays import four
from benchmarks.plain.things import NOBODY, fill
from experiments.one_person import chance_to_join, leaving_hazard
from simulation.luck import CONTACT_DRAWN, JOIN_PERSON, normal

MOST_VISITS: Final = 0.98


class Person(mesa.Agent):
    """A customer, a prospect, or somebody with a rival."""

    model: Any
    status: int
    segment: int
    free: int
    failures: float
    novelty: float
    hearsay: float
    heard_good: int
    heard_bad: int

    def __init__(self, model: Any, record: Record, place: int) -> None:
        super().__init__(model)
        fill(self, record)
        self.place = place
        self.group = model.segments[self.segment]

    def perhaps_visit(self, demand: float) -> None:
        """Come this week, or don't."""
        if self.status == CUSTOMER and self.model.visits[0][self.place] < min(MOST_VISITS, self.group.visits * demand):
            self.model.visitors.append(self)

    def depart(self, where: int) -> None:
        """Leave for a rival or for nobody."""
        self.status = where
        self.bond = 0.0
        self.contact = NOBODY
        self.model.tally.lost += 1.0

    def premium(self) -> float:
        """What one pays on top, as a share of the price."""
        model = self.model
        extra = share((self.satisfaction - model.p.satisfaction_usual) / model.p.premium_full)
        return float(model.settings.premium * extra * (0.5 + self.group.pays_for_quality))

    def talk(self) -> None:
        """Praise, warn or keep quiet; one contact hears it."""
        if self.status != CUSTOMER:
            return
        model, p = self.model, self.model.p
        chance, slot, reaches, _ = (draws[self.place] for draws in model.talks)
        if chance < chance_to_praise(self, p):
            model.tally.praised += 1.0
            heard = "heard_good"
        elif chance > 1.0 - chance_to_warn(self, p):
            model.tally.warned += 1.0
            heard = "heard_bad"
        else:
            return
        contacts = model.settings.contacts
        if contacts >= 1 and len(model.people) >= 2 and reaches < p.network_strength:
            listener = self.contact_in(min(int(slot * contacts), contacts - 1))
            setattr(listener, heard, getattr(listener, heard) + 1)

    def contact_in(self, slot: int) -> "Person":
        """Whom one knows in this slot: a neighbour on a ring, or somebody from anywhere."""
        people = self.model.people
        far, where, _, _ = four(self.model.key, CONTACT_DRAWN, 0, self.place, slot)
        distance = -(slot // 2 + 1) if slot % 2 else slot // 2 + 1
        found = (self.place + distance) % len(people)
        if far < self.model.settings.random_contacts:
            found = min(int(where * len(people)), len(people) - 1)
        if found == self.place:
            found = (self.place + 1) % len(people)
        known: Person = people[found]
        return known

    def choose(self, mood: Any) -> None:
        """A week in the market. mood: what all share this week."""
        p = self.model.p
        heard = self.hearsay * (1.0 - p.hearsay_fade) + self.heard_good - self.heard_bad
        self.hearsay = clip(heard, -50.0, 50.0)
        self.heard_good = self.heard_bad = 0
        if self.status == CUSTOMER:
            self.remember(mood)
            self.stay_or_leave(mood)
        elif self.free:
            self.look_around(mood)

    def remember(self, mood: Any) -> None:
        """The bar moves; bonds, failures and the wear of surprises fade."""
        firm, p = self.model.firm, self.model.p
        usual = wanted_above_expected(self, p) + firm.market_bar
        self.desired = let_bar_move(self, usual, mood.bar, p)
        self.expectation = hear_promises(self, promised_beyond_usual(firm, p), p)
        self.bond *= mood.fade_bond
        self.failures *= mood.fade_failures
        if self.failures < 0.5:
            self.failures = 0.0
        for_new = wear_off(self, novelty_half_life(firm, p), mood.renewed)
        self.novelty = share(self.novelty + self.model.settings.novelty_factor * (for_new - self.novelty))

    def stay_or_leave(self, mood: Any) -> None:
        """Be asked, then leave, appeal, or neither."""
        model, p = self.model, self.model.p
        leaves, where, appeals = (draws[self.place] for draws in model.stays[:3])
        stay = exp(-leaving_hazard(self, model.week - self.joined_week, mood.rival, mood.price, p))
        self.answer(stay)
        if leaves > stay:
            self.depart(WITH_RIVAL if where < p.churn_to_rival else PROSPECT)
        elif appeals < chance_to_appeal(self, p):
            model.tally.appeals += 1.0

    def answer(self, stay: float) -> None:
        """Add oneself to the week's picture of customers, and one's fee to revenue."""
        tally, p = self.model.tally, self.model.p
        fee = self.model.settings.fee * self.group.spend * tally.price
        tally.revenue_fees += fee
        tally.revenue_premium += fee * self.premium()
        mark = likely_to_recommend(self, p)
        fourth = (stay * stay) * (stay * stay)
        sixteenth = fourth * fourth * fourth * fourth
        tally.active += 1.0
        tally.satisfaction += self.satisfaction
        tally.expectation += self.expectation
        tally.desired += self.desired
        tally.bond += self.bond
        tally.loyalty += sixteenth * sixteenth * sixteenth * fourth
        tally.promoters += promoter_share(mark, p.recommend_noise)
        tally.detractors += detractor_share(mark, p.recommend_noise)

    def look_around(self, mood: Any) -> None:
        """Somebody who is no customer: become one, choose a rival, leave a rival, or none of these."""
        chance = self.model.joins[0][self.place]
        if self.status == WITH_RIVAL:
            if chance < mood.from_rival:
                self.status = PROSPECT
        elif chance < chance_to_join(self, self.model.firm, mood.rival, mood.price, self.model.p):
            self.join()
        elif chance > 1.0 - mood.to_rival:
            self.status = WITH_RIVAL

    def join(self) -> None:
        """Become a customer, with expectations of one's own."""
        model, settings, firm, p = self.model, self.model.settings, self.model.firm, self.model.p
        expected, satisfied, _, _ = four(model.key, JOIN_PERSON, model.week, self.place)
        self.status = CUSTOMER
        self.joined_week = model.week
        self.contact = NOBODY
        typical = settings.expectation + p.promise_expectation * promised_beyond_usual(firm, p)
        first_expectation(self, typical, firm.market_bar, normal(expected), settings.expectation_sd, p)
        self.satisfaction = first_satisfaction(
            self, settings.satisfaction, normal(satisfied), settings.satisfaction_sd, p
        )
        self.bond = self.failures = 0.0
        self.novelty = 1.0
        self.failed_kind = NOBODY
        self.recovery_expectation = first_recovery_expectation(self, p)
        model.tally.joined += 1.0

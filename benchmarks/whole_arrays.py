"""Who visits, who talks, who stays and comes, as whole arrays: how NumPy is used where no compiler is at hand.

One array a field, one expression for all people, the same draws as ours. Exponentials and sums of NumPy round
otherwise than the C library's, so numbers agree to about 1e-13, and who does what agrees exactly.
"""

from time import thread_time
from typing import Any, Final

import numpy as np
from scipy.special import erfc, ndtri

from agents.blocks import INNOVATION
from agents.customer import CUSTOMER, PROSPECT, WITH_RIVAL
from benchmarks.luck_arrays import Array, Draws, fours
from simulation.luck import CONTACT_DRAWN, JOIN, JOIN_PERSON, RENEWAL, STAY, TALK, VISIT
from simulation.state import World

MOST_VISITS: Final = 0.98


class Crowd:
    """Everybody in a market, one array a field; `world` is read for all that isn't theirs, and its tally is written.

    luck_seconds: processor seconds that went into draws.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.settings, self.p, self.organisation, self.tally = (
            world.settings[0],
            world.parameters[0],
            world.organisation[0],
            world.tally[0],
        )
        self.customers: dict[str, Array] = {
            name: np.array(world.customers[name]) for name in world.customers.dtype.names
        }
        self.places = np.arange(len(world.customers))
        self.luck_seconds = 0.0

    def draws(self, decision: int, week: int, who: Array) -> Draws:
        """Four draws for each of these people."""
        start = thread_time()
        drawn = fours(int(self.settings.key), decision, week, who)
        self.luck_seconds += thread_time() - start
        return drawn

    def receive(self, week: int) -> Array:
        """Places of those who have an encounter."""
        plan = self.world.plan[week - self.settings.first_week]
        demand = plan.demand * np.exp(self.organisation.demand_drift)
        here = np.flatnonzero(self.customers["status"] == CUSTOMER)
        rate = np.minimum(MOST_VISITS, self.world.segments["visits"] * demand)[self.customers["segment"][here]]
        visitors: Array = here[self.draws(VISIT, week, here)[0] < rate]
        return visitors

    def talk(self, week: int) -> None:
        """Messages, and who hears them."""
        one, p = self.customers, self.p
        here = np.flatnonzero(one["status"] == CUSTOMER)
        satisfaction, bond, failures = (one[name][here] for name in ("satisfaction", "bond", "failures"))
        chance, slot, reaches, _ = self.draws(TALK, week, here)
        better = np.maximum(0.0, satisfaction - p.satisfaction_usual)
        worse = np.maximum(0.0, p.satisfaction_usual - satisfaction)
        praise = share(p.message_rate * (p.praise_base + p.praise_satisfaction * better + p.praise_bond * bond))
        warn = share(p.message_rate * (p.warn_base + p.warn_dissatisfaction * worse + p.warn_failures * failures))
        praises = chance < praise
        warns = ~praises & (chance > 1.0 - warn)
        self.tally.praised += np.count_nonzero(praises)
        self.tally.warned += np.count_nonzero(warns)
        contacts = int(self.settings.contacts)
        if contacts >= 1 and len(self.places) >= 2:
            slots = np.minimum((slot * contacts).astype(np.int64), contacts - 1)
            for who, heard in ((praises, "heard_good"), (warns, "heard_bad")):
                heeded = who & (reaches < p.network_strength)
                np.add.at(one[heard], self.contacts(here[heeded], slots[heeded]), 1)

    def contacts(self, who: Array, slots: Array) -> Array:
        """Whom these people know in these slots."""
        people = len(self.places)
        found = np.zeros_like(who)
        for slot in np.unique(slots):
            mine = slots == slot
            far, where, _, _ = self.draws_in_slot(who[mine], int(slot))
            distance = -(slot // 2 + 1) if slot % 2 else slot // 2 + 1
            near = (who[mine] + distance) % people
            anywhere = np.minimum((where * people).astype(np.int64), people - 1)
            found[mine] = np.where(far < self.settings.random_contacts, anywhere, near)
        return np.where(found == who, (who + 1) % people, found)

    def draws_in_slot(self, who: Array, slot: int) -> Draws:
        """The draws that say whom people know in a slot."""
        start = thread_time()
        drawn = fours(int(self.settings.key), CONTACT_DRAWN, 0, who, slot)
        self.luck_seconds += thread_time() - start
        return drawn

    def choose(self, week: int) -> None:
        """Hearsay is taken in; customers remember, answer, stay or leave; the others look around."""
        one, p, organisation = self.customers, self.p, self.organisation
        plan = self.world.plan[week - self.settings.first_week]
        rival = organisation.rival_quality + plan.rival - p.rival_usual + p.imitation_value * organisation.rival_novelty
        price = self.tally.price - 1.0
        bar = p.desired_drift + p.imitation_bar * organisation.rival_novelty
        organisation.market_bar = share(organisation.market_bar + bar)
        heard = one["hearsay"] * (1.0 - p.hearsay_fade) + one["heard_good"] - one["heard_bad"]
        one["hearsay"] = np.clip(heard, -50.0, 50.0)
        one["heard_good"][:] = one["heard_bad"][:] = 0
        here = np.flatnonzero(one["status"] == CUSTOMER)
        others = np.flatnonzero((one["status"] != CUSTOMER) & (one["free"] == 1))
        self.remember(here, bar, week)
        self.stay_or_leave(here, rival, price, week)
        self.look_around(others, rival, price, week)

    def promised(self) -> float:
        """By how much promises exceed delivery, beyond what is usual."""
        return float(self.organisation.promise - self.organisation.delivered - self.p.promise_habit)

    def remember(self, here: Array, bar: float, week: int) -> None:
        """The bar moves; bonds, failures and the wear of surprises fade."""
        one, p, organisation = self.customers, self.p, self.organisation
        desired, expectation, novelty = (one[name][here] for name in ("desired", "expectation", "novelty"))
        usual = p.desired_base + p.desired_demanding * one["demandingness"][here] + organisation.market_bar
        forgotten = p.desired_forgetting * np.maximum(desired - (expectation + usual), 0.0)
        one["desired"][here] = share(desired + bar - forgotten)
        one["expectation"][here] = share(expectation + p.promise_expectation * p.promise_reach * self.promised())
        one["bond"][here] *= np.exp(-np.log(2.0) / p.bond_half_life)
        failures = one["failures"][here] * np.exp(-1.0 / p.failure_memory)
        one["failures"][here] = np.where(failures < 0.5, 0.0, failures)
        half_life = p.novelty_half_life / (1.0 + p.novelty_renewal * organisation.block[INNOVATION])
        for_new = np.clip(novelty + (1.0 - novelty) * np.log(2.0) / half_life, 0.0, 1.0)
        if self.draws(RENEWAL, week, self.places[:1])[0][0] < p.renewal_chance * organisation.block[INNOVATION]:
            for_new = np.ones_like(novelty)
        one["novelty"][here] = share(novelty + self.settings.novelty_factor * (for_new - novelty))

    def stay_or_leave(self, here: Array, rival: float, price: float, week: int) -> None:
        """Customers are asked; then some leave, and captive ones appeal."""
        one, p = self.customers, self.p
        leaves, where, appeals, _ = self.draws(STAY, week, here)
        satisfaction = one["satisfaction"][here]
        stay = np.exp(-self.hazard(here, rival, price, week))
        self.ask(here, stay)
        gone = leaves > stay
        captive = ~gone & (one["free"][here] == 0)
        dissatisfied = np.maximum(0.0, p.satisfaction_usual - satisfaction)
        self.tally.appeals += np.count_nonzero(captive & (appeals < share(p.appeal_rate * dissatisfied)))
        leavers = here[gone]
        one["status"][leavers] = np.where(where[gone] < p.churn_to_rival, WITH_RIVAL, PROSPECT)
        one["bond"][leavers] = 0.0
        one["contact"][leavers] = -1
        self.tally.lost += len(leavers)

    def hazard(self, here: Array, rival: float, price: float, week: int) -> Array:
        """Weekly hazard of leaving."""
        one, p = self.customers, self.p
        tenure = (week - one["joined_week"][here]).astype(float)
        hearsay = one["hearsay"][here]
        x = one["satisfaction"][here] - p.satisfaction_usual
        value = p.loyalty_slope * x + p.loyalty_curve * x * x * x
        if p.loyalty_curve > 0.0:
            value = np.where(value < 0.0, value * p.loyalty_loss, value)
        lean = (
            -value
            - p.loyalty_bond * (one["bond"][here] - p.bond_usual)
            + p.loyalty_failures * one["failures"][here]
            - p.habit * (tenure / (tenure + 52.0) - 0.7)
            + p.rival_pull * rival
            + p.price_pull * (price - one["fair_price"][here])
            - np.where(hearsay > 0.0, p.hearsay_good_stay, p.hearsay_bad_stay) * hearsay
        )
        felt = np.exp(np.clip(lean, -6.0, 6.0))
        hazard: Array = p.churn_base * (p.churn_involuntary + (1.0 - p.churn_involuntary) * felt)
        return np.where(one["free"][here] == 1, hazard, 0.0)

    def ask(self, here: Array, stay: Array) -> None:
        """The week's picture of customers, and their fees."""
        one, p, tally, segments = self.customers, self.p, self.tally, self.world.segments
        segment, satisfaction = one["segment"][here], one["satisfaction"][here]
        fee = self.settings.fee * segments["spend"][segment] * tally.price
        extra = share((satisfaction - p.satisfaction_usual) / p.premium_full)
        tally.revenue_fees += fee.sum()
        premium = self.settings.premium * extra * (0.5 + segments["pays_for_quality"][segment])
        tally.revenue_premium += (fee * premium).sum()
        answer = 10.0 * (
            p.recommend_base + p.recommend_satisfaction * satisfaction + p.recommend_bond * one["bond"][here]
        )
        tally.active += len(here)
        for name in ("satisfaction", "expectation", "desired", "bond"):
            tally[name] += one[name][here].sum()
        tally.loyalty += (stay**52).sum()
        tally.promoters += (1.0 - below((8.5 - answer) / p.recommend_noise)).sum()
        tally.detractors += below((6.5 - answer) / p.recommend_noise).sum()

    def look_around(self, others: Array, rival: float, price: float, week: int) -> None:
        """Those who are no customers: some join, some choose a rival, some leave one."""
        one, p, organisation = self.customers, self.p, self.organisation
        chance = self.draws(JOIN, week, others)[0]
        to_rival = share(p.rival_join * np.exp(np.clip(p.rival_pull * rival, -5.0, 5.0)))
        from_rival = share(p.rival_churn * np.exp(np.clip(-p.rival_pull * rival, -5.0, 5.0)))
        with_rival = one["status"][others] == WITH_RIVAL
        lean = (
            p.join_reputation * (organisation.reputation - p.reputation_usual)
            + p.join_hearsay * one["hearsay"][others]
            + p.join_promise * self.promised()
            - p.rival_pull * rival
            - p.price_pull * (price - one["fair_price"][others])
        )
        joins = ~with_rival & (chance < share(p.join_base * np.exp(np.clip(lean, -5.0, 5.0))))
        one["status"][others[with_rival & (chance < from_rival)]] = PROSPECT
        one["status"][others[~with_rival & ~joins & (chance > 1.0 - to_rival)]] = WITH_RIVAL
        self.welcome(others[joins], week)

    def welcome(self, who: Array, week: int) -> None:
        """New customers, with expectations of their own."""
        one, p, settings = self.customers, self.p, self.settings
        expected, satisfied, _, _ = self.draws(JOIN_PERSON, week, who)
        demand, leniency = one["demandingness"][who], one["leniency"][who]
        typical = settings.expectation + p.promise_expectation * self.promised()
        lean = p.expectation_demanding * (demand - p.demandingness_usual) + leniency
        expectation = share(typical + lean + settings.expectation_sd * ndtri(expected))
        wanted = p.desired_base + p.desired_demanding * demand
        leaning = (p.satisfaction_performance + p.satisfaction_expectation) * leniency
        recovery = p.recovery_expectation_base + p.recovery_expectation_demanding * demand
        new = {
            "status": CUSTOMER,
            "joined_week": week,
            "contact": -1,
            "expectation": expectation,
            "desired": share(expectation + wanted + self.organisation.market_bar),
            "tolerance": share(p.tolerance_base + p.tolerance_easy * (1.0 - demand)),
            "satisfaction": share(settings.satisfaction + leaning + settings.satisfaction_sd * ndtri(satisfied)),
            "bond": 0.0,
            "novelty": 1.0,
            "failures": 0.0,
            "failed_kind": -1,
            "recovery_expectation": share(recovery),
        }
        for name, value in new.items():
            one[name][who] = value
        self.tally.joined += len(who)


def share(value: Any) -> Any:
    """Kept within 0 to 1."""
    return np.clip(value, 0.0, 1.0)


def below(value: Any) -> Any:
    """Chance that a standard normal draw lies below."""
    return 0.5 * erfc(-value * np.sqrt(0.5))

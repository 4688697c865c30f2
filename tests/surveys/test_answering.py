"""How answers come about: keyed luck, error of measurement as classical test theory has it, and who answers at all."""

from functools import cache
from math import sqrt

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from scipy.special import expit
from scipy.stats import binom

from agents.customer import CUSTOMER
from agents.encounter import ENCOUNTER
from agents.records import empty
from experiments.surveys.answering import answers
from experiments.surveys.instrument import Instrument, parse_instrument
from experiments.surveys.luck import bells, chances
from experiments.surveys.respondents import chance_to_answer, respondents
from experiments.surveys.scene import Scene
from results.surveys.statistics import alpha, correlation, correlation_interval
from scenarios.scenario import Scenario
from simulation.world import begin

FALSE_ALARM = 1e-4
PEOPLE = 4000


@cache
def scene() -> Scene:
    """Many customers as a world begins: nobody has met anybody yet, and they differ widely."""
    customers = {"active": PEOPLE, "prospects": 200, "satisfaction_sd": 0.12, "leniency_sd": 0.0}
    segments = [{"name": "few", "share": 0.1}, {"name": "many", "share": 0.9}]
    scenario = Scenario.model_validate({"schema": 1, "customers": customers | {"segments": segments}})
    return Scene(begin(scenario, 3), 0, empty(ENCOUNTER, 0))


def instrument(items: str, *, more: str = "", construct: str = "", scale: str = "low = 0, high = 100") -> Instrument:
    """An instrument on a fine scale that reads satisfaction."""
    return parse_instrument(
        f'schema = 1\nasks = "customers"\nscale = {{ {scale} }}\n{more}\n[[constructs]]\nname = "x"\n'
        f'reads = "satisfaction"\n{construct}\nitems = [{items}]\n'
    )


def asked(questions: Instrument, seed: int = 1) -> pa.Table:
    """What all customers answer."""
    return answers(scene(), questions, seed, 0, scene().present)


def items_of(table: pa.Table, *names: str) -> npt.NDArray[np.float64]:
    """Answers to these items, a column each."""
    return np.column_stack([table.column(name).to_numpy().astype("f8") for name in names])


def satisfaction() -> npt.NDArray[np.float64]:
    """What the items read."""
    return np.asarray(scene().world.customers[scene().present].satisfaction)


def test_luck_is_named_and_does_not_depend_on_numpy_or_on_how_many() -> None:
    """The same name gives the same draws, another one others; the first draws stand in this test."""
    assert chances(1, 0, "a", 3).tolist() == chances(1, 0, "a", 5)[:3].tolist()
    assert not set(chances(1, 0, "a", 9)) & (set(chances(2, 0, "a", 9)) | set(chances(1, 1, "a", 9)))
    assert [0.63954, 0.7209] == pytest.approx(chances(1, 0, "a", 2).tolist(), abs=5e-6)
    many = bells(1, 0, "b", 200_000)
    assert (0.0, 1.0) == pytest.approx((many.mean(), many.std()), abs=4.0 / sqrt(200_000))


def test_without_error_an_answer_is_what_it_reads() -> None:
    """State 0 is the low end of the scale, state 1 the high one, and what lies between is rounded."""
    table = asked(instrument('{ name = "A" }, { name = "B", zero = 10, one = 20, shift = 5 }'))

    assert np.rint(100.0 * satisfaction()).tolist() == items_of(table, "A")[:, 0].tolist()
    assert np.rint(15.0 + 10.0 * satisfaction()).tolist() == items_of(table, "B")[:, 0].tolist()


def test_loading_shrinks_differences_about_its_middle() -> None:
    """Half the loading, half the distance from where it turns."""
    table = asked(instrument('{ name = "A", zero = 0, one = 50 }', construct="loading = 0.5\naround = 0.6"))

    expected = np.rint(50.0 * (0.6 + 0.5 * (satisfaction() - 0.6)))
    assert expected.tolist() == items_of(table, "A")[:, 0].tolist()


def test_answers_stay_on_the_scale() -> None:
    """Whatever the error, an answer is a whole mark from the lowest to the highest."""
    table = asked(instrument('{ name = "A", error = 9 }', scale="low = 1, high = 5"))

    assert {1, 2, 3, 4, 5} == set(table.column("A").to_pylist())


def test_error_attenuates_correlations_as_classical_test_theory_says() -> None:
    """Correlation with the state is the root of reliability, of two items their reliability; false alarm 1e-4.

    True spread .12 x 100 marks; error 12 marks: reliability one half; alpha of two such items two thirds.
    """
    table = asked(instrument('{ name = "A", error = 12 }, { name = "B", error = 12 }', scale="low = 0, high = 100"))
    both, truth = items_of(table, "A", "B"), satisfaction()
    true = float((100.0 * truth).var(ddof=1))
    reliability = true / (true + 144.0)
    level = 1.0 - FALSE_ALARM / 3.0

    low, high = correlation_interval(correlation(both[:, 0], truth)[0], PEOPLE, level)
    assert low - 0.005 < sqrt(reliability) < high + 0.005
    low, high = correlation_interval(correlation(both[:, 0], both[:, 1])[0], PEOPLE, level)
    assert low - 0.005 < reliability < high + 0.005
    assert 2.0 * reliability / (1.0 + reliability) == pytest.approx(alpha(both), abs=0.03)


def test_style_is_shared_by_all_items_and_specific_by_those_of_a_construct() -> None:
    """Items that read nothing correlate by style alone: its part of their variance; false alarm 1e-4."""
    own = 'name = "y"\nreads = "satisfaction"\nloading = 0\nspecific = 5\n'
    questions = instrument(
        '{ name = "A", error = 10 }, { name = "B", error = 10 }',
        more="[style]\nsd = 10",
        construct="loading = 0\nspecific = 5",
    )
    text = questions.text + f'[[constructs]]\n{own}items = [{{ name = "C", error = 10 }}]\n'
    text += own.join(["[[constructs]]\n", 'style = 0\nitems = [{ name = "D", error = 10 }]\n']).replace('"y"', '"z"')
    a, b, c, d = items_of(asked(parse_instrument(text)), "A", "B", "C", "D").T

    for (one, other), truth in (((a, b), 125.0 / 225.0), ((a, c), 100.0 / 225.0), ((a, d), 0.0)):
        low, high = correlation_interval(correlation(one, other)[0], PEOPLE, 1.0 - FALSE_ALARM / 3.0)
        assert low - 0.005 < truth < high + 0.005


def test_nobodys_answer_depends_on_who_else_is_asked() -> None:
    """A larger sample holds the smaller one, with the same answers to the same items, whatever else is asked."""
    few = instrument('{ name = "A", error = 9 }', more="sample = 50")
    many = instrument('{ name = "B", error = 9 }, { name = "A", error = 9 }', more="sample = 400")
    found = []
    for questions in (few, many):
        numbers = respondents(scene(), questions, 1, 0).numbers
        table = answers(scene(), questions, 1, 0, numbers)
        found.append(dict(zip(table.column("respondent").to_pylist(), table.column("A").to_pylist(), strict=True)))

    assert (50, 400) == tuple(map(len, found))
    assert found[0].items() <= found[1].items()


def test_those_without_the_state_leave_the_item_open() -> None:
    """Who did not complain has nothing to say about how the complaint was handled, and says so."""
    questions = instrument('{ name = "A" }, { name = "R", reads = "recovery" }')
    table = asked(questions)

    assert (0, PEOPLE) == (table.column("A").null_count, table.column("R").null_count)


def test_all_are_asked_and_answer_where_nothing_else_is_said() -> None:
    """Without a sample and without refusals everybody answers; prospects are nobody's respondents."""
    found = respondents(scene(), instrument('{ name = "A" }'), 1, 0)

    assert set(scene().present.tolist()) == set(found.numbers.tolist())
    assert PEOPLE == found.invited == len(found.numbers)
    assert (scene().world.customers.status[found.numbers] == CUSTOMER).all()


def test_the_rate_of_response_is_the_one_stated() -> None:
    """Of those invited so many answer, give or take luck; invitations end when the sample is full. False alarm 1e-4."""
    every = respondents(scene(), instrument('{ name = "A" }', more="[response]\nrate = 0.3"), 1, 0)
    least, most = binom.ppf([FALSE_ALARM / 2, 1.0 - FALSE_ALARM / 2], PEOPLE, 0.3)
    wanted = respondents(scene(), instrument('{ name = "A" }', more="sample = 300\n[response]\nrate = 0.3"), 1, 0)

    assert least <= len(every.numbers) <= most
    assert PEOPLE == every.invited
    assert (300, every.numbers[:300].tolist()) == (len(wanted.numbers), wanted.numbers.tolist())
    assert 800 < wanted.invited < 1200


def test_non_response_leans_on_satisfaction_as_stated() -> None:
    """The chance is logistic in satisfaction, at its rate where that is as usual; so samples are too satisfied."""
    leaning = instrument('{ name = "A" }', more="[response]\nrate = 0.4\nslope = 6")
    chance = chance_to_answer(scene(), leaning, scene().present)
    distance = satisfaction() - satisfaction().mean()

    assert expit(np.log(0.4 / 0.6) + 6.0 * distance).tolist() == pytest.approx(chance.tolist())
    answered = scene().world.customers.satisfaction[respondents(scene(), leaning, 1, 0).numbers]
    expected = float((chance * satisfaction()).sum() / chance.sum())
    assert expected == pytest.approx(answered.mean(), abs=4.0 * 0.12 / sqrt(len(answered)))
    assert answered.mean() > satisfaction().mean() + 0.02


def test_a_sample_by_segments_has_as_many_of_each() -> None:
    """One in ten belongs to the small segment, but half the sample does; a segment that is too small gives all."""
    halves = instrument('{ name = "A" }', more='sampling = "segments"\nsample = 101')
    found = scene().world.customers.segment[respondents(scene(), halves, 1, 0).numbers]
    assert [51, 50] == np.bincount(found).tolist()

    most = respondents(scene(), halves, 1, 0, wanted=2000).numbers
    small = int((scene().world.customers.segment[scene().present] == 0).sum())
    assert [small, 1000] == np.bincount(scene().world.customers.segment[most]).tolist()

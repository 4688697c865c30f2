"""How far a baseline from a self-diagnosis can be trusted, and the reasons that are given."""

import pytest

from scenarios.confidence import confidence
from scenarios.diagnosis import Diagnosis, diagnose
from tests.diagnosis_forms import IDS, Person, answers_of, same

ROLES = ("leader", "front line")


def many(count: int, answers: dict[str, float] | None = None) -> list[Person]:
    """So many people of two roles who all answered the same."""
    return [Person(same(3.0) if answers is None else answers, role=ROLES[number % 2]) for number in range(count)]


def diagnosed(people: list[Person]) -> Diagnosis:
    """Their scores."""
    return diagnose(answers_of(*people))


def test_many_who_agree_in_several_roles_give_high_confidence() -> None:
    """Then there is no reason to doubt."""
    found = confidence(diagnosed(many(10)))

    assert ("high", ()) == (found.level, found.reasons)


@pytest.mark.parametrize(
    ("people", "level", "reason"),
    [
        (many(4), "low", "few_respondents"),
        (many(10, same(3.0, IDS[:11])), "low", "blocks_unscored"),
        (many(10, same(3.0, [one for one in IDS if one[-2:] <= "05"])), "low", "little_answered"),
        ([*many(5, same(1.0)), *many(5, same(5.0))], "low", "much_divided"),
        (many(9), "medium", "not_many_respondents"),
        (many(10, same(3.0, [one for one in IDS if one[-2:] <= "09"])), "medium", "not_all_answered"),
        ([Person(same(3.0)) for _ in range(10)], "medium", "one_role"),
        ([Person(same(3.0), role="leader") for _ in range(10)], "medium", "one_role"),
    ],
)
def test_what_lowers_confidence_is_said(people: list[Person], level: str, reason: str) -> None:
    """Each reason lowers it by itself."""
    found = confidence(diagnosed(people))

    assert level == found.level
    assert reason in [one.word for one in found.reasons]


def test_one_divided_block_lowers_confidence_a_little() -> None:
    """The mean of one block says little, and the rest stands."""
    low, high = ({**same(3.0), **same(value, IDS[:11])} for value in (1.0, 5.0))
    found = confidence(diagnosed([*many(6, low), *many(6, high)]))

    assert ("medium", ["somewhat_divided"]) == (found.level, [one.word for one in found.reasons])

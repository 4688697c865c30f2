"""What starts in a scenario is told in words, in English and Dutch."""

import pytest

from experiments.explanation.measures import OTHERWISE
from experiments.telling import measure_in_words, shock_in_words, starts, text, title
from results.words import LANGUAGES
from scenarios.scenario import Scenario
from scenarios.shock import SIZES
from scenarios.statements import Language, questionnaire
from tests.small_organisation import small


def changed() -> Scenario:
    """A scenario in which everything starts that can start."""
    return small(
        interventions=[
            {"block": "culture", "start": 12, "weeks": 3, "to": 0.8},
            {"block": "design", "start": 2, "weeks": 3, "effort": 0.5},
            {"block": "innovation", "start": 2, "weeks": 3, "budget": 1500},
            {"block": "innovation", "start": 3, "weeks": 3, "budget": 1500, "name": "A lab"},
        ],
        shocks=[
            {"kind": "demand", "start": 4, "weeks": 1, "size": -0.2},
            {"kind": "failures", "start": 5, "weeks": 1, "size": 0.5},
        ],
        programme={"start": 7, "self_managing_from": 8},
    )


ENGLISH = [
    (2, "{design}, effort 0.50"),
    (2, "{innovation}, budget € 1,500"),
    (3, "A lab"),
    (4, "demand \u221220%"),
    (5, "failures +0.50"),
    (7, "programme"),
    (8, "teams lead themselves"),
    (12, "{culture} to 0.80"),
]

DUTCH = [
    (2, "{design}, inspanning 0,50"),
    (2, "{innovation}, budget € 1.500"),
    (3, "A lab"),
    (4, "vraag \u221220%"),
    (5, "fouten +0,50"),
    (7, "programma"),
    (8, "teams sturen zichzelf"),
    (12, "{culture} naar 0,80"),
]


@pytest.mark.parametrize(("language", "expected"), [("en", ENGLISH), ("nl", DUTCH)])
def test_starts_are_told_in_order(language: Language, expected: list[tuple[int, str]]) -> None:
    """By week; what several scenarios share is told once."""
    names = {block.key: block.name(language) for block in questionnaire().blocks}

    assert [(week, words.format(**names)) for week, words in expected] == starts([changed(), changed()], language)


def test_every_shock_has_words() -> None:
    """No kind of shock lacks its own in either language."""
    shocks = small(
        shocks=[{"kind": kind, "start": 1, "weeks": 1, "size": one.high} for kind, one in SIZES.items()]
    ).shocks

    for language in LANGUAGES:
        assert len(SIZES) == len({shock_in_words(shock, language).rsplit(" ", 1)[0] for shock in shocks})


def test_measures_are_told_in_both_languages() -> None:
    """Blocks with the week in which they start, what is no block by its own name."""
    assert "Leiderschap, wk 13" == measure_in_words("leadership", "nl", 13)
    assert ["Other differences", "Andere verschillen"] == [measure_in_words(OTHERWISE, one) for one in LANGUAGES]
    assert ["Programme", "Programma"] == [measure_in_words("programme", one) for one in LANGUAGES]


def test_title_and_text_fall_back() -> None:
    """The other language is better than nothing, and for a title the name is better than nothing."""
    one = small(about={"title_nl": "Klein", "text_en": "Small."})

    assert ("Klein", "Klein", "small") == (title(one, "nl"), title(one, "en"), title(small(), "en"))
    assert ("Small.", "Small.", "") == (text(one, "nl"), text(one, "en"), text(small(), "nl"))

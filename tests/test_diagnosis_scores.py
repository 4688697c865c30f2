"""Scores of a self-diagnosis: what the formulas promise, and that nothing is scored in silence."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.blocks import BLOCKS
from scenarios.answers import read_answers
from scenarios.diagnosis import (
    FEWEST_ANSWERS,
    LIVED_ABOVE_DESIGNED,
    BlockScore,
    Diagnosis,
    Maturity,
    diagnose,
    maturity_from_answers,
)
from scenarios.errors import Mistake
from scenarios.loading import parse
from scenarios.statements import LANGUAGES, Language, questionnaire
from tests.diagnosis_forms import IDS, Person, answers_of, by_aspect, form_csv, form_xlsx, same, survey_csv

ANSWER = st.one_of(st.integers(1, 5), st.sampled_from([1.5, 2.5, 3.5, 4.5]))
SHEETS = st.lists(st.dictionaries(st.sampled_from(IDS), ANSWER, min_size=1), min_size=1, max_size=4)
NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=12)


def block(number: int) -> tuple[str, ...]:
    """The ids of one block's statements."""
    return tuple(statement.id for statement in questionnaire().blocks[number - 1].statements)


def diagnosis(*answers: Mapping[str, float]) -> Diagnosis:
    """Scores for one person each."""
    return diagnose(answers_of(*(Person(each) for each in answers)))


def means(found: Diagnosis) -> list[Maturity | None]:
    """Mean scores of the nine blocks."""
    return [score.mean for score in found.scores]


@pytest.mark.parametrize(("answer", "score"), [(1, 0.0), (2, 0.25), (3, 0.5), (3.5, 0.625), (5, 1.0)])
def test_one_answer_to_everything_is_that_score_everywhere(answer: float, score: float) -> None:
    """An answer a stands for (a - 1) / 4."""
    assert [Maturity(score, score, score)] * 9 == means(diagnosis(same(answer)))


def test_designed_and_lived_rest_on_their_aspects() -> None:
    """Designed: 4 design and 4 practice statements; lived: 4 practice and 3 effect; overall: all 11."""
    (found, *_rest) = means(diagnosis(by_aspect(design=5, practice=3, effect=2)))

    assert found is not None
    assert pytest.approx((4 * 1 + 4 * 0.5) / 8) == found.designed
    assert pytest.approx((4 * 0.5 + 3 * 0.25) / 7) == found.lived
    assert pytest.approx((4 * 1 + 4 * 0.5 + 3 * 0.25) / 11) == found.overall


def test_what_is_lived_cannot_run_far_ahead_of_what_there_is() -> None:
    """Lived maturity is capped at designed + 0.10, for each respondent before the mean is taken."""
    ahead, even = by_aspect(design=1, practice=1, effect=5), same(5)
    score = diagnosis(ahead, even).scores[0]

    assert [pytest.approx(LIVED_ABOVE_DESIGNED), 1.0] == [each.lived for each in score.counted]
    assert score.mean is not None
    assert pytest.approx((1 + LIVED_ABOVE_DESIGNED) / 2) == score.mean.lived


def test_missing_answers_are_left_out() -> None:
    """Nothing is filled in: the mean is over what was answered."""
    found = diagnosis({identity: 4 for identity in block(1) if identity != "B1.01"} | same(2, block(2))).scores[0]

    assert Maturity(0.75, 0.75, 0.75) == found.mean
    assert (10, 11) == (found.answered, found.possible)


def test_who_answered_too_little_of_a_block_does_not_count_for_it() -> None:
    """Three answers are too few; four on one side only are too few as well; the others still count."""
    design_only = ["B1.01", "B1.04", "B1.08", "B1.10"]
    three = same(5, block(1)[:3]) | same(3, block(2))
    found = diagnosis(three, same(1, design_only) | same(3, block(2)), same(3))

    assert (None, None, Maturity(0.5, 0.5, 0.5)) == found.scores[0].each
    assert Maturity(0.5, 0.5, 0.5) == found.scores[0].mean
    assert 3 + 4 + 11 == found.scores[0].answered


def test_a_block_that_nobody_answered_enough_of_is_not_scored() -> None:
    """It is named instead, and leaves the means of the others alone."""
    found = diagnosis(same(3, block(1)) | same(5, block(4)[:3]))

    assert tuple(key for key in BLOCKS if key != "understanding") == found.unscored
    assert 0.5 == found.mean_lived


def test_too_few_answers_for_any_block_are_refused() -> None:
    """There is nothing to say then, and it is said."""
    with pytest.raises(Mistake, match="too few answers to score any block"):
        diagnosis(same(3, IDS[: FEWEST_ANSWERS - 1]))


def test_paper_excellence_is_designed_well_above_lived() -> None:
    """From a difference of 0.20 on."""
    at_0_20 = Maturity(0.6, 0.4, 0.5)
    below = Maturity(0.6, 0.41, 0.5)

    assert BlockScore("culture", (at_0_20,), 11, 11).is_paper_excellence
    assert not BlockScore("culture", (below,), 11, 11).is_paper_excellence
    assert all(score.is_paper_excellence for score in diagnosis(by_aspect(5, 2, 2)).scores)


def test_weak_links_lag_behind_the_mean_and_come_lowest_first() -> None:
    """Blocks at least 0.10 under the mean, with what the harmonic mean would gain."""
    found = diagnosis(same(4) | same(1, block(4)) | same(2, block(9)))

    assert ["culture", "innovation"] == [link.block for link in found.weak_links]
    assert found.harmonic_lived < found.weak_links[0].raised < found.mean_lived
    assert found.weak_links[1].raised < found.weak_links[0].raised


def test_equal_blocks_have_no_weak_link() -> None:
    """A low score everywhere is no weak link anywhere."""
    assert () == diagnosis(same(2)).weak_links


def test_spread_describes_the_respondents() -> None:
    """Half at the bottom and half at the top is as divided as can be; alone, there is no spread."""
    alike, divided = diagnosis(same(4), same(4)).scores[0], diagnosis(same(1), same(5)).scores[0]

    assert diagnosis(same(4)).scores[0].spread is None
    assert alike.spread is not None
    assert divided.spread is not None
    assert (1.0, 0.0) == (alike.spread.agreement, alike.spread.sd_lived)
    assert (0.0, 0.5) == (divided.spread.agreement, divided.spread.sd_lived)
    assert (0.0, 1.0) == (divided.spread.lowest_lived, divided.spread.highest_lived)
    assert (False, True) == (alike.is_divided, divided.is_divided)


def test_roles_are_scored_apart_whatever_their_capitals() -> None:
    """A role is a word; who gave none is a group of its own as soon as somebody gave one."""
    people = [Person(same(5), role="Leader"), Person(same(3), role="leader"), Person(same(1)), Person(same(3))]
    found = diagnose(answers_of(*people))

    lived = {role: scores[0].mean.lived for role, scores in found.roles.items() if scores[0].mean}
    assert {"Leader": 0.75, "": 0.25} == lived
    assert {} == diagnosis(same(3), same(4)).roles


@pytest.mark.parametrize(
    ("people", "remarks"),
    [
        ([Person(same(3), role="leader")], ["note_one"]),
        ([Person(same(3)), Person(same(4))], ["note_few"]),
        ([Person(same(3), role="leader"), *[Person(same(4))] * 4], ["note_alone"]),
        ([Person(same(3))] * 5, []),
    ],
)
def test_what_few_respondents_mean_is_said(people: list[Person], remarks: list[str]) -> None:
    """One person's view, chance, and roles that show one person."""
    assert remarks == [remark.word for remark in diagnose(answers_of(*people)).remarks]


@given(SHEETS)
def test_scores_lie_between_0_and_1(sheets: list[dict[str, float]]) -> None:
    """Whatever was answered or left out."""
    try:
        found = diagnosis(*sheets)
    except Mistake:
        return
    for mean in filter(None, means(found)):
        assert all(0 <= value <= 1 for value in (mean.designed, mean.lived, mean.overall))
        assert mean.lived <= mean.designed + LIVED_ABOVE_DESIGNED + 1e-12


@given(SHEETS, st.data())
def test_a_more_favourable_answer_never_lowers_a_score(sheets: list[dict[str, float]], data: st.DataObject) -> None:
    """Raising any answer of anybody raises or keeps designed, lived and overall maturity of every block."""
    sheets[0] |= same(3, block(1))
    better = [dict(sheet) for sheet in sheets]
    raised = data.draw(st.sampled_from(sorted(better[0])))
    better[0][raised] = data.draw(st.floats(better[0][raised], 5))

    for before, after in zip(means(diagnosis(*sheets)), means(diagnosis(*better)), strict=True):
        assert (before is None) == (after is None)
        if before and after:
            pairs = zip(
                (before.designed, before.lived, before.overall),
                (after.designed, after.lived, after.overall),
                strict=True,
            )
            assert all(low <= high + 1e-12 for low, high in pairs)


@settings(max_examples=15)
@given(SHEETS, st.sampled_from(LANGUAGES), st.sampled_from([(",", "."), (",", ","), (";", ","), ("\t", ".")]), NAMES)
def test_answers_give_the_same_scores_through_every_kind_of_file(
    tmp_path_factory: pytest.TempPathFactory,
    sheets: list[dict[str, float]],
    language: Language,
    signs: tuple[str, str],
    role: str,
) -> None:
    """Any matrix of answers with holes in it, filled into CSV, XLSX or a survey, is diagnosed as if given directly."""
    folder = tmp_path_factory.mktemp("forms")
    people = [Person(sheet | same(3, block(1)), role=" ".join(role.split())) for sheet in sheets]
    expected = means(diagnose(answers_of(*people)))

    for path in (
        form_csv(folder / "a.csv", people, language, *signs),
        form_xlsx(folder / "a.xlsx", people, language),
        survey_csv(folder / "b.csv", people),
    ):
        assert expected == means(diagnose(read_answers([path])))


def test_a_scenario_takes_its_blocks_from_a_file(tmp_path: Path) -> None:
    """Block to designed and lived maturity, for each of the nine."""
    path = form_csv(tmp_path / "a.csv", [Person(same(4)), Person(same(2))], "nl", ";", ",")

    assert dict.fromkeys(BLOCKS, (0.5, 0.5)) == maturity_from_answers(path)


def test_a_scenario_file_may_name_the_answers(tmp_path: Path) -> None:
    """`from_diagnosis` gives every block its scores; a block written out counts more."""
    form_xlsx(tmp_path / "answers.xlsx", [Person(same(4))])
    text = 'schema = 1\n[building_blocks]\nfrom_diagnosis = "answers.xlsx"\nculture = 0.1\n'
    blocks = parse(text, folder=tmp_path).building_blocks

    assert tuple(0.1 if key == "culture" else 0.75 for key in BLOCKS) == blocks.designed() == blocks.lived()


def test_a_scenario_never_misses_a_block_in_silence(tmp_path: Path) -> None:
    """A block that is needed and has too few answers is refused by name; one that is not needed is left out."""
    path = form_csv(tmp_path / "a.csv", [Person(same(4, (key for key in IDS if not key.startswith("B4"))))])
    needed = [key for key in BLOCKS if key != "culture"]

    with pytest.raises(Mistake, match="too few answers to score culture"):
        maturity_from_answers(path)
    assert dict.fromkeys(needed, (0.75, 0.75)) == maturity_from_answers(path, needed)

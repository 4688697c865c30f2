"""The 99 statements and the words around them."""

import re
from collections import Counter

import pytest

from agents.blocks import BLOCKS
from scenarios.statements import LANGUAGES, Language, questionnaire, words


def test_nine_blocks_of_eleven_statements() -> None:
    """The statements cover the nine blocks in their order, eleven each, numbered as on the form."""
    blocks = questionnaire().blocks

    assert list(BLOCKS) == [block.key for block in blocks]
    for number, block in enumerate(blocks, 1):
        assert [f"B{number}.{count:02}" for count in range(1, 12)] == [each.id for each in block.statements]
        assert {block.key} == {statement.block for statement in block.statements}


def test_every_block_asks_alike_after_what_is_arranged_done_and_noticed() -> None:
    """Four, four and three statements an aspect: without that, designed and lived could not come apart."""
    for block in questionnaire().blocks:
        aspects = Counter(statement.aspect for statement in block.statements)

        assert {"design": 4, "practice": 4, "effect": 3} == aspects, block.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_is_one_sentence_of_its_own(language: Language) -> None:
    """No text twice, none empty, each a sentence with one full stop and short enough to take in at once."""
    texts = [statement.text(language) for statement in questionnaire().statements]

    assert 99 == len(set(texts))
    for text in texts:
        assert re.fullmatch(r"[A-ZÀ-Ý][^.!?]+\.", text), text
        assert len(text.split()) <= 21, text


def test_the_scale_has_five_labels_in_both_languages() -> None:
    """Answers run from 1 to 5."""
    assert [5, 5] == [len(set(questionnaire().scale(language))) for language in LANGUAGES]


def test_both_languages_say_the_same_things() -> None:
    """Each word or sentence exists in Dutch and English and takes the same values."""
    english, dutch = words("en"), words("nl")

    assert english.keys() == dutch.keys()
    for key, text in english.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", dutch[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_caveat_names_what_the_outcome_is_not(language: Language) -> None:
    """No validation, no certification, no conformity with ISO or CEN."""
    caveat = words(language)["caveat"]

    for word in ("valid", "certific", "ISO", "CEN"):
        assert word in caveat

"""Stories: those that come with EffectChain are whole in both languages, and a trainer's mistakes are said in words."""

from pathlib import Path

import pytest

from effectchain.dashboard.present.casting import cast
from effectchain.dashboard.present.library import OWN_FOLDER, read_story, shelf
from effectchain.dashboard.present.story import (
    BASELINE,
    Organisation,
    Prediction,
    Step,
    Story,
    Strengthen,
    WhatIf,
    options_of,
)
from scenarios.errors import Mistake

SHIPPED = shelf().stories
LEAST = """
schema = 1
title = { en = "Short", nl = "Kort" }
summary = { en = "A", nl = "B" }
for_whom = { en = "A", nl = "B" }
minutes = 5
worlds = 2
weeks = 30
[organisation]
name = { en = "A shop", nl = "Een winkel" }
[organisation.changes]
customers = { active = 60, prospects = 60 }
organisation = { employees = 4, leaders = 1 }
[[what_ifs]]
id = "better"
name = { en = "better", nl = "beter" }
changes = { "building_blocks.operations" = 0.9 }
[[steps]]
title = { en = "Look", nl = "Kijk" }
show = "indicator"
known = 4
[steps.prediction]
kind = "direction"
question = { en = "Up or down?", nl = "Omhoog of omlaag?" }
expects = "higher"
"""


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_six_prepared_stories_stand_in_their_order() -> None:
    """Each has its own name for addresses, without the number of its file."""
    assert list(SHIPPED) == ["chain", "recovery", "delight", "autonomy", "change", "nine"]
    assert shelf().mistakes == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_story_can_be_cast_and_ends_in_a_question_to_take_home(name: str) -> None:
    """All its scenarios exist; predictions have a note beside them; the last step asks about one's own organisation."""
    story = SHIPPED[name]
    assert [BASELINE, *(one.id for one in story.what_ifs)] == list(cast(story).scenarios)
    assert all(step.note and step.source and step.prediction.holds for step in story.steps if step.prediction)
    last = story.steps[-1]
    assert last.show == "words"
    assert last.text is not None
    assert last.text.en.endswith("?")
    assert last.text.nl.endswith("?")


@pytest.mark.parametrize("name", SHIPPED)
def test_no_outcome_stands_in_a_story(name: str) -> None:
    """What comes out is for the model to say: sentences about outcomes hold no figures."""
    for step in SHIPPED[name].steps:
        asked = step.prediction
        told = [line for line in (asked.holds, asked.differs) if line] if asked else []
        assert not [text for line in told for text in (line.en, line.nl) if any(sign.isdigit() for sign in text)]


def test_ones_own_story_goes_before_ours_of_the_same_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is the one in the environment; its stories come first."""
    written(tmp_path, LEAST, "nine.toml")
    written(tmp_path, LEAST, "2-own.toml")
    monkeypatch.setenv(OWN_FOLDER, str(tmp_path))
    assert list(shelf().stories)[:3] == ["own", "nine", "chain"]
    assert shelf().stories["nine"].title.en == "Short"


def test_a_file_that_is_no_story_keeps_the_others_in_place(tmp_path: Path) -> None:
    """It becomes a sentence with its name, its line and its key."""
    written(tmp_path, LEAST)
    written(tmp_path, LEAST.replace("minutes = 5", "minutes = 'five'"), "wrong.toml")
    found = shelf(tmp_path)
    assert "mine" in found.stories
    assert len(found.mistakes) == 1
    assert "wrong.toml, line 6" in found.mistakes[0]
    assert "minutes" in found.mistakes[0]


def test_a_folder_that_is_none_is_a_sentence() -> None:
    """Our own stories are there all the same."""
    found = shelf("nowhere-at-all")
    assert list(found.stories) == list(SHIPPED)
    assert "nowhere-at-all" in found.mistakes[0]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("schema = 1", "", "`schema = 1` is missing"),
        ('nl = "Kort"', 'de = "Kurz"', "title"),
        ('show = "indicator"', 'show = "film"', "words, indicator, chain, customer, bars"),
        ('kind = "direction"', 'kind = "dream"', "end, direction, which"),
        ('expects = "higher"', 'expects = "better"', "higher, lower, same"),
        ("known = 4", 'measure = "mood"', "satisfaction"),
        ("known = 4", "known = 31", "within the 30 weeks"),
        ("known = 4", 'what_ifs = ["worse"]', "better"),
        ('"building_blocks.operations" = 0.9', '"building_blocks.operations" = 9', "what-if 'better'"),
        ("active = 60", "active = -1", "organisation"),
        ('id = "better"', 'id = "baseline"', "is taken"),
        ('show = "indicator"', 'show = "chain"', "predict"),
        ('show = "indicator"', 'show = "customer"\nmoments = 2', "unknown key"),
    ],
)
def test_a_trainers_mistake_is_said_in_words(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """Each names the file, and what is allowed or where it went wrong."""
    assert right in LEAST
    with pytest.raises(Mistake) as caught:
        read_story(written(tmp_path, LEAST.replace(right, wrong, 1)))
    assert said in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_what_can_end_highest() -> None:
    """Lines are held against the baseline, bars against each other, added gains against the rest."""
    story = SHIPPED["change"]
    ids = [one.id for one in story.what_ifs]
    assert options_of(story.steps[1], ids) == ("baseline", "top_down", "bottom_up", "combined")
    assert options_of(SHIPPED["nine"].steps[2], []) == ("added", "together")
    assert options_of(SHIPPED["autonomy"].steps[4], []) == ("novices_free", "experts_free")


def test_the_page_about_stories_names_every_key_and_its_example_can_be_told(tmp_path: Path) -> None:
    """Who writes a story finds each key explained, and begins with one that works."""
    page = (Path(__file__).parents[2] / "docs" / "present.md").read_text(encoding="utf-8")
    names = {
        name for table in (Story, Organisation, WhatIf, Strengthen, Step, Prediction) for name in table.model_fields
    }
    assert {name for name in names - {"format"} if f"`{name}`" not in page} == set()
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert read_story(written(tmp_path, example)).title.nl == "Drukke tijden"


def test_a_story_never_changes() -> None:
    """Two shows of one story cannot disturb each other."""
    with pytest.raises(ValueError, match="frozen"):
        Story.__setattr__(SHIPPED["chain"], "minutes", 3)

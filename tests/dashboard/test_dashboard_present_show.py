"""The show: what comes out of the worlds is what the screen says, the same whenever it is shown."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import reacton
import solara
from hypothesis import given
from hypothesis import strategies as st

from effectchain.dashboard.present.charting import chart, time_axis
from effectchain.dashboard.present.curves import answer_of, middle, way_of
from effectchain.dashboard.present.library import Shelf, read_story, shelf
from effectchain.dashboard.present.living import Found, Rehearsal, acts_of
from effectchain.dashboard.present.measures import MEASURES, smoothed
from effectchain.dashboard.present.page import _lived, acted
from effectchain.dashboard.present.picture import drawing, list_picture, notes_picture, room, step_picture
from effectchain.dashboard.present.playing import Play
from effectchain.dashboard.present.scales import apart, scale_of
from effectchain.dashboard.present.sentences import age
from effectchain.dashboard.present.story import Story
from effectchain.dashboard.words import words_of
from results.indicators import INDICATORS
from results.statistics import Interval
from tests.dashboard.test_dashboard_present_stories import LEAST, written

EN, NL = words_of("present", "en"), words_of("present", "nl")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A story that is lived in a moment."""
    return read_story(written(tmp_path_factory.mktemp("stories"), LEAST))


@pytest.fixture(scope="module")
def found(story: Story) -> Found:
    """What came of its worlds."""
    return lived(story)


def lived(story: Story) -> Found:
    """What comes of a story's worlds."""
    rehearsal = Rehearsal(story, lambda: None)
    rehearsal.live()
    return rehearsal.found


def worlds_of(values: Mapping[str, float], indicator: str = "satisfaction", weeks: int = 30) -> Found:
    """Four made-up worlds in which each scenario lies flat on its value, a little apart between worlds."""
    columns: dict[str, Any] = {
        "replication": np.repeat(np.arange(4, dtype="i4"), weeks),
        "week": np.tile(np.arange(1, weeks + 1, dtype="i4"), 4),
    }
    tables = {
        key: pa.table({**columns, indicator: np.repeat(value + 0.001 * np.arange(4) * value, weeks)})
        for key, value in values.items()
    }
    return Found(4, 4, 1.0, tables)


def test_the_same_seed_gives_the_same_show(story: Story, found: Found) -> None:
    """To the last figure on the screen, in both languages."""
    again = lived(story)
    play = Play("mine").uncovered()
    for language in ("en", "nl"):
        assert step_picture(play, story, found, language) == step_picture(play, story, again, language)
        assert drawing(play, story, found, language) == drawing(play, story, again, language)


def test_worlds_are_kept_for_a_visit_however_often_the_story_is_read(story: Story, found: Found) -> None:
    """The shelf is read anew with each visit of the page; the same file's story is the same, and no other is."""
    other = story.model_copy(update={"seed": story.seed + 1})
    kept = {story.model_dump_json(): found}
    assert found == seen_first(story.model_copy(), kept)
    assert found != seen_first(other, kept)


def seen_first(story: Story, kept: dict[str, Found]) -> Found:
    """What the page knows of a story's worlds once it is there."""
    seen: list[Found] = []

    def asking() -> solara.Element:
        seen.append(_lived(story, kept))
        return solara.v.Html(tag="i")

    component: Any = reacton.component
    _, context = reacton.render(component(asking)(), handle_error=False)
    close: Any = context.close
    close()
    return seen[-1]


def test_what_nobody_foresaw_is_told_too() -> None:
    """A show that waits for ever for worlds that never come would be worse than a sentence."""
    rehearsal = Rehearsal(Story.model_construct(seed=1, weeks=30, worlds=4), lambda: None)
    rehearsal.live()
    assert rehearsal.found.is_done
    assert "organisation" in str(rehearsal.found.trouble)


def test_all_worlds_are_lived_and_progress_is_told(story: Story) -> None:
    """The last news is that all is done."""
    news: list[Found] = []
    rehearsal = Rehearsal(story, lambda: news.append(rehearsal.found))
    rehearsal.live()
    assert news[-1].is_done
    assert news[-1].worlds == 2
    assert news[-1].share == pytest.approx(1.0)
    assert set(news[-1].weekly) == {"baseline", "better"}


def test_a_show_that_is_left_stops_living(story: Story) -> None:
    """Nothing is told any more."""
    news: list[Found] = []
    rehearsal = Rehearsal(story, lambda: news.append(rehearsal.found))
    rehearsal.end()
    rehearsal.live()
    assert news == []
    assert not rehearsal.found.is_done


def test_worlds_that_cannot_be_lived_become_a_sentence(story: Story) -> None:
    """The screen says so and goes on."""
    wrong = story.model_copy(update={"weeks": 10**9})
    trouble = lived(wrong)
    assert trouble.is_done
    assert trouble.trouble
    assert "mine" not in step_picture(Play("mine"), wrong, trouble, "en")["running"]
    assert step_picture(Play("mine"), wrong, trouble, "nl")["running"].startswith("Het model kon dit verhaal")


def test_what_the_first_step_shows_is_lived_first() -> None:
    """Of many what-ifs those of the first step with lines, with what they stand beside; the rest follows."""
    nine = acts_of(shelf().stories["nine"])
    assert nine[0] == ("baseline", "one_leadership", "one_processes", "spread")
    assert "loose_together" in nine[1]
    assert acts_of(shelf().stories["autonomy"])[0] == ("baseline", "novices_free")


@pytest.mark.parametrize(("better", "key"), [(0.8, "higher"), (0.6, "lower")])
def test_the_run_says_what_came_out_and_whether_the_story_expected_it(story: Story, better: float, key: str) -> None:
    """A story never hides that the model shows something else."""
    found = worlds_of({"baseline": 0.7, "better": better})
    answer = answer_of(story.steps[0], story, found)
    assert answer is not None
    as_expected = key == "higher"
    assert (key, as_expected) == (answer.key, answer.as_expected)
    assert 1.0 + 9.0 * better * 1.0015 == pytest.approx(answer.value)
    said = step_picture(Play("mine").uncovered(), story, found, "en")["outcome"]
    assert (not as_expected) == ("Other than the story expected" in said.get("story", ""))


def test_alike_worlds_make_no_difference(story: Story) -> None:
    """Where the interval holds zero, there is no higher or lower."""
    answer = answer_of(story.steps[0], story, worlds_of({"baseline": 0.7, "better": 0.7}))
    assert answer is not None
    assert answer.key == "same"
    assert way_of(Interval(0.1, -0.1, 0.3, 9, 0.95)) == "same"


def test_numbers_on_screen_are_those_of_the_run(story: Story) -> None:
    """The end of each line and the sentence are written from the same worlds, in the reader's language."""
    found = worlds_of({"baseline": 0.7, "better": 0.8})
    drawn = chart(story.steps[0], story, found, NL, "nl")
    assert drawn is not None
    assert ["7,3", "8,2"] == [line["end"] for line in drawn["lines"]]
    assert [True, False] == [line["is_baseline"] for line in drawn["lines"]]
    said = step_picture(Play("mine").uncovered(), story, found, "nl")["outcome"]["model"]
    assert "8,2" in said
    assert "7,3" in said
    assert "hoger" in said


def test_different_values_never_read_alike() -> None:
    """7.17 and 7.21 are written with a decimal more than usual; where that is not needed, as usual."""
    satisfaction = MEASURES["satisfaction"].indicator
    assert ["7,17", "7,21"] == apart([7.17, 7.21], satisfaction, "nl")
    assert ["7,1", "7,3"] == apart([7.1, 7.3], satisfaction, "nl")
    assert ["82.1%", "82.4%"] == apart([0.821, 0.824], INDICATORS["loyalty"], "en")


def test_the_room_is_told_how_far_it_was_off() -> None:
    """The middle of all guesses, and the gap in the measure's own words."""
    story = shelf().stories["change"]
    play = Play("change").at(2, 6).guessed(0.4).guessed(0.9).guessed(0.5)
    found = worlds_of({"baseline": 0.0, "top_down": 0.3}, "adoption", 156)
    said = step_picture(play.uncovered(), story, found, "en")["outcome"]["room"]
    assert said == "The room (middle of 3) thought 50%: 20.0\N{NO-BREAK SPACE}points too high."
    assert room(play, story, "nl")["middle_text"] == "midden: 50%"
    assert room(play, story, "nl")["count"] == "3 schattingen"


def test_votes_are_counted_for_what_came_out(story: Story) -> None:
    """So many of so many."""
    found = worlds_of({"baseline": 0.7, "better": 0.8})
    play = Play("mine").picked("higher").picked("lower").picked("higher")
    assert step_picture(play, story, found, "nl")["outcome"]["room"] == "In de zaal dachten 2 van de 3 dat."
    assert [2, 0, 1] == [choice["count"] for choice in room(play, story, "en")["choices"]]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_the_middle_lies_among_the_guesses(guesses: list[float]) -> None:
    """And there is none without guesses."""
    found = middle(guesses)
    assert found is not None
    assert min(guesses) <= found <= max(guesses)
    assert middle([]) is None


@given(
    st.sampled_from(sorted(set(MEASURES) - {"failures_above"})),
    st.floats(0.01, 0.99),
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5),
    st.sampled_from(["wide", "narrow"]),
)
def test_an_axis_holds_all_that_is_drawn(measure: str, backdrop: float, values: list[float], room: str) -> None:
    """Round ticks from end to end, and guesses on places from end to end, in rising order."""
    found = MEASURES[measure]
    add, times = found.scale
    placed = [add + times * value for value in (backdrop, *values)]
    scale = scale_of(measure, placed[0], placed, wide=room == "wide")
    assert scale.low <= min(placed) + 1e-9
    assert max(placed) - 1e-9 <= scale.high
    assert 2 <= len(scale.ticks) <= 12
    assert 20 <= len(scale.grid) <= 200
    assert (scale.grid[0], scale.grid[-1]) == pytest.approx((scale.low, scale.high))
    assert all(np.diff(scale.grid) > 0)


def test_a_scale_for_drawing_gives_nothing_away() -> None:
    """A small effect has as much room below the baseline as above it."""
    scale = scale_of("nps", 10.0, [10.0, 12.0], wide=True)
    assert 10.0 - scale.low == pytest.approx(scale.high - 10.0, abs=10.0)
    assert scale.high >= 40.0


def test_each_point_is_the_mean_of_those_before() -> None:
    """A week without a value takes the last mean; nothing comes from the future."""
    lines = np.array([[1.0, 3.0, np.nan, np.nan, np.nan, 5.0]])
    assert [[1.0, 2.0, 3.0, 3.0, 3.0, 5.0]] == smoothed(lines, 2).tolist()
    assert [[np.nan, np.nan]] != smoothed(np.array([[np.nan, 4.0]]), 2).tolist()


@pytest.mark.parametrize(
    ("weeks", "en", "nl"),
    [
        (52, "1 year", "1 jaar"),
        (130, "2½ years", "2½ jaar"),
        (39, "9 months", "9 maanden"),
        (17, "17 weeks", "17 weken"),
    ],
)
def test_times_are_said_as_people_say_them(weeks: int, en: str, nl: str) -> None:
    """In years where that is whole or a half."""
    assert (en, nl) == (age(weeks, EN), age(weeks, NL))
    assert time_axis(156, NL)[-1] == {"week": 156, "label": "3 jaar"}


def test_what_is_done_on_the_screen_changes_the_show(story: Story) -> None:
    """And what cannot be changes nothing."""
    own = Shelf({"mine": story}, ())
    play = acted(Play(), {"do": "open", "value": "mine"}, own)
    assert play.story == "mine"
    assert acted(play, {"do": "pick", "value": "higher"}, own).picks == {0: ("higher",)}
    assert acted(play, {"do": "show"}, own).is_shown
    for nonsense in ({"do": "guess", "value": 3}, {"do": "go", "value": "x"}, {"do": "dance"}, {}):
        assert acted(play, nonsense, own) == play
    assert acted(play, {"do": "open", "value": "none"}, own).story is None
    assert acted(Play(), {"do": "show"}, own) == Play()


def test_a_guess_can_be_taken_back_and_an_outcome_covered_again() -> None:
    """Steps keep their own; none goes beyond the story."""
    play = Play("mine").guessed(1.0).guessed(2.0).uncovered()
    assert play.taken_back().guesses == {0: (1.0,)}
    assert not play.covered().is_shown
    assert play.at(7, 3).step == 2
    assert play.at(-1, 3).step == 0
    assert play.at(1, 3).is_shown is False
    assert play.at(1, 3).at(0, 3).is_shown


def test_pictures_are_plain_data_and_keep_notes_off_the_screen() -> None:
    """What the room's screen gets holds no word of the notes; both are JSON without NaN."""
    found_shelf = shelf()
    for name, story in found_shelf.stories.items():
        for language in ("en", "nl"):
            for step in range(len(story.steps)):
                play = Play(name).at(step, len(story.steps))
                parts = step_picture(play, story, Found(), language), drawing(play, story, Found(), language)
                screen = json.dumps([parts, room(play, story, language)], allow_nan=False)
                note = story.steps[step].note
                assert note is None or json.dumps(note.nl[:60])[1:-1] not in screen
            assert len(notes_picture(found_shelf, language)["notes"][name]) == len(story.steps)
    assert [story["name"] for story in list_picture(found_shelf, "nl")["stories"]] == list(found_shelf.stories)


def test_nothing_is_drawn_before_there_are_worlds(story: Story, found: Found) -> None:
    """Then the screen says how far the model is; with all worlds it says which these are."""
    play = Play("mine")
    waiting = step_picture(play, story, Found(of=2, share=0.25), "nl")
    assert waiting["running"] == "Het model rekent: 25%"
    assert drawing(play, story, Found(), "nl")["chart"] is None
    ready = step_picture(play, story, found, "nl")
    assert (ready["running"], ready["worlds"]) == ("", "Een winkel · 2 werelden · zaad 1")
    assert (
        step_picture(play, story, replace(found, worlds=1), "nl")["running"] == "1 van 2 werelden, wordt nog scherper"
    )


def test_a_mistaken_story_is_told_in_the_list(tmp_path: Path) -> None:
    """User text stays text, on one line."""
    written(tmp_path, "schema = 1\ntitle = 3\n", "bad.toml")
    found = list_picture(shelf(tmp_path), "en", wrong="<b>x</b>\n")
    assert "bad.toml" in found["mistakes"][0]
    assert found["wrong"] == "There is no story '<b>x</b>'."

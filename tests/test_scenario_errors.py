"""How a user's mistake is put into words."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import LONGEST_ECHO, Mistake, Mistakes, did_you_mean, shown, visible


def test_all_parts_stand_in_one_sentence() -> None:
    """Where, what, what to do and what is allowed, in that order."""
    mistake = Mistake("unknown key", "hotel.toml, line 12, organisation.employes", "employees, leaders", "look again")

    assert "hotel.toml, line 12, organisation.employes: unknown key; look again. Allowed: employees, leaders" == str(
        mistake
    )


def test_a_question_ends_with_its_own_mark() -> None:
    """No full stop behind a question mark."""
    assert "x; did you mean 'y'? Allowed: y" == str(Mistake("x", allowed="y", hint="did you mean 'y'?"))


def test_what_alone_is_enough() -> None:
    """Nothing is added for parts that are not given."""
    assert "the line is missing" == str(Mistake("the line is missing"))


def test_of_many_mistakes_eight_are_listed() -> None:
    """A page of mistakes is no clear answer."""
    lines = str(Mistakes(10, [Mistake(f"wrong {number}") for number in range(10)])).split("\n")

    assert ["10 mistakes:", *(f"wrong {number}" for number in range(8)), "and 2 more"] == lines


def test_mistakes_travel_between_processes() -> None:
    """A worker's mistake reaches the user in the same words."""
    for mistake in (Mistake("a", "b", "c", "d"), Mistakes(9, [Mistake("a"), Mistake("b")])):
        assert str(mistake) == str(pickle.loads(pickle.dumps(mistake)))  # noqa: S301 our own bytes


def test_the_nearest_word_is_proposed() -> None:
    """A near word is asked for; a far one isn't guessed at."""
    assert "did you mean 'leadership'?" == did_you_mean("leadershp", ["leadership", "culture"])
    assert "did you mean 'culture'?" == did_you_mean("Culture", ["leadership", "culture"])
    assert "" == did_you_mean("x" * 1_000_000, ["leadership", "culture"])


def test_values_are_shown_as_in_the_file() -> None:
    """Texts quoted, true and false as TOML writes them, tables and arrays not repeated."""
    assert ["'a'", "true", "-5", "nan", "a list", "a table"] == [
        shown(value) for value in ("a", True, -5, float("nan"), [1], {"a": 1})
    ]


def test_a_number_of_very_many_digits_is_not_written_out() -> None:
    """Python refuses to write such numbers at all."""
    assert "a number of too many digits" == shown(10**5000)


@given(st.text(st.characters(), max_size=200))
def test_what_is_echoed_is_short_and_shows_all_its_signs(text: str) -> None:
    """No control character, direction mark or lone surrogate reaches the terminal."""
    echo = shown(text)

    assert echo.isprintable() or visible(echo) == echo
    assert not set(echo) & set("\0\r\n\x1b\u202e\u2066\u200f")
    assert echo.encode()
    assert len(echo) <= 6 * LONGEST_ECHO + 2


def test_direction_marks_are_written_out() -> None:
    """A text that would read backwards is shown for what it is."""
    assert r"a\u202eb\x00" == visible("a\u202eb\0")

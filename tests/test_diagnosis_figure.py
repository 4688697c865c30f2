"""The picture of a self-diagnosis shows what it is given, and nothing twice or by colour alone."""

from collections.abc import Sequence
from threading import Thread
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.figures.charts import styled
from results.figures.diagnosis import BlockDots, Captions, diagnosis_figure, picture

CAPTIONS = Captions("title", "subtitle", "designed", "lived", "small", "large", "maturity", "by role", "no proof", ",")


def block(name: str, designed: float | None, lived: float | None, by_role: Sequence[float | None] = ()) -> BlockDots:
    """A block that two respondents see alike."""
    each_designed, each_lived = ([] if value is None else [value, value] for value in (designed, lived))
    return BlockDots(name, designed, lived, each_designed, each_lived, "" if each_designed else "too few", by_role)


def texts(axes: Axes) -> list[str]:
    """What is written in and beside the axes."""
    return [text.get_text() for text in axes.texts]


def large_dots(axes: Axes) -> list[tuple[float, float]]:
    """Where the means stand: maturity, and the row that they belong to."""
    large: list[Any] = [dots for dots in axes.collections if any(size == 95 for size in dots.get_sizes())]  # type: ignore[attr-defined]
    return [(float(x), round(float(y))) for dots in large for x, y in dots.get_offsets()]


def drawn(roles: int = 0) -> Figure:
    """Two blocks with scores, one without, seen by this many roles."""
    seen = [0.5] * roles
    blocks = [block("one", 0.8, 0.4, seen), block("two", 0.3, 0.35, seen), block("three", None, None, [None] * roles)]
    return diagnosis_figure(blocks, CAPTIONS, [f"role {number}" for number in range(roles)])


def test_means_stand_in_their_rows_and_in_numbers() -> None:
    """Designed and lived per block, drawn and written, with the reader's decimal sign."""
    (axes,) = drawn().axes

    assert [(0.8, 0), (0.4, 0), (0.3, 1), (0.35, 1)] == large_dots(axes)
    assert {"0,80", "0,40", "0,30", "0,35"} <= set(texts(axes))
    assert ["one", "two", "three"] == [label.get_text() for label in axes.get_yticklabels()]


def test_a_block_without_score_says_so() -> None:
    """No dot and no number, but words."""
    (axes,) = drawn().axes

    assert "too few" in texts(axes)
    assert 2 == texts(axes).count("-")


@pytest.mark.parametrize(("roles", "panels"), [(0, 1), (1, 1), (2, 2), (5, 2), (6, 1)])
def test_roles_have_a_panel_when_there_are_two_to_five(roles: int, panels: int) -> None:
    """One role is everybody; more than five could not be told apart."""
    assert panels == len(drawn(roles).axes)


def test_each_role_has_a_shape_of_its_own() -> None:
    """Who sees no colours still sees who is who."""
    panel = next(axes for axes in drawn(5).axes if not axes.get_xlabel())
    shapes = {np.asarray(dots.get_paths()[0].vertices).tobytes() for dots in panel.collections}

    assert 5 == len(shapes)


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_same_figure_is_the_same_file(kind: Any, start: bytes) -> None:
    """No date and no chance in it, so that unchanged results stay unchanged."""
    first = picture(drawn(2), kind)

    assert first.startswith(start)
    assert first == picture(drawn(2), kind)


def test_no_settings_but_ours_reach_the_picture() -> None:
    """Neither those of a notebook, nor those of another thread that draws: the picture waits for its turn."""
    usual = picture(drawn(2), "png")
    with mpl.rc_context({"font.family": "serif", "axes.labelsize": 30, "savefig.facecolor": "red"}):
        assert usual == picture(drawn(2), "png")

    found: list[bytes] = []
    other = Thread(target=lambda: found.append(picture(drawn(2), "png")))
    with styled():
        other.start()
        other.join(0.3)
        assert not found
    other.join(30)
    assert [usual] == found

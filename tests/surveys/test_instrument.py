"""Instruments: those that come along are sound, and mistakes in one's own are answered with what was perhaps meant."""

from math import sqrt
from pathlib import Path

import pytest

from experiments.surveys.instrument import instrument_names, load_instrument, parse_instrument
from results.surveys.real import real_samples
from scenarios.errors import Mistake

GOOD = """
schema = 1
name = "own"
asks = "customers"
scale = { low = 1, high = 7 }
[[constructs]]
name = "satisfaction"
reads = "satisfaction"
items = [{ name = "S1", error = 0.5 }, { name = "S2" }]
"""


def test_instruments_that_come_along_can_be_loaded() -> None:
    """Each is found by its name, has a title in both languages, and says where its numbers come from."""
    assert ("ecsi", "employees", "enps", "nps") == instrument_names()
    for name in instrument_names():
        found = load_instrument(name)
        assert name == found.name
        assert found.title("en") != found.title("nl")
        assert all(one.source and one.title_en and one.title_nl for one in found.form.constructs)
        assert all(item.text_en and item.text_nl for one in found.form.constructs for item in one.items)


def test_the_ecsi_instrument_has_the_constructs_and_items_of_the_sample() -> None:
    """Same names, same number of items, so that the figures are of the same things."""
    found, sample = load_instrument("ecsi"), real_samples()["ecsi"].sample

    assert set(sample.items) == set(found.items)
    assert set(sample.constructs) == set(found.scores)


@pytest.mark.parametrize("construct", ["expectation", "quality", "value", "satisfaction", "image"])
def test_error_of_measurement_is_that_of_the_real_items(construct: str) -> None:
    """Error of an item is its standard deviation times the root of what alpha says that items do not share."""
    form, sample = load_instrument("ecsi").form, real_samples()["ecsi"].sample
    (asked,) = [one for one in form.constructs if one.name == construct]
    alpha, items = sample.constructs[construct].alpha, len(asked.items)
    shared = alpha / (items - (items - 1) * alpha)  # Spearman-Brown, turned round
    own = sqrt(1.0 - shared)

    for item in asked.items:
        assert item.error == pytest.approx(sample.items[item.name].sd * own, abs=0.006)


def test_no_cell_has_a_parameter_of_its_own() -> None:
    """Constructs have at most loading, shift, specific part and style: none of these is of a pair of constructs."""
    form = load_instrument("ecsi").form
    assert {"loading", "around", "shift", "specific", "style"} == {
        name for name, field in type(form.constructs[0]).model_fields.items() if field.annotation is float
    }


def test_a_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    """Its name is that of the file where it gives none."""
    path = tmp_path / "Our questions.toml"
    path.write_text(GOOD.replace('name = "own"\n', ""), encoding="utf-8")

    assert "our-questions" == load_instrument(path).name


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        ("reads =", "reeds =", "did you mean 'reads'"),
        ("error = 0.5", "eror = 0.5", "did you mean 'error'"),
        ('reads = "satisfaction"', 'reads = "satisfction"', "did you mean 'satisfaction'"),
        ('asks = "customers"', 'asks = "costumers"', "did you mean 'customers'"),
        ('asks = "customers"', 'asks = "employees"', "employees have no such state"),
        ('asks = "customers"', 'asks = "customers"\nreal = "ecsy"', "did you mean 'ecsi'"),
        ('asks = "customers"', 'asks = "customers"\nnet = ["S3"]', "there is no such item"),
        (
            'asks = "customers"',
            'asks = "customers"\nnet = ["S1"]',
            "'S1' has a scale up to 7; a net score needs one up to 10",
        ),
        ('"S2"', '"S1"', "the name of two items"),
        ('"S2"', '"week"', "column of the table of answers"),
        ("high = 7", "high = 1", "must be above low"),
        ("error = 0.5", "error = -0.5", "0 to 100"),
        ("schema = 1", "schema = 2", "schema"),
        ("[[constructs]]", "[response]\nrate = 0\n[[constructs]]", "0.001 to 1"),
        ("[[constructs]]", '[response]\nreads = "norm"\n[[constructs]]', "customers have no such state"),
    ],
)
def test_mistakes_are_told_with_their_place(wrong: str, instead: str, said: str) -> None:
    """What is wrong, in which line, and what was perhaps meant."""
    text = GOOD.replace(wrong, instead, 1)
    with pytest.raises(Mistake, match=said) as mistake:
        parse_instrument(text, "own.toml")
    assert "own.toml" in str(mistake.value)


def test_an_unknown_instrument_is_answered_with_the_nearest() -> None:
    """A name without dot or slash is one that comes along."""
    with pytest.raises(Mistake, match="did you mean 'employees'"):
        load_instrument("employes")
    with pytest.raises(Mistake, match="cannot be read"):
        load_instrument("./employes.toml")

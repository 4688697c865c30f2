"""Every behaviour parameter can be read in Dutch: on the dashboard's pages and in what one takes along."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from agents.registry import PARAMETERS
from effectchain.dashboard.strategist.assuming import assuming
from experiments.meanings import meaning, plain, unit
from experiments.writing import assumptions
from scenarios.loading import load

TABLE = tomllib.loads(files("experiments").joinpath("parameters.nl.toml").read_text(encoding="utf-8"))
ENGLISH = {"the", "how", "what", "which", "without", "adds", "takes", "share", "from", "at", "by", "to", "and"}


def test_every_parameter_has_a_dutch_meaning_and_none_is_left_over() -> None:
    """The Dutch table names the registry's parameters in the registry's order, under the same files of rules."""
    named = [(section, name) for section, rows in TABLE.items() if section != "units" for name in rows]

    assert [(one.section, one.name) for one in PARAMETERS.values()] == named
    assert {one.unit for one in PARAMETERS.values()} == set(TABLE["units"])


def test_each_meaning_tells_by_itself_what_it_is_about() -> None:
    """No two Dutch meanings are alike, since a reader finds each alone; none is empty, ends in a stop or is English."""
    said = Counter(meaning(name, "nl") for name in PARAMETERS)

    assert [] == [text for text, times in said.items() if times > 1 or len(text) < 12 or text.endswith(".")]
    assert [] == [text for text in said if ENGLISH & set(text.lower().split())]
    assert [] == [name for name in PARAMETERS if meaning(name, "nl") == meaning(name, "en")]


def test_blocks_are_named_alike_in_both_languages() -> None:
    """Where the registry names a building block by number, the Dutch meaning names the same one."""
    english = {name: {word for word in "123456789" if f"block {word}" in meaning(name, "en")} for name in PARAMETERS}
    dutch = {name: {word for word in "123456789" if f"bouwsteen {word}" in meaning(name, "nl")} for name in PARAMETERS}

    assert [] == [name for name in PARAMETERS if english[name] - dutch[name]]


def test_english_is_the_registry() -> None:
    """In English a meaning and a unit are those of the registry; a name that isn't there is a mistake of ours."""
    assert PARAMETERS["churn_base"].meaning == meaning("churn_base", "en")
    assert PARAMETERS["churn_base"].unit == unit("churn_base", "en")
    with pytest.raises(KeyError):
        meaning("gravity", "nl")


def test_values_have_their_own_decimals() -> None:
    """A value keeps the decimals that it has, with the language's separator."""
    assert ("0.0034", "0,0034", "52") == (plain(0.0034, "en"), plain(0.0034, "nl"), plain(52.0, "nl"))
    assert ("0.00005", "2,000,000") == (plain(0.00005, "en"), plain(2e6, "en"))


def test_assumptions_on_the_page_are_in_its_language() -> None:
    """The Dutch page shows Dutch meanings and units, and finds words of both languages."""
    base = load("hotel")
    rows = {row["name"]: row for row in assuming(base, {}, "emotionele band vervaagt", "nl")["rows"]}

    assert ["bond_half_life"] == list(rows)
    assert ("hoe traag de emotionele band vervaagt", "weken") == (
        rows["bond_half_life"]["meaning"],
        rows["bond_half_life"]["unit"],
    )
    assert "bond_half_life" in [row["name"] for row in assuming(base, {}, "how slowly the bond fades", "nl")["rows"]]


def test_a_dutch_report_tells_changed_assumptions_in_dutch() -> None:
    """Assumptions that a scenario changes stand in a report with their meaning in its language."""
    changed = load("hotel").with_({"behaviour.bond_half_life": 30.5})

    assert "bond_half_life = 30,5 (weken): hoe traag de emotionele band vervaagt" in [
        one["text"] for one in assumptions(changed, "nl")
    ]
    assert "bond_half_life = 30.5 (weeks): how slowly the bond fades" in [
        one["text"] for one in assumptions(changed, "en")
    ]

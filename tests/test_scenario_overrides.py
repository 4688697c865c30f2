"""`--set path=value` on the command line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.registry import PARAMETERS
from scenarios.errors import Mistake
from scenarios.overrides import overridden, parse_setting
from scenarios.scenario import Scenario


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        ("organisation.employees=80", ("organisation.employees", 80)),
        (" weeks = 8 ", ("weeks", 8)),
        ("building_blocks.leadership=0.7", ("building_blocks.leadership", 0.7)),
        ("building_blocks.leadership={ designed = 0.7 }", ("building_blocks.leadership", {"designed": 0.7})),
        ("organisation.sector=nonprofit", ("organisation.sector", "nonprofit")),
        ('organisation.sector="nonprofit"', ("organisation.sector", "nonprofit")),
        ("organisation.elastic_staffing=false", ("organisation.elastic_staffing", False)),
        ("expected.nps=[1, 2]", ("expected.nps", [1, 2])),
        ("about.title_en=a = b", ("about.title_en", "a = b")),
        ("weeks=1\nschema=2", ("weeks", "1\nschema=2")),
        ("weeks=", ("weeks", "")),
    ],
)
def test_a_value_is_read_as_in_a_file(setting: str, read: tuple[str, object]) -> None:
    """What is no TOML is a text, so that choices need no quotes; no value can bring in another key."""
    assert read == parse_setting(setting)


def test_all_settings_are_made_together() -> None:
    """Values that only go together can be set one by one; of two for one path the later counts."""
    after = overridden(
        Scenario().strengthen("culture", to=0.8),
        ["organisation.employees=3", "organisation.leaders=2", "interventions.0.start=10", "weeks=9", "weeks=10"],
    )

    assert (3, 2, 10, 10) == (
        after.organisation.employees,
        after.organisation.leaders,
        after.interventions[0].start,
        after.weeks,
    )


def test_settings_are_made_in_their_order() -> None:
    """Also where one is about a whole table and the other about a key in it."""
    whole = "organisation={ employees = 70 }"

    assert (
        90
        == overridden(
            Scenario(), ["organisation.employees=80", whole, "organisation.employees=90"]
        ).organisation.employees
    )
    assert 70 == overridden(Scenario(), ["organisation.employees=90", whole]).organisation.employees


def test_no_settings_change_nothing() -> None:
    """An empty list is the scenario itself."""
    assert Scenario() == overridden(Scenario(), [])


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("behaviour.nosuch=1", "behaviour.nosuch: unknown key"),
        (f"behaviour.{next(iter(PARAMETERS))}=1e99", "must be a number from"),
        ("weeks=-3", "weeks = -3: must be a whole number from 1 to 5200 (weeks"),
        ("building_blocks.culture=0,7", "building_blocks.culture = '0,7': must be a number from 0 to 1 or a table"),
        ("organisation.sector=nonproft", "did you mean 'nonprofit'?"),
        ("weeks", "--set 'weeks': is no setting. Allowed: path=value"),
        ("=3", "--set '=3': is no setting"),
        ("weeks=" + "[" * 9000, "weeks = '[[[["),
        ("weeks=" + "1" * 90_000, "is no setting"),
        ("weeks=" + "1" * 9000, "weeks = '1111"),
    ],
)
def test_a_wrong_setting_is_a_mistake(setting: str, told: str) -> None:
    """In the words of a wrong file."""
    with pytest.raises(Mistake) as caught:
        overridden(Scenario(), [setting])

    assert told in str(caught.value)


@given(st.text(), st.sampled_from(["weeks=", "behaviour.", "customers.segments.", ""]))
def test_any_text_is_a_setting_or_a_mistake(text: str, start: str) -> None:
    """Never another error."""
    with suppress(Mistake):
        overridden(Scenario(), [start + text])

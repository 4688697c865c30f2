"""What people call keys of scenario files, and the words that these take."""

import pytest

from experiments.naming import factor_name, value_name
from scenarios.intervention import Intervention
from scenarios.scenario import Scenario
from scenarios.shock import Shock

ANY = Scenario(name="any", weeks=1)


@pytest.mark.parametrize(
    ("path", "english", "dutch"),
    [
        ("interventions.0.start", "Intervention 1: start week", "Interventie 1: beginweek"),
        ("building_blocks.leadership", "Leadership", "Leiderschap"),
        ("building_blocks.culture.lived", "Culture (lived)", "Cultuur (geleefd)"),
        ("customers.segments.1.visits", "Customers segment 2: visits a week", "Klanten segment 2: bezoeken per week"),
        (
            "behaviour.quit_base",
            "Assumption: quit base",
            "Aanname: wekelijkse vertrekkans van een gemiddelde medewerker",
        ),
        ("weeks", "Weeks", "Weken"),
        ("of.no.scenario", "of no: scenario", "of no: scenario"),
    ],
)
def test_a_factor_has_a_name_for_people(path: str, english: str, dutch: str) -> None:
    """Tables, places and keys as people say them; what nobody named keeps its own words."""
    assert (english, dutch) == (factor_name(path, "en"), factor_name(path, "nl"))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_key_of_a_scenario_is_named_in_both_languages(language: str) -> None:
    """No key below organisation, customers, money, market, programme, interventions or shocks is told as a path."""
    paths = [f"interventions.0.{key}" for key in Intervention.model_fields]
    paths += [f"shocks.0.{key}" for key in Shock.model_fields]
    for table in ("organisation", "customers", "economics", "market", "programme"):
        fields = type(getattr(ANY, table)).model_fields
        paths += [f"{table}.{key}" for key in fields if key != "segments"]

    named = [factor_name(path, language) for path in paths]
    assert not [name for name in named if "_" in name or "." in name]
    assert len(set(named)) == len(paths)


def test_values_that_are_words_are_said_as_people_do() -> None:
    """And any other stays as it is; of a change both ends are said."""
    assert "van bovenaf" == value_name("top_down", "nl")
    assert "top-down → both ways" == value_name("top_down → combined", "en")
    assert "0,2 → -0,8" == value_name("0.2 → -0.8", "nl")
    assert "42" == value_name("42", "en")

"""The patterns: what each declares, and that one turns red once its mechanism is off."""

import re
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from agents.registry import PARAMETERS, mechanisms
from experiments.validation.encounters import YEAR, left_within, standardised
from experiments.validation.living import lives_of
from experiments.validation.organisations import competence_of
from experiments.validation.patterns.complementarity import BALANCED_LEVEL
from experiments.validation.patterns.double_deviation import after
from experiments.validation.patterns.engagement_chain import units_of, within_firms
from experiments.validation.patterns.mediation import partial_correlation
from experiments.validation.registry import PATTERNS, chosen
from experiments.validation.validating import Validation, set_on, validate
from results.validation.terminal import print_validation
from results.validation.words import words
from results.words import LANGUAGES
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

BASE = Scenario.model_validate({"schema": 1})
LISTED = ["1", "2", "3", "6", "7", "8", "9", "11", "12", "14", "15", "16", "17", "18", "20", "21"]
EVIDENCE = (Path(__file__).parent.parent / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_all_patterns_of_the_list_come_first_and_in_order() -> None:
    """The sixteen of docs/evidence.md, then further evidence."""
    listed = [name for name, pattern in PATTERNS.items() if pattern.listed]

    assert LISTED == listed == list(PATTERNS)[: len(LISTED)]
    assert LISTED == re.findall(r"^\| (\d+) \|", EVIDENCE, re.MULTILINE)


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_says_what_it_claims_and_where_that_comes_from(name: str) -> None:
    """Claim in one sentence, criterion and notes in both languages, a known grade, sources with a mark."""
    pattern = PATTERNS[name]
    texts = [text for text in (pattern.claim, pattern.criterion, pattern.note, pattern.why_red) if text]

    assert all(text.en.endswith(".") and text.nl.endswith(".") and text.en != text.nl for text in texts)
    assert 1 == pattern.claim.en.count(". ") + 1
    assert re.fullmatch(r"[ABS](/[ABSU])?(; S)?", pattern.grade)
    assert pattern.sources
    assert {source.mark for source in pattern.sources} <= set("VMUS")


@pytest.mark.parametrize("name", PATTERNS)
def test_sources_are_those_of_the_page_of_evidence(name: str) -> None:
    """A source with a number bears the number, the year and the status that it has on the page."""
    for source in PATTERNS[name].sources:
        found = re.match(r"([ERCD]\d+)[, ]", source.name)
        if found:
            row = next(line for line in EVIDENCE.splitlines() if line.startswith(f"| {found[1]} |"))
            year = re.search(r"\d{4}$", source.name)

            assert re.search(rf"\b{source.mark}\b", row)
            assert year is None or year[0] in row


@pytest.mark.parametrize("name", [name for name, pattern in PATTERNS.items() if pattern.held_out])
def test_what_is_held_out_was_used_nowhere(name: str) -> None:
    """No parameter and no mechanism names its sources, nor says that it was set on it."""
    told = " ".join([*(one.source for one in PARAMETERS.values()), *(one.source for one in mechanisms().values())])

    assert [] == set_on(name)
    for source in PATTERNS[name].sources:
        authors = re.sub(r"^[A-Z]\d+ | \d{4}.*$", "", source.name)
        assert authors not in told


def test_patterns_say_which_parameters_were_set_on_them() -> None:
    """As the registry of parameters says of each."""
    assert "loss_aversion" in set_on("6")
    assert "recovery_gain" in set_on("1")
    assert "recovery_gain" in set_on("3")
    assert "interactional_engagement" in set_on("2")
    assert [] == set_on("15")


@pytest.mark.parametrize("name", PATTERNS)
def test_arms_differ_and_live_under_the_rules_that_were_asked_for(name: str) -> None:
    """No two arms of an experiment are the same, and a changed rule is changed in all of them."""
    changed = BASE.with_({"behaviour": {"treadmill": 0.25}})
    arms = PATTERNS[name].arms(changed)
    said = [(arm.scenario_of(0).digest(), arm.prepare, arm.apart) for arm in arms.values()]

    assert len(said) == len(set(said))
    assert {0.25} == {arm.scenario_of(0).behaviour["treadmill"] for arm in arms.values()}


@pytest.mark.parametrize("name", PATTERNS)
def test_only_rules_that_the_criterion_names_are_set(name: str) -> None:
    """What is held or switched off stands in the criterion: room, competence, style, chi, units that differ."""
    named = {
        "competence_held": "ompetence",
        "autonomy_held": "Room (autonomy) held",
        "style_held": "held at style",
        "alignment_strength": "chi = 0",
        "unit_start": "units",
    }
    for arm in PATTERNS[name].arms(BASE).values():
        for rule in arm.scenario_of(0).behaviour:
            assert named[rule] in PATTERNS[name].criterion.en


def test_patterns_are_chosen_by_number_in_any_writing() -> None:
    """7, P7 and e18 are known; what is not known is named beside what is."""
    assert ["3", "7", "E18"] == [pattern.id for pattern in chosen(["e18", "P7", " 3", "7"])]
    assert list(PATTERNS.values()) == chosen()
    with pytest.raises(Mistake, match=r"no pattern 'E19'. Allowed: 1, 2, 3"):
        chosen(["E19"])


OFF: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "loss aversion": ("6", {"loss_aversion": 1.0}),
    "direction for novices": ("12", {"failure_directed": 0.0, "directed_competence": 0.0}),
    "erosion": ("18", {"erosion_strength": 0.0}),
    "hearsay": ("C16", {"hearsay_bad_stay": 0.8}),
}


@pytest.mark.parametrize("mechanism", OFF)
def test_a_broken_model_turns_the_pattern_red(mechanism: str) -> None:
    """Without the mechanism the pattern is not met: otherwise it wouldn't notice."""
    name, behaviour = OFF[mechanism]
    validation = validate([name], behaviour=behaviour)

    assert "not met" == validation.findings[0].verdict
    assert not validation.all_met


@pytest.fixture(scope="module")
def messages() -> Validation:
    """Evidence C16 on the shipped rules."""
    return validate(["C16"])


def test_a_pattern_is_met_by_the_model_as_it_is(messages: Validation) -> None:
    """Messages: every part is judged, and the numbers stand in a table too."""
    assert messages.all_met
    assert (20, 20) == (messages.findings[0].replications, messages.findings[0].worlds)
    assert messages.parts().num_rows == len(messages.findings[0].parts)


def test_workers_change_no_figure_and_the_seed_changes_all(messages: Validation) -> None:
    """One thread gives the same numbers as two; another seed gives others."""
    again, other = validate(["C16"], workers=1), validate(["C16"], seed=2)

    assert _figures(messages) == _figures(again)
    assert _figures(messages) != _figures(other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_tells_every_part_in_full(messages: Validation, language: str) -> None:
    """Within 80 columns, with its figures and its verdict on one line; too few worlds take the longest words."""
    parts = [replace(part, found=replace(part.found, n=3)) for part in messages.findings[0].parts]
    console = Console(file=StringIO())
    print_validation(
        [replace(messages.findings[0], parts=parts)], replications=3, behaviour={}, language=language, console=console
    )
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]

    assert 80 >= max(map(len, lines))
    for part in parts:
        assert f"  {part.text.told(language)}" in lines
    assert len(parts) == sum(line.endswith(f"  {words(language)['too few to judge']}") for line in lines)


def test_the_report_tells_the_replications_asked_for(messages: Validation, tmp_path: Path) -> None:
    """Not those of its first pattern, which may have been looked at twice; the command keeps every digit."""
    twice = replace(messages.findings[0], replications=40)
    found = replace(messages, findings=[twice, *messages.findings[1:]], behaviour={"hearsay_bad_stay": 0.1234567})
    report = (found.save(tmp_path / "found") / "report.html").read_text(encoding="utf-8")

    assert "20 replications of seed 1" in report
    assert "--set behaviour.hearsay_bad_stay=0.1234567" in report


def test_dutch_labels_have_a_decimal_comma() -> None:
    """Of people whose competence is held."""
    assert ("competence 0.35", "bekwaamheid 0,35") == competence_of(0.35)


def test_a_world_without_anything_to_measure_is_undecided() -> None:
    """Nobody is ever surprised: the share of delights a surprise is unknown, which is neither met nor not met."""
    parts = validate(["7"], replications=2, behaviour={"surprise_size": 0.0}).findings[0].parts

    assert np.isnan(parts[1].found.mean)
    assert (-np.inf, np.inf) == (parts[1].found.low, parts[1].found.high)


def _figures(validation: Validation) -> list[object]:
    return [part["measured"] for part in validation.as_data()["patterns"][0]["parts"]]


def test_a_population_is_drawn_once_for_all_its_units() -> None:
    """A hundred units of each of two populations: two draws, and the worlds still arm by arm."""
    units_of.cache_clear()
    lives = lives_of(PATTERNS["9"].arms(BASE), 2, seed=1)

    assert 2 == units_of.cache_info().misses
    assert [0, 0, 1, 1] == [life.arm.apart - 1 for life in lives[:4]]
    assert ["unit-0", "unit-0", "unit-1", "unit-1"] == [life.scenario.name for life in lives[:4]]
    assert lives[0].scenario != lives[1].scenario


def test_kin_share_their_worlds() -> None:
    """Patterns 1 and 2 look at the same worlds, which are lived once."""
    heard: list[str] = []

    def on_stage(names: str) -> None:
        heard.append(names)

    validation = validate(["2", "C16", "1"], replications=2, on_stage=on_stage)

    assert ["1, 2", "C16"] == heard
    assert ["1", "2", "C16"] == [finding.id for finding in validation.findings]


def test_wrong_numbers_are_mistakes() -> None:
    """One replication has no interval; a parameter that there is not is answered with one that there is."""
    with pytest.raises(Mistake, match="whole number from 2"):
        validate(["C16"], replications=1)
    with pytest.raises(Mistake, match="did you mean 'treadmill'"):
        validate(["C16"], behaviour={"treadmil": 0.0})


def test_balance_costs_as_much_effort_as_one_block() -> None:
    """Effort closes a share of the distance to 1, so that it adds up in logs: nine small steps equal one large one."""
    assert 9 * np.log((1.0 - 0.40) / (1.0 - BALANCED_LEVEL)) == pytest.approx(np.log(0.60 / 0.20))


def test_leaving_within_a_year_is_counted_from_the_encounter() -> None:
    """Departures before the encounter or more than 52 weeks after it are none; so are those of others."""
    events = np.rec.fromarrays([[1, 1, 2, 3], [10, 30, 5, 5]], dtype=[("customer", "i8"), ("week", "i8")])
    departures = np.rec.fromarrays([[1, 2], [20, 58]], dtype=[("customer", "i8"), ("week", "i8")])

    assert [True, False, False, False] == left_within(events, departures, YEAR).tolist()


def test_groups_are_compared_as_if_they_lay_alike_over_the_strata() -> None:
    """The other group's means are weighed by the first group's sizes; a stratum without both does not count."""
    values = np.array([1.0] * 6 + [5.0] * 2 + [2.0, 2.0, 8.0, 8.0, 8.0, 99.0])
    group = np.array([True] * 8 + [False] * 6)
    strata = np.array([0] * 6 + [1] * 2 + [0, 0, 1, 1, 1, 2])

    assert (2.0, 3.5) == standardised(values, group, ~group, strata)
    assert np.isnan(standardised(values, group, ~group, np.where(group, 3, strata))[0])


def test_firms_are_taken_out() -> None:
    """Units dealt out to ten firms in turn; what a whole firm has in common is gone."""
    firms = np.tile(np.arange(10.0), 10)
    luck = np.random.default_rng(3).normal(size=(2, 100))

    assert within_firms(luck + 7.0 * firms) == pytest.approx(within_firms(luck))
    assert np.zeros((1, 100)) == pytest.approx(within_firms(firms[None, :]))


def test_what_a_cause_explains_is_taken_out() -> None:
    """Two things that only share a cause are unrelated without it; a direct link stays."""
    luck = np.random.default_rng(4).normal(size=(3, 5000))
    cause, one = luck[0], luck[0] + luck[1]

    assert partial_correlation(one, cause + luck[2], cause) == pytest.approx(0.0, abs=0.05)
    assert partial_correlation(one, one + luck[2], cause) > 0.5


def test_bad_then_good_is_told_from_good_then_bad_by_the_rules() -> None:
    """Satisfaction after none, one and two failures; better recovery leaves more."""
    poor, fine = after(BASE, 0.4, 0.4, 0.4), after(BASE, 0.4, 0.4, 0.95)

    assert 0.0 == poor[0] == fine[0]
    assert poor[1] == fine[1] < 0.0
    assert poor[2] < fine[2]

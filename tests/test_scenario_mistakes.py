"""Every mistake in a scenario gets one clear answer: where, what was given, what is allowed."""

import pytest

from scenarios.errors import Mistake
from scenarios.loading import load, parse

BASE = 'schema = 1\nname = "x"\nextends = "hotel"\n'
WORK = '[[interventions]]\nblock = "leadership"\nstart = 1\nweeks = 4\n'
SEGMENT = '[[customers.segments]]\nname = "a"\nshare = 0.5\n'

DEEP = "a = " + f"{{ {'.'.join('a' * 30)} = " * 90 + "1" + "}" * 90

WRONG = {
    "unknown key": (
        "[organisation]\nemployes = 3",
        ["x.toml, line 5, organisation.employes: unknown key", "did you mean 'employees'?", "Allowed: employees, lead"],
    ),
    "unknown table": ("[organization]\n", ["line 4, organization: unknown key", "did you mean 'organisation'?"]),
    "key in the wrong table": ("employees = 3", ["line 4, employees: unknown key; it belongs in [organisation]"]),
    "below the range": (
        "[organisation]\nemployees = -5",
        ["x.toml, line 5, organisation.employees = -5: must be a whole number from 1 to 20000 (employees"],
    ),
    "above the range": (
        f"{WORK}effort = 17",
        ["line 8, interventions.0.effort = 17: must be a number from 0 to 1 (sh"],
    ),
    "infinite": ("[market]\npromise = inf", ["line 5, market.promise = inf: must be a number from -0.5 to 0.5"]),
    "not a number": (
        "[building_blocks]\nleadership = nan",
        ["line 5, building_blocks.leadership = nan: must be a num"],
    ),
    "too many digits": (f"[customers]\nchoice = 1{'0' * 400}", ["customers.choice = a number of too many digits"]),
    "truth for number": ("weeks = true", ["line 4, weeks = true: must be a whole number from 1 to 5200 (weeks"]),
    "number for truth": ("[organisation]\nelastic_staffing = 1", ["elastic_staffing = 1: must be true or false"]),
    "text for number": ('weeks = "10"', ["weeks = '10': must be a whole number"]),
    "real for whole": ("weeks = 10.0", ["weeks = 10.0: must be a whole number"]),
    "date for number": ("weeks = 2026-01-01", ["weeks = 2026-01-01: must be a whole number"]),
    "number for table": ("market = 3", ["line 4, market = 3: must be a table"]),
    "table for number": ("weeks = { a = 1 }", ["line 4, weeks: must be a whole number"]),
    "table for array": ("[interventions]\nstart = 1", ["line 4, interventions: must be an array"]),
    "unknown choice": (
        f"{WORK.replace('leadership', 'leadershp')}effort = 0.5",
        ["line 5, interventions.0.block = 'leadershp': must be one of understanding,", "did you mean 'leadership'?"],
    ),
    "missing key": (
        "[[interventions]]\nstart = 1\nweeks = 2\nto = 1",
        ["line 4, interventions.0.block: must be given"],
    ),
    "name that is a path": (
        '[[customers.segments]]\nname = "../x"\nshare = 1',
        ["name = '../x': must be a name of at"],
    ),
    "hidden signs": (
        '[about]\ntitle_en = "a\\u202Eb"',
        [r"title_en = 'a\u202eb': must not contain control characters"],
    ),
    "long text": (
        f'[about]\ntitle_en = "{"a" * 121}"',
        ["title_en = 'aaa", "must be a text of at most 120 characters"],
    ),
    "half a block": (
        "[building_blocks]\nculture = { lived = 2 }",
        ["building_blocks.culture.lived = 2: must be a numb"],
    ),
    "text for a block": (
        '[building_blocks]\nculture = "high"',
        ["a number from 0 to 1 or a table with designed and l"],
    ),
    "more leaders than employees": (
        "[organisation]\nemployees = 5\nleaders = 7",
        ["line 6, organisation.leaders = 7: there are 7 leaders for 5 employees"],
    ),
    "no amount": (WORK, ["line 4, interventions.0: give exactly one of effort, budget and to; found none of them"]),
    "two amounts": (f"{WORK}effort = 0.5\nto = 0.8", ["interventions.0: give exactly one", "found effort and to"]),
    "work after the end": (
        f"weeks = 8\n{WORK.replace('start = 1', 'start = 9')}effort = 0.5",
        ["line 7, interventions.0.start = 9: must start within the 8 weeks"],
    ),
    "shock after the end": (
        'weeks = 8\n[[shocks]]\nkind = "staff"\nstart = 9\nweeks = 1\nsize = 0.1',
        ["line 7, shocks.0.start = 9: must start within the 8 weeks"],
    ),
    "size of a shock": (
        '[[shocks]]\nkind = "staff"\nstart = 1\nweeks = 1\nsize = -0.1',
        ["line 8, shocks.0.size = -0.1: must be a number from 0 to 0.9 for kind 'staff'"],
    ),
    "shares": (f"{SEGMENT}{SEGMENT.replace('0.5', '0.4')}", ["the segments sum to 0.9;"]),
    "names of segments": (f"{SEGMENT}{SEGMENT}", ["line 8, customers.segments.1.name = 'a': there is a segment 'a'"]),
    "no segments": ("[customers]\nsegments = []", ["line 5, customers.segments: must be an array of 1 to 6 entries"]),
    "no weights": (
        f"{SEGMENT}weights = {{ welcome = 0, basics = 0, tailored = 0, unburdened = 0, amazed = 0 }}",
        ["line 7, customers.segments.0.weights: all weights are 0"],
    ),
    "unknown parameter": ("[behaviour]\nnosuch = nan", ["line 5, behaviour.nosuch: unknown key", "scenarios schema"]),
    "band upside down": (
        "[expected]\nnps = [3, 1]",
        ["line 5, expected.nps: the band is [low, high], but 3 is above 1"],
    ),
    "band of three": ("[expected]\nnps = [1, 2, 3]", ["line 5, expected.nps: must be an array of 2 numbers"]),
    "diagnosis that is no path": ("[building_blocks]\nfrom_diagnosis = 3", ["building_blocks.from_diagnosis: must be"]),
    "several": (
        f"weeks = 0\n{WORK}effort = 2",
        ["2 mistakes:\nx.toml, line 4, weeks = 0: ", "\nx.toml, line 9, interventions.0.effort = 2: "],
    ),
}
"""What follows the first three lines of a file, and parts of the answer."""


def answer(text: str) -> str:
    """What the user reads who wrote this file."""
    with pytest.raises(Mistake) as caught:
        parse(text, "x.toml")
    return str(caught.value)


@pytest.mark.parametrize("wrong", WRONG)
def test_the_answer_names_place_value_and_what_is_allowed(wrong: str) -> None:
    """A user needs nothing but the answer to put the file right."""
    text, parts = WRONG[wrong]
    given = answer(BASE.replace('extends = "hotel"\n', "\n") + text)

    assert [] == [part for part in parts if part not in given], given


def test_each_fault_is_told_once() -> None:
    """A block's single number stands for two, but is one fault; so is a faulty item in a short array."""
    assert "mistakes" not in answer("schema = 1\n[building_blocks]\nleadership = nan")
    assert "mistakes" not in answer(f"schema = 1\n{SEGMENT}visits = 9")


def test_no_answer_is_longer_than_ten_lines() -> None:
    """Eight mistakes, a heading, and how many more."""
    assert 10 == len(answer("schema = 1\n" + "".join(f"k{number} = 1\n" for number in range(1000))).split("\n"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("weeks = 1", "x.toml: the line `schema = 1` is missing"),
        ("schema = 99\nnosuch = 3", "x.toml, line 1, schema = 99: unknown form of scenario file; this file may need a"),
        ("schema = true", "x.toml, line 1, schema = true: unknown form of scenario file. Allowed: 1"),
        ("schema = 1.0", "schema = 1.0: unknown form"),
        ("schema = 1\nweeks = .5", "x.toml, line 2, column 9: is not valid TOML: invalid value; numbers are written"),
        (
            "schema = 1\nweeks = 5\nweeks = 6\n",
            "x.toml, line 3, column 10: is not valid TOML: cannot overwrite a value",
        ),
        ("a" * 1_000_001, "x.toml: is larger than 1 MB"),
        ("schema = 1\na = " + "[" * 100_000, "x.toml: is nested too deeply"),
        ("schema = 1\n" + ".".join("a" * 100_000) + " = 1", "x.toml: is nested too deeply"),
        (f'schema = 1\nextends = "hotel"\n{DEEP}', "x.toml: is nested too deeply"),
        (f"schema = 1\n{DEEP}", "line 2, a: unknown key"),
        ("schema = 1\nweeks = " + "1" * 5000, "x.toml: holds a number or date that cannot be"),
        ("schema = 1\nstart = 2026-02-31", "x.toml, line 2"),
    ],
)
def test_what_is_no_scenario_file_at_all(text: str, part: str) -> None:
    """Form, syntax, size and depth are answered before any key is looked at."""
    assert part in answer(text)


def test_an_unknown_preset_is_answered_with_the_known() -> None:
    """The nearest one is proposed, and all are named."""
    with pytest.raises(Mistake, match="there is no preset 'hotell'; did you mean 'hotel'") as caught:
        load("hotell")

    assert "mobile_provider" in caught.value.allowed

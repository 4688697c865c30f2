"""The description of the model says what the code does: it is made from it, and can't stay behind."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import agents
import simulation
from agents.registry import PARAMETERS, mechanisms
from effectchain.odd.luck import draws
from effectchain.odd.week import changes, parts
from effectchain.odd.writing import ENTITIES, pages
from experiments.validation.registry import PATTERNS
from scenarios.scenario import Scenario
from simulation import week
from simulation.indicators import INDICATORS
from simulation.links import LINKS
from simulation.luck import DECISIONS
from simulation.state import Causes, World, makers_of
from simulation.week import live_parts
from simulation.world import begin
from tests.worlds import HOUSE, KINDS, bits, small

PAGES = pages()
ODD = PAGES["odd.md"]

RECORDS = {
    "organisation": "organisation",
    "leaders": "leader",
    "employees": "employee",
    "customers": "customer",
}
"""The world's arrays, and what the page calls one of their records."""

TOLD_ELSEWHERE = {"simulation.luck", "simulation.measuring"}
"""Draws are described by their table, measuring by the table of indicators."""

SCHEDULE = {f"{name} (`simulation/week.py`)" for name in ("live_week", "open_page")}
"""The schedule is shown with the processes; opening a page empties the sums."""


def rules_in(package: str, folder: str) -> Iterator[str]:
    """Functions of this package that are decorated as rules, but for those of the modules that are told elsewhere."""
    for name in sorted({f"{package}.{module.name}" for module in iter_modules([folder])} - TOLD_ELSEWHERE):
        tree = ast.parse(Path(str(import_module(name).__file__)).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and "rule" in map(ast.unparse, node.decorator_list):
                yield f"{node.name} (`{name.replace('.', '/')}.py`)"


@pytest.mark.parametrize("name", PAGES)
def test_committed_page_is_what_the_generator_makes_now(name: str) -> None:
    """Page and code agree; where they don't, `make odd` writes the page anew."""
    committed = (HOUSE / "docs" / name).read_text(encoding="utf-8")

    assert committed == PAGES[name], f"docs/{name} no longer describes this code: run `make odd` and commit the page"


def test_every_rule_is_described_once() -> None:
    """No rule of the model is left out, and none is there that isn't."""
    rules = [*rules_in("agents", agents.__path__[0]), *rules_in("simulation", simulation.__path__[0])]
    headings = re.findall(r"^#### (.+)$", ODD, re.MULTILINE)

    assert [] == sorted(set(rules) - set(headings) - SCHEDULE)
    assert sorted(set(headings)) == sorted(headings)
    assert len(rules) > 100


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("parameters", PARAMETERS),
        ("indicators", INDICATORS),
        ("decisions of luck", DECISIONS),
        ("links", LINKS),
        ("switches", [f"{one.switch}` = {one.off:g} (on: " for one in mechanisms().values()]),
        *((f"columns of {name}", [one.name for one in columns]) for name, columns in ENTITIES.items()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_name_stands_in_a_table(table: str, names: list[str]) -> None:
    """Tables of the page are complete."""
    assert [] == [name for name in names if f"| `{name}" not in ODD], table


def test_every_pattern_is_told_with_its_criterion() -> None:
    """The patterns that the model is judged by are those that `effectchain validate` measures, in the same words."""
    for name, pattern in PATTERNS.items():
        held_out = " (held out)" if pattern.held_out else ""
        assert f"\n| {name}{held_out} | {pattern.claim.en} | " in ODD
        assert f" | {pattern.criterion.en} |\n" in ODD


def test_parts_of_the_week_are_those_of_the_code() -> None:
    """The page has the week's parts in the order of their numbers."""
    assert list(range(len(parts()))) == [getattr(week, part.name) for part in parts()]


def test_every_decision_of_luck_is_told_with_its_draws() -> None:
    """Each registered decision is drawn somewhere, and no draw is used for two things."""
    found = draws()
    used = [(one.decision, name) for one in found for name in one.names]

    assert set(DECISIONS) == {one.decision for one in found}
    assert sorted(set(used)) == sorted(used)


def columns_that_differ(one: World, other: World) -> set[tuple[str, str]]:
    """Records and columns of people and organisation that aren't the same to the bit in both worlds."""
    return {
        (kind, column.name)
        for array, kind in RECORDS.items()
        for column in ENTITIES[kind]
        if bits(getattr(one, array), column.name) != bits(getattr(other, array), column.name)
    }


def changed_by_parts(scenario: Scenario, last: int) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """What each part of each week of a world really changes."""
    world = begin(scenario, seed=3)
    own = makers_of(world)
    for number in range(int(world.settings[0].first_week), last + 1):
        for place, part in enumerate(parts()):
            before = World(*(records.copy() for records in world))
            live_parts(world, Causes(own, own, own), (number, number), (place, place))
            yield part.name, columns_that_differ(before, world)


def test_state_changes_in_the_parts_that_the_page_names() -> None:
    """Worlds lived part by part: what a part really changes is what the page says, and what is fixed stays so."""
    eventful = small(KINDS["everything"], {"organisation.capacity": 2.0, "behaviour": {"failure_base": 0.1}})
    calm = small(KINDS["changing"], weeks=52)
    seen: set[tuple[str, str]] = set()
    for part, changed in [*changed_by_parts(eventful, 25), *changed_by_parts(calm, 25)]:
        assert set() == {pair for pair in changed if part not in changes().get(pair, ())}, part
        seen |= changed

    said = {pair for pair in changes() if pair[0] in RECORDS.values()}
    assert {("organisation", "budget_level")} >= said - seen


def test_module_writes_the_pages(tmp_path: Path) -> None:
    """`python -m effectchain.odd FOLDER` writes both pages and says where; another place is refused in one sentence."""
    command = [sys.executable, "-m", "effectchain.odd"]
    done = subprocess.run([*command, tmp_path], capture_output=True, text=True, check=True, cwd=HOUSE)
    refused = subprocess.run([*command, tmp_path / "no"], capture_output=True, text=True, check=False, cwd=HOUSE)

    assert PAGES == {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert [str(tmp_path / name) for name in PAGES] == done.stdout.split()
    assert 2 == refused.returncode
    assert "does not exist" in refused.stderr

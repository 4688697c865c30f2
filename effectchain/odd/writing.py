"""The pages: templates filled with what rules and tables say of themselves."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from agents import customer, employee, encounter, leader, organisation, shapes
from agents.blocks import BLOCKS
from agents.journey import weigh
from agents.parameters import Parameter
from agents.proposition import PROPOSITIONS, USUAL_WEIGHTS
from agents.records import Column
from agents.registry import PARAMETERS, mechanisms
from effectchain.odd import luck
from effectchain.odd.keys import COURSE, TABLES, keys_of
from effectchain.odd.rules import Submodel, submodel
from effectchain.odd.week import beginning, changes, parts
from experiments.validation.registry import PATTERNS
from scenarios.building_blocks import BuildingBlocks
from scenarios.loading import presets
from scenarios.scenario import Scenario
from scenarios.shock import SIZES
from simulation.indicators import INDICATORS
from simulation.links import LINKS
from simulation.planning import lay_intervention, lay_programme, lay_shock, plan_of, planned_effort, weekly_effort_cost
from simulation.state import PLAN_COLUMNS, SETTING_COLUMNS
from simulation.week import live_week
from simulation.world import fill_segments, organisation_of

PAGES: Final = ("odd.md", "odd_summary.md")

ENTITIES: Final = {
    "organisation": organisation.COLUMNS,
    "leader": leader.COLUMNS,
    "employee": employee.COLUMNS,
    "customer": customer.COLUMNS,
    "encounter": encounter.COLUMNS,
}
"""Records that rules write, by the name that they have in the table of changes."""

ENDLESS: Final = 1e5
"""Limits from here on are technical; nothing is meant by them."""


def pages() -> dict[str, str]:
    """All pages by file name."""
    templates = Environment(
        loader=PackageLoader("effectchain.odd"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  pages are Markdown, and all text is our own
    )
    templates.filters.update(span=span, cell=cell, number=number, sentence=sentence)
    known = facts()
    return {name: tidy(templates.get_template(f"{name}.j2").render(known)) for name in PAGES}


def tidy(text: str) -> str:
    """A page with single empty lines and no blanks at the ends of lines."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" +\n", "\n", text)).rstrip() + "\n"


def facts() -> dict[str, Any]:
    """Whatever a template may name."""
    return {
        "version": version("effectchain"),
        "parameters": PARAMETERS,
        "themes": themes(),
        "origins": Counter(one.origin for one in PARAMETERS.values()),
        "mechanisms": mechanisms(),
        "patterns": PATTERNS,
        "blocks": {name: BuildingBlocks.model_fields[name].description for name in BLOCKS},
        "indicators": {name: list(some) for name, some in groupby(INDICATORS.values(), lambda one: one.perspective)},
        "entities": ENTITIES,
        "segment_columns": customer.SEGMENT_COLUMNS,
        "setting_columns": SETTING_COLUMNS,
        "plan_columns": PLAN_COLUMNS,
        "changes": changes(),
        "parts": parts(),
        "told": told(),
        "week": submodel(live_week),
        "beginning": beginning(),
        "founding": founding(),
        "shapes": shapes_described(),
        "draws": luck.draws(),
        "links": LINKS,
        "tables": {name: list(keys_of(table)) for name, table in TABLES.items()},
        "course": {name: list(keys_of(table)) for name, table in COURSE.items()},
        "shocks": SIZES,
        "propositions": PROPOSITIONS,
        "usual_weights": USUAL_WEIGHTS,
        "scenario": Scenario(),
        "presets": presets(),
    }


def themes() -> dict[str, list[Parameter]]:
    """Parameters by theme, in the order of the registry."""
    return {name: list(some) for name, some in groupby(PARAMETERS.values(), lambda one: one.section)}


def told() -> Mapping[str, Mapping[str, str]]:
    """What is written by hand about the beginning and each part of the week: title, story and rationale."""
    return tomllib.loads(files("effectchain.odd").joinpath("templates/parts.toml").read_text(encoding="utf-8"))


def founding() -> list[Submodel]:
    """What is laid down before anybody is in place: organisation, segments, and the plan of all weeks."""
    people = (organisation_of, fill_segments, weigh)
    plan = (plan_of, lay_programme, lay_intervention, planned_effort, weekly_effort_cost, lay_shock)
    return [submodel(one) for one in (*people, *plan)]


def shapes_described() -> list[Submodel]:
    """The mathematical shapes, in the order of their file."""
    functions: list[Callable[..., Any]] = [
        one for one in vars(shapes).values() if getattr(one, "__module__", "") == shapes.__name__
    ]
    return [submodel(one) for one in functions]


def span(thing: Column | Parameter) -> str:
    """The range of a column or parameter in words."""
    if thing.low <= -ENDLESS:
        return "any"
    return f"from {number(thing.low)}" if thing.high >= ENDLESS else f"{number(thing.low)} to {number(thing.high)}"


def cell(text: str) -> str:
    """Text that may stand in a table's cell."""
    return text.replace("|", r"\|").replace("\n", " ")


def number(value: float) -> str:
    """A number as it stands in the registry."""
    return f"{value:g}"


def sentence(text: str) -> str:
    """Words as a sentence: a capital, and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."

"""A scenario file to begin with: what it builds on is given as comments, ready to be changed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import tomli_w

from scenarios.intervention import Intervention
from scenarios.loading import load, parse, preset_path
from scenarios.scenario import Scenario
from scenarios.shock import Shock
from scenarios.table import Table
from scenarios.wording import allowed, node_at

TABLES: Final = ("organisation", "customers", "building_blocks", "programme", "economics", "market")
"""Those whose keys are listed; interventions and shocks have an example of their own."""

STRONGER: Final = 0.2
"""What the example adds to leadership."""

EXAMPLE_SHOCK: Final = {"kind": "demand", "start": 27, "weeks": 26, "size": 0.2}


def starter(name: str, base: str) -> str:
    """The text of a scenario of this name that builds on a preset and strengthens its leadership.

    Raises Mistake for a name that can't be one, or when there is no such preset.
    """
    text = "\n".join(lines(name, base, load(preset_path(base))))
    parse(text, f"{name}.toml")
    return text


def lines(name: str, base: str, parent: Scenario) -> Iterator[str]:
    """The file, line by line."""
    data = parent.as_dict()
    yield f"# A scenario that builds on '{base}'. A line with # in front shows how things are there;"
    yield "# to change one, take away the # and give another value."
    yield f"# Check it:              effectchain scenarios check {name}.toml"
    yield f"# See what it changes:   effectchain compare {base} {name}.toml"
    yield ""
    yield "schema = 1"
    yield assignment("name", name)
    yield assignment("extends", base)
    yield from commented(Scenario, (), {key: data[key] for key in ("weeks", "warmup")})
    yield "\n[about]"
    yield assignment("title_en", name)
    yield assignment("title_nl", name)
    for table in TABLES:
        yield f"\n[{table}]"
        yield from commented(Scenario, (table,), plain(data[table]))
    yield "\n# What is done. Give exactly one of to, effort and budget."
    yield "[[interventions]]"
    yield from explained(Intervention, example_intervention(parent))
    yield "\n# What befalls the organisation, for instance:"
    yield "# [[shocks]]"
    yield from commented(Shock, (), EXAMPLE_SHOCK)
    yield "\n# Changed parameters of the rules of behaviour: effectchain scenarios schema lists them."
    yield "[behaviour]\n"


def example_intervention(parent: Scenario) -> dict[str, Any]:
    """A year of work on leadership."""
    to = round(min(1.0, parent.building_blocks.leadership.designed + STRONGER), 2)
    return {"block": "leadership", "start": 1, "weeks": 52, "to": to, "approach": "combined", "upkeep": 1.0}


def plain(table: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that fit on a line: numbers, texts, and both halves of a block's maturity."""
    return {key: value for key, value in table.items() if not isinstance(value, list)}


def commented(model: type[Table], path: tuple[str, ...], values: Mapping[str, Any]) -> Iterator[str]:
    """Each key out of force, with what is allowed there."""
    for key, value in values.items():
        yield f"# {assignment(key, value)}  # {allowed(node_at(model, (*path, key)))}"


def explained(model: type[Table], values: Mapping[str, Any]) -> Iterator[str]:
    """Each key in force, with what is allowed there."""
    for key, value in values.items():
        yield f"{assignment(key, value)}  # {allowed(node_at(model, (key,)))}"


def assignment(key: str, value: Any) -> str:
    """One line of TOML."""
    if isinstance(value, Mapping):
        inner = ", ".join(assignment(name, part) for name, part in value.items())
        return f"{key} = {{ {inner} }}"
    return tomli_w.dumps({key: value}).strip()

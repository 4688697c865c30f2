"""The page of file formats: scenario, experiment, and the tables of a folder of results."""

from collections.abc import Iterable, Mapping

from agents import customer, employee, encounter, leader
from agents.records import Column
from docs.making.tables import code, table
from effectchain.odd.keys import COURSE, TABLES, keys_of
from experiments.designs.form import DesignForm, FactorForm, Form, KeepForm
from experiments.worlds.people import SCHEMA
from experiments.worlds.tables import BEFORE_LEAVING, MORE
from scenarios.scenario import Scenario
from scenarios.shock import SIZES
from scenarios.table import Table

SCENARIO = """# File formats

Files of people's own are TOML, with `schema = 1` at the top. An unknown key is refused with the nearest known one;
every mistake names file, line and key. `effectchain scenarios schema` prints the JSON Schema of a scenario file, for
editors.

## Scenario file

`extends = "hotel"` builds on a preset or on another file: tables are laid over the other's key by key; numbers, texts
and arrays replace the other's as a whole. `effectchain scenarios new NAME --extends hotel` writes one to change, and
[build a scenario](../scenario.md) leads through it.
"""

BEHAVIOUR = """
### `[behaviour]`

Changed [parameters](parameters.md) of the agents' rules, by name.

### `[expected]`

Bands of [indicators](indicators.md), `churn = [0.16, 0.28]`: means of the first year before anything is done;
`effectchain scenarios check` says which are met.
"""

EXPERIMENT = """
## Experiment file

What each design gives, and how it grows: [experiments](../experiments.md).
"""

RESULTS = """
## Folder of results

| file | holds |
| --- | --- |
| `manifest.json` | what made them: scenario as run, seed, versions, hash of the rules, command, digest |
| `scenario.toml`, other `.toml` | the scenario and what-ifs as run, each whole |
| `weekly.parquet` | the [indicators](indicators.md), a row a scenario, replication and week |
| `events.parquet` | with `run --events`: the encounter log, below |
| `people.parquet` | with `run --people EVERY`: a snapshot of all people, below |
| `comparison.json`, `report.html`, `chain.png`, `cash.png` | what `compare` says, as numbers, pages and pictures |

The folder of a sweep, with its parts and its lock: [results](../results.md).

### Encounter log

One row an encounter. Empty cells: nothing failed, nobody took it up, or the customer stays.

"""

PEOPLE = """
### People

One row an agent: `kind` is `employee`, `leader` or `customer`; `number` is the seat or the person's own number. Columns
of another kind are empty.

"""

WORDS = {
    "scenario": "which scenario",
    "replication": "which of the seed's worlds",
    "week": "week of the encounter",
    "left_week": "week in which this customer next left; empty while they stay",
    "kind": "what kind of failure",
    "segment": "the customer's segment",
}
"""Columns that are no agent's."""


def page() -> str:
    """All formats."""
    return "".join([SCENARIO, *scenario(), EXPERIMENT, *experiment(), RESULTS, events(), PEOPLE, people()])


def scenario() -> Iterable[str]:
    """Keys of a scenario file, table by table."""
    whole: dict[str, type[Table]] = {"at the top": Scenario, **TABLES, **COURSE}
    for name, form in whole.items():
        yield titled(name, form, hidden=set(whole) | {"about", "behaviour", "expected"})
        if name == "shocks":
            sizes = [(code(kind), f"{size.low:g} to {size.high:g}", size.meaning) for kind, size in SIZES.items()]
            yield "\n" + table(["kind of shock", "size", "means"], sizes)
    yield BEHAVIOUR


def experiment() -> Iterable[str]:
    """Keys of an experiment file."""
    forms: dict[str, type[Table]] = {"at the top": Form, "design": DesignForm, "factors": FactorForm, "keep": KeepForm}
    for name, form in forms.items():
        yield titled(name, form, hidden=set(forms), label="of an experiment")


def titled(name: str, form: type[Table], hidden: set[str], label: str = "") -> str:
    """One table's keys under its name; tables of their own are left out."""
    title = "At the top" if name == "at the top" else f"`[{name}]`"
    fields = [one for one in keys_of(form) if one.name not in hidden or name != "at the top"]
    rows = [(code(alias(form, one.name)), one.default, one.allowed, one.unit, one.meaning) for one in fields]
    heads = ["key", "default", "allowed", "unit", "meaning"]
    return f"\n### {title}{f' {label}' if label else ''}\n\n" + table(heads, rows)


def alias(form: type[Table], name: str) -> str:
    """The key as a file writes it."""
    return form.model_fields[name].alias or name


def meanings(*kinds: tuple[Column, ...]) -> Mapping[str, str]:
    """What columns of agents' records mean; the first that has a name says it."""
    found: dict[str, str] = {}
    for columns in kinds:
        for one in columns:
            found.setdefault(one.name, one.meaning)
    return found


def events() -> str:
    """Columns of the encounter log."""
    known = {**meanings(encounter.COLUMNS), **WORDS}
    names = [*BEFORE_LEAVING, "left_week", *MORE]
    return table(["column", "meaning"], [(code(name), known.get(name, "what was felt of this")) for name in names])


def people() -> str:
    """Columns of a snapshot."""
    known = {**meanings(employee.COLUMNS, leader.COLUMNS, customer.COLUMNS), **WORDS}
    known |= {"kind": "employee, leader or customer", "week": "as this week ends", "number": "seat or person"}
    return table(["column", "type", "meaning"], [(code(one.name), str(one.type), known[one.name]) for one in SCHEMA])

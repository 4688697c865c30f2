"""Pages of the model's tables: indicators, parameters and mechanisms, patterns."""

from itertools import groupby

from agents.registry import PARAMETERS, mechanisms
from docs.making.tables import code, table
from experiments.validation.pattern import Pattern
from experiments.validation.registry import PATTERNS
from simulation.indicators import INDICATORS

INDICATORS_SAID = """# Indicators

The columns of the weekly table (`weekly.parquet`, `.weekly`), after `scenario`, `replication`, `seed` and `week`; a row
is one week of one world. Shares run from 0 to 1.
"""

PARAMETERS_SAID = """# Parameters and mechanisms

Every number in the agents' rules: `--set behaviour.NAME=VALUE`, or `[behaviour]` in a scenario file. *Origin* says
where the default comes from: `evidence` (a published figure, often a sign or a form only), `calibrated` (set so that a
published pattern appears) or `assumed`. Codes such as E13 or D1 are rows of [evidence](../evidence.md); which rule uses
a parameter, and how, stands in [the model](../odd.md#7-submodels). `effectchain scenarios parameters` lists the same.
"""

MECHANISMS_SAID = """
## Mechanisms and their switches

With the switch at this value the mechanism is gone, and what is to be seen of it must vanish: `tests/mechanisms` tries
each.

"""

PATTERNS_SAID = """# Patterns

What `effectchain validate` holds the model against: each pattern is lived as a paired experiment and is *met* when the
whole 95 % interval of every part lies within its bounds. *Held out*: nothing of it was used to set a parameter or the
form of a rule. Grades and marks are those of [evidence](../evidence.md).
"""


def indicators() -> str:
    """Every indicator with unit and definition."""
    parts = [INDICATORS_SAID]
    for perspective, some in groupby(INDICATORS.values(), lambda one: one.perspective):
        parts.append(f"\n## {perspective.capitalize()}\n\n")
        parts.append(table(["name", "unit", "definition"], [(code(one.name), one.unit, one.meaning) for one in some]))
    return "".join(parts)


def parameters() -> str:
    """Every parameter by the file of rules that uses it first, then every mechanism."""
    heads = ["name", "default", "range", "unit", "meaning", "origin", "source"]
    parts = [PARAMETERS_SAID]
    for section, some in groupby(PARAMETERS.values(), lambda one: one.section):
        rows = [
            (
                code(one.name),
                f"{one.default:g}",
                f"{one.low:g} to {one.high:g}",
                one.unit,
                one.meaning,
                one.origin,
                one.source,
            )
            for one in some
        ]
        parts.append(f"\n## {section.replace('_', ' ').capitalize()}\n\n" + table(heads, rows))
    switches = [
        (name.replace("_", " "), code(f"{one.switch}={one.off:g}"), one.pattern, one.source)
        for name, one in mechanisms().items()
    ]
    parts.append(MECHANISMS_SAID + table(["mechanism", "off", "what must be seen, and vanish", "source"], switches))
    return "".join(parts)


def patterns() -> str:
    """Every pattern with its claim, criterion and sources."""
    return PATTERNS_SAID + "".join(map(pattern, PATTERNS.values()))


def pattern(one: Pattern) -> str:
    """One pattern."""
    held_out = ", held out" if one.held_out else ""
    lines = [f"\n## {one.id}: {one.claim.en}\n", f"Grade {one.grade}{held_out}. {one.criterion.en}\n"]
    sources = [f"{source.name} ({source.mark})" for source in one.sources]
    lines.append(f"Sources: {'; '.join(sources)}.\n")
    if one.note:
        lines.append(f"{one.note.en}\n")
    if one.why_red:
        lines.append(f"**Why it is not met**: {one.why_red.en}\n")
    return "\n".join(lines)

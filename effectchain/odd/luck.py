"""Which decisions are left to luck: every call that draws, as it stands in the rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeGuard

from effectchain.odd.rules import Rule, in_order, tree, walk
from simulation.beginning import populate
from simulation.luck import DECISIONS
from simulation.week import live_week

WHOSE: Final = {
    ("0", "0"): "the whole world",
    ("n", "0"): "each leader",
    ("seat", "0"): "each seat",
    ("i", "0"): "each person in the market",
    ("encounter.customer", "0"): "each person in the market",
    ("i", "slot"): "each person in the market and each of their contacts",
}
"""Whose luck it is, by how a rule names who and whom."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws for one decision in one rule.

    weekly: anew each week, not once for all. whose: whose luck it is. names: what the draws are called in the rule.
    """

    decision: str
    weekly: bool
    whose: str
    names: tuple[str, ...]
    rule: str


def draws() -> list[Draw]:
    """All draws, by the number of their decision."""
    rules = dict.fromkeys([*walk(populate), *walk(live_week)])
    found = [draw for rule in rules for draw in draws_of(rule)]
    return sorted(found, key=lambda draw: DECISIONS.index(draw.decision))


def draws_of(rule: Rule) -> Iterator[Draw]:
    """The draws of one rule: assignments of `four(key, DECISION, week, who, whom)` to up to four names.

    And of `drawn(luck, DECISION, n)`, which gives the same draws of the week for somebody in the market.
    """
    for node in ast.walk(tree(rule)):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        arguments = [ast.unparse(one) for one in node.value.args]
        if is_call_of(node.value, "four"):
            _, decision, week, who, whom = arguments
        elif is_call_of(node.value, "drawn"):
            decision, week, who, whom = arguments[1], "week", "i", "0"
        else:
            continue
        (target,) = node.targets
        names = [one.id for one in in_order(target) if isinstance(one, ast.Name) and one.id != "_"]
        yield Draw(decision.lower(), week != "0", WHOSE[who, whom], tuple(names), rule.__name__)


def is_call_of(node: ast.expr, name: str) -> TypeGuard[ast.Call]:
    """Whether this expression calls the function of this name."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == name

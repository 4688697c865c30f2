"""What a rule is made of: its meaning, its code, what it calls, which parameters and draws it uses."""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import dedent
from typing import Any, Final

from agents.blocks import BLOCKS
from agents.registry import PARAMETERS
from simulation.luck import DECISIONS

Rule = Callable[..., Any]

ROOMS: Final = ("agents.", "simulation.")
"""Where rules live."""

NOTATION: Final = "agents.shapes"
"""The module of the mathematical shapes, which all rules use and which are described once."""

NOT_SHOWN: Final = {NOTATION, "simulation.luck", "agents.records"}
"""Modules whose functions are told in words: shapes, draws, and making records."""


@dataclass(frozen=True, slots=True)
class Submodel:
    """One rule, ready to be described.

    file: where it stands. meaning: its docstring. code: its source without decorator and docstring. parameters: those
    that it reads, in order. constants: numbers with a name, by name. draws: the decisions of luck. calls: the rules
    that it uses, shapes and luck left out.
    """

    name: str
    file: str
    meaning: str
    code: str
    parameters: tuple[str, ...]
    constants: dict[str, Any]
    draws: tuple[str, ...]
    calls: tuple[str, ...]


def plain(function: Rule) -> Rule:
    """The function as it was written, where it is compiled as an entry point."""
    found: Rule = getattr(function, "py_func", function)
    return found


def source(function: Rule) -> str:
    """The text of a function, from the margin."""
    return dedent(inspect.getsource(plain(function)))


@cache
def tree(function: Rule) -> ast.FunctionDef:
    """The syntax of a function."""
    found = ast.parse(source(function)).body[0]
    assert isinstance(found, ast.FunctionDef)  # noqa: S101  what has the source of a rule is a function
    return found


def in_order(node: ast.AST) -> list[ast.expr]:
    """All expressions below a node, as one reads them."""
    found = [one for one in ast.walk(node) if isinstance(one, ast.expr)]
    return sorted(found, key=lambda one: (one.lineno, one.col_offset))


def called_in(node: ast.AST, function: Rule) -> list[Rule]:
    """Rules that are called below a node of this function, in order, each once."""
    known = plain(function).__globals__
    names = [one.func.id for one in in_order(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    return [plain(one) for one in found if inspect.isfunction(plain(one)) and plain(one).__module__.startswith(ROOMS)]


def called_by(function: Rule) -> list[Rule]:
    """Rules that a rule uses, without those that are told in words."""
    return [one for one in called_in(tree(function), function) if one.__module__ not in NOT_SHOWN]


def walk(function: Rule) -> Iterator[Rule]:
    """A rule and all that it uses, as deep as it goes; a rule that is used twice comes twice."""
    yield plain(function)
    for one in called_by(function):
        yield from walk(one)


def code_of(function: Rule) -> str:
    """The source of a rule without decorators and docstring."""
    node = tree(function)
    lines = source(function).rstrip().split("\n")
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        assert first.end_lineno is not None  # noqa: S101  the parser counts lines
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines[node.lineno - 1 :])


def parameters_in(function: Rule) -> tuple[str, ...]:
    """Behaviour parameters that a rule reads by name, in order, each once."""
    read = [
        one.attr
        for one in in_order(tree(function))
        if isinstance(one, ast.Attribute) and ast.unparse(one.value) in {"p", "world.parameters[0]"}
    ]
    return tuple(name for name in dict.fromkeys(read) if name in PARAMETERS)


def named_numbers(function: Rule) -> dict[str, Any]:
    """Numbers and tables of numbers that a rule uses by a name of their own, but for blocks and decisions."""
    known = plain(function).__globals__
    names = [one.id for one in in_order(tree(function)) if isinstance(one, ast.Name) and one.id.isupper()]
    left_out = {"BLOCKS", *(name.upper() for name in (*BLOCKS, *DECISIONS))}
    found = {name: known[name] for name in dict.fromkeys(names) if name in known and name not in left_out}
    return {name: value for name, value in found.items() if is_number(value)}


def is_number(value: Any) -> bool:
    """Whether this is a number or a name, or a table of them."""
    inside = tuple(value.values()) if isinstance(value, dict) else value
    return all(map(is_number, inside)) if isinstance(inside, tuple) else isinstance(inside, (int, float, str))


def draws_in(function: Rule) -> tuple[str, ...]:
    """Decisions for which a rule draws luck."""
    names = [one.id for one in in_order(tree(function)) if isinstance(one, ast.Name) and one.id.isupper()]
    return tuple(name.lower() for name in dict.fromkeys(names) if name.lower() in DECISIONS)


@cache
def submodel(function: Rule) -> Submodel:
    """All that the protocol says of one rule."""
    return Submodel(
        name=function.__name__,
        file=function.__module__.replace(".", "/") + ".py",
        meaning=inspect.getdoc(function) or "",
        code=code_of(function),
        parameters=parameters_in(function),
        constants=named_numbers(function),
        draws=draws_in(function),
        calls=tuple(one.__name__ for one in called_by(function)),
    )

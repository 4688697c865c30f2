"""Rules of one's own: functions in a file that take the place of the shipped ones, without a fork and at full speed."""

import importlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

from agents.rule import ROOMS, own_rules, rule
from scenarios.errors import Mistake, did_you_mean

NAME: Final = "effectchain_own_rules"


def put_in_place() -> tuple[str, ...]:
    """Put the functions of the file that EFFECTCHAIN_RULES names in the place of rules of the same names; their names.

    Called once, before the first week is compiled. Each public function of the file is a rule with the arguments of the
    shipped one, which it may import and call; functions whose names begin with _ are its own. The file's text is part
    of what names compiled code and of `source_hash`. Raises Mistake for a file that cannot be read or run, a name that
    no rule has, and other arguments.
    """
    path = own_rules()
    if path is None:
        return ()
    shipped = shipped_rules()
    own = _functions(_loaded(path))
    for name, function in own.items():
        rule(function)
        if not name.startswith("_"):
            _check(function, name, shipped, path)
    public = {name: function for name, function in own.items() if not name.startswith("_")}
    for name, function in public.items():
        _replace(shipped[name], function)
    return tuple(public)


def shipped_rules() -> dict[str, Callable[..., Any]]:
    """Every rule of the agents, and of the week as far as it is loaded, by name."""
    for file in ROOMS[0].glob("[!_]*.py"):
        importlib.import_module(f"{ROOMS[0].name}.{file.stem}")
    return {
        name: function
        for module in _rooms()
        for name, function in vars(module).items()
        if isinstance(function, FunctionType) and function.__module__ == module.__name__
    }


def _rooms() -> Iterator[ModuleType]:
    """The loaded modules in which rules stand."""
    rooms = tuple(f"{room.name}." for room in ROOMS)
    return (module for name, module in tuple(sys.modules.items()) if name.startswith(rooms) and name != __name__)


def _loaded(path: Path) -> ModuleType:
    """The user's file, run as a module; what goes wrong in it is told with its line."""
    if not path.is_file():
        raise Mistake("there is no such file", f"EFFECTCHAIN_RULES={path.name}", hint="give the path of a Python file")
    spec = importlib.util.spec_from_file_location(NAME, path)
    if spec is None or spec.loader is None:
        raise Mistake("this is no Python file", path.name, allowed="a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        line = _line_of(error, path)
        raise Mistake(f"{type(error).__name__}: {error}", f"{path.name}{line}", hint="mend it") from error
    return module


def _line_of(error: Exception, path: Path) -> str:
    """Where in the file it went wrong, as ", line 7"."""
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    found = [frame.lineno for frame in frames if Path(frame.filename) == path]
    return f", line {found[-1]}" if found else ""


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """The functions that stand in the file itself, not those that it imports."""
    return {name: one for name, one in vars(module).items() if isinstance(one, FunctionType) and one.__module__ == NAME}


def _check(function: FunctionType, name: str, shipped: dict[str, Callable[..., Any]], path: Path) -> None:
    where = f"{path.name}, line {function.__code__.co_firstlineno}"
    if name not in shipped:
        hint = did_you_mean(name, shipped) or "a function of yours that is no rule begins with _"
        raise Mistake(f"there is no rule '{name}'", where, hint=hint)
    wanted, found = (list(inspect.signature(one).parameters) for one in (shipped[name], function))
    if wanted != found:
        raise Mistake(f"'{name}' takes ({', '.join(found)})", where, allowed=f"({', '.join(wanted)})")


def _replace(shipped: Callable[..., Any], own: Callable[..., Any]) -> None:
    """Wherever the shipped rule is known by some name, let that name mean the user's."""
    for module in tuple(sys.modules.values()):
        known = getattr(module, "__dict__", {})
        for name in [name for name, one in tuple(known.items()) if one is shipped]:
            if known.get("__name__") != NAME:
                setattr(module, name, own)

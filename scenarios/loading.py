"""From the name of a preset or file to a scenario: find, read, follow `extends`, lay over each other, check."""

import re
from functools import reduce
from importlib.resources import files
from os.path import realpath
from pathlib import Path
from typing import Any, Final

from agents.blocks import BLOCKS
from scenarios.checking import checked, steps_along
from scenarios.errors import Mistake, did_you_mean, end_of, shown
from scenarios.merging import merged
from scenarios.scenario import Scenario
from scenarios.source import SHALLOW, Source, read_source, source_of_text
from scenarios.table import KeyPath

LONGEST_CHAIN: Final = 16


def presets() -> tuple[str, ...]:
    """Names of the scenarios that come with the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in _preset_folder().glob("*.toml")))


def preset_path(name: str) -> Path:
    """Where the preset's file stands. Raises Mistake for an unknown name."""
    if name not in presets():
        hint = did_you_mean(name, presets()) or "a file needs its ending or folder: name.toml, ./name"
        raise Mistake(f"there is no preset {shown(name)}", allowed=", ".join(presets()), hint=hint)
    return _preset_folder() / f"{name}.toml"


def _preset_folder() -> Path:
    return Path(str(files("scenarios"))) / "presets"


def load(source: str | Path) -> Scenario:
    """The scenario of a preset's name or of a file's path; a text without dot or slash is a preset's name.

    Raises Mistake.
    """
    return _scenario(_found(source, Path()))


def parse(text: str, where: str = "text", folder: str | Path = "") -> Scenario:
    """The scenario that a TOML text describes; `where` names it in messages, its paths are relative to `folder`.

    Raises Mistake.
    """
    return _scenario(source_of_text(text, where, Path(folder)))


def _found(name: str | Path, folder: Path) -> Source:
    """The preset of this name, or the file at this path from the folder."""
    if isinstance(name, str) and not re.search(r"[./\\]", name):
        return read_source(preset_path(name), f"preset {name}")
    path = folder / name
    return read_source(path, end_of(str(path)))


def _scenario(source: Source) -> Scenario:
    try:
        chain = _chain(source)
        data: dict[str, Any] = reduce(merged, [_own_data(link) for link in reversed(chain)])
        data["name"] = source.data.get("name", source.slug("scenario"))
        return checked(Scenario, data, lambda path: _place(chain, path))
    except RecursionError:
        raise Mistake("is nested too deeply", source.where, SHALLOW) from None


def _chain(source: Source) -> list[Source]:
    """The scenario, the one that it extends, and so on."""
    chain = [source]
    _check_format(source)
    while "extends" in chain[-1].data:
        parent = _parent(chain[-1])
        _refuse_circle(chain, parent)
        _check_format(parent)
        chain.append(parent)
        if len(chain) > LONGEST_CHAIN:
            raise Mistake(f"more than {LONGEST_CHAIN} scenarios build on each other", parent.where)
    return chain


def _check_format(source: Source) -> None:
    found = source.data.get("schema")
    if found is None:
        raise Mistake("the line `schema = 1` is missing", source.where, hint="put it first")
    if type(found) is not int or found != 1:
        hint = "this file may need a newer EffectChain" if type(found) is int and found > 1 else ""
        raise Mistake(
            "unknown form of scenario file", f"{source.place(('schema',))}, schema = {shown(found)}", "1", hint
        )


def _parent(source: Source) -> Source:
    name = source.data["extends"]
    where = f"{source.place(('extends',))}, extends = {shown(name)}"
    if not isinstance(name, str):
        raise Mistake("must be the name of a preset or file", where)
    try:
        return _found(name, source.folder)
    except Mistake as mistake:
        raise Mistake(str(mistake), where) from None


def _refuse_circle(chain: list[Source], parent: Source) -> None:
    real = [realpath(link.path) if link.path else "" for link in chain]
    if parent.path and realpath(parent.path) in real:
        circle = [*chain[real.index(realpath(parent.path)) :], parent]
        names = " -> ".join(link.where for link in circle)
        raise Mistake(f"`extends` goes round in a circle: {names}", chain[-1].place(("extends",)))


def _own_data(source: Source) -> dict[str, Any]:
    """What this file itself says, with the scores of its diagnosis in place."""
    data = {name: value for name, value in source.data.items() if name != "extends"}
    blocks = data.get("building_blocks")
    if isinstance(blocks, dict) and "from_diagnosis" in blocks:
        explicit = {name: value for name, value in blocks.items() if name != "from_diagnosis"}
        needed = [block for block in BLOCKS if block not in explicit]
        data["building_blocks"] = merged(_diagnosed(source, blocks["from_diagnosis"], needed), explicit)
    return data


def _diagnosed(source: Source, answers: object, needed: list[str]) -> dict[str, Any]:
    """Maturity of at least the needed blocks according to a filled-in self-diagnosis."""
    where = source.place(("building_blocks", "from_diagnosis"))
    if not isinstance(answers, str):
        raise Mistake("must be the path of a file with answers", f"{where}, building_blocks.from_diagnosis")
    from scenarios.diagnosis import maturity_from_answers  # noqa: PLC0415 - most scenarios need no spreadsheets

    scores = maturity_from_answers(source.folder / answers, needed)
    return {block: {"designed": designed, "lived": lived} for block, (designed, lived) in scores.items()}


def _place(chain: list[Source], path: KeyPath) -> str:
    """Where the value of a key comes from: the nearest scenario in the chain that holds most of its path."""
    return max(chain, key=lambda link: len(steps_along(link.data, path))).place(path)

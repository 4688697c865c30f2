"""The registry of parameters and mechanisms, for people to read and for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from agents.parameters import Mechanism, Parameter
from agents.registry import PARAMETERS, mechanisms
from scenarios.errors import Mistake, shown


def parameters_as_data(words: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Parameters and mechanisms that have one of these words in them (all, if there are none), as plain data.

    Raises Mistake where none has.
    """
    parameters, found = chosen(words)
    return {"parameters": [asdict(one) for one in parameters], "mechanisms": [asdict(one) for one in found]}


def parameters_in_words(words: Sequence[str] = ()) -> list[str]:
    """The same as lines of text, section by section. Raises Mistake."""
    parameters, found = chosen(words)
    lines: list[str] = []
    section = ""
    for one in parameters:
        if one.section != section:
            section = one.section
            lines += ["", section.upper()]
        lines += [
            f"  {one.name} = {one.default:g}  ({one.low:g} to {one.high:g}; {one.unit})",
            f"      {one.meaning}  [{one.origin}: {one.source}]",
        ]
    if found:
        lines += ["", "MECHANISMS"]
    for mechanism in found:
        lines += [
            f"  {mechanism.name}: off with --set behaviour.{mechanism.switch}={mechanism.off:g}",
            f"      {mechanism.pattern}  [{mechanism.source}]",
        ]
    return lines[1:]


def chosen(words: Sequence[str]) -> tuple[list[Parameter], list[Mechanism]]:
    """What has one of these words in it."""
    parameters = [one for one in PARAMETERS.values() if speaks_of(one, words)]
    found = [one for one in mechanisms().values() if speaks_of(one, words)]
    if not parameters and not found:
        raise Mistake(
            f"no parameter or mechanism has {shown(' '.join(words))} in its name, meaning or source",
            hint="`effectchain scenarios parameters` lists all",
        )
    return parameters, found


def speaks_of(one: Parameter | Mechanism, words: Sequence[str]) -> bool:
    """Whether one of the words stands in it; no words at all ask for everything."""
    text = " ".join(str(value) for value in asdict(one).values()).lower()
    return not words or any(word.lower() in text for word in words)

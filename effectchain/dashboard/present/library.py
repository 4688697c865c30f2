"""The shelf of stories: those that come with EffectChain and those in a folder of the trainer's own."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from effectchain.dashboard.present.casting import cast
from effectchain.dashboard.present.story import Story
from scenarios.checking import checked
from scenarios.errors import Mistake, did_you_mean, end_of, shown
from scenarios.source import read_source
from scenarios.table import SLUG

OWN_FOLDER: Final = "EFFECTCHAIN_STORIES"
"""Environment variable with the folder of the trainer's own stories; `effectchain dashboard --stories` sets it."""

MOST_STORIES: Final = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """Stories by name, in the order in which they are offered, and what is wrong with files that are none."""

    stories: Mapping[str, Story]
    mistakes: tuple[str, ...]


def read_story(path: str | Path) -> Story:
    """The story of a TOML file. Raises Mistake, with file, line and key, for what cannot be."""
    place = Path(path)
    source = read_source(place, end_of(str(place)))
    if "schema" not in source.data:
        raise Mistake("the line `schema = 1` is missing", source.where, hint="put it first")
    story = checked(Story, source.data, source.place)
    try:
        cast(story)
    except Mistake as mistake:
        raise Mistake(str(mistake), source.where) from None
    return story


def shelf(own: str | Path | None = None) -> Shelf:
    """All stories: the trainer's own first, then ours; an own one goes before ours of the same name.

    own: a folder; by default the one in the environment, if there is one. A file that is no story, or a folder that is
    none, is a mistake on the shelf and keeps the others in place.
    """
    folder = own if own is not None else os.environ.get(OWN_FOLDER)
    mine, mistakes = _of_folder(Path(folder)) if folder else ({}, ())
    ours = {_name_of(path): read_story(path) for path in _shipped()}
    return Shelf({**mine, **{name: story for name, story in ours.items() if name not in mine}}, mistakes)


def named(name: str, found: Shelf) -> Story:
    """The story of this name. Raises Mistake where there is none."""
    if name in found.stories:
        return found.stories[name]
    raise Mistake(
        f"there is no story {shown(name)}",
        allowed=", ".join(found.stories),
        hint=did_you_mean(name, found.stories),
    )


def _shipped() -> list[Path]:
    folder = Path(str(files("effectchain.dashboard.present").joinpath("stories")))
    return sorted(folder.glob("*.toml"))


def _of_folder(folder: Path) -> tuple[dict[str, Story], tuple[str, ...]]:
    """The stories of a folder, and a sentence for each file that is none."""
    found: dict[str, Story] = {}
    mistakes: list[str] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        return {}, (f"{end_of(str(folder))}: cannot be read: {(error.strerror or 'no access').lower()}",)
    for path in paths[:MOST_STORIES]:
        try:
            found[_name_of(path)] = read_story(path)
        except Mistake as mistake:
            mistakes.append(str(mistake))
    return found, tuple(mistakes)


def _name_of(path: Path) -> str:
    """The file's name, which ends up in addresses, without the number that orders it. Raises Mistake."""
    name = re.sub(r"^\d+-", "", path.stem)
    if not re.fullmatch(SLUG, name):
        raise Mistake(
            "must have a name of at most 64 small letters, digits, - and _ that begins with a letter or digit",
            end_of(str(path)),
        )
    return name

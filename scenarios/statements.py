"""The 99 statements of the self-diagnosis, in English and Dutch, and the words that go with them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Language = Literal["en", "nl"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "nl")

LOWEST: Final = 1
HIGHEST: Final = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that respondents answer from 1, not true of us at all, to 5, entirely true of us.

    aspect: "design" is arranged (agreements, plans, means), "practice" done in daily work, "effect" noticed by people.
    """

    id: str
    block: str
    aspect: str
    en: str
    nl: str

    def text(self, language: Language) -> str:
        """The statement itself."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """The eleven statements on one building block; `key` is its name in scenario files, `id` that on the form."""

    id: str
    key: str
    name_en: str
    name_nl: str
    statements: tuple[Statement, ...]

    def name(self, language: Language) -> str:
        """The block's name for people."""
        return self.name_en if language == "en" else self.name_nl


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All statements, in the order of the form; `version` changes with any change of wording or aspect."""

    version: int
    scale_en: tuple[str, ...]
    scale_nl: tuple[str, ...]
    blocks: tuple[StatementBlock, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of every block."""
        return tuple(statement for block in self.blocks for statement in block.statements)

    def scale(self, language: Language) -> tuple[str, ...]:
        """What the answers 1 to 5 stand for."""
        return self.scale_en if language == "en" else self.scale_nl


@cache
def questionnaire() -> Questionnaire:
    """The statements as shipped with the package."""
    table = _read("self_assessment.toml")
    meta = table["meta"]
    blocks = tuple(_block(block) for block in table["block"])
    return Questionnaire(meta["version"], tuple(meta["scale_en"]), tuple(meta["scale_nl"]), blocks)


@cache
def words(language: Language) -> Mapping[str, str]:
    """The words around the statements, by what they are for."""
    table: Mapping[str, str] = _read("diagnosis_words.toml")[language]
    return table


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("scenarios").joinpath(name).read_text(encoding="utf-8"))


def _block(table: Mapping[str, Any]) -> StatementBlock:
    statements = tuple(Statement(block=table["key"], **statement) for statement in table["statement"])
    return StatementBlock(table["id"], table["key"], table["name_en"], table["name_nl"], statements)

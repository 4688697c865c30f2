"""What every table of a scenario file has in common: strict, frozen, no unknown keys, every key explained."""

from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.functional_validators import AfterValidator
from pydantic_core import InitErrorDetails, PydanticCustomError

from scenarios.errors import visible

SLUG: Final = r"^[a-z0-9][a-z0-9_-]{0,63}$"
"""What a name looks like that may end up in the name of a file."""

LAST_WEEK: Final = 5200
MOST_MONEY: Final = 1e9

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys and, in arrays, positions from 0."""

Item = TypeVar("Item")


class Table(BaseModel):
    """A table of a scenario file.

    A whole number is accepted where a real number is asked; otherwise types are taken as they stand.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


def key(
    default: Any, meaning: str, unit: str = "", low: float | None = None, high: float | None = None, **more: Any
) -> Any:
    """Declare one key: its default (`...` where it must be given), meaning, unit and closed range.

    Messages, JSON Schema and screens take their words from here.
    """
    extra: dict[str, Any] | None = {"unit": unit} if unit else None
    return Field(default, description=meaning, ge=low, le=high, json_schema_extra=extra, **more)


def complaint(path: KeyPath, what: str) -> ValidationError:
    """What a table's own check raises: what is wrong at this path below the table."""
    return ValidationError.from_exception_data(
        "scenario", [fault(path, PydanticCustomError("complaint", "{what}", {"what": what}))]
    )


def fault(path: KeyPath, kind: str | PydanticCustomError) -> InitErrorDetails:
    """One fault at this path below the table; the words for it follow from the schema."""
    return InitErrorDetails(type=kind, loc=path, input=None)


def _plain(text: str) -> str:
    if visible(text) != text:
        raise complaint((), "must not contain control characters")
    return text


def _plain_lines(text: str) -> str:
    _plain(text.replace("\n", "").replace("\t", ""))
    return text


Slug = Annotated[str, Field(pattern=SLUG)]
Label = Annotated[str, Field(max_length=120), AfterValidator(_plain)]
Prose = Annotated[str, Field(max_length=4000), AfterValidator(_plain_lines)]
Items = Annotated[tuple[Item, ...], Field(strict=False)]
"""An array: TOML gives lists, a frozen table keeps tuples."""

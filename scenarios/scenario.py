"""The scenario: what the organisation is and what is done to it, checked as a whole."""

import json
from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, model_validator

from scenarios.about import About
from scenarios.assigning import assigned
from scenarios.behaviour import Behaviour, values_of
from scenarios.building_blocks import BuildingBlocks
from scenarios.checking import checked
from scenarios.customers import Customers
from scenarios.economics import Economics
from scenarios.expected import Band
from scenarios.intervention import Approach, Intervention, Programme
from scenarios.market import Market
from scenarios.organisation import Organisation
from scenarios.shock import Shock
from scenarios.table import LAST_WEEK, Items, Slug, Table, complaint, key

EXTENDS: Final = (
    "preset or file, relative to this one, on which this one builds: tables are laid over the other's key by key, "
    "numbers, texts and arrays (interventions, shocks, segments) replace the other's as a whole"
)


def _file_only_keys(schema: dict[str, Any]) -> None:
    """Adds to the JSON Schema what only a file may say."""
    extends = {"type": "string", "description": EXTENDS}
    schema["properties"] = {**schema["properties"], "extends": extends}
    schema["required"] = ["schema"]


class Scenario(Table):
    """One organisation, its customers and market, and what is done to it; week 1 is the first that is recorded."""

    model_config = ConfigDict(json_schema_extra=_file_only_keys)

    format: Literal[1] = key(1, "version of the scenario file's form", alias="schema")
    name: Slug = key("scenario", "name, also of files; by default that of the file")
    weeks: int = key(156, "how long the simulation lasts", "weeks", 1, LAST_WEEK)
    warmup: int = key(52, "lived before week 1 and not recorded", "weeks", 0, 520)
    about: About = key(About(), "what the scenario says of itself")
    organisation: Organisation = key(Organisation(), "the organisation before anything is done to it")
    customers: Customers = key(Customers(), "its customers and prospects")
    building_blocks: BuildingBlocks = key(BuildingBlocks(), "where it stands on the nine building blocks")
    interventions: Annotated[Items[Intervention], Field(max_length=1000)] = key((), "what is done to blocks")
    shocks: Annotated[Items[Shock], Field(max_length=1000)] = key((), "what befalls the organisation")
    programme: Programme = key(Programme(), "what goes on all along")
    economics: Economics = key(Economics(), "prices, pay and the cost of change")
    market: Market = key(Market(), "rivals, promise and word of mouth")
    behaviour: Behaviour = key({}, "changed parameters of the agents' rules")
    expected: Mapping[str, Band] = key({}, "bands of indicators in the first year before anything is done")

    @model_validator(mode="after")
    def _all_begins_in_time(self) -> "Scenario":
        for table in ("interventions", "shocks"):
            for place, item in enumerate(getattr(self, table)):
                if item.start > self.weeks:
                    raise complaint(
                        (table, place, "start"), f"must start within the {self.weeks} weeks of the scenario"
                    )
        return self

    def with_(self, changes: Mapping[str, Any] | None = None, /, **more: Any) -> "Scenario":
        """A copy with other values at dotted paths: `with_({"organisation.employees": 80})`.

        A table is laid over the present one; None takes an optional key away. Raises Mistake.
        """
        return checked(Scenario, assigned(self.as_dict(), {**(changes or {}), **more}))

    def strengthen(
        self,
        block: str,
        *,
        to: float | None = None,
        start: int = 1,
        weeks: int = 26,
        approach: Approach = "combined",
        effort: float | None = None,
        budget: float | None = None,
        upkeep: float = 1.0,
    ) -> "Scenario":
        """A copy with one more intervention; exactly one of to, effort and budget says how much. Raises Mistake."""
        amounts = {"to": to, "effort": effort, "budget": budget}
        given = {name: amount for name, amount in amounts.items() if amount is not None}
        added = {"block": block, "start": start, "weeks": weeks, "approach": approach, "upkeep": upkeep, **given}
        return self.with_(interventions=[*self.as_dict()["interventions"], added])

    def as_dict(self) -> dict[str, Any]:
        """All keys as plain tables, arrays and values, defaults included; absent optional keys are left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def digest(self) -> str:
        """Twelve hexadecimal digits that stand for the content without name and about."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        content = {name: value for name, value in self.as_dict().items() if name not in {"name", "about"}}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return blake2b(text.encode(), digest_size=6).hexdigest()

    def designed(self) -> tuple[float, ...]:
        """Designed maturity of the nine blocks, in the order of BLOCKS."""
        return self.building_blocks.designed()

    def lived(self) -> tuple[float, ...]:
        """Lived maturity of the nine blocks, in the order of BLOCKS."""
        return self.building_blocks.lived()

    def behaviour_values(self) -> dict[str, float]:
        """Every behaviour parameter by name, as this scenario has it."""
        return values_of(self.behaviour)

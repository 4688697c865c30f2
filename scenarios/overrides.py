"""What `--set path=value` means."""

import tomllib
from collections.abc import Sequence
from typing import Any, Final

from scenarios.assigning import assigned
from scenarios.checking import checked
from scenarios.errors import Mistake, shown
from scenarios.scenario import Scenario

LONGEST_SETTING: Final = 10_000


def overridden(scenario: Scenario, settings: Sequence[str]) -> Scenario:
    """A copy of the scenario with all settings, each `path=value`, one after the other: the later counts.

    Raises Mistake.
    """
    data = scenario.as_dict()
    for setting in settings:
        data = assigned(data, dict([parse_setting(setting)]))
    return checked(Scenario, data)


def parse_setting(setting: str) -> tuple[str, Any]:
    """Path and value of one setting; the value is read as in TOML, and as a text where it is none.

    Raises Mistake.
    """
    path, equals, value = setting.partition("=")
    if not equals or not path.strip() or len(setting) > LONGEST_SETTING:
        raise Mistake("is no setting", f"--set {shown(setting)}", "path=value, as in organisation.employees=80")
    return path.strip(), _value(value.strip())


def _value(text: str) -> Any:
    try:
        read = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return read["value"] if read.keys() == {"value"} else text

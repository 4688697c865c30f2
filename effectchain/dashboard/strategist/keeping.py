"""What-ifs with their baselines: kept by name on this machine, and packed into a link."""

import re
from dataclasses import replace
from typing import Any, Final

from effectchain.dashboard.strategist.work import MOST_PINS, Pin, Sight, Work, begun
from effectchain.dashboard.words import words_of
from effectchain.keeping import Keeping
from results.numbers import unbroken
from results.words import harmless
from scenarios.errors import Mistake, shown
from scenarios.loading import parse
from scenarios.scenario import Scenario
from scenarios.sharing import packed, unpacked
from scenarios.writing import to_toml

BASELINE: Final = re.compile(r"# baseline ([A-Za-z0-9_-]+)\n")
"""First line of a kept what-if: its baseline, packed; the rest is a scenario file like any other."""

MOST_LISTED: Final = 200


def keep(sight: Sight, name: str) -> str:
    """Keep the what-if in sight with its baseline, and return the name under which it is. Raises Mistake."""
    what_if = titled(sight.what_if, name.strip())
    return Keeping().save("scenario", name, f"# baseline {packed([sight.base])}\n{to_toml(what_if)}")


def opened(name: str) -> Work:
    """The work that was kept under this name; what was kept without a baseline is one. Raises Mistake."""
    text = Keeping().load("scenario", name)
    scenario = parse(text, shown(name))
    found = BASELINE.match(text)
    if found is None:
        return begun(f"kept:{name}", scenario)
    return begun(f"kept:{name}", unpacked(found[1])[0], scenario, title_in(scenario) or name)


def kept_baseline(name: str) -> Scenario:
    """What was kept under this name as an organisation to start from. Raises Mistake."""
    return Keeping().load_scenario(name)


def kept_names() -> list[str]:
    """All that is kept, the newest first. Raises Mistake where the file cannot be read."""
    return [entry.name for entry in Keeping().entries("scenario")[:MOST_LISTED]]


def forget(name: str) -> None:
    """Keep it no longer. Raises Mistake where there is none of this name."""
    Keeping().delete("scenario", name)


def kept_list(language: str) -> list[dict[str, Any]]:
    """What is kept as name and date."""
    months = words_of("strategist", language)["months"].split()
    entries = Keeping().entries("scenario")[:MOST_LISTED]
    return [
        {
            "key": entry.name,
            "title": harmless(entry.name, 80),
            "about": unbroken(f"{entry.changed.day} {months[entry.changed.month - 1]} {entry.changed.year}"),
        }
        for entry in entries
    ]


def code_of(work: Work) -> str:
    """Baseline, what-if and pinned ones as part of an address; empty where nothing differs from an example."""
    if work.now.is_same and work.origin.startswith("preset:") and not work.pins:
        return ""
    scenarios = [work.now.base, titled(work.now.what_if, work.now.title)]
    scenarios += [titled(pin.what_if, pin.title) for pin in work.pins]
    try:
        return packed(scenarios)
    except Mistake:
        return ""


def from_code(code: str) -> Work:
    """The work of such a part of an address. Raises Mistake, whatever the text is."""
    base, *others = unpacked(code)
    what_if, *pinned = others or [base]
    work = begun("link", base, what_if, title_in(what_if))
    pins = tuple(Pin(number, one, title_in(one) or f"{number}") for number, one in enumerate(pinned[:MOST_PINS], 1))
    return replace(work, pins=pins)


def titled(scenario: Scenario, title: str) -> Scenario:
    """The scenario with this title of the user's in both languages; as it is, where there is none."""
    if not title:
        return scenario
    return scenario.with_({"about.title_en": title, "about.title_nl": title})


def title_in(scenario: Scenario) -> str:
    """The user's title, which is the same in both languages; empty where there is none."""
    about = scenario.about
    return (about.title_en or "") if about.title_en == about.title_nl else ""

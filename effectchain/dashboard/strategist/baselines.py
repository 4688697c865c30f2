"""What one can start from: example organisations, kept scenarios, one's own self-diagnosis, a shared link."""

from functools import cache
from typing import Any, Final

from effectchain.dashboard.session import Session
from effectchain.dashboard.words import words_of
from experiments.telling import title
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from scenarios.scenario import Scenario

USUAL: Final = "preset:hotel"
DIAGNOSED: Final = "strategist.baseline"
"""Where the page of the self-diagnosis puts a baseline for this visit."""


@cache
def preset(name: str) -> Scenario:
    """An example organisation. Raises Mistake for one that there is not."""
    if name not in presets():
        raise Mistake(f"there is no example organisation '{name[:40]}'")
    return load(name)


def first_origin(session: Session) -> str:
    """Where a visit starts: from its own diagnosis, if there is one, or else from an example."""
    return "diagnosis" if isinstance(session.found(DIAGNOSED), Scenario) else USUAL


def baseline(session: Session, origin: str) -> Scenario:
    """The baseline of an origin such as 'preset:hotel' or 'diagnosis'. Raises Mistake where it is gone."""
    kind, _, name = origin.partition(":")
    if kind == "preset":
        return preset(name)
    found = session.found(DIAGNOSED)
    if kind == "diagnosis" and isinstance(found, Scenario):
        return found
    raise Mistake("this baseline is gone", hint="choose another")


def choices(session: Session, origin: str, base: Scenario, language: str) -> list[dict[str, Any]]:
    """Groups of baselines to choose from; what is chosen now is among them."""
    words = words_of("strategist", language)
    groups = [
        {
            "label": words["presets"],
            "options": [{"value": f"preset:{name}", "text": title(preset(name), language)} for name in presets()],
        }
    ]
    found = session.found(DIAGNOSED)
    if isinstance(found, Scenario):
        own = {"value": "diagnosis", "text": title(found, language)}
        groups.append({"label": words["diagnosed"], "options": [own]})
    if all(option["value"] != origin for group in groups for option in group["options"]):
        label = words["kept"] if origin.startswith("kept") else words["from_link"]
        groups.append({"label": label, "options": [{"value": origin, "text": title(base, language)}]})
    return groups

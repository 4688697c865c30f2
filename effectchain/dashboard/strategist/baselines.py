"""What one can start from: example organisations, kept scenarios, one's own self-diagnosis, a shared link."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from effectchain.dashboard.session import HANDED, Session
from effectchain.dashboard.strategist import keeping
from effectchain.dashboard.words import words_of
from experiments.telling import title
from results.words import harmless
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from scenarios.scenario import Scenario

USUAL: Final = "preset:hotel"
FROM: Final = ("diagnosis", "experiment")


@cache
def preset(name: str) -> Scenario:
    """An example organisation. Raises Mistake for one that there is not."""
    if name not in presets():
        raise Mistake(f"there is no example organisation '{name[:40]}'")
    return load(name)


def handed_over(session: Session) -> tuple[str, Scenario] | None:
    """What another page hands over to start from: where it comes from ('diagnosis', 'experiment') and itself, once."""
    found = session.found(HANDED)
    session.put(HANDED, None)
    if isinstance(found, tuple) and len(found) == 2 and isinstance(found[1], Scenario):
        session.put(f"{HANDED}.{found[0]}", found[1])
        return str(found[0]), found[1]
    return None


def baseline(session: Session, origin: str) -> Scenario:
    """The baseline of an origin such as 'preset:hotel' or 'diagnosis'. Raises Mistake where it is gone."""
    kind, _, name = origin.partition(":")
    if kind == "preset":
        return preset(name)
    if kind == "kept":
        return keeping.kept_baseline(name)
    found = session.found(f"{HANDED}.{origin}")
    if isinstance(found, Scenario):
        return found
    raise Mistake("this baseline is gone", hint="choose another")


def choices(session: Session, origin: str, base: Scenario, names: Sequence[str], language: str) -> list[dict[str, Any]]:
    """Groups of baselines to choose from, kept ones by these names; what is chosen now is among them."""
    words = words_of("strategist", language)
    groups: list[dict[str, Any]] = [
        {
            "label": words["presets"],
            "options": [{"value": f"preset:{name}", "text": title(preset(name), language)} for name in presets()],
        }
    ]
    for source in FROM:
        found = session.found(f"{HANDED}.{source}")
        if isinstance(found, Scenario):
            groups.append({"label": words[source], "options": [{"value": source, "text": title(found, language)}]})
    if names:
        own = [{"value": f"kept:{name}", "text": harmless(name, 80)} for name in names]
        groups.append({"label": words["kept"], "options": own})
    if all(option["value"] != origin for group in groups for option in group["options"]):
        label = words["kept"] if origin.startswith("kept") else words["from_link"]
        groups.append({"label": label, "options": [{"value": origin, "text": title(base, language)}]})
    return groups

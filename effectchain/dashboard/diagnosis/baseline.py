"""From a diagnosis to the scenario that what-ifs start from: a preset's organisation with these building blocks."""

from collections.abc import Mapping
from typing import Final

from agents.blocks import BLOCKS
from effectchain.dashboard.diagnosis.work import SIDES, Edits
from effectchain.diagnosis_files import fingerprint, scenario_text
from scenarios.diagnosis import Diagnosis
from scenarios.loading import load, parse
from scenarios.scenario import Scenario

BY_HAND: Final = "Maturity that was changed by hand after the diagnosis: {}."


def baseline(diagnosis: Diagnosis, preset: str, edits: Edits) -> Scenario:
    """The scenario; what was set by hand stands in place of what the answers say. Raises Mistake for no preset."""
    changes = {f"building_blocks.{block}.{side}": value for (block, side), value in sorted(edits.items())}
    name = f"diagnosis-{fingerprint(diagnosis, preset, *(f'{path}={value}' for path, value in changes.items()))}"
    scenario = parse(scenario_text(diagnosis, name, preset), name)
    if not changes:
        return scenario
    said = BY_HAND.format(
        ", ".join(f"{path.removeprefix('building_blocks.')} {value}" for path, value in changes.items())
    )
    assumptions = [*scenario.about.assumptions, said]
    return scenario.with_({**changes, "about.assumptions": assumptions})


def scores(diagnosis: Diagnosis, preset: str) -> Mapping[tuple[str, str], float]:
    """Maturity by block and side, as the answers say, or as in the preset where too few answered."""
    present = load(preset).building_blocks
    found = {(block, side): float(getattr(getattr(present, block), side)) for block in BLOCKS for side in SIDES}
    for score in diagnosis.scores:
        if score.mean:
            found |= {(score.block, side): getattr(score.mean, side) for side in SIDES}
    return found

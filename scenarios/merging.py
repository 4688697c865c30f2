"""How the data of one scenario is laid over those of another.

Tables merge key by key. Everything else replaces what was there: numbers, texts, and arrays as a whole
(interventions, shocks, segments).
"""

from collections.abc import Mapping
from typing import Any

from scenarios.building_blocks import both


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """A new table: `below`, with `above` laid over it."""
    result = dict(below)
    for name, value in above.items():
        result[name] = laid_over(below.get(name), value)
    return result


def laid_over(below: Any, above: Any) -> Any:
    """One value laid over another; a table over a building block's single number keeps the half it leaves out."""
    ground = both(below)
    if isinstance(above, Mapping):
        return merged(ground if isinstance(ground, Mapping) else {}, above)
    return above

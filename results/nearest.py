"""Names that a user may have meant."""

from collections.abc import Sequence
from difflib import get_close_matches

FEW = 12
"""Names that are told all."""


def nearest(name: str, known: Sequence[str]) -> str:
    """What to choose from: all names where they are few, else those most like this one."""
    if len(known) <= FEW:
        return f"choose from {', '.join(known) or 'none'}"
    alike = get_close_matches(name, known, 3, 0.5)
    first = f"did you mean {' or '.join(alike)}? " if alike else ""
    return f'{first}The question "DESCRIBE weekly" to `effectchain results query` lists all {len(known)} columns'

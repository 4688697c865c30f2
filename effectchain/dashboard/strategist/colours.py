"""The colours of lines and tiles: safe for colour-blind people, told apart by names too, dark enough to be read."""

from typing import Final

BASELINE: Final = "#6f7d8b"
LINKS: Final = {
    "leaders": "#1f6f78",
    "employees": "#0b6fb8",
    "experience": "#7a3fa8",
    "delight": "#b84e06",
    "loyalty": "#08734f",
    "results": "#3d4b59",
    "reputation": "#3d4b59",
}
PINS: Final = ("#c0392b", "#8a5a00", "#9b3b78", "#4c5fd7")
"""Of pinned what-ifs 1 to 4, told apart by their names too."""

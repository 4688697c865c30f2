"""The nine building blocks of the Service Excellence Model, in the order and by the keys used everywhere."""

from typing import Final

BLOCKS: Final = (
    "understanding",
    "strategy",
    "leadership",
    "culture",
    "design",
    "engagement",
    "operations",
    "monitoring",
    "innovation",
)
"""Keys of building blocks 1 to 9 [CEN/TS 16880, ISO 23592: nine elements]."""

NUMBER_OF_BLOCKS: Final = len(BLOCKS)

UNDERSTANDING: Final = 0
STRATEGY: Final = 1
LEADERSHIP: Final = 2
CULTURE: Final = 3
DESIGN: Final = 4
ENGAGEMENT: Final = 5
OPERATIONS: Final = 6
MONITORING: Final = 7
INNOVATION: Final = 8
"""Positions of the blocks in every array of nine."""

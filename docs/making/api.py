"""The page of the Python API: which names, in which order; mkdocstrings reads their docstrings."""

from typing import Final

import effectchain

HEAD: Final = """# Python API

`import effectchain as ec`. A name is loaded when first used. Below stand all public names, then what the rooms offer
beside them. A mistake of yours raises `ec.Mistake`, a result that cannot be had `ec.ResultsError`; both are a
`ValueError` and say in a sentence what to do.
"""

FUNCTIONS: Final = (
    "scenario", "presets", "run", "compare", "explain", "roadmap", "calibrate", "survey", "validate", "experiment",
    "sweep", "sensitivity",
)  # fmt: skip
"""In the order in which people need them."""

OF_ROOMS: Final = ("simulation.organisation.Organisation",)


def page() -> str:
    """Where mkdocstrings puts what."""
    homes = effectchain._HOME  # noqa: SLF001  the one list of where public names stand
    others = [f"{home}.{name}" for name, home in homes.items()]
    functions = [f"effectchain.api.{name}" for name in FUNCTIONS]
    parts = [HEAD, "## Functions\n", *map(told, functions), "## What they give and take\n", *map(told, sorted(others))]
    return "\n".join([*parts, "## Beside them\n", *map(told, OF_ROOMS)])


def told(name: str) -> str:
    """One name's place."""
    return f"::: {name}\n"

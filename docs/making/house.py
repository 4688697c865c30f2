"""The picture of the house, from the contracts: `python -m docs.making.house` writes pictures/architecture.svg."""

import tomllib
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).parent.parent.parent
PICTURE: Final = HOUSE / "docs" / "pictures" / "architecture.svg"

WIDTH: Final = 900
HEIGHT: Final = 74
GAP: Final = 22
INK: Final = "#16202c"
GREY: Final = "#5b6875"
BLUE: Final = "#0b6bb5"

LETTERS: Final = 'font-family="system-ui, sans-serif"'
HEAD: Final = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    f'<path d="M0 0 8 4 0 8z" fill="{BLUE}"/></marker></defs>'
)

SAID: Final = {
    "effectchain": ("the front doors", "public API, command line, dashboard"),
    "experiments": ("many worlds", "what-ifs, sweeps, why, roadmaps, calibration, validation, engines"),
    "results": ("what came out", "stores, statistics, figures, reports; knows tables only"),
    "simulation": ("one world", "the week, luck, the ledger of indicators, the Mesa model"),
    "scenarios": ("what is given", "organisation, building blocks, what is done, presets, self-diagnosis"),
    "agents": ("who lives there", "what employees, leaders, customers are and do: records and rules"),
}
"""What each room is for, in two sizes of letters."""


def contracts() -> tuple[list[str], set[tuple[str, str]]]:
    """Floors from the top down, and pairs of rooms between which an import is forbidden all the same."""
    tool = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in tool["contracts"] if one["type"] == "layers")
    forbidden = [one for one in tool["contracts"] if one["type"] == "forbidden"]
    pairs = {(a, b) for one in forbidden for a in one["source_modules"] for b in one["forbidden_modules"]}
    return layers, pairs


def allowed() -> set[tuple[str, str]]:
    """Pairs of rooms of which the first may import the second."""
    layers, forbidden = contracts()
    return {(a, b) for place, a in enumerate(layers) for b in layers[place + 1 :]} - forbidden


def drawn() -> str:
    """The house as SVG; each arrow carries its rooms in `data-from` and `data-to`."""
    layers, _ = contracts()
    height = len(layers) * (HEIGHT + GAP) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" {LETTERS}>',
        "<title>Six floors; an arrow points at what may be imported, always downwards</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#f4f7fb" rx="12"/>',
        HEAD,
        *(room(name, top(layers.index(name))) for name in layers),
        *(arrow(a, b, layers) for a, b in sorted(allowed(), key=lambda pair: (layers.index(pair[0]), pair[1]))),
        "</svg>\n",
    ]
    return "\n".join(parts)


def top(place: int) -> int:
    """Where a floor begins."""
    return 16 + place * (HEIGHT + GAP)


def room(name: str, y: int) -> str:
    """One floor."""
    title, text = SAID[name]
    return (
        f'<rect x="20" y="{y}" width="640" height="{HEIGHT}" rx="8" fill="#ffffff" stroke="#cfd8e3"/>'
        f'<text x="40" y="{y + 31}" font-size="19" font-weight="700" fill="{INK}">{name}/</text>'
        f'<text x="190" y="{y + 31}" font-size="16" fill="{BLUE}">{title}</text>'
        f'<text x="40" y="{y + 56}" font-size="14" fill="{GREY}">{text}</text>'
    )


def arrow(above: str, below: str, layers: list[str]) -> str:
    """An arrow along the side of the house, in the lane of the room that imports."""
    first, last = layers.index(above), layers.index(below)
    lane = 860 - 40 * first
    start, end = top(first) + HEIGHT // 2, top(last) + 12 + 11 * first
    path = f"M660 {start}H{lane}V{end}H662"
    return (
        f'<path data-from="{above}" data-to="{below}" d="{path}" fill="none" stroke="{BLUE}" '
        'stroke-width="1.4" stroke-linejoin="round" marker-end="url(#head)"/>'
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")

"""What MkDocs is told when it builds the site: pages that nobody wrote by hand, and the handout as PDF."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import typst

from docs.making import api, commands, files, model

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

HOUSE: Final = Path(__file__).parent.parent.parent
NOTEBOOKS: Final = HOUSE / "notebooks"
HANDOUT: Final = HOUSE / "docs" / "workshop" / "handout.typ"
THEIR_WORKER: Final = "https://unpkg.com/iframe-worker/shim"
OUR_WORKER: Final = "assets/worker-from-disk.js"
OF_THE_HOUSE: Final = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}


def on_files(files: "Files", config: "MkDocsConfig") -> "Files":
    """Add what is made to what is written."""
    from mkdocs.structure.files import File  # noqa: PLC0415  tests read pages without it

    made: dict[str, str | bytes] = {**pages(), **handouts()}
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_post_page(output: str, *, page: "Page", config: "MkDocsConfig") -> str:  # noqa: ARG001  MkDocs gives it
    """Take the one script that the theme asks of the net from beside the page."""
    return output.replace(THEIR_WORKER, "../" * page.url.count("/") + OUR_WORKER)


def on_post_template(output_content: str, *, template_name: str, config: "MkDocsConfig") -> str:  # noqa: ARG001
    """The same for pages that are none of ours, such as that for an unknown address."""
    return output_content.replace(THEIR_WORKER, OUR_WORKER)


def pages() -> dict[str, str]:
    """Every made page by its path in the site."""
    made = {
        "reference/cli.md": commands.page(),
        "reference/files.md": files.page(),
        "reference/indicators.md": model.indicators(),
        "reference/parameters.md": model.parameters(),
        "reference/patterns.md": model.patterns(),
        "reference/api.md": api.page(),
    }
    for path, name in OF_THE_HOUSE.items():
        made[path] = (HOUSE / name).read_text(encoding="utf-8").replace("](docs/", "](")
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        made[f"notebooks/{notebook.stem}.md"] = as_page(notebook)
    return made


def as_page(notebook: Path) -> str:
    """A notebook's words and programs; its links start from the repository's root."""
    parts = []
    for one in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        text = "".join(one["source"])
        parts.append(text if one["cell_type"] == "markdown" else f"```python\n{text}\n```")
    where = f"*To run it: `make notebooks`, or open `notebooks/{notebook.name}` in Jupyter.*"
    parts.insert(1, where)
    return re.sub(r"\]\(\.\./docs/", "](../", "\n\n".join(parts)) + "\n"


def handouts() -> dict[str, bytes]:
    """The workshop's handout, one page in each language."""
    names = {"en": "workshop/handout.pdf", "nl": "workshop/handout.nl.pdf"}
    return {name: printed(language) for language, name in names.items()}


def printed(language: str) -> bytes:
    """The handout as PDF."""
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    compiled: Any = typst.compile  # its types do not say that it takes a file by name
    return bytes(
        compiled(
            HANDOUT, format="pdf", sys_inputs={"language": language}, font_paths=[str(fonts)], ignore_system_fonts=True
        )
    )

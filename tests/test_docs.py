"""The documentation is whole and true: links lead somewhere, commands exist, what is made of code is that of now."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from agents.registry import PARAMETERS
from docs.making import commands, files, house, model
from docs.making.hook import handouts, pages
from docs.making.notebooks import live
from effectchain import __all__ as public_names
from effectchain.cli import NAME
from effectchain.cli import commands as all_commands
from effectchain.odd.keys import COURSE, TABLES, keys_of
from experiments.validation.registry import PATTERNS
from scenarios.loading import load
from simulation.indicators import INDICATORS
from tests.test_readme import SHELL, environment
from tests.worlds import HOUSE

DOCS = HOUSE / "docs"
WRITTEN = [HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", HOUSE / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
NOTEBOOKS = sorted((HOUSE / "notebooks").glob("*.ipynb"))
RUN = re.compile(r"^```(sh|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
TO_TRY = [page for page in WRITTEN[3:] if page.name != "odd.md" and RUN.search(page.read_text(encoding="utf-8"))]
"""Pages with blocks that a reader may run; the description of the model shows the week's own code."""

SCENES = sorted((DOCS / "workshop").glob("*.toml"))
TWINS = [(one, one.with_name(one.name.replace(".nl.md", ".md"))) for one in sorted(DOCS.rglob("*.nl.md"))]
PAGES = pages()


def relative(page: Path) -> str:
    """A page's path, for the names of tests."""
    return page.relative_to(HOUSE).as_posix()


def links(text: str) -> Iterator[str]:
    """Where links and pictures lead, within the house."""
    for found in re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", text):
        target = (found[0] or found[1]).split("#")[0]
        if target and not target.startswith(("http", "mailto:")):
            yield target


def lines_of_commands(text: str) -> Iterator[str]:
    """Command lines in blocks of code, continued lines joined, comments left out."""
    for line in text.replace("\\\n", " ").split("\n"):
        found = re.match(rf"^\s*(?:\$ |[A-Z_]+=\S+ )?({NAME} .*?)(?:\s{{2,}}#.*|\s+# .*)?$", line)
        if found and not line.startswith(NAME + " is"):
            yield found[1]


def resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that words name, and what follows."""
    command: click.Command = all_commands
    while (
        isinstance(command, click.Group) and words and (found := command.get_command(click.Context(command), words[0]))
    ):
        command, words = found, words[1:]
    if isinstance(command, click.Group) and command.name == "diagnose":  # the word may be left out before a file
        command = command.commands["score"]
    return command, words


@pytest.mark.parametrize("page", WRITTEN, ids=relative)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link of a page leads to a file of the house or to a page that is made when the site is built."""
    made = {DOCS / path for path in (*PAGES, "workshop/handout.pdf", "workshop/handout.nl.pdf")}
    targets = {target: (page.parent / target).resolve() for target in links(page.read_text(encoding="utf-8"))}

    assert [] == [name for name, path in targets.items() if not path.exists() and path not in made]


@pytest.mark.parametrize("page", WRITTEN, ids=relative)
def test_commands_and_options_on_pages_exist(page: Path) -> None:
    """Whatever a page tells people to type is a command, and its options are that command's."""
    for line in lines_of_commands(page.read_text(encoding="utf-8")):
        command, rest = resolved(shlex.split(line.split(" | ")[0])[1:])
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
        options = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}

        assert command is not all_commands, line
        assert set() == options - known, line


@pytest.mark.parametrize(("dutch", "english"), TWINS, ids=relative)
def test_both_languages_say_as_much(dutch: Path, english: Path) -> None:
    """A Dutch page has the headings, rows and points of the English one, and the same commands but for the language."""
    shapes = [
        re.findall(r"^(#+|\||-|\d\.)", page.read_text(encoding="utf-8"), re.MULTILINE) for page in (english, dutch)
    ]
    said = [list(lines_of_commands(page.read_text(encoding="utf-8"))) for page in (english, dutch)]

    assert shapes[0] == shapes[1]
    assert said[0] == [line.replace(" --lang nl", "") for line in said[1]]


def test_reference_has_every_name() -> None:
    """Commands, indicators, parameters, patterns, keys of files and public names are all there."""
    told = {name: page for name, page in PAGES.items() if name.startswith("reference/")}

    assert [] == [name for name in INDICATORS if f"| `{name}` |" not in told["reference/indicators.md"]]
    assert [] == [name for name in PARAMETERS if f"| `{name}` |" not in told["reference/parameters.md"]]
    assert [] == [name for name in PATTERNS if f"\n## {name}: " not in told["reference/patterns.md"]]
    assert [] == [name for name in all_commands.commands if f"\n### {NAME} {name}\n" not in told["reference/cli.md"]]
    keys = [key.name for table in (*TABLES.values(), *COURSE.values()) for key in keys_of(table)]
    assert [] == [key for key in keys if f"| `{key}` |" not in told["reference/files.md"]]
    assert [] == [name for name in public_names if f".{name}\n" not in told["reference/api.md"]]


def test_reference_tells_what_the_tables_tell() -> None:
    """Unit and definition are those of the table of indicators, an option's words those of its command."""
    churn = INDICATORS["churn"]

    assert f"| `churn` | {churn.unit} | {churn.meaning} |" in model.indicators()
    assert "Names the luck: the same seed gives the same numbers." in commands.page()
    assert "| `demand` | -0.95 to 5 | relative change of encounters wanted |" in files.page()


def test_picture_of_the_house_is_that_of_the_contracts() -> None:
    """The committed picture has the floors and arrows that the import check enforces."""
    committed = house.PICTURE.read_text(encoding="utf-8")
    arrows = set(re.findall(r'data-from="(\w+)" data-to="(\w+)"', committed))
    layers, _ = house.contracts()

    assert house.drawn() == committed, "run `python -m docs.making.house`"
    assert house.allowed() == arrows
    assert layers == re.findall(r'font-weight="700"[^>]*>(\w+)/<', committed)
    assert ("results", "agents") not in arrows


def test_architecture_names_files_that_are_there() -> None:
    """Who follows the page through the code finds each file."""
    named = re.findall(r"`([a-z_]+/[\w/]+\.(?:py|toml))`", (DOCS / "architecture.md").read_text(encoding="utf-8"))

    assert len(named) > 8
    assert [] == [name for name in named if not (HOUSE / name).is_file()]


def test_citation_names_this_version() -> None:
    """Who cites says which version, and it is the one that is here."""
    cited = re.search(r"^version: (.+)$", (HOUSE / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)

    assert cited
    assert version(NAME) == cited[1]


def test_pictures_are_small() -> None:
    """Who clones the project or reads a page over a slow line does not wait for them."""
    sizes = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}

    assert {"dashboard.webp", "effect-chain.webp", "architecture.svg"} <= set(sizes)
    assert max(sizes.values()) < 200_000


@pytest.mark.parametrize("scene", SCENES, ids=lambda path: path.stem)
def test_scenes_of_the_workshop_are_scenarios(scene: Path) -> None:
    """Each loads, says its name in both languages, and does or suffers something."""
    found = load(scene)

    assert found.about.title_en
    assert found.about.title_nl
    assert found.interventions or found.shocks
    assert scene.name in (DOCS / "workshop" / "plan.md").read_text(encoding="utf-8")


def test_both_ways_of_the_third_scene_cost_the_same_effort() -> None:
    """They differ in approach and in nothing else, or the room would compare two things at once."""
    above, together = (load(DOCS / "workshop" / f"3-{name}.toml").interventions for name in ("from-above", "together"))

    assert [one.model_copy(update={"approach": "combined"}) for one in above] == list(together)


def test_handout_is_one_page_in_each_language() -> None:
    """A handout that goes over to a second page is none."""
    for name, printed in handouts().items():
        assert printed.startswith(b"%PDF"), name
        assert 1 == len(re.findall(rb"/Type\s*/Page\b", printed)), name


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_light(notebook: Path) -> None:
    """No outputs are kept, so that changes can be read and nothing of anybody's machine gets in."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]

    assert [] == [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert len(cells) >= 8
    assert f"notebooks/{notebook.stem}.md" in PAGES


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_work(notebook: Path) -> None:
    """All cells of a notebook run in a fresh kernel."""
    live(notebook)


@pytest.mark.slow
@pytest.mark.parametrize("page", TO_TRY, ids=relative)
def test_blocks_on_pages_work(page: Path, tmp_path: Path) -> None:
    """Blocks that are marked as shell or Python do, one after the other in one folder, what a reader would do.

    A block with a title is part of something larger, such as a file or a cluster, and is not run.
    """
    for language, text in RUN.findall(page.read_text(encoding="utf-8")):
        command = [SHELL, "-e", "-c", text] if language == "sh" else [sys.executable, "-c", text]
        done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)

        assert 0 == done.returncode, text + done.stdout[-1000:] + done.stderr[-2000:]


@pytest.mark.slow
def test_site_is_built_and_opens_from_disk(tmp_path: Path) -> None:
    """Strictly: no page is left out, no link or anchor leads nowhere; no page asks anything of the net."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(build, cwd=HOUSE, capture_output=True, text=True, check=False)
    written = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")]
    asked = {
        found
        for page in written
        for found in re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]*)"', page)
    }

    assert 0 == done.returncode, done.stdout + done.stderr
    assert len(written) > 40
    assert set() == asked
    assert (tmp_path / "workshop" / "handout.pdf").is_file()

"""`effectchain robustness` on a tiny organisation, and how its findings are shown."""

import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from agents.blocks import BLOCKS
from experiments.robustness.variants import NAMED
from results.robustness.page import robustness_page
from results.robustness.table import CONCLUSIONS, MEASURES, Rerun, Robustness
from results.robustness.terminal import print_robustness
from results.robustness.words import conclusion_in_words, robust_words, tally_in_words
from results.statistics import Interval
from scenarios.statements import questionnaire
from tests.command_line import done, refused, small_file

TINY = ("small.toml", "--draws", "1", "--replications", "2", "--weeks", "54", "--set", "shocks=[]")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with the small organisation in it."""
    monkeypatch.chdir(tmp_path)
    small_file()
    return tmp_path


def found(*, draws: int = 4) -> Robustness:
    """Everything holds by name; among draws the first conclusion fails in one and is open in another."""
    clear, unclear, wrong = (Interval(m, m - 0.1, m + 0.1, 8, 0.95) for m in (1.0, 0.05, -1.0))

    def rerun(name: str, first: Interval, *, is_drawn: bool) -> Rerun:
        margins = dict.fromkeys(CONCLUSIONS, clear) | {"pays_most_money": first}
        ranks = dict.fromkeys(MEASURES, tuple(range(1, 10)))
        gains = dict.fromkeys(MEASURES, (4.0, *[1.0] * 8, 0.5))
        return Rerun(name, is_drawn, margins, ranks, gains, {"churn": 0.2}, name != "draw-1")

    reruns = [rerun(name, clear, is_drawn=False) for name in NAMED]
    reruns += [rerun(f"draw-{n + 1}", (wrong, unclear, clear, clear)[n], is_drawn=True) for n in range(draws)]
    blocks = {block.key: block for block in questionnaire().blocks}
    names = {language: [blocks[key].name(language) for key in BLOCKS] for language in ("en", "nl")}
    return Robustness("mine", reruns, BLOCKS, names, 8, 156, 1, 347, 39, 12.0)


@pytest.mark.usefixtures("here")
def test_the_command_reruns_and_writes() -> None:
    """All rules, and a folder with table, figure and page."""
    data = done("robustness", *TINY, "--json", "--out", "one").data
    table = pq.read_table("one/conclusions.parquet")

    assert [*NAMED, "draw-1"] == [one["id"] for one in data["reruns"]]
    assert set(CONCLUSIONS) == set(data["conclusions"])
    assert (len(NAMED) + 1) * len(CONCLUSIONS) == table.num_rows
    assert data["reruns"] == json.loads(Path("one/robustness.json").read_text(encoding="utf-8"))["reruns"]
    names = {path.name for path in Path("one").iterdir()}
    assert {"robustness.png", "robustness.svg", "report.html", "manifest.json"} < names


@pytest.mark.usefixtures("here")
def test_the_command_speaks_dutch_without_draws() -> None:
    """No draws: shares are a dash, and nothing is said of them."""
    ending = done("robustness", "small.toml", "--draws", "0", "--replications", "2", "--weeks", "53", "--lang", "nl")

    assert "Welke conclusies overeind blijven" in ending.out
    assert "trekkingen geven" not in ending.out
    (report,) = Path("runs").glob("small-robustness-*/report.html")
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("here")
def test_mistakes_are_told_in_a_sentence() -> None:
    """Before anything is lived."""
    assert "53 to 1040" in refused("robustness", "small.toml", "--weeks", "52")
    assert "earns nothing" in refused("robustness", "municipality", "--weeks", "60")
    assert "nowhere.toml" in refused("robustness", "nowhere.toml")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_terminal_keeps_its_width(language: str) -> None:
    """At most 80 columns, with every conclusion, block and verdict."""
    console = Console(width=80, force_terminal=True)
    with console.capture() as said:
        print_robustness(found(), language, console)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said.get())

    assert max(map(len, plain.splitlines())) <= 80
    words = " ".join(plain.split())
    for conclusion in CONCLUSIONS:
        assert " ".join(conclusion_in_words(found(), conclusion, language).split()) in words
    for name in found().names[language]:
        assert name in plain
    assert "50 / 25 / 25 %" in plain


def test_shares_are_of_all_draws_and_plausible_ones_are_counted_too() -> None:
    """One of four fails, one is open; the one that fails makes no plausible organisation."""
    one = found()

    assert {"holds": 2, "open": 1, "fails": 1} == one.tally("pays_most_money")
    assert {"holds": 2, "open": 1, "fails": 0} == one.tally("pays_most_money", plausible=True)
    assert 3 == one.as_data()["plausible_draws"]
    assert "\N{EN DASH}" == tally_in_words(found(draws=0), "combined", "en")


def test_ranks_are_summed_up_over_draws() -> None:
    """The first block is always first, the ninth never among the first three."""
    one = found()

    assert (1.0, 1.0) == (one.mean_rank("money", 0), one.among_first("money", 0))
    assert (9.0, 0.0) == (one.mean_rank("money", 8), one.among_first("money", 8))
    assert one.names["nl"][0] == one.best("loyalty", "nl")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_shows_margins_and_rules(language: str) -> None:
    """Every conclusion with its verdict under each set of rules; it asks nothing of the net."""
    page = robustness_page(found(), language)

    assert page.startswith("<!doctype html>")
    assert "http://" not in page.replace("http://www.w3.org", "")
    for conclusion in CONCLUSIONS:
        assert conclusion_in_words(found(), conclusion, language).replace("'", "&#39;") in page
    for name in NAMED:
        assert robust_words(language)[name] in page
    assert "347" in page

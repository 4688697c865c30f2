"""Taking things along: every file can be had from the page, with the numbers that it shows."""

import io
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest

pytest.importorskip("solara", reason="The dashboard is not installed: these tests did NOT run.")

from playwright.sync_api import Page, expect

from effectchain.dashboard.downloads import TYPES
from effectchain.dashboard.taking.making import Taking, make, ordered
from effectchain.dashboard.taking.panel import taking_picture
from experiments.handing import FORMS
from experiments.live.answer import Answer
from experiments.live.pool import Pool
from experiments.live.session import Session
from scenarios.errors import Mistake
from scenarios.sharing import packed
from tests.small_organisation import small

BASE = small()
TITLES = ["Small", "Leiding <b>eerst</b>", "Leiding <b>eerst</b>"]
SOON = 60_000


@pytest.fixture(scope="module")
def answer() -> Answer:
    """Three worlds of a baseline, a pinned what-if and one more."""
    pool = Pool(2)
    with Session(worlds=3, pool=pool) as session:
        session.ask(BASE, [BASE.strengthen("leadership", to=0.9), BASE.strengthen("culture", to=0.9)])
        found = session.wait(60)
    pool.close()
    assert found is not None
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_made(answer: Answer, form: str) -> None:
    """Each file is made under the user's own titles, twice the same one and all, and a browser knows its type."""
    found = make(answer, TITLES, ordered({"form": form, "indicator": "loyalty"}), "nl", 3)

    assert found.content
    assert found.name.endswith(f".{form}")
    assert form in TYPES
    picture = taking_picture(answer, Taking(download=found), "nl")
    assert 3 == picture["download"]["number"]
    assert found.name in picture["made"]


def test_tables_hold_the_numbers_shown(answer: Answer) -> None:
    """The table of every week is that of the worlds in the answer, with the titles as names of scenarios."""
    found = make(answer, TITLES, ordered({"form": "parquet", "table": "weekly"}), "en", 1)
    table = pq.read_table(io.BytesIO(found.content))

    assert 3 * 3 * 20 == table.num_rows
    assert ["Small", TITLES[1], f"{TITLES[1]} (3)"] == table["scenario"].unique().to_pylist()
    assert answer.weekly(1, ["profit"])["profit"].to_pylist() == table["profit"].to_pylist()[60:120]


@pytest.mark.parametrize("what", [{}, {"form": "exe"}, {"form": ["pdf"]}], ids=str)
def test_what_cannot_be_ordered_is_told(what: dict[str, Any]) -> None:
    """Whatever a browser sends, it is done or told."""
    with pytest.raises(Mistake):
        ordered(what)


def test_nothing_to_take_yet_is_told() -> None:
    """Before the first worlds are whole the panel says to wait, and makes no file."""
    picture = taking_picture(None, Taking(), "en")

    assert not picture["can"]
    assert "As soon as" in picture["note"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_files_are_downloaded(page: Page, axe: Callable[[Page], None], language: str) -> None:
    """From a what-if to PDF, slides and a figure in the visitor's downloads."""
    what_if = BASE.strengthen("leadership", to=0.9)
    page.goto(f"/?lang={language}&s={packed([BASE, what_if])}")
    page.locator(".tk").scroll_into_view_if_needed(timeout=SOON)
    expect(page.locator("[data-test=take-pdf]")).to_be_enabled(timeout=SOON)
    for form, start in (("pdf", b"%PDF"), ("pptx", b"PK"), ("svg", b"<?xml")):
        with page.expect_download(timeout=SOON) as waiting:
            page.locator(f"[data-test=take-{form}]").click()
        assert waiting.value.suggested_filename.endswith(f".{form}")
        assert waiting.value.path().read_bytes().startswith(start)
        expect(page.locator(f"[data-test=take-{form}]")).to_be_enabled(timeout=SOON)
    axe(page)

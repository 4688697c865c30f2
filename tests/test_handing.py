"""What is handed out of a comparison says what made it, holds the comparison's numbers, and runs no user's text."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from effectchain.cli import main
from experiments.comparison.comparison import Comparison, compare
from experiments.handing import FORMS, Handout, refuse_missing
from experiments.live.pool import Pool
from experiments.live.session import Session
from results.folders.digest import digest
from results.statistics import final_year
from results.trajectories import trajectories
from scenarios.errors import Mistake
from scenarios.writing import to_toml
from tests.small_organisation import small

NASTY = "<script>alert(1)</script> #evil() *bold* $x$ [a] \\ @b =1+1"
BASE = small().with_({"about.title_en": NASTY, "about.text_en": NASTY, "about.assumptions": [NASTY]})
STRONG = BASE.with_({"name": "strong", "about.title_en": "Strong"}).strengthen("operations", effort=1.0, start=6)
OTHER = BASE.with_({"name": "other"}).strengthen("culture", to=0.9)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """One what-if."""
    return compare(BASE, [STRONG], replications=3, seed=4)


@pytest.fixture(scope="module")
def handout(comparison: Comparison) -> Handout:
    """All that can be handed out of it."""
    return Handout.of_comparison(comparison)


def test_each_form_says_what_made_it(handout: Handout) -> None:
    """Names of files carry scenarios, digest, seed and version; the line on each page carries all of them."""
    stamp = handout.stamp("nl")

    for part in (
        *(one.digest() for one in handout.scenarios),
        f"zaad 4 · 3 werelden · {BASE.weeks} weken",
        "EffectChain",
    ):
        assert part in stamp
    for form in FORMS:
        name = handout.file(form, "nl").name
        assert name.startswith(f"small-vs-strong-{STRONG.digest()[:8]}-seed4-v")
        assert name.endswith(f".{form}")


def test_report_carries_its_stamp_and_no_markup_of_users(handout: Handout) -> None:
    """The HTML report stands alone, carries the stamp, and shows what users typed as text."""
    page = handout.file("html", "en").content.decode()

    assert handout.stamp("en") in page
    assert "<script>alert" not in page
    assert "http:" not in page.replace("http://www.w3.org", "")
    assert "https:" not in page


@pytest.mark.parametrize("language", ["en", "nl"])
def test_pdf_is_made_of_any_text(handout: Handout, language: str) -> None:
    """Signs that mean something to Typst are only signs: the PDF is made, whatever a user typed."""
    content = handout.file("pdf", language).content

    assert content.startswith(b"%PDF-")
    assert f"/Lang ({language})".encode() in content or b"/Lang" in content
    assert b"/StructTreeRoot" in content or b"/ObjStm" in content


def test_pdf_is_the_same_for_the_same_numbers(handout: Handout) -> None:
    """Two people who hand out the same comparison hand out the same pages, but for the moment of making."""
    one, two = (handout.file("pdf", "en").content for _ in range(2))

    assert abs(len(one) - len(two)) < 64


def test_slides_hold_charts_whose_numbers_are_the_comparisons(handout: Handout, comparison: Comparison) -> None:
    """Each headline of the chain has a native chart with the means of baseline and what-if, every fourth week."""
    from pptx import Presentation  # noqa: PLC0415  an extra

    deck = Presentation(io.BytesIO(handout.file("pptx", "en").content))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]

    assert 7 == len(charts)
    for chart, name in zip(charts, ("leadership_style", "engagement", "performance"), strict=False):
        for series, line in zip(chart.plots[0].series, trajectories(comparison.worlds, name), strict=False):
            np.testing.assert_allclose(line.mean[[*range(0, 20, 4), 19]], list(series.values))
    for slide in deck.slides:
        texts = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert handout.stamp("en") in texts
        assert slide.shapes.title.text_frame.text


def test_slides_are_sound_files(handout: Handout) -> None:
    """Nothing in the file points outside it, and no part is damaged."""
    with zipfile.ZipFile(io.BytesIO(handout.file("pptx", "nl").content)) as file:
        assert file.testzip() is None
        assert not [name for name in file.namelist() if b'TargetMode="External"' in file.read(name)]


def test_tables_hold_all_numbers(handout: Handout, comparison: Comparison, tmp_path: Path) -> None:
    """CSV, spreadsheet and Parquet hold the weekly table of all scenarios, and what made it where there is a place."""
    files = {form: tmp_path / f"t.{form}" for form in ("csv", "xlsx", "parquet")}
    for form, path in files.items():
        path.write_bytes(handout.file(form, "en").content)  # type: ignore[arg-type]

    table = pq.read_table(files["parquet"])
    assert digest(comparison.weekly) == digest(table.replace_schema_metadata(None))
    metadata = table.schema.metadata
    assert STRONG.digest() in metadata[b"scenario 1"].decode()
    assert b"4" == metadata[b"seed"]
    assert comparison.weekly.num_rows == pacsv.read_csv(files["csv"]).num_rows
    book = load_workbook(files["xlsx"], read_only=True)
    assert ["data", "about"] == book.sheetnames
    assert handout.stamp("en") in [row[1] for row in book["about"].iter_rows(values_only=True)]
    book.close()


def test_last_years_are_those_of_the_comparison(handout: Handout, comparison: Comparison, tmp_path: Path) -> None:
    """One row a world, with the values over which differences are taken."""
    path = tmp_path / "t.parquet"
    path.write_bytes(handout.file("parquet", table="years").content)
    years = pq.read_table(path)
    whole = final_year(comparison.weekly)
    expected = [
        value
        for name, value in zip(whole["indicator"].to_pylist(), whole["value"].to_pylist(), strict=True)
        if name == "profit"
    ]

    assert expected == years["profit"].to_pylist()


def test_figures_carry_the_stamp(handout: Handout) -> None:
    """PNG and SVG of the chain, of an indicator and of the money are made, and differ when the stamp does."""
    for indicator in (None, "loyalty", "cash"):
        assert handout.file("png", indicator=indicator).content.startswith(b"\x89PNG")
        first = handout.file("svg", indicator=indicator).content
        again = replace(handout, seed=5).file("svg", indicator=indicator).content
        assert b"<svg" in first
        assert first != again


def test_live_answers_are_handed_out_as_comparisons_are() -> None:
    """What is known of a live what-if is handed out under the same names, and with the same numbers."""
    pool = Pool(2)
    with Session(worlds=3, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG.with_(name="small"), OTHER])
        answer = session.wait(60)
    pool.close()
    assert answer is not None
    found = Handout.of_answer(answer, datetime.now(UTC))

    assert ["small", "small-2", "other"] == [one.name for one in found.scenarios] == list(found.worlds)
    for form in ("html", "pdf", "pptx", "svg"):
        assert found.file(form, "nl").content
    same = compare(BASE, [STRONG], replications=3, seed=4)
    assert same.what_ifs[0].weekly["profit"].equals(found.worlds["small-2"]["profit"])


def test_missing_package_is_told_before_anything_is_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Typst or python-pptx is not there, one sentence names it and how to get it."""
    monkeypatch.setattr("experiments.handing.find_spec", lambda _name: None)

    refuse_missing(["csv", "xlsx"])
    with pytest.raises(Mistake, match=r"PDF needs the package typst.*effectchain\[documents\]"):
        refuse_missing(["csv", "pdf"])


def test_compare_adds_files_to_its_folder(tmp_path: Path) -> None:
    """`--also` puts PDF, slides and tables beside the report."""
    (tmp_path / "mine.toml").write_text(to_toml(BASE))
    out = tmp_path / "out"
    words = ["compare", str(tmp_path / "mine.toml"), "--strengthen", "culture=0.9", "--replications", "2", "-q"]
    code = main([*words, "--out", str(out), "--also", "pdf", "--also", "pptx", "--also", "csv"])

    assert 0 == code
    assert {"report.pdf", "slides.pptx", "last-year.csv", "report.html"} <= {path.name for path in out.iterdir()}
    assert "scenario" in json.loads((out / "manifest.json").read_text())

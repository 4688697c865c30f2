"""The self-diagnosis in a browser: from the first answer, or a file, to a baseline."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.words import LANGUAGES, words_of
from tests.diagnosis_forms import Person, form_csv, form_xlsx, same

pytestmark = pytest.mark.journey

WIDTHS = ((1280, 800), (1920, 1080), (390, 844), (320, 640))


def open_page(page: Page, language: str) -> None:
    """The first block is there to be answered."""
    page.goto(f"/diagnosis?lang={language}")
    page.locator("fieldset input").first.wait_for()
    page.wait_for_function("document.querySelectorAll('.diag-statement').length === 11")


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_from_the_first_answer_to_the_baseline(
    page: Page, axe: Callable[[Page], None], language: str
) -> None:
    """A block with digits and arrows, the next block, the outcome, and on to the what-ifs."""
    words = words_of("diagnosis", language)
    open_page(page, language)
    axe(page)
    page.locator("fieldset input").first.focus()
    page.keyboard.type("44442222333")
    expect(page.locator("progress")).to_have_attribute("value", "11")
    page.keyboard.press("ArrowRight")
    expect(page.locator("fieldset").last.get_by_role("radio").nth(3)).to_be_checked()
    page.get_by_role("button", name=words["next"]).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#diag-block")).to_be_focused()
    page.locator("#diag-tab-fill").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name=words["use"]).wait_for()
    axe(page)
    page.get_by_role("button", name=words["use"]).focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/")
    expect(page.locator("main")).to_contain_text(
        "zelfdiagnose" if language == "nl" else "self-diagnosis", ignore_case=True
    )


def test_answers_are_there_after_a_reload_and_in_no_other_browser(page: Page, visit: Callable[..., object]) -> None:
    """Kept as one goes; deleted when asked."""
    open_page(page, "en")
    page.locator("fieldset input").first.focus()
    page.keyboard.type("51")
    expect(page.locator("progress")).to_have_attribute("value", "2")
    page.reload()
    expect(page.locator("progress")).to_have_attribute("value", "2")
    expect(page.locator("fieldset").first.get_by_role("radio").nth(4)).to_be_checked()
    other = visit().page()  # type: ignore[attr-defined]
    open_page(other, "en")
    expect(other.locator("progress")).to_have_attribute("value", "0")

    page.get_by_role("button", name="Delete my answers").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Your answers are deleted")).to_be_visible()
    page.reload()
    page.locator("fieldset input").first.wait_for()
    expect(page.locator("progress")).to_have_attribute("value", "0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_read_damaged_ones_told_of_and_scores_shown(
    page: Page, axe: Callable[[Page], None], language: str, tmp_path: Path
) -> None:
    """CSV and XLSX together; a wrong one gives a sentence and leaves the rest as it is."""
    words = words_of("diagnosis", language)
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04 nothing")
    hostile = form_csv(tmp_path / "<img src=x onerror=alert(1)>.csv", [Person(same(4.0), "<b>Anna</b>", "leader")])
    several = form_xlsx(tmp_path / "several.xlsx", [Person(same(2.0), "Bob", "support"), Person(same(5.0), "Cees")])
    open_page(page, language)
    page.locator("#diag-tab-files").click()
    page.locator("input[type=file]").set_input_files(damaged)
    expect(page.get_by_role("alert")).to_contain_text("damaged.xlsx")
    axe(page)
    page.locator("input[type=file]").set_input_files([hostile, several])
    expect(page.get_by_text("<img src=x onerror=alert(1)>.csv")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="several.xlsx")).to_contain_text("2 respond")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name=words["to_outcome"]).click()

    expect(page.get_by_text(words["dots_title"], exact=True)).to_be_visible()
    assert 0 == page.locator("main img").count()
    assert 9 * 3 * 2 == page.locator(".diag-strip circle[opacity], .diag-strip circle[opacity='.38']").count()


def test_the_language_changes_while_one_answers(page: Page) -> None:
    """Statements and words at once; the answers stay."""
    open_page(page, "en")
    page.locator("fieldset input").first.focus()
    page.keyboard.type("52")
    expect(page.locator("progress")).to_have_attribute("value", "2")
    page.get_by_role("button", name="Dutch").click()

    expect(page.locator("#diag-block")).to_have_text("Klanten begrijpen")
    expect(page.locator("fieldset").first.get_by_role("radio").nth(4)).to_be_checked()
    expect(page.get_by_text("2 van 99 stellingen beantwoord")).to_be_visible()


def test_a_file_that_is_dropped_is_read(page: Page) -> None:
    """As one that is chosen."""
    open_page(page, "en")
    page.locator("#diag-tab-files").click()
    page.locator(".diag-drop").wait_for()
    drop = """() => { const data = new DataTransfer();
      data.items.add(new File(['respondent,B1.01,B1.02\\nAnna,1,2\\n'], 'dropped.csv'));
      return data; }"""
    page.locator(".diag-drop").dispatch_event("drop", {"dataTransfer": page.evaluate_handle(drop)})

    expect(page.get_by_text("dropped.csv")).to_be_visible()


def test_a_file_too_large_is_not_even_sent(page: Page, tmp_path: Path) -> None:
    """The browser says so itself."""
    large = tmp_path / "large.csv"
    large.write_bytes(b"1," * 2_500_001)
    open_page(page, "nl")
    page.locator("#diag-tab-files").click()
    page.locator("input[type=file]").set_input_files(large)

    expect(page.get_by_role("alert")).to_contain_text("large.csv is groter dan 5 MB")


def test_forms_and_the_scenario_are_handed_over_as_files(page: Page) -> None:
    """What is downloaded is what the command line writes."""
    open_page(page, "nl")
    page.locator("#diag-tab-files").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Formulier als CSV").click()

    assert "zelfdiagnose.csv" == download.value.suggested_filename
    assert "B9.11" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_maturity_can_be_changed_and_changed_back(page: Page, tmp_path: Path) -> None:
    """A change is marked beside the score that it replaces."""
    open_page(page, "en")
    page.locator("#diag-tab-files").click()
    page.locator("input[type=file]").set_input_files(form_csv(tmp_path / "a.csv", [Person(same(3.0))]))
    page.get_by_role("button", name="See the outcome").click()
    field = page.get_by_label("Leadership, lived, maturity")
    field.fill("0.8")
    field.press("Tab")
    expect(page.get_by_text("changed; score 0.50")).to_be_visible()
    page.get_by_role("button", name="Back to the scores").click()

    expect(field).to_have_value("0.50")
    expect(page.get_by_text("changed; score")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_hangs_over_the_edge(
    visit: Callable[..., object], tmp_path: Path, picture_folder: Path | None, width: tuple[int, int]
) -> None:
    """On a phone, a laptop and a large screen, in Dutch, whose words are longer."""
    page: Page = visit(viewport={"width": width[0], "height": width[1]}).page()  # type: ignore[attr-defined]
    open_page(page, "nl")
    people = [Person(same(value), role=role) for value, role in ((2.0, "leiding"), (3.5, "front"), (4.0, ""))]
    for tab in ("fill", "files", "outcome"):
        page.locator(f"#diag-tab-{tab}").click()
        if tab == "files":
            page.locator("input[type=file]").set_input_files(form_csv(tmp_path / "a.csv", people))
            expect(page.get_by_text("a.csv")).to_be_visible()
        page.locator(f"#diag-panel[aria-labelledby=diag-tab-{tab}]").wait_for()
        if picture_folder:
            page.screenshot(path=picture_folder / f"diagnosis-{tab}-{width[0]}.png", full_page=True)
        assert width[0] >= page.evaluate("document.documentElement.scrollWidth")

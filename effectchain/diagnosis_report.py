"""A self-diagnosis as people read it in the terminal, and as other programs read it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from scenarios.answers import Remark
from scenarios.diagnosis import (
    DIVIDED,
    FEWEST_A_SIDE,
    FEWEST_ANSWERS,
    PAPER_EXCELLENCE,
    WEAK_LINK,
    BlockScore,
    Diagnosis,
    Maturity,
    Spread,
    WeakLink,
)
from scenarios.statements import LANGUAGES, Language, questionnaire, words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH: Final = 80
NONE: Final = "-"


def number(value: float | None, language: Language) -> str:
    """A score with two decimals, in the reader's notation."""
    text = NONE if value is None else f"{value:.2f}"
    return text.replace(".", ",") if language == "nl" else text


def names(blocks: Iterable[str], language: Language) -> str:
    """Blocks by their names for people, one after another."""
    called = {block.key: block.name(language) for block in questionnaire().blocks}
    return ", ".join(called[block] for block in blocks)


def summary(diagnosis: Diagnosis, language: Language) -> str:
    """Who answered how much, in a line."""
    said, count = words(language), len(diagnosis.respondents)
    people = said["one_respondent"] if count == 1 else said["respondents"].format(count=count)
    answered, possible = (sum(getattr(score, what) for score in diagnosis.scores) for what in ("answered", "possible"))
    return f"{people}, {said['answered_of'].format(answered=answered, possible=possible)}"


def block_remarks(score: BlockScore, diagnosis: Diagnosis, language: Language) -> list[str]:
    """What is special about a block, in a few words each."""
    said = words(language)
    found = {
        "too_few": score.mean is None,
        "weakest_link": score.block in {link.block for link in diagnosis.weak_links},
        "paper": score.is_paper_excellence,
        "divided": score.is_divided,
    }
    return [said[word] for word, applies in found.items() if applies]


def findings(diagnosis: Diagnosis, language: Language) -> list[str]:
    """What the scores say, what they rest on, and what they are not; a sentence or two each."""
    said = words(language)
    paper = [score.block for score in diagnosis.scores if score.is_paper_excellence]
    divided = [score.block for score in diagnosis.scores if score.is_divided]
    margin = number(PAPER_EXCELLENCE, language)
    lines = [*_about_weak_links(diagnosis, language)]
    lines.append(said["paper_found" if paper else "paper_none"].format(margin=margin, blocks=names(paper, language)))
    if divided:
        margin = number(DIVIDED, language)
        lines.append(said["divided_found"].format(margin=margin, blocks=names(divided, language)))
    if diagnosis.unscored:
        lines.append(said["unscored"].format(blocks=names(diagnosis.unscored, language)))
    lines += [_said(remark, language) for remark in diagnosis.remarks]
    return [*lines, said["missing_rule"].format(fewest=FEWEST_ANSWERS, side=FEWEST_A_SIDE), said["caveat"]]


def _about_weak_links(diagnosis: Diagnosis, language: Language) -> list[str]:
    said, links = words(language), diagnosis.weak_links
    margin, mean = number(WEAK_LINK, language), number(diagnosis.mean_lived, language)
    if not links:
        lowest = names([diagnosis.lowest_first[0].block], language)
        return [said["weakest_none"].format(margin=margin, mean=mean, blocks=lowest)]
    blocks = names([link.block for link in links], language)
    harmonic = number(diagnosis.harmonic_lived, language)
    name, raised = names([links[0].block], language), number(links[0].raised, language)
    return [
        said["weakest_found"].format(margin=margin, mean=mean, blocks=blocks),
        said["harmonic"].format(harmonic=harmonic, mean=mean, block=name, raised=raised),
    ]


def _said(remark: Remark, language: Language) -> str:
    return words(language)[remark.word].format(**remark.values)


def print_diagnosis(diagnosis: Diagnosis, language: Language, console: "Console", scores_file: str) -> None:
    """The scores per block and by role, and the findings; scores_file: where the rest of the numbers stands."""
    from rich.text import Text  # noqa: PLC0415  slow to import, and needed to print only

    said, width = words(language), min(console.width, WIDTH)
    console.print(Text(said["title"], style="bold"), Text(f"{summary(diagnosis, language)}\n"), sep="\n", width=width)
    console.print(_score_table(diagnosis, language), width=width)
    if diagnosis.roles:
        title = said["by_role"].format(file=scores_file)
        console.print(Text(f"\n{title}", style="bold"), _role_table(diagnosis, language), sep="\n", width=width)
    lines = [said["scale_note"], *findings(diagnosis, language), said["privacy"]]
    console.print(*(Text(f"\n{line}") for line in lines), sep="\n", width=width)


def _score_table(diagnosis: Diagnosis, language: Language) -> "Table":
    from rich.text import Text  # noqa: PLC0415

    said = words(language)
    table = _table([said["block"]], ["designed", "lived", "gap", "range", "spread", "agreement", "answered"], language)
    for block, score in zip(questionnaire().blocks, diagnosis.scores, strict=True):
        name = Text(f"{block.id} {block.name(language)}")
        for remark in block_remarks(score, diagnosis, language):
            name.append(f"\n   {remark}", style="bold dark_orange")
        table.add_row(name, *_maturity_cells(score.mean, language), *_spread_cells(score, language))
    return table


def _maturity_cells(mean: Maturity | None, language: Language) -> list[str]:
    if mean is None:
        return [NONE] * 3
    return [number(value, language) for value in (mean.designed, mean.lived, mean.designed - mean.lived)]


def _spread_cells(score: BlockScore, language: Language) -> list[str]:
    answered, spread = f"{score.answered}/{score.possible}", score.spread
    if spread is None:
        return [NONE, NONE, NONE, answered]
    between = f"{number(spread.lowest_lived, language)}-{number(spread.highest_lived, language)}"
    return [between, number(spread.sd_lived, language), number(spread.agreement, language), answered]


def _role_table(diagnosis: Diagnosis, language: Language) -> "Table":
    from rich.text import Text  # noqa: PLC0415

    said = words(language)
    table = _table([said["role"]], ["count"], language)
    for block in questionnaire().blocks:
        table.add_column(block.id, justify="right", no_wrap=True)
    for role, scores in diagnosis.roles.items():
        cells = [number(score.mean.lived if score.mean else None, language) for score in scores]
        table.add_row(Text(role or said["no_role"]), str(len(scores[0].each)), *cells)
    return table


def _table(texts: Sequence[str], numbers: Sequence[str], language: Language) -> "Table":
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in texts:
        table.add_column(heading, ratio=1)
    for word in numbers:
        table.add_column(words(language)[word], justify="right", no_wrap=True)
    return table


def as_data(diagnosis: Diagnosis, language: Language) -> dict[str, Any]:
    """Everything as plain values for JSON; labels and roles only as respondents gave them."""
    return {
        "schema": 1,
        "questionnaire": questionnaire().version,
        "caveat": {each: words(each)["caveat"] for each in LANGUAGES},
        "blocks": [_block_data(score) for score in diagnosis.scores],
        "mean_lived": diagnosis.mean_lived,
        "harmonic_mean_lived": diagnosis.harmonic_lived,
        "weak_links": [_link_data(link) for link in diagnosis.weak_links],
        "paper_excellence": [score.block for score in diagnosis.scores if score.is_paper_excellence],
        "divided": [score.block for score in diagnosis.scores if score.is_divided],
        "too_few_answers": list(diagnosis.unscored),
        "roles": {role: [_block_data(score) for score in scores] for role, scores in diagnosis.roles.items()},
        "respondents": _respondents_data(diagnosis),
        "findings": findings(diagnosis, language),
    }


def _block_data(score: BlockScore) -> dict[str, Any]:
    return {
        "block": score.block,
        **_maturity_data(score.mean),
        **_spread_data(score.spread),
        "respondents": len(score.counted),
        "answered": score.answered,
        "possible": score.possible,
    }


def _maturity_data(found: Maturity | None) -> Mapping[str, float | None]:
    if found is None:
        return {"designed": None, "lived": None, "overall": None}
    return {"designed": found.designed, "lived": found.lived, "overall": found.overall}


def _spread_data(found: Spread | None) -> Mapping[str, float | None]:
    return {what: getattr(found, what, None) for what in Spread.__dataclass_fields__}


def _link_data(link: WeakLink) -> Mapping[str, str | float]:
    return {"block": link.block, "lived": link.lived, "below_mean": link.below, "harmonic_mean_if_raised": link.raised}


def _respondents_data(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    return [
        {
            "number": position + 1,
            "label": respondent.label,
            "role": respondent.role,
            "answered": len(respondent.answers),
            "blocks": {score.block: _maturity_data(score.each[position]) for score in diagnosis.scores},
        }
        for position, respondent in enumerate(diagnosis.respondents)
    ]

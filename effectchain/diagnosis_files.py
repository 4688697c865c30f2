"""What a self-diagnosis leaves in a folder: scores, a picture, and a scenario to run; all of it or nothing."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import tomli_w

from effectchain.diagnosis_report import as_data, block_remarks, summary
from results.figures.diagnosis import MOST_ROLES, BlockDots, Captions, diagnosis_figure, picture
from results.folders.draft import Draft
from scenarios.answer_layouts import Respondent
from scenarios.diagnosis import BlockScore, Diagnosis
from scenarios.errors import shown
from scenarios.loading import parse
from scenarios.statements import LANGUAGES, Language, questionnaire, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SCORES: Final = "scores.csv"
SCENARIO: Final = "scenario.toml"
DATA: Final = "diagnosis.json"
PICTURES: Final = ("maturity.png", "maturity.svg")
OURS: Final = frozenset({SCORES, SCENARIO, DATA, *PICTURES})

LONGEST_ROLE: Final = 28
"""Characters of a role in the picture; longer ones are cut off there."""

COLUMNS: Final = (
    "of",
    "number",
    "label",
    "role",
    "block",
    "designed",
    "lived",
    "overall",
    "gap",
    "sd_designed",
    "sd_lived",
    "lowest_lived",
    "highest_lived",
    "agreement",
    "respondents",
    "answered",
    "possible",
    "remark",
    "caveat",
)


def fingerprint(diagnosis: Diagnosis, *choices: str) -> str:
    """Eight hexadecimal figures that change with any answer, name, role or choice."""
    people = [(respondent.label, respondent.role, dict(respondent.answers)) for respondent in diagnosis.respondents]
    text = json.dumps([questionnaire().version, people, choices], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:8]


def write_diagnosis(
    diagnosis: Diagnosis, folder: Path, language: Language, preset: str, separator: str
) -> dict[str, Path]:
    """Write all files and return where they stand, by name.

    An earlier diagnosis in the folder is replaced. Raises Mistake when there is no such preset, ResultsError when the
    folder holds anything else or cannot be written; then nothing has changed.
    """
    name = f"diagnosis-{fingerprint(diagnosis, preset)}"
    parse(scenario_text(diagnosis, name, preset), f"--preset {shown(preset)}")
    contents = {
        SCORES: scores_csv(diagnosis, language, separator),
        SCENARIO: scenario_text(diagnosis, name, _as_seen_from(folder, preset)).encode(),
        DATA: json.dumps(as_data(diagnosis, language), indent=1, ensure_ascii=False).encode(),
        **_pictures(diagnosis, language),
    }
    _write_together(contents, folder)
    return {file: folder / file for file in contents}


def _write_together(contents: Mapping[str, bytes], folder: Path) -> None:
    draft = Draft(folder, _holds_only_a_diagnosis)
    try:
        draft.open()
        with draft.explaining():
            for name, content in contents.items():
                draft.create(name).write(content)
            draft.commit()
    finally:
        draft.discard()


def _holds_only_a_diagnosis(folder: Path) -> bool:
    """Whether nobody would miss what is there, as they would their answers."""
    return {entry.name for entry in folder.iterdir()} <= OURS


def scenario_text(diagnosis: Diagnosis, name: str, preset: str) -> str:
    """A scenario file that starts from a preset, with the diagnosis as its building blocks."""
    comments = ["Written by `effectchain diagnose`.", *(words(language)["caveat"] for language in LANGUAGES)]
    if diagnosis.unscored:
        comments.append(f"Too few answers, left as in {preset}: {', '.join(diagnosis.unscored)}.")
    head = {"schema": 1, "name": name, "extends": preset, "about": _about(diagnosis)}
    scored = [score for score in diagnosis.scores if score.mean]
    blocks = "".join(f"{score.block} = {_inline(score)}\n" for score in scored)
    return "".join(f"# {line}\n" for line in comments) + f"\n{tomli_w.dumps(head)}\n[building_blocks]\n{blocks}"


def _inline(score: BlockScore) -> str:
    return f"{{ designed = {score.mean.designed:.4f}, lived = {score.mean.lived:.4f} }}" if score.mean else "{}"


def _about(diagnosis: Diagnosis) -> dict[str, Any]:
    texts = {f"text_{each}": f"{summary(diagnosis, each)}. {words(each)['caveat']}" for each in LANGUAGES}
    titles = {f"title_{each}": words(each)["title"] for each in LANGUAGES}
    return titles | texts | {"sources": [f"self-diagnosis, {summary(diagnosis, 'en')}"]}


def _as_seen_from(folder: Path, preset: str) -> str:
    """A preset's name as it is; the path of a scenario file as it must read in a file of that folder."""
    if not re.search(r"[./\\]", preset):
        return preset
    try:
        return Path(os.path.relpath(preset, folder)).as_posix()
    except ValueError:  # on another drive
        return Path(preset).absolute().as_posix()


def scores_csv(diagnosis: Diagnosis, language: Language, separator: str) -> bytes:
    """Scores of all, by role and by respondent, a row a block, for any spreadsheet program.

    With a semicolon as separator, decimals have a comma. Labels and roles stand there only if they were given, and
    never as something that a spreadsheet program would compute.
    """
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, delimiter=separator, lineterminator="\r\n", restval="")
    table.writeheader()
    for row in _rows(diagnosis, language):
        cells = {column: _csv_cell(value, separator) for column, value in row.items()}
        table.writerow(cells | {"caveat": words(language)["caveat"]})
    return text.getvalue().encode("utf-8-sig")


def _rows(diagnosis: Diagnosis, language: Language) -> Iterator[dict[str, Any]]:
    for score in diagnosis.scores:
        yield _score_row(score) | {"of": "all", "remark": ", ".join(block_remarks(score, diagnosis, language))}
    for role, scores in diagnosis.roles.items():
        for score in scores:
            yield _score_row(score) | {"of": "role", "role": role}
    for position, respondent in enumerate(diagnosis.respondents):
        for block, score in zip(questionnaire().blocks, diagnosis.scores, strict=True):
            answered = sum(statement.id in respondent.answers for statement in block.statements)
            one = BlockScore(score.block, (score.each[position],), answered, len(block.statements))
            yield _score_row(one) | _who(position, respondent)


def _score_row(score: BlockScore) -> dict[str, Any]:
    row: dict[str, Any] = {"block": score.block, "respondents": len(score.counted)}
    row |= {"answered": score.answered, "possible": score.possible}
    if mean := score.mean:
        row |= {"designed": mean.designed, "lived": mean.lived, "overall": mean.overall}
        row["gap"] = mean.designed - mean.lived
    if spread := score.spread:
        row |= {"sd_designed": spread.sd_designed, "sd_lived": spread.sd_lived, "agreement": spread.agreement}
        row |= {"lowest_lived": spread.lowest_lived, "highest_lived": spread.highest_lived}
    return row


def _who(position: int, respondent: Respondent) -> dict[str, Any]:
    return {"of": "respondent", "number": position + 1, "label": respondent.label, "role": respondent.role}


def _csv_cell(value: Any, separator: str) -> Any:
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", "," if separator == ";" else ".")
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def diagnosis_picture(diagnosis: Diagnosis, language: Language) -> "Figure":
    """The picture of all blocks and respondents; roles are in it when there are not too many."""
    roles = diagnosis.roles if len(diagnosis.roles) <= MOST_ROLES else {}
    legend = [_role_caption(role, scores, language) for role, scores in roles.items()]
    return diagnosis_figure(_dots(diagnosis, list(roles.values()), language), _captions(diagnosis, language), legend)


def _pictures(diagnosis: Diagnosis, language: Language) -> dict[str, bytes]:
    figure = diagnosis_picture(diagnosis, language)
    return {PICTURES[0]: picture(figure, "png"), PICTURES[1]: picture(figure, "svg")}


def _dots(diagnosis: Diagnosis, roles: Sequence[Sequence[BlockScore]], language: Language) -> list[BlockDots]:
    return [
        BlockDots(
            name=f"{block.id} {block.name(language)}",
            designed=score.mean.designed if score.mean else None,
            lived=score.mean.lived if score.mean else None,
            each_designed=[maturity.designed for maturity in score.counted],
            each_lived=[maturity.lived for maturity in score.counted],
            remark=", ".join(block_remarks(score, diagnosis, language)),
            by_role=[mean.lived if mean else None for mean in (scores[position].mean for scores in roles)],
        )
        for position, (block, score) in enumerate(zip(questionnaire().blocks, diagnosis.scores, strict=True))
    ]


def _role_caption(role: str, scores: Sequence[BlockScore], language: Language) -> str:
    """The role, not too long, and how many respondents have it."""
    called = role or words(language)["no_role"]
    cut = called if len(called) <= LONGEST_ROLE else f"{called[: LONGEST_ROLE - 1]}…"
    return f"{cut} ({len(scores[0].each)})"


def _captions(diagnosis: Diagnosis, language: Language) -> Captions:
    said = words(language)
    return Captions(
        title=said["title"],
        subtitle=summary(diagnosis, language),
        designed=said["designed"],
        lived=said["lived"],
        each=said["each_respondent"],
        mean=said["mean_of_all"],
        axis=said["axis"],
        roles=said["roles_title"],
        caveat=said["caveat"],
        decimal="," if language == "nl" else ".",
    )

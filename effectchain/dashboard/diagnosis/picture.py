"""What the page shows, as data: the statements, how far one is, and who answers."""

from collections.abc import Mapping
from typing import Any, cast

from effectchain.dashboard.diagnosis.people import Person
from effectchain.dashboard.diagnosis.work import TABS, Work
from effectchain.dashboard.downloads import as_link
from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.words import words_of
from effectchain.keeping import Keeping
from scenarios.sheet import LARGEST_FILE
from scenarios.statements import LOWEST, Language, StatementBlock, questionnaire


def form(language: str) -> dict[str, Any]:
    """What does not change while one answers: words, statements, scale, and how large a file may be."""
    tongue = cast("Language", language)
    return {
        "words": dict(words_of("diagnosis", language)),
        "scale": [{"value": value, "text": text} for value, text in enumerate(questionnaire().scale(tongue), LOWEST)],
        "blocks": [_block(block, tongue) for block in questionnaire().blocks],
        "largest": LARGEST_FILE,
    }


def _block(block: StatementBlock, language: Language) -> dict[str, Any]:
    statements = [{"id": one.id, "text": one.text(language)} for one in block.statements]
    return {"key": block.key, "number": block.id[1:], "name": block.name(language), "statements": statements}


def picture(work: Work, language: str) -> dict[str, Any]:
    """What changes while one answers."""
    words = words_of("diagnosis", language)
    person = work.people.here[work.person]
    return {
        "tabs": [{"key": tab, "text": words[f"tab_{tab}"], "is_here": tab == work.tab} for tab in TABS],
        "tab": work.tab,
        "block": work.block,
        "seen": work.seen,
        "is_ready": bool(work.secret),
        "answers": {key: int(value) for key, value in person.answers.items()},
        "person": {"number": work.person, "label": person.label, "role": person.role},
        "people": [_called(number, one, words) for number, one in enumerate(work.people.here)],
        "progress": _progress(person, words),
        "files": [_file(name, work, words) for name in work.people.files],
        "respondents": _respondents(len(work.people.answering), words),
        "can_score": bool(work.people.answering),
        "kept": words["kept"].format(file=Keeping().path),
        "complaint": _complaint(work, language),
        "download": as_link(work.download),
        "told": words[work.told] if work.told else "",
    }


def _called(number: int, person: Person, words: Mapping[str, str]) -> dict[str, Any]:
    text = person.label or words["respondent"].format(number=number + 1)
    answered = words["short_progress"].format(answered=len(person.answers), possible=len(questionnaire().statements))
    return {"number": number, "text": f"{text} ({answered})"}


def _progress(person: Person, words: Mapping[str, str]) -> dict[str, Any]:
    """How many statements of each block and of all are answered."""
    blocks = []
    for block in questionnaire().blocks:
        answered = sum(one.id in person.answers for one in block.statements)
        possible = len(block.statements)
        text = words["short_progress"].format(answered=answered, possible=possible)
        blocks.append({"answered": answered, "possible": possible, "text": text, "is_whole": answered == possible})
    answered, possible = len(person.answers), len(questionnaire().statements)
    text = words["progress"].format(answered=answered, possible=possible)
    return {"blocks": blocks, "text": text, "answered": answered, "possible": possible}


def _file(name: str, work: Work, words: Mapping[str, str]) -> dict[str, str]:
    count = sum(one.file == name for one in work.people.from_files)
    return {"name": name, "text": _respondents(count, words)}


def _respondents(count: int, words: Mapping[str, str]) -> str:
    return words["one_respondent"] if count == 1 else words["respondents"].format(count=count)


def _complaint(work: Work, language: str) -> dict[str, str]:
    if not work.complaint:
        return {"place": "", "text": ""}
    return {"place": work.complaint.place, "text": sentence(work.complaint.mistake, language)}

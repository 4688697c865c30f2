"""A file made of what is known of a what-if: in a thread, since a report takes a second or more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from effectchain.dashboard.downloads import LARGEST, Download
from effectchain.dashboard.errands import in_thread
from experiments.handing import FORMS, Form, Handout, Table, refuse_missing
from experiments.live.answer import Answer
from results.indicators import INDICATORS
from scenarios.errors import Mistake


@dataclass(frozen=True, eq=False)
class Taking:
    """What is being made, and the last file that was; busy: its form, '' where nothing is."""

    busy: str = ""
    download: Download | None = None
    mistake: Exception | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Which file: its form, the figure's indicator ('' for the whole chain) and which table."""

    form: Form
    indicator: str
    table: Table


def ordered(what: Mapping[str, Any]) -> Order:
    """The order that a browser sent. Raises Mistake for one that cannot be."""
    form = next((form for form in FORMS if form == what.get("form")), None)
    if form is None:
        raise Mistake("there is no such file")
    refuse_missing([form])
    indicator = str(what.get("indicator", ""))
    return Order(form, indicator if indicator in {*INDICATORS, "cash"} else "", _table(what))


def _table(what: Mapping[str, Any]) -> Table:
    return "weekly" if what.get("table") == "weekly" else "years"


def make(answer: Answer, titles: Sequence[str], order: Order, language: str, number: int) -> Download:
    """The file of this order. Raises Mistake where there is nothing to tell yet, or too much for a page."""
    if not answer.tables():
        raise Mistake("there is no whole world yet", hint="wait a moment")
    handout = Handout.of_answer(answer, datetime.now(UTC), titles)
    found = handout.file(order.form, language, indicator=order.indicator or None, table=order.table)
    if len(found.content) > LARGEST:
        raise Mistake(
            f"this table is too large for a page ({len(found.content) / 1e6:.0f} MB)",
            hint="take one row a world, or Parquet, or use `effectchain compare`",
        )
    return Download(number, found.name, found.content)


def made_in_thread(
    answer: Answer, titles: Sequence[str], order: Order, language: str, number: int, on_made: Callable[[Taking], None]
) -> None:
    """Make the file in a thread of this visit, and tell when it is there, or why not."""

    def work() -> None:
        try:
            taking = Taking(download=make(answer, titles, order, language, number))
        except Exception as error:  # noqa: BLE001  what fails here must not take the page along
            taking = Taking(mistake=error)
        on_made(taking)

    in_thread(work)

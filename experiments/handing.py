"""Files to take along of a comparison: report, PDF, slides, figures and tables, each with what made it on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import pyarrow as pa

from experiments.comparison.comparison import apart
from experiments.drawing import draw, draw_cash
from experiments.run_folders import manifest_of, options
from experiments.telling import heading, starts
from experiments.writing import document_of, what_if_file
from results.effects.effects import Effects, effects
from results.final_years import final_years, indicators_of
from results.folders.export import Selection, export
from results.folders.manifest import installed_version
from results.reports.report import Document, html
from results.stopping import Stopping
from results.words import words_of
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from experiments.comparison.comparison import Comparison
    from experiments.live.answer import Answer

Form = Literal["html", "pdf", "pptx", "png", "svg", "csv", "xlsx", "parquet"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)

Table = Literal["weekly", "years"]
"""One row a world and week, or one a world with the value of its last year."""

DPI: Final = 200
LONGEST_NAME: Final = 60

NEEDS: Final[Mapping[str, tuple[str, str]]] = {"pdf": ("typst", "typst"), "pptx": ("pptx", "python-pptx")}
"""What must be installed for a form: the module, and the package that holds it."""


def refuse_missing(forms: Sequence[str]) -> None:
    """Refuse forms for which something is not installed. Raises Mistake."""
    for form in forms:
        module, package = NEEDS.get(form, ("", ""))
        if module and find_spec(module) is None:
            hint = "pip install 'effectchain[documents]'"
            raise Mistake(f"{form.upper()} needs the package {package}, which is not installed", hint=hint)


@dataclass(frozen=True, slots=True)
class File:
    """A file that is ready to be written: its name, with ending, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, eq=False)
class Handout:
    """What a comparison found, ready to be handed out.

    scenarios: the baseline first. worlds: their weekly tables by the scenarios' names.
    """

    scenarios: tuple[Scenario, ...]
    worlds: Mapping[str, pa.Table]
    seed: int
    weeks: int
    replications: int
    effects: tuple[Effects, ...]
    started: datetime
    finished: datetime
    stopping: Stopping | None = None

    @classmethod
    def of_comparison(cls, found: "Comparison") -> "Handout":
        """All of a comparison."""
        return cls(
            found.scenarios,
            found.worlds,
            found.base.seed,
            found.base.weeks,
            found.base.replications,
            tuple(found.all_effects()),
            found.base.started,
            found.base.finished,
            found.stopping,
        )

    @classmethod
    def of_answer(cls, found: "Answer", moment: datetime, titles: Sequence[str] = ()) -> "Handout":
        """What is known of a live what-if over the worlds that all its scenarios have; moment: now, in UTC.

        titles: what the scenarios are called in texts and figures, by default as they call themselves. Who changed is
        not in it: that takes a comparison.
        """
        worlds = found.tables(titles)
        base, *others = worlds.items()
        economics, sector = found.scenarios[0].economics, found.scenarios[0].organisation.sector
        earned = tuple(
            effects(name, base[1], table, sector=sector, interest=economics.interest, who_changed=None)
            for name, table in others
        )
        named = tuple(apart(found.scenarios))
        if titles:
            called = zip(named, titles, strict=True)
            named = tuple(one.with_({"about.title_en": name, "about.title_nl": name}) for one, name in called)
        rows = base[1].num_rows // found.weeks
        return cls(named, worlds, found.seed, found.weeks, rows, earned, moment, moment)

    def title(self, language: str = "en") -> str:
        """The title of figures and documents."""
        return heading(self.scenarios, language)

    def stamp(self, language: str = "en") -> str:
        """Scenarios with their digests, seed, worlds, weeks and version, on one line."""
        names = ", ".join(f"{one.name} {one.digest()}" for one in self.scenarios)
        stamp = words_of("experiments", language)["stamp"]
        numbers = stamp.format(seed=self.seed, worlds=self.replications, weeks=self.weeks)
        return f"{names} · {numbers} · EffectChain {installed_version('effectchain')}"

    def file(self, form: Form, language: str = "en", *, indicator: str | None = None, table: Table = "weekly") -> File:
        """The file of this form.

        indicator: of a figure; the whole effect chain without one, the running sum of extra profit for "cash".
        table: of a table. Raises ResultsError for an indicator that there is not, or where a package is missing.
        """
        if form in {"png", "svg"}:
            return File(self._name(form, indicator or "chain"), self._figure(form, language, indicator))
        if form in {"csv", "xlsx", "parquet"}:
            return File(self._name(form, table), self._table(form, language, table))
        return File(self._name(form, ""), self._document(form, language))

    def document(self, language: str) -> Document:
        """What report, PDF and slides say."""
        return document_of(
            self.scenarios,
            self.worlds,
            self._manifest(),
            language,
            effects=self.effects,
            stopping=self.stopping,
            stamp=self.stamp(language),
        )

    def _manifest(self) -> dict[str, Any]:
        words = ["compare" if len(self.scenarios) > 1 else "run", f"{self.scenarios[0].name}.toml"]
        words += [what_if_file(one) for one in self.scenarios[1:]]
        words += options(weeks=self.weeks, replications=self.replications, seed=self.seed)
        return manifest_of(
            self.scenarios[0],
            seed=self.seed,
            command=["effectchain", *words],
            started=self.started,
            finished=self.finished,
        )

    def _document(self, form: Form, language: str) -> bytes:
        document = self.document(language)
        if form == "html":
            return html(document).encode()
        if form == "pdf":
            from results.reports.paper import pdf  # noqa: PLC0415  an extra

            return pdf(document)
        from results.reports.slides import pptx  # noqa: PLC0415  an extra

        return pptx(document)

    def _figure(self, form: Form, language: str, indicator: str | None) -> bytes:
        from results.figures.charts import stamped, to_png, to_svg  # noqa: PLC0415  tables need no Matplotlib

        begins = starts(self.scenarios, language)
        earned = {one.what_if: one.money for one in self.effects if one.money}
        if indicator == "cash" and earned:
            curves = {name: money.cash for name, money in earned.items()}
            figure = draw_cash(curves, [money.payback for money in earned.values()], begins, language)
        else:
            figure = draw(
                self.worlds,
                indicator,
                title=self.title(language),
                sector=self.scenarios[0].organisation.sector,
                interventions=begins,
                language=language,
            )
        stamped(figure, self.stamp(language))
        return to_png(figure, DPI) if form == "png" else to_svg(figure).encode()

    def _table(self, form: Form, language: str, table: Table) -> bytes:
        """Through a file, since that is what the writers of tables make."""
        weekly = pa.concat_tables(self.worlds.values())
        found = final_years(weekly, indicators_of(weekly.schema)) if table == "years" else weekly
        chosen = Selection(found.schema, found.num_rows, iter(found.to_batches()))
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"table.{form}"
            export(chosen, path, about=self._about(language))
            return path.read_bytes()

    def _about(self, language: str) -> dict[str, str]:
        """What made a table, line by line."""
        scenarios = {f"scenario {place}": f"{one.name} {one.digest()}" for place, one in enumerate(self.scenarios)}
        numbers: Mapping[str, Any] = {"seed": self.seed, "worlds": self.replications, "weeks": self.weeks}
        version = {"EffectChain": installed_version("effectchain"), "stamp": self.stamp(language)}
        return scenarios | {name: str(number) for name, number in numbers.items()} | version

    def _name(self, form: Form, what: str) -> str:
        """Name of a file: scenarios, what it is, seed and version."""
        names = "-vs-".join(one.name for one in self.scenarios)[:LONGEST_NAME].strip("-_")
        digest = self.scenarios[-1].digest()[:8]
        parts = [names, digest, f"seed{self.seed}", f"v{installed_version('effectchain')}", what]
        return "-".join(part for part in parts if part) + f".{form}"

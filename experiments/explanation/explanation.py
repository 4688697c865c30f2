"""Why a what-if changes an outcome: which measure did it, along which path of the chain, and what blocks it now."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from experiments.explanation.attribution import Attribution, attribute
from experiments.explanation.blockers import Blocker, blockers
from experiments.explanation.measures import Measures, measures
from experiments.explanation.outcome import check_indicator
from experiments.explanation.paths import DIRECT, ORDERS, Paths, trace
from experiments.request import check_luck, check_weeks, whole_number
from experiments.run_folders import default_folder, manifest_of, options
from experiments.telling import measure_in_words, title
from experiments.worlds.workers import Progress
from results.explanation.explanation import LINKS, Explained, Part
from results.folders.run import write_run
from results.statistics import LAST_WEEKS
from scenarios.scenario import Scenario
from scenarios.writing import to_toml

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ORDERS: Final = 1_000
MOST_WORLDS: Final = 10_000

Stage = Callable[[str], Progress | None]
"""Told which of the three questions is being worked on ("measures", "paths", "blockers"); gives who hears how far."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """The whole effect of a what-if on one indicator in the last year, explained in three ways.

    attribution: by measure. paths: by link of the chain. blockers: constraints, most promising first.
    All differences are paired: the same worlds with and without.
    """

    measures: Measures
    indicator: str
    weeks: int
    replications: int
    seed: int
    attribution: Attribution
    paths: Paths
    blockers: Sequence[Blocker]
    started: datetime
    finished: datetime

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON: total, by_intervention and by_path (name to contribution; each adds up to total)."""
        total = self.attribution.total
        return {
            "what_if": self.measures.what_if.name,
            "base": self.measures.base.name,
            "indicator": self.indicator,
            "weeks": self.weeks,
            "replications": self.replications,
            "seed": self.seed,
            "last_weeks": min(LAST_WEEKS, self.weeks),
            "level": total.level,
            "total": total.mean,
            "interval": [total.low, total.high],
            "by_intervention": {name: one.share.mean for name, one in self.attribution.by_measure.items()},
            "by_path": {name: entry["share"] for name, entry in self.paths.as_data().items()},
            "interventions": self.attribution.as_data(),
            "synergy": [
                {"pair": list(pair), "mean": one.mean, "interval": [one.low, one.high]}
                for pair, one in self.attribution.synergy.items()
            ],
            "exact": self.attribution.exact,
            "paths": self.paths.as_data(),
            "orders": self.paths.orders,
            "between_orders": self.paths.between_orders,
            "blockers": [one.as_data() for one in self.blockers],
        }

    def by_week(self) -> pa.Table:
        """Mean contribution of each link in each week: week, link (`direct` among them), contribution."""
        passages = {DIRECT: self.paths.direct, **self.paths.by_link}
        rows = [
            {"week": week, "link": name, "contribution": float(value)}
            for name, passage in passages.items()
            for week, value in enumerate(passage.by_week, 1)
        ]
        return pa.Table.from_pylist(
            rows, schema=pa.schema({"week": pa.int32(), "link": pa.string(), "contribution": pa.float64()})
        )

    def explained(self, language: str = "en") -> Explained:
        """The numbers with their labels, as tables and figures take them."""
        return Explained(
            self.indicator,
            self.attribution.total,
            [Part(self._label(name, language), credit.share) for name, credit in self.attribution.by_measure.items()],
            {
                name: Part(LINKS[name][language == "nl"], passage.share, passage.lag)
                for name, passage in {DIRECT: self.paths.direct, **self.paths.by_link}.items()
            },
        )

    def labels(self, language: str = "en") -> Mapping[str, str]:
        """What each measure is called."""
        return {name: self._label(name, language) for name in self.measures.names}

    def plot(self, *, language: str = "en") -> "Figure":
        """The effect chain with shares on its arrows, as a Matplotlib figure."""
        from results.explanation.figure import explanation_figure  # noqa: PLC0415  who plots nothing needs no Matplotlib

        return explanation_figure(
            self.explained(language), title=title(self.measures.what_if, language), language=language
        )

    def save(self, folder: str | Path | None = None, *, language: str = "en", command: Sequence[str] = ()) -> Path:
        """Write explanation.json, why.png, why.svg, by_week.parquet, scenarios and manifest; return the folder.

        By default runs/<what-if>-why-<indicator>-<digest>. Raises ResultsError, with nothing half-written, for a place
        that is taken by something else or cannot be written.
        """
        from results.figures.charts import to_png, to_svg  # noqa: PLC0415

        figure = self.plot(language=language)
        files: dict[str, bytes | str] = {
            "scenario.toml": to_toml(self.measures.what_if),
            "baseline.toml": to_toml(self.measures.base),
            "explanation.json": json.dumps(self.as_data(), indent=1),
            "why.png": to_png(figure),
            "why.svg": to_svg(figure),
        }
        manifest = self._manifest(command or self._command())
        return write_run(folder or self._default_folder(), {"by_week": self.by_week()}, manifest, files)

    def _label(self, name: str, language: str) -> str:
        intervention = self.measures.interventions.get(name)
        if intervention is None:
            return measure_in_words(name, language)
        return str(intervention.get("name") or measure_in_words(intervention["block"], language, intervention["start"]))

    def _command(self) -> list[str]:
        numbers = {"weeks": self.weeks, "replications": self.replications, "seed": self.seed}
        given = options(base="baseline.toml", indicator=self.indicator, **numbers, orders=self.paths.orders)
        return ["effectchain", "explain", "scenario.toml", *given]

    def _default_folder(self) -> Path:
        name = f"{self.measures.what_if.name}-why-{self.indicator}"
        return default_folder(name, self.measures.base.digest(), self.measures.what_if.digest(), self._command())

    def _manifest(self, command: Sequence[str]) -> dict[str, Any]:
        return manifest_of(
            self.measures.base,
            seed=self.seed,
            command=command,
            started=self.started,
            finished=self.finished,
            kind="explanation",
            what_ifs=[self.measures.what_if.as_dict()],
            indicator=self.indicator,
            weeks=self.weeks,
            replications=self.replications,
        )


def explain(
    what_if: Scenario,
    indicator: str = "loyalty",
    *,
    base: Scenario | None = None,
    weeks: int | None = None,
    replications: int = 8,
    seed: int = 1,
    number_of_orders: int = ORDERS,
    workers: int | None = None,
    on_stage: Stage | None = None,
    stop: Event | None = None,
) -> Explanation:
    """Explain what a what-if changes in an indicator's last year, in the same worlds throughout.

    base: what it is held against, by default the same scenario with nothing done. number_of_orders: in how many orders
    the links of the chain are opened. The other arguments are those of run_ensemble.
    Raises Mistake for what cannot be, and Stopped once `stop` is set.
    """
    started = datetime.now(UTC)
    check_indicator(indicator)
    found = measures(what_if, base)
    length = check_weeks(what_if, weeks)
    check_luck(replications, seed)
    whole_number("replications", replications, 2, MOST_WORLDS)
    whole_number("orders", number_of_orders, 1, MOST_ORDERS)
    heard = on_stage or _nobody
    run: dict[str, Any] = {
        "weeks": length,
        "replications": replications,
        "seed": seed,
        "workers": workers,
        "stop": stop,
    }
    shared = attribute(found, indicator, on_progress=heard("measures"), **run)
    paths = trace(found, indicator, number_of_orders=number_of_orders, on_progress=heard("paths"), **run)
    blocked = blockers(what_if, indicator, on_progress=heard("blockers"), **run)
    return Explanation(found, indicator, length, replications, seed, shared, paths, blocked, started, datetime.now(UTC))


def _nobody(_stage: str) -> None:
    """Where nobody asked for progress."""

"""Holding the model against its patterns: live, judge, and keep what came of it."""

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Final

import pyarrow as pa

from agents.registry import PARAMETERS
from agents.rule import source_hash
from experiments.request import check_luck, whole_number
from experiments.run_folders import default_folder, manifest_of, options
from experiments.validation.living import live_arms
from experiments.validation.pattern import Pattern, Worlds
from experiments.validation.registry import chosen
from experiments.worlds.replication import prepare
from experiments.worlds.workers import Progress
from results.folders.run import write_run
from results.validation.findings import ENOUGH, Finding, tally
from scenarios.errors import Mistake, did_you_mean
from scenarios.scenario import Scenario

Stage = Callable[[str], Progress | None]
"""Told whose worlds are lived next ("Pattern 7"); gives who hears how far that is."""

MOST_WORLDS: Final = 1_000

AGAIN: Final = 2
"""So many times as many worlds show what was undecided; once, so that looking twice makes few verdicts by luck."""

_PATTERNS_NAMED: Final = re.compile(r"patterns? (\d+(?:(?:, | and )\d+)*)")


@dataclass(frozen=True, eq=False)
class Validation:
    """What came of every pattern that was looked for.

    behaviour: parameters that were not those shipped; none of them as a rule.
    """

    findings: Sequence[Finding]
    behaviour: Mapping[str, float]
    base: Scenario
    replications: int
    seed: int
    started: datetime
    finished: datetime

    @property
    def all_met(self) -> bool:
        """Whether every pattern is met."""
        return all(finding.verdict == "met" for finding in self.findings)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON: `patterns`, one object each, and how they were found."""
        return {
            "patterns": [finding.as_data() for finding in self.findings],
            "tally": dict(tally(self.findings)),
            "all_met": self.all_met,
            "replications": self.replications,
            "seed": self.seed,
            "behaviour": dict(self.behaviour),
            "source_hash": source_hash(),
        }

    def parts(self) -> pa.Table:
        """One row for each part of each criterion."""
        rows = [
            {
                "pattern": finding.id,
                "part": part.text.en,
                "measured": part.found.mean,
                "low": part.found.low,
                "high": part.found.high,
                "at_least": part.low,
                "at_most": part.high,
                "replications": part.found.n,
                "judged": part.judged,
                "verdict": part.verdict if part.judged else "",
            }
            for finding in self.findings
            for part in finding.parts
        ]
        return pa.Table.from_pylist(rows)

    def save(self, folder: str | Path | None = None, *, language: str = "en", command: Sequence[str] = ()) -> Path:
        """Write validation.json, parts.parquet, report.html, a figure of each pattern and the manifest; the folder.

        By default runs/validation-<digest>. Raises ResultsError, with nothing half-written, for a place that is taken
        by something else or cannot be written.
        """
        from results.figures.charts import to_png  # noqa: PLC0415  who writes nothing needs no Matplotlib
        from results.validation.figure import panel_figure  # noqa: PLC0415
        from results.validation.report import render_validation  # noqa: PLC0415

        manifest = self._manifest(command or self._command())
        report = render_validation(
            self.findings,
            manifest=manifest,
            replications=self.replications,
            seed=self.seed,
            behaviour=self.behaviour,
            language=language,
        )
        files: dict[str, bytes | str] = {
            "validation.json": json.dumps(self.as_data(), indent=1) + "\n",
            "report.html": report,
            **{f"pattern-{one.id}.png": to_png(panel_figure(one.panel, language), dpi=200) for one in self.findings},
        }
        place = folder or default_folder("validation", self._command())
        return write_run(place, {"parts": self.parts()}, manifest, files)

    def _command(self) -> list[str]:
        ids = [one.id for one in self.findings] if len(self.findings) < len(chosen()) else None
        changed = [f"behaviour.{name}={value:.15g}" for name, value in self.behaviour.items()]
        given = options(pattern=ids, replications=self.replications, seed=self.seed, set=changed)
        return ["effectchain", "validate", *given]

    def _manifest(self, command: Sequence[str]) -> dict[str, Any]:
        return manifest_of(
            self.base,
            seed=self.seed,
            command=command,
            started=self.started,
            finished=self.finished,
            kind="validation",
            patterns=[finding.id for finding in self.findings],
            replications=self.replications,
        )


def validate(
    patterns: Sequence[str] = (),
    *,
    replications: int = ENOUGH,
    seed: int = 1,
    behaviour: Mapping[str, float] | None = None,
    workers: int | None = None,
    on_stage: Stage | None = None,
    stop: Event | None = None,
) -> Validation:
    """Look for these patterns, or all, each in paired worlds of its own.

    replications: worlds a side, ENOUGH or more for a verdict; what is then undecided is looked at a second and last
    time, in twice as many. behaviour: parameters other than those shipped, to see
    what a pattern hangs on. The other arguments are those of run_ensemble; on_stage is told of each pattern.
    Raises Mistake for what cannot be, and Stopped once `stop` is set.
    """
    started = datetime.now(UTC)
    wanted = chosen(patterns)
    check_luck(replications, seed)
    whole_number("replications", replications, 2, MOST_WORLDS)
    base = _base(behaviour or {})
    prepare()
    heard, findings = on_stage or _nobody, dict[str, Finding]()

    def look(kin: Sequence[Pattern], count: int) -> None:
        names = ", ".join(pattern.id for pattern in kin)
        began = time.process_time()
        arms = kin[0].arms(base)
        worlds = live_arms(base, arms, count, seed, workers=workers, on_progress=heard(names), stop=stop)
        seconds = (time.process_time() - began) / len(kin)
        for pattern in kin:
            findings[pattern.id] = _judged(pattern, worlds, count, len(arms) * count, seconds)

    for kin in _by_arms(wanted):
        look(kin, replications)
    open_ones = [pattern for pattern in wanted if findings[pattern.id].verdict == "undecided"]
    for kin in _by_arms(open_ones) if replications >= ENOUGH else ():
        look(kin, AGAIN * replications)
    found = [findings[pattern.id] for pattern in wanted]
    return Validation(found, dict(behaviour or {}), base, replications, seed, started, datetime.now(UTC))


def _base(behaviour: Mapping[str, float]) -> Scenario:
    """The default organisation with these rules. Raises Mistake for a parameter that there is not."""
    for name in behaviour:
        if name not in PARAMETERS:
            raise Mistake("there is no such parameter", f"behaviour.{name}", hint=did_you_mean(name, PARAMETERS))
    return Scenario.model_validate({"schema": 1}).with_({"behaviour": dict(behaviour)})


def _by_arms(patterns: Sequence[Pattern]) -> list[list[Pattern]]:
    """Patterns that look at the same worlds, together."""
    kin: dict[Callable[[Scenario], object], list[Pattern]] = {}
    for pattern in patterns:
        kin.setdefault(pattern.arms, []).append(pattern)
    return list(kin.values())


def _judged(pattern: Pattern, worlds: Worlds, replications: int, count: int, seconds: float) -> Finding:
    return Finding(
        id=pattern.id,
        claim=pattern.claim,
        grade=pattern.grade,
        sources=tuple(pattern.sources),
        criterion=pattern.criterion,
        parts=tuple(pattern.judge(worlds)),
        panel=pattern.draw(worlds),
        listed=pattern.listed,
        held_out=pattern.held_out,
        set_on=set_on(pattern.id),
        note=pattern.note,
        why_red=pattern.why_red,
        replications=replications,
        worlds=count,
        seconds=seconds,
    )


def set_on(name: str) -> list[str]:
    """Parameters whose source says that they were set with this pattern in view: "pattern 7", "patterns 1 and 3"."""
    named = {parameter: _PATTERNS_NAMED.findall(one.source) for parameter, one in PARAMETERS.items()}
    return [parameter for parameter, found in named.items() if name in re.findall(r"\d+", " ".join(found))]


def _nobody(_names: str) -> None:
    """Where nobody asked for progress."""

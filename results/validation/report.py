"""The report of a validation: every pattern with its figures and verdict in one HTML file that needs no other."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from results import words as usual_words
from results.figures.charts import inline, to_svg
from results.numbers import NONE
from results.reports.pages import PAGES
from results.validation.figure import panel_figure
from results.validation.findings import ENOUGH, Finding, Part, Verdict, tally
from results.validation.panels import Dots
from results.validation.words import bounds, interval, measured, named, verdict, words

CLASSES: Final[Mapping[Verdict, str]] = {
    "met": "met",
    "not met": "unmet",
    "undecided": "undecided",
    "too few to judge": "few",
}


def render_validation(
    findings: Sequence[Finding],
    *,
    manifest: Mapping[str, Any],
    replications: int,
    seed: int,
    behaviour: Mapping[str, float],
    language: str = "en",
) -> str:
    """The whole report as HTML that needs no other file.

    replications: worlds a side as asked; what was undecided has lived more. behaviour: parameters that were not those
    shipped. manifest: as built by `build_manifest`.
    """
    phrases = words(language)
    few = phrases["few"].format(count=replications, enough=ENOUGH) if replications < ENOUGH else ""
    changes = ", ".join(f"{name} = {value:g}" for name, value in behaviour.items())
    groups = [
        (phrases["listed"], [_shown(one, language) for one in findings if one.listed]),
        (phrases["further"], [_shown(one, language) for one in findings if not one.listed]),
    ]
    return PAGES.get_template("validation.html.j2").render(
        language=language,
        words=phrases,
        usual=usual_words.words(language),
        warnings=[text for text in (few, phrases["changed"].format(changes=changes) if changes else "") if text],
        replications=phrases["replications"].format(count=replications, seed=seed),
        tally=[(CLASSES[found], count, named(found, language)) for found, count in tally(findings).items()],
        groups=[(head, group) for head, group in groups if group],
        provenance=_provenance(manifest, usual_words.words(language)),
    )


def _shown(finding: Finding, language: str) -> dict[str, Any]:
    phrases = words(language)
    remarks = [said.told(language) for said in finding.remarks]
    held_out = [phrases["held_out"]] if finding.held_out else []
    set_on = [phrases["set_on"].format(names=", ".join(finding.set_on))] if finding.set_on else []
    figure = to_svg(panel_figure(finding.panel, language), salt=f"pattern-{finding.id}")
    return {
        "id": finding.id,
        "class": CLASSES[finding.verdict],
        "verdict": named(finding.verdict, language),
        "claim": finding.claim.told(language),
        "grade": finding.grade,
        "sources": [(one.told(language), one.mark) for one in finding.sources],
        "criterion": finding.criterion.told(language),
        "notes": [*remarks, *held_out, *set_on],
        "deciding": measured(finding.deciding, language),
        "parts": [_row(part, language) for part in finding.parts],
        "svg": Markup(inline(figure)),  # noqa: S704  drawn by us; text in it is outlines
        "label": finding.panel.title[language == "nl"],
        "key": phrases["dots" if isinstance(finding.panel, Dots) else "bands"],
        "cost": phrases["worlds"].format(count=finding.worlds, seconds=round(finding.seconds)),
    }


def _row(part: Part, language: str) -> dict[str, str]:
    return {
        "text": part.text.told(language),
        "measured": measured(part, language),
        "interval": interval(part, language),
        "bounds": bounds(part, language),
        "verdict": verdict(part, language),
        "class": CLASSES[part.verdict] if part.judged else "info",
    }


def _provenance(manifest: Mapping[str, Any], phrases: Mapping[str, str]) -> list[tuple[str, str]]:
    packages = {"Python": manifest.get("python", NONE), **manifest.get("packages", {})}
    lines = [(phrases[key], str(manifest.get(key, NONE))) for key in ("command", "started", "finished", "source_hash")]
    lines.append((phrases["versions"], ", ".join(f"{name} {number}" for name, number in packages.items())))
    return [*lines, (phrases["platform"], str(manifest.get("platform", NONE)))]

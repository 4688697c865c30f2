"""What `compare` does: read scenarios, simulate them in the same worlds, write, and tell what came of it."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import click

from effectchain.commands.options import Choices
from effectchain.progress import progress
from effectchain.simulating import asked_for, customer_weeks, make_ready, tell_speed
from effectchain.strengthening import strengthened
from effectchain.telling import tell_comparison, tell_found
from experiments.calibration.ensemble import ensemble_of
from experiments.calibration.over import Carried, over, over_text
from experiments.comparison.comparison import Comparison, compare
from experiments.comparison.until import Until, read_until
from experiments.handing import FORMS, Handout, refuse_missing
from experiments.writing import write_comparison
from scenarios.errors import Mistake, shown
from scenarios.scenario import Scenario

EXAMPLE: Final = "--strengthen leadership=0.7"


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the user wants to be, and how later money counts, as typed; None where nothing was said."""

    until: str | None = None
    of: tuple[str, ...] = ()
    most: int | None = None
    discount: str | None = None


def compare_and_tell(
    source: str,
    others: Sequence[str],
    strengthen: Sequence[str],
    choices: Choices,
    sureness: Sureness,
    plausible: str | None = None,
    also: Sequence[str] = (),
) -> None:
    """Simulate a baseline and its what-ifs, write their folder, and tell what came of it as the user chose.

    plausible: folder of scenarios over which each what-if is held too. also: forms that the folder gets beside HTML.
    """
    base, *what_ifs = [asked_for(name, choices.settings) for name in (source, *others)]
    if strengthen:
        what_ifs.append(strengthened(base, strengthen))
    if not what_ifs:
        raise Mistake("there is nothing to compare it with", source, hint="name a what-if, or add " + EXAMPLE)
    refuse_missing(also)
    variants = ensemble_of(plausible) if plausible is not None else []
    comparison, seconds = compared(base, what_ifs, choices, sureness)
    more_files = handed_out(comparison, also, choices.language)
    folder = write_comparison(comparison, choices.out, language=choices.language, also=more_files)
    carried = carried_over(comparison, variants, choices) if variants else []
    more = {"over": [{name: one.as_data() for name, one in found.items()} for found in carried]} if carried else {}

    def in_words() -> None:
        tell_comparison(comparison, folder, choices.language)
        speed = customer_weeks([comparison.base, *comparison.what_ifs]) / seconds
        tell_speed(seconds, speed, choices.language)
        for found, what_if in zip(carried, comparison.what_ifs, strict=False):
            sector = base.organisation.sector
            click.echo("\n" + over_text(found, what_if.scenario.name, sector, choices.language))

    tell_found(choices, folder, comparison.as_data() | {"seconds": seconds} | more, in_words)


def handed_out(comparison: Comparison, also: Sequence[str], language: str) -> dict[str, bytes]:
    """The files of these forms, by the name that they get in the folder."""
    if not also:
        return {}
    handout = Handout.of_comparison(comparison)
    names = {"pdf": "report", "pptx": "slides", "xlsx": "last-year", "csv": "last-year"}
    return {
        f"{names[form]}.{form}": handout.file(form, language, table="years").content for form in FORMS if form in also
    }


def carried_over(comparison: Comparison, variants: Sequence[Scenario], choices: Choices) -> list[dict[str, Carried]]:
    """What each what-if brings over plausible scenarios."""
    with progress("over", quiet=choices.quiet) as on_progress:
        return over(comparison, variants, workers=choices.workers, on_progress=on_progress)


def compared(
    base: Scenario, what_ifs: Sequence[Scenario], choices: Choices, sureness: Sureness | None = None
) -> tuple[Comparison, float]:
    """The worlds of a baseline and its what-ifs, and the seconds that they took, compiling apart."""
    wish = sureness or Sureness()
    until = until_of(wish, base)
    discount = read_discount(wish.discount)
    make_ready([base, *what_ifs], choices, replications=max(choices.replications, until.most) if until else None)
    started = time.perf_counter()
    with progress(base.name, quiet=choices.quiet) as on_progress:
        comparison = compare(
            base,
            what_ifs,
            weeks=choices.weeks,
            replications=choices.replications,
            seed=choices.seed,
            workers=choices.workers,
            until=until,
            discount=discount,
            on_progress=on_progress,
        )
    return comparison, time.perf_counter() - started


def until_of(sureness: Sureness, base: Scenario) -> Until | None:
    """What --until, --of and --most ask for together; None without --until. Raises Mistake."""
    if sureness.until is not None:
        return read_until(sureness.until, sureness.of, sureness.most, sector=base.organisation.sector)
    if sureness.of or sureness.most is not None:
        option = "--of" if sureness.of else "--most"
        raise Mistake("says nothing without --until", option, hint="add how sure it is to be, as in --until 0.5%")
    return None


def read_discount(text: str | None) -> float | None:
    """A yearly interest: 8% or 0.08. Raises Mistake for what is none from 0 to 100 %."""
    if text is None:
        return None
    try:
        number = float(text.strip().removesuffix("%")) / (100.0 if text.strip().endswith("%") else 1.0)
    except ValueError:
        number = math.nan
    if not 0.0 <= number <= 1.0:
        raise Mistake("is no yearly interest", f"--discount {shown(text)}", "0% to 100%, as in 8% or 0.08")
    return number

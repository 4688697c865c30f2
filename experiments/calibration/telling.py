"""What a calibration comes to, in sentences and tables for people, in English and Dutch."""

from collections.abc import Sequence

from experiments.calibration.determined import Conflict
from experiments.calibration.figures import COMPLAINTS
from experiments.calibration.result import Calibration, FoundParameter, MetFigure
from experiments.calibration.words import phrase
from experiments.telling import title
from results.columns import Row, as_lines
from results.indicators import INDICATORS
from results.numbers import NONE, decimal


def as_text(found: Calibration, language: str) -> str:
    """The whole calibration as plain text."""
    request = found.request
    heading = phrase("heading", language).format(scenario=title(request.scenario, language), figures=len(found.figures))
    asked = phrase("asked", language).format(
        tried=found.tried, worlds=found.replications, plausible=len(found.ensemble)
    )
    lines = [heading, asked, "", phrase("figures", language) + ":"]
    lines += [*_table(figure_rows(found, language)), "", *figure_sentences(found, language), ""]
    lines += [phrase("parameters", language) + ":", *_table(parameter_rows(found, language))]
    return "\n".join([*lines, "", *parameter_sentences(found, language), ""])


def figure_rows(found: Calibration, language: str) -> list[Row]:
    """A row a figure: wanted, before, reached, distance and verdict."""
    keys = ("figure", "wanted", "before", "reached", "interval", "distance", "verdict")
    return [tuple(phrase(key, language) for key in keys), *(_figure_row(one, language) for one in found.figures)]


def _figure_row(one: MetFigure, language: str) -> Row:
    figure = one.figure
    below, above = figure.below or 0.0, figure.above or 0.0
    room = number(above, language) if below == above else f"{number(below, language)}/{number(above, language)}"
    star = "*" if one.is_usual else ""
    return (
        called(figure.name, language),
        f"{number(figure.wanted, language)} ±{room}{star}",
        number(one.start, language),
        number(one.reached.mean, language),
        between(one.reached.low, one.reached.high, language),
        decimal(abs(one.distance), 1, language),
        phrase(one.verdict, language),
    )


def figure_sentences(found: Calibration, language: str) -> list[str]:
    """What the table means, which tolerances ask too much, and what cannot be met together."""
    too_sure = [_too_sure(one, language) for one in found.figures if one.is_too_sure]
    at_odds = [conflict_sentence(one, language) for one in found.conflicts]
    return [phrase("distances", language), *too_sure, *at_odds]


def _too_sure(one: MetFigure, language: str) -> str:
    luck, tolerance = number(one.luck, language), number(one.figure.room, language)
    return phrase("too_sure", language).format(figure=called(one.figure.name, language), luck=luck, tolerance=tolerance)


def conflict_sentence(one: Conflict, language: str) -> str:
    """Why a figure is not met."""
    others = listed([called(name, language) for name in one.others], language)
    key = "conflict_alone" if not one.is_reachable else "conflict_others" if one.others else "conflict_all"
    facts = {"figure": called(one.figure, language), "alone": number(one.alone, language)}
    text = phrase(key, language).format(others=others, **facts)
    if key == "conflict_alone" and one.others:
        text += " " + phrase("conflict_also", language).format(others=others)
    return text


def parameter_rows(found: Calibration, language: str) -> list[Row]:
    """A row a parameter: before, best, plausible range and how well it is known; what is noticed most first."""
    keys = ("parameter", "before", "best", "plausible", "known", "moves")
    ranked = sorted(found.parameters, key=lambda one: one.left)
    return [tuple(phrase(key, language) for key in keys), *(_parameter_row(one, language) for one in ranked)]


def _parameter_row(one: FoundParameter, language: str) -> Row:
    return (
        one.parameter.key,
        number(one.start, language),
        number(one.best, language),
        between(one.low, one.high, language),
        phrase(f"known_{one.known}", language),
        called(one.moves, language),
    )


def parameter_sentences(found: Calibration, language: str) -> list[str]:
    """How much the figures tell, what they do not, and what can be traded."""
    sentences = [phrase("directions", language).format(directions=found.directions, open=len(found.parameters))]
    loose = [one.parameter.key for one in found.parameters if one.known in {"undetermined", "no_part"}]
    if loose:
        sentences.append(phrase("undetermined", language).format(keys=listed(loose, language)))
    for trade in found.trades:
        key = "trade_same" if trade.correlation > 0.0 else "trade_opposite"
        sentences.append(phrase(key, language).format(one=trade.one, other=trade.other))
    if len(found.ensemble) < found.request.members:
        sentences.append(phrase("few", language).format(found=len(found.ensemble), wanted=found.request.members))
    return sentences + ([phrase("eased", language)] if found.conflicts else [])


def called(figure: str, language: str) -> str:
    """A figure as it may be given in this language: by its column, or by the name that Dutch reports have for it."""
    if language == "nl" and figure in INDICATORS:
        return INDICATORS[figure].label(language)
    return phrase(COMPLAINTS, language) if figure == COMPLAINTS else figure


def listed(names: Sequence[str], language: str) -> str:
    """churn, turnover and nps."""
    *first, last = names or ("",)
    return f"{', '.join(first)} {phrase('and', language)} {last}" if first else last


def between(low: float, high: float, language: str) -> str:
    """From one number to another."""
    return f"{number(low, language)} {NONE} {number(high, language)}"


def number(value: float, language: str) -> str:
    """Three figures that count: 0.183, 12.4, 8,210."""
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3 if size >= 0.1 or size == 0.0 else 4
    return decimal(value, decimals, language)


def _table(rows: Sequence[Row]) -> list[str]:
    return ["  " + line for line in as_lines(rows)]

"""What `explain` does: simulate with and without each measure and link, write, and tell why."""

from collections.abc import Sequence
from typing import Final

from effectchain.commands.options import Choices
from effectchain.progress import stages
from effectchain.simulating import asked_for, make_ready
from effectchain.strengthening import strengthened
from effectchain.telling import tell_folder, tell_found
from experiments.explanation.explanation import Explanation, explain
from experiments.explanation.outcome import check_indicator
from results.explanation.terminal import print_explanation

STAGES: Final = {"measures": "Which measure", "paths": "Along which path", "blockers": "What blocks it"}


def explain_and_tell(
    source: str, base: str | None, indicator: str, choices: Choices, *, strengthen: Sequence[str], orders: int
) -> None:
    """Explain a what-if, write its folder, and tell what came of it as the user chose."""
    check_indicator(indicator)
    given = asked_for(source, choices.settings)
    what_if = strengthened(given, strengthen) if strengthen else given
    ground = asked_for(base, choices.settings) if base else given if strengthen else None
    make_ready([what_if], choices)
    with stages(STAGES.__getitem__, quiet=choices.quiet or choices.as_json) as on_stage:
        explanation = explain(
            what_if,
            indicator,
            base=ground,
            weeks=choices.weeks,
            replications=choices.replications,
            seed=choices.seed,
            number_of_orders=orders,
            workers=choices.workers,
            on_stage=on_stage,
        )
    folder = explanation.save(choices.out, language=choices.language)

    def in_words() -> None:
        tell(explanation, choices.language)
        tell_folder(folder, choices.language)

    tell_found(choices, folder, explanation.as_data(), in_words)


def tell(explanation: Explanation, language: str) -> None:
    """Print who did it, along which path, and what blocks it."""
    print_explanation(
        explanation.explained(language),
        alone={
            label: (explanation.attribution.by_measure[name].alone, explanation.attribution.by_measure[name].last)
            for name, label in explanation.labels(language).items()
        },
        synergy=[
            (f"{explanation.labels(language)[one]} + {explanation.labels(language)[other]}", found)
            for (one, other), found in explanation.attribution.synergy.items()
        ],
        eased=[(one.easing.words(language), one.change) for one in explanation.blockers],
        orders=(explanation.paths.orders, explanation.paths.between_orders),
        language=language,
    )

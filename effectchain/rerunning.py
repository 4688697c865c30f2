"""What `robustness` does: rerun conclusions under other rules, write, and tell which survive."""

from datetime import UTC, datetime

from effectchain.commands.options import Choices
from effectchain.compiling import compile_rules
from effectchain.places import refuse_wrong_place
from effectchain.progress import progress
from effectchain.simulating import asked_for
from effectchain.telling import tell_folder, tell_found
from experiments.robustness.robustness import default_organisation, robustness
from experiments.robustness.writing import write_robustness
from results.robustness.terminal import print_robustness
from scenarios.overrides import overridden


def rerun_and_tell(source: str | None, draws: int, choices: Choices) -> None:
    """Rerun, write the folder, and print as the user chose."""
    base = asked_for(source, choices.settings) if source else overridden(default_organisation(), choices.settings)
    refuse_wrong_place(choices.out)
    compile_rules(quiet=choices.quiet)
    started = datetime.now(UTC)
    with progress("robustness", quiet=choices.quiet) as on_progress:
        found = robustness(
            base,
            draws=draws,
            replications=choices.replications,
            weeks=choices.weeks or base.weeks,
            seed=choices.seed,
            workers=choices.workers,
            on_progress=on_progress,
        )
    folder = write_robustness(
        found, base, choices.out, started=started, finished=datetime.now(UTC), language=choices.language
    )

    def in_words() -> None:
        print_robustness(found, choices.language)
        tell_folder(folder, choices.language)

    tell_found(choices, folder, found.as_data(), in_words)

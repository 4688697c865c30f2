"""What `effect-sizes` does: simulate units, measure, write, and tell what came of it."""

from datetime import UTC, datetime

from effectchain.commands.options import Choices
from effectchain.compiling import compile_rules
from effectchain.places import refuse_wrong_place
from effectchain.progress import progress
from effectchain.telling import tell_folder, tell_found
from experiments.effect_sizes.effect_sizes import effect_sizes
from experiments.effect_sizes.writing import write_sizes
from results.effect_sizes.terminal import print_sizes


def measure_and_tell(units: int, choices: Choices) -> None:
    """Measure, write the folder, and print as the user chose."""
    refuse_wrong_place(choices.out)
    compile_rules(quiet=choices.quiet)
    started, language = datetime.now(UTC), choices.language
    with progress("effect sizes", quiet=choices.quiet) as on_progress:
        found = effect_sizes(units, seed=choices.seed, workers=choices.workers, on_progress=on_progress)
    folder = write_sizes(found, choices.out, started=started, finished=datetime.now(UTC), language=language)

    def in_words() -> None:
        print_sizes(found, language)
        tell_folder(folder, language)

    tell_found(choices, folder, found.as_data(), in_words)

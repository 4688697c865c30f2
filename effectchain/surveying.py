"""What `survey` does: simulate, ask, write, and tell what the answers come to."""

from effectchain.commands.options import Choices
from effectchain.progress import progress
from effectchain.simulating import asked_for, make_ready
from effectchain.telling import tell_folder, tell_found
from experiments.surveys.instrument import load_instrument
from experiments.surveys.survey import WEEK, survey
from experiments.surveys.writing import told_of, write_survey
from results.surveys.terminal import print_survey


def survey_and_tell(
    source: str, instrument: str, choices: Choices, *, sample: int | None = None, units: int | None = None
) -> None:
    """Ask the people of a scenario, write the folder, and tell what came of it as the user chose."""
    questions = load_instrument(instrument)
    scenario = asked_for(source, choices.settings)
    make_ready([scenario], choices)
    with progress(scenario.name, quiet=choices.quiet or choices.as_json) as on_progress:
        found = survey(
            scenario,
            questions,
            week=choices.weeks or WEEK,
            units=units,
            sample=sample,
            seed=choices.seed,
            workers=choices.workers,
            on_progress=on_progress,
        )
    folder = write_survey(found, choices.out, language=choices.language)

    def in_words() -> None:
        print_survey(told_of(found, choices.language), choices.language)
        tell_folder(folder, choices.language)

    tell_found(choices, folder, found.as_data(), in_words)

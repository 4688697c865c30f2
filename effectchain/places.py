"""Whether results can go where they should: found out before an hour of simulation, not after."""

from pathlib import Path

from effectchain.doctor import results_folder
from results.folders.draft import Draft
from results.folders.run import holds_only_a_run
from scenarios.errors import Mistake


def refuse_wrong_place(out: Path | None) -> None:
    """Refuse a folder that holds something else or that cannot be written. Raises Mistake or ResultsError.

    out: what the user named; None for runs/ in the current folder.
    """
    if out is None:
        _refuse_here(Path.cwd())
        return
    draft = Draft(out, holds_only_a_run)
    try:
        draft.open()
    finally:
        draft.discard()


def _refuse_here(here: Path) -> None:
    finding = results_folder(here)
    if finding.verdict == "fail":
        raise Mistake(finding.says.rstrip("."), hint=finding.advice)

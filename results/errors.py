"""The one error of this room."""


class ResultsError(ValueError):
    """One clear sentence for the user: what is wrong with a result, where, and what to do."""

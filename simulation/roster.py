"""Who is here: for each kind of agent, the views on those records that somebody holds now."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from agents.records import Record
from scenarios.errors import Mistake

if TYPE_CHECKING:
    from simulation.organisation import Organisation
    from simulation.views import View

ABSENT: Final = np.int32(np.iinfo(np.int32).min)
"""Stands where nobody is, among the weeks in which people came."""

Columns = dict[str, np.ndarray[Any, np.dtype[Any]]]


def columns_of(records: Record) -> Columns:
    """The fields of a record array as plain arrays on the same memory: forty times faster to read one number of."""
    plain = records.view(np.ndarray)
    return {name: plain[name] for name in plain.dtype.names}


class Roster:
    """One view for everybody of one kind who is here, and none for those who left.

    A record is a place; place and week of coming together are a person. So a newcomer on an old place gets a view of
    their own. columns: the record array's fields, which all views read and write.
    """

    def __init__(self, model: "Organisation", kind: "type[View]", records: Record) -> None:
        self.model = model
        self.kind = kind
        self.records = records
        self.columns = columns_of(records)
        self.people: dict[int, Any] = {}
        self.since = np.full(len(records), ABSENT)
        self.keep_up()

    def keep_up(self) -> None:
        """Let go the views of those who left, and make views for those who came."""
        since = self.kind.since(self.columns)
        for place in np.flatnonzero(since != self.since).tolist():
            if place in self.people:
                self.people.pop(place).detach()
            if since[place] != ABSENT:
                self.people[place] = self.kind(self.model, self, place)
        self.since = since

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "columns"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.columns = columns_of(self.records)


class Gone:
    """The roster of those who left: their record holds somebody else, or nobody."""

    @property
    def columns(self) -> Columns:
        """Nothing. Raises Mistake."""
        raise Mistake("this agent has left, and its record is no longer its own", hint="ask the model for its agents")

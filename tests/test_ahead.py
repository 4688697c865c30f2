"""Records begin where lines of memory do, and asking for them beforehand changes nothing."""

from typing import Any

from agents.ahead import look_ahead
from agents.customer import CUSTOMER_RECORD
from agents.records import LINE, empty, like
from agents.rule import compiled_now
from simulation.world import begin, copy
from tests.small_organisation import small


def place(records: Any) -> int:
    """How far from the beginning of a line of memory these records begin, in bytes."""
    return int(records.ctypes.data % LINE)


def test_a_customer_is_two_lines_of_memory() -> None:
    """What everybody's week and talk need stands on the first, of every world and of its copies."""
    customers = begin(small(), 1).customers
    fields: Any = CUSTOMER_RECORD.fields

    assert (2 * LINE, LINE) == (CUSTOMER_RECORD.itemsize, fields["contact"][1])
    assert [0, 0] == [place(customers), place(copy(begin(small(), 1)).customers)]
    for count in range(1, 6):
        assert 0 == place(empty(CUSTOMER_RECORD, count))


def test_like_is_a_copy_of_its_own() -> None:
    """The same numbers, and neither follows the other."""
    records = empty(CUSTOMER_RECORD, 3)
    records.bond[:] = 0.4
    other = like(records)
    records.bond[1] = 0.9

    assert [0.4, 0.4, 0.4] == other.bond.tolist()
    assert type(records) is type(other)


def test_looking_ahead_changes_nothing() -> None:
    """Plain or compiled, also far beyond the last record and before the first."""
    records = empty(CUSTOMER_RECORD, 5)
    records.bond[:] = 0.25
    before = records.tobytes()

    def ask(records: Any, there: int) -> None:
        look_ahead(records, there, 2)

    for there in (0, 4, 5, 10**6, -(10**6)):
        ask(records, there)
        compiled_now(ask)(records, there)
    assert before == records.tobytes()

"""Ask memory for somebody's record before it is needed.

In a large organisation records come from far away, and whoever comes this week stands here and there among them: a
processor cannot guess who is next, but the loop knows. A week of 100,000 customers takes a fifth less with it.
"""

from typing import Any, Final, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

from agents.records import LINE
from agents.rule import PART

AHEAD: Final = 16
"""So many people later, a record that is asked for now has come."""


def look_ahead(records: Any, place: int, lines: int) -> None:
    """Ask for the first so many lines of memory of the record at `place`, which may lie beyond the last one.

    It changes nothing. In plain Python it does nothing at all.
    """


def _ask_for_all(records: Any, place: int, lines: int) -> None:
    for line in range(lines):
        _ask_for(records, place, line)


@overload(look_ahead, jit_options=cast("Any", PART))
def _look_ahead(records: Any, place: int, lines: int) -> Any:  # noqa: ARG001  the types of what it is called with
    return _ask_for_all


@intrinsic
def _ask(_typing: Any, records: Any, place: Any, line: Any) -> Any:
    """The processor's own instruction for it."""

    def code(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        whole, pointer, choice = ir.IntType(64), ir.IntType(8).as_pointer(), ir.IntType(32)
        start = builder.ptrtoint(context.make_array(records)(context, builder, arguments[0]).data, whole)
        for number, form, size in ((arguments[1], place, records.dtype.size), (arguments[2], line, LINE)):
            steps = context.cast(builder, number, form, types.int64)
            start = builder.add(start, builder.mul(steps, ir.Constant(whole, size)))
        form = ir.FunctionType(ir.VoidType(), [pointer, choice, choice, choice])
        ask = cgutils.get_or_insert_function(builder.module, form, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        to_write, to_keep, data = ir.Constant(choice, 1), ir.Constant(choice, 3), ir.Constant(choice, 1)
        builder.call(ask, [builder.inttoptr(start, pointer), to_write, to_keep, data])
        return context.get_dummy_value()

    return types.none(records, place, line), code


_ask_for: Any = _ask

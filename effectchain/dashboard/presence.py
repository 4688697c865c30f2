"""Whether anybody still looks: a browser that ends at once says nothing, and its worlds would be lived to the end."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from solara.server.kernel_context import PageStatus, VirtualKernelContext, get_current_context

AWAY: Final = 8.0
"""Seconds without any connection after which nobody looks; a page that lost its connection is back sooner."""

STEPS: Final = 8
"""Times that is looked within them."""


def while_attended(begin: Callable[[], object], end: Callable[[], object]) -> Callable[[], None]:
    """Begin, end where nobody looks at this visit any more, and begin again where somebody does.

    What comes back ends it for good. To be called where a page of the visit is shown.
    """
    context = get_current_context()
    begin()
    leave = watched(lambda: is_connected(context), end, begin)

    def end_all() -> None:
        leave()
        end()

    return end_all


def is_connected(context: VirtualKernelContext) -> bool:
    """Whether some tab of this visit has a connection."""
    return PageStatus.CONNECTED in list(context.page_status.values())


def watched(
    is_here: Callable[[], bool], on_gone: Callable[[], object], on_back: Callable[[], object], away: float = AWAY
) -> Callable[[], None]:
    """Tell when somebody has not been here for so many seconds, and when they are again; what comes back ends that."""
    over = Event()

    def watch() -> None:
        missed, is_gone = 0, False
        while not over.wait(away / STEPS):
            missed = 0 if is_here() else missed + 1
            if is_gone and missed == 0:
                is_gone = False
                on_back()
            elif not is_gone and missed >= STEPS:
                is_gone = True
                on_gone()

    Thread(target=watch, daemon=True, name="presence").start()
    return over.set

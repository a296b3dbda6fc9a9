"""A limit on the time that one text may take to be read."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from toolkit.errors import SourceError


class _TimeUp(BaseException):
    """Time is up; no exception of the usual kind, for parsers that swallow those."""


@contextmanager
def within(seconds: float, complaint: str) -> Iterator[None]:
    """Raise a SourceError of these words where the body takes longer.

    The clock rings in Python's own code, between the steps of a parser. It needs a signal, which
    only the main thread gets and Windows does not have; elsewhere the time is not limited.
    """
    here = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not here or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # and again each second, where it is not heard
    try:
        yield
    except _TimeUp:
        raise SourceError(complaint) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

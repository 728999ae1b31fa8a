# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ctrl-C, a closed terminal, a cancelled job of CI -> KeyboardInterrupt, again and again until it is heard.

Once would not do: an exception that meets a callback from C (layout makes thousands of them) or a destructor is
printed and forgotten, and the work goes on.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

# Seconds after which an interruption that nobody heard is tried again; what is unfinished is removed sooner.
AGAIN = 0.3


def heed() -> None:
    """From now on, these signals end what is being done."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup publisher build` goes on without its terminal
        signal.signal(signal.SIGHUP, _interrupt)


def heard() -> None:
    """The interruption came through."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.setitimer(signal.ITIMER_REAL, AGAIN)
    raise KeyboardInterrupt

# SPDX-License-Identifier: AGPL-3.0-or-later
"""A function that computes for long -> the same function with less of the interpreter's own work around it.

Both are habits of CPython (https://docs.python.org/3/library/gc.html, Include/internal/pycore_frame.h). What the
function returns does not depend on them.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# New objects after which those without a use are looked for. The usual 700 has a layout of a million objects, nearly
# all of them in use until its end, walked through again and again: 17.5 s of CPU time for 369 pages instead of 14.9.
COLLECT_AFTER = 50_000
# Frames of Python's calls lie in chunks of 16 kB. A loop whose calls cross the end of a chunk gets memory from the
# system and gives it back with each call: 1.8 s of system time instead of 0.3 for 303 pages. Whether one does depends
# on how deep it lies. A frame that claims this many slots of 8 bytes is given a chunk of 1 MB, whose other half holds
# all calls below it. Memory that is not written to is free.
SLOTS = 70_000


def roomy(function: Callable[P, T]) -> Callable[P, T]:
    """The function, called with few collections and in a large frame."""

    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        before = gc.get_threshold()
        gc.set_threshold(COLLECT_AFTER, *before[1:])
        try:
            return function(*args, **kwargs)
        finally:
            gc.set_threshold(*before)

    call.__code__ = call.__code__.replace(co_stacksize=SLOTS)
    return wraps(function)(call)

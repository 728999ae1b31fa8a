# SPDX-License-Identifier: AGPL-3.0-or-later
"""Room for a long computation: what a function does is the same with it, and nothing of it stays behind."""

from __future__ import annotations

import gc
import pickle

import pytest

from publisher.build.headroom import COLLECT_AFTER, roomy
from publisher.build.make import make


@roomy
def divide(dividend: int, *, by: int) -> tuple[float, int]:
    """A quotient, and the collector's first threshold while it is computed."""
    return dividend / by, gc.get_threshold()[0]


def test_a_function_returns_what_it_did_with_few_collections_meanwhile() -> None:
    assert divide(3, by=2) == (1.5, COLLECT_AFTER)


def test_the_collector_is_as_before_after_success_and_failure() -> None:
    before = gc.get_threshold()
    divide(3, by=2)
    with pytest.raises(ZeroDivisionError):
        divide(3, by=0)
    assert gc.get_threshold() == before


def test_a_build_can_be_sent_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(make)) is make  # noqa: S301 (our own bytes)

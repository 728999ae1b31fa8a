# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for all tests.

Where CI=true, a test that is skipped has failed, since nobody would see it. No test sees what another has built, nor
leaves anything in the user's store, where writers that stand in for the real ones would pass for these.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest

from publisher.build import store

STORES = count()


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's own store, which is not there before something is put into it."""
    folder = tmp_path_factory.getbasetemp() / "stores" / str(next(STORES))
    monkeypatch.setattr(store, "folder", lambda: folder)
    return folder


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turns a skip into a failure. A test that is expected to fail (xfail) also reports "skipped": it ran."""
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: {reason}\nSkipping is not allowed where CI=true."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail(report)
    return report

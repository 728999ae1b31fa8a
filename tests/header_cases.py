# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases of tests/cases/header: one a line, "input => expected"; "#" begins a comment."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "cases" / "header"


def cases(name: str) -> list[tuple[str, str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [
        (given.strip(), expected.strip())
        for given, _, expected in (line.rpartition("=>") for line in lines if line and not line.startswith("#"))
    ]

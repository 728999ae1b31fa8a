# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the schemas anew: python -m publisher.schemas."""

from __future__ import annotations

from pathlib import Path

from publisher.schemas import schemas

for name, text in schemas().items():
    (Path(__file__).parent / name).write_text(text, encoding="utf-8")

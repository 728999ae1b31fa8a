# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real texts in TEI: no word of a file is lost, added or moved between the file, the ledger and the book."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.codes import Severity
from publisher.readers import READERS, Source
from tests.corpus import ROOT
from tests.proof import lost

FILES = sorted((Path(ROOT) / "tei").glob("*.xml")) if ROOT else []
pytestmark = [pytest.mark.slow, pytest.mark.skipif(ROOT is None, reason="PUBLISHER_CORPUS names no folder of texts")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_word_is_lost(file: Path) -> None:
    source = Source(file.name, file.read_bytes())
    read = READERS["tei"]([source])
    assert lost(read, [source], "tei") == []
    assert all(problem.severity is not Severity.ERROR for problem in read.problems)
    assert all(problem.location.line for problem in read.problems)
    assert [note for chapter in read.book.chapters for note in chapter.notes if not note.called] == []

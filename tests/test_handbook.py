# SPDX-License-Identifier: AGPL-3.0-or-later
"""The handbook is a book that publisher builds, and what it says of publisher is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import msgspec
import pytest

from publisher import works
from publisher.build.make import Built, Job, Options, Prepared, make, prepare
from publisher.checks.streams import shown_words
from publisher.cli import _parser
from publisher.codes import CODES
from publisher.document import Figure, Listing, Table
from publisher.metadata.settings import BookSettings, Typography, read
from publisher.papers import PAPERS
from publisher.readers import READERS
from publisher.readers.sniffing import kind
from publisher.readers import Source

FOLDER = Path(__file__).parent.parent / "content" / "handbook"
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md")))


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def code() -> set[str]:
    """The words that stand in type of one width."""
    return {word for found in re.findall(r"`([^`\n]+)`", TEXT) for word in found.split()}


@pytest.fixture(scope="module")
def job() -> Job:
    (work,) = works.find([FOLDER])
    texts, pictures = works.load(work)
    return Job(slug=work.slug, file="handbook", sources=texts, pictures=pictures, settings=work.settings)

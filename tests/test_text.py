# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plain-text edition: what is written is read back node by node, whatever the text looks like."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, given, settings

from publisher.checks import raw, source
from publisher.document import Book
from publisher.edition import Edition
from publisher.metadata.model import Metadata
from publisher.readers import Read, Source, plain
from publisher.writers import text
from publisher.writers.text_normal import normal
from tests import documents
from tests.editions import edition

CAREFUL = settings(deadline=None, suppress_health_check=list(HealthCheck))


def written(work: Edition) -> str:
    return text.write(work, {}).data.decode()


def read(data: str) -> Read:
    return plain.read([Source("book.txt", data.encode())])


def of(book: Book) -> Edition:
    return edition(book, Metadata(title="Title"))


@CAREFUL
@given(documents.books())
def test_any_book_is_read_back_as_it_was(book: Book) -> None:
    data = written(of(book))
    found = read(data)
    assert found.book == normal(book)
    assert unicodedata.is_normalized("NFC", data)
    assert source.check(found) == []
    assert list(raw.check([Source("book.txt", data.encode())], "plain", found.ledger)) == []

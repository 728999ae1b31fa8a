# SPDX-License-Identifier: AGPL-3.0-or-later
"""Readers: source files -> Read. Each reader is one function; READERS lists them by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import import_module
from typing import Protocol

from msgspec import Struct

from publisher.document import Book
from publisher.errors import Problem
from publisher.ledger import Entry
from publisher.metadata.model import Metadata


class Source(Struct, frozen=True):
    """One input file: its path as problems should show it, and its bytes."""

    file: str
    data: bytes


class Read(Struct, frozen=True):
    """What a reader makes of a work's sources; `pictures` are those inside the sources themselves, as in a docx."""

    book: Book
    metadata: Metadata
    ledger: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    pictures: tuple[Source, ...] = ()


class Reader(Protocol):
    """A work's sources -> Read; raises SourceError where that is impossible.

    `ordered` says that the sources stand in the order of the book, so that no contents list decides it. `pictures` are
    the paths of the picture files that the work has: an Image names one of them.
    """

    def __call__(self, sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read: ...


def _reader(name: str) -> Reader:
    """The function `read` of a module of this package, imported when it is first used."""

    def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:
        function: Reader = import_module(f"publisher.readers.{name}").read
        return function(sources, ordered=ordered, pictures=pictures)

    return read


NAMES = ("marxists_text", "marxists_html", "gutenberg", "markdown", "muse", "tei", "plain", "pandoc")
READERS: dict[str, Reader] = {name: _reader(name) for name in NAMES}

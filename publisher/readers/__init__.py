# SPDX-License-Identifier: AGPL-3.0-or-later
"""Readers: source files -> Read. Each reader is one function; READERS lists them by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from publisher.document import Book
from publisher.errors import Problem
from publisher.ledger import Entry
from publisher.metadata.model import Metadata


@dataclass(frozen=True, slots=True)
class Source:
    """One input file: its path as problems should show it, and its bytes."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of a work's sources."""

    book: Book
    metadata: Metadata
    ledger: tuple[Entry, ...]
    problems: tuple[Problem, ...]


class Reader(Protocol):
    """A work's sources -> Read; raises SourceError where that is impossible.

    `ordered` says that the sources stand in the order of the book, so that no contents list decides it.
    """

    def __call__(self, sources: Sequence[Source], *, ordered: bool = False) -> Read: ...


def _marxists_text(sources: Sequence[Source], *, ordered: bool = False) -> Read:
    # Imported here, because a reader needs the types above.
    from publisher.readers import marxists_text

    return marxists_text.read(sources, ordered=ordered)


READERS: dict[str, Reader] = {"marxists_text": _marxists_text}

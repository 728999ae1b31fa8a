# SPDX-License-Identifier: AGPL-3.0-or-later
"""Problems as values: what was found, where it stands, what to do about it.

A problem is data until the command line prints it. Functions that find problems return them beside
their result; only what makes a result impossible is raised, as a PublisherError that carries its problems.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from publisher.codes import CODES, Severity


class Location(Struct, frozen=True, order=True):
    """A place in an input file; line and column count from 1, 0 means the whole file or line."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


class Problem(Struct, frozen=True):
    """One finding. Its code is permanent and documented in codes.py, which also gives the severity."""

    code: str
    message: str
    location: Location
    hint: str | None = None

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    def __str__(self) -> str:
        return f"{self.location}: {self.severity} {self.code}: {self.message}"


class PublisherError(Exception):
    """A result is impossible; the problems say why and where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class SourceError(PublisherError):
    """A source cannot be read."""


class SettingsError(PublisherError):
    """A book.toml or defaults.toml is wrong."""


class OutputError(PublisherError):
    """An output cannot be made or written."""

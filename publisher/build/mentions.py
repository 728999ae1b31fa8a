# SPDX-License-Identifier: AGPL-3.0-or-later
"""Problems of picture files -> the same at the lines of the text that show the pictures.

Nobody opens a picture to see why it is not in the book; where it stands can be looked at, and accepted. Readers keep no
places of pictures, so that the sources are searched for their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename, dirname, join, normpath, relpath
from urllib.parse import quote

from msgspec.structs import replace

from publisher.errors import Location, Problem
from publisher.pictures import addresses
from publisher.readers import Source


def placed(problems: Iterable[Problem], sources: Sequence[Source]) -> Iterator[Problem]:
    """The problems, with the names of their files; one whose file no text names stays where it is."""
    for problem in problems:
        file = problem.location.file
        place = _place(file, sources)
        message = f'"{basename(file)}": {problem.message}'
        yield replace(problem, location=place, message=message) if place else problem


def _place(file: str, sources: Sequence[Source]) -> Location | None:
    """Where a text first shows a picture: by its address, or in a grammar that has none, by its name."""
    for find in (_addressed, _named):
        for source in sources:
            if (offset := find(file, source)) is not None:
                before = source.data[:offset]
                column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
                return Location(source.file, before.count(b"\n") + 1, column)
    return None


def _addressed(file: str, source: Source) -> int | None:
    folder = dirname(source.file)
    return next((offset for offset, name in addresses(source.data) if normpath(join(folder, name)) == file), None)


def _named(file: str, source: Source) -> int | None:
    for name in (relpath(file, dirname(source.file) or "."), basename(file)):
        for written in (name, quote(name)):
            if found := re.search(rb"(?<![\w.-])" + re.escape(written.encode()) + rb"(?![\w-])", source.data):
                return found.start()
    return None

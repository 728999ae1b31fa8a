# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file system as works.py needs it: what a path is, what a folder holds, with problems for what cannot be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeAlias

from publisher.errors import Location, Problem, SourceError
from publisher.pictures import OTHERS, SUFFIXES
from publisher.readers.sniffing import ENDINGS, MARKDOWN, XML

SETTINGS = "book.toml"
DEFAULTS = "defaults.toml"
SUMMARY = "summary.md"
_IGNORED = (".*", "readme.*", "license*", "licence*")
_FOREIGN = frozenset({".toml", ".json", ".csv", ".tsv", ".css", ".js", ".yaml", ".yml"})
# An EPUB that was unpacked, as editors of e-books keep it.
_PACKAGE = "*.opf"
_COMPANIONS = (SUMMARY, _PACKAGE)
# "01-introduction", "ch02.md", "Chapter 3.md".
_NUMBERED = re.compile(r"(?:ch(?:ap(?:ter)?)?|part|section)?[-_ ]*(\d+)", re.IGNORECASE)
# XML is a text only where this stands near its beginning: other files end in .xml, too.
_TEI = re.compile(rb"<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus)[\s>]")
_NEAR = 65536

Identity: TypeAlias = tuple[int, int]
"""What tells a folder from others, whatever links lead to it: device and inode."""


def is_text(path: Path) -> bool:
    """Whether a file is a text: its name says so, and of XML files the first bytes."""
    if path.suffix.lower() in XML:
        return path.is_file() and _begins_as_tei(path)
    return path.suffix.lower() in ENDINGS


def is_foreign(path: Path) -> bool:
    """Whether the name says that this is no text."""
    return path.suffix.lower() in _FOREIGN


def is_folder(path: Path) -> bool:
    """Whether a path is a folder or a file; raises SourceError for what is neither."""
    mode = _status(path).st_mode
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise SourceError([Problem("S006", "this is neither a file nor a folder", Location(path.as_posix()))])
    return stat.S_ISDIR(mode)


def size(path: Path) -> int:
    """The bytes of a file; none of one that cannot be asked."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def is_work(folder: Path) -> bool:
    """Whether all texts of a folder make up one work."""
    inside = entries(folder)
    return any(_is_mark(path) and path.is_file() for path in inside) or is_numbered(inside)


def _is_mark(path: Path) -> bool:
    is_index = path.stem.lower() == "index" and path.suffix.lower() in ENDINGS
    return is_index or _matches(path, (SETTINGS, SUMMARY, _PACKAGE))


def is_numbered(inside: Iterable[Path]) -> bool:
    """Whether Markdown files, or folders of them, are counted from 0 or 1: the chapters of one book."""
    numbers = [number for path in inside if (number := _number(path)) is not None and _is_markdown(path)]
    counted = sorted(set(numbers))
    return len(counted) >= 2 and counted[0] <= 1 and counted[-1] - counted[0] == len(counted) - 1


def _number(path: Path) -> int | None:
    found = _NUMBERED.match(path.name)
    return int(found[1][:9]) if found else None


def _is_markdown(path: Path) -> bool:
    """Whether this is a Markdown file or a folder in which one lies."""
    if not path.is_dir():
        return path.suffix.lower() in MARKDOWN
    return not path.is_symlink() and any(inner.suffix.lower() in MARKDOWN for inner in entries(path))


def identity(folder: Path) -> Identity:
    status = _status(folder)
    return status.st_dev, status.st_ino


def entries(folder: Path, ignored: Sequence[str] = _IGNORED) -> list[Path]:
    """What a folder holds, in natural order, without hidden files and files about the texts."""
    try:
        return _sorted(path for path in folder.iterdir() if not _matches(path, ignored))
    except OSError as error:
        raise SourceError([_unreadable(folder, error)]) from None


def texts(folder: Path) -> Iterator[Path]:
    """The texts of a work and what says how they belong together; links to folders are not followed.

    Where a summary lists the chapters, or they are counted, one may be called README.
    """
    inside = entries(folder)
    summed = any(path.name.lower() == SUMMARY for path in inside) or is_numbered(inside)
    return _texts(folder, (".*",) if summed else _IGNORED)


def _texts(folder: Path, ignored: Sequence[str]) -> Iterator[Path]:
    for path in entries(folder, ignored):
        if path.is_dir():
            if not path.is_symlink():
                yield from _texts(path, ignored)
        elif is_text(path) or _matches(path, _COMPANIONS):
            yield path


def pictures(folder: Path) -> Iterator[Path]:
    """The pictures in a folder and in those inside it."""
    for path in entries(folder, (".*",)):
        if path.is_dir():
            if not path.is_symlink():
                yield from pictures(path)
        elif is_picture(path) and is_inside(path, folder):
            yield path


def is_picture(path: Path) -> bool:
    """Whether the name says that this is a picture, be it one that a book cannot show."""
    return path.suffix.lower() in SUFFIXES or path.suffix.lower() in OTHERS


def picture(path: Path) -> bytes:
    """The bytes of a picture; none of one that cannot be shown: scans in TIFF may be a hundred times a book."""
    return b"" if path.suffix.lower() in OTHERS else content(path)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a file lies in a folder when all links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def matching(folder: Path, pattern: str) -> list[Path]:
    """The files in a folder that have a name ("ch[1].txt", if there is one) or match a pattern ("ch*.txt")."""
    if (folder / pattern).is_file():
        return [folder / pattern]
    return _sorted(path for path in folder.glob(pattern) if path.is_file() and not _matches(path, _IGNORED))


def content(path: Path) -> bytes:
    """The bytes of a file; a pipe among the files of a work is refused, for it may never end."""
    if is_folder(path):
        raise SourceError([Problem("S006", "this is a folder, not a file", Location(path.as_posix()))])
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError([_unreadable(path, error)]) from None


def _begins_as_tei(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(_TEI.search(file.read(_NEAR)))
    except OSError as error:
        raise SourceError([_unreadable(path, error)]) from None


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as error:
        raise SourceError([_unreadable(path, error)]) from None


def _unreadable(path: Path, error: OSError) -> Problem:
    place = Location(path.as_posix())
    match error.errno:
        case errno.ENOENT if path.is_symlink():
            return Problem("S001", "the link points to nothing", place)
        case errno.ENOENT | errno.ENOTDIR:
            return Problem("S001", "there is no such file or folder", place)
        case errno.ELOOP:
            return Problem("S007", "the link points to itself", place)
        case _:
            return Problem("S006", f"this cannot be read: {error.strerror}", place)


def _matches(path: Path, patterns: Iterable[str]) -> bool:
    return any(fnmatch(path.name.lower(), pattern) for pattern in patterns)


def _sorted(paths: Iterable[Path]) -> list[Path]:
    """In natural order: ch2 before ch10."""
    return sorted(paths, key=lambda path: ([_natural(part) for part in path.parts], path))


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", name)]

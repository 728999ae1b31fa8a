# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file system as works.py needs it: what a path is, what a folder holds, with problems for what cannot be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeAlias

from publisher.errors import Location, Problem, SourceError

SETTINGS = "book.toml"
DEFAULTS = "defaults.toml"
_TEXTS = frozenset({".txt"})
_FOREIGN = frozenset({".htm", ".html", ".xhtml", ".md", ".markdown", ".xml", ".tei", ".toml", ".json"})
_MARKS_OF_A_WORK = (SETTINGS, "summary.md", "index.*")
_IGNORED = (".*", "readme.*", "license*", "licence*")

Identity: TypeAlias = tuple[int, int]
"""What tells a folder from others, whatever links lead to it: device and inode."""


def is_text(path: Path) -> bool:
    return path.suffix.lower() in _TEXTS


def is_foreign(path: Path) -> bool:
    """Whether the name says that this is a text in a form that has no reader."""
    return path.suffix.lower() in _FOREIGN


def is_folder(path: Path) -> bool:
    """Whether a path is a folder or a file; raises SourceError for what is neither."""
    mode = _status(path).st_mode
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise SourceError([Problem("S006", "this is neither a file nor a folder", Location(path.as_posix()))])
    return stat.S_ISDIR(mode)


def is_work(folder: Path) -> bool:
    """Whether all texts of a folder make up one work."""
    return any(_matches(path, _MARKS_OF_A_WORK) and path.is_file() for path in entries(folder))


def identity(folder: Path) -> Identity:
    status = _status(folder)
    return status.st_dev, status.st_ino


def entries(folder: Path) -> list[Path]:
    """What a folder holds, in natural order, without hidden files and files about the texts."""
    try:
        return _sorted(path for path in folder.iterdir() if not _matches(path, _IGNORED))
    except OSError as error:
        raise SourceError([_unreadable(folder, error)]) from None


def texts(folder: Path) -> Iterator[Path]:
    """The texts of a folder and of the folders in it; links to folders are not followed."""
    for path in entries(folder):
        if is_text(path) and not path.is_dir():
            yield path
        elif path.is_dir() and not path.is_symlink():
            yield from texts(path)


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

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The address of a picture in a text -> the path of one of the work's pictures."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import PurePosixPath
from urllib.parse import unquote

_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")


class Album:
    """The pictures of a work; what lies outside of it is none of them."""

    def __init__(self, pictures: Collection[str], root: str) -> None:
        self._pictures = frozenset(pictures)
        self._root = root
        self._names: dict[str, list[str]] = defaultdict(list)
        for picture in sorted(self._pictures):
            self._names[PurePosixPath(picture).stem].append(picture)

    def find(self, address: str, file: str) -> str | None:
        """The picture that an address in a file names, None if the work has none there."""
        if _ADDRESS.match(address):
            return None
        for path in (address, address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]):
            name = unquote(path)
            folder = self._root if name.startswith("/") else posixpath.dirname(file)
            found = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
            if found in self._pictures:
                return found
        return None

    def named(self, name: str) -> str | None:
        """The one picture with a file's name, or with more behind its stem ("fig1-small.png" for "fig1.png")."""
        stem = PurePosixPath(name).stem
        found = self._names.get(stem) or [
            path for other, paths in self._names.items() for path in paths if other.startswith(f"{stem}-")
        ]
        return found[0] if len(found) == 1 else None

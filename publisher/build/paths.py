# SPDX-License-Identifier: AGPL-3.0-or-later
"""The path of a work and of a file in it -> the file's path inside the work, the same wherever the work lies.

Paths that reach an edition are such, so that its bytes do not depend on what somebody typed: `/home/ann/mill/road.svg`,
`mill/road.svg` and `./road.svg` are `road.svg`. Problems keep the paths as they were typed.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath
from posixpath import normpath


class Inside:
    """Says how files are called inside a work: below its folder, or of a single file the one around it."""

    def __init__(self, work: str, files: Collection[str]) -> None:
        path = PurePosixPath(normpath(work))
        self._folder = path.parent if work in files else path

    def __call__(self, file: str) -> str:
        path = PurePosixPath(normpath(file))
        return path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else path.name

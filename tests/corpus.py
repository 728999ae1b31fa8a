# SPDX-License-Identifier: AGPL-3.0-or-later
"""The texts that PUBLISHER_CORPUS names: each file alone, and the files of each folder as one work."""

from __future__ import annotations

import os
from pathlib import Path

from publisher import folders
from publisher.readers import Source

ROOT = os.environ.get("PUBLISHER_CORPUS")
PLAIN = Path(ROOT) / "mia-plain" if ROOT else None


def _sets() -> dict[str, list[Path]]:
    """The files of each work by its name, relative to the corpus."""
    if PLAIN is None:
        return {}
    files = sorted(folders.texts(PLAIN))
    found = {file.relative_to(PLAIN).as_posix(): [file] for file in files}
    for folder in sorted({file.parent for file in files}):
        several = [file for file in files if file.parent == folder]
        if len(several) > 1:
            found[f"{folder.relative_to(PLAIN).as_posix()}/"] = list(folders.texts(folder))
    return found


_FILES = _sets()
SETS = list(_FILES)


def sources(name: str) -> list[Source]:
    assert PLAIN is not None
    return [Source(file.relative_to(PLAIN).as_posix(), file.read_bytes()) for file in _FILES[name]]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Outputs -> files: all of a work or none, and never half a file.

Each output is written beside its place under another name, and all are moved to their places when the last one is
complete: whatever fails before, a full disk or Ctrl-C, earlier outputs stay as they are and nothing is left behind.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from publisher.errors import Location, OutputError, Problem


def prepare(folder: Path) -> None:
    """Makes the output folder and tries to write to it, before hours are spent on works; raises OutputError."""
    trial = _beside(folder / "trial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"")
    except OSError as error:
        raise OutputError([_problem(folder, error)]) from None
    finally:
        _remove(trial)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files by name into a folder; raises OutputError."""
    written: dict[Path, Path] = {}
    place = folder
    try:
        for name, data in files.items():
            place = folder / name
            temporary = _beside(place)
            written[temporary] = place
            temporary.write_bytes(data)
            if place.is_dir():
                raise IsADirectoryError(None, "a folder has this name")
        for temporary, place in written.items():
            temporary.replace(place)
    except OSError as error:
        raise OutputError([_problem(place, error)]) from None
    finally:
        for temporary in written:
            _remove(temporary)


def _beside(place: Path) -> Path:
    """A name in the same folder, hidden, that no other process uses."""
    return place.with_name(f".{place.name}.{os.getpid()}.part")


def _remove(temporary: Path) -> None:
    # Most often it is at its place by now, or it never came to be.
    with suppress(OSError):
        temporary.unlink()


def _problem(place: Path, error: OSError) -> Problem:
    return Problem(
        "O001",
        f"this cannot be written: {error.strerror}",
        Location(place.as_posix()),
        "Earlier outputs are as they were. Make room or choose another folder with -o.",
    )

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Outputs -> files: all of a work or none, and never half a file.

Each output is written beside its place under another name, and all are moved to their places when the last one is
complete: whatever fails before, a full disk or Ctrl-C, earlier outputs stay as they are and nothing is left behind.
Processes that write to one folder take turns in moving, so that the outputs of a work are all from one build. A file
that is the same already is not touched; other forms of the same outputs are removed (forms.py).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path

from publisher.build.forms import superseded
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
        with _turn(folder):
            for temporary, place in written.items():
                if not _is_same(place, files[place.name]):
                    temporary.replace(place)
            for place in superseded(files, folder):
                place.unlink()
    except OSError as error:
        raise OutputError([_problem(place, error)]) from None
    finally:
        for temporary in written:
            _remove(temporary)


def holds(folder: Path, digests: Mapping[str, str]) -> bool:
    """Whether a folder has these files, each with its SHA-256 in hexadecimal, and no other forms of them."""
    with suppress(OSError), _turn(folder):
        return not any(superseded(digests, folder)) and all(
            _digest(folder / name) == digest for name, digest in digests.items()
        )
    return False


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Keeps others from moving files into the folder meanwhile, where its file system knows locks."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _digest(place: Path) -> str:
    with place.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _is_same(place: Path, data: bytes) -> bool:
    with suppress(OSError):
        return place.stat().st_size == len(data) and place.read_bytes() == data
    return False


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

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of a file -> pandoc's tree of it: https://pandoc.org/MANUAL.html, the program that pypandoc-binary carries.

It runs in its sandbox, where it reads no other file and no address, with a limit of time and of memory. Archives whose
contents would be too large are not given to it at all.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any, NoReturn

from publisher.errors import Location, Problem, SourceError
from publisher.pictures import OTHERS, SUFFIXES
from publisher.readers import Source

FORMATS = {
    "tex": "latex",
    "latex": "latex",
    "wiki": "mediawiki",
    "mediawiki": "mediawiki",
    "typ": "typst",
    "dbk": "docbook",
    "docbook": "docbook",
    "textile": "textile",
    **{name: name for name in "docx odt rst fb2 epub org ipynb opml rtf t2t".split()},
}
# Seconds; a long novel takes two.
LONGEST = 60
MEMORY = "1g"
# What an archive may hold, unpacked.
LARGEST = 200_000_000
_NO_MEMORY = 251
_INSTALL = "pip install 'publisher[pandoc]'"
_MOST_WARNINGS = 5


def tree(source: Source) -> tuple[dict[str, Any], list[Problem]]:
    """What pandoc makes of a file, and what it warns of; raises SourceError where it makes nothing of it."""
    program = _program(source)
    suffix = PurePath(source.file).suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        _refuse(source, f"no form of text is known that ends in .{suffix}" if suffix else "the name has no ending")
    if not source.data.strip():
        raise SourceError([Problem("S002", "the file is empty", Location(source.file))])
    _weigh(source)
    output, warnings = _run(source, program, FORMATS[suffix])
    try:
        found = json.loads(output)
    except RecursionError:
        message = "blocks are nested deeper than any text needs"
        raise SourceError([Problem("R005", message, Location(source.file))]) from None
    return found, list(_warned(source, warnings))


def _program(source: Source) -> Path:
    """The program in the package; one that the machine may have besides is of another version."""
    spec = find_spec("pypandoc")
    program = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    if program is None or not program.is_file():
        message = "files of this kind are read with pandoc, which is not installed"
        raise SourceError([Problem("R090", message, Location(source.file), f"Install it: {_INSTALL}")])
    return program


def _weigh(source: Source) -> None:
    """Refuses an archive that would unpack to more than any text is."""
    if not source.data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        _refuse(source, f"the archive is damaged: {error}")
    if size > LARGEST:
        _refuse(source, f"the archive would unpack to {size // 1_000_000:,} MB")


def pictures(source: Source) -> dict[str, Source]:
    """The pictures in an archive (docx, odt, epub), by the addresses that pandoc gives them.

    Most are in the folder of the text ("word", "EPUB"), which these leave out.
    """
    if not source.data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        names = [name for name in archive.namelist() if PurePath(name).suffix.lower() in SUFFIXES | OTHERS.keys()]
        try:
            found = {name: Source(f"{source.file}/{name}", archive.read(name)) for name in names}
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
            _refuse(source, f"the archive is damaged: {error}")
    return found | {name.partition("/")[2] or name: picture for name, picture in found.items()}


def _run(source: Source, program: Path, form: str) -> tuple[bytes, str]:
    limits = ("+RTS", f"-M{MEMORY}", "-RTS")
    command = (str(program), "--sandbox", "--standalone", f"--from={form}", "--to=json", *limits)
    try:
        done = subprocess.run(  # noqa: S603 (the program is the package's own, and no word of the file is in the command)
            command, input=source.data, capture_output=True, timeout=LONGEST, check=False, env={"LC_ALL": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired:
        _refuse(source, f"pandoc had not read it after {LONGEST} seconds")
    except OSError as error:
        _refuse(source, f"pandoc could not be run: {error.strerror}")
    if done.returncode == _NO_MEMORY:
        _refuse(source, f"pandoc needs more than {MEMORY.upper()} of memory for it")
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        _refuse(source, said.splitlines()[0] if said else f"pandoc ended with {done.returncode}")
    return done.stdout, said


def _warned(source: Source, said: str) -> Iterator[Problem]:
    lines = [line.removeprefix("[WARNING] ") for line in said.splitlines() if line.startswith("[WARNING]")]
    for line in lines[:_MOST_WARNINGS]:
        yield Problem("R092", f"pandoc says: {line}", Location(source.file), "Compare the book with the file.")
    if len(lines) > _MOST_WARNINGS:
        yield Problem("R092", f"pandoc says {len(lines) - _MOST_WARNINGS:,} more things", Location(source.file))


def _refuse(source: Source, message: str) -> NoReturn:
    hint = "Open the file in the program that made it, and save it anew."
    raise SourceError([Problem("R091", message, Location(source.file), hint)])

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program and all that it runs on -> one digest: what the bytes of a book depend on beside the work itself.

It is read in some 15 ms and imports no library. Our own files count by their content, so that an edited style is as
good as another version; installed packages, typefaces among them, by their RECORD, which has the digest of each file
(https://packaging.python.org/en/latest/specifications/recording-installed-packages/); libraries in C by the files that
the system loads, since their versions do not tell one build of them from another.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from publisher.build.store import key
from publisher.resources import PACKAGE, STYLES

Stamps: TypeAlias = tuple[tuple[str, int, int], ...]
"""Path, size in bytes and time of change in nanoseconds of each file."""

# What WeasyPrint opens, and what these bring along and the layout passes through.
_OPENED = ("gobject-2.0.0", "pango-1.0.0", "pangoft2-1.0.0", "harfbuzz.0", "fontconfig.1")
_OPENED_IF_THERE = ("harfbuzz-subset.0", "harfbuzz-vector.0")
_LOADED = re.compile(
    r".*/lib(?:gobject|glib|pango|pangoft2|harfbuzz|fontconfig|freetype|fribidi|thai|datrie|graphite2|c|m|z)\b.*"
)
# Libraries inside of Python's packages, such as Pillow's own FreeType; RECORD has them.
_BUNDLED = ".libs/"
# A file that was changed while this process started may have been read before or after; nobody can tell.
_UNSETTLED = 2.0  # seconds


class Toolchain(Struct, frozen=True):
    """The digest of all that there was when it was taken, and by what to see that it is still so."""

    digest: str
    stamps: Stamps

    def holds(self) -> bool:
        """Whether our files are still those of the digest, so that what was made since was made by them."""
        return self.stamps == _stamps(_own())


class UnknownError(Exception):
    """It cannot be known what a book would be made with."""


def toolchain() -> Toolchain:
    """Takes the digest; raises UnknownError where files are changing, and OSError where they cannot be read."""
    stamps = _stamps(_own())
    now = time.time_ns()
    if any(abs(now - changed) < _UNSETTLED * 1e9 for _, _, changed in stamps):
        raise UnknownError("publisher's own files have just been changed")
    own = sha256()
    for path in _own():
        own.update(key(path=_name(path), content=path.read_bytes()).encode())
    digest = key(
        own=own.digest(),
        packages=repr(list(_packages())),
        libraries=repr((libraries(), list(_loaded()))),
        python=repr((sys.version, sys.platform, platform.machine(), os.environ.get("PYTHONPATH"))),
        zlib=zlib.ZLIB_RUNTIME_VERSION,
    )
    return Toolchain(digest, stamps)


@cache
def libraries() -> dict[str, str | None]:
    """The C libraries that lay out text, by version; none for one that is not installed."""
    loaded = {name: _open(name) for name in (*_OPENED, *_OPENED_IF_THERE)}
    return {
        "pango": _version(loaded["pango-1.0.0"], "pango_version_string"),
        "harfbuzz": _version(loaded["harfbuzz.0"], "hb_version_string"),
    }


def _open(name: str) -> ctypes.CDLL | None:
    """A library, as the system finds it for WeasyPrint, too: "pango-1.0.0" is libpango-1.0.so.0."""
    stem, _, major = name.rpartition(".")
    file = f"lib{stem}.{major}.dylib" if sys.platform == "darwin" else f"lib{stem}.so.{major}"
    with suppress(OSError):
        return ctypes.CDLL(file)
    return None


def _version(library: ctypes.CDLL | None, function: str) -> str | None:
    if library is None:
        return None
    call = library[function]
    call.restype = ctypes.c_char_p
    return str(call().decode())


def _loaded() -> Stamps:
    """The files of these libraries, where the system tells (https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html)."""
    with suppress(OSError):
        lines = Path("/proc/self/maps").read_text("utf-8", "surrogateescape").splitlines()
        found = {line[line.index("/") :] for line in lines if "/" in line}
        return _stamps(Path(file) for file in sorted(found) if _LOADED.fullmatch(file) and _BUNDLED not in file)
    return ()


def _own() -> Iterator[Path]:
    """All files of ours that a build may read, in an order of their own."""
    for folder in dict.fromkeys((PACKAGE, STYLES)):
        for place, inner, files in os.walk(folder):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            yield from (Path(place, name) for name in sorted(files))


def _name(path: Path) -> str:
    """A file of ours by its name, wherever we are installed."""
    return path.relative_to(PACKAGE.parent if path.is_relative_to(PACKAGE) else STYLES.parent).as_posix()


def _stamps(paths: Iterator[Path]) -> Stamps:
    found = ((path, path.stat()) for path in paths)
    return tuple((path.as_posix(), status.st_size, status.st_mtime_ns) for path, status in found)


def _packages() -> Iterator[tuple[str, str]]:
    """Name with version, and a digest of the content, of each installed package, in the order in which Python looks."""
    for folder in dict.fromkeys(sys.path):
        for place in _inside(Path(folder)):
            if place.suffix == ".dist-info":
                yield place.name, _content(place)
            elif place.suffix in {".egg-info", ".egg", ".egg-link"}:
                yield place.name, ""


def _inside(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.iterdir())
    return []


def _content(folder: Path) -> str:
    """A digest of what is recorded of a package; commands outside of its folder name the place of this environment."""
    if folder.name.startswith(f"{PACKAGE.name}-"):
        return ""  # our files are read themselves
    with suppress(OSError):
        if b'"editable": true' in (folder / "direct_url.json").read_bytes():
            raise UnknownError(f"{folder.name} is installed as files that anybody may edit")
    try:
        lines = (folder / "RECORD").read_bytes().splitlines()
    except OSError:
        return ""
    return sha256(b"\n".join(line for line in lines if not line.startswith(b"../"))).hexdigest()

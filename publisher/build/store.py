# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was made once -> the same bytes again: a folder of entries, each known by a digest of all that it is made from.

Nothing depends on the folder but time. An entry is a file `ab/cdef…` with a mark, a digest of its key and its bytes,
and these bytes; one that is cut off, altered or under another name is as good as missing, and is removed. Whatever
the system refuses (a full disk, a folder that is read-only or gone) is as if nothing were kept. An entry becomes
visible at one stroke (os.replace), so that any number of processes may use the folder.

The digest finds damage, not malice: who can write to the folder can put another book in place of one, as they could
into the folder of outputs. They can do no more than that, since entries are never unpickled or run; the folder is made
for its user alone.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from publisher import resources

LIMIT = 2 * 1024**3
"""How many bytes are kept unless told otherwise."""

_MARK = b"publisher store 1\n"
_DIGEST = sha256().digest_size
# What a small file takes on most disks, and so the least that an entry counts for.
_BLOCK = 4096
# The folder is looked through once for each sixteenth of its limit that is added to it, and cut by as much.
_SHARE = 16
# A file with such a name is being written, or its process was killed; after this many seconds, it was.
_UNFINISHED = ".part"
_ABANDONED = 3600
_SHELF = re.compile(r"[0-9a-f]{2}")
_ENTRY = re.compile(r"[0-9a-f]{62}|[0-9a-f]{16}\.part")


def folder() -> Path:
    """Where entries are kept unless told otherwise; raises RuntimeError where the user has no home."""
    return resources.cache_home() / "store"


def key(**ingredients: bytes | str) -> str:
    """The key of what is made from these ingredients: a digest of their names, types and values, in any order.

    >>> key(text="a", style="b") == key(style="b", text="a") != key(text="ab", style="")
    True
    """
    digest = sha256()
    for name, value in sorted(ingredients.items()):
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        digest.update(f"{name!r} {type(value).__name__} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


class Store(Struct, frozen=True):
    """Entries in a folder; `limit` is how many bytes they may take, those that were not used for longest go first.

    It has no state but the folder, so that it can be sent to other processes.
    """

    folder: Path
    limit: int = LIMIT

    def get(self, key: str) -> bytes | None:
        """The bytes that were put under a key; none where they are not there or not what they were."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                mark, digest, data = file.read(len(_MARK)), file.read(_DIGEST), file.read()
        except OSError:
            return None
        if mark != _MARK or digest != _digest(key, data):
            _remove(path)
            return None
        self.touch(key)
        return data

    def touch(self, key: str) -> None:
        """Says that an entry is in use, if it is there: it will go later."""
        with suppress(OSError):
            os.utime(self._path(key))

    def put(self, key: str, data: bytes) -> None:
        """Keeps bytes under a key, if that is possible; what is larger than the whole store is not kept."""
        size = _size(len(data))
        if size > self.limit:
            return
        path = self._path(key)
        unfinished = path.with_name(f"{os.urandom(8).hex()}{_UNFINISHED}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with unfinished.open("xb") as file:
                file.write(_MARK + _digest(key, data))
                file.write(data)
            unfinished.replace(path)
        except OSError:
            return
        finally:
            _remove(unfinished)
        if self._is_due(key, size):
            self._evict()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _is_due(self, key: str, size: int) -> bool:
        """Whether it is time to look how much there is: the larger an entry, the more often.

        Keys are digests and as good as dice. So it needs no count that all processes share, and a process that puts
        one entry and ends is in the reckoning like any other.
        """
        return int(key[-8:], 16) * self.limit < (size * _SHARE) << 32

    def _evict(self) -> None:
        """Removes what was not used for longest until there is room for another share, and what was abandoned.

        Processes that do so at once find the same entries oldest, and remove these together, no more.
        """
        entries = sorted(_entries(self.folder))
        excess = sum(size for _, size, _ in entries) - (self.limit - self.limit // _SHARE)
        abandoned = time.time() - _ABANDONED
        for used, size, path in entries:
            unfinished = path.suffix == _UNFINISHED
            if (unfinished and used < abandoned) or (not unfinished and excess > 0):
                _remove(path)
                excess -= size


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """(when it was last used, its size in bytes, its path) of each file that a store has written to the folder.

    Whatever else lies there is none of our business: the folder may be anybody's.
    """
    for shelf in _inside(folder, _SHELF):
        for entry in _inside(shelf.path, _ENTRY):
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                yield status.st_mtime, _size(status.st_size), Path(entry.path)


def _inside(folder: str | Path, names: re.Pattern[str]) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as found:
        yield from (entry for entry in found if names.fullmatch(entry.name))


def _size(length: int) -> int:
    """About what a file takes on a disk, in bytes."""
    return -(-length // _BLOCK) * _BLOCK or _BLOCK


def _digest(key: str, data: bytes) -> bytes:
    digest = sha256(key.encode())
    digest.update(data)
    return digest.digest()


def _remove(path: Path) -> None:
    # Most often it is in its place by now, or another process was faster.
    with suppress(OSError):
        path.unlink()

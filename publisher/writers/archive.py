# SPDX-License-Identifier: AGPL-3.0-or-later
"""A ZIP -> the same ZIP without the clock and the machine: fixed times, permissions and compression.

The container's rules (https://www.w3.org/TR/epub-33/#sec-container-zip) are kept: `mimetype` comes first,
stored and without extra field.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

Edit = Callable[[bytes], bytes]

# The times that a ZIP can hold.
EARLIEST = (1980, 1, 1, 0, 0, 0)
LATEST = (2107, 12, 31, 23, 59, 58)
REGULAR_FILE = 0o100644
UNIX = 3
# Compressed already, or required to be stored.
STORED = ("mimetype", ".png")
# One hundredth larger than with the usual 6, in two thirds of the time.
LEVEL = 5


def normalise(archive: bytes, modified: int, edited: Mapping[str, Edit] = MappingProxyType({})) -> bytes:
    """The archive with its entries in their order, all dated `modified` (seconds since 1970, UTC).

    `edited` says for entries that are to be changed how.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(_entry(name, modified), edited[name](data) if name in edited else data, compresslevel=LEVEL)
    return out.getvalue()


def _entry(name: str, modified: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, min(max(EARLIEST, time.gmtime(modified)[:6]), LATEST))
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = REGULAR_FILE << 16
    return entry

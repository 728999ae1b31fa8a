# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes -> streams of a PDF that end where everybody sees it.

A stream is followed by the end of a line that is not counted in its length (ISO 19005-3, 6.1.7.1). Where compressed
bytes end with a carriage return, it and the line feed behind it look like one such end, and validators complain.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


def make(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Stream:
    """A compressed stream: twice where it ends wrongly once, since the end is a check sum of the data."""
    from pikepdf import Array, Name

    packed, filters = zlib.compress(data), [Name.FlateDecode]
    while packed.endswith(b"\r"):
        packed, filters = zlib.compress(packed), [*filters, Name.FlateDecode]
    return pdf.make_stream(packed, Filter=Array(filters) if len(filters) > 1 else filters[0])


def content(pdf: pikepdf.Pdf, page: pikepdf.Object) -> pikepdf.Object:
    """What a page shows, compressed anew where it ends with a carriage return."""
    shown = page.Contents
    return make(pdf, shown.read_bytes()) if shown.read_raw_bytes().endswith(b"\r") else shown

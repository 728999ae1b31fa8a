# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes -> streams of a PDF that end where everybody sees it.

A stream is followed by the end of a line that is not counted in its length (ISO 19005-3, 6.1.7.1). Where compressed
bytes end with a carriage return, it and the line feed behind it look like one such end, and validators complain. One
stream in 256 is like that.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_WRONG = b"\r\nendstream"
# What qpdf writes before the objects that it packs together.
_PACK = re.compile(rb"<< /Type /ObjStm /Length (\d+) /Filter /FlateDecode /N (\d+) /First \d+ >>\nstream\n")
# Each time one pack in 256 of those that were changed is wrong again.
TRIALS = 8


def save(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF, which depend on nothing but what is in it."""
    import pikepdf

    data = _saved(pdf)
    for _ in range(TRIALS):
        if _WRONG not in data:
            break
        with pikepdf.open(BytesIO(data)) as again:
            for number in _wrong(data):
                _change(again, number)
            data = _saved(again)
    return data


def _saved(pdf: pikepdf.Pdf) -> bytes:
    import pikepdf

    data = BytesIO()
    pdf.save(
        data,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return data.getvalue()


def _wrong(data: bytes) -> Iterator[list[int]]:
    """The numbers of the objects in each pack that ends wrongly."""
    for pack in _PACK.finditer(data):
        end = pack.end() + int(pack[1])
        if data.startswith(_WRONG, end - 1):
            words = zlib.decompress(data[pack.end() : end]).split(maxsplit=2 * int(pack[2]))
            yield list(map(int, words[: 2 * int(pack[2]) : 2]))


def _change(pdf: pikepdf.Pdf, numbers: list[int]) -> None:
    """Changes one of some objects without changing what it says: elements of the structure may name their type."""
    from pikepdf import Dictionary, Name

    for number in numbers:
        element = pdf.get_object(number, 0)
        if isinstance(element, Dictionary) and "/S" in element and "/P" in element and "/Type" not in element:
            element.Type = Name.StructElem
            return


def make(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Stream:
    """A compressed stream."""
    from pikepdf import Name

    return pdf.make_stream(_ended(zlib.compress(data)), Filter=Name.FlateDecode)


def content(pdf: pikepdf.Pdf, page: pikepdf.Object) -> pikepdf.Object:
    """What a page shows, ended like the others; the bytes are those of a compressed stream."""
    packed = page.Contents.read_raw_bytes()
    return page.Contents if packed == _ended(packed) else pdf.make_stream(_ended(packed), Filter=page.Contents.Filter)


def _ended(packed: bytes) -> bytes:
    """Compressed bytes have their own end, and what is behind it is not read."""
    return packed + b"\0" if packed.endswith(b"\r") else packed

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of a transcription -> text, never with silent replacement.

Transcriptions carry no reliable word on their encoding, so the bytes decide: UTF-8 (or UTF-16 and UTF-32 with
their marks) if they are valid, else windows-1251 where high bytes stand in runs as in Cyrillic words, else
windows-1252, which contains ISO-8859-1's letters. https://encoding.spec.whatwg.org/#legacy-single-byte-encodings
"""

from __future__ import annotations

import codecs
import re

from publisher.errors import Location, Problem, SourceError

# The mark of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BINARY_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


def decode(file: str, data: bytes) -> str:
    """The text of a file without its byte order mark; raises SourceError for empty, binary or damaged files."""
    if not data.strip():
        raise SourceError([Problem("S002", "the file is empty", Location(file))])
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(file, data, encoding, len(mark))
    if data.startswith(_BINARY_SIGNATURES) or b"\x00" in data:
        raise SourceError([_binary(file)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(file, data, _legacy_encoding(data), 0)


def _legacy_encoding(data: bytes) -> str:
    """The encoding of bytes that are not UTF-8; "utf-8" where most of them are and only some are damaged."""
    high = sum(byte >= 0x80 for byte in data)
    multibyte = sum(map(len, _MULTIBYTE.findall(data)))
    if multibyte * 2 > high:
        return "utf-8"
    in_runs = sum(map(len, _HIGH_RUN.findall(data)))
    return "windows-1251" if in_runs * 2 > high else "windows-1252"


def _decode_as(file: str, data: bytes, encoding: str, skip: int) -> str:
    text = data[skip:]
    try:
        return text.decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start
        line = text.count(b"\n", 0, offset) + 1
        column = len(text[text.rfind(b"\n", 0, offset) + 1 : offset].decode(encoding, "ignore")) + 1
        message = f"byte 0x{text[offset]:02X} at offset {offset + skip} is not valid {encoding.upper()}"
        hint = "Open the file in an editor in its true encoding and save it as UTF-8."
        raise SourceError([Problem("S003", message, Location(file, line, column), hint)]) from error


def _binary(file: str) -> Problem:
    return Problem("S004", "the file is binary data, not a text", Location(file), "Give a plain-text transcription.")

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of a page -> text. The bytes decide; what the page declares is a hint, and a real contradiction is reported.

A page that says utf-16 and is plain ASCII is read as ASCII, one that says iso-8859-1 and is valid UTF-8 as UTF-8.
ISO-8859-1 means windows-1252 on the web: https://encoding.spec.whatwg.org/#names-and-labels
"""

from __future__ import annotations

import codecs
import re

from publisher.errors import Location, Problem
from publisher.readers import Source
from publisher.readers.decoding import decode as decode_plain

_HEAD = 4096
_DECLARED = re.compile(
    rb"""(?i)(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,400}?charset)\s*=\s*["']?\s*([\w.:-]{2,40})"""
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252", "iso8859-15"})
_BEYOND = re.compile(r"\w*[\u0370-\u06ff]\w*")
_MIXED = re.compile(r"[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
_C1 = re.compile("[\x80-\x9f]")


def decode(source: Source) -> tuple[str, tuple[Problem, ...]]:
    """The text of a page and what is wrong with its declaration; raises SourceError for what is no text."""
    data = source.data
    marked = data.startswith(_MARKS)
    declared = _declared(data)
    if not marked and (text := _in_declared(data, declared)) is not None:
        return text, ()
    text = decode_plain(source.file, data)
    return text, tuple(_contradiction(source, declared, data)) if not marked else ()


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    return match[1].decode("ascii").lower() if match else ""


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_declared(data: bytes, declared: str) -> str | None:
    """The text in the declared encoding, where that is one byte a character, fits, and is not what UTF-8 would be."""
    codec = _codec(declared)
    if not codec or codec in _WESTERN or codec.startswith(("utf", "idna", "punycode")) or _is_utf8(data):
        return None
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return None if _C1.search(text) or _is_mixed(text) else text


def _is_mixed(text: str) -> bool:
    """Letters of two scripts in most words that have any beyond ASCII: "sйances", French read as Russian."""
    high = _BEYOND.findall(text)
    return 2 * sum(_MIXED.search(word) is not None for word in high) > len(high)


def _contradiction(source: Source, declared: str, data: bytes) -> list[Problem]:
    """A declaration that would have given other characters."""
    codec = _codec(declared)
    if not declared or data.isascii():
        return []
    true = "utf-8" if _is_utf8(data) else "windows-1252"
    if codec == "utf-8" and true == "utf-8":
        return []
    if codec in _WESTERN and true != "utf-8":
        return []
    message = f'the page says that it is in "{declared}", but its bytes are not; they were read as {true}'
    return [Problem("R002", message, Location(source.file, 1), "Compare letters with accents with the original.")]

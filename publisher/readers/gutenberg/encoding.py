# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes of a file of the archive -> text.

The header names the character set. Where the bytes contradict it, they count.
"""

from __future__ import annotations

import codecs
import re

from publisher.errors import Location, Problem
from publisher.readers import decoding

_DECLARED = re.compile(rb"(?im)^character set(?: encoding)?:\s*(?P<name>[A-Za-z0-9][\w .:()/-]{2,40}?)\s*$")
_SEARCHED = 40_000  # bytes in which the header is looked for
_UNICODE = re.compile(r"utf-?8|unicode", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)
# What is called ISO-8859-1 was often typed on Windows, which has curly quotation marks where ISO has controls.
_WIDER = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "iso8859-9": "windows-1254"}


def decode(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text and what was wrong; raises SourceError for empty, binary or damaged files."""
    declared = _DECLARED.search(data[:_SEARCHED])
    name = declared["name"].decode("ascii", "replace") if declared else ""
    if data.startswith(_MARKS) or not name:
        return decoding.decode(file, data), []
    if _is_utf8(data):
        contradicted = not data.isascii() and not _UNICODE.search(name)
        return data.decode("utf-8"), [_contradiction(file, name, "UTF-8")] if contradicted else []
    codec = _codec(name)
    if codec is None or codec == "utf-8":
        text = decoding.decode(file, data)
        return text, [_contradiction(file, name, "a character set of one byte")] if codec else []
    try:
        return data.decode(codec), []
    except UnicodeDecodeError:
        return decoding.decode(file, data), [_contradiction(file, name, "another")]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(name: str) -> str | None:
    """Python's name for a character set of the header: "ISO-8859-1", "ISO Latin-1", "ISO-646-US (US-ASCII)"."""
    if "ascii" in name.lower():
        return "windows-1252"
    plain = re.sub(r"\s*\(.*$", "", name).strip().replace("ISO Latin", "latin").replace(" ", "-")
    try:
        found = codecs.lookup(plain).name
    except LookupError:
        return None
    return _WIDER.get(found, found)


def _contradiction(file: str, declared: str, actual: str) -> Problem:
    message = f"the header names the character set {declared}, but the bytes are {actual}"
    return Problem(
        "R002", message, Location(file), "The text is read as its bytes are. Compare a few accented letters."
    )

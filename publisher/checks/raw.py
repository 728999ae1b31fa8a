# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger against the bytes of the source: every letter of a file stands in the ledger, in order.

What a file's letters are is found here by the simplest means, apart from any reader: a plain text's characters, what
stands between the tags of HTML and XML. Punctuation and spaces do not count, since markup is made of them. What pandoc
reads comes without places; there the ledger begins with pandoc's own answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import unescape

from publisher.characters import squeezed
from publisher.errors import Location, Problem
from publisher.ledger import Entry
from publisher.readers import Source, sniffing
from publisher.readers.decoding import decode
from publisher.readers.hypertext import encoding

SHOWN = 60
_NO_LETTERS = re.compile(r"[\W_]+")
# Comments, instructions, document types, and what HTML holds beside text.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|<(script|style)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_CHARACTER_DATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# A tag ends at the first ">" outside of quotation marks; where one of these stands alone, at the first ">".
_TAGS = (
    re.compile(r"""</?[A-Za-z](?:[^>"']|"[^"<]*"|'[^'<]*')*>"""),
    re.compile(r"</?[A-Za-z][^>]*>"),
)
# What stands for a tag until entities are read, so that "&#160" does not take in a digit behind it.
_HERE = "\x00"


def check(sources: Sequence[Source], reader: str, ledger: Sequence[Entry]) -> Iterator[Problem]:
    """A problem for each file that has letters which its ledger lacks, or the other way round."""
    if reader == "pandoc":
        return
    by_file: dict[str, list[str]] = defaultdict(list)
    for entry in ledger:
        by_file[entry.file].append(entry.text)
    for source in sources:
        if not sniffing.is_companion(source) or source.file in by_file:
            yield from _check(source, reader, by_file[source.file])


def _check(source: Source, reader: str, entered: Sequence[str]) -> Iterator[Problem]:
    texts = list(_texts(source, reader))
    # A plain text's ledger has all its characters; to pick out the letters takes three times as long.
    if squeezed(texts[0]) == squeezed("".join(entered)):
        return
    # In Markdown "&amp;" is a character in the text, and five in a program.
    found = _letters(_unescaped("\n".join(entered)) if reader == "markdown" else "".join(entered))
    if any(_letters(text) == found for text in texts):
        return
    text = texts[0]
    wanted = _letters(text)
    at = next((i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found)))
    message = f'the source has "{wanted[at : at + SHOWN]}" where the ledger has "{found[at : at + SHOWN]}"'
    yield Problem("F002", message, Location(source.file, _line(text, at)))


def _texts(source: Source, reader: str) -> Iterator[str]:
    """What a person can read in a file, line by line as it stands there, in each way that its markup can be taken."""
    match reader:
        case "marxists_html":
            yield from _between_tags(encoding.decode(source)[0])
        case "tei":
            yield from _between_tags(decode(source.file, source.data))
        case "markdown":
            yield _unescaped(decode(source.file, source.data))
        case _:
            yield decode(source.file, source.data)


def _between_tags(text: str) -> Iterator[str]:
    shown = _UNSEEN.sub(lambda found: "\n" * found[0].count("\n"), text)
    shown = _CHARACTER_DATA.sub(lambda found: found[1].replace("&", "&amp;").replace("<", "&lt;"), shown)
    for tag in _TAGS:
        yield unescape(tag.sub(lambda found: _HERE + "\n" * found[0].count("\n"), shown)).replace(_HERE, "")


def _unescaped(text: str) -> str:
    """A text without entities, also without those that entities make: "&amp;lt;"."""
    for _ in range(4):
        text = unescape(text)
    return text


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text if text.isascii() else unicodedata.normalize("NFC", text))


def _line(text: str, at: int) -> int:
    """The line in which a letter stands, from 1."""
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        count += len(_letters(line))
        if count > at:
            return number
    return text.count("\n") + 1

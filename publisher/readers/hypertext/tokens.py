# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text of a page -> tags, characters and raw text, with line and column, in linear time.

What browsers read, this reads (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), but no character of
text is dropped: a tag that never ends is text, a quotation mark that is never closed does not swallow what follows.
No entity that a document defines is expanded, and no other file is opened.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct, field


class Kind(Enum):
    START = auto()
    END = auto()
    TEXT = auto()
    RAW = auto()
    HIDDEN = auto()


class Token(Struct):
    """A tag, or characters. `text` is a tag's name in small letters, or the characters with references resolved.

    Characters stand one to one for those of the source as far as line ends go: a reference never makes a new line.
    """

    kind: Kind
    text: str
    line: int
    column: int
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False


_NAME = re.compile(r"[A-Za-z][^\s/><]*")
_ATTRIBUTE = re.compile(r"[\s/]*(?P<name>[^\s/>=<][^\s/>=<]*)(?P<value>\s*=\s*)?")
_BLANKS = re.compile(r"[\s/]*")
_BARE = re.compile(r"[^\s>]*")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "xmp", "textarea", "title")
}
_PLAIN = frozenset({"textarea", "title"})
_LONGEST_NAME = 60


def resolve(text: str) -> str:
    """Characters with their references resolved; none becomes a line end, unknown ones stay as they are."""
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _resolved(match: re.Match[str]) -> str:
    return html.unescape(match[0]).replace("\n", " ").replace("\r", " ").replace("\0", "\ufffd")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a page."""
    return _Tokens(text).run()


class _Tokens:
    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._at = 0
        self._line = 1
        self._begin = 0  # where the current line begins
        self._counted = 0  # up to where line ends were counted
        self._next: dict[str, int] = {}  # where something was found that is still ahead, or -1

    def run(self) -> Iterator[Token]:
        text, size = self._text, len(self._text)
        start, place = 0, (1, 1)
        while self._at < size:
            sign = text.find("<", self._at)
            if sign < 0:
                break
            self._at = sign
            found = self._markup()
            if found is None:  # a "<" that is text
                self._at = sign + 1
                continue
            if sign > start:
                yield self._characters(start, sign, place)
            for token in found:
                self._place(token, sign)
                yield token
            start, place = self._at, self._where(self._at)
        if start < size:
            yield self._characters(start, size, place)

    def _place(self, token: Token, offset: int) -> None:
        if token.line == 0:
            token.line, token.column = self._where(offset)

    def _where(self, offset: int) -> tuple[int, int]:
        if offset > self._counted:
            count = self._text.count("\n", self._counted, offset)
            if count:
                self._line += count
                self._begin = self._text.rfind("\n", self._counted, offset) + 1
            self._counted = offset
        return self._line, offset - self._begin + 1

    def _characters(
        self, start: int, stop: int, place: tuple[int, int], kind: Kind = Kind.TEXT, *, plain: bool = True
    ) -> Token:
        line, column = place
        piece = self._text[start:stop]
        return Token(kind, resolve(piece) if plain else piece, line, column)

    def _find(self, wanted: str, start: int) -> int:
        """Where something stands next, -1 if it does not; no stretch of the text is looked through twice."""
        known = self._next.get(wanted)
        if known is None or 0 <= known < start:
            known = self._next[wanted] = self._text.find(wanted, start)
        return known

    def _markup(self) -> list[Token] | None:
        """The tokens of the markup that begins here (none for a comment); None if this is text."""
        text, at = self._text, self._at
        after = text[at + 1 : at + 2]
        if after.isascii() and after.isalpha():
            return self._start_tag()
        if after == "/":
            return self._end_tag()
        if text.startswith("<!--", at):
            return self._comment()
        if text.startswith("<![CDATA[", at):
            return self._cdata()
        if after == "?":
            return self._skip("?>" if text.startswith("<?xml", at) else ">", 2)
        return self._declaration() if after == "!" else None

    def _comment(self) -> list[Token]:
        """A comment; one that never ends hides all that follows, as in browsers, and is told."""
        found = self._find("-->", self._at + (2 if self._text.startswith("-->", self._at + 2) else 4))
        if found >= 0:
            self._at = found + 3
            return []
        token = Token(Kind.HIDDEN, "", *self._where(self._at))
        self._at = len(self._text)
        return [token]

    def _skip(self, end: str, ahead: int) -> list[Token]:
        """An instruction; one that never ends goes as far as the next sign that ends a tag."""
        found = self._find(end, self._at + ahead)
        if found < 0 and end != ">":
            end = ">"
            found = self._find(end, self._at)
        self._at = found + len(end) if found >= 0 else len(self._text)
        return []

    def _declaration(self) -> list[Token]:
        """A document type, with an internal subset if it has one, whose entities are never used."""
        found = self._find(">", self._at)
        bracket = self._find("[", self._at)
        if 0 <= bracket < found and (end := self._find("]", bracket)) >= 0 and (after := self._find(">", end)) >= 0:
            found = after
        self._at = found + 1 if found >= 0 else len(self._text)
        return []

    def _cdata(self) -> list[Token]:
        start = self._at + 9
        end = self._find("]]>", start)
        stop = end if end >= 0 else len(self._text)
        self._at = min(stop + 3, len(self._text))
        return [self._characters(start, stop, self._where(start), plain=False)] if stop > start else []

    def _end_tag(self) -> list[Token] | None:
        match = _NAME.match(self._text, self._at + 2)
        end = self._find(">", self._at)
        if end < 0:
            return None
        following = self._text.find("<", self._at + 1, end)
        if following >= 0:  # "</b <i>": the tag was not finished
            end = following - 1
        self._at = end + 1
        return [Token(Kind.END, match[0].lower()[:_LONGEST_NAME], 0, 0)] if match else []

    def _start_tag(self) -> list[Token] | None:
        begin = self._at
        match = _NAME.match(self._text, begin + 1)
        if match is None:
            return None
        name = match[0].lower()[:_LONGEST_NAME]
        attributes, end, closed = self._attributes(match.end())
        if end < 0:
            return None
        line, column = self._where(begin)
        self._at = end
        tag = Token(Kind.START, name, line, column, attributes, closed)
        if name in _RAW and not closed:
            return [tag, *self._raw(name)]
        return [tag]

    def _attributes(self, at: int) -> tuple[dict[str, str], int, bool]:
        """A tag's attributes, where it ends (-1 if it does not), and whether it closes itself."""
        text = self._text
        found: dict[str, str] = {}
        while match := _ATTRIBUTE.match(text, at):
            at, value = match.end(), ""
            if match["value"]:
                value, at = self._value(at)
            found.setdefault(match["name"].lower(), resolve(value))
        at = _BLANKS.match(text, at).end()  # type: ignore[union-attr]  # the pattern matches nothing, too
        closed = text[at - 1 : at] == "/"
        if text[at : at + 1] == ">":
            return found, at + 1, closed
        if text[at : at + 1] == "=":
            return self._beyond_sign(found, at)
        # The end of the file, or another tag before this one has ended.
        return found, at if at < len(text) else -1, closed

    def _beyond_sign(self, found: dict[str, str], at: int) -> tuple[dict[str, str], int, bool]:
        """A stray "=" inside a tag: the tag ends at the next sign that can end it."""
        end = self._find(">", at)
        return found, end + 1 if end >= 0 else -1, False

    def _value(self, at: int) -> tuple[str, int]:
        """An attribute's value and where it ends. A quotation mark that is closed behind other tags is not trusted."""
        text = self._text
        quote = text[at : at + 1]
        if quote in ('"', "'") and quote:
            end = self._find(quote, at + 1)
            if end >= 0:
                sign = self._text.find(">", at + 1, end)
                if sign < 0 or self._text.find("<", sign, end) < 0:
                    return text[at + 1 : end], end + 1
            at += 1
        match = _BARE.match(text, at)
        stop = match.end() if match else at
        value = text[at:stop]
        return (value[:-1], stop - 1) if value.endswith("/") and text[stop : stop + 1] == ">" else (value, stop)

    def _raw(self, name: str) -> list[Token]:
        """What stands in a script or style, up to its end tag; to the end of the file if there is none."""
        start = self._at
        key = f"</{name}"
        end = None if self._next.get(key) == -1 else _RAW[name].search(self._text, start)
        if end is None:
            self._next[key] = -1
            return []
        self._at = end.start()
        if end.start() == start:
            return []
        return [self._characters(start, end.start(), self._where(start), Kind.RAW, plain=name in _PLAIN)]

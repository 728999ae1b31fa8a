# SPDX-License-Identifier: AGPL-3.0-or-later
"""A line of a plain-text edition -> inlines, and what each stretch of it is: words, signs, calls, page numbers.

The text is read once, from left to right. A sign that opens something waits on a stack; where nothing closes it, it is
a character like any other. Signs that stand on both sides of their words (_emphasis_) open where no letter is before
them and close where none follows; braces around them ("dis{_agree_}") make them open and close anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Literal, TypeAlias

from msgspec import Struct, field

from publisher.document import (
    Anchor,
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    PageMark,
    Span,
    SpanKind,
    Text,
)
from publisher.readers.plaintext.form import ESCAPABLE, LINE_END, PICTURE, unescaped

What: TypeAlias = Literal["words", "sign", "call", "page"]

# Signs on both sides, and what their words become; emphasis is a node of its own.
SIDES: dict[str, SpanKind | None] = {"_": None, "*": "strong", "~": "spaced", "+": "small-caps"}
_TAGGED: tuple[SpanKind, ...] = ("deleted", "inserted", "direction", "superscript", "subscript")
TAGGED: dict[str, SpanKind] = {kind: kind for kind in _TAGGED}
RAISED: dict[str, SpanKind] = {"^{": "superscript", "_{": "subscript"}
TAG = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# No text needs more; each level takes room of Python's own.
DEEPEST = 40

_TAG = rf"(?:language (?:[^\\{{}}:]|\\.)*|{TAG.pattern}): "
_TOKEN = re.compile(
    "|".join(
        (
            rf"\\(?P<escaped>[{ESCAPABLE}])",
            r"(?P<nothing>\\$)",
            r"`(?P<code>(?:[^`\\]|\\.)+)`",
            rf"(?P<picture>{PICTURE.pattern})",
            r"\[(?P<call>(?:[^\\\[\]]|\\.)*)\]",
            r"\|(?P<page>(?:[^|\\\s]|\\.)+)\|",
            r"<(?P<address>(?:[^<>\s\\]|\\.)*)>",
            # "_{de: Kapital}_" is emphasis, "H_{2}O" is not.
            rf"(?P<raised>\^\{{|_\{{(?!{_TAG}|[_*~+]))",
            rf"\{{(?P<tag>{_TAG})",
            r"\{#(?P<anchor>(?:[^\\{}\s]|\\.)+)\}",
            r"(?P<forced>\{[_*~+])",
            r"(?P<brace>\{)",
            r"(?P<close>\})",
            r"(?P<side>[_*~+])",
            rf"(?P<end>(?:^| ){LINE_END}(?: |$))",
        )
    ),
    re.DOTALL,
)
_SPECIAL = re.compile(rf"[\\`\[|<{{}}_*~+]|(?:^| ){LINE_END}(?: |$)")
_UNCLOSED = ("{", *(f"{{{sign}" for sign in SIDES))


class Parsed(Struct, frozen=True):
    """Inlines, and where in the text what begins."""

    inlines: Inlines
    stretches: tuple[tuple[int, What], ...]


class Frame(Struct):
    """Something that was opened: by which sign, at which stretch, and what stands in it so far."""

    sign: str
    stretch: int
    inside: list[Inline | str] = field(default_factory=list)


def has_signs(text: str) -> bool:
    """Whether anything in a text may be a sign."""
    return _SPECIAL.search(text) is not None


def parse(text: str, notes: Mapping[str, int]) -> Parsed:
    """The inlines of a text; `notes` are the notes that it may call, by their names."""
    if not text:
        return Parsed((), ())
    if not has_signs(text):
        return Parsed((Text(text),), ((0, "words"),))
    return _Line(text, notes).parse()


class _Line:
    def __init__(self, text: str, notes: Mapping[str, int]) -> None:
        self.text = text
        self.notes = notes
        self.at = 0
        self.stretches: list[tuple[int, What]] = []
        self.stack = [Frame("", 0)]
        # The frames that braces opened, by their places in the stack.
        self.braces: list[int] = []

    def parse(self) -> Parsed:
        while token := _TOKEN.search(self.text, self.at):
            self._words(token.start())
            if not self._take(token):
                # The sign is none: what follows it may be one.
                self._words(token.start() + 1)
        self._words(len(self.text))
        while len(self.stack) > 1:
            self._flatten()
        return Parsed(_joined(self.stack[0].inside), tuple(self.stretches))

    def _words(self, end: int) -> None:
        if end > self.at:
            self.stretches.append((self.at, "words"))
            self.stack[-1].inside.append(self.text[self.at : end])
            self.at = end

    def _sign(self, end: int, what: What = "sign") -> None:
        self.stretches.append((self.at, what))
        self.at = end

    def _take(self, token: re.Match[str]) -> bool:
        """Takes a sign; false where it is none at this place."""
        match token.lastgroup:
            case "escaped":
                self._sign(token.end() - 1)
                self._words(token.end())
            case "nothing":
                self._sign(token.end())
            case "code":
                self._code(token)
            case "end":
                self._line_end(token)
            case "side":
                return self._side(token)
            case "close":
                return self._close(token)
            case "raised" | "tag" | "forced" | "brace":
                return self._open(token[0], token.end(), brace=True)
            case _:
                return self._leaf(token)
        return True

    def _leaf(self, token: re.Match[str]) -> bool:
        """Takes a sign that holds no others."""
        if token["picture"]:
            self._put(Image(unescaped(token["file"]), unescaped(token["alt"] or "")), token.end())
        elif token["page"]:
            self._put(PageMark(unescaped(token["page"])), token.end(), "page")
        elif token["anchor"]:
            self._put(Anchor(unescaped(token["anchor"])), token.end())
        elif token["address"] is not None:
            return self._address(token)
        elif token["call"] in self.notes:
            self._put(NoteCall(self.notes[token["call"]]), token.end(), "call")
        else:
            return False
        return True

    def _put(self, inline: Inline, end: int, what: What = "sign") -> None:
        self.stack[-1].inside.append(inline)
        self._sign(end, what)

    def _code(self, token: re.Match[str]) -> None:
        self.stack[-1].inside.append(Code(unescaped(token["code"])))
        self._sign(token.start("code"))
        for escape in re.finditer(r"\\.", token["code"]):
            self._code_words(token.start("code") + escape.start())
            self._sign(self.at + 1)
            self._code_words(self.at + 1)
        self._code_words(token.end("code"))
        self._sign(token.end())

    def _code_words(self, end: int) -> None:
        if end > self.at:
            self._sign(end, "words")

    def _line_end(self, token: re.Match[str]) -> None:
        """The end of a line; the spaces around its sign are words of the ledger, which keep those beside it apart."""
        self.stack[-1].inside.append(LineBreak())
        if token[0].startswith(" "):
            self._sign(self.at + 1, "words")
        self._sign(self.at + len(LINE_END))
        if self.at < token.end():
            self._sign(token.end(), "words")

    def _address(self, token: re.Match[str]) -> bool:
        """Takes an address that ends a link, or one that is a link itself."""
        address = unescaped(token["address"])
        if self._is_open("{") and self.text[token.end() : token.end() + 1] == "}":
            self._flatten_to(self.braces[-1])
            frame = self._pop()
            if frame.inside and isinstance(last := frame.inside[-1], str) and last.endswith(" "):
                frame.inside[-1] = last[:-1]
                # Else the words behind the link would not stand right beside its own: "{gate <...>}s".
                self.stretches.append((self.at - 1, "sign"))
            self._put(Link(address, _joined(frame.inside)), token.end() + 1)
            return True
        if not ADDRESS.match(address):
            return False
        self.stack[-1].inside.append(Link(address, (Text(address),)))
        self._sign(token.start() + 1)
        self._sign(token.end() - 1, "words")
        self._sign(token.end())
        return True

    def _is_open(self, sign: str) -> bool:
        """Whether the innermost brace was opened by a sign."""
        return bool(self.braces) and self.stack[self.braces[-1]].sign == sign

    def _open(self, sign: str, end: int, *, brace: bool = False) -> bool:
        if brace and len(self.braces) >= DEEPEST:
            return False
        if brace:
            self.braces.append(len(self.stack))
        self.stack.append(Frame(sign, len(self.stretches)))
        self._sign(end)
        return True

    def _side(self, token: re.Match[str]) -> bool:
        sign, end = token[0], token.end()
        if self.text[end : end + 1] == "}" and self._is_open("{" + sign):
            return self._close_brace(end + 1)
        before, after = self.text[token.start() - 1 : token.start()], self.text[end : end + 1]
        within = self.stack[self.braces[-1] + 1 if self.braces else 1 :]
        if any(frame.sign == sign for frame in within):
            if not before or before.isspace() or after.isalnum():
                return False
            while self.stack[-1].sign != sign:
                self._flatten()
            frame = self._pop()
            self._put(_sided(sign, _joined(frame.inside)), end)
            return True
        if before.isalnum() or not after or after.isspace():
            return False
        return self._open(sign, end)

    def _close(self, token: re.Match[str]) -> bool:
        """Takes a brace that closes what another opened; where more is needed to close it, neither is a sign."""
        if not self.braces:
            return False
        if self.stack[self.braces[-1]].sign in _UNCLOSED:
            self._flatten_to(self.braces[-1] - 1)
            return False
        return self._close_brace(token.end())

    def _close_brace(self, end: int) -> bool:
        self._flatten_to(self.braces[-1])
        frame = self._pop()
        self._put(_braced(frame.sign, _joined(frame.inside)), end)
        return True

    def _pop(self) -> Frame:
        if self.braces and self.braces[-1] == len(self.stack) - 1:
            self.braces.pop()
        return self.stack.pop()

    def _flatten_to(self, place: int) -> None:
        while len(self.stack) - 1 > place:
            self._flatten()

    def _flatten(self) -> None:
        """Makes an open sign that nothing closes a character of the text."""
        frame = self._pop()
        start, _ = self.stretches[frame.stretch]
        self.stretches[frame.stretch] = (start, "words")
        self.stack[-1].inside += [frame.sign, *frame.inside]


def _sided(sign: str, inlines: Inlines) -> Inline:
    kind = SIDES[sign]
    return Span(kind, inlines) if kind else Emphasis(inlines)


def _braced(sign: str, inlines: Inlines) -> Inline:
    if sign in RAISED:
        return Span(RAISED[sign], inlines)
    if sign[1:] in SIDES:
        return _sided(sign[1:], inlines)
    tag = sign[1:-2]
    if tag in TAGGED:
        return Span(TAGGED[tag], inlines)
    return Foreign(unescaped(tag.removeprefix("language ")), inlines)


def _joined(inside: list[Inline | str]) -> Inlines:
    """Inlines with the stretches of characters among them put together."""
    found: list[Inline] = []
    for is_text, items in groupby(inside, lambda item: isinstance(item, str)):
        if not is_text:
            found += [item for item in items if not isinstance(item, str)]
        elif text := "".join(item for item in items if isinstance(item, str)):
            found.append(Text(text))
    return tuple(found)

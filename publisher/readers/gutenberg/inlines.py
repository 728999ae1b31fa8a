# SPDX-License-Identifier: AGPL-3.0-or-later
r"""Lines -> inlines: marks of emphasis become what they mean, calls become links, lines are joined.

    _words_ -> Emphasis     =words= -> Span("strong")    +words+, ~words~ -> Span("spaced")
    *words* -> Emphasis     M^{r} -> Span("superscript")  H_{2}O -> Span("subscript")

https://www.pgdp.net/wiki/DP_Official_Documentation:Formatting/Formatting_Guidelines
A line that ends with a dash or a hyphen is joined to the next one without a space: transcribers divide no words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from publisher.document import Emphasis, Inline, Inlines, LineBreak, NoteCall, Span, SpanKind, Text
from publisher.ledger import Fate
from publisher.readers.gutenberg.calls import STARRED
from publisher.readers.gutenberg.record import Record
from publisher.readers.lines import Line

# What a call becomes: where it ends on its line, and the index of its note.
Calls = Mapping[tuple[int, int], tuple[int, int]]

_MARKED = re.compile(r"[_=+~*^]")
_DASH = re.compile(r"(?:[-—–]|\w-)$")
_RAISED = re.compile(r"\^\{(?P<text>[^{}\n]{1,20})\}|\^(?P<one>[^\W_])(?![\w^])|_\{(?P<low>[^{}\n]{1,20})\}")
_KINDS: tuple[tuple[str, SpanKind], ...] = (("=", "strong"), (r"\+", "spaced"), ("~", "spaced"))
_PAIRS = tuple(
    (
        sign,
        kind,
        re.compile(rf"(?<![\w{sign}]){sign}(?=[^\s{sign}])[^{sign}\n]{{1,300}}?(?<=[^\s{sign}]){sign}(?![\w{sign}])"),
    )
    for sign, kind in _KINDS
)
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|_{2,}")
_REASON = "mark of emphasis"
CALLED = "mark of a note; the book makes its own"
_WORD = re.compile(r"\w")


class _Sign(Struct, frozen=True):
    """Characters start to end of the joined text: a mark that opens or closes something, or stands for an inline."""

    start: int
    end: int
    kind: str
    opens: bool = False
    inline: Inline | None = None


class Writer:
    """Makes inlines of lines; paints the marks that are not printed."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.calls: Calls = {}
        self._lines = frozenset[int]()

    def enter(self, calls: Calls) -> None:
        """The calls that are links in the chapter that comes next."""
        self.calls = calls
        self._lines = frozenset(number for number, _ in calls)

    def run(self, lines: Sequence[Line]) -> Inlines:
        """Lines filled like prose, as one run."""
        return self._made(lines, self._joined(lines))

    def _joined(self, lines: Sequence[Line]) -> str:
        """Lines as one; a dash at a line's end or beginning joins them."""
        pieces: list[str] = []
        above: Line | None = None
        for line in lines:
            if above is not None and not self._touch(above, line):
                pieces.append(" ")
            pieces.append(line.text)
            above = line
        return "".join(pieces)

    def _touch(self, above: Line, line: Line) -> bool:
        """Parts of one line touch where nothing but a note stood between them."""
        if above.number == line.number:
            return not self._record.has_space(above, line)
        return _touch(above.text, line.text)

    def verses(self, lines: Sequence[Line]) -> tuple[Inlines, ...]:
        """Lines that stay lines; emphasis may go on from one to the next."""
        return tuple(_split(self._made(lines, "\n".join(line.text for line in lines))))

    def _made(self, lines: Sequence[Line], text: str) -> Inlines:
        called = any(line.number in self._lines for line in lines)
        if not called and not _MARKED.search(text):
            return _leaves(text)
        places = _places(lines, text)
        signs = sorted(self._signs(lines, text, places), key=lambda sign: (sign.start, sign.end))
        for sign in signs:
            self._paint(lines, places, sign)
        return _nested(text, signs)

    def _signs(self, lines: Sequence[Line], text: str, places: Sequence[int]) -> Iterator[_Sign]:
        calls = list(self._called(lines, places))
        yield from calls
        taken = [(sign.start, sign.end) for sign in calls]
        if _MARKED.search(text):
            taken += [match.span() for match in _ADDRESS.finditer(text)] if "_" in text or "~" in text else []
            yield from _marks(text, _Taken(taken, len(text)))

    def _called(self, lines: Sequence[Line], places: Sequence[int]) -> Iterator[_Sign]:
        for line, place in zip(lines, places, strict=True):
            if line.number not in self._lines:
                continue
            for column in range(line.indent, line.indent + len(line.text) + 1):
                found = self.calls.get((line.number, column))
                if found:
                    end, note = found
                    start = place + column - line.indent
                    yield _Sign(
                        start, min(place + end - line.indent, place + len(line.text)), "call", inline=NoteCall(note)
                    )

    def _paint(self, lines: Sequence[Line], places: Sequence[int], sign: _Sign) -> None:
        """A mark stands on one line."""
        if sign.end <= sign.start:
            return
        n = bisect_right(places, sign.start) - 1
        start = sign.start - places[n]
        if start < len(lines[n].text):
            fate, reason = (Fate.CALL, CALLED) if sign.kind == "call" else (Fate.MARKUP, _REASON)
            self._record.paint_part(lines[n], start, sign.end - places[n], fate, reason)


class _Taken:
    """Stretches of a text in which no mark is looked for."""

    def __init__(self, spans: Sequence[tuple[int, int]], length: int) -> None:
        self._free = bytearray(b"\x01" * length) if spans else None
        for start, end in spans:
            if self._free is not None:
                self._free[start:end] = bytes(end - start)

    def free(self, at: int) -> bool:
        return self._free is None or bool(self._free[at])


def _touch(before: str, after: str) -> bool:
    """Whether lines touch: "lore--" and "nameless", "cannon-" and "shot"; a dash alone keeps its spaces."""
    if after.startswith(("--", "—")) and not after.startswith(("-- ", "— ")):
        return len(after) > 1 and not before.endswith((" ", "--", "—"))
    return bool(_DASH.search(before)) and not before.endswith((" -", " --", " —", " –"))


def _places(lines: Sequence[Line], text: str) -> list[int]:
    """Where each line begins in the joined text."""
    places, at = [], 0
    for line in lines:
        at = text.index(line.text, at) if line.text else at
        places.append(at)
        at += len(line.text)
    return places


def _marks(text: str, taken: _Taken) -> Iterator[_Sign]:
    """The marks of emphasis that have a partner, and raised and lowered letters."""
    for match in _RAISED.finditer(text) if "^" in text or "_{" in text else ():
        if taken.free(match.start()):
            yield from _raised(match)
    if "_" in text:
        yield from _italics(text, taken)
    for sign, kind, pattern in _PAIRS:
        if sign[-1] in text:
            yield from _pairs(pattern, text, kind, taken)
    if "*" in text:
        yield from _pairs(STARRED, text, "emphasis", taken)


def _raised(match: re.Match[str]) -> Iterator[_Sign]:
    name = match.lastgroup or "text"
    kind = "subscript" if name == "low" else "superscript"
    yield _Sign(match.start(), match.start(name), kind, opens=True)
    yield _Sign(match.end(name), match.end(), kind)


def _pairs(pattern: re.Pattern[str], text: str, kind: str, taken: _Taken) -> Iterator[_Sign]:
    for match in pattern.finditer(text):
        if taken.free(match.start()) and taken.free(match.end() - 1):
            yield _Sign(match.start(), match.start() + 1, kind, opens=True)
            yield _Sign(match.end() - 1, match.end(), kind)


def _italics(text: str, taken: _Taken) -> Iterator[_Sign]:
    """Underscores by turns; where their number is odd, those count that stand as opening and closing ones do."""
    places = [
        m.start()
        for m in re.finditer("_", text)
        if taken.free(m.start()) and text[m.start() + 1 : m.start() + 2] != "{"
    ]
    places = [at for at in places if not _inside_lowered(text, at)]
    if len(places) % 2:
        places = list(_partners(text, places))
    for n, at in enumerate(places):
        yield _Sign(at, at + 1, "emphasis", opens=n % 2 == 0)


def _inside_lowered(text: str, at: int) -> bool:
    return text.startswith("_{", at)


def _partners(text: str, places: Sequence[int]) -> Iterator[int]:
    """Pairs of an opening mark and the next closing one."""
    opening: int | None = None
    for at in places:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        can_open = bool(after.strip()) and not _WORD.match(before)
        if opening is None or (can_open and not before.strip()):
            opening = at if can_open else None
        elif before.strip():
            yield from (opening, at)
            opening = None


def _nested(text: str, signs: Sequence[_Sign]) -> Inlines:
    """Text and marks -> inlines; a mark that would cross another is closed with it."""
    stack: list[tuple[str, list[Inline]]] = [("", [])]
    at = 0
    for sign in signs:
        if sign.start < at:
            continue
        before = text[at : sign.start]
        if sign.kind == "call" and (len(before) > 1 or stack[-1][1]):
            before = before.rstrip(" ")
        stack[-1][1].extend(_leaves(before))
        at = sign.end
        if sign.inline is not None:
            stack[-1][1].append(sign.inline)
        elif sign.opens:
            stack.append((sign.kind, []))
        else:
            _close(stack, sign.kind)
    stack[-1][1].extend(_leaves(text[at:]))
    while len(stack) > 1:
        _close(stack, stack[-1][0])
    return tuple(stack[0][1])


def _close(stack: list[tuple[str, list[Inline]]], kind: str) -> None:
    """Ends the innermost mark of a kind, and with it those inside that are open."""
    if kind not in (name for name, _ in stack[1:]):
        return
    name = ""
    while name != kind:
        name, inner = stack.pop()
        stack[-1][1].extend(_spans(name, tuple(inner)))


def _spans(kind: str, inner: Inlines) -> Iterator[Inline]:
    if not inner:
        return
    match kind:
        case "emphasis":
            yield Emphasis(inner)
        case "strong" | "spaced" | "superscript" | "subscript" | "direction" as span:
            yield Span(span, inner)
        case _:
            yield from inner


def _leaves(text: str) -> Inlines:
    """Text with its line breaks."""
    if not text:
        return ()
    if "\n" not in text:
        return (Text(text),)
    result: list[Inline] = []
    for n, line in enumerate(text.split("\n")):
        result += [LineBreak()] if n else []
        result += [Text(line)] if line else []
    return tuple(result)


def _split(inlines: Inlines) -> Iterator[Inlines]:
    """The lines of a run; what goes on over a break is emphasis on either side of it."""
    line: list[Inline] = []
    for inline in inlines:
        match inline:
            case LineBreak():
                yield tuple(line)
                line = []
            case Emphasis(inner) | Span(_, inner):
                first, *more = _split(inner)
                line += _like(inline, first)
                for further in more:
                    yield tuple(line)
                    line = list(_like(inline, further))
            case _:
                line.append(inline)
    yield tuple(line)


def _like(inline: Emphasis | Span, inner: Inlines) -> Inlines:
    if not inner:
        return ()
    return (Span(inline.kind, inner),) if isinstance(inline, Span) else (Emphasis(inner),)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page is before it is understood: boxes of text, one after another, with what they stand in and how they look.

A box is what a browser sets as one block of lines: a paragraph, a heading, a cell's text. What is found out about a
stretch of it (a note's mark, a page number, a link of the archive) is claimed; the rest is printed. So each character
of the page is entered in the ledger once, whatever becomes of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct, field

from publisher.document import Inline, SpanKind
from publisher.errors import Location
from publisher.ledger import LEFT_OUT, Fate

Look: TypeAlias = SpanKind | Literal["emphasis", "code"]

# Stand for what is no character: a line that ends, a picture.
BREAK, PICTURE = "\n", "\ufffc"


class Anchor(Struct, eq=False):
    """A link: where it leads, its kinds ("noteref") and the stretch of a box that it covers.

    `place` names the document's anchor that it leads to, if that is in the book.
    """

    href: str
    kinds: frozenset[str]
    box: Box | None = None
    start: int = 0
    end: int = 0
    place: str = ""

    @property
    def text(self) -> str:
        return self.box.text[self.start : self.end].strip() if self.box else ""


class Style(Struct, frozen=True):
    """How characters look, and the link and language that they stand in."""

    looks: frozenset[Look] = frozenset()
    anchor: Anchor | None = None
    language: str = ""


PLAIN = Style()


class Segment(Struct):
    """Characters of one look that stand together in the source; `line` and `column` are those of the first."""

    start: int
    style: Style
    line: int
    column: int


class Picture(Struct, frozen=True):
    file: str
    alt: str


class Container(Struct, eq=False):
    """An element that holds boxes: a quotation, a list, a cell."""

    tag: str
    names: frozenset[str]
    attributes: dict[str, str]
    parent: Container | None
    language: str = ""

    path: tuple[Container, ...] = ()
    """The containers around this one, the outermost first, and itself."""

    def __post_init__(self) -> None:
        self.path = (*(self.parent.path if self.parent else ()), self)


class Claim(Struct, eq=False):
    """A stretch of a box that is not printed as it stands, or not at all; `inline` is printed in its place."""

    start: int
    end: int
    fate: Fate
    reason: str = ""
    inline: Inline | None = None
    body: Body | None = None


class Body(Struct, eq=False):
    """A note's body: its label, its boxes, the element that is its own, and its place in the book."""

    label: str
    boxes: list[Box] = field(default_factory=list)
    holder: Container | None = None
    variant: bool = False
    calls: list[tuple[Box, Claim]] = field(default_factory=list)
    chapter: int = -1
    index: int = -1


class Box(Struct, eq=False):
    """A block of lines. `raw` are the source's characters, `text` the same with blanks for other white space.

    `names` are its classes and the kinds that epub:type gives. `fate` is what became of it, None until that is known.
    """

    file: str
    tag: str
    names: frozenset[str] = frozenset()
    container: Container | None = None
    align: str = ""
    language: str = ""
    line: int = 0
    raw: str = ""
    text: str = ""
    segments: list[Segment] = field(default_factory=list)
    targets: list[tuple[int, str]] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    pictures: dict[int, Picture] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    fate: Fate | None = None
    reason: str = ""
    number: int = 0
    _settled: list[Claim] = field(default_factory=list)
    _counted: int = 0

    @property
    def level(self) -> int:
        """1 to 6 for a heading, else 0."""
        return int(self.tag[1]) if len(self.tag) == 2 and self.tag[0] == "h" and self.tag[1] in "123456" else 0

    @property
    def words(self) -> str:
        """The text with white space folded."""
        return " ".join(self.text.replace(PICTURE, " ").split())

    @property
    def lines(self) -> list[str]:
        """The words of each line that a break ends, empty ones left out."""
        return [words for line in self.text.split(BREAK) if (words := " ".join(line.replace(PICTURE, " ").split()))]

    def at(self, offset: int = 0) -> Location:
        """Where a character stands in the source."""
        index = bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1
        if index < 0:
            return Location(self.file, self.line)
        found = self.segments[index]
        before = self.raw[found.start : offset]
        ends = before.count("\n")
        column = len(before) - before.rfind("\n") if ends else found.column + len(before)
        return Location(self.file, found.line + ends, column)

    def inside(self, *tags: str) -> Container | None:
        """The nearest container with one of these tags."""
        inner = self.container
        while inner is not None and inner.tag not in tags:
            inner = inner.parent
        return inner

    def named(self, *wanted: str) -> bool:
        """Whether the box or what it stands in bears one of these names."""
        if self.names.intersection(wanted):
            return True
        inner = self.container
        while inner is not None:
            if inner.names.intersection(wanted):
                return True
            inner = inner.parent
        return False

    def claim(self, start: int, end: int, fate: Fate, reason: str = "") -> Claim:
        """Claims a stretch; where two claims meet, the first one holds."""
        claim = Claim(start, end, fate, reason)
        self.claims.append(claim)
        return claim

    def claim_call(self, start: int, end: int) -> Claim:
        """Claims a call, with the blanks before it where a word does not go on behind it."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        blank = start > 0 and self.text[start - 1].isspace()
        if blank and not self.text[end : end + 1].isalnum() and self.at(start - 1).line == self.at(end).line:
            while start > 0 and self.raw[start - 1] in " \xa0" and self.text[start - 1] != BREAK:
                start -= 1
        return self.claim(start, end, Fate.CALL)

    def settled(self) -> list[Claim]:
        """The claims in order, none of which overlaps another."""
        if len(self.claims) != self._counted:
            self._settled, self._counted = [], len(self.claims)
            for claim in sorted(self.claims, key=lambda c: (c.start, c.end)):
                if not self._settled or claim.start >= self._settled[-1].end:
                    self._settled.append(claim)
        return self._settled

    def claimed(self, start: int, end: int) -> Iterator[Claim]:
        """The claims that cover some of a stretch."""
        claims = self.settled()
        for i in range(bisect_right(claims, start, key=lambda claim: claim.end), len(claims)):
            if claims[i].start >= end:
                return
            yield claims[i]

    def unsettle(self) -> None:
        """Says that claims were moved."""
        self._settled, self._counted = [], -1

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """The stretch cut where its look changes or a claim begins or ends; a claim may be of no width."""
        stop = len(self.text) if end is None else end
        claims, segments = self.settled(), self.segments
        c = bisect_left(claims, start, key=lambda claim: claim.end)
        s = max(bisect_right(segments, start, key=lambda segment: segment.start) - 1, 0)
        at = start
        while segments:
            while c < len(claims) and claims[c].end <= at and claims[c].start < at:
                c += 1
            claim = claims[c] if c < len(claims) else None
            if claim and claim.start == claim.end == at and (at < stop or at == len(self.text)):
                yield Piece(at, at, segments[s].style, claim)
                c += 1
                continue
            if at >= stop:
                return
            while s + 1 < len(segments) and segments[s + 1].start <= at:
                s += 1
            limit = min(stop, segments[s + 1].start if s + 1 < len(segments) else stop)
            inside = claim if claim and claim.start <= at else None
            upto = min(limit, inside.end if inside else claim.start if claim else limit)
            yield Piece(at, upto, segments[s].style, inside)
            at = upto


class Piece(Struct, frozen=True):
    """Characters of one look with one claim, or none."""

    start: int
    end: int
    style: Style
    claim: Claim | None


class Stretch(Struct, frozen=True):
    """A part of a box: a line of a title, the count of a heading."""

    box: Box
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words that are printed, white space folded."""
        text = self.box.text[self.start : self.end]
        if self.box.claims:
            text = "".join(
                self.box.text[piece.start : piece.end]
                for piece in self.box.pieces(self.start, self.end)
                if piece.claim is None or piece.claim.fate not in LEFT_OUT
            )
        return " ".join(text.replace(PICTURE, " ").split())


def whole(box: Box) -> Stretch:
    return Stretch(box, 0, len(box.text))


def rows(box: Box) -> list[Stretch]:
    """The lines of a box that breaks end, empty ones left out."""
    found: list[Stretch] = []
    at = 0
    for line in box.text.split(BREAK):
        if line.strip():
            found.append(Stretch(box, at, at + len(line)))
        at += len(line) + 1
    return found


def all_look(box: Box, look: str) -> bool:
    """All words of a box are set in one way: "strong", "emphasis"."""
    looks = [piece.style.looks for piece in box.pieces() if box.text[piece.start : piece.end].strip(" .")]
    return bool(looks) and all(look in one for one in looks)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the notes of a text stand: bodies with their labels, taken out of the text.

"[1] ...", "(a) ...", "* ..." open a note where the text above calls it; below a heading such as "FOOTNOTES" any label
does, "1." as well. A note goes on in the chunks that are indented like it, or that stand before a note called as early
as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.gutenberg.calls import CALLED_BY, STARRED, Body, marks, normal
from publisher.readers.gutenberg.headings import Heading
from publisher.readers.gutenberg.inlines import CALLED
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.stretches import bare, chunk_of, letters, part
from publisher.readers.lines import Chunk, Line, is_break

SIGN = r"\d{1,6}[a-z]?|[A-Za-z]|[ivxlIVXL]{1,6}|\*{1,6}|[†‡§¶#‖]{1,3}"
_HEADS = frozenset(
    "footnotes footnote notes note endnotes notesandreferences fussnoten fussnote fusznoten anmerkungen anmerkung"
    " notesdebasdepage notas nota notasalpie voetnoten noten aanteekeningen aantekeningen fotnoter noter alaviitteet"
    " primechaniya примечания footnotestothischapter".split()
)
_HEAD = re.compile(r"(?i)(?:foot-?)?notes?\s+(?:to|on|for)\s.{1,60}$|(?:chapter|book|part)\s+\w+\s+(?:foot)?notes\.?$")
_BODIES = {
    "bracket": re.compile(
        rf"\[\s?(?:(?:foot)?note\s|fn\.?\s?#?\s?)?(?P<label>{SIGN})\s?\][.:]?\s*(?=\S|$)", re.IGNORECASE
    ),
    "curly": re.compile(rf"\{{\s?(?P<label>{SIGN})\s?\}}\s*"),
    "paren": re.compile(r"\((?P<label>\d{1,3}|[a-z]|\*{1,4}|\+{1,3}|[%#&$@†‡§])\)[.:]?\s+"),
    "star": re.compile(r"(?P<label>(?:\*{1,6}|†{1,3}|‡{1,3})(?:\s?\(\d{1,2}\))?)\s*(?=[^\s*†‡])"),
    "caret": re.compile(r"\^\{?(?P<label>\d{1,3})\}?[.:]?\s*"),
    "point": re.compile(
        r"(?:(?:Foot)?[Nn]ote\s+|NOTE\s+)?(?P<label>\d{1,6})(?:[.):]+\s*[-—]*\s*|\s*--+\s*|\s\s+)(?=\S)"
    ),
}
_CLOSE = 3  # blank lines that end a list of notes


class Notes(Struct):
    """The chunks and headings that stay, the bodies in the order of the file, and what was odd."""

    bodies: list[Body] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def take_labelled(
    chunks: Sequence[Chunk], headings: dict[int, Heading], record: Record, notes: Notes
) -> tuple[list[Chunk | None], set[int]]:
    """The chunks without notes, None for those that were notes, and the headings that were headings of notes."""
    return _Taker(chunks, headings, record, notes).take()


class _Taker:
    """Goes through the chunks once; knows which calls wait for their note, and whether it is in a list of notes."""

    def __init__(self, chunks: Sequence[Chunk], headings: dict[int, Heading], record: Record, notes: Notes) -> None:
        self._chunks = chunks
        self._headings = headings
        self._record = record
        self._notes = notes
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._titles: set[str] = set()
        self._listing = False
        self._form = ""
        self._last = 0
        self._open: Body | None = None
        self._indent = 0
        self._since: dict[tuple[str, str], int] = {}
        self._count = 0
        self._began = 0
        self._revoked: set[int] = set()

    def take(self) -> tuple[list[Chunk | None], set[int]]:
        result: list[Chunk | None] = []
        skip = 0
        for i, chunk in enumerate(self._chunks):
            if i < skip:
                result.append(chunk)
                continue
            heading = self._headings.get(i)
            if heading and not self._revokes(i, heading):
                self._enter_heading(heading)
                skip = i + heading.chunks
                result.append(chunk)
            elif self._is_head(i):
                self._open_list(chunk)
                result.append(None)
            else:
                result.append(self._chunk(i, chunk))
        return result, self._revoked

    # ---- headings

    def _revokes(self, i: int, heading: Heading) -> bool:
        """Headings of notes and among notes are none of the text."""
        if self._is_head(i) or (self._listing and self._heads_group(i, heading)) or self._is_body_not_heading(i):
            self._revoked.add(i)
            return True
        return False

    def _is_body_not_heading(self, i: int) -> bool:
        return self._listing and self._label(self._chunks[i].first, (self._form,)) is not None

    def _heads_group(self, i: int, heading: Heading) -> bool:
        """A heading among notes: "CHAPTER II" once more, or any above a note that counts from one again."""
        below = i + heading.chunks
        if below >= len(self._chunks):
            return False
        forms = (self._form,) if self._form else tuple(_BODIES)
        label = self._label(self._chunks[below].first, forms)
        if label is None:
            return False
        again = letters(bare(self._chunks[i].text)) in self._titles
        return again or (self._form not in ("point", "paren") and label[0] in ("1", "*", "A", "a"))

    def _enter_heading(self, heading: Heading) -> None:
        self._titles.add(letters(bare(" ".join(line.text for line in heading.lines))))
        self._titles.add(letters(bare(heading.lines[0].text)))
        self._listing, self._open = False, None
        for line in heading.lines:
            self._call(line)

    def _is_head(self, i: int) -> bool:
        """The heading of a list of notes: a note stands below it."""
        text = bare(self._chunks[i].first.text)
        if len(self._chunks[i].lines) > 2 or not (letters(text) in _HEADS or _HEAD.match(text)):
            return False
        return any(
            self._label(self._chunks[k].first, tuple(_BODIES)) is not None
            for k in range(i + 1, min(i + 3, len(self._chunks)))
        )

    def _open_list(self, chunk: Chunk) -> None:
        self._record.paint(chunk.lines, Fate.NAVIGATION, "heading of the notes; the book has its own")
        self._listing, self._form, self._last, self._open = True, "", 0, None

    # ---- chunks

    def _chunk(self, i: int, chunk: Chunk) -> Chunk | None:
        if i in self._revoked and not self._is_body_not_heading(i):
            self._last = 0
            self._record.paint(chunk.lines, Fate.NAVIGATION, "heading among the notes, which the book sets by chapter")
            return None
        pieces = list(self._pieces(chunk))
        if pieces:
            for label, form, end, lines in pieces:
                self._body(label, form, end, lines, chunk.gap)
            return None
        if self._open and self._goes_on(i, chunk):
            self._open.chunks.append(chunk)
            self._record.paint(chunk.lines, Fate.NOTE)
            for line in chunk.lines:
                self._call(line)
            return None
        if self._open and self._listing and self._form and chunk.gap >= _CLOSE:
            self._listing = False
        if not (self._listing and not self._open):
            self._open = None if not self._listing else self._open
        for line in chunk.lines:
            self._call(line)
        return chunk

    def _call(self, line: Line) -> None:
        for found in marks(line):
            self._count += 1
            self._since.setdefault((found.form, found.label), self._count)
            self._waiting[found.form, found.label] += 1

    def _label(self, line: Line, forms: Sequence[str]) -> tuple[str, str, int] | None:
        """The label that a line begins with: label, form, where the note's words begin."""
        if is_break(line.text):
            return None
        for form in forms:
            if form and (match := _BODIES[form].match(line.text)):
                return normal(match["label"]), form, match.end()
        return None

    def _opens(self, line: Line, *, below: bool) -> tuple[str, str, int] | None:
        """The label of a note that begins with this line; `below` says that a note stands above it in the chunk."""
        forms = tuple(_BODIES)
        if self._listing:
            forms = (self._form,) if self._form else forms
        elif below and self._open:
            forms = (self._open.form,)
        found = self._label(line, forms)
        if found is None:
            return None
        label, form, _ = found
        if form == "point":
            return found if self._listing and self._counts(label) else None
        if self._listing and (form in ("bracket", "curly", "star") or self._counts(label) or not label.isdigit()):
            return found
        return found if any((call, label) in self._waiting for call in CALLED_BY[form]) else None

    def _counts(self, label: str) -> bool:
        """The next number of a list, or one again where the text calls one more than once."""
        value = int(label) if label.isdigit() else 0
        return self._last < value <= self._last + 3 or (value == 1 and self._last > 1)

    def _pieces(self, chunk: Chunk) -> Iterator[tuple[str, str, int, list[Line]]]:
        """The notes of a chunk that begins with one: on successive lines there may be several."""
        head = self._opens(chunk.first, below=False)
        if head is None or (not self._listing and self._is_paragraph(chunk, head)):
            return
        lines: list[Line] = []
        for n, line in enumerate(chunk.lines):
            found = head if n == 0 else self._next(line, head)
            if found and lines:
                yield (*head, lines)
                lines = []
            head = found or head
            lines.append(line)
        yield (*head, lines)

    def _is_paragraph(self, chunk: Chunk, head: tuple[str, str, int]) -> bool:
        """A lone star is no note, nor are words between stars."""
        starred = head[1] == "star" and STARRED.match(chunk.text) is not None
        return starred or (not chunk.first.text[head[2] :] and len(chunk.lines) == 1)

    def _next(self, line: Line, head: tuple[str, str, int]) -> tuple[str, str, int] | None:
        """A line inside a chunk that opens the next note."""
        found = self._label(line, (head[1],))
        if found is None or found[0] == head[0]:
            return None
        value, last = (label if label.isdigit() else "" for label in (found[0], head[0]))
        if value and last:
            return found if int(value) == int(last) + 1 else None
        if found[0].isalpha() and head[0].isalpha() and len(found[0]) == len(head[0]) == 1:
            return found if ord(found[0]) == ord(head[0]) + 1 else None
        return found if head[1] == "star" else None

    def _body(self, label: str, form: str, end: int, lines: list[Line], gap: int) -> None:
        first = lines[0]
        words = part(first, end)
        self._record.paint(lines, Fate.NOTE)
        self._record.paint_part(first, 0, end, Fate.CALL, CALLED)
        if self._open is None:
            self._began = self._count
        self._answer(form, label)
        chunk = chunk_of([words, *lines[1:]], gap)
        place = (first.number, first.indent)
        self._open = Body(label, form, [chunk] if chunk else [], place, first)
        self._indent = first.indent
        self._form = form if self._listing else self._form
        self._last = int(label) if label.isdigit() else self._last
        self._notes.bodies.append(self._open)
        for line in (words, *lines[1:]):
            self._call(line)

    def _answer(self, form: str, label: str) -> None:
        """One call of the label waits no more."""
        key = next(((call, label) for call in CALLED_BY[form] if (call, label) in self._waiting), None)
        if key:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._since[key]

    def _was_due(self, form: str, label: str) -> bool:
        """The label was called before the first of the notes that stand here, and waits for its note."""
        keys = ((call, label) for call in CALLED_BY[form])
        return any(self._since.get(key, self._began + 1) <= self._began for key in keys)

    def _goes_on(self, i: int, chunk: Chunk) -> bool:
        """Whether a chunk without a label belongs to the note above it."""
        if not self._open:
            return False
        if self._listing:
            return chunk.gap < _CLOSE or (chunk.first.indent > 0 and self._indent > 0)
        if self._indent >= 4 and chunk.gap <= 2:
            return all(line.indent >= self._indent - 1 for line in chunk.lines)
        return chunk.gap <= 2 and self._before_due(i)

    def _before_due(self, i: int) -> bool:
        """The next note was called before this one stood here: what is between them belongs to this one."""
        if not self._open:
            return False
        form = self._open.form
        for k in range(i + 1, min(i + 6, len(self._chunks))):
            if k in self._headings:
                return False
            found = self._label(self._chunks[k].first, (form,))
            if found:
                return self._was_due(form, found[0]) and not self._calls_again(i, k, found[0])
        return False

    def _calls_again(self, start: int, stop: int, label: str) -> bool:
        """The chunks in between call the next note themselves: they are text."""
        lines = (line for chunk in self._chunks[start:stop] for line in chunk.lines)
        return any(found.label == label for line in lines for found in marks(line))

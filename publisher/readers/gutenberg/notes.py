# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the notes of a text stand: bodies with their labels, taken out of the text.

"[Footnote 1: ...]" stands anywhere and ends at its bracket. "[1] ...", "(a) ...", "* ..." open a note where the text above
calls it; below a heading such as "FOOTNOTES" any label does, "1." as well. A note goes on in the chunks that are indented
like it, or that stand before a note called as early as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.readers.gutenberg.calls import CALLED_BY, STARRED, Body, Mark, marks, normal
from publisher.readers.gutenberg.headings import Heading
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.stretches import bare, chunk_of, letters, part
from publisher.readers.lines import Chunk, Line, is_break

_WORD = (
    r"foot-?\s?note|fu(?:ß|ss)note|anmerkung|note de bas de page|note en bas de page|nota al pie|nota|voetnoot|fotnot|fodnote"
    r"|fotnote|alaviite|noot|примечание"
)
_SIGN = r"\d{1,4}[a-z]?|[A-Za-z]|[ivxlIVXL]{1,6}|\*{1,6}|[†‡§¶#‖]{1,3}"
_OPEN = re.compile(rf"(?i)\[\s?(?:{_WORD})s?(?P<label>\s*\(?(?:{_SIGN})\)?)?\s?(?::|\.(?=\s)|(?<=\w)\s?-+|(?<=\s)|(?=\]))\s*")
_NOTE_OPEN = re.compile(rf"\[(?:Note|NOTE)\s+(?P<label>{_SIGN})\s?[:.]\s*")
_HEADS = frozenset(
    "footnotes footnote notes note endnotes notesandreferences fussnoten fussnote fusznoten anmerkungen anmerkung notesdebasdepage"
    " notas nota notasalpie voetnoten noten aanteekeningen aantekeningen fotnoter noter alaviitteet primechaniya примечания"
    " footnotestochapteri footnotestothischapter notesinfine".split()
)
_HEAD = re.compile(r"(?i)(?:foot-?)?notes?\s+(?:to|on|for)\s.{1,60}$|(?:chapter|book|part)\s+\w+\s+(?:foot)?notes\.?$")
_BODIES = {
    "bracket": re.compile(rf"\[\s?(?:(?:foot)?note\s|fn\.?\s?#?\s?)?(?P<label>{_SIGN})\s?\][.:]?\s*(?=\S|$)", re.IGNORECASE),
    "curly": re.compile(rf"\{{\s?(?P<label>{_SIGN})\s?\}}\s*"),
    "paren": re.compile(r"\((?P<label>\d{1,3}|[a-z]|\*{1,4})\)[.:]?\s+"),
    "star": re.compile(r"(?P<label>(?:\*{1,6}|†{1,3}|‡{1,3})(?:\s?\(\d{1,2}\))?)\s*(?=[^\s*†‡])"),
    "caret": re.compile(r"\^\{?(?P<label>\d{1,3})\}?[.:]?\s*"),
    "point": re.compile(r"(?:(?:Foot)?[Nn]ote\s+|NOTE\s+)?(?P<label>\d{1,4})(?:[.):]+\s*[-—]*\s*|\s*--+\s*|\s\s+)(?=\S)"),
}
_LONGEST = 400  # chunks of one bracketed note
_CLOSE = 3  # blank lines that end a list of notes
CALL_REASON = "mark of a note; the book makes its own"


@dataclass(slots=True)
class Notes:
    """The chunks and headings that stay, the bodies in the order of the file, and what was odd."""

    bodies: list[Body] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# ---- notes in brackets


def take_bracketed(chunks: Sequence[Chunk], record: Record, notes: Notes) -> list[Chunk]:
    """The chunks without the notes that stand in brackets with their name."""
    rest: list[Chunk] = []
    i = 0
    while i < len(chunks):
        chunk = chunks[i]
        found = next(_openings(chunk), None)
        if found is None:
            rest.append(chunk)
            i += 1
            continue
        i = _take(chunks, i, found, rest, record, notes)
    return rest


def _openings(chunk: Chunk) -> Iterator[tuple[int, re.Match[str]]]:
    for n, line in enumerate(chunk.lines):
        if "[" in line.text:
            yield from ((n, match) for match in _OPEN.finditer(line.text))
            yield from ((n, match) for match in _NOTE_OPEN.finditer(line.text))


def _take(
    chunks: Sequence[Chunk], i: int, found: tuple[int, re.Match[str]], rest: list[Chunk], record: Record, notes: Notes
) -> int:
    """Takes the bracketed notes of a chunk; what surrounds them stays one chunk. Gives the index to go on with."""
    kept: list[Line] = []
    chunk = chunks[i]
    gap = chunk.gap
    lines = list(chunk.lines)
    while True:
        n, match = found
        kept += lines[:n]
        opener = lines[n]
        kept.append(part(opener, 0, match.start()))
        inside, below, i = _inside(chunks, i, lines, n, match.end(), record)
        if below is None:
            hint = "It is taken to end with its paragraph. Close it with ]."
            notes.problems.append(Problem("R031", "a note's bracket is never closed", opener.at(match.start()), hint))
        amid = _is_amid(kept, chunks[i], below)
        _enter(notes, match, opener, inside, record, amid=amid)
        lines = below or []
        following = next(_openings(Chunk(tuple(lines))), None) if lines else None
        if following is None:
            break
        found = following
    if whole := chunk_of([*kept, *lines], gap):
        rest.append(whole)
    return i + 1


def _inside(
    chunks: Sequence[Chunk], i: int, lines: Sequence[Line], n: int, start: int, record: Record
) -> tuple[list[Chunk], list[Line] | None, int]:
    """What a bracket holds, the lines below its end, and the chunk that it ends in; None below where it never ends."""
    depth = 1
    inside: list[Chunk] = []
    first = i
    current = [part(lines[n], start), *lines[n + 1 :]]
    while True:
        for k, line in enumerate(current):
            depth, end = _closing(line.text, depth)
            if end is not None:
                record.paint_part(line, end, end + 1, Fate.CALL, CALL_REASON)
                inside += filter(None, [chunk_of([*current[:k], part(line, 0, end)])])
                return inside, [part(line, end + 1), *current[k + 1 :]], i
        inside += filter(None, [chunk_of(current, chunks[i].gap)])
        if i + 1 >= len(chunks) or i - first >= _LONGEST or _opens_at_once(chunks[i + 1]):
            return inside[:1], None, first
        i += 1
        current = list(chunks[i].lines)


def _opens_at_once(chunk: Chunk) -> bool:
    text = chunk.first.text
    return text.startswith("[") and bool(_OPEN.match(text) or _NOTE_OPEN.match(text))


def _closing(text: str, depth: int) -> tuple[int, int | None]:
    if "]" not in text and "[" not in text:
        return depth, None
    for at, c in enumerate(text):
        depth += (c == "[") - (c == "]")
        if depth == 0:
            return 0, at
    return depth, None


def _is_amid(kept: Sequence[Line], chunk: Chunk, below: Sequence[Line] | None) -> bool:
    """Text of the same paragraph stands before the bracket."""
    return any(line.text for line in kept) and chunk is not None and below is not None


def _enter(
    notes: Notes, match: re.Match[str], opener: Line, inside: list[Chunk], record: Record, *, amid: bool
) -> None:
    label = normal((match["label"] or "").strip(" ()"))
    record.paint_part(opener, match.start(), match.end(), Fate.CALL, CALL_REASON)
    place = (opener.number, opener.indent + match.start())
    at = Mark(opener, match.start(), match.start(), "here", label) if amid and not label else None
    form = "footnote" if label else "star"
    body = Body(label or "*", form, inside, place, opener, at)
    for chunk in inside:
        record.paint(chunk.lines, Fate.NOTE)
    notes.bodies.append(body)


# ---- notes with labels


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
        self._called: set[str] = set()
        self._titles: set[str] = set()
        self._listing = False
        self._form = ""
        self._last = 0
        self._open: Body | None = None
        self._indent = 0
        self._due: set[tuple[str, str]] = set()
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
        label = self._label(self._chunks[below].first, (self._form,))
        if label is None:
            return False
        again = letters(bare(self._chunks[i].text)) in self._titles
        return again or (self._form not in ("point", "paren") and label[0] in ("1", "*", "A", "a"))

    def _enter_heading(self, heading: Heading) -> None:
        self._titles.add(letters(bare(" ".join(line.text for line in heading.lines))))
        self._titles.add(letters(bare(heading.lines[0].text)))
        self._listing, self._open, self._due = False, None, set()
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
            self._waiting[found.form, found.label] += 1
            self._called.add(found.label)

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
        return found if any(self._waiting[call, label] > 0 for call in CALLED_BY[form]) else None

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
        self._record.paint_part(first, 0, end, Fate.CALL, CALL_REASON)
        if self._open is None or not self._due:
            self._due = {key for key, count in self._waiting.items() if count > 0}
        for call in CALLED_BY[form]:
            if self._waiting[call, label] > 0:
                self._waiting[call, label] -= 1
                self._due.discard((call, label))
                break
        chunk = chunk_of([words, *lines[1:]], gap)
        place = (first.number, first.indent)
        self._open = Body(label, form, [chunk] if chunk else [], place, first)
        self._indent = first.indent
        self._form = form if self._listing else self._form
        self._last = int(label) if label.isdigit() else self._last
        self._notes.bodies.append(self._open)
        for line in (words, *lines[1:]):
            self._call(line)

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
                return any((call, found[0]) in self._due for call in CALLED_BY[form]) and not self._calls_again(i, k, found[0])
        return False

    def _calls_again(self, start: int, stop: int, label: str) -> bool:
        """The chunks in between call the next note themselves: they are text."""
        lines = (line for chunk in self._chunks[start:stop] for line in chunk.lines)
        return any(found.label == label for line in lines for found in marks(line))

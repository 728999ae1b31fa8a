# SPDX-License-Identifier: AGPL-3.0-or-later
"""What transcribers say in a text: who made it and how -> credits; words about the archive -> left out.

"Produced by ..." above the title, "[Transcriber's Note: ...]" anywhere. An edition may not bear the archive's name, so
that its name is cut from a credit, and a note that speaks of the archive is left out and reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.metadata.model import Contributor, Field, Role
from publisher.readers.gutenberg.frame import NAMING, names
from publisher.readers.gutenberg.header import people
from publisher.readers.gutenberg.record import Record
from publisher.readers.gutenberg.stretches import part
from publisher.readers.lines import Chunk, Line

_MADE = (
    r"produced|prepared|transcribed|scanned|typed|digiti[sz]ed|proofread|processed|keyed|created|converted|compiled"
    r"|provided|contributed|entered|formatted"
)
_CREDIT = re.compile(
    r"(?i)(?:(?:(?:this\s+)?(?:e-?(?:text|book)|text file|file|html version|text|electronic (?:text|edition))"
    rf"[\w\s,]{{0,40}}?\s+)?(?:was\s+|were\s+)?(?:{_MADE})(?:\s+(?:and|,)\s+(?:{_MADE}))*(?:\s+\w+){{0,4}}?\s+(?:by|from)\b"
    r"|(?:text|html|html version|transcription|scanning|proofreading|credits?)\s*(?:by|:)\s"
    r"|thanks to (?:the )?[A-Z].{0,80}(?:proof|scan|transcri)|.*\bdistributed proofread|.*\bpgdp\.net"
    r"|(?:an )?anonymous (?:project gutenberg )?volunteer"
    r"|.{0,80}\b(?:generously|kindly|freundlicherweise) (?:provided|made available|vom?|von)\b"
    r"|copyright \(c\) \d{4}.*\blicen[cs]ed? under)"
)
_VOLUNTEERS = re.compile(r"(?i)\bvolunteers?\b|\bDavid Widger\b|\bproofread|https?://|\be-?text\b|@")
_ARCHIVE_WORDS = re.compile(
    r"(?i)\be-?texts?\b|\be-?books?\b|\bfiles?\b|\bhtml\b|\bversions?\b|\bvolunteers?\b|\bproofread|\bwww\."
    r"|\bdistributed\b|\bedition\b|\bcatalog"
)
_RELEASED = re.compile(r"(?i)\breleased?\b|\bretranscri|\be-?texts?\b")
_NUMBERED = re.compile(r"(?i)\[\s*e-?(?:text|book)\s*#\s*\d+")
# Before the end some files say how they are called.
_NAMED_FILE = re.compile(r"(?i)\*+\s*this file should be named\b|\[?portions of this (?:e-?book|header)")
_NOTE = re.compile(
    r"(?i)[\[+|*_=\s-]*(?:original\s+)?(?:transcriber|transcriptor|proofreader|producer|e-?text|e-?book)"
    r"(?:s['’]?|['’]s)?(?:\s+(?:end)?note|\s+comment|\s+correction|\s+endnote)s?\b"
    r"|[\[+|*_=\s-]*(?:errata|corrections?|changes|corrigenda)\b[^.]{0,40}\btranscriber"
    r"|[\[+|*_=\s-]*(?:anmerkungen? (?:zur|der) transkription|note (?:sur la|de) transcription|notes? du transcripteur"
    r"|note del trascrittore|nota del transcriptor|transcriptie)"
)
_FRAME = re.compile(r"[+|]?[-=*_]{3,}[+|]?$")
_TRADEMARK = re.compile(
    r"(?i)(?:\b(?:for|at|of|from)\s+(?:the\s+)?)?\bproject\s+gutenberg(?:-tm|['’]s)?(?:\s+(?:volunteers?|\(tm\)))?\s*"
)
_ABBREVIATED = re.compile(r"\bPG\s+(?=(?:Online\s+)?Distributed)")
_REMARK = 6  # lines of a remark that names the archive
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_PRELIMINARY = 14  # chunks from the beginning of a text that credits are looked for among
_LIST = 60  # chunks of a list of corrections at the end
_LONGEST_NOTE = 200  # chunks of a transcriber's note


class Notices(Struct):
    """The chunks that are text, and what the others say; `opens` are the first lines of further texts of the file."""

    chunks: list[Chunk] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    people: list[Contributor] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opens: set[int] = field(default_factory=set)
    named: int = -1


def take(chunks: Sequence[Chunk], opens: Sequence[int], record: Record, *, copyrighted: bool) -> Notices:
    """Takes the notices out of a text; `opens` are the numbers of lines where a further text of the file begins.

    What a copyrighted text says is its author's to say, even of the archive.
    """
    notices = Notices()
    numbers = [chunk.first.number for chunk in chunks]
    starts = {0, *(bisect_left(numbers, number) for number in opens)}
    start = 0
    i = 0
    while i < len(chunks):
        start = i if i in starts else start
        near = i < start + _PRELIMINARY
        stop = i + 1
        if _NOTE.match(chunks[i].first.text):
            stop = _note_end(chunks, i)
            _note(notices, chunks[i:stop], record)
        elif near and _is_credit(chunks, i, is_first=i == start):
            stop = i + 2 if chunks[i].text.endswith(":") and i + 1 < len(chunks) else stop
            _credit(notices, Chunk(tuple(line for chunk in chunks[i:stop] for line in chunk.lines)), record)
        elif _is_prologue(notices, chunks, i):
            record.paint(chunks[i].lines, Fate.RIGHTS, "words of the archive about its file")
        elif not _is_archive(chunks[i], copyrighted=copyrighted):
            if _follows_archive(notices, chunks, i):
                notices.opens.add(chunks[i].first.number)
            notices.chunks += _without_remarks(chunks[i], record, copyrighted=copyrighted)
        else:
            record.paint(chunks[i].lines, Fate.RIGHTS, "words of the archive about its file")
            if NAMING.match(chunks[i].first.text):
                starts.add(i + 1)
                notices.named = i
        i = stop
    return notices


def _without_remarks(chunk: Chunk, record: Record, *, copyrighted: bool) -> list[Chunk]:
    """A chunk without lines in brackets that name the archive."""
    if copyrighted or not names(chunk.text):
        return [chunk]
    remarks = [line for line in chunk.lines if _BRACKETED.fullmatch(line.text) and names(line.text)]
    record.paint(remarks, Fate.RIGHTS, "words of the archive about its file")
    rest = tuple(line for line in chunk.lines if line not in remarks)
    return [Chunk(rest, chunk.gap)] if rest else []


def _is_prologue(notices: Notices, chunks: Sequence[Chunk], i: int) -> bool:
    """Right below the line that names a further text the archive may say when it was released."""
    return (
        0 <= notices.named < i <= notices.named + 3
        and bool(_RELEASED.search(chunks[i].text))
        and len(chunks[i].lines) <= 8
    )


def _follows_archive(notices: Notices, chunks: Sequence[Chunk], i: int) -> bool:
    """The first chunk of text below a line that names a further text; words about the file may stand between."""
    if notices.named < 0 or not notices.chunks:
        return False
    first = notices.chunks[-1].first.number < chunks[notices.named].first.number
    return first and len(chunks[i].lines) <= 4


def _is_credit(chunks: Sequence[Chunk], i: int, *, is_first: bool) -> bool:
    """A credit says so in its first words; the first chunk of all may name volunteers, apart from the title."""
    chunk = chunks[i]
    if len(chunk.lines) > 12:
        return False
    text = chunk.text.strip("[]* ")
    if _CREDIT.match(text):
        return True
    apart = i + 1 < len(chunks) and chunks[i + 1].gap >= 3
    return is_first and apart and len(chunk.lines) <= 4 and bool(_VOLUNTEERS.search(text))


def _is_archive(chunk: Chunk, *, copyrighted: bool) -> bool:
    first = chunk.first.text
    if _NUMBERED.search(first) or NAMING.match(first) or _NAMED_FILE.match(first):
        return True
    text = chunk.text
    if text.startswith("<<") and "copyright" in text.lower():
        return True
    return not copyrighted and names(text) and (len(chunk.lines) <= _REMARK or bool(_ARCHIVE_WORDS.search(text)))


def _credit(notices: Notices, chunk: Chunk, record: Record) -> None:
    record.paint(chunk.lines, Fate.METADATA)
    value = without_name(chunk.lines, record)
    key = "copyright" if re.match(r"(?i)copyright\b", value) else "transcribed"
    notices.fields.append(Field("", value, chunk.first.at(), key))
    if key == "transcribed":
        line = Line(chunk.first.file, chunk.first.number, value)
        notices.people += people([line], Role.TRANSCRIBER)


def without_name(lines: Sequence[Line], record: Record) -> str:
    """The words of a credit without the archive's name, which may stand on two lines."""
    text = "\n".join(line.text for line in lines)
    spans = [match.span() for pattern in (_TRADEMARK, _ABBREVIATED) for match in pattern.finditer(text)]
    kept = "".join(c for i, c in enumerate(text) if not any(start <= i < end for start, end in spans))
    at = 0
    for line in lines:
        for start, end in spans:
            if start < at + len(line.text) and end > at:
                record.paint_part(
                    line, max(start - at, 0), min(end - at, len(line.text)), Fate.RIGHTS, "the archive's name"
                )
        at += len(line.text) + 1
    return " ".join(kept.split())


def _note_end(chunks: Sequence[Chunk], start: int) -> int:
    """One past the last chunk of a transcriber's note: by its bracket, its frame, or the space below it."""
    first = chunks[start]
    limit = min(len(chunks), start + _LONGEST_NOTE)
    if first.first.text.startswith("["):
        depth = 0
        for i in range(start, limit):
            depth += first_balance(chunks[i])
            if depth <= 0:
                return i + 1
        return start + 1
    heading = len(first.text) <= 60
    if heading and _ends_text(chunks, start + 1):
        return len(chunks)
    stop = start + 1
    while stop < limit and (chunks[stop].gap <= 2 or (heading and stop == start + 1)):
        if not heading and not _goes_on(chunks[stop]):
            break
        stop += 1
    return stop


def _ends_text(chunks: Sequence[Chunk], start: int) -> bool:
    """From here to the end of the text there are only short remarks: a list of corrections."""
    rest = chunks[start:]
    return 0 < len(rest) <= _LIST and all(len(chunk.text) <= 700 for chunk in rest) and start > len(rest)


def first_balance(chunk: Chunk) -> int:
    """How many brackets a chunk opens and does not close."""
    return sum(line.text.count("[") - line.text.count("]") for line in chunk.lines)


def _goes_on(chunk: Chunk) -> bool:
    """A line in a frame, or indented like the note above it."""
    return chunk.first.text[:1] in "|+" or chunk.first.indent > 0


def _note(notices: Notices, chunks: Sequence[Chunk], record: Record) -> None:
    text = " ".join(chunk.text for chunk in chunks)
    lines = [line for chunk in chunks for line in chunk.lines]
    if names(text):
        record.paint(lines, Fate.RIGHTS, "note of the transcribers that names the archive")
        message = "a note of the transcribers is left out, because it names the archive"
        hint = "An edition may not bear the archive's name. Whatever the reader should know, say in the settings."
        notices.problems.append(Problem("R030", message, lines[0].at(), hint))
        return
    for chunk in chunks:
        record.paint(chunk.lines, Fate.METADATA)
        value = " ".join(_without_frame(chunk, record))
        if value:
            notices.fields.append(Field("", value, chunk.first.at(), "note"))


def _without_frame(chunk: Chunk, record: Record) -> Iterator[str]:
    for line in chunk.lines:
        if _FRAME.fullmatch(line.text):
            record.paint([line], Fate.MARKUP, "frame")
            continue
        start = 1 if line.text.startswith("|") else 0
        end = len(line.text) - (1 if line.text.endswith("|") and len(line.text) > 1 else 0)
        for at in ([0] if start else []) + ([end] if end < len(line.text) else []):
            record.paint_part(line, at, at + 1, Fate.MARKUP, "frame")
        if inner := part(line, start, end).text:
            yield inner

# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was read, against its source: every printed word of the ledger stands in the book, in order, and no other.

Each file of the source is two streams of words, its text and its notes. Each run of the book (a title, a paragraph, a
cell) must stand at the point up to which a stream was taken; a note may stand anywhere among the notes of its file. In
the end nothing may be left. The reader's own code has no part in this.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field

from publisher.checks.streams import Stretch, stretches, unmarked, words
from publisher.document import Book, Inlines, LineBreak, calls, note_runs, plain
from publisher.errors import Location, Problem
from publisher.ledger import Entry, Fate
from publisher.readers import Read

_TEXT = frozenset({Fate.TITLE, Fate.HEADING, Fate.BODY})
# Where the words of a heading may stand that its own page does not show.
_BESIDE = frozenset({Fate.AUTHOR, Fate.METADATA, Fate.CONTENTS, Fate.TITLE, Fate.HEADING})
_WORD = re.compile(r"\w+")
# What stands between names, and is not printed with them.
_BESIDE_NAMES = frozenset({"by", "written", "and", "und", "et", "y", "e", "и", "von", "par", "por", "de"})
# No more differences than these are reported: what follows the first is often only its consequence.
MOST = 5
# The words of a difference that are shown, and how many characters ahead of a lost place are searched for the next run.
SHOWN, AHEAD = 8, 200_000
# Notes times characters up to which notes are searched through from the beginning.
SEARCHED = 2_000_000_000
# How far from each other the lines of a heading may stand: a motto above it is printed below.
HEAD = 2_000


class Stream(Struct):
    """The printed words of a file with one kind of fate, and how far they were taken."""

    file: str
    fates: frozenset[Fate]
    entries: Sequence[Entry]
    text: str = ""
    at: int = 0
    gone: dict[int, int] = field(default_factory=dict)
    """Where runs were taken out further on: their beginnings and ends."""
    starts: list[int] = field(default_factory=list)
    """The beginnings in order."""

    def take(self, run: str) -> bool:
        """Takes a run if it stands next; a word that the source divides at the end of a line counts as one."""
        end = self.at + len(run) + 1 if self._stands(run, self.at) else _joined(self.text, self.at, run)
        if end:
            self._go(end)
        return bool(end)

    def _go(self, at: int) -> None:
        while at in self.gone:
            at = self.gone[at]
        self.at = at

    def take_out(self, run: str, ahead: int = AHEAD) -> bool:
        """Takes a run that stands further on, and was not taken out before."""
        at = self.find(run, self.at, ahead)
        while at >= 0 and self._is_gone(at):
            at = self.find(run, at + 1, ahead)
        if 0 <= at <= self.at + ahead:
            self.gone[at] = at + len(run) + 1
            insort(self.starts, at)
            return True
        return False

    def left(self) -> Iterator[tuple[int, str]]:
        """What nothing has taken, and where it stands."""
        at = self.at
        for start in (*(start for start in self.starts if start >= self.at), len(self.text)):
            if text := self.text[at:start].strip():
                yield at, text
            at = self.gone.get(start, start)

    def _stands(self, run: str, at: int) -> bool:
        end = at + len(run)
        return self.text.startswith(run, at) and self.text[end : end + 1] in ("", " ")

    def _is_gone(self, at: int) -> bool:
        """Whether the characters at an offset are in a run that was taken out."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.gone[self.starts[index]]

    def find(self, run: str, start: int, ahead: int = AHEAD) -> int:
        """Where a run stands further on; -1 where it does not."""
        end = start + max(ahead, AHEAD) + len(run)
        at = self.text.find(run, start, end)
        while at >= 0 and ((at > 0 and self.text[at - 1] != " ") or not self._stands(run, at)):
            at = self.text.find(run, at + 1, end)
        return at

    def place(self, at: int) -> Location:
        """The line of the source from which the word at an offset comes."""
        wanted = self.text.count(" ", 0, at)
        count = 0
        for line, text in _lines(self.entries, self.fates):
            count += len(text.split())
            if count > wanted:
                return Location(self.file, line)
        return Location(self.file)


def _joined(text: str, at: int, run: str) -> int:
    """Where a run ends that has the same characters as the text, but fewer spaces; 0 where it has not."""
    for character in run:
        if at < len(text) and text[at] == " " and character != " ":
            at += 1
        if at >= len(text) or text[at] != character:
            return 0
        at += 1
    return at + 1 if text[at : at + 1] in ("", " ") else 0


def _lines(entries: Iterable[Entry], fates: frozenset[Fate]) -> Iterator[tuple[int, str]]:
    """Each line's printed text of some fates, its entries glued."""
    line, text = 0, ""
    for entry in entries:
        if not entry.printed or entry.fate not in fates:
            continue
        if entry.line != line:
            if text:
                yield line, text
            line, text = entry.line, ""
        text += entry.text
    if text:
        yield line, text


class Comparison(Struct):
    """The streams of all files, the file that the text is in, and what differs."""

    texts: dict[str, Stream]
    notes: dict[str, Stream]
    beside: str
    file: str = ""
    problems: list[Problem] = field(default_factory=list)

    def report(self, message: str, place: Location) -> None:
        hint = "This is a mistake of the reader, not of the text: please report it, with the file."
        self.problems.append(Problem("F001", message, place, hint))


def check(read: Read) -> list[Problem]:
    """What differs between the words of a source and those of its book."""
    comparison = _comparison(read)
    for stretch in stretches(read.book):
        _compare(comparison, stretch)
    _compare_notes(comparison, read)
    _compare_calls(comparison, read.book)
    _rest(comparison)
    _header(comparison, read)
    return comparison.problems[:MOST]


def _comparison(read: Read) -> Comparison:
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for entry in read.ledger:
        by_file[entry.file].append(entry)
    texts = {file: _stream(file, _TEXT, entries) for file, entries in by_file.items()}
    notes = {file: _stream(file, frozenset({Fate.NOTE}), entries) for file, entries in by_file.items()}
    beside = " ".join(entry.text for entry in read.ledger if entry.fate in _BESIDE)
    return Comparison(texts, notes, words(beside), next(iter(texts), ""))


def _stream(file: str, fates: frozenset[Fate], entries: Sequence[Entry]) -> Stream:
    return Stream(file, fates, entries, words(" ".join(text for _, text in _lines(entries, fates))))


def _compare(comparison: Comparison, stretch: Stretch) -> None:
    if stretch.file in comparison.texts:
        comparison.file = stretch.file
    for inlines in stretch.runs[: stretch.heads]:
        for line in _lines_of(inlines):
            _take(comparison, unmarked(line), is_head=True)
    for inlines in stretch.runs[stretch.heads :]:
        _take(comparison, unmarked(inlines), is_head=False)


def _lines_of(inlines: Inlines) -> Iterator[Inlines]:
    """The lines of a heading, which may stand in another order around an author's name."""
    for is_break, line in groupby(inlines, lambda inline: isinstance(inline, LineBreak)):
        if not is_break:
            yield tuple(line)


def _take(comparison: Comparison, run: str, *, is_head: bool) -> None:
    """Takes a run from the file that the text is in, else from another: a chapter may go on there."""
    if not run or len(comparison.problems) >= MOST:
        return
    for file in (comparison.file, *comparison.texts):
        if comparison.texts[file].take(run):
            comparison.file = file
            return
    stream = comparison.texts[comparison.file]
    if is_head and (stream.take_out(run, HEAD) or run in comparison.beside):
        return
    found = stream.find(run, stream.at)
    if found >= 0:
        lost = stream.text[stream.at : found]
        comparison.report(f"the book lacks {_some(lost)}", stream.place(stream.at))
        stream.at = found + len(run) + 1
    else:
        follows = _some(stream.text[stream.at : stream.at + 200])
        comparison.report(f"the book has {_some(run)} where the source has {follows}", stream.place(stream.at))


def _compare_notes(comparison: Comparison, read: Read) -> None:
    """Takes each note where it stands next. If that fails, the longest first: one may be the beginning of another."""
    wanted = [
        (chapter.file, note.label, index, words(" ".join(map(unmarked, note_runs(note, marks=True)))))
        for chapter in read.book.chapters
        for index, note in enumerate(chapter.notes, 1)
    ]
    streams = comparison.notes
    missing = [note for note in wanted if not _take_note(streams, note[0], note[3])]
    size = sum(len(stream.text) for stream in streams.values())
    if (missing or _is_left(streams)) and len(wanted) * size < SEARCHED:
        for stream in streams.values():
            stream.at, stream.gone, stream.starts = 0, {}, []
        longest = sorted(wanted, key=lambda note: -len(note[3]))
        missing = [note for note in longest if not _take_out(streams, note[0], note[3], size)]
    for file, label, index, text in sorted(missing)[:MOST]:
        comparison.report(f"note {index} ([{label}]) of {file} is not in the source as {_some(text)}", Location(file))


def _compare_calls(comparison: Comparison, book: Book) -> None:
    """Each note that is said to be called is called in the text or in a note of its chapter, or in the header."""
    called: dict[int, set[int]] = defaultdict(set)
    for stretch in stretches(book):
        if stretch.notes:
            runs = (*stretch.runs, *(run for note in stretch.notes for run in note_runs(note)))
            called[id(stretch.notes)].update(call.note for run in runs for call in calls(run))
    for number, chapter in enumerate(book.chapters):
        known = called[id(chapter.notes)].union(book.header_calls if number == 0 else ())
        for index, note in enumerate(chapter.notes):
            if note.called and index not in known:
                message = f"note {index + 1} ([{note.label}]) is called, but nothing in the book leads to it"
                comparison.report(message, Location(chapter.file))


def _is_left(streams: dict[str, Stream]) -> bool:
    return any(True for stream in streams.values() for _ in stream.left())


def _ordered(streams: dict[str, Stream], file: str) -> list[Stream]:
    """The notes of a chapter's own file, then those of the others."""
    return [*([streams[file]] if file in streams else []), *(one for name, one in streams.items() if name != file)]


def _take_note(streams: dict[str, Stream], file: str, text: str) -> bool:
    several = _ordered(streams, file)
    return not text or any(one.take(text) for one in several) or any(one.take_out(text) for one in several)


def _take_out(streams: dict[str, Stream], file: str, text: str, ahead: int) -> bool:
    return not text or any(one.take_out(text, ahead) for one in _ordered(streams, file))


def _rest(comparison: Comparison) -> None:
    """What no run of the book has taken."""
    for stream in (*comparison.texts.values(), *comparison.notes.values()):
        kind = "of the notes " if Fate.NOTE in stream.fates else ""
        for at, left in stream.left():
            comparison.report(f"the book lacks {kind}{_some(left)}", stream.place(at))


def _header(comparison: Comparison, read: Read) -> None:
    """The words of the header are in the metadata, or beside a heading."""
    heads = (plain(run) for stretch in stretches(read.book) for run in stretch.runs[: stretch.heads])
    known = set(_WORD.findall(" ".join((*_strings(read.metadata), *heads)).casefold())) | _BESIDE_NAMES
    for file, entries in groupby(read.ledger, lambda entry: entry.file):
        for line, text in _lines(entries, frozenset({Fate.AUTHOR, Fate.METADATA})):
            unknown = [word for word in _WORD.findall(text.casefold()) if word not in known and len(word) > 1]
            if unknown:
                words_of = _some(" ".join(unknown))
                comparison.report(f"the header's words {words_of} are nowhere in the metadata", Location(file, line))


def _strings(value: object) -> Iterator[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _strings(getattr(value, name))


def _some(text: str) -> str:
    """The first words of a text, quoted, and how many there are."""
    found = text.split(" ")
    more = f" … ({len(found):,} words)" if len(found) > SHOWN else ""
    return f'"{" ".join(found[:SHOWN])[:120]}"{more}'

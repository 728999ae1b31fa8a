# SPDX-License-Identifier: AGPL-3.0-or-later
"""No word is lost, printed twice or moved: the ledger's lines compared with the book, without the reader's own code.

The lines of each file make two streams, one of titles, headings and text, one of notes; lines that have a reason in the
ledger are not in them. Each run of the book (a title, a paragraph, a cell) must stand at the point up to which a stream
was read; notes may stand anywhere in theirs, each in a place of its own. At the end both streams must be used up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from publisher.document import (
    Block,
    Break,
    Chapter,
    Code,
    Epigraph,
    Image,
    Inlines,
    Leaf,
    LineBreak,
    Note,
    NoteCall,
    PageMark,
    Part,
    Section,
    Subtitle,
    Text,
    leaves,
    plain,
    runs,
)
from publisher.ledger import Entry, Fate
from publisher.readers import Read, Source

_TEXT = frozenset({Fate.TITLE, Fate.HEADING, Fate.BODY})
# Links of the page inside a title; the reader reports each.
_GLOSSARY = re.compile(r"(?i)\s*\[\s*see\s+(?:also\s+)?(?:the\s+)?(?:glossary|encyclop)[^\]]*\]")
_BESIDE_NAMES = frozenset({"by", "written", "and", "und", "et", "y", "e", "и"})
# Characters that no book can hold; the reader reports each.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# A heading may stand below this many lines and be printed above them.
_ABOVE_HEADING = 8
# A run ends where a word ends.
_END = r"(?:(?<=\s)|(?=\s)|$)"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Stream:
    """Lines of one file, joined; `at` is how far they were found in the book, `free` the characters not found yet."""

    text: str
    at: int = 0
    free: list[bool] = field(default_factory=list)

    def take(self, pattern: str) -> bool:
        """Whether the pattern stands at the point reached; goes on past it."""
        match = re.compile(rf"\s*{pattern}{_END}").match(self.text, self.at)
        if match:
            self.at = match.end()
        return match is not None

    def take_early(self, pattern: str) -> bool:
        """Whether a heading stands a few lines further on: what is above it (a date, a motto) is printed below it."""
        here = self.text[self.at :]
        ahead = re.search(r"^\s*" + pattern + "$", "\n".join(here.lstrip().split("\n")[:_ABOVE_HEADING]), re.MULTILINE)
        if ahead:
            rest = here.lstrip()
            self.text = self.text[: self.at] + "\n" + rest[: ahead.start()] + rest[ahead.end() :]
        return ahead is not None

    def take_anywhere(self, pattern: str) -> bool:
        """Whether the pattern stands at the beginning of a line in a place that nothing else has taken."""
        self.free = self.free or [True] * len(self.text)
        for match in re.finditer(rf"^{pattern}{_END}", self.text, re.MULTILINE):
            if all(self.free[match.start() : match.end()]):
                self.free[match.start() : match.end()] = [False] * len(match[0])
                return True
        return False

    def left(self) -> str:
        return "".join(c for c, free in zip(self.text, self.free, strict=True) if free) if self.free else self.text


def differences(read: Read) -> list[str]:
    """What of the sources is not in the book as it should be, in words; empty if all is well."""
    check = _Check(read.ledger)
    check.title(read)
    for item in read.book.contents:
        check.item(item)
    check.header(read)
    return [*check.found, *check.rest()]


def unentered(sources: Iterable[Source], ledger: Sequence[Entry]) -> list[str]:
    """Lines that have no entry or more than one, and entries without a line."""
    entered = [(entry.file, entry.line, "".join(entry.text.split())) for entry in ledger]
    found = [f"{file}:{line}: two entries" for file, line, text in entered if entered.count((file, line, text)) > 1]
    lines = {
        (source.file, number, "".join(line.split()))
        for source in sources
        for number, line in enumerate(_CONTROL.sub("", source.data.decode()).splitlines(), 1)
        if line.strip()
    }
    found += [f"{file}:{line}: no entry for {text[:60]!r}" for file, line, text in sorted(lines - set(entered))]
    found += [f"{file}:{line}: no line for {text[:60]!r}" for file, line, text in sorted(set(entered) - lines)]
    return found


class _Check:
    def __init__(self, ledger: Sequence[Entry]) -> None:
        self._ledger = ledger
        files = list(dict.fromkeys(entry.file for entry in ledger))
        self._texts = {file: Stream(self._lines(file, _TEXT)) for file in files}
        self._notes = {file: Stream(self._lines(file, {Fate.NOTE})) for file in files}
        self._listed = {file: Stream(self._lines(file, {Fate.CONTENTS}, reasons=True)) for file in files}
        self._file = next(iter(files), "")
        self.found: list[str] = []

    def _lines(self, file: str, fates: Iterable[Fate], *, reasons: bool = False) -> str:
        wanted = set(fates)
        entries = [e for e in self._ledger if e.file == file and e.fate in wanted and (reasons or not e.reason)]
        titles = {Fate.TITLE, Fate.HEADING}
        return "\n".join(_GLOSSARY.sub("", e.text) if e.fate in titles else e.text for e in entries)

    def title(self, read: Read) -> None:
        """The book's title has lines of its own, or it is that of the first heading, which serves for both."""
        notes = read.book.chapters[0].notes
        pattern = _pattern(read.book.title, notes)
        first = read.book.contents[0]
        twice = plain(read.book.title) == f"{first.number} {plain(first.title)}".strip() and not any(
            entry.fate is Fate.TITLE and not entry.reason for entry in self._ledger
        )
        if not twice and not self._take(self._texts, pattern) and not re.search(pattern, self._elsewhere()):
            self._run(read.book.title, notes, "title")
        if not self._take(self._texts, _pattern(read.book.subtitle, notes)) and not self._beside_author(
            read.book.subtitle
        ):
            self._run(read.book.subtitle, notes, "subtitle")

    def _beside_author(self, inlines: Inlines) -> bool:
        """A year that stands on the author's line, after the name."""
        return any(plain(inlines) in entry.text for entry in self._ledger if entry.fate is Fate.AUTHOR)

    def _elsewhere(self) -> str:
        """Where the title may also stand: beside the author, or as the title of a page that is not printed twice."""
        lines = [e.text for e in self._ledger if e.fate is Fate.AUTHOR or (e.fate in _TEXT and e.reason)]
        return "\n".join(lines)

    def item(self, item: Part | Chapter) -> None:
        if isinstance(item, Chapter):
            self._chapter(item)
            return
        notes = item.chapters[0].notes
        self._heading((Text(item.number),), notes, "part")
        self._heading(item.title, notes, "part")
        for chapter in item.chapters:
            self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.file:
            self._file = chapter.file
        self._heading((Text(chapter.number),), chapter.notes, "chapter")
        self._heading(chapter.title, chapter.notes, "chapter")
        self._blocks(chapter.blocks, chapter.notes)
        self._sections(chapter.sections, chapter.notes)
        for note in chapter.notes:
            self._note(note, chapter.notes)

    def _sections(self, sections: Iterable[Section], notes: Sequence[Note]) -> None:
        for section in sections:
            self._heading(section.title, notes, "section")
            self._blocks(section.blocks, notes)
            self._sections(section.sections, notes)

    def _blocks(self, blocks: Iterable[Block], notes: Sequence[Note]) -> None:
        for block in blocks:
            if isinstance(block, Subtitle) and self._stands_beside_a_name(block):
                continue
            for run in printed(block):
                self._run(run, notes, type(block).__name__.lower())

    def _run(self, run: Inlines, notes: Sequence[Note], kind: str) -> None:
        """Looks for a run in the file that the text is in, then in the others: a chapter may go on in another file."""
        if run and not self._take(self._texts, _pattern(run, notes)):
            at = self._texts[self._file]
            follows = at.text[at.at : at.at + 70].strip()
            self.found.append(f"{self._file}: {kind} {plain(run)[:70]!r} does not stand next, but {follows!r}")

    def _heading(self, run: Inlines, notes: Sequence[Note], kind: str) -> None:
        """A page that does not show its own title is called as the contents list calls it."""
        pattern = _pattern(run, notes)
        if not pattern:
            return
        own = self._texts[self._file]
        if own.take(pattern) or own.take_early(pattern) or self._take(self._texts, pattern):
            return
        if not any(stream.take_anywhere(pattern) for stream in self._listed.values()):
            self._run(run, notes, kind)

    def _take(self, streams: dict[str, Stream], pattern: str) -> bool:
        for file in [self._file, *streams]:
            if streams[file].take(pattern):
                self._file = file
                return True
        return False

    def _note(self, note: Note, notes: Sequence[Note]) -> None:
        words = r"\s*".join(_pattern(run, notes) for block in note.blocks for run in printed(block))
        # Notes that were matched by their order alone have no label in the source.
        pattern = rf"(?:{_label(note.label)}){'?' if words else ''}{words}"
        own = self._notes[self._file]
        if not any(stream.take_anywhere(pattern) for stream in (own, *self._notes.values())):
            self.found.append(f"note {note.label!r} does not stand among the notes")

    def _stands_beside_a_name(self, block: Subtitle) -> bool:
        """The year of "Moissaye J. Olgin 1939" stands above the title in the source, and below it in the book."""
        names = [entry.text for entry in self._ledger if entry.fate is Fate.AUTHOR and entry.file == self._file]
        return any(name.endswith(plain(block.inlines)) for name in names)

    def header(self, read: Read) -> None:
        """The header's words are in the metadata; an author's name may be sorted otherwise."""
        fields = " ".join(f"{f.label} {f.value}" for f in read.metadata.fields)
        words = set(re.findall(r"\w+", fields))
        names = {
            word.casefold() for c in read.metadata.contributors for word in re.findall(r"\w+", c.name)
        } | _BESIDE_NAMES
        names |= {word.casefold() for word in re.findall(r"\w+", f"{read.metadata.title} {read.metadata.subtitle}")}
        subtitles = [b for chapter in read.book.chapters for b in chapter.blocks if isinstance(b, Subtitle)]
        names |= {word.casefold() for block in subtitles for word in re.findall(r"\w+", plain(block.inlines))}
        for entry in self._ledger:
            found = re.findall(r"\w+", entry.text)
            if entry.fate is Fate.METADATA and not words.issuperset(found):
                self.found.append(f"{entry.file}:{entry.line}: {sorted(set(found) - words)} not in the metadata")
            author = {word.casefold() for word in found if len(word) > 1} - names
            if entry.fate is Fate.AUTHOR and author:
                self.found.append(f"{entry.file}:{entry.line}: {sorted(author)} not among the contributors")

    def rest(self) -> Iterator[str]:
        for file, stream in self._texts.items():
            if left := stream.text[stream.at :].strip():
                yield f"{file}: text is left from {left[:70]!r} on"
        for file, stream in self._notes.items():
            if left := stream.left().strip():
                yield f"{file}: of the notes {left[:70]!r} is left"


def printed(block: Block) -> Iterator[Inlines]:
    """Every run of inlines in a block, and the mark of a break, which is printed, too."""
    match block:
        case Break(mark):
            yield (Text(mark),)
        case Epigraph(blocks):
            for inner in blocks:
                yield from printed(inner)
        case _:
            yield from runs(block)


def _pattern(inlines: Inlines, notes: Sequence[Note]) -> str:
    return "".join(_leaf_pattern(leaf, notes) for leaf in leaves(inlines))


def _leaf_pattern(leaf: Leaf, notes: Sequence[Note]) -> str:
    match leaf:
        case Code() | Image() | PageMark():
            return ""
        case Text(text):
            # A title's word that is divided at the end of a line is joined again: "Social-" / "Democratic".
            return r"\s+".join(re.escape(word).replace(r"\-", r"\-\n?") for word in re.split(r"\s+", text))
        case LineBreak():
            return r"\s+"
        case NoteCall(note):
            return r"\s*" + _label(notes[note].label)
        case _:
            assert_never(leaf)


def _label(label: str) -> str:
    """The label as sources write it: "[1]", "(1)", "1.", "*", "¹", with spaces inside brackets."""
    plain_label = r"\s*".join(map(re.escape, label))
    raised = re.escape(label.translate(_SUPERSCRIPT))
    return rf"[\[({{]?\s*(?:{plain_label}|{raised})\s*\.?\s*[\])}}]?[.:)]*\s*"

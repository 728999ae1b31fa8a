# SPDX-License-Identifier: AGPL-3.0-or-later
"""TEI P5, and P4 where it differs -> Read.

https://www.tei-c.org/release/doc/tei-p5-doc/en/html/

The road of a file: bytes to a tree (xml_tree), header to fields (tei_header), parted words joined (tei_joints), notes
that are called from elsewhere found (tei_notes), text to parts and chapters (tei_outline, tei_divisions), these to
blocks (tei_blocks, tei_lists) and inlines (tei_inlines), notes to bodies (tei_bodies). All words of the file are runs
of the tree; each is given its fate by what reads it, and the ledger is all runs in their order.

A work may be several files, and a file several texts (teiCorpus): each is a part with its own title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.document import Book, Chapter, Note, Part, Text
from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Entry, Fate
from publisher.metadata.model import Metadata
from publisher.readers import Read, Source, tei_header, tei_joints, tei_notes
from publisher.readers.crossings import settled
from publisher.readers.language import identify
from publisher.readers.tei_blocks import BlockReader
from publisher.readers.tei_bodies import BodyReader
from publisher.readers.tei_divisions import DivisionReader, letters
from publisher.readers.tei_header import Heading
from publisher.readers.tei_inlines import InlineReader
from publisher.readers.tei_state import State, language_of
from publisher.readers.xml_tree import Element, ledger, parse

_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus", "teiCorpus.2"))
_SHORT_TITLE = 60


class _File(Struct):
    """One file as it was read."""

    heading: Heading
    contents: list[Part | Chapter]
    entries: tuple[Entry, ...]
    problems: list[Problem]


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:  # noqa: ARG001 (files have no index page)
    """Reads a work from its TEI files; raises SourceError if one cannot be read or none has a text."""
    files = [_file(source, pictures, is_part=len(sources) > 1 and i > 0) for i, source in enumerate(sources)]
    first = files[0].heading
    contents = [item for file in files for item in _titled(file, first)]
    if not contents:
        raise SourceError([Problem("S009", "the file holds no text", Location(sources[0].file))])
    metadata, problems = _metadata(files)
    book = Book(
        (Text(first.title),) if first.title else (), (Text(first.subtitle),) if first.subtitle else (), tuple(contents)
    )
    found = sorted([*problems, *(p for file in files for p in file.problems)], key=lambda p: (p.location, p.code))
    return Read(settled(book), metadata, tuple(entry for file in files for entry in file.entries), tuple(found))


def _titled(file: _File, first: Heading) -> list[Part | Chapter]:
    """What a further file of a work holds, as a part with its title."""
    if file.heading is first or not file.heading.title or not file.contents:
        return file.contents
    return [Part((Text(file.heading.title),), tuple(file.contents))]


def _file(source: Source, pictures: Collection[str], *, is_part: bool) -> _File:
    """Reads one file; a corpus holds several texts, each with its own header."""
    root, problems = parse(source.file, source.data)
    if root.name not in _ROOTS:
        message = f"the file is XML, but no TEI: its first element is <{root.name}>"
        hint = "Convert it to TEI, HTML or Markdown, or name another reader."
        raise SourceError([Problem("R070", message, Location(source.file, root.line, root.column), hint)])
    heading = tei_header.read(source.file, root, is_part=is_part)
    inside = (language_of(x) for x in root.walk() if x.name in ("text", "body"))
    heading.language = heading.language or next(filter(None, inside), None)
    contents, found = _contents(source.file, root, heading, pictures)
    for inner in root.elements:
        if inner.name in _ROOTS:
            own = tei_header.read(source.file, inner, is_part=True)
            items, more = _contents(source.file, inner, own, pictures)
            contents += [Part((Text(own.title),), tuple(items))] if own.title and items else items
            heading.fields += own.fields
            found += more
    return _File(heading, contents, ledger(source.file, root), [*problems, *found])


def _contents(
    file: str, document: Element, heading: Heading, pictures: Collection[str]
) -> tuple[list[Part | Chapter], list[Problem]]:
    """The parts and chapters of a document, and what was found in them."""
    contents: list[Part | Chapter] = []
    problems: list[Problem] = []
    for text in document.elements:
        if text.name == "text":
            joined = tei_joints.join(text)
            described = _characters(document)
            state = State(file, tei_notes.find(text), pictures, _linked(text), described, heading.language)
            inlines = InlineReader(state)
            blocks = BlockReader(state, inlines)
            known = frozenset(map(letters, heading.known)) - {""}
            items = DivisionReader(state, inlines, blocks, known).read(text)
            uncalled = BodyReader(state, blocks).uncalled(_count(items))
            contents += _with_notes(items, uncalled) if uncalled else items
            problems += [*state.problems, *_findings(state, joined, uncalled)]
        elif text.name not in ("teiHeader", "standOff", *_ROOTS):
            text.leave_out(Fate.MARKUP, "data beside the text")
    return contents, problems


def _linked(text: Element) -> frozenset[str]:
    """The ids that references in a text lead to."""
    targets = (element.get("target") for element in text.walk() if element.name == "ref")
    return frozenset(target[1:] for target in targets if target.startswith("#"))


def _characters(document: Element) -> dict[str, Element]:
    """The characters that the header describes, by their names."""
    head = document.first("teiHeader")
    described = (x for x in head.walk() if x.name in ("glyph", "char")) if head else ()
    return {element.id: element for element in described if element.id}


def _count(items: Sequence[Part | Chapter]) -> int:
    last = items[-1] if items else None
    while isinstance(last, Part):
        last = last.contents[-1]
    return len(last.notes) if last else 0


def _with_notes(items: Sequence[Part | Chapter], notes: tuple[Note, ...]) -> list[Part | Chapter]:
    """The same with further notes in the last chapter."""
    if not items:
        return [Chapter((), (), notes=notes)]
    *others, last = items
    if isinstance(last, Part):
        return [*others, replace(last, contents=tuple(_with_notes(last.contents, notes)))]
    return [*others, replace(last, notes=(*last.notes, *notes))]


def _findings(state: State, joined: Sequence[Element], uncalled: Sequence[Note]) -> Iterator[Problem]:
    """What a person should know: once a file, with the first place."""

    def at(element: Element) -> Location:
        return Location(state.file, element.line, element.column)

    for name, element in state.unknown.items():
        yield Problem("R001", f"<{name}> is no element of TEI; its words are printed", at(element))
    for name, places in state.missing.items():
        yield Problem("R071", f'the character "{name}" is described, not given, {_times(places)}', at(places[0]))
    if state.gaps:
        yield Problem(
            "R072", f"{_times(state.gaps)} the transcription lacks words that nobody could read", at(state.gaps[0])
        )
    if joined:
        yield Problem("R073", f"{_times(joined)} a word parted at the end of a line was joined", at(joined[0]))
    drafts = state.notes.uncalled()
    for note, draft in zip(uncalled, drafts, strict=True):
        yield Problem("N002", f"note {note.label} is never called", at(draft.element))


def _times(found: Sequence[Element]) -> str:
    return "once" if len(found) == 1 else f"{len(found):,} times"


def _metadata(files: Sequence[_File]) -> tuple[Metadata, list[Problem]]:
    """The first file's header, with the fields of the others; a language that no file states is told by its words."""
    heading = files[0].heading
    known = set(heading.fields)
    heading.fields += [f for file in files[1:] for f in file.heading.fields if f not in known]
    metadata, problems = heading.metadata()
    language = metadata.language or identify(e.text for file in files for e in file.entries if e.fate is Fate.BODY)
    return replace(metadata, language=language, short_title=_short(heading.title)), list(problems)


def _short(title: str) -> str | None:
    """A title for running heads: up to its first pause, else none that is not the whole."""
    if len(title) <= _SHORT_TITLE:
        return title or None
    head = re.split(r"\s*[:;/]\s|\.\s|,\s(?:or|ou|oder)\b", title)[0].strip()
    return head if 8 <= len(head) <= _SHORT_TITLE else None

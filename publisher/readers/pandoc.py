# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pandoc reads and publisher does not (docx, odt, rst, fb2, epub, org, tex...) -> Read.

pandoc is an extra, `publisher[pandoc]`: https://pandoc.org/MANUAL.html. Its tree (pandoc_tree) is a list of blocks with
headings among them: those of the highest level head chapters, those below sections. A lone heading above all others is
the title, unless the file's metadata has one; headings that count parts ("Part One") head parts.

pandoc does not tell where in the file a word stands, so that the ledger has the tree's own words, on line 0, and
problems name the file only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from publisher.document import Book, Chapter, Part
from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Entry, Fate
from publisher.metadata import header
from publisher.metadata.model import Metadata
from publisher.readers import Read, Source
from publisher.readers.crossings import settled
from publisher.readers.language import identify
from publisher.readers.pandoc_metadata import Heading, interpret
from publisher.readers.pandoc_outline import Outline, outline
from publisher.readers.pandoc_program import pictures as pictures_inside, tree
from publisher.readers.pandoc_tree import TreeReader

SHORT_TITLE = 60


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:  # noqa: ARG001 (files have no index page)
    """Reads a work with pandoc, file by file; raises SourceError where it cannot, or if no file has a text."""
    contents: list[Part | Chapter] = []
    headings: list[Heading] = []
    entries: list[Entry] = []
    problems: list[Problem] = []
    held: list[Source] = []
    for source in sources:
        found, warned = tree(source)
        inside = pictures_inside(source)
        held += inside.values()
        files = {url: url for url in pictures} | {url: picture.file for url, picture in inside.items()}
        reader = TreeReader(source.file, files)
        heading = interpret(reader, found["meta"], is_first=not headings)
        made = outline(reader, found["blocks"], source.file, heading.plain_title)
        contents += _contents(heading, made, is_first=not headings)
        headings.append(heading)
        entries += reader.ledger.entries
        problems += [*warned, *reader.problems]
    if not contents:
        raise SourceError([Problem("S009", "the file holds no text", Location(sources[0].file))])
    metadata, found_by_header = _metadata(headings, entries)
    book = Book(headings[0].title, headings[0].subtitle, tuple(contents))
    problems = sorted((*problems, *found_by_header), key=lambda p: p.location)
    return Read(settled(book), metadata, tuple(entries), tuple(problems), tuple(held))


def _contents(heading: Heading, made: Outline, *, is_first: bool) -> list[Part | Chapter]:
    """What a file holds; a title of its own makes a further file a part. The first heading may be the title."""
    if is_first:
        heading.title = heading.title or made.title
        return made.contents
    title = heading.title or made.title
    return [Part(title, tuple(made.contents))] if title and made.contents else made.contents


def _metadata(headings: Sequence[Heading], entries: Sequence[Entry]) -> tuple[Metadata, list[Problem]]:
    """What the files' metadata say; a language that they do not state is told by the words."""
    first = headings[0]
    fields = dict.fromkeys(said for heading in headings for said in heading.fields)
    read, problems = header.interpret(tuple(fields))
    language = first.language or identify(entry.text for entry in entries if entry.fate is Fate.BODY)
    title = first.plain_title
    metadata = replace(
        read,
        title=title,
        short_title=title if 0 < len(title) <= SHORT_TITLE else None,
        subtitle=first.plain_subtitle or None,
        language=language,
        contributors=tuple(dict.fromkeys(first.people)),
    )
    return metadata, [problem for problem in problems if problem.code == "H004"]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of a work say about it -> metadata: the index page's header, then what only other pages have."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publisher.document import Book, Byline, plain
from publisher.errors import Problem
from publisher.metadata import header
from publisher.metadata.labels import keys
from publisher.metadata.model import Contributor, Field, Metadata, Piece, Role
from publisher.metadata.vocabulary import Key
from publisher.readers.hypertext.front import people
from publisher.readers.hypertext.model import Stretch
from publisher.readers.hypertext.page import Page

_SHORT_TITLE = 60


def metadata(main: Page, pages: Sequence[Page], book: Book, language: str | None) -> tuple[Metadata, list[Problem]]:
    """The metadata of a work whose header stands on its main page, and what in it could not be read."""
    anthology = _is_anthology(main, pages, book)
    fields = _fields(main, pages)
    known, problems = header.interpret(fields)
    pieces = _pieces(main, pages, book) if anthology else ()
    if anthology:  # what one piece says is not true of the others; only rights hold for all of them
        known = replace(header.interpret(main.front.fields)[0], statements=known.statements)
    authors = _authors(main, pages) or (_authors_of(pieces) if anthology else ())
    named = {(c.name, c.role) for c in authors}
    title = plain(book.title)
    trail = next((page.trail for page in (main, *pages) if page.trail), ())
    about = replace(
        known,
        title=title,
        short_title=_short_title(title),
        subtitle=plain(book.subtitle) or None,
        language=language,
        contributors=(*authors, *(c for c in known.contributors if (c.name, c.role) not in named)),
        archive=trail,
        pieces=pieces,
    )
    return about, list(problems)


def _fields(main: Page, pages: Sequence[Page]) -> tuple[Field, ...]:
    """The main page's fields, then those that other pages add to them."""
    fields = list(main.front.fields)
    seen = {(f.label, f.value) for f in fields}
    for page in pages:
        for field in page.front.fields:
            if page is not main and (field.label, field.value) not in seen:
                seen.add((field.label, field.value))
                fields.append(field)
    return tuple(fields)


def _authors(main: Page, pages: Sequence[Page]) -> tuple[Contributor, ...]:
    """The people whom the main page names, else those of the first page, where no other page names others."""
    if main.front.author:
        return _of_rows(main.front.author)
    found = [_of_rows(page.front.author) for page in pages if page.front.author]
    names = {frozenset(one.name for one in people_of) for people_of in found}
    return found[0] if len(names) == 1 else ()


def _authors_of(pieces: Sequence[Piece]) -> tuple[Contributor, ...]:
    return tuple(dict.fromkeys(one for piece in pieces for one in piece.contributors if one.role is Role.AUTHOR))


def _of_rows(rows: Sequence[Stretch]) -> tuple[Contributor, ...]:
    """The people of author lines; one that no rule for names reads is a name by its place."""
    found: list[Contributor] = []
    for row in rows:
        if row.words.lower().strip(":") in ("by", "written by", "von", "par", "por"):
            continue
        found += people(row.words) or (Contributor(row.words.removeprefix("by "), Role.AUTHOR),)
    return tuple(dict.fromkeys(found))


def _pieces(main: Page, pages: Sequence[Page], book: Book) -> tuple[Piece, ...]:
    """Where chapters have headers or authors of their own: what each says about itself."""
    by_file = {page.file: page for page in pages if page is not main}
    found: list[Piece] = []
    seen: set[str] = set()
    for index, chapter in enumerate(book.chapters):
        page = by_file.get(chapter.file)
        if page is None or page.file in seen:
            continue
        seen.add(page.file)
        bylined = any(isinstance(block, Byline) for block in chapter.blocks)
        if not page.front.fields and not bylined:
            continue
        own, _ = header.interpret(page.front.fields)
        people_of = (*_of_rows(page.front.author), *own.contributors)
        found.append(
            Piece(
                chapter=index,
                title=plain(chapter.title) or plain(book.title),
                contributors=tuple(dict.fromkeys(people_of)),
                written=own.written,
                published=own.published,
                source=own.source,
                source_url=own.source_url,
                statements=own.statements,
                fields=own.fields,
            )
        )
    return tuple(found)


def _is_anthology(main: Page, pages: Sequence[Page], book: Book) -> bool:
    """Some chapter names another author, or several pages say differently where they come from."""
    if any(isinstance(block, Byline) for chapter in book.chapters for block in chapter.blocks):
        return True
    telling = {Key.SOURCE, Key.FIRST_PUBLISHED, Key.PUBLISHED, Key.WRITTEN, Key.TRANSLATED, *header.RIGHTS}
    said = [
        tuple((f.label, f.value) for f in page.front.fields if telling.intersection(keys(f.key)))
        for page in pages
        if page is not main
    ]
    return len({one for one in said if one}) > 1


def _short_title(title: str) -> str | None:
    if len(title) <= _SHORT_TITLE:
        return title or None
    return f"{title[:_SHORT_TITLE].rsplit(' ', 1)[0].rstrip(' ,;:')} …"

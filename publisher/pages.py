# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its pages, in reading order: title page, chapters, notes, credits, licence text.

EPUB writes one file a page; PDF sets the pages one after the other. Both take the same pages; only the way
that a link is written differs. Contents lists are made by the writers, which know their own page numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Literal, TypeAlias

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from publisher.credits import credits as credits_chapter
from publisher.document import Apparatus, Chapter, Inlines, LineBreak, Part, Section, heading_text, plain
from publisher.edition import Edition
from publisher.html import NOTES_PAGE, VARIANTS_PAGE, Href, Renderer, Uses, is_capitals
from publisher.licences.texts import load
from publisher.metadata.model import Role
from publisher.names import Names, names, sections as section_names
from publisher.templating import language_attributes, render
from publisher.wording import Wording, wording

PageKind: TypeAlias = Literal["title", "part", "chapter", "notes", "credits", "licence"]


class Heading(Struct, frozen=True):
    """An entry of the table of contents: plain title, the id it points to, and what stands below it."""

    title: str
    id: str
    below: tuple[Heading, ...] = ()


class Page(Struct, frozen=True):
    """One page: `name` is unique in the book ("the-mill"), `body` is XHTML, `type` its epub:type.

    `depth` counts the parts that a part or chapter stands in. `heading` is None where the page has no entry in the
    contents. `headline` is the plain heading without its number, empty where its lines are given or none is printed.
    """

    name: str
    kind: PageKind
    type: str
    title: str
    body: str
    language: str
    heading: Heading | None
    depth: int = 0
    headline: str = ""


class Counts(Struct):
    """How far the text has come: the names that are left, and the number of the next chapter."""

    names: Iterator[str]
    chapter: int = 1


# The credits and the enclosed licences are in English, whatever the text's language.
ADDED_LANGUAGE = "en"
# Words of the structure vocabulary (https://www.w3.org/TR/epub-ssv-11/); a licence text has none of its own.
ADDED_TYPES: dict[PageKind, str] = {"credits": "copyright-page", "licence": "appendix"}


def pages(
    edition: Edition, href: Href, pictures: Mapping[str, str] = MappingProxyType({}), *, ebook: bool = False
) -> tuple[Page, ...]:
    """All pages; `href` writes a link from a page's name and an id on it, `pictures` says where each file lies.

    Those of an `ebook` have an id on each block of the text, and notes as reading systems look for them.
    """
    words, found = wording(edition.language), names(edition.book)
    drawings = frozenset(file for file, picture in edition.pictures.items() if picture.clear)
    uses = Uses(ebook=ebook, marks=edition.pages == "source", drawings=drawings)
    renderer = Renderer(href, words, pictures, found, uses)
    # The notes come after all text, because their back-links must know every call.
    made = (
        _title_page(edition, renderer, words),
        *_contents(edition, renderer, found),
        *_notes(edition, renderer, words),
        *_added(edition, renderer),
    )
    return tuple(replace(page, body=renderer.settled(page.body)) for page in made)


def _title_page(edition: Edition, renderer: Renderer, words: Wording) -> Page:
    book, metadata = edition.book, edition.metadata
    renderer.begin("title", 1, book.chapters[0])
    body = render(
        "title.xhtml.jinja",
        authors=metadata.names(Role.AUTHOR),
        title=Markup(renderer.inlines(book.title)),
        capitals=is_capitals(plain(book.title)),
        subtitle=Markup(renderer.inlines(book.subtitle)),
        contributors=_contributors(edition, words),
        publisher=metadata.publisher,
        words_language=language_attributes(words.language, edition.language),
    )
    title = plain(book.title)
    return Page("title", "title", "titlepage", title, body, edition.language, None, headline=headline(book.title))


def _contributors(edition: Edition, words: Wording) -> list[str]:
    """The title page's lines on who brought the text to its readers ("Translated by Yuri Sdobnikov")."""
    phrases = {Role.TRANSLATOR: words.translated, Role.EDITOR: words.edited, Role.INTRODUCTION: words.introduced}
    named = {role: ", ".join(edition.metadata.names(role)) for role in phrases}
    return [phrases[role].format(names) for role, names in named.items() if names]


def _contents(edition: Edition, renderer: Renderer, found: Names) -> Iterator[Page]:
    return _items(edition, renderer, edition.book.contents, 0, Counts(iter(found.pages)))


def _items(
    edition: Edition, renderer: Renderer, items: Iterable[Part | Chapter], depth: int, counts: Counts
) -> Iterator[Page]:
    for item in items:
        name = next(counts.names)
        if isinstance(item, Part):
            yield _part(edition, renderer, item, name, counts.chapter, depth)
            yield from _items(edition, renderer, item.contents, depth + 1, counts)
        else:
            yield _chapter(edition, renderer, item, name, counts.chapter, depth)
            counts.chapter += 1


def _part(edition: Edition, renderer: Renderer, part: Part, name: str, first_chapter: int, depth: int) -> Page:
    """The page that opens a part; note calls in its title and text count among its first chapter's notes."""
    title = heading_text(part.number, part.title)
    if part.chapters:
        renderer.begin(name, first_chapter, part.chapters[0])
    body = render(
        "section.xhtml.jinja",
        id=name,
        kind="part",
        type="part",
        title=title,
        heading=_heading(renderer, part.number, part.title),
        level=min(depth + 1, 6),
        capitals=is_capitals(plain(part.title)),
        content=Markup(renderer.text(part.blocks)),
        language="",
    )
    entry = Heading(title, name)
    return Page(name, "part", "part", title, body, edition.language, entry, depth, headline=headline(part.title))


def _chapter(edition: Edition, renderer: Renderer, chapter: Chapter, name: str, number: int, depth: int) -> Page:
    renderer.begin(name, number, chapter)
    title = heading_text(chapter.number, chapter.title) or plain(edition.book.title)
    body = render(
        "section.xhtml.jinja",
        id=name,
        kind="chapter",
        type=chapter.kind,
        title=title,
        heading=_heading(renderer, chapter.number, chapter.title),
        level=min(depth + 1, 6),
        capitals=is_capitals(plain(chapter.title)),
        content=_content(renderer, chapter, name, depth + 2),
        language="",
    )
    entry = Heading(title, name, _entries(chapter.sections, name))
    return Page(
        name, "chapter", chapter.kind, title, body, edition.language, entry, depth, headline=headline(chapter.title)
    )


def _notes(edition: Edition, renderer: Renderer, words: Wording) -> Iterator[Page]:
    """The notes of all chapters, and apart from them the variant readings."""
    apparatuses: dict[Apparatus, tuple[str, str]] = {
        "notes": (NOTES_PAGE, words.notes),
        "variants": (VARIANTS_PAGE, words.variants),
    }
    for apparatus, (name, title) in apparatuses.items():
        if groups := list(_note_groups(edition, renderer, name, apparatus)):
            words_language = language_attributes(words.language, edition.language)
            body = render("notes.xhtml.jinja", id=name, title=title, groups=groups, words_language=words_language)
            yield Page(name, "notes", "endnotes", title, body, edition.language, Heading(title, name))


def _note_groups(edition: Edition, renderer: Renderer, page: str, apparatus: Apparatus) -> Iterator[dict[str, object]]:
    for number, chapter in enumerate(edition.book.chapters, 1):
        if any(note.apparatus == apparatus for note in chapter.notes):
            renderer.begin(page, number, chapter)
            title = heading_text(chapter.number, chapter.title) or plain(edition.book.title)
            notes = Markup(renderer.notes(apparatus))
            yield {"title": title, "capitals": is_capitals(title), "notes": notes}


def _added(edition: Edition, renderer: Renderer) -> Iterator[Page]:
    """What the publisher adds to the text: credits and, where it must travel with the work, the licence."""
    yield _added_page(edition, renderer, "credits", "credits", credits_chapter(edition))
    if edition.licence.text:
        name = "licence-" + edition.licence.text.lower().replace(".", "-")
        yield _added_page(edition, renderer, "licence", name, load(edition.licence.text))


def _added_page(edition: Edition, renderer: Renderer, kind: PageKind, name: str, chapter: Chapter) -> Page:
    renderer.begin(name, 0, chapter)
    title, type_ = plain(chapter.title), ADDED_TYPES[kind]
    body = render(
        "section.xhtml.jinja",
        id=name,
        kind=kind,
        type=type_,
        title=title,
        heading=_heading(renderer, "", chapter.title),
        level=1,
        capitals=False,
        content=_content(renderer, chapter, name, 2),
        language=language_attributes(ADDED_LANGUAGE, edition.language),
    )
    return Page(name, kind, type_, title, body, ADDED_LANGUAGE, Heading(title, name))


def _content(renderer: Renderer, chapter: Chapter, name: str, level: int) -> Markup:
    blocks, sections = renderer.text(chapter.blocks), renderer.sections(chapter.sections, name, level)
    return Markup("\n".join(filter(None, (blocks, sections))))


def _entries(sections: Sequence[Section], prefix: str) -> tuple[Heading, ...]:
    """The contents' entries for sections, with the ids that Renderer.sections gives them."""
    return tuple(chain.from_iterable(map(_entry, sections, section_names(sections, prefix))))


def _entry(section: Section, id_: str) -> tuple[Heading, ...]:
    """A section's entry; of one without words to show, those of what is inside it."""
    below, title = _entries(section.sections, id_), plain(section.title)
    return (Heading(title, id_, below),) if title else below


def headline(title: Inlines) -> str:
    """A heading's words where they may be divided into lines at will, else nothing."""
    return "" if any(isinstance(inline, LineBreak) for inline in title) else plain(title)


def _heading(renderer: Renderer, number: str, title: Inlines) -> Markup:
    """The lines of a heading as they are printed, the number apart from the title."""
    words = Markup(renderer.inlines(title))
    if not number or not words:
        return words or Markup.escape(number)
    return Markup('<span class="number">{}</span> <span class="title">{}</span>').format(number, words)

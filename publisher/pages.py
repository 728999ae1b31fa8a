# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its pages, in reading order: title page, chapters, notes, credits, licence text.

EPUB writes one file a page; PDF sets the pages one after the other. Both take the same pages; only the way
that a link is written differs. Contents lists are made by the writers, which know their own page numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Literal, TypeAlias

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from publisher.credits import credits as credits_chapter, language as credits_language
from publisher.document import Apparatus, Chapter, Inlines, LineBreak, Part, Section, Text, heading_text, plain
from publisher.edition import Edition
from publisher.footing import NotePlan
from publisher.html import NOTES_PAGE, VARIANTS_PAGE, Href, Renderer, Uses, is_capitals
from publisher.licences.texts import load
from publisher.metadata.model import Role
from publisher.names import Names, names, sections as section_names
from publisher.templating import language_attributes, render
from publisher.wording import Wording, wording

PageKind: TypeAlias = Literal["title", "part", "chapter", "notes", "credits", "licence"]

# How many titles begin, in the languages of the credits: "Chapter IV:", "Глава 2."
_COUNT = re.compile(
    r"(?i)((?:chapter|book|part|volume|letter|lecture|act|scene|section|kapitel|buch|teil|band|brief|akt|abschnitt"
    r"|chapitre|livre|partie|tome|lettre|acte|cap[ií]tulo|libro|parte|carta|acto|capitolo|lettera|atto"
    r"|глава|книга|часть|том|письмо|действие)\s+(?:\d{1,3}|[ivxlc]{1,8})[.:)]?(?:\s*[—–-])?)\s+"
)


class Heading(Struct, frozen=True):
    """An entry of the table of contents: plain title, the id it points to, and what stands below it."""

    title: str
    id: str
    below: tuple[Heading, ...] = ()


class Page(Struct, frozen=True):
    """One page: `name` is unique in the book ("the-mill"), `body` is XHTML, `type` its epub:type.

    `depth` counts the parts that a part or chapter stands in. `heading` is None where the page has no entry in the
    contents. `capitals` says that its heading, number aside, is in capitals alone and that its lines are not given.
    """

    name: str
    kind: PageKind
    type: str
    title: str
    body: str
    language: str
    heading: Heading | None
    depth: int = 0
    capitals: bool = False


# The enclosed licences are in English, whatever the text's language.
LICENCE_LANGUAGE = "en"
# Words of the structure vocabulary (https://www.w3.org/TR/epub-ssv-11/); a licence text has none of its own.
ADDED_TYPES: dict[PageKind, str] = {"credits": "copyright-page", "licence": "appendix"}


# Where an EPUB has its notes: readers show them wherever they are called.
ENDNOTES = NotePlan()


def pages(
    edition: Edition,
    href: Href,
    pictures: Mapping[str, str] = MappingProxyType({}),
    plan: NotePlan = ENDNOTES,
    *,
    ebook: bool = False,
    room: float = 1,
) -> tuple[Page, ...]:
    """All pages; `href` writes a link from a page's name and an id on it, `pictures` says where each file lies.

    Those of an `ebook` have an id on each block of the text, and notes as reading systems look for them. `room` is what
    a table has, compared with a page of 66 characters a line.
    """
    words, found = wording(edition.language), names(edition.book)
    drawings = frozenset(file for file, picture in edition.pictures.items() if picture.clear)
    marks = ebook and edition.pages == "source"
    uses = Uses(ebook=ebook, marks=marks, drawings=drawings, notes=plan, room=room)
    renderer = Renderer(href, edition.language, pictures, found, uses)
    # The notes come after all text, because their back-links must know every call.
    made = (
        _title_page(edition, renderer, words),
        *_Body(edition, renderer, found, plan).pages(edition.book.contents, 0, 1),
        *(() if plan.place == "chapter" else _notes(edition, renderer, words)),
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
        foot=Markup(renderer.foot()),
    )
    title = plain(book.title)
    return Page("title", "title", "titlepage", title, body, edition.language, None)


def _contributors(edition: Edition, words: Wording) -> list[str]:
    """The title page's lines on who brought the text to its readers ("Translated by Yuri Sdobnikov")."""
    phrases = {Role.TRANSLATOR: words.translated, Role.EDITOR: words.edited, Role.INTRODUCTION: words.introduced}
    named = {role: words.comma.join(edition.metadata.names(role)) for role in phrases}
    return [phrases[role].format(names) for role, names in named.items() if names]


class _Body:
    """The pages of parts and chapters, which are counted as they come."""

    def __init__(self, edition: Edition, renderer: Renderer, found: Names, plan: NotePlan) -> None:
        self._edition = edition
        self._renderer = renderer
        self._plan = plan
        self._names = iter(found.pages)
        self._number = 1

    def pages(self, items: Iterable[Part | Chapter], depth: int, level: int) -> Iterator[Page]:
        """Pages with headings from `level` on, which have no gaps where parts lack a heading."""
        for item in items:
            if isinstance(item, Part):
                yield self._part(item, next(self._names), depth, level)
                below = level + 1 if item.number or item.title else level
                yield from self.pages(item.contents, depth + 1, below)
            else:
                yield self._chapter(item, next(self._names), depth, level)
                self._number += 1

    def _part(self, part: Part, name: str, depth: int, level: int) -> Page:
        """The page that opens a part; note calls in its title and text count among its first chapter's notes."""
        title = heading_text(part.number, part.title)
        if part.chapters:
            self._renderer.begin(name, self._number, part.chapters[0])
        heading = _heading(self._renderer, part.number, part.title)
        content = self._renderer.text(part.blocks)
        body = render(
            "section.xhtml.jinja",
            id=name,
            kind="part",
            type="part",
            title=title,
            heading=heading,
            level=min(level, 6),
            capitals=is_capitals(plain(part.title)),
            content=_joined(content, self._renderer.foot()),
            language="",
        )
        language, entry = self._edition.language, Heading(title, name)
        return Page(name, "part", "part", title, body, language, entry, depth, _is_in_capitals(part.title))

    def _chapter(self, chapter: Chapter, name: str, depth: int, level: int) -> Page:
        renderer = self._renderer
        renderer.begin(name, self._number, chapter)
        title = heading_text(chapter.number, chapter.title) or plain(self._edition.book.title)
        heading = _heading(renderer, chapter.number, chapter.title)
        # The book's own title is above the sections of a chapter without one.
        content = _content(renderer, chapter, name, level + 1 if heading else max(level, 2))
        if self._plan.place == "chapter":
            content = _joined(content, *self._notes(name, level + 1))
        body = render(
            "section.xhtml.jinja",
            id=name,
            kind="chapter",
            type=chapter.kind,
            title=title,
            heading=heading,
            level=min(level, 6),
            capitals=is_capitals(plain(chapter.title)),
            content=_joined(content, renderer.foot()),
            language="",
        )
        entry = Heading(title, name, _entries(chapter.sections, name))
        language, capitals = self._edition.language, _is_in_capitals(chapter.title)
        return Page(name, "chapter", chapter.kind, title, body, language, entry, depth, capitals)

    def _notes(self, chapter: str, level: int) -> Iterator[str]:
        """The notes of a chapter at its end."""
        for apparatus, (name, title) in _apparatuses(wording(self._edition.language)).items():
            if notes := self._renderer.notes(apparatus):
                groups = [{"notes": Markup(notes)}]
                yield _notes_section(self._edition, f"{name}_{chapter}", title, groups, level=min(level, 6))


def _apparatuses(words: Wording) -> dict[Apparatus, tuple[str, str]]:
    """The names and titles of both kinds of notes."""
    return {"notes": (NOTES_PAGE, words.notes), "variants": (VARIANTS_PAGE, words.variants)}


def _notes(edition: Edition, renderer: Renderer, words: Wording) -> Iterator[Page]:
    """The endnotes of all chapters, and apart from them the variant readings."""
    for apparatus, (name, title) in _apparatuses(words).items():
        if groups := list(_note_groups(edition, renderer, name, apparatus)):
            body = _notes_section(edition, name, title, groups)
            yield Page(name, "notes", "endnotes", title, body, edition.language, Heading(title, name))


def _notes_section(
    edition: Edition, name: str, title: str, groups: Sequence[Mapping[str, object]], level: int = 1
) -> str:
    language = language_attributes(wording(edition.language).language, edition.language)
    return render("notes.xhtml.jinja", id=name, title=title, groups=groups, level=level, words_language=language)


def _note_groups(edition: Edition, renderer: Renderer, page: str, apparatus: Apparatus) -> Iterator[dict[str, object]]:
    for number, chapter in enumerate(edition.book.chapters, 1):
        if any(note.apparatus == apparatus for note in chapter.notes):
            renderer.begin(page, number, chapter)
            title = heading_text(chapter.number, chapter.title) or plain(edition.book.title)
            if notes := renderer.notes(apparatus):
                yield {"title": title, "capitals": is_capitals(title), "notes": Markup(notes)}


def _added(edition: Edition, renderer: Renderer) -> Iterator[Page]:
    """What the publisher adds to the text: credits and, where it must travel with the work, the licence."""
    yield _added_page(edition, renderer, "credits", "credits", credits_chapter(edition), credits_language(edition))
    if edition.licence.text:
        name = "licence-" + edition.licence.text.lower().replace(".", "-")
        yield _added_page(edition, renderer, "licence", name, load(edition.licence.text), LICENCE_LANGUAGE)


def _added_page(
    edition: Edition, renderer: Renderer, kind: PageKind, name: str, chapter: Chapter, language: str
) -> Page:
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
        language=language_attributes(language, edition.language),
    )
    return Page(name, kind, type_, title, body, language, Heading(title, name))


def _content(renderer: Renderer, chapter: Chapter, name: str, level: int) -> Markup:
    blocks, sections = renderer.text(chapter.blocks), renderer.sections(chapter.sections, name, level)
    return Markup("\n".join(filter(None, (blocks, sections))))


def _joined(*parts: str) -> Markup:
    """What stands one below the other in a section."""
    return Markup("\n".join(filter(None, parts)))


def _entries(sections: Sequence[Section], prefix: str) -> tuple[Heading, ...]:
    """The contents' entries for sections, with the ids that Renderer.sections gives them."""
    return tuple(chain.from_iterable(map(_entry, sections, section_names(sections, prefix))))


def _entry(section: Section, id_: str) -> tuple[Heading, ...]:
    """A section's entry; of one without words to show, those of what is inside it."""
    below, title = _entries(section.sections, id_), plain(section.title)
    return (Heading(title, id_, below),) if title else below


def _is_in_capitals(title: Inlines) -> bool:
    """Whether a heading is in capitals alone, and its words may be divided into lines at will."""
    return not any(isinstance(inline, LineBreak) for inline in title) and is_capitals(plain(title))


def _heading(renderer: Renderer, number: str, title: Inlines) -> Markup:
    """The lines of a heading as they are printed, the number apart from the title."""
    kind = "number"
    if not number:
        number, title = _counted(title)
        kind = "number run-in"
    words = Markup(renderer.inlines(title))
    if not number or not words:
        return words or Markup.escape(number)
    return Markup('<span class="{}">{}</span> <span class="title">{}</span>').format(kind, number, words)


def _counted(title: Inlines) -> tuple[str, Inlines]:
    """The count that a title begins with ("CHAPTER 3. The Inn"), and the rest; no count where either is missing."""
    first = title[0] if title else None
    if not isinstance(first, Text) or not (count := _COUNT.match(first.text)):
        return "", title
    rest = first.text[count.end() :]
    # "Book I have read" is no first book.
    goes_on = count[1][-1].isalnum() and rest[:1].islower()
    return ("", title) if goes_on or not (rest or len(title) > 1) else (count[1], (Text(rest), *title[1:]))

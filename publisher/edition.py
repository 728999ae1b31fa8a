# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work ready to be written: the text, what is known about it, its licence and how it is to look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field

from publisher.accessibility.model import Accessibility
from publisher.characters import printable
from publisher.document import Book, plain
from publisher.errors import Problem
from publisher.imposition.options import BookletOptions
from publisher.layout import PageStart
from publisher.licences.model import Licence
from publisher.metadata.model import Metadata, Role
from publisher.pictures import Picture

NotePlace: TypeAlias = Literal["end", "chapter", "page"]
"""Where the notes of a printed book stand: all together, behind each chapter, at the foot of pages."""
Paging: TypeAlias = Literal["pdf", "source", "none"]


class Style(Struct, frozen=True):
    """A style sheet of the work's own: its rules for the text, those for heads and folios, the pictures in them."""

    text: str = ""
    furniture: str = ""
    pictures: tuple[Picture, ...] = ()


class Attachment(Struct, frozen=True):
    """A file that an edition was made from, as it travels with the edition: its name there, and its bytes."""

    name: str
    data: bytes


class Edition(Struct, frozen=True, kw_only=True):
    """Everything that goes into the outputs; writers are pure functions of it.

    `identifier` is a URN or URL, `modified` seconds since 1970 (UTC), `paper` a name in papers.py, `theme` one in
    themes.py, `leading` the distance of lines in points where it is not the theme's, `fit` asks for such a one where it
    saves a sheet, `language` a BCP 47 tag ("und" where nothing says which). `notes` says where the printed book has its
    notes. `pictures` are known by their files; `style` is added to the theme's in print; `attachments` are what a PDF
    carries within itself; `cover` is the work's own picture for it, `cover_qr` asks for a code with the link to the
    source on it. `pages` says whose page numbers an e-book has: the PDF's, those of the print that the source marks, or
    none. With `embed_fonts` it brings its typeface.
    """

    book: Book
    metadata: Metadata
    licence: Licence
    slug: str
    identifier: str
    language: str
    modified: int
    paper: str
    theme: str
    leading: float | None = None
    fit: bool = False
    notes: NotePlace = "end"
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    style: Style = Style()
    attachments: tuple[Attachment, ...] = ()
    booklet: BookletOptions = field(default_factory=BookletOptions)
    cover: Picture | None = None
    cover_qr: bool = False
    pages: Paging = "none"
    embed_fonts: bool = False

    @property
    def title(self) -> str:
        """The title as a catalogue has it: plain, on one line."""
        return printable(self.metadata.title or plain(self.book.title))

    @property
    def subtitle(self) -> str:
        """The subtitle in the same form, empty where there is none."""
        return printable(self.metadata.subtitle or plain(self.book.subtitle))

    @property
    def authors(self) -> str:
        """The authors' names on one line."""
        return printable(", ".join(self.metadata.names(Role.AUTHOR)))


class Flaw(Struct, frozen=True, order=True):
    """A place in a PDF that a typographer would mend: a code of codes.py, the page, the line on it, its words.

    Pages and lines count from 1; `detail` is a measure, in words or figures.
    """

    code: str
    page: int
    line: int
    words: str
    detail: str = ""


class Output(Struct, frozen=True):
    """A file to write: its name in the output folder, its format's name, its bytes.

    `pages` counts the pages of a PDF as they lie in the file: for a booklet, the sides of its sheets. `blanks` are
    the empty pages that fill its last sheet, `flaws` what a typographer would mend, `lengths` the pages that a PDF
    should have with other distances of lines (in points). `note` says in a few words what to know of it, `advice`
    in whole lines, `details` the same for scripts. `problems` are doubts about the output that do not keep it from
    being written. `starts` says where in the text the pages of the PDF begin, `accessibility` what was found out
    about an e-book.
    """

    path: str
    format: str
    data: bytes
    pages: int | None = None
    sheets: int | None = None
    blanks: int | None = None
    note: str = ""
    advice: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    lengths: tuple[tuple[float, int], ...] = ()
    starts: tuple[PageStart, ...] = ()
    accessibility: Accessibility | None = None

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finished files against the book: every word, every note and every call stands in the EPUB and in the PDF.

An EPUB's pages are read from the file as text between tags. A PDF's are read back through PDFium
(https://pypdfium2.readthedocs.io), without the margins, in which running heads and folios stand; a hyphen at the end of
a line belongs to the line, not to the word. Ligatures and the like are compared by what they stand for (NFKC).
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from html import unescape

from publisher.checks.streams import Stretch, note_runs, shown, stretches, words
from publisher.document import Apparatus
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.html import NOTES_PAGE, VARIANTS_PAGE
from publisher.papers import PAPERS, POINTS_PER_MM

# The characters of a difference that are shown; no more differences than these are reported.
SHOWN, MOST = 60, 5
# What pages add to the words: links back from notes, and what is said of a note that nothing calls.
_ADDED = re.compile(r'\N{NO-BREAK SPACE}?<a class="backlink"[^>]*>[^<]*</a>| ?<span class="uncalled"[^>]*>[^<]*</span>')
_NOTES_HEAD = re.compile(r"<h[12][^>]*>.*?</h[12]>")
_NOTE = re.compile(r'<li id="note-(\d+)-(\d+)"')
# Elements inside a line; all others, and the parts of a heading, stand on lines of their own.
_PART_OF_HEAD = re.compile(r'<span class="(?:number|title)">')
_INLINE = re.compile(r"</?(?:a|em|i|b|strong|span|sup|sub|del|ins|code|img)(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")
# A hyphen that the line's end has made: U+2010 is what WeasyPrint sets, U+FFFE and U+0002 what PDFium makes of it.
_HYPHENS = re.compile("[\\s\u00ad\u2010\ufffe\x02-]")
# What stands between two paragraphs of a page: the numbers or bullets of items, which follow their list.
_ITEM = re.compile(r"(?:\d{1,9}\.|[•◦▪])*")
_INCHES = 2


def epub(edition: Edition, data: bytes) -> list[Problem]:
    """What differs between an edition and its finished EPUB."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")}
    found = {name: _words(_body(page)) for name, page in pages.items()}
    for page in (NOTES_PAGE, VARIANTS_PAGE):
        found.update(_notes(pages.get(f"EPUB/{page}.xhtml", "")))
    wanted = {f"EPUB/{name}.xhtml": text for name, text in _wanted(edition)} | dict(_wanted_notes(edition))
    different = [name for name, text in wanted.items() if found.get(name, "") != text]
    return [_epub_problem(edition, name, wanted[name], found.get(name, "")) for name in different[:MOST]]


def _wanted(edition: Edition) -> Iterator[tuple[str, str]]:
    """The pages of parts and chapters, and the words of each."""
    parts = chapters = 0
    for stretch in stretches(edition.book):
        match stretch.kind:
            case "part":
                parts += 1
                name = f"part-{parts}"
            case "chapter":
                chapters += 1
                name = f"chapter-{chapters}"
            case _:
                continue
        yield name, " ".join(filter(None, _shown(stretch, edition)))


def _shown(stretch: Stretch, edition: Edition) -> Iterator[str]:
    return (shown(run, stretch.notes, edition.pictures) for run in stretch.runs)


def _wanted_notes(edition: Edition) -> Iterator[tuple[str, str]]:
    """Each note, its label first."""
    for number, chapter in enumerate(edition.book.chapters, 1):
        for index, note in enumerate(chapter.notes, 1):
            runs = (shown(run, chapter.notes, edition.pictures) for run in note_runs(note))
            yield f"note {number}-{index}", " ".join(filter(None, (words(note.label), *runs)))


def _body(page: str) -> str:
    return page[page.index("<body>") :]


def _words(markup: str) -> str:
    """The words between tags; elements that stand on lines of their own are parted by a space."""
    lines = _INLINE.sub("", _PART_OF_HEAD.sub("<br/>", markup))
    return words(unescape(_TAG.sub(" ", lines)))


def _notes(page: str) -> Iterator[tuple[str, str]]:
    """The words of each note of a page of notes, by its place."""
    _, *pieces = _NOTE.split(_NOTES_HEAD.sub("", _ADDED.sub("", page)))
    for chapter, number, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        yield f"note {chapter}-{number}", _words(f"<li{text}")


def _epub_problem(edition: Edition, name: str, wanted: str, found: str) -> Problem:
    length = next(
        (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found))
    )
    start = max(0, length - SHOWN // 3)
    message = f'{name} has "{found[start : length + SHOWN]}" for "{wanted[start : length + SHOWN]}"'
    return Problem("F003", message, Location(f"{edition.slug}.epub"))


def pdf(edition: Edition, data: bytes) -> list[Problem]:
    """What differs between an edition and its finished PDF, from the first run on that is not in its place."""
    text = _Pages(data, edition.paper)
    problems: list[Problem] = []
    for stretch in stretches(edition.book):
        shown_runs = list(_shown(stretch, edition))
        # A heading stands in the contents list, too: with the first words below it only in its place.
        lead = "".join(shown_runs[: stretch.heads + 1])
        rest = [lead, *shown_runs[stretch.heads + 1 :]]
        for number, run in enumerate(filter(None, rest)):
            if not text.take(run, anywhere=number == 0):
                problems.append(text.problem(edition, run))
    problems += [text.problem(edition, run) for run in _noted(edition) if not text.take(run, anywhere=True)]
    return problems[:MOST]


def _noted(edition: Edition) -> Iterator[str]:
    """The paragraphs of all notes, as they follow one another on paper: variant readings come last."""
    apparatuses: tuple[Apparatus, ...] = ("notes", "variants")
    for apparatus in apparatuses:
        for chapter in edition.book.chapters:
            for note in chapter.notes:
                if note.apparatus == apparatus:
                    texts = (shown(run, chapter.notes, edition.pictures) for run in note_runs(note))
                    yield from filter(None, texts)


class _Pages:
    """The characters of a PDF's pages without spaces and hyphens, and how far they were taken."""

    def __init__(self, data: bytes, paper: str) -> None:
        pages = [_letters(page) for page in _pages(data, paper)]
        self._text = "".join(pages)
        self._starts = [0]
        for page in pages:
            self._starts.append(self._starts[-1] + len(page))
        self._at = 0

    def take(self, run: str, *, anywhere: bool) -> bool:
        """Takes a run that stands next, or where it opens a page or a note, further on."""
        wanted = _letters(run)
        place = self._text.find(wanted, self._at)
        if place < 0 or not (anywhere or _ITEM.fullmatch(self._text, self._at, place)):
            return False
        self._at = place + len(wanted)
        return True

    def problem(self, edition: Edition, run: str) -> Problem:
        page = bisect_left(self._starts, self._at + 1)
        message = f'page {page}: "{self._text[self._at : self._at + SHOWN]}" stands where "{run[:SHOWN]}" is wanted'
        return Problem("F004", message, Location(f"{edition.slug}.pdf"))


def _pages(data: bytes, paper: str) -> Iterator[str]:
    """The text of each page within its margins."""
    import pypdfium2

    top, _, bottom, _ = (margin * POINTS_PER_MM for margin in PAPERS[paper].margins)
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            height = page.get_height()
            yield page.get_textpage().get_text_bounded(bottom=bottom - 2 * _INCHES, top=height - top + _INCHES)
    finally:
        document.close()


def _letters(text: str) -> str:
    """What stays of a text when lines are broken, words divided, ligatures set."""
    return _HYPHENS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finished files against the book: every word, every note and every call stands in the EPUB and in the PDF.

An EPUB's pages are read as XML. A PDF's are read back through PDFium
(https://pypdfium2.readthedocs.io), without the margins, in which running heads and folios stand; a hyphen at the end of
a line belongs to the line, not to the word. Ligatures and the like are compared by what they stand for (NFKC).
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from html import unescape

from lxml import etree

from publisher.checks import feet, page_texts, painted
from publisher.checks.page_texts import Margins, Read
from publisher.checks.streams import Shown, words
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.html import NOTES_PAGE, VARIANTS_PAGE
from publisher.names import page_of
from publisher.papers import POINTS_PER_MM
from publisher.themes import design
from publisher.wording import direction

# So many runs of words must follow those with which a page opens; so many places are tried.
AHEAD, TRIALS = 3, 20_000
# The characters of a difference that are shown; no more differences than these are reported.
SHOWN, MOST = 60, 5
# What a page of notes adds to the words: links back, and what is said of a note that nothing calls.
_ADDED = frozenset({"backlink", "uncalled"})
_XHTML = "{http://www.w3.org/1999/xhtml}"
# A hyphen that the line's end has made: U+2010 is what WeasyPrint sets, U+FFFE and U+0002 what PDFium makes of it.
_HYPHENS = re.compile("[\\s\u00ad\u2010\ufffe\x02-]")
# What stands between two paragraphs of a page: the numbers or bullets of items.
_ITEM = re.compile(r"(?:\d{1,9}\.|[•◦▪])*")
# A line of nothing else. The numbers of a page's items are painted after its text, so that they may stand amid a
# paragraph that goes on overleaf: "The mill was / 1. / 2. / the only room".
_ITEMS = re.compile(r"\s*(?:(?:\d{1,9}\.|[•◦▪])\s*)*")
_TAG = re.compile(rb"<[^<>]*>")
# Points by which letters may stand out of the text block.
_OUT = 2
_NOTES_PAGES = (NOTES_PAGE, VARIANTS_PAGE)
_FOLDER, _ENDING = "EPUB/", ".xhtml"


def epub(edition: Edition, wanted: Shown, data: bytes, _read: object = None) -> list[Problem]:
    """What differs between an edition and its finished EPUB."""
    files = _files(data)
    found = {name: words(" ".join(map(_words, files.get(name, ())))) for name in wanted.pages if name != "title"}
    noted = [page for name in _NOTES_PAGES for page in files.get(name, ())]
    found.update(note for page in noted for note in _notes(page))
    texts = {name: " ".join(filter(None, runs)) for name, (_, runs) in wanted.pages.items() if name != "title"}
    texts |= {key: " ".join(filter(None, runs)) for key, runs in wanted.notes.items()}
    different = [name for name, text in texts.items() if found.get(name, "") != text]
    return [_epub_problem(edition, name, texts[name], found.get(name, "")) for name in different[:MOST]]


def _files(data: bytes) -> dict[str, list[etree._Element]]:
    """The bodies of an EPUB's pages by name; a page may be divided over several files."""
    files = defaultdict(list)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for path in archive.namelist():
            if path.startswith(_FOLDER) and path.endswith(_ENDING):
                name = page_of(path.removeprefix(_FOLDER).removesuffix(_ENDING))
                files[name].append(_body(archive.read(path)))
    return files


def _body(page: bytes) -> etree._Element:
    """The last child of a page's root."""
    return etree.fromstring(page)[-1]


def _words(element: etree._Element) -> str:
    """The words of an element; between two that stand on lines of their own a page has a line break."""
    return words("".join(element.itertext()))


def _notes(body: etree._Element) -> Iterator[tuple[str, str]]:
    """The words of each note of a page of notes, by its id."""
    for added in [element for element in body.iter() if element.get("class") in _ADDED]:
        added.text = None
    for element in body.iter(f"{_XHTML}div"):
        if (key := element.get("id", "")).startswith("note_"):
            yield key, _words(element)


def _epub_problem(edition: Edition, name: str, wanted: str, found: str) -> Problem:
    length = next(
        (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found))
    )
    start = max(0, length - SHOWN // 3)
    message = f'{name} has "{found[start : length + SHOWN]}" for "{wanted[start : length + SHOWN]}"'
    return Problem("F003", message, Location(f"{edition.slug}.epub"))


def pdf(edition: Edition, wanted: Shown, data: bytes, read: Read = page_texts.read) -> list[Problem]:
    """What differs between an edition and its finished PDF, from the first run on that is not in its place."""
    page = design(edition.theme, edition.paper, edition.leading)
    top, _, bottom, _ = (margin * POINTS_PER_MM for margin in page.margins)
    pages = read(data, Margins(top - _OUT, bottom - 2 * _OUT))
    if not (problems := _compare(edition, wanted, pages)):
        return []
    drawn = _drawn(edition)
    problems = min(problems, _compare(edition, wanted, [_plain(page, drawn) for page in pages]), key=len)
    if problems and any(painted.runs_left(run) for run in wanted.runs):
        return _two_ways(edition, wanted, data, pages)
    return problems


def _two_ways(edition: Edition, wanted: Shown, data: bytes, pages: Iterable[str]) -> list[Problem]:
    """What differs in a book with words from right to left: its letters are compared in the order of painting.

    Numbers are not: there must be as many of each figure as the book has, or more, wherever they stand on their line.
    """
    lines = painted.read(data, leftward=direction(edition.language) == "rtl")
    problems = _compare(edition, wanted, lines, _alphabet)
    return problems or list(_lacking(edition, wanted, pages))


def _lacking(edition: Edition, wanted: Shown, pages: Iterable[str]) -> Iterator[Problem]:
    """The letters and figures of which the pages have too few."""
    needed = Counter(character for run in wanted.runs for character in _letters(run) if character.isalnum())
    there = Counter(character for page in pages for character in _letters(page) if character.isalnum())
    if lacking := needed - there:
        some = ", ".join(f"{character} ({count})" for character, count in lacking.most_common(SHOWN // 6))
        yield Problem("F004", f"of these letters the pages have too few: {some}", Location(f"{edition.slug}.pdf"))


def _drawn(edition: Edition) -> frozenset[str]:
    """The words in the drawings of a book."""
    drawings = (picture.data for picture in edition.pictures.values() if picture.media_type == "image/svg+xml")
    texts = (_TAG.sub(b" ", drawing).decode(errors="replace") for drawing in drawings)
    return frozenset(word for text in texts for word in unescape(text).split())


def _plain(page: str, drawn: Collection[str]) -> str:
    """A page without the numbers and bullets, and the words in drawings, that were painted after its text."""
    lines = page.splitlines()
    while lines and (_ITEMS.fullmatch(lines[-1]) or all(word in drawn for word in lines[-1].split())):
        lines.pop()
    return "\n".join(lines)


def _compare(
    edition: Edition, wanted: Shown, pages: Iterable[str], letters: Callable[[str], str] | None = None
) -> list[Problem]:
    """What differs, compared by some letters of each text."""
    letters = letters or _letters
    found = list(map(letters, pages))
    seen: frozenset[str] = frozenset()
    if edition.notes == "page":
        found, seen = feet.take(found, {key: [*map(letters, wanted.notes[key])] for key in wanted.called})
    text = _Pages(found, letters)
    notes = {key: runs for key, (_, *runs) in wanted.notes.items() if key not in seen}
    problems: list[Problem] = []
    for name, (heads, runs) in wanted.pages.items():
        if len(problems) >= MOST:
            break
        # A heading stands in the contents list, too: with the first words below it only in its place.
        first = next((index for index, run in enumerate(runs[heads:], heads) if run), heads)
        lead, *rest = ("".join(runs[: first + 1]), *runs[first + 1 :])
        if lead and not text.open(lead, [run for run in rest if run][:AHEAD]):
            problems.append(text.problem(edition, lead))
        problems += [text.problem(edition, run) for run in rest if run and not text.take(run, anywhere=False)]
        if edition.notes == "chapter":
            mine = [key for key in notes if key.startswith(f"note_{name}_")]
            problems += _compare_notes(edition, [notes.pop(key) for key in mine], text)
    problems += _compare_notes(edition, notes.values(), text)
    return problems[:MOST]


def _compare_notes(edition: Edition, notes: Iterable[Sequence[str]], text: _Pages) -> list[Problem]:
    runs = (run for note in notes for run in note if run)
    return [text.problem(edition, run) for run in runs if not text.take(run, anywhere=True)]


class _Pages:
    """The characters of a PDF's pages without spaces and hyphens, and how far they were taken."""

    def __init__(self, pages: Sequence[str], letters: Callable[[str], str]) -> None:
        """`letters` are what the pages already have, and runs do not: of each text those that are compared."""
        self._letters = letters
        self._text = "".join(pages)
        self._starts = [0]
        for page in pages:
            self._starts.append(self._starts[-1] + len(page))
        self._at = 0

    def open(self, lead: str, following: Sequence[str]) -> bool:
        """Takes the words with which a page of the book opens, where what follows them stands next.

        They may be as short as the first cell of a table, and stand anywhere before.
        """
        begin, wanted = self._at, self._letters(lead)
        place = self._text.find(wanted, begin)
        for _ in range(TRIALS):
            if place < 0:
                break
            self._at = place + len(wanted)
            if all(self.take(run, anywhere=False) for run in following):
                self._at = place + len(wanted)
                return True
            place = self._text.find(wanted, place + 1)
        self._at = begin
        return self.take(lead, anywhere=True)

    def take(self, run: str, *, anywhere: bool) -> bool:
        """Takes a run that stands next, or where it opens a page or a note, further on."""
        wanted = self._letters(run)
        # What is not next may stand behind the repeated head of a table, on the next page at the furthest.
        page = bisect_left(self._starts, self._at)
        end = len(self._text) if anywhere else self._starts[min(page + 1, len(self._starts) - 1)] + len(wanted)
        place = self._text.find(wanted, self._at, end)
        if place < 0 or not (anywhere or _ITEM.fullmatch(self._text, self._at, place) or self._repeats(place)):
            return False
        self._at = place + len(wanted)
        return True

    def _repeats(self, place: int) -> bool:
        """Whether what stands next opens a page and stood on the page before: the head of a table that goes on."""
        page = bisect_left(self._starts, self._at)
        if not 0 < page < len(self._starts) - 1 or self._starts[page] != self._at or place > self._starts[page + 1]:
            return False
        return self._text.find(self._text[self._at : place], self._starts[page - 1], self._at) >= 0

    def problem(self, edition: Edition, run: str) -> Problem:
        page = bisect_left(self._starts, self._at + 1)
        message = f'page {page}: "{self._text[self._at : self._at + SHOWN]}" stands where "{run[:SHOWN]}" is wanted'
        return Problem("F004", message, Location(f"{edition.slug}.pdf"))


def _alphabet(text: str) -> str:
    """The letters of a text, without figures and signs."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha())


def _letters(text: str) -> str:
    """What stays of a text when lines are broken, words divided, ligatures set."""
    return _HYPHENS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))

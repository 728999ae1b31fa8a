# SPDX-License-Identifier: AGPL-3.0-or-later
"""Emendations that were made -> the book's note on the text, with the readings of the transcription.

Each is a paragraph: "Chapter II, p. 41: *quesitons* corrected to *questions*: a misprint".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.document import (
    Block,
    Book,
    Chapter,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    PageMark,
    Paragraph,
    Passage,
    Text,
    heading_text,
    leaves,
    plain,
)
from publisher.metadata.settings import Emendation
from publisher.transforms.emendations import Place
from publisher.transforms.flow import flow
from publisher.tree import Run
from publisher.wording import Wording, primary, wording


class Correction(Struct, frozen=True):
    """An emendation that was made, where, and the new reading as it is printed."""

    entry: Emendation
    places: tuple[Place, ...]
    reading: Inlines


def textual_note(book: Book, runs: Sequence[Run], made: Sequence[Correction], language: str) -> Chapter:
    """The chapter, in the book's language; in English, and marked so, where that language's words are not known."""
    words = wording(language)
    where = _Where(book, runs, words)
    blocks: tuple[Block, ...] = (
        Paragraph((Text(words.emended),)),
        *(Paragraph(tuple(_line(correction, where.named(correction.places), words))) for correction in made),
    )
    title: Inlines = (Text(words.text_note),)
    if words.language != primary(language):
        title, blocks = (Foreign(words.language, title),), (Passage(words.language, blocks),)
    return Chapter(title=title, blocks=blocks, kind="appendix")


def _line(correction: Correction, places: str, words: Wording) -> Iterator[Inline]:
    if places:
        yield Text(f"{places}: ")
    yield Emphasis((Text(" ".join(correction.entry.find.split())),))
    if plain(correction.reading):
        yield Text(f" {words.corrected} ")
        yield Emphasis(correction.reading)
    else:
        yield Text(f" {words.dropped}")
    yield Text(f": {correction.entry.reason}")


class _Where:
    """Says where places stand: in which chapter, where there are several, on which page of the printed edition."""

    def __init__(self, book: Book, runs: Sequence[Run], words: Wording) -> None:
        self._words = words
        self._runs = runs
        self._titles = [heading_text(chapter.number, chapter.title) for chapter in book.chapters]
        self._pages = [_last_page(run.inlines) for run in runs]
        for number in range(1, len(self._pages)):
            self._pages[number] = self._pages[number] or self._pages[number - 1]

    def named(self, places: Sequence[Place]) -> str:
        return "; ".join(dict.fromkeys(filter(None, map(self._name, places))))

    def _name(self, place: Place) -> str:
        run = self._runs[place.run]
        title = self._titles[run.chapter] if len(self._titles) > 1 else ""
        if run.note is not None:
            return ", ".join(filter(None, (title, self._words.note.format(run.note))))
        earlier = self._pages[place.run - 1] if place.run else ""
        page = _last_page(run.inlines, place.start) or earlier
        return ", ".join(filter(None, (title, self._words.page.format(page) if page else "")))


def _last_page(inlines: Inlines, before: int | None = None) -> str:
    """The last page of the printed edition that begins in a run, or before a place in it; empty where none does."""
    page = ""
    at = 0
    for leaf in leaves(inlines):
        if before is not None and at > before:
            break
        if isinstance(leaf, PageMark):
            page = leaf.label
        at += len(flow((leaf,)).text)
    return page

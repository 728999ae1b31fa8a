# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long a text will be in print, reckoned before it is set, and what follows for the use of its pages.

A work of twenty short chapters would waste half its paper if each opened a page; a book whose chapters are long
looks like one only if they do. The reckoning knows lines and characters alone: it chooses, it does not lay out.
"""

from __future__ import annotations

from msgspec import Struct

from publisher.document import Block, Book, Chapter, nested, plain, runs
from publisher.themes import Design

# What has fewer pages of text is folded and stapled: it saves pages that a bound book leaves blank.
SLIM = 64
# What fills less of a page opens none where paper is spared, and neither does what follows it.
SHORT = 0.75
# Notes are set this much smaller, in both directions.
NOTES = 0.82
# The lines that a heading takes with the space around it.
HEADING = 4


class Form(Struct, frozen=True):
    """How a work uses its pages.

    `slim`: there is no half title, contents and imprint share the back of the title page, the credits stand wherever
    there is room. `runs_on`: chapters do not open pages, and a part begins on the page of its first chapter. Where they
    do, those that are `joined`, by their numbers from 0, stand behind the one before: a list of persons wastes no page.
    """

    slim: bool
    runs_on: bool
    joined: frozenset[int] = frozenset()


def form(book: Book, page: Design) -> Form:
    """The form of a book on its pages. A slim work of one chapter has no page to open but its first."""
    lengths = [_lines(chapter, page) for chapter in book.chapters]
    text = sum(lengths) / page.lines
    notes = sum(_note_lines(chapter, page) for chapter in book.chapters) / page.lines
    slim, sparing = text + notes < SLIM, page.theme.title == "head"
    count = len(book.chapters)
    runs_on = slim if count == 1 or (slim and sparing) else text < count * page.theme.short_chapter
    short = {number for number, lines in enumerate(lengths) if lines < SHORT * page.lines} if sparing else set()
    joined = frozenset(number for number in range(1, count) if {number - 1, number} & short)
    return Form(slim=slim or sparing, runs_on=runs_on, joined=joined)


def _lines(chapter: Chapter, page: Design) -> int:
    sections = tuple(nested(chapter.sections))
    blocks = (*chapter.blocks, *(block for section in sections for block in section.blocks))
    return HEADING * (1 + len(sections)) + sum(_block_lines(block, page) for block in blocks)


def _note_lines(chapter: Chapter, page: Design) -> float:
    return NOTES**2 * sum(_block_lines(block, page) for note in chapter.notes for block in note.blocks)


def _block_lines(block: Block, page: Design) -> int:
    return sum(len(plain(run)) // page.measure + 1 for run in runs(block))

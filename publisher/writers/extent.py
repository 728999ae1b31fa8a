# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long a text will be in print, reckoned before it is set, and what follows for the use of its pages.

A pamphlet of twenty short chapters would waste half its paper if each opened a page; a book whose chapters are long
looks like one only if they do. The reckoning knows lines and characters alone: it chooses, it does not lay out.
"""

from __future__ import annotations

from msgspec import Struct

from publisher.document import Block, Book, Chapter, nested, plain, runs
from publisher.papers import Paper

# Chapters of fewer pages than this, on the average, follow one another on the page.
SHORT_CHAPTER = 2
# What has fewer pages of text is folded and stapled: it saves pages that a bound book leaves blank.
PAMPHLET = 64
# Notes are set this much smaller, in both directions.
NOTES = 0.82
# The lines that a heading takes with the space around it.
HEADING = 4


class Form(Struct, frozen=True):
    """How a work uses its pages.

    `pamphlet`: the contents stand on the back of the title page, the credits wherever there is room.
    `runs_on`: chapters do not open pages, and a part begins on the page of its first chapter.
    """

    pamphlet: bool
    runs_on: bool


def form(book: Book, paper: Paper) -> Form:
    """The form of a book on a paper. A pamphlet of one chapter has no page to open but its first."""
    text = sum(_lines(chapter, paper) for chapter in book.chapters) / paper.lines
    notes = sum(_note_lines(chapter, paper) for chapter in book.chapters) / paper.lines
    pamphlet = text + notes < PAMPHLET
    count = len(book.chapters)
    return Form(pamphlet=pamphlet, runs_on=pamphlet if count == 1 else text < count * SHORT_CHAPTER)


def _lines(chapter: Chapter, paper: Paper) -> int:
    sections = tuple(nested(chapter.sections))
    blocks = (*chapter.blocks, *(block for section in sections for block in section.blocks))
    return HEADING * (1 + len(sections)) + sum(_block_lines(block, paper) for block in blocks)


def _note_lines(chapter: Chapter, paper: Paper) -> float:
    return NOTES**2 * sum(_block_lines(block, paper) for note in chapter.notes for block in note.blocks)


def _block_lines(block: Block, paper: Paper) -> int:
    return sum(len(plain(run)) // paper.measure + 1 for run in runs(block))

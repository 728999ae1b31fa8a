# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paragraph of WeasyPrint's boxes -> its lines, which end where justification.py says.

WeasyPrint fills one line after the other and looks neither ahead nor back: words stand far apart, three lines in a row
end in hyphens, words are divided over two pages, a last line holds three letters. CSS has names for the cures
(hyphenate-limit-lines, hyphenate-limit-last, text-wrap: pretty; https://www.w3.org/TR/css-text-4/), but WeasyPrint does
not know them, nor any way in but its own functions. Four are replaced while it lays out; what they get and give is
tested in tests/test_linebreaks.py. Whatever is not plain justified text is left to WeasyPrint: drop initials, words
beside floats, inline blocks, scripts without spaces or from right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any, TypeAlias

from publisher.writers.pdf.filling import fill
from publisher.writers.pdf.paragraph import Line, Paragraph, paragraph

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""

# How often a paragraph is broken anew for the sake of the foot of a page.
TRIALS = 3
# A paragraph of as many lines is never divided: neither page may have one line of it.
UNDIVIDED = 3
# Lines that no page has; what rounding may take from a line.
MANY, ROUNDING = 1_000, 0.01


@dataclass(frozen=True, slots=True)
class Wish:
    """So many lines more than are best, or fewer, on the page of a document with this number (0: on all together)."""

    lines: int = 0
    page: int = 0


NOTHING = Wish()


@contextmanager
def rules(wish: Wish = NOTHING) -> Iterator[None]:
    """Has WeasyPrint compose paragraphs by these rules."""
    from weasyprint.layout import block, inline

    theirs = block.iter_line_boxes, inline.split_inline_box, inline.split_text_box, inline.text_align
    press = _Press(wish, *theirs)
    block.iter_line_boxes, inline.split_inline_box = press.lines, press.split_inline_box
    inline.split_text_box, inline.text_align = press.split_text_box, press.text_align
    try:
        yield
    finally:
        block.iter_line_boxes, inline.split_inline_box, inline.split_text_box, inline.text_align = theirs


@dataclass(frozen=True, slots=True)
class _Now:
    """A line that is being made, the box of its paragraph, and how far its letters may be set apart."""

    line: Line
    box: Theirs
    justified: bool
    tracked: float


class _Press:
    """WeasyPrint's functions, in whose places methods of like names are called."""

    def __init__(
        self, wish: Wish, lines: Theirs, split_inline_box: Theirs, split_text_box: Theirs, text_align: Theirs
    ) -> None:
        self._wanted, self._page, self._counting = wish.lines, wish.page, wish.lines != 0
        self._lines, self._split_inline_box = lines, split_inline_box
        self._split_text_box, self._text_align = split_text_box, text_align
        # What is being made; nothing while WeasyPrint makes a line of its own, in a paragraph or amid one of our lines.
        self._now: _Now | None = None

    def lines(
        self,
        context: Theirs,
        box: Theirs,
        y: float,
        bottom: float,
        skip: Theirs,
        around: Theirs,
        *more: Theirs,
    ) -> Iterator[tuple[Theirs, Theirs]]:
        """In place of iter_line_boxes: each line with where the next one begins."""
        from weasyprint.layout.inline import get_next_linebox

        absolute, fixed, letter, opening = more
        if skip is not None:
            # WeasyPrint would style the first line on each page.
            letter = opening = None
        words = None
        if not letter and not context.excluded_shapes:
            words = paragraph(context, box, opening)
        plan = words and self._plan(words, context, box, y, bottom, skip, around)
        if not words or not plan:
            theirs = self._lines(context, box, y, bottom, skip, around, absolute, fixed, letter, opening)
            while (pair := self._with(None, lambda: next(theirs, None))) is not None:
                yield pair
            return
        for line in plan:
            now = _Now(line, box, words.filling == "justify", words.tracked if opening else 0.0)
            given = context, box, y, bottom, skip, around, absolute, fixed, letter, opening
            made, skip = self._with(now, partial(get_next_linebox, *given))
            opening = None
            box.text_indent = 0
            y = made.position_y + made.height
            yield made, skip

    def _with(self, now: _Now | None, make: Callable[[], Theirs]) -> Theirs:
        """What somebody makes of a line. Lines stand in lines: a label is a block of its own."""
        before, self._now = self._now, now
        try:
            return make()
        finally:
            self._now = before

    def split_inline_box(self, context: Theirs, box: Theirs, x: float, most: float, *more: Theirs) -> Theirs:
        """A line has as much room as it needs: how long it gets is known."""
        return self._split_inline_box(context, box, x, inf if self._now and box is self._now.box else most, *more)

    def split_text_box(
        self,
        context: Theirs,
        box: Theirs,
        width: float | None,
        skip: int,
        is_line_start: bool = True,  # noqa: FBT001, FBT002 (as WeasyPrint calls it)
    ) -> tuple[Theirs, int | None, bool]:
        """Cuts text where the line ends: gives a box, or none, and where its text goes on, in bytes."""
        start = getattr(box, "begins", None)
        if start is None or self._now is None:
            split: tuple[Theirs, int | None, bool] = self._split_text_box(context, box, width, skip, is_line_start)
            return split
        line = self._now.line
        if line.next > start + len(box.text):
            return self._whole(context, box, skip)
        done = len(box.text.encode()[:skip].decode()) if skip else 0
        cut = box.text[done : max(0, line.stop - start)]
        goes_on = len(box.text[: line.next - start].encode())
        if not cut:
            return None, goes_on, False
        if line.end.length:
            cut += box.style["hyphenate_character"]
        made, _, _ = self._split_text_box(context, box.copy_with_text(cut), None, 0)
        return made, goes_on, False

    def _whole(self, context: Theirs, box: Theirs, skip: int) -> tuple[Theirs, int | None, bool]:
        whole: tuple[Theirs, int | None, bool] = self._split_text_box(context, box, None, skip)
        return whole

    def text_align(self, context: Theirs, line: Theirs, width: float, last: bool) -> float:  # noqa: FBT001 (as WeasyPrint calls it)
        """A line gets as long as the others."""
        if self._now is None or not self._now.justified:
            offset: float = self._text_align(context, line, width, last)
            return offset
        if not last or line.width > width:
            fill(context, line, width, self._now.tracked)
        return 0.0

    def _plan(  # noqa: PLR0913, PLR0917 (what `lines` is called with)
        self,
        words: Paragraph,
        context: Theirs,
        box: Theirs,
        y: float,
        bottom: float,
        skip: Theirs,
        around: Theirs,
    ) -> list[Line]:
        """The lines of a paragraph from some place on, as they suit this page."""
        from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
        from weasyprint.text.line_break import strut

        resolve_percentages(box, around)
        box.text_indent = 0
        if skip is None:
            resolve_one_percentage(box, "text_indent", around.width)
            words.anew(wanted=self._counting)
        start = words.place(box, skip)
        room = max(0.0, min((context.page_bottom - bottom - y) / strut(box.style)[0] + ROUNDING, float(MANY)))
        wanted = self._wanted if self._page in {0, context.current_page} else 0
        return self._suited(words, (start, box.text_indent, around.width), int(room), box.style["widows"], wanted)

    def _suited(
        self, words: Paragraph, where: tuple[int, float, float], room: int, widows: int, wanted: int
    ) -> list[Line]:
        """The lines of which no one ends in a hyphen at the foot of a page that has room for so many."""
        lines: list[Line] = []
        for _ in range(TRIALS):
            lines = words.lines(*where, words.more)
            if not words.asked and lines:
                lines = self._counted(words, where, lines, room, wanted)
            foot = _foot(len(lines), room, widows)
            if foot < 0 or not lines[foot].hyphen:
                break
            words.forbid(lines[foot])
        return lines or words.lines(*where, 0)

    def _counted(
        self, words: Paragraph, where: tuple[int, float, float], lines: list[Line], room: int, wanted: int
    ) -> list[Line]:
        """More lines, or fewer, where they are wanted.

        A paragraph of three lines must not leave a page that has room for two: the page would be two lines shorter
        than the one that it faces.
        """
        if len(lines) == UNDIVIDED and room == UNDIVIDED - 1:
            ways = [1, -1]
        else:
            ways = [1 if wanted > 0 else -1] if wanted else []
        for more in ways:
            other = words.lines(*where, more)
            if other and (len(other) - len(lines)) * more > 0:
                words.more, words.asked = more, True
                left = self._wanted - len(other) + len(lines)
                self._wanted = left if left * self._wanted > 0 else 0
                return other
        return lines


def _foot(lines: int, room: int, widows: int) -> int:
    """Which of some lines is the last one on a page that has room for so many; -1 where it holds all or none."""
    return -1 if room >= lines else min(room, lines - widows) - 1

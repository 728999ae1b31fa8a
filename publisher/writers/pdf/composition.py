# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a paragraph -> its lines, with a look back that WeasyPrint does not take.

WeasyPrint fills one line after the other. What a compositor avoids shows only in the lines that follow: a third hyphen
in a row, a hyphen at the foot of a page, a last line of a few letters, a line whose words stand too far apart. Then the
line before gives its last word or the divided half of it to the next one, where that is no worse. CSS Text 4 calls this
hyphenate-limit-lines, hyphenate-limit-last and text-wrap: pretty (https://www.w3.org/TR/css-text-4/).

WeasyPrint has no way in but two private functions, which are replaced here while it lays out; tests/test_composition.py
says what must hold of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

# How many lines in a row may end in hyphens.
HYPHENS = 2
# The letters that the last line of a paragraph has at least.
LAST = 5
# How much wider than it is in the typeface a space may be set, in ems.
LOOSEST = 0.3
# Pixels that are surely too few for what stood at the end of a line.
STEP = 0.5
HYPHEN = ("\N{HYPHEN}", "-")

Box: TypeAlias = Any
"""WeasyPrint's boxes have no types."""


@dataclass(slots=True)
class _Limits:
    """What holds for the line that is being made: whether words are divided, and how many pixels stay empty."""

    divided: bool = True
    narrower: float = 0.0


_limits = _Limits()


@contextmanager
def rules() -> Iterator[None]:
    """Has WeasyPrint compose lines by these rules."""
    from weasyprint.layout import block, inline

    lines, split = block.iter_line_boxes, inline.split_first_line

    def split_within_limits(  # noqa: PLR0913, PLR0917 (as WeasyPrint calls it)
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,  # noqa: ANN401
        is_line_start: bool = True, minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:  # noqa: ANN401
        if max_width is not None:
            max_width -= _limits.narrower
        if not _limits.divided and style["hyphens"] == "auto":
            style = style.copy()
            style["hyphens"] = "manual"
        return split(text, style, context, max_width, justification_spacing, is_line_start, minimum)

    block.iter_line_boxes, inline.split_first_line = compose, split_within_limits
    try:
        yield
    finally:
        block.iter_line_boxes, inline.split_first_line = lines, split


@dataclass(slots=True)
class _Line:
    """A line as it was made, and from where: `hyphens` is how many lines up to it end in one."""

    box: Box
    start: Any
    resume_at: Any
    y: float
    first: bool
    hyphens: int = 0

    @property
    def end(self) -> float:
        return self.y_end

    @property
    def last(self) -> bool:
        return self.resume_at is None

    @property
    def y_end(self) -> float:
        bottom: float = self.box.position_y + self.box.height
        return bottom


def text_boxes(box: Box) -> Iterator[Box]:
    """The boxes of text in a line, in their order."""
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from text_boxes(child)


def looseness(line: Box) -> float:
    """How much wider than in the typeface the spaces of a line are, in ems."""
    for box in text_boxes(line):
        if box.justification_spacing:
            return float(box.justification_spacing / box.style["font_size"])
    return 0.0


def is_divided(line: Box) -> bool:
    """Whether a line ends in a hyphen."""
    *_, last = (None, *text_boxes(line))
    return last is not None and last.text.endswith(HYPHEN)


def letters(line: Box) -> int:
    return sum(character.isalnum() for box in text_boxes(line) for character in box.text)


def compose(*given: Any) -> Iterator[tuple[Box, Any]]:  # noqa: ANN401
    """The lines of a paragraph, each with where the next one begins: in place of WeasyPrint's `iter_line_boxes`."""
    yield from _Paragraph(*given).lines()


class _Paragraph:
    """What WeasyPrint gives to have lines made of, and the lines that may still change."""

    def __init__(  # noqa: PLR0913, PLR0917 (as WeasyPrint calls it)
        self, context: Any, box: Box, position_y: float, bottom_space: float, skip_stack: Any,  # noqa: ANN401
        containing_block: Box, absolute_boxes: list[Box], fixed_boxes: list[Box], first_letter_style: Any,  # noqa: ANN401
        first_line_style: Any,  # noqa: ANN401
    ) -> None:
        from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

        resolve_percentages(box, containing_block)
        if skip_stack is None:
            resolve_one_percentage(box, "text_indent", containing_block.width)
        else:
            box.text_indent = 0
        self.context, self.box, self.y, self.bottom_space = context, box, position_y, bottom_space
        self.start, self.around = skip_stack, containing_block
        self.absolute, self.fixed = absolute_boxes, fixed_boxes
        self.styles = first_letter_style, first_line_style
        self.indent = box.text_indent
        self.window: list[_Line] = []
        self.free = not any(self.styles) and not context.excluded_shapes

    def lines(self) -> Iterator[tuple[Box, Any]]:
        start, y, first = self.start, self.y, True
        while True:
            line = self._make(start, y, first=first)
            if line is None:
                break
            self.window.append(line)
            line.hyphens = self._hyphens(len(self.window) - 1)
            if self.free:
                self._improve()
            line = self.window[-1]
            if line.last:
                break
            start, y, first = line.resume_at, line.end, False
            if len(self.window) > 2:
                done = self.window.pop(0)
                yield done.box, done.resume_at
        yield from ((line.box, line.resume_at) for line in self.window)

    def _make(self, start: Any, y: float, *, first: bool, divided: bool = True, narrower: float = 0.0) -> _Line | None:  # noqa: ANN401
        from weasyprint.layout.inline import get_next_linebox
        from weasyprint.layout.leader import handle_leader

        letter, line_style = self.styles if first else (None, None)
        self.box.text_indent = self.indent if first else 0
        _limits.divided, _limits.narrower = divided, narrower
        try:
            box, resume_at = get_next_linebox(
                self.context, self.box, y, self.bottom_space, start, self.around, self.absolute, self.fixed, letter, line_style
            )
        finally:
            _limits.divided, _limits.narrower = True, 0.0
        if box is None:
            return None
        handle_leader(self.context, box, self.around)
        return _Line(box, start, resume_at, y, first)

    def _hyphens(self, index: int) -> int:
        if not is_divided(self.window[index].box):
            return 0
        return 1 + (self.window[index - 1].hyphens if index else 0)

    def _improve(self) -> None:
        """Mends what the newest line shows."""
        line = self.window[-1]
        if line.hyphens > HYPHENS:
            self._try(len(self.window) - 1, divided=False)
        line = self.window[-1]
        if line.last:
            if len(self.window) > 1 and letters(line.box) < LAST:
                self._shorten(len(self.window) - 2)
        elif looseness(line.box) > LOOSEST:
            for index in range(len(self.window) - 2, -1, -1):
                if self._shorten(index):
                    break
        self._end_page()

    def _end_page(self) -> None:
        """Leaves no divided word at the foot of the page."""
        line = self.window[-1]
        if not self.context.overflows_page(self.bottom_space, line.end):
            return
        index = len(self.window) - (3 if line.last else 2)
        if index >= 0 and self.window[index].hyphens:
            self._try(index, divided=False)

    def _shorten(self, index: int) -> bool:
        """Has a line give its last word to the next."""
        line = self.window[index].box
        spare = sum(box.justification_spacing * box.text.count(" ") for box in text_boxes(line))
        return (is_divided(line) and self._try(index, divided=False)) or (
            bool(spare) and self._try(index, divided=False, narrower=spare + STEP)
        )

    def _try(self, index: int, *, divided: bool, narrower: float = 0.0) -> bool:
        """Makes a line and those after it again; keeps them where they are better."""
        before = self.window
        old = before[index]
        self.window = before[:index]
        line = self._make(old.start, old.y, first=old.first, divided=divided, narrower=narrower)
        while line is not None:
            self.window.append(line)
            line.hyphens = self._hyphens(len(self.window) - 1)
            if line.last or len(self.window) >= len(before):
                break
            line = self._make(line.resume_at, line.end, first=False)
        if line is not None and self._badness(self.window[index:]) < self._badness(before[index:]):
            return True
        self.window = before
        return False

    def _badness(self, lines: list[_Line]) -> tuple[int, float]:
        """How many flaws some lines have, and how loose the loosest is."""
        flaws = 0
        for place, line in enumerate(lines):
            follows = lines[place + 1] if place + 1 < len(lines) else None
            flaws += line.hyphens > HYPHENS
            flaws += not line.last and looseness(line.box) > LOOSEST
            flaws += line.last and letters(line.box) < LAST
            foot = follows is not None and self.context.overflows_page(self.bottom_space, follows.end)
            flaws += bool(line.hyphens) and foot
        return flaws, max(looseness(line.box) for line in lines)

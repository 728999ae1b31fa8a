# SPDX-License-Identifier: AGPL-3.0-or-later
"""A line of WeasyPrint's boxes -> the same as long as the others, by what justification.py allows.

Letters are made wider or narrower when they are painted (painting.py): the boxes are told by how much, and have the
widths that the letters will have.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from publisher.writers.pdf.justification import scale, tracking
from publisher.writers.pdf.measurement import text_boxes

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""


def fill(context: Theirs, line: Theirs, width: float, tracked: float) -> None:
    """Makes a line as long as `width`; its letters may be set apart as far as `tracked`, both in pixels."""
    from weasyprint.layout.inline import count_expandable_spaces, justify_line

    em, spaces = line.style["font_size"], count_expandable_spaces(line)
    letters = sum(sum(map(str.isalnum, box.text)) for box in text_boxes(line))
    if tracked and (apart := tracking(width - line.width, spaces, letters, em, tracked)):
        _change(line, 0.0, lambda box: _set_apart(context, box, apart))
    # What is no text keeps its width: an indent, a label.
    text = float(sum(box.width for box in text_boxes(line)))
    room = width - line.width + text
    scaled = scale(room - text, spaces, em, room)
    justify_line(context, line, room / scaled - text)
    if scaled != 1:
        _change(line, 0.0, lambda box: _scale(box, scaled))


def _change(box: Theirs, moved: float, change: Callable[[Theirs], None]) -> float:
    """Changes all boxes of text in a line, moves what stands behind them, and says how far that was."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

    if isinstance(box, TextBox):
        box.position_x += moved
        before = box.width
        change(box)
        return moved + float(box.width - before)
    if not isinstance(box, (LineBox, InlineBox)):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _change(child, moved, change)
    box.width += moved - before
    return moved


def _set_apart(context: Theirs, box: Theirs, apart: float) -> None:
    from weasyprint.text.line_break import create_layout, line_size

    box.style = box.style.copy()
    spacing = box.style["letter_spacing"]
    box.style["letter_spacing"] = (0.0 if spacing == "normal" else spacing) + apart
    box.pango_layout = create_layout(box.text, box.style, context, None, box.justification_spacing)
    box.width = line_size(box.pango_layout.get_first_line()[0], box.style)[0]
    box.pango_layout.deactivate()


def _scale(box: Theirs, scaled: float) -> None:
    box.scaled = scaled
    box.width *= scaled

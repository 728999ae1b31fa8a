# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a page is the archive's: breadcrumbs, menus, "Top of the page", dates of change, links to other pages.

A box says it by its class, by the form of its words, or by holding nothing but links at one of the page's ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.ledger import Fate
from publisher.readers import furniture
from publisher.readers.hypertext.links import Places, linked, split, unlinked
from publisher.readers.hypertext.model import Box, Stretch, rows
from publisher.readers.lines import Line

_CLASSES = frozenset(
    "toplink updat updated lastupdated breadcrumb breadcrumbs crumb crumbs nav navbar navigation navlinks menu topnav"
    " bottomnav pagenav sitenav doc-toc-link pg-header-nav".split()
)
_FOOTERS = frozenset("footer link linkback bottomlink pied".split())
_SEPARATORS = re.compile(r"[\W_]*(?:\b(?:and|or|to|of|the|next|previous|back)\b[\W_]*)*", re.IGNORECASE)


def line_of(stretch: Stretch, number: int = 0) -> Line:
    """A stretch as the line that a browser shows, for what judges lines."""
    place = stretch.box.at(stretch.start)
    return Line(place.file, number or place.line, stretch.words)


def leave_out(boxes: Sequence[Box], places: Places, *, is_index: bool) -> tuple[str, ...]:
    """Gives navigation its fate; returns the names of the breadcrumb."""
    text = [box for box in boxes if box.fate is None and box.words]
    trail: tuple[str, ...] = ()
    for i, box in enumerate(text):
        if i < 6 and (found := _breadcrumb(box)):
            trail = trail or found
            _leave(box, "breadcrumb")
        elif _is_navigation(box):
            _leave(box, "navigation")
    _from_top(text)
    _from_end(text, places, is_index=is_index)
    return trail


def _leave(box: Box, reason: str) -> None:
    box.fate, box.reason = Fate.NAVIGATION, reason


def _breadcrumb(box: Box) -> tuple[str, ...]:
    lines = rows(box)
    if not lines or box.level in (1, 2) or not all(furniture.is_breadcrumb(line_of(row)) for row in lines):
        return ()
    return tuple(name for row in lines for name in furniture.trail(line_of(row)))


def _is_navigation(box: Box) -> bool:
    """By class or by form, wherever on the page it stands."""
    if box.inside("nav") or (box.named(*_CLASSES) and len(box.text) <= 600):
        return True
    lines = [row.words for row in rows(box)]
    if not lines or not all(furniture.is_navigation(line) for line in lines):
        return False
    return not any("|" in line for line in lines) or all_links(box)


def all_links(box: Box) -> bool:
    """Nothing but links and signs between them, and one of them leaves the page or goes to its top."""
    anchors = list(linked(box))
    if not anchors or not _SEPARATORS.fullmatch(unlinked(box)):
        return False
    return any(split(a.href)[0] or "://" in a.href or split(a.href)[1].lower() in ("top", "") for a in anchors)


def _from_top(text: Sequence[Box]) -> None:
    """Boxes of links above everything else."""
    for box in text[:8]:
        if box.fate is None:
            if not all_links(box) or len(box.words) > 200 or box.level in (1, 2):
                return
            _leave(box, "links above the text")


def _from_end(text: Sequence[Box], places: Places, *, is_index: bool) -> None:
    """Boxes of links, and lines that look like them, below everything else."""
    for i in range(len(text) - 1, 0, -1):
        box = text[i]
        if box.fate is not None:
            continue
        edge = all(furniture.is_edge_navigation(row.words) for row in rows(box)) and bool(list(linked(box)))
        footer = box.named(*_FOOTERS) and len(unlinked(box)) <= 80 and bool(list(linked(box)))
        if not (all_links(box) or edge or footer):
            return
        if is_index and _lists(box, text[:i], places):
            return
        _leave(box, "links below the text")


def _lists(box: Box, above: Sequence[Box], places: Places) -> bool:
    """On an index page: the box names a page of the work that nothing above it names."""
    named = {places.file(b.file, a.href) for b in above for a in linked(b)}
    return any(
        (file := places.file(box.file, a.href)) is not None and file != box.file and file not in named
        for a in linked(box)
    )

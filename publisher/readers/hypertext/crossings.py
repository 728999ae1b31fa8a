# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links from one place of a work to another -> anchors where they lead.

Only what is printed counts: a link amid navigation, or to a page that is not in the book, is no more than its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from publisher.document import Anchor
from publisher.ledger import LEFT_OUT, Fate
from publisher.readers.hypertext.links import Places, leaves_book, linked, split
from publisher.readers.hypertext.model import Anchor as Start, Box, Stretch


def mark(boxes: Sequence[Box], places: Places, printed: Collection[int], first: Mapping[str, Box]) -> None:
    """Names the place that each printed link leads to. `printed` are ids of boxes, `first` opens the text of a file."""
    following = _following(boxes, printed)
    for box in boxes:
        if id(box) not in printed:
            continue
        for start in linked(box):
            target = _target(box, start, places, first) if _is_shown(box, start) else None
            if target and (place := following.get(id(target[0]))):
                _name(start, place, target[1] if place is target[0] else 0)


def _following(boxes: Iterable[Box], printed: Collection[int]) -> dict[int, Box]:
    """For each box, by its id, the printed one of its file that it is or that comes next."""
    found: dict[int, Box] = {}
    waiting: list[Box] = []
    for box in boxes:
        if waiting and waiting[0].file != box.file:
            waiting = []
        waiting.append(box)
        if id(box) in printed:
            found.update((id(before), box) for before in waiting)
            waiting = []
    return found


def _is_shown(box: Box, start: Start) -> bool:
    """Whether any words of a link are printed; most links that are not are calls of notes."""
    return start.box is not box or bool(Stretch(box, start.start, start.end).words)


def _target(box: Box, start: Start, places: Places, first: Mapping[str, Box]) -> tuple[Box, int] | None:
    if leaves_book(start.href):
        return None
    if found := places.find(box.file, start.href):
        return found
    file = places.file(box.file, start.href)
    # "#x" that is not on the page leads nowhere; a browser opens another page at its beginning.
    opening = first.get(file) if file and split(start.href)[0] else None
    return (opening, 0) if opening else None


def _name(start: Start, box: Box, at: int) -> None:
    for claim in box.settled():
        if claim.start <= at < claim.end and claim.fate in LEFT_OUT:
            at = claim.end
    here = [claim.inline for claim in box.claims if claim.start == claim.end == at]
    anchor = next((inline for inline in here if isinstance(inline, Anchor)), None)
    if anchor is None:
        anchor = Anchor(f"{box.file} {id(box)} {at}")
        box.claim(at, at, Fate.MARK).inline = anchor
    start.place = anchor.name

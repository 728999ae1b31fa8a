# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links between calls and bodies -> notes, in all pairs of names that archives use.

Neither the names ("f1" and "n1", "_ftn1" and "_ftnref1", "1b" and "1") nor the form of the mark matter: a call is a
link that reads like a label and leads to the beginning of a block, which begins with that label, leads back, or stands
among notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeAlias

from msgspec import Struct

from publisher.ledger import Fate
from publisher.readers.hypertext.links import Places, split
from publisher.readers.hypertext.model import BREAK, Anchor, Body, Box, Container
from publisher.readers.hypertext.parting import part
from publisher.readers.labels import label_of, plain
from publisher.readers.lines import is_break
from publisher.readers.notes import is_head

_LABEL = re.compile(
    r"[\[({<［〔﹝【（]?\s*(?:(?:(?:foot|end)?note|注|註|هامش)\s*)?(?P<label>\d{1,6}\s?[a-z]?\s?\*{0,3}|\*{1,6}|†{1,3}|‡{1,3}|§|[a-zA-Z]\*?"
    r"|[ivxIVX]{1,7}|[¹²³⁰⁴-⁹]{1,3}|[①-⑳])\s*\.?\s*[\])}>］〕﹞】）]?\s*[.):：]?",
    re.IGNORECASE,
)
_REFERENCES = frozenset({"noteref", "doc-noteref", "footnote-ref", "footnoteref", "footnote-reference", "fnanchor"})
_NOTES = frozenset(
    "note notes footnote footnotes endnote endnotes rearnotes fn anote enote doc-endnotes doc-footnote doc-endnote"
    " rearnote variants".split()
)
_NOTE_NAME = re.compile(
    r"_?(?:f|fn|ftn|foot|footnote|n|nt|note|en|edn|end|endnote|ed|fw|tn|cite_note|an|rn|b)?[-_.:]?\w{0,7}",
    re.IGNORECASE,
)
_PAGE_NAME = re.compile(r"(?i)(?:p|pp|pg|page|s|sec|section|ch|chap|chapter|part|kap|art|toc|top)[-_.]?\d.*")
_BACK = re.compile(r"(?i)[\W\d_]*(?:back|return|zurück|retour|volver|up)?[\W\d_]*")
_OWN = frozenset("li div aside section dd tr blockquote td footer".split())
_Signature: TypeAlias = tuple[str, frozenset[str], int]
_LONGEST_LABEL = 40  # characters, with blanks before it
# Boxes between two bodies; more than these are text.
_FAR = 12
_OPENING, _CLOSING = "[({", "])}"


class _Pair(Struct, frozen=True):
    """A call and the line that its body begins with: a box and the place in it."""

    caller: Box
    anchor: Anchor
    label: str
    box: Box
    start: int


def label(text: str) -> str:
    """The label that a link's words are, without brackets; empty if they are none."""
    match = _LABEL.fullmatch(" ".join(text.split())) if len(text) <= 30 else None
    return re.sub(r"\s", "", plain(match["label"])) if match else ""


def linked(pages: Sequence[list[Box]], places: Places) -> list[Body]:
    """The notes that links make, their calls and labels claimed; boxes that hold several bodies are parted."""
    pairs = _all_pairs(pages, places)
    if any(pair.start for pair in pairs):
        _part_boxes(pages, pairs)
        places.targets = Places.of((boxes[0].file, boxes) for boxes in pages if boxes).targets
        pairs = _all_pairs(pages, places)
    found: dict[int, Body] = {}
    for pair in pairs:
        body = found.setdefault(id(pair.box), Body(pair.label, [pair.box]))
        _claim_call(pair, body)
    for boxes in pages:
        extend(boxes, found)
    for body in found.values():
        claim_label(body)
        _claim_backlinks(body, places)
    return list(found.values())


def _all_pairs(pages: Sequence[list[Box]], places: Places) -> list[_Pair]:
    pairs = [pair for boxes in pages for box in boxes for pair in _pairs(box, places)]
    order = {id(box): i for i, box in enumerate(box for boxes in pages for box in boxes)}
    ways = {(id(pair.caller), id(pair.box)) for pair in pairs}
    below = [pair for pair in pairs if order[id(pair.caller)] < order.get(id(pair.box), -1)]
    bodies = {id(pair.box) for pair in below}
    kept = {id(pair) for pair in below}
    # What leads up is a link back: to the box with the call, or from a note to text, where an anchor is misplaced.
    return [
        pair
        for pair in pairs
        if id(pair) in kept
        or ((id(pair.box), id(pair.caller)) not in ways and (id(pair.caller) not in bodies or id(pair.box) in bodies))
    ]


def _pairs(box: Box, places: Places) -> Iterator[_Pair]:
    """The links of a box that call notes."""
    if box.fate not in (None, Fate.METADATA):
        return
    for anchor in box.anchors:
        if not anchor.href or anchor.end <= anchor.start:
            continue
        is_reference = bool(anchor.kinds & _REFERENCES)
        text = anchor.text
        called = label(text) or (text.strip("[](){}. ")[:12] if is_reference else "")
        found = places.find(box.file, anchor.href) if called else None
        if found is None or found[0] is box or found[0].fate is not None:
            continue
        start = _line_start(*found)
        if start >= 0 and (is_reference or _is_body(called, anchor, box, found[0], start, places)):
            yield _Pair(box, anchor, called, found[0], start)


def _line_start(box: Box, offset: int) -> int:
    """Where the line begins that a target stands in, if no more than a label stands before it; else -1."""
    if offset >= len(box.text.rstrip()) and offset:
        return -1
    start = box.text.rfind(BREAK, max(0, offset - _LONGEST_LABEL), offset) + 1
    if not start and offset > _LONGEST_LABEL:
        return -1
    before = box.text[start:offset].strip()
    return start if not before or label(before) or re.fullmatch(r"[\[({*]", before) else -1


def _is_body(called: str, anchor: Anchor, caller: Box, box: Box, start: int, places: Places) -> bool:
    """The line begins with the label, leads back to the call, or stands among notes."""
    own = label_of(box.text[start : start + 60].lstrip())
    if own is not None and own.text.lower() == called.lower():
        return True
    if box.level and not box.named(*_NOTES):
        return False
    if any(_leads_to(back, caller, box, places) for back in box.anchors):
        return True
    name = split(anchor.href)[1]
    if box.named(*_NOTES):
        return not _PAGE_NAME.fullmatch(name)
    return own is None and bool(_NOTE_NAME.fullmatch(name)) and not _PAGE_NAME.fullmatch(name) and not called.isalpha()


def _leads_to(back: Anchor, caller: Box, box: Box, places: Places) -> bool:
    found = places.find(box.file, back.href) if back.href else None
    return found is not None and found[0] is caller


def _part_boxes(pages: Sequence[list[Box]], pairs: Sequence[_Pair]) -> None:
    cuts: dict[int, set[int]] = {}
    for pair in pairs:
        if pair.start:
            cuts.setdefault(id(pair.box), set()).add(pair.start)
    for boxes in pages:
        divide(boxes, cuts)


def divide(boxes: list[Box], cuts: dict[int, set[int]]) -> None:
    """Parts the boxes of a page at the given places, by their identity."""
    if any(id(box) in cuts for box in boxes):
        boxes[:] = [inner for box in boxes for inner in (part(box, cuts[id(box)]) if id(box) in cuts else [box])]
        for number, box in enumerate(boxes):
            box.number = number


def _claim_call(pair: _Pair, body: Body) -> None:
    """Claims a call with the brackets around it."""
    text, start, end = pair.caller.text, pair.anchor.start, pair.anchor.end
    while start > 0 and end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING:
        start, end = start - 1, end + 1
    claim = pair.caller.claim_call(start, end)
    claim.body = body
    body.calls.append((pair.caller, claim))


def claim_label(body: Body) -> None:
    """Claims the label that a body begins with: its own, or the link that leads back to the call."""
    box = body.boxes[0]
    text = box.text
    blank = len(text) - len(text.lstrip())
    first = next((a for a in box.anchors if a.start <= blank + 2 and a.end > blank), None)
    own = label_of(text[blank : blank + 60])
    end = 0
    if first is not None and label(first.text):
        end = first.end
        while end < len(text) and text[end] in "])}.:" and not text[end:].startswith(("...", ". . .")):
            end += 1
    elif own is not None and (own.text.lower() == body.label.lower() or not body.label):
        end = blank + len(text[blank : blank + own.end].rstrip())
    if end and end <= len(text):
        box.claim(0, end, Fate.CALL)
        body.variant = text[blank : blank + 1] == "{"


def _claim_backlinks(body: Body, places: Places) -> None:
    """Claims the links back to a call that are no words: an arrow, "Back"."""
    callers = {id(box) for box, _ in body.calls}
    for box in body.boxes:
        for anchor in box.anchors:
            target = places.find(box.file, anchor.href) if anchor.href else None
            if anchor.end <= anchor.start or not (_BACK.fullmatch(anchor.text) or "backlink" in anchor.kinds):
                continue
            if "backlink" in anchor.kinds or (target is not None and id(target[0]) in callers):
                box.claim(anchor.start, anchor.end, Fate.CALL)


def signature(box: Box) -> _Signature:
    """What paragraphs of one kind share."""
    return box.tag, box.names - {"fst"}, id(box.container)


def is_notes_head(box: Box) -> bool:
    """A heading of notes, or a line alone that reads like one."""
    lines = box.lines
    return len(lines) == 1 and is_head(lines[0]) and not box.inside("table")


def extend(boxes: Sequence[Box], bodies: dict[int, Body]) -> None:
    """Gives each body the boxes that go on with it, and takes the headings of notes out of the text."""
    starts = [i for i, box in enumerate(boxes) if id(box) in bodies]
    if not starts:
        return
    common = Counter(signature(box) for box in boxes if box.fate is None and box.tag != "hr").most_common(1)[0][0]
    owned = _owned(boxes, starts)
    for n, i in enumerate(starts):
        stop = starts[n + 1] if n + 1 < len(starts) else len(boxes)
        body = bodies[id(boxes[i])]
        headed = _head(boxes, i)
        start = _Start(i, owned[n], headed, n + 1 == len(starts))
        body.boxes += _following(boxes, start, stop, common)
        body.holder = owned[n]
        for box in body.boxes:
            box.fate = Fate.NOTE


def _owned(boxes: Sequence[Box], starts: Sequence[int]) -> list[Container | None]:
    """For each body the widest element that begins with it and holds no other body."""
    counts: Counter[int] = Counter()
    first: dict[int, int] = {}
    wanted = set(starts)
    for i, box in enumerate(boxes):
        inner = box.container
        while inner is not None:
            first.setdefault(id(inner), i)
            counts[id(inner)] += i in wanted
            inner = inner.parent
    found: list[Container | None] = []
    for i in starts:
        best: Container | None = None
        inner = boxes[i].container
        while inner is not None and counts[id(inner)] == 1 and first[id(inner)] == i:
            best = inner if inner.tag in _OWN else best
            inner = inner.parent
        found.append(best)
    return found


def _inside(box: Box, container: Container) -> bool:
    inner = box.container
    while inner is not None:
        if inner is container:
            return True
        inner = inner.parent
    return False


def _is_labelled(box: Box) -> bool:
    """The box begins with a label in brackets: another note, which no link leads to."""
    return label_of(box.text[:60].lstrip(), ("bracket", "curly")) is not None


def _ends(box: Box) -> bool:
    return box.tag == "hr" or box.fate is not None or (box.level > 0 and not is_break(box.words))


class _Start(Struct, frozen=True):
    """Where a body begins: the element that is its own, and whether notes are announced above it."""

    index: int
    own: Container | None
    headed: bool
    last: bool


def _following(boxes: Sequence[Box], start: _Start, stop: int, common: _Signature) -> Sequence[Box]:
    """The boxes behind a body's first that belong to it, before the next body begins at `stop`."""
    i, own = start.index, start.own
    if own is not None:
        return [box for box in boxes[i + 1 : stop] if box.fate is None and box.tag != "hr" and _inside(box, own)]
    if boxes[i].inside("dt"):
        return list(takewhile(lambda box: box.inside("dd") is not None, boxes[i + 1 : stop]))
    end = next((j for j in range(i + 1, stop) if _ends(boxes[j]) or _is_labelled(boxes[j])), stop)
    between = boxes[i + 1 : end]
    if end == stop and not start.last and not any(_calls(box) for box in between) and len(between) <= _FAR:
        return between
    if start.headed and (start.last or end < stop):
        return between
    mine = signature(boxes[i])
    return [] if mine == common else list(takewhile(lambda box: signature(box) == mine, between))


def _calls(box: Box) -> bool:
    return any(claim.body is not None for claim in box.claims)


def _head(boxes: Sequence[Box], i: int) -> bool:
    """Whether a body stands below a heading of notes, a rule or another such body; the heading is left out."""
    j = i - 1
    crossed = False
    while j >= 0 and (boxes[j].tag == "hr" or boxes[j].fate is Fate.NAVIGATION):
        crossed = crossed or boxes[j].tag == "hr" or boxes[j].reason.startswith("heading")
        j -= 1
    if j < 0:
        return crossed
    box = boxes[j]
    if box.fate is None and is_notes_head(box):
        box.fate, box.reason = Fate.NAVIGATION, "heading of the notes; the book has its own"
        return True
    if box.fate is None and box.level and _is_among(boxes, j):
        box.fate, box.reason = Fate.NAVIGATION, "heading among the notes, which the book sets by chapter"
        return True
    return crossed or box.fate is Fate.NOTE


def _is_among(boxes: Sequence[Box], j: int) -> bool:
    """A heading with a body right above it."""
    above = (boxes[k] for k in range(j - 1, -1, -1))
    found = next((box for box in above if box.tag != "hr" and box.fate is not Fate.NAVIGATION), None)
    return found is not None and found.fate is Fate.NOTE

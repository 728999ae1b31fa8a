# SPDX-License-Identifier: AGPL-3.0-or-later
"""A box -> several, parted where a line begins that is something of its own: the next note in one paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec.structs import replace

from publisher.readers.hypertext.model import Box, Segment


def part(box: Box, offsets: Collection[int]) -> list[Box]:
    """The box and those that begin at the offsets; the box itself keeps the first stretch."""
    edges = [0, *sorted({offset for offset in offsets if 0 < offset < len(box.text)}), len(box.text)]
    whole = replace(box)
    made = [box, *(replace(box, targets=[], anchors=[], pictures={}, claims=[]) for _ in edges[2:])]
    segments = _segments(whole, edges)
    for inner, (start, end), own in zip(made, pairwise(edges), segments, strict=True):
        inner.raw, inner.text, inner.segments = whole.raw[start:end], whole.text[start:end], own
    _share(whole, made, edges)
    return made


def _segments(box: Box, edges: Sequence[int]) -> list[list[Segment]]:
    """The segments of each stretch; one that an edge cuts begins again there, at its line."""
    found: list[list[Segment]] = [[] for _ in edges[1:]]
    index = 0
    for i, segment in enumerate(box.segments):
        end = box.segments[i + 1].start if i + 1 < len(box.segments) else len(box.text)
        while index + 1 < len(found) and segment.start >= edges[index + 1]:
            index += 1
        found[index].append(replace(segment, start=segment.start - edges[index]))
        while index + 1 < len(found) and end > edges[index + 1]:
            index += 1
            where = box.at(edges[index])
            found[index].append(replace(segment, start=0, line=where.line, column=where.column))
    return found


def _share(box: Box, made: Sequence[Box], edges: Sequence[int]) -> None:
    """Gives targets, links, pictures and claims to the box that they now stand in."""
    first = made[0]
    targets, anchors, pictures, claims = box.targets, box.anchors, box.pictures, box.claims
    first.targets, first.anchors, first.pictures, first.claims = [], [], {}, []
    for offset, name in targets:
        i = _stretch(edges, offset)
        made[i].targets.append((offset - edges[i], name))
    for anchor in anchors:
        i = _stretch(edges, anchor.start)
        anchor.box, anchor.start, anchor.end = (
            made[i],
            anchor.start - edges[i],
            min(anchor.end, edges[i + 1]) - edges[i],
        )
        made[i].anchors.append(anchor)
    for offset, picture in pictures.items():
        i = _stretch(edges, offset)
        made[i].pictures[offset - edges[i]] = picture
    for claim in claims:
        i = _stretch(edges, claim.start)
        claim.start, claim.end = claim.start - edges[i], min(claim.end, edges[i + 1]) - edges[i]
        made[i].claims.append(claim)
    for box_made in made:
        box_made.unsettle()


def _stretch(edges: Sequence[int], offset: int) -> int:
    """Which stretch holds an offset."""
    return max(0, min(bisect_right(edges, offset) - 1, len(edges) - 2))

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts in their order -> the plan of a book.

A text alone is a book whose highest headings are chapters. Of several each is a chapter; a text with others below it
(in SUMMARY.md, or a README among the files of its folder) is a part, whose page has what the text says before its
first heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct, field

from publisher.document import ChapterKind
from publisher.ledger import Fate
from publisher.readers.headings import marker
from publisher.readers.lightweight.binding import BODY
from publisher.readers.lightweight.elements import HEADINGS, Element, Node, words
from publisher.readers.lightweight.manuscript import Manuscript, is_empty, keep_part, retitle
from publisher.readers.lightweight.plan import ChapterPlan, ItemPlan, PartPlan, SectionPlan, Stretch, outline
from publisher.readers.ranks import Rank

_KINDS: dict[str, ChapterKind] = {
    **dict.fromkeys(("preface", "prefatory", "vorwort", "vorrede", "préface", "avant-propos"), "preface"),
    **dict.fromkeys(("prefazione", "prefacio", "prólogo", "предисловие"), "preface"),
    "foreword": "foreword",
    **dict.fromkeys(("introduction", "introductory", "einleitung", "introduzione"), "introduction"),
    **dict.fromkeys(("introducción", "введение"), "introduction"),
    **dict.fromkeys(("afterword", "postscript", "nachwort", "postface", "послесловие"), "afterword"),
    **dict.fromkeys(("appendix", "appendices", "addendum", "anhang", "annexe", "appendice"), "appendix"),
    **dict.fromkeys(("apéndice", "anexo", "приложение"), "appendix"),
}


class Place(Struct):
    """A text's place in a book of several: what a list of contents calls it, and the texts below it."""

    manuscript: Manuscript | None
    listed: Stretch | None = None
    below: list[Place] = field(default_factory=list)


def alone(manuscript: Manuscript) -> list[ItemPlan]:
    """The parts and chapters of a text that is a whole book."""
    front, sections = outline(manuscript.nodes)
    chapters: list[ItemPlan] = [_section(manuscript, section) for section in sections]
    if not is_empty(front) and _only_notes(front) and chapters:
        return _with_notes(chapters, front)
    if not is_empty(front):
        chapters.insert(0, ChapterPlan(manuscript.sheet, None, front))
    return chapters


def _only_notes(nodes: Sequence[Node]) -> bool:
    return all(is_empty([node]) or (isinstance(node, Element) and node.name == BODY) for node in nodes)


def _with_notes(chapters: list[ItemPlan], nodes: Sequence[Node]) -> list[ItemPlan]:
    """Bodies of notes above the first heading are no chapter."""
    first = chapters[0]
    if isinstance(first, ChapterPlan):
        joined = [*nodes, *first.nodes]
        return [ChapterPlan(first.sheet, first.title, joined, first.sections, kind=first.kind), *chapters[1:]]
    joined = [*nodes, *(first.nodes.nodes if first.nodes else ())]
    return [PartPlan(first.title, Stretch(first.title.sheet, joined), first.contents), *chapters[1:]]


def _section(manuscript: Manuscript, section: SectionPlan) -> ItemPlan:
    """A part where the heading says so and has chapters below it, else a chapter."""
    title = Stretch(manuscript.sheet, section.title)
    found = marker(words(section.title))
    if found and found.rank is Rank.PART and section.sections:
        nodes = None if is_empty(section.nodes) else Stretch(manuscript.sheet, section.nodes)
        return PartPlan(title, nodes, [_chapter(manuscript, inner) for inner in section.sections])
    return _chapter(manuscript, section)


def _chapter(manuscript: Manuscript, section: SectionPlan) -> ChapterPlan:
    title = Stretch(manuscript.sheet, section.title)
    return ChapterPlan(manuscript.sheet, title, section.nodes, section.sections, kind=_kind(section.title))


def _kind(title: Sequence[Node]) -> ChapterKind:
    found = re.split(r"\W+", words(title).casefold(), maxsplit=1)
    return _KINDS.get(found[0], "chapter")


def several(places: Sequence[Place]) -> list[ItemPlan]:
    """The parts and chapters of a book of several texts; such as name the same part follow under its title."""
    found: list[ItemPlan] = []
    for title, group in groupby(places, _part_title):
        members = list(group)
        items = [item for place in members for item in _items(place)]
        texts = [place.manuscript for place in members if place.manuscript]
        if title and items and (part := texts[0].part):
            found.append(PartPlan(part, None, items))
            texts[0].part = None
            for text in texts[1:]:
                keep_part(text, "the part's title once more, printed once")
        else:
            found += items
    return found


def drop_running_titles(manuscripts: Sequence[Manuscript]) -> None:
    """Takes a heading off that several texts have above their own, such as the book's title."""
    first = [_running_title(manuscript) for manuscript in manuscripts]
    often = Counter(filter(None, first)) + Counter(manuscript.title for manuscript in manuscripts)
    for manuscript, title in zip(manuscripts, first, strict=True):
        if title and often[title] > 1:
            at = next(i for i, node in enumerate(manuscript.nodes) if _is_heading(node))
            heading = manuscript.nodes.pop(at)
            manuscript.leave_out([heading], "the title of the whole once more, printed once", Fate.HEADING)
            retitle(manuscript)


def _running_title(manuscript: Manuscript) -> str:
    """The first heading, if nothing stands above it, and below it the next heading of its level."""
    nodes = [node for node in manuscript.nodes if not is_empty([node])]
    first, second = (nodes[0], nodes[1]) if len(nodes) > 1 else (None, None)
    if isinstance(first, Element) and isinstance(second, Element) and _is_heading(first) and first.name == second.name:
        return words(first.children)
    return ""


def _is_heading(node: Node) -> bool:
    return isinstance(node, Element) and node.name in HEADINGS


def _part_title(place: Place) -> str:
    """What a text's front matter calls its part, if it has words."""
    part = place.manuscript.part if place.manuscript else None
    title = words(part.nodes) if part else ""
    return title if any(character.isalpha() for character in title) else ""


def _items(place: Place) -> list[ItemPlan]:
    below = several(place.below)
    if place.manuscript is None:
        if place.listed and below:
            return [PartPlan(place.listed, None, below)]
        return below
    own = _own(place)
    if not below:
        return _without_mere_contents(place.manuscript, own)
    return _part(place, own, below)


def _without_mere_contents(manuscript: Manuscript, own: list[ItemPlan]) -> list[ItemPlan]:
    """The chapters of a text, none if it was nothing but a list of contents with a title."""
    first = own[0] if own else None
    if len(own) == 1 and isinstance(first, ChapterPlan) and manuscript.listed_contents:
        nodes = [node for node in first.nodes if not is_empty([node])]
        if first.title and not nodes and not first.sections:
            manuscript.leave_out(first.title.nodes, "the book makes its own contents list", Fate.CONTENTS)
            return []
    return own


def _part(place: Place, own: list[ItemPlan], below: list[ItemPlan]) -> list[ItemPlan]:
    """A text with others below it."""
    manuscript = place.manuscript
    first = own[0] if own else None
    if isinstance(first, ChapterPlan) and len(own) == 1 and first.title and not first.sections and not first.subtitle:
        nodes = None if is_empty(first.nodes) else Stretch(first.sheet, first.nodes)
        return [PartPlan(first.title, nodes, below)]
    if place.listed and isinstance(first, ChapterPlan) and first.title is not place.listed:
        return [PartPlan(place.listed, None, [*own, *below])]
    if isinstance(first, ChapterPlan) and len(own) == 1 and first.title and manuscript:
        sections = [_chapter(manuscript, section) for section in first.sections]
        nodes = None if is_empty(first.nodes) else Stretch(first.sheet, first.nodes)
        return [PartPlan(first.title, nodes, [*sections, *below])]
    return [*own, *below]


def _own(place: Place) -> list[ItemPlan]:
    """The chapters of one text: one with its title, or one for each of its highest headings."""
    manuscript = place.manuscript
    if manuscript is None:
        return []
    title = _joined(manuscript.titles)
    front, sections = outline(manuscript.nodes)
    if place.listed and not title and sections and is_empty(front):
        # What a list of contents names once is one chapter, though its headings are of one level.
        first, *others = sections
        sections = [SectionPlan(first.title, first.nodes, (*first.sections, *others))]
    if title:
        subtitle = _joined(manuscript.subtitles)
        kind = _kind(title.nodes)
        nodes = subtitle.nodes if subtitle else ()
        return [ChapterPlan(manuscript.sheet, title, front, sections, nodes, kind)]
    if len(sections) > 1 and is_empty(front):
        return [_section(manuscript, section) for section in sections]
    if len(sections) == 1 and is_empty(front):
        return [_chapter(manuscript, sections[0])]
    if is_empty(front) and not sections:
        return []
    return [ChapterPlan(manuscript.sheet, place.listed, front, sections)]


def _joined(stretches: Sequence[Stretch]) -> Stretch | None:
    """The lines of a title as one."""
    if not stretches:
        return None
    nodes: list[Node] = []
    for stretch in stretches:
        nodes += [*([Element("br")] if nodes else []), *stretch.nodes]
    return Stretch(stretches[0].sheet, nodes)

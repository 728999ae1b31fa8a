# SPDX-License-Identifier: AGPL-3.0-or-later
"""One text of a work -> its title, what is known about it, and the nodes that remain for chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publisher.errors import Problem
from publisher.ledger import Fate
from publisher.metadata.fields import canonical
from publisher.metadata.model import Contributor, Field
from publisher.readers import notes
from publisher.readers.lightweight import anchors, edges, marks, opening
from publisher.readers.lightweight.binding import BODY
from publisher.readers.lightweight.blocks import WRAPPERS
from publisher.readers.lightweight.elements import (
    HEADINGS,
    Element,
    Leaf,
    Node,
    all_words,
    elements,
    is_blank,
    leaves,
    words,
)
from publisher.readers.lightweight.front_matter import Value, front_matter
from publisher.readers.lightweight.plan import Stretch
from publisher.readers.lightweight.sheet import Sheet
from publisher.readers.lightweight.tags import Finding

# What a site or a program is told by a file, and no reader of the text.
_SETTINGS = frozenset(
    "sortauthors sorttopics listtitle pubdate uid attach cover coverwidth teaser hyphenation fontsize areaset"
    " slides layout permalink nav_order nav-order nav_exclude has_children parent grand_parent weight slug url"
    " aliases draft toc toc-depth toc_depth template css output bibliography csl link-citations geometry"
    " documentclass classoption papersize mainfont sansfont monofont linestretch numbersections header-includes"
    " include-before include-after colorlinks linkcolor urlcolor lof lot sidebar sidebar_position sidebar_label"
    " id image thumbnail comments categories redirect_from search_exclude hide eleventynavigation"
    " pagination_next pagination_prev cover-image stylesheet secnumdepth top-level-division indent"
    " microtypeoptions".split()
)
_AUTHOR = frozenset({"author", "authors", "creator", "creators", "by"})
_LANGUAGE = frozenset({"lang", "language", "locale"})
_NAMES = frozenset({"author", "name", "text", "given", "family"})

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}")
_WORD = re.compile(r"\w+")


class Manuscript(Struct):
    """A text taken apart; `nodes` is what remains below its title, `named` whether it has a title of its own."""

    sheet: Sheet
    titles: list[Stretch] = field(default_factory=list)
    subtitles: list[Stretch] = field(default_factory=list)
    people: list[Contributor] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    language: str | None = None
    nodes: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    front_title: str = ""
    part: Stretch | None = None
    listed_contents: bool = False

    @property
    def title(self) -> str:
        return " ".join(words(stretch.nodes) for stretch in self.titles)

    def leave_out(self, nodes: Sequence[Node], reason: str, fate: Fate) -> None:
        """Enters words that are not printed among the text; such as have a reason with the marks between them."""
        found = [leaf for leaf in leaves(nodes) if leaf.end > leaf.start]
        if reason and found:
            self.sheet.write(found[0].start, found[-1].end, fate, reason=reason, apart=True)
            return
        for number, leaf in enumerate(found):
            self.sheet.write(leaf.start, leaf.end, fate, text=leaf.text, reason=reason, apart=not number)


def markdown(sheet: Sheet) -> Manuscript:
    """Takes a Markdown text apart."""
    manuscript = Manuscript(sheet)
    front = front_matter(sheet)
    manuscript.problems += front.problems
    root, findings = marks.tree(sheet.text[front.end :], sheet.file, sheet.text.count("\n", 0, front.end), front.end)
    report(manuscript, findings)
    for value in front.values:
        take(manuscript, value)
    analyse(manuscript, root.children)
    return manuscript


def analyse(manuscript: Manuscript, nodes: list[Node]) -> None:
    """Takes navigation, contents lists, notes and what stands above the text off its nodes."""
    leave_out = _Leaving(manuscript)
    _note_licence(manuscript, nodes)
    kept = anchors.find(_unwrapped(nodes), manuscript.sheet)
    kept = edges.without_navigation(kept, manuscript.sheet.file, leave_out)
    kept = edges.without_contents(kept, leave_out)
    manuscript.nodes = _without_note_heads(kept, manuscript)
    retitle(manuscript)


def _note_licence(manuscript: Manuscript, nodes: Sequence[Node]) -> None:
    """What a link that is marked as the text's licence says; its words are printed where they stand, too."""
    for link in elements(nodes):
        if link.name == "a" and "license" in link.attributes.get("rel", "").casefold().split() and words([link]):
            stated = f"{words([link])} {link.attributes.get('href', '')}".strip()
            entry = Field("", stated, manuscript.sheet.at(link.start), "licence")
            manuscript.fields += [] if entry.value in {known.value for known in manuscript.fields} else [entry]


def retitle(manuscript: Manuscript) -> None:
    """Takes title, author and header off the nodes, and the navigation that may stand below them."""
    found = opening.analyse(manuscript.nodes, manuscript.sheet, manuscript.front_title)
    _enter(manuscript, found)
    kept = edges.without_navigation(found.rest, manuscript.sheet.file, _Leaving(manuscript))
    manuscript.nodes = edges.without_rules(kept)


class _Leaving(Struct):
    """Leaves nodes of a manuscript out, for a reason."""

    manuscript: Manuscript

    def __call__(self, nodes: Sequence[Node], reason: str) -> None:
        is_contents = "contents" in reason
        self.manuscript.listed_contents |= is_contents
        self.manuscript.leave_out(nodes, reason, Fate.CONTENTS if is_contents else Fate.NAVIGATION)


def _without_note_heads(nodes: Sequence[Node], manuscript: Manuscript) -> list[Node]:
    """The nodes without headings such as "Footnotes" that have nothing but notes below them."""
    result: list[Node] = []
    head: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.name in HEADINGS:
            result += head
            head = []
            is_head = notes.is_head(words(node.children))
            (head if is_head else result).append(node)
        elif head and (is_blank([node]) or (isinstance(node, Element) and node.name in {"hr", BODY})):
            head.append(node)
            if isinstance(node, Element) and node.name == BODY:
                manuscript.leave_out(head[:1], "heading of the notes; the book has its own", Fate.HEADING)
                result += head[1:]
                head = []
        else:
            result += [*head, node]
            head = []
    return result + head


def _unwrapped(nodes: Sequence[Node]) -> list[Node]:
    """The nodes with divisions around headings looked through, so that these open chapters."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.name in WRAPPERS and not _has_meaning(node):
            result += _unwrapped(node.children)
        else:
            result.append(node)
    return result


def _has_meaning(element: Element) -> bool:
    named = {"epigraph", "dedication", "verse", "poem", "poetry", "stanza"}.intersection(element.classes)
    return bool(named or "lang" in element.attributes) or all(
        isinstance(child, Leaf) or child.name not in {*HEADINGS, "p", *WRAPPERS, "footnote_reference"}
        for child in element.children
    )


def _enter(manuscript: Manuscript, found: opening.Opening) -> None:
    """Enters title, authors and header in the ledger, and keeps what they say."""
    sheet = manuscript.sheet
    if found.titles:
        # A title that stands in the front matter, too, is printed once.
        for stretch in manuscript.titles:
            manuscript.leave_out(stretch.nodes, "the title, which the text has, too", Fate.MARKUP)
        manuscript.titles = [Stretch(sheet, heading.children) for heading in found.titles]
    if found.subtitles:
        manuscript.subtitles += [Stretch(sheet, heading.children) for heading in found.subtitles]
    for element in found.authors:
        _author(manuscript, words(element.children), element.children)
    for entry, line in found.fields:
        manuscript.fields.append(entry)
        manuscript.leave_out(line, "", Fate.METADATA)


def _author(manuscript: Manuscript, text: str, nodes: Sequence[Node]) -> None:
    people = opening.contributors(text)
    manuscript.people += people
    fate = Fate.AUTHOR
    if not opening.covered(text, people):
        fate = Fate.METADATA
        start = next(leaf.start for leaf in leaves(nodes))
        manuscript.fields.append(Field("", text, manuscript.sheet.at(start), "author"))
    manuscript.leave_out(nodes, "", fate)


def take(manuscript: Manuscript, value: Value) -> None:
    """Keeps one value of the front matter where it belongs."""
    written = manuscript.sheet.text[value.start : value.end]
    text = value.text if _WORD.findall(value.text) != _WORD.findall(written) else written
    keep(manuscript, value.keys, [Leaf(text, value.start, value.end)])


def keep(manuscript: Manuscript, keys: Sequence[str], nodes: Sequence[Node]) -> None:
    """Keeps what a header says under some keys where it belongs."""
    text = all_words(nodes)
    key = keys[0].casefold()
    stretch = Stretch(manuscript.sheet, nodes)
    if not text:
        return
    if key in {"title", "book_title", "booktitle"} and not manuscript.titles:
        manuscript.titles = [stretch]
        manuscript.front_title = text
    elif key == "subtitle" and not manuscript.subtitles:
        manuscript.subtitles = [stretch]
    elif key in _AUTHOR and {part.casefold() for part in keys} <= _AUTHOR | _NAMES:
        _author(manuscript, text, nodes)
    elif key in _LANGUAGE and _TAG.fullmatch(text):
        manuscript.language = text.replace("_", "-")
        manuscript.leave_out(nodes, "the language, in which the book is marked up", Fate.MARKUP)
    elif key == "part" and not manuscript.part:
        manuscript.part = stretch
    elif key in _SETTINGS:
        manuscript.leave_out(nodes, "a setting of a site or program", Fate.MARKUP)
    else:
        _field(manuscript, keys, nodes, text)


def keep_part(manuscript: Manuscript, reason: str = "") -> None:
    """What the front matter calls the text's part, where the book has no such part: a line of the header."""
    if manuscript.part and reason:
        manuscript.leave_out(manuscript.part.nodes, reason, Fate.MARKUP)
    elif manuscript.part:
        _field(manuscript, ("part",), manuscript.part.nodes, words(manuscript.part.nodes))
    manuscript.part = None


def _field(manuscript: Manuscript, keys: Sequence[str], nodes: Sequence[Node], text: str) -> None:
    label = re.sub(r"[_-]", " ", " ".join(keys))
    known = canonical(label) or canonical(label.removesuffix("s"))
    place = manuscript.sheet.at(next(leaf.start for leaf in leaves(nodes)))
    manuscript.fields.append(Field(" ".join(keys), text, place, known))
    manuscript.leave_out(nodes, "", Fate.METADATA)


def report(manuscript: Manuscript, findings: Sequence[Finding]) -> None:
    """Reports the first place of each tag: one that is unknown is mostly so all over the text."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault(finding[:2], finding)
    manuscript.problems += [_finding(manuscript.sheet, finding) for finding in first.values()]


def _finding(sheet: Sheet, finding: Finding) -> Problem:
    kind, name, offset = finding
    if kind == "unknown":
        hint = "It is printed as it stands."
        return Problem("R001", f'"<{name}>" is no tag that is known', sheet.at(offset), hint)
    if kind == "drawn":
        return Problem("R054", "a drawn table is printed as it was drawn", sheet.at(offset))
    return Problem("R003", f'"<{name}>" is left out with what it holds', sheet.at(offset))


def is_empty(nodes: Sequence[Node]) -> bool:
    """Nothing to print."""
    return all(is_blank([node]) or (isinstance(node, Element) and node.name == "hr") for node in nodes)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page -> its boxes, each with a first judgement: the archive's, the title's, the header's, a list's, or text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from msgspec import Struct, field

from publisher.errors import Location, Problem, SourceError
from publisher.ledger import Fate
from publisher.readers import Source, contents
from publisher.readers.hypertext import front, gutenberg, navigation
from publisher.readers.hypertext.encoding import decode
from publisher.readers.hypertext.flow import Flow, flow
from publisher.readers.hypertext.front import Front
from publisher.readers.hypertext.links import Places, leaves_book, linked, split, unlinked
from publisher.readers.hypertext.model import Box, rows
from publisher.readers.hypertext.notes import label
from publisher.readers.hypertext.outline import Node
from publisher.readers.language import identify
from publisher.readers.lines import WORD, size

_INDEX = frozenset({"index", "contents", "toc", "inhalt", "default", "main"})
# Words from which on small words tell a language.
_TELLING = 30
_GLOSSARY = re.compile(r"(?i)\s*\[\s*see\s+(?:also\s+)?(?:the\s+)?(?:glossary|encyclop)[^\]]*\]")
_CONTENTS = frozenset("toc contents tableofcontents z3998:toc index-toc".split())
# Parts of an electronic edition that every edition makes anew.
_MATTER = {
    "titlepage": "title page of the electronic edition; the book has its own",
    "halftitlepage": "half title; the book has its own title page",
    "imprint": "imprint of the electronic edition",
    "colophon": "colophon of the electronic edition",
    "copyright-page": "rights of the electronic edition; the credits page stands for them",
    "toc": "the book makes its own contents list",
    "landmarks": "the book makes its own contents list",
    "loi": "the book makes its own lists",
    "cover": "cover of the electronic edition; the book has its own",
}


class Page(Struct):
    """A page taken apart. `nodes` is the outline of its text, once its notes are found."""

    file: str
    flow: Flow
    trail: tuple[str, ...] = ()
    front: Front = field(default_factory=Front)
    listed: list[Box] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    language: str | None = None
    matter: str = ""
    called: str = ""
    """The title that an archive's own header names."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        return self.flow.boxes

    @property
    def is_index(self) -> bool:
        return PurePath(self.file).stem.lower() in _INDEX


def load(source: Source) -> Page:
    """A page's boxes; raises SourceError if it cannot be decoded or has no text."""
    text, problems = decode(source)
    made = flow(source.file, text)
    if not any(box.words for box in made.boxes if box.fate is None) and not any(box.pictures for box in made.boxes):
        raise SourceError([_empty(source, text)])
    return Page(source.file, made, problems=[*problems, *made.problems])


def _empty(source: Source, text: str) -> Problem:
    if re.search(r"(?i)<frame\s", text):
        message = "the page holds nothing but frames; the text is in the pages that they show"
        return Problem("S009", message, Location(source.file), "Give the pages that the frames name.")
    return Problem("S009", "the page holds no text", Location(source.file))


def analyse(page: Page, places: Places, *, is_index: bool, has_package: bool = False) -> None:
    """Judges a page's boxes. `has_package` says that an OPF tells title and order: what only repeats it goes."""
    page.matter = _matter(page)
    if has_package and page.matter in _MATTER:
        _leave_out(page.boxes, _MATTER[page.matter])
        return
    page.trail = navigation.leave_out(page.boxes, places, is_index=is_index)
    for box in page.boxes:
        if (
            box.named("pagenum", "pageno", "pagenumber", "page-number", "pb")
            and len(box.words) <= 20
            and box.fate is None
        ):
            box.fate, box.reason = Fate.MARK, ""
    if not has_package:
        names = (page.flow.meta.get("author", ""), *page.trail[1:3])
        before = Front()
        page.called = gutenberg.take(before, page.boxes)
        page.front = front.read(page.boxes, names)
        page.front.fields = [*before.fields, *page.front.fields]
    taken = {id(row.box) for row in (*page.front.title, *page.front.subtitle, *page.front.author)}
    for box in page.boxes:
        if id(box) in taken:
            box.fate = Fate.TITLE
    for row in page.front.author:
        row.box.claim(row.start, row.end, Fate.AUTHOR)
    _glossary(page)
    for row in page.front.block:
        row.box.fate = row.box.fate or Fate.TITLE
    _find_contents(page, places, is_index=is_index)
    text = [row.words for box in page.boxes if box.fate is None for row in rows(box)]
    page.language = _language(page.flow.language, text)


def _glossary(page: Page) -> None:
    """Leaves links such as "[See glossary entry]" out of headings."""
    for box in page.boxes:
        if not (box.level or box.fate is Fate.TITLE):
            continue
        for match in _GLOSSARY.finditer(box.text):
            box.claim(match.start(), match.end(), Fate.NAVIGATION, "link of the page, no part of the title")
            words = " ".join(match[0].split())
            message = f'"{words}" is a link of the page and no part of the title'
            page.problems.append(
                Problem("T006", message, box.at(match.start() + len(match[0]) - len(match[0].lstrip())))
            )


def _language(declared: str, text: Sequence[str]) -> str | None:
    """The language that the words tell; the declared one where they do not, or where it only says more ("en-GB")."""
    own = declared.replace("_", "-") if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", declared) else ""
    found = identify(text) if sum(max(len(line.split()), size(line) // WORD) for line in text) >= _TELLING else None
    if found is None:
        return own or None
    same = own.partition("-")[0].lower() == found.partition("-")[0]
    return own if same and ("-" in own or "-" not in found) else found


def _matter(page: Page) -> str:
    """What part of an edition a page is, by epub:type: "titlepage", "endnotes"."""
    for box in page.boxes:
        inner = box.container
        while inner is not None:
            found = inner.names & (_MATTER.keys() | {"endnotes", "rearnotes"})
            if found and inner.tag in ("section", "nav", "body", "div", "article"):
                return min(found)
            inner = inner.parent
    return ""


def _leave_out(boxes: Sequence[Box], reason: str) -> None:
    for box in boxes:
        if box.fate is None:
            box.fate, box.reason = Fate.NAVIGATION, reason


def _find_contents(page: Page, places: Places, *, is_index: bool) -> None:
    """Lists of links: of an index page to the work's pages, of a page to its own headings."""
    text = [box for box in page.boxes if box.fate is None and box.words]
    listing = [_lists(box, page.file, places, is_index=is_index) for box in text]
    ends = [i for i, lists in enumerate(listing) if lists]
    stop = 0
    for i, box in enumerate(text):
        head = contents.is_head(box.words) or (bool(box.names & _CONTENTS) and len(box.words) <= 40 and not listing[i])
        if head and any(listing[i + 1 : i + 12]):
            stop = _end_of_list(text, listing, i + 1)
            _list(page, box)
        elif listing[i] or (i < stop and not _is_prose(box)) or (is_index and ends and _is_among(box, i, ends)):
            _list(page, box)


def _is_among(box: Box, i: int, ends: Sequence[int]) -> bool:
    """Between the entries of an index page: a part's heading, an entry without a link; or the heading right above."""
    between = ends[0] < i < ends[-1] and len(box.words) <= 300 and not _is_prose(box)
    return between or (i + 1 == ends[0] and box.level > 0)


def _end_of_list(text: Sequence[Box], listing: Sequence[bool], start: int) -> int:
    """One past the last entry of a list below its heading; entries may lead elsewhere, or nowhere."""
    end = start
    for i in range(start, len(text)):
        if listing[i]:
            end = i + 1
        elif (i - end > 4 and not list(linked(text[i]))) or _is_prose(text[i]) or len(text[i].words) > 300:
            break
    return end


def _is_prose(box: Box) -> bool:
    return size(box.words) > 120 and box.words.endswith((".", "”", "!", "?", "。", "！", "？"))


def _list(page: Page, box: Box) -> None:
    box.fate, box.reason = Fate.CONTENTS, "the book makes its own contents list"
    page.listed.append(box)


def _lists(box: Box, file: str, places: Places, *, is_index: bool) -> bool:
    """The box names pages of the work, or headings of its own page, and says little besides."""
    anchors = [anchor for anchor in linked(box) if is_index or not label(anchor.text)]
    if not anchors or (box.level == 1 and not is_index):
        return False
    goals = 0
    for anchor in anchors:
        to = places.file(file, anchor.href)
        if to is None:
            path = split(anchor.href)[0]
            goals += is_index and not leaves_book(anchor.href) and bool(path) and "../" not in path
            continue
        if to != file:
            goals += is_index
        elif found := places.find(file, anchor.href):
            goals += _heads(found[0], found[1], box)
    loose = len(unlinked(box))
    brief = loose * 2 <= len(box.words) or (is_index and (loose <= 60 or not _is_prose(box)))
    return brief and goals * 2 >= len(anchors)


def _heads(target: Box, offset: int, box: Box) -> bool:
    """A link leads to a heading, or to the end of what stands right above one."""
    if target is box or target.number <= box.number:
        return False
    return target.level > 0 or len(target.words) <= 200 or offset >= len(target.text.rstrip())

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starts of the PDF's pages -> marks in an e-book's pages, each before the first word of its page of the PDF.

A mark (https://www.w3.org/TR/epub-a11y-11/#sec-page-breaks) stands between two words, never inside one: where the PDF
divides a word, it stands before the next. It stands before inline elements that begin there, and before a heading, not
in it, because tables of contents and screen readers take what is in a heading for its words.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from publisher.characters import slug, unique
from publisher.html import page_break
from publisher.layout import PageStart
from publisher.pages import Page

# Tags, spaces and words, as the templates write them: ">" never stands in an attribute.
_TOKENS = re.compile(r"<(/?)(\w+)[^>]*>|\s+|[^<\s]+")
_CHARACTERS = re.compile(r"&[^;\s]+;|.")
# Elements that open with the first word of a page and are to stand behind its mark; all other elements part words.
_INLINE = frozenset("a abbr b bdi cite code del em i img ins q s small span strong sub sup u".split())
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
# A line may end on either side of a long dash, behind a short one, and anywhere between Chinese or Japanese letters.
_BREAK = re.compile(
    "[\N{EM DASH}\N{HORIZONTAL BAR}].|.[\N{EM DASH}\N{HORIZONTAL BAR}]|\N{EN DASH}."
    "|[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]."
    "|.[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_MARK = re.compile(r' epub:type="pagebreak"[^>]* id="([^"]+)" aria-label="([^"]+)"')
_CLOSING = re.compile(r"(?:</\w+>\s*)*\Z")

Wanted: TypeAlias = tuple[int, str, str]
"""Offset, id and label of a mark to be set."""


class Mark(Struct, frozen=True):
    """A mark that was set: the file that it stands in, its id, its label."""

    file: str
    id: str
    label: str


def marked(sheets: Iterable[Page], starts: Iterable[PageStart]) -> tuple[Page, ...]:
    """The pages with a mark for each start."""
    wanted: dict[str, list[Wanted]] = defaultdict(list)
    taken: set[str] = set()
    for start in starts:
        id_ = unique(f"page_{slug(start.label) or 'x'}", taken)
        wanted[start.page].append((start.offset, id_, start.label))
    for several in wanted.values():
        several.sort(key=lambda mark: mark[0])
    return tuple(replace(s, body=_marked(s.body, wanted[s.name])) if s.name in wanted else s for s in sheets)


def marks(file: str, body: str) -> Iterator[Mark]:
    """The marks in a file, in their order."""
    for id_, label in _MARK.findall(body):
        yield Mark(file, id_, unescape(label))


def _marked(body: str, wanted: Sequence[Wanted]) -> str:
    """The body with marks at the places wanted, which go up."""
    pieces, done = [], 0
    for place, (_, id_, label) in zip(_places(body, [offset for offset, _, _ in wanted]), wanted, strict=True):
        pieces += [body[done:place], page_break(id_, label)]
        done = place
    return "".join((*pieces, body[done:]))


def _places(body: str, offsets: Sequence[int]) -> Iterator[int]:
    """Where in the markup the words begin that stand at the offsets; of a divided word, where the next one begins."""
    left = deque(offsets)
    counted, before, opened = 0, "", -1
    for token in _TOKENS.finditer(body):
        if not left:
            return
        text = token[0]
        if text[0] == "<":
            before, opened = _behind_tag(token, before, opened)
        elif text.isspace():
            before, opened = "", -1
        else:
            characters = [found[0] for found in _CHARACTERS.finditer(text)] if "&" in text else text
            while left and left[0] < counted + len(characters):
                at = _word(before, characters, max(0, left[0] - counted))
                if at is None:
                    break
                yield opened if not at and opened >= 0 else token.start() + len("".join(characters[:at]))
                left.popleft()
            counted, before, opened = counted + len(characters), characters[-1], -1
    # A page without a word: a picture at the end of a chapter.
    end = _CLOSING.search(body)
    yield from (end.start() if end else len(body) for _ in left)


def _behind_tag(tag: re.Match[str], before: str, opened: int) -> tuple[str, int]:
    """What stands before the next character, and where the tags begin that open with it."""
    closes, name = tag[1], tag[2]
    if name in _HEADINGS and not closes:
        return "", tag.start()
    if name not in _INLINE:
        return "", -1
    return before, -1 if closes else tag.start() if opened < 0 else opened


def _word(before: str, characters: Sequence[str], start: int) -> int | None:
    """The first place from `start` on at which a word begins; None where all belongs to a word that began before."""
    if not start and not before:
        return 0
    for at in range(start, len(characters)):
        if _BREAK.fullmatch((characters[at - 1] if at else before) + characters[at]):
            return at
    return None

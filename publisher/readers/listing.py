# SPDX-License-Identifier: AGPL-3.0-or-later
"""The contents list of an index page, matched with the pages of the work.

An entry and a page belong together when the entry is the page's title or one of its headings; a count ("Chapter IV")
decides where a title is spelt differently. The first entry that matches a page gives the page its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import PurePath

from msgspec import Struct, field

from publisher.readers import contents
from publisher.readers.contents import Contents, normal
from publisher.readers.headings import Heading, marker
from publisher.readers.lines import Chunk, Line
from publisher.readers.notes import holds_bodies, is_head as is_notes_head
from publisher.readers.outline import Node
from publisher.readers.page import Page, join
from publisher.readers.ranks import Marker, Rank

_ALIKE = 0.86
_TELLING = 12  # letters from which on likeness tells anything


class Entry(Struct):
    """An entry of the contents list: its lines, and the pages that it gives a place to, in order.

    `known` says that it names something: a page that has its place already, or a heading inside one.
    """

    lines: tuple[Line, ...]
    pages: list[Page] = field(default_factory=list)
    known: bool = False

    @property
    def text(self) -> str:
        return join(self.lines)


class Names(Struct, frozen=True):
    """What a page may be listed under, reduced by contents.normal.

    `headings` are the chapter headings that open it, `own` these and the names of its title block, `inner` the headings
    further down, `parts` the part that it opens or is.
    """

    page: Page
    headings: frozenset[str]
    own: frozenset[str]
    inner: frozenset[str]
    parts: frozenset[str]


def natural(file: str) -> tuple[object, ...]:
    """Sorts "ch2" before "ch10" and "ch01" before "ch01-s1"."""
    path = PurePath(file)
    parts = re.split(r"(\d+)", path.stem)
    return (str(path.parent), tuple((1, int(p), "") if p.isdigit() else (0, 0, p.lower()) for p in parts))


def alike(a: str, b: str) -> bool:
    """Two titles reduced by contents.normal are the same but for a letter or two."""
    return bool(a) and bool(b) and (a == b or SequenceMatcher(None, a, b).ratio() >= _ALIKE)


def names(pages: Sequence[Page], known: frozenset[str]) -> list[Names]:
    """The names of each page; `known` are the work's title lines, which every page repeats."""
    ordered = sorted(pages, key=lambda page: natural(page.file))
    blocks = _once(frozenset(_block_names(page)) - known for page in ordered)
    headings = [frozenset(_heading_names(page)) - known for page in ordered]
    own = [heading | block for heading, block in zip(headings, blocks, strict=True)]
    inner = _once(frozenset(_inner_names(page.nodes)) - mine - known for page, mine in zip(ordered, own, strict=True))
    parts = [frozenset(_part_names(page)) for page in ordered]
    return [Names(*five) for five in zip(ordered, headings, own, inner, parts, strict=True)]


def _once(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Each set without the names that another set has, too: a part's title stands on many pages and names none."""
    listed = list(sets)
    count = Counter(name for names_ in listed for name in names_)
    return [frozenset(name for name in names_ if count[name] == 1) for names_ in listed]


def _block_names(page: Page) -> Iterator[str]:
    """The title block's names: title, subtitle, and both; a page of notes has the name of its heading."""
    front = page.front
    groups: list[Sequence[Line]] = [front.title, front.subtitle, [*front.title, *front.subtitle]]
    groups += [[line] for h in first_headings(page) for line in h.title]
    groups.append(page.notes_heads)
    yield from filter(None, (normal(join(group)) for group in groups))


def _part_names(page: Page) -> Iterator[str]:
    """The part that a page opens or is: with its count ("Part One. The Beginning") and without."""
    for h in first_headings(page):
        if h.rank is Rank.PART:
            yield from filter(None, (normal(join(h.title)), normal(join([*h.number, *h.title]))))


def _heading_names(page: Page) -> Iterator[str]:
    """The names that the headings opening a page give it; several pages may share them, as parts of one chapter."""
    headings = [h for h in first_headings(page) if h.rank is not Rank.PART]
    groups: list[Sequence[Line]] = []
    for h in headings:
        groups += [h.title, [*h.number, *h.title], [*h.title, *h.subtitle], [*h.number, *h.title, *h.subtitle]]
    groups.append([line for h in headings for line in (*h.number, *h.title, *h.subtitle)])
    yield from filter(None, (normal(join(group)) for group in groups))


def first_headings(page: Page) -> list[Heading]:
    """The headings that open a page's text, before its first paragraph."""
    found: list[Heading] = []
    nodes = page.nodes
    while nodes and nodes[0].heading:
        found.append(nodes[0].heading)
        if nodes[0].chunks:
            break
        nodes = nodes[0].nodes
    return found


def _inner_names(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if node.heading:
            title, subtitle = node.heading.title, node.heading.subtitle
            yield from filter(None, (normal(join(title)), normal(join([*title, *subtitle]))))
        yield from _inner_names(node.nodes)


def find(chunks: list[Chunk], known_names: Sequence[Names]) -> Contents | None:
    """The contents list of an index page: from the first line that names a page or opens a part to the last one."""
    wanted = {name for names_ in known_names for name in (*names_.own, *names_.inner)}
    hits = [i for i, chunk in enumerate(chunks) if _names_a_page(chunk, wanted)]
    if not hits:
        return contents.of_index(chunks)
    start = _start(chunks, hits[0])
    stop = hits[-1] + 1
    head = chunks[start].first if contents.is_head(chunks[start].first.text) else None
    while stop < len(chunks) and all(_is_entry(line, headed=head is not None) for line in chunks[stop].lines):
        if is_notes_head(chunks[stop].first.text) and holds_bodies(chunks, stop):
            break
        stop += 1
    lines = [line for chunk in chunks[start:stop] for line in chunk.lines if line is not head]
    return Contents(start, stop, tuple(lines), head)


def _is_entry(line: Line, *, headed: bool) -> bool:
    """A line that may go on with the list: a count, or under "Contents" any short line that is no sentence."""
    if marker(line.text):
        return len(line.text) <= 200
    return headed and len(line.text) <= 120 and not line.text.endswith((".", ":"))


def _start(chunks: list[Chunk], first: int) -> int:
    """Where the list begins above its first known entry: at its heading, else at the heading of a part."""
    start = first
    while start and _opens_part(chunks[start - 1].text):
        start -= 1
    above = start
    while above and all(len(line.text) <= 160 for line in chunks[above - 1].lines):
        above -= 1
        if contents.is_head(chunks[above].first.text):
            return above
    return above if contents.is_head(chunks[above].first.text) else start


def _names_a_page(chunk: Chunk, wanted: set[str]) -> bool:
    if any(len(line.text) > 200 for line in chunk.lines):
        return False
    return normal(chunk.text) in wanted or any(normal(line.text) in wanted for line in chunk.lines)


def _opens_part(text: str) -> bool:
    mark = marker(text)
    return mark is not None and mark.rank is Rank.PART and len(text) <= 200


def entries(listed: Contents | None, known_names: Sequence[Names]) -> list[Entry]:
    """The entries of a contents list, each with the pages that it gives a place to."""
    result: list[Entry] = []
    placed: set[str] = set()
    for lines in _groups(listed):
        while lines:
            entry = _part_title(lines, result, known_names) or _longest(lines, known_names, placed)
            placed.update(page.file for page in entry.pages)
            result.append(entry)
            del lines[: len(entry.lines)]
    _place_parts(result, known_names, placed)
    return result


def _part_title(lines: Sequence[Line], found: Sequence[Entry], known_names: Sequence[Names]) -> Entry | None:
    """Right below "Part One" stands the title of the part, even if pages repeat it, unless it heads a chapter."""
    mark = marker(found[-1].lines[0].text) if found else None
    below = bool(found) and found[-1].lines[-1].number + 1 == lines[0].number
    if mark is None or mark.rank is not Rank.PART or not mark.bare or not below or marker(lines[0].text):
        return None
    if any(normal(lines[0].text) in n.headings for n in known_names):
        return None
    return Entry((lines[0],))


def _place_parts(found: Sequence[Entry], known_names: Sequence[Names], placed: set[str]) -> None:
    """An entry of a part below which no page is listed names the page that holds the whole part."""
    for i, entry in enumerate(found):
        if not _opens_part(entry.text):
            continue
        stretch = takewhile(lambda other: not _opens_part(other.text), found[i + 1 :])
        if not entry.pages and not any(other.pages for other in stretch):
            wanted = normal(entry.text)
            entry.pages = [n.page for n in known_names if wanted in n.parts and n.page.file not in placed]
            entry.known = bool(entry.pages)
            placed.update(page.file for page in entry.pages)


def _groups(listed: Contents | None) -> Iterator[list[Line]]:
    """The lines of a contents list by chunk."""
    group: list[Line] = []
    for line in listed.entries if listed else ():
        if group and line.number > group[-1].number + 1:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _longest(lines: Sequence[Line], known_names: Sequence[Names], placed: set[str]) -> Entry:
    """The entry that opens the lines: as many of them as together are one name, else the first alone."""
    for count in range(len(lines), 0, -1):
        entry = Entry(tuple(lines[:count]))
        if _exact(entry, known_names, placed):
            return entry
    entry = Entry(tuple(lines[:1]))
    if page := _closest(entry, known_names, placed):
        entry.pages, entry.known = [page], True
    return entry


def _exact(entry: Entry, known_names: Sequence[Names], placed: set[str]) -> bool:
    """Several pages may bear one title: the pages of a chapter that was divided."""
    wanted = normal(entry.text)
    if not wanted:
        return False
    own = [n.page for n in known_names if wanted in n.own]
    found = own or [n.page for n in known_names if wanted in n.inner]
    entry.pages = [page for page in found if page.file not in placed]
    entry.known = bool(found)
    return entry.known


def _closest(entry: Entry, known_names: Sequence[Names], placed: set[str]) -> Page | None:
    wanted, mark = normal(entry.text), marker(entry.text)
    best: tuple[float, Page] | None = None
    for n in known_names:
        if n.page.file in placed:
            continue
        score = 0.0
        if len(wanted) >= _TELLING and not (mark and mark.bare):
            score = max((_likeness(wanted, name) for name in n.own), default=0.0)
        if mark and mark.rank > Rank.PART and (mark.word or mark.bare) and _counts(n.page, mark):
            score = 1.0
        if score >= _ALIKE and (best is None or score > best[0]):
            best = (score, n.page)
    return best[1] if best else None


def _likeness(a: str, b: str) -> float:
    """How alike two titles are, from 0 to 1; one that begins with the other is nearly the same."""
    short, long = sorted((a, b), key=len)
    if len(short) >= _TELLING and long.startswith(short):
        return 0.9
    return SequenceMatcher(None, a, b).ratio()


def _counts(page: Page, mark: Marker) -> bool:
    """The page opens with the count of the entry: "Chapter IV", or a bare "IV" where the entry is bare, too."""
    return mark.value is not None and any(
        h.value == mark.value and h.word == mark.word and h.rank is mark.rank for h in first_headings(page)
    )

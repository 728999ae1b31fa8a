# SPDX-License-Identifier: AGPL-3.0-or-later
"""One transcribed page -> what its lines are: navigation, title block, header, contents, text, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.errors import Problem
from publisher.ledger import Entry, Fate
from publisher.metadata.fields import credit, split
from publisher.metadata.labels import canonical
from publisher.readers import Source, contents, front, furniture, notes
from publisher.readers.blocks import is_wrapped
from publisher.readers.calls import called
from publisher.readers.contents import Contents
from publisher.readers.decoding import decode
from publisher.readers.detection import Context
from publisher.readers.front import Front
from publisher.readers.headings import marker
from publisher.readers.language import identify
from publisher.readers.lines import Chunk, Line, chunks, split as split_lines
from publisher.readers.notes import Region
from publisher.readers.outline import Node, outline
from publisher.readers.ranks import Rank
from publisher.readers.scopes import Scope, scopes


class Mark(Struct, frozen=True, order=True):
    """Characters of a line, counted from its very beginning, that are no words of the book: a note call, a link."""

    start: int
    end: int
    fate: Fate
    reason: str


class Page(Struct, kw_only=True):
    """A page taken apart. `nodes` is the outline of its text; `entries` the ledger of its lines.

    `notes_heads` are the headings of its notes, where it holds nothing else.
    """

    file: str
    lines: list[Line]
    trail: tuple[str, ...]
    front: Front
    contents: Contents | None
    nodes: list[Node]
    scopes: list[Scope]
    language: str | None
    wrapped: bool
    entries: list[Entry] = field(default_factory=list)
    notes_heads: tuple[Line, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The page's title on one line, with its note calls."""
        return join(self.front.title)

    def refile(self, lines: Sequence[Line], fate: Fate) -> None:
        """Enters in the ledger that lines of this page became something else than they seemed."""
        numbers = {line.number for line in lines}
        self.entries = [replace(entry, fate=fate) if entry.line in numbers else entry for entry in self.entries]

    def leave_out(self, lines: Sequence[Line], reason: str) -> None:
        """Enters in the ledger why title lines of this page are not printed."""
        numbers = {line.number for line in lines}
        self.entries = [replace(entry, reason=reason) if entry.line in numbers else entry for entry in self.entries]

    def marked(self, marks: Mapping[tuple[str, int], Sequence[Mark]]) -> Iterator[Entry]:
        """The ledger with the marks of each line as entries of their own."""
        for entry in self.entries:
            found = marks.get((entry.file, entry.line)) if entry.printed else None
            yield from _divided(entry, found) if found else (entry,)

    @property
    def text(self) -> Iterator[Chunk]:
        """The chunks of the page's text, headings aside."""
        return _chunks(self.nodes)


def _divided(entry: Entry, marks: Iterable[Mark]) -> Iterator[Entry]:
    """An entry as several, so that each mark is one."""
    at = 0
    for mark in sorted(set(marks)):
        start, end = max(at, mark.start + 1 - entry.column), mark.end + 1 - entry.column
        if start > at:
            yield replace(entry, text=entry.text[at:start], column=entry.column + at)
        if end > start:
            column = entry.column + start
            yield replace(entry, text=entry.text[start:end], fate=mark.fate, reason=mark.reason, column=column)
            at = end
    if at < len(entry.text):
        yield replace(entry, text=entry.text[at:], column=entry.column + at)


def _chunks(nodes: Sequence[Node]) -> Iterator[Chunk]:
    for node in nodes:
        yield from node.chunks
        yield from _chunks(node.nodes)


def join(lines: Sequence[Line]) -> str:
    """Title lines on one line; a word divided at a line's end keeps its hyphen ("Social-" / "Democratic")."""
    text = ""
    for line in lines:
        text += ("" if not text or (text.endswith("-") and line.text[:1].isupper()) else " ") + line.text
    return text


ContentsFinder = Callable[[list[Chunk]], Contents | None]


def analyse(source: Source, listing: ContentsFinder | None = None) -> Page:
    """Takes a page apart; raises SourceError if it cannot be decoded. `listing` finds an index page's contents list."""
    lines, problems = split_lines(source.file, decode(source.file, source.data))
    is_index = listing is not None or PurePath(source.file).stem.lower() in ("index", "contents", "toc")
    left_out = furniture.navigation(list(chunks(lines)), is_index=is_index)
    trail = next((furniture.trail(line) for line in lines if left_out.get(line.number) == "breadcrumb"), ())
    text = [line if line.number not in left_out else replace(line, text="") for line in lines]
    head = front.read(list(chunks(text)), trail)
    rest = _take_credits(head)
    listed = listing(rest) if listing else contents.of_index(rest) if is_index else contents.find(rest)
    body = rest if listed is None else _without(rest, listed)
    kept: frozenset[int] = frozenset()
    if listed is not None and listing is None and not _comes_again(listed, body):
        kept = frozenset(line.number for line in (*listed.entries, listed.head or listed.entries[0]))
        listed, body = None, rest
    text_lines = [*head.title, *head.subtitle, *(line for chunk in body for line in chunk.lines)]
    regions = notes.find(body, called(text_lines))
    language = identify(line.text for chunk in body for line in chunk.lines)
    titles = frozenset(contents.normal(entry.text) for entry in listed.entries) - {""} if listed else frozenset()
    chunks_of_text, repeated = _without_title(_outside(body, regions), join(head.title))
    left_out |= {line.number: "the title once more, printed once" for line in repeated}
    gap = sorted(chunk.gap for chunk in body)[(len(body) - 1) // 2] if body else 1
    context = Context(language in (None, "en"), titles, kept, gap)
    nodes = outline(chunks_of_text, context)
    left_out |= {line.number: "link to the next chapter" for line in _trailing_link(nodes)}
    page = Page(
        file=source.file,
        lines=lines,
        trail=trail,
        front=head,
        contents=listed,
        nodes=nodes,
        scopes=scopes(head, body, regions),
        language=language,
        wrapped=is_wrapped(body),
        notes_heads=() if nodes else tuple(region.head for region in regions if region.head),
        problems=problems,
    )
    page.entries = _ledger(page, left_out, regions)
    return page


def _trailing_link(nodes: list[Node]) -> Iterator[Line]:
    """Takes off "Chapter 2" without a text at the end of a page: a link to the next page, not a heading."""
    while len(nodes) > 1 and (heading := nodes[-1].heading) and not nodes[-1].chunks and not nodes[-1].nodes:
        if heading.rank > Rank.CHAPTER or heading.value is None:
            return
        yield from (*heading.number, *heading.title, *heading.subtitle)
        nodes.pop()


def _take_credits(head: Front) -> list[Chunk]:
    """Moves credits at the end of a page ("Transcribed by Zodiac") to the header's fields; returns the rest."""
    end = len(head.rest)
    while end > 1 and all(_is_credit(line.text) for line in head.rest[end - 1].lines):
        end -= 1
    for line in (line for chunk in head.rest[end:] for line in chunk.lines):
        head.enter(line)
    return head.rest[:end]


def _is_credit(text: str) -> bool:
    found = split(text)
    known = found is not None and canonical(found[0]) is not None
    return len(text) <= 200 and (known or credit(text) is not None)


def _without_title(chunks: list[Chunk], title: str) -> tuple[list[Chunk], list[Line]]:
    """Takes off the title where it stands once more right above a heading; also returns the lines taken off."""
    result: list[Chunk] = []
    taken: list[Line] = []
    for chunk in chunks:
        lines = chunk.lines
        again = [
            line
            for line, after in pairwise(lines[:4])
            if title and contents.normal(line.text) == contents.normal(title) and marker(after.text)
        ]
        taken += again
        result.append(replace(chunk, lines=tuple(line for line in lines if line not in again)))
    return result, taken


def _without(chunks: list[Chunk], listed: Contents) -> list[Chunk]:
    tail = [Chunk(listed.tail, 1)] if listed.tail else []
    return chunks[: listed.start] + tail + chunks[listed.stop :]


def _comes_again(listed: Contents, body: Sequence[Chunk]) -> bool:
    """Entries of a contents list stand as headings in the text; otherwise the list is all there is, and is kept."""
    later = {contents.normal(line.text) for chunk in body for line in chunk.lines if len(line.text) <= 160}
    later |= {contents.normal(chunk.text) for chunk in body if len(chunk.text) <= 160}
    return any(normal in later for entry in listed.entries if (normal := contents.normal(entry.text)))


def _outside(body: Sequence[Chunk], regions: Sequence[Region]) -> list[Chunk]:
    """The chunks that hold text; what stands between a heading of notes and the first note goes with it."""
    text: list[Chunk] = []
    at = 0
    for region in regions:
        text += [*body[at : region.start], *region.before]
        at = region.stop
    return text + list(body[at:])


def _ledger(page: Page, left_out: dict[int, str], regions: Sequence[Region]) -> list[Entry]:
    fates: dict[int, tuple[Fate, str]] = {n: (Fate.NAVIGATION, reason) for n, reason in left_out.items()}
    head = page.front
    for lines, fate in (
        (head.author, Fate.AUTHOR),
        (head.title + head.subtitle, Fate.TITLE),
        (head.field_lines, Fate.METADATA),
    ):
        fates.update({line.number: (fate, "") for line in lines if line.number not in fates})
    if page.contents:
        listed = [*page.contents.entries, *([page.contents.head] if page.contents.head else [])]
        fates.update({line.number: (Fate.CONTENTS, "the book makes its own contents list") for line in listed})
    for region in regions:
        if region.head:
            fates[region.head.number] = (Fate.HEADING, "heading of the notes; the book has its own")
        inner = "heading among the notes, which the book sets by chapter"
        fates.update({line.number: (Fate.HEADING, inner) for line in region.inner})
        fates.update({line.number: (Fate.NOTE, "") for note in region.bodies for c in note.chunks for line in c.lines})
    fates.update({line.number: (Fate.HEADING, "") for line in _heading_lines(page.nodes)})
    return [
        Entry(page.file, line.number, line.text, *fates.get(line.number, (Fate.BODY, "")), column=line.indent + 1)
        for line in page.lines
        if line.text
    ]


def _heading_lines(nodes: Sequence[Node]) -> Iterator[Line]:
    for node in nodes:
        if node.heading:
            yield from (*node.heading.number, *node.heading.title, *node.heading.subtitle)
        yield from _heading_lines(node.nodes)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks of text -> an outline: headings with the chunks below them, nested by rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publisher.metadata.dates import is_date_line
from publisher.metadata.fields import credit
from publisher.metadata.people import looks_like_author
from publisher.readers.blocks import DATELINE, flattened, is_synopsis
from publisher.readers.contents import normal
from publisher.readers.headings import (
    Heading,
    Marker,
    Rank,
    continues,
    is_capitals,
    is_title_case,
    is_weak,
    marker,
)
from publisher.readers.lines import Chunk, Line, is_break

_LONGEST_HEADING = 180
_PROSE = 140


@dataclass(slots=True)
class Node:
    """A heading (None for text before the first one), the chunks right below it, and the nodes inside it."""

    heading: Heading | None
    chunks: list[Chunk] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Context:
    """What headings are judged by: the language, titles that a contents list names, the work's own title.

    `plain` are the numbers of lines that are no headings: entries of a contents list that is kept as text.
    `gap` is the number of blank lines that usually stands between two paragraphs of the text, `counts` the counts
    that its lines begin with.
    """

    english: bool
    listed: frozenset[str]
    title: str
    plain: frozenset[int] = frozenset()
    gap: int = 1
    counts: frozenset[tuple[Rank, int]] = frozenset()


def outline(chunks: Sequence[Chunk], context: Context) -> list[Node]:
    """The outline of a text; the first node has no heading if text stands before the first heading."""
    marks = [marker(chunk.first.text) for chunk in chunks if len(chunk.first.text) <= _LONGEST_HEADING]
    counts = frozenset((mark.rank, mark.value) for mark in marks if mark and mark.value is not None)
    items = _items(chunks, replace(context, counts=counts))
    items = _special_ranks(items)
    headings = [item for item in items if isinstance(item, Heading)]
    return _nest(items, _levels(headings))


def _special_ranks(items: list[Item]) -> list[Item]:
    """ "Conclusion" and the like stand level with the text's other main headings, whatever their rank is."""
    headings = [item for item in items if isinstance(item, Heading)]
    others = [h.rank for h in headings if not _is_special(h) and h.rank is not Rank.PART]
    if not others or others.count(Rank.CHAPTER) > 1:
        return items
    if Rank.CHAPTER in others:
        # The text is one chapter: "Introduction" inside it heads a section.
        first = next(
            i for i, item in enumerate(items) if isinstance(item, Heading) and item.rank is Rank.CHAPTER and item.value
        )
        level = min((rank for rank in others if rank > Rank.CHAPTER), default=Rank.TITLE)
    else:
        first, level = -1, min(others)
    return [
        replace(item, rank=level) if i > first and isinstance(item, Heading) and _is_special(item) else item
        for i, item in enumerate(items)
    ]


def _is_special(heading: Heading) -> bool:
    return heading.rank is Rank.CHAPTER and heading.value is None


Item = Heading | Chunk


def _items(chunks: Sequence[Chunk], context: Context) -> list[Item]:
    """Headings and chunks in order."""
    items: list[Item] = []
    series = _series(chunks)
    i = 0
    while i < len(chunks):
        if (stop := flattened(chunks, i)) > i:
            items += chunks[i:stop]
            i = stop
            continue
        chunk = chunks[i]
        after = chunks[i + 1] if i + 1 < len(chunks) else None
        before = chunks[i - 1] if i else None
        items += _divide(chunk, before, after, context, series)
        i += 1
    return _merged(items)


def _series(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Numbers of lines with bare counts ("II", "3") that run in sequence through the text, and so are headings."""
    found: dict[Rank, list[tuple[int, Line]]] = {}
    for chunk in chunks:
        if any(len(line.text) > _LONGEST_HEADING for line in chunk.lines[:4]):
            continue
        for line in chunk.lines[:4]:
            mark = marker(line.text)
            if mark and mark.bare and not mark.word and mark.value is not None:
                found.setdefault(mark.rank, []).append((mark.value, line))
    good: set[int] = set()
    for entries in found.values():
        for (value, line), (before, _) in zip(entries, [(0, None), *entries]):
            if value in (1, before + 1) or (before == 0 and value <= 3):
                good.add(line.number)
    return frozenset(good)


def _divide(
    chunk: Chunk, before: Chunk | None, after: Chunk | None, context: Context, series: frozenset[int]
) -> list[Item]:
    """Splits a chunk into headings, breaks and text."""
    lines = list(chunk.lines)
    items: list[Item] = []
    while lines and is_break(lines[0].text):
        items.append(Chunk((lines.pop(0),), chunk.gap))
    while lines:
        taken, heading = _heading(lines, before, after, context, series, chunk.gap)
        if heading is None:
            break
        items.append(heading)
        del lines[:taken]
        before = None
    if lines:
        items.append(Chunk(tuple(lines), chunk.gap, chunk.cell and lines[0] is chunk.first))
    return items


def _heading(
    lines: Sequence[Line], before: Chunk | None, after: Chunk | None, context: Context, series: frozenset[int], gap: int
) -> tuple[int, Heading | None]:
    """(lines taken, heading) if the first lines are a heading, else (0, None)."""
    text = lines[0].text
    if len(text) > _LONGEST_HEADING or lines[0].number in context.plain:
        return 0, None
    mark = marker(text)
    short = all(len(line.text) <= _LONGEST_HEADING for line in lines)
    if mark and _is_strong(mark, lines, after, context, series, first=before is None):
        return _strong(mark, lines, short)
    if short and _is_weak(lines, before, after, context, spaced=gap > context.gap):
        rank = Rank.CAPITALS if is_capitals(text) else Rank.TITLE
        taken = _title_end(lines, 0)
        subtitle = lines[taken:]
        if not all(_is_subtitle(line.text) for line in subtitle):
            subtitle = ()
        return taken + len(subtitle), Heading(rank, None, (), tuple(lines[:taken]), tuple(subtitle))
    return 0, None


def _is_strong(
    mark: Marker, lines: Sequence[Line], after: Chunk | None, context: Context, series: frozenset[int], *, first: bool
) -> bool:
    text = lines[0].text
    if mark.word:
        return not _is_sentence(text) and (
            not mark.word[0].islower() or text[0].isupper() or mark.word == "§" or text[0].isdigit()
        )
    if mark.bare:
        return lines[0].number in series and (after is not None or len(lines) > 1)
    if normal(text) in context.listed:
        return True
    if looks_like_author(text) >= 0.5 and (not _counts_on(mark, context) or _is_signed(lines)):
        return False
    if mark.rank >= Rank.UPPER and not _counts_on(mark, context):
        return False
    if (
        len(lines) > 2
        or len(text) > (_LONGEST_HEADING if first else 110)
        or (text.endswith((".", ";", ",", ":")) and not is_capitals(text))
    ):
        return False
    if after is None or _same_count(mark, after):
        return False
    words = re.sub(r"^\W*\w{1,8}\W+", "", text)
    return bool(words[:1].isupper() or words[:1] in "“\"‘'„«[(") and (first or len(words) <= 75 or is_title_case(words))


def _is_signed(lines: Sequence[Line]) -> bool:
    """Below a name stands a place or a date."""
    return any(is_date_line(line.text) or DATELINE.match(line.text) for line in lines[1:])


def _counts_on(mark: Marker, context: Context) -> bool:
    """The count before or after it stands in the text, too: "B. Total Form" beside "A.", not the name "E. Varga"."""
    value = mark.value or 0
    return (mark.rank, value - 1) in context.counts or (mark.rank, value + 1) in context.counts


def _same_count(mark: Marker, after: Chunk) -> bool:
    """The next chunk counts on: an enumeration, not a heading and its text."""
    other = marker(after.first.text)
    return (
        other is not None
        and not other.word
        and not other.bare
        and other.rank is mark.rank
        and (other.value == (mark.value or 0) + 1)
    )


def _is_sentence(text: str) -> bool:
    return len(text) > 60 and text.endswith(".") and not is_capitals(text) and not is_title_case(text)


def _strong(mark: Marker, lines: Sequence[Line], short: bool) -> tuple[int, Heading | None]:
    """A strong heading, with the title on the lines below it where its own line holds only the count."""
    number: tuple[Line, ...] = ()
    start = 0
    if mark.bare and (mark.value is not None or _has_title_below(lines)):
        number, start = (lines[0],), 1
    if start and not (short and _has_title_below(lines)):
        return 1, Heading(mark.rank, mark.value, number, (), (), mark.word)
    end = _title_end(lines, start)
    while start and end < min(len(lines), 5) and not _is_subtitle(lines[end].text) and not marker(lines[end].text):
        end += 1
    subtitle_end = end
    while subtitle_end < len(lines) and _is_subtitle(lines[subtitle_end].text):
        subtitle_end += 1
    title = tuple(lines[start:end])
    return subtitle_end, Heading(mark.rank, mark.value, number, title, tuple(lines[end:subtitle_end]), mark.word)


def _has_title_below(lines: Sequence[Line]) -> bool:
    """Below a count such as "Chapter I" stands its title, not another heading's count."""
    if len(lines) < 2 or is_break(lines[1].text):
        return False
    below = marker(lines[1].text)
    return below is None or not below.word


def _title_end(lines: Sequence[Line], start: int) -> int:
    end = start + 1
    while end < len(lines) and continues(lines[end - 1].text, lines[end].text):
        end += 1
    return end


def _is_subtitle(text: str) -> bool:
    return is_date_line(text) or bool(
        re.fullmatch(r"\(.{2,120}\)|(?i:by\s.{3,60})|(?i:newspaper report|from a? ?speech.{0,60})", text)
    )


def _is_weak(
    lines: Sequence[Line], before: Chunk | None, after: Chunk | None, context: Context, *, spaced: bool
) -> bool:
    """Short title lines between paragraphs; with more space above than paragraphs have, they may read like a sentence."""
    text = lines[0].text
    joined = " ".join(line.text for line in lines)
    if after is None or (is_break(after.first.text) and len(after.lines) == 1):
        return False
    if normal(joined) in context.listed or normal(text) in context.listed:
        return True
    title = lines[: _title_end(lines, 0)]
    if not all(_is_subtitle(line.text) for line in lines[len(title) :]) or len(title) > 4:
        return False
    apart = spaced and len(after.text) >= _PROSE
    if not is_weak(text, english=context.english, apart=apart) or _is_closing(text, after):
        return False
    return _stands_between(before, after, capitals=is_capitals(text), spaced=spaced)


_CLOSES = re.compile(
    r"(?i)^(?:the\s+end|either|or|(?:(?:my\s+)?dear|esteemed|honou?red)\b.{0,40}|(?:comrades?|gentlemen|ladies|friends)\b.{0,30}|ende|finis?|yours\b.{0,30}|(?:long\s+live|down\s+with|hail|es\s+lebe|vive|viva)\b.*"
    r"|(?:first\s+)?(?:published|written|printed|dictated|delivered|recorded|signed|sent|transmitted)\b.*)[.!]?$"
)


def _is_closing(text: str, after: Chunk) -> bool:
    """A name, a place or a date line closes a text rather than opening one; so do credits."""
    if credit(text) is not None or is_date_line(text) or _CLOSES.match(text) or DATELINE.match(text):
        return True
    return looks_like_author(text) >= 0.5 and (len(after.text) < _PROSE or re.search(r"[A-Z]\.\s", text) is not None)


def _stands_between(before: Chunk | None, after: Chunk, *, capitals: bool, spaced: bool) -> bool:
    """The line is followed by a paragraph of text, or by a synopsis or another heading, and does not split a sentence."""
    follow = after.first.text
    if follow[:1].islower() or after.cell:
        return False
    if before is not None and not spaced:
        tail = before.lines[-1].text
        if tail.endswith((",", ":", ";", "—", "-")) or (len(tail) > _PROSE and tail[-1].isalpha()):
            return False
        if (
            len(before.lines) == 1
            and len(tail) < 60
            and not capitals
            and not marker(tail)
            and not tail.endswith((".", "”", "!", "?", "]", ")"))
        ):
            return is_title_case(tail)
    return (
        len(follow) >= 90
        or is_synopsis(after.text)
        or follow.endswith((".", ":", "?", "!", "”", ","))
        or marker(follow) is not None
    )


def _merged(items: list[Item]) -> list[Item]:
    """A count alone ("Chapter I") and the title in the next chunk are one heading."""
    result: list[Item] = []
    for item in items:
        last = result[-1] if result else None
        if (
            isinstance(item, Heading)
            and isinstance(last, Heading)
            and last.number
            and not last.title
            and last.value is not None
            and not item.number
            and item.rank in (Rank.CAPITALS, Rank.TITLE)
        ):
            result[-1] = Heading(last.rank, last.value, last.number, item.title, item.subtitle, last.word)
        else:
            result.append(item)
    return result


def _levels(headings: Sequence[Heading]) -> dict[Rank, int]:
    """The depth of each rank of heading that occurs. Ranks nest in their own order, except that counts which start
    again under each unnumbered heading stand below it.
    """
    order = [rank for rank in Rank if any(h.rank is rank for h in headings)]
    for rank in (Rank.ARABIC, Rank.UPPER, Rank.LOWER, Rank.CAPITALS, Rank.TITLE):
        if rank in order and (below := _restarting(headings, rank, order)):
            order.remove(rank)
            order.insert(order.index(below), rank)
    return {rank: depth for depth, rank in enumerate(order)}


def _restarting(headings: Sequence[Heading], above: Rank, order: Sequence[Rank]) -> Rank | None:
    for rank in order:
        if not Rank.ROMAN <= rank <= Rank.LOWER or rank >= above:
            continue
        starts = [i for i, h in enumerate(headings) if h.rank is rank and h.value == 1]
        if len(starts) >= 2 and all(
            any(h.rank is above for h in headings[(starts[n - 1] if n else 0) : start])
            for n, start in enumerate(starts)
        ):
            return rank
    return None


def _nest(items: Sequence[Item], levels: dict[Rank, int]) -> list[Node]:
    top: list[Node] = []
    stack: list[tuple[int, Node]] = []
    for item in items:
        if isinstance(item, Chunk):
            if not stack:
                top.append(Node(None))
                stack.append((-1, top[-1]))
            stack[-1][1].chunks.append(item)
            continue
        depth = levels[item.rank]
        while stack and (stack[-1][0] >= depth or stack[-1][0] == -1):
            stack.pop()
        node = Node(item)
        (stack[-1][1].nodes if stack else top).append(node)
        stack.append((depth, node))
    return top

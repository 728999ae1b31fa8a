# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chunks of text -> headings and text in order: a line's form (headings.py) judged by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from publisher.metadata.dates import is_date_line
from publisher.metadata.fields import credit
from publisher.metadata.people import POSSIBLE, looks_like_author
from publisher.readers.blocks import DATELINE, flattened, is_synopsis
from publisher.readers.contents import normal
from publisher.readers.headings import Heading, continues, is_capitals, is_title_case, is_weak, marker
from publisher.readers.lines import LONGEST_TITLE, PROSE, Chunk, Line, is_break, size
from publisher.readers.ranks import Marker, Rank

_MOST_TITLE_LINES = 4
_COUNT = re.compile(r"^\W*\w{1,8}\W+")
_INITIAL = re.compile(r"^\W*[^\W\d_]\.")
_QUOTES = "“\"‘'„«[(《「『（［"
# What interrupts a sentence or ends one, in the scripts that archives hold most.
_PAUSES = (";", ",", ":", "；", "，", "：", "،", "؛")
_STOPS = (".", "。", *_PAUSES)
_ENDS = (".", "”", "!", "?", "]", ")", "。", "！", "？", "」", "』", "）", "؟", "»")
_CLOSES = re.compile(
    r"""(?ix)^(?: the\s+end | ende | finis? | either | or | yours\b.{0,30}
      | (?:(?:my\s+)?dear|esteemed|honou?red)\b.{0,40} | (?:comrades?|gentlemen|ladies|friends)\b.{0,30}
      | (?:long\s+live|down\s+with|hail|es\s+lebe|vive|viva)\b.*
      | (?:[亲親]爱的|尊敬的|親愛的)?(?:各位)?(?:同志|朋友|先生|代表|同胞)[们們]? [，,：:]?
      | أي(?:ها|تها) \s .{2,30}
      | [（(—…\s]* (?:全[书書文])?[完终終] [）)—…\s]* | النهاي[ةه] | انته[ىي] | تمت
      | (?:first\s+)?(?:published|written|printed|dictated|delivered|recorded|signed|sent|transmitted)\b.* )[.!]?$"""
)
_SUBTITLE = re.compile(r"[(（].{2,120}[)）]|——\S.{2,60}|(?i:by\s.{3,60})|(?i:newspaper report|from a? ?speech.{0,60})")

Item: TypeAlias = Heading | Chunk


class Context(Struct, frozen=True):
    """What headings of a page are judged by.

    `listed` are the titles that a contents list names, reduced by contents.normal; `plain` the numbers of lines that
    are no headings: entries of a contents list that is kept as text. `gap` is the number of blank lines that usually
    stands between two paragraphs. `counts` are the counts that chunks begin with, `series` the numbers of lines with a
    bare count ("II") that runs in sequence through the text.
    """

    english: bool
    listed: frozenset[str]
    plain: frozenset[int] = frozenset()
    gap: int = 1
    counts: frozenset[tuple[Rank, int]] = frozenset()
    series: frozenset[int] = frozenset()


class _Spot(Struct, frozen=True):
    """Lines that may begin with a heading, the chunks around them, and whether more space than usual stands above."""

    lines: Sequence[Line]
    before: Chunk | None
    after: Chunk | None
    spaced: bool

    @property
    def text(self) -> str:
        return self.lines[0].text

    @property
    def short(self) -> bool:
        return all(size(line.text) <= LONGEST_TITLE for line in self.lines)


def items(chunks: Sequence[Chunk], context: Context) -> list[Item]:
    """Headings and chunks in order."""
    context = replace(context, counts=_counts(chunks), series=_series(chunks))
    result: list[Item] = []
    tables = flattened(chunks)
    i = 0
    while i < len(chunks):
        if (stop := tables[i]) > i:
            result += chunks[i:stop]
            i = stop
            continue
        after = chunks[i + 1] if i + 1 < len(chunks) else None
        result += _divide(chunks[i], chunks[i - 1] if i else None, after, context)
        i += 1
    return _merged(result)


def _counts(chunks: Sequence[Chunk]) -> frozenset[tuple[Rank, int]]:
    marks = [marker(chunk.first.text) for chunk in chunks if size(chunk.first.text) <= LONGEST_TITLE]
    return frozenset((mark.rank, mark.value) for mark in marks if mark and mark.value is not None)


def _series(chunks: Sequence[Chunk]) -> frozenset[int]:
    found: dict[Rank, list[tuple[int, Line]]] = {}
    for chunk in chunks:
        if any(size(line.text) > LONGEST_TITLE for line in chunk.lines[:4]):
            continue
        for line in chunk.lines[:4]:
            mark = marker(line.text)
            if mark and mark.bare and not mark.word and mark.value is not None:
                found.setdefault(mark.rank, []).append((mark.value, line))
    good: set[int] = set()
    for entries in found.values():
        values = [value for value, _ in entries]
        for (value, line), before in zip(entries, [0, *values], strict=False):
            if value in (1, before + 1) or (before == 0 and value <= 3):
                good.add(line.number)
    return frozenset(good)


def _divide(chunk: Chunk, before: Chunk | None, after: Chunk | None, context: Context) -> list[Item]:
    """Splits a chunk into headings, breaks and text."""
    lines = list(chunk.lines)
    result: list[Item] = []
    while lines and is_break(lines[0].text):
        result.append(Chunk((lines.pop(0),), chunk.gap))
    while lines:
        found = _heading(_Spot(lines, before, after, chunk.gap > context.gap), context)
        if found is None:
            break
        taken, heading = found
        result.append(heading)
        del lines[:taken]
        before = None
    if lines:
        result.append(Chunk(tuple(lines), chunk.gap, chunk.cell and lines[0] is chunk.first))
    return result


def _heading(spot: _Spot, context: Context) -> tuple[int, Heading] | None:
    """(lines taken, heading) if the first lines are a heading."""
    if size(spot.text) > LONGEST_TITLE or spot.lines[0].number in context.plain:
        return None
    mark = marker(spot.text)
    if mark and _is_strong(mark, spot, context):
        return _strong(mark, spot)
    if spot.short and _is_weak(spot, context):
        rank = Rank.CAPITALS if is_capitals(spot.text) else Rank.TITLE
        end = _title_end(spot.lines, 0)
        subtitle = tuple(spot.lines[end:]) if _are_subtitles(spot.lines[end:]) else ()
        return end + len(subtitle), Heading(rank, None, (), tuple(spot.lines[:end]), subtitle)
    return None


def _is_strong(mark: Marker, spot: _Spot, context: Context) -> bool:
    """A line with a marker is a heading: not a sentence, a name with an initial, or an entry of an enumeration."""
    text = spot.text
    if mark.word:
        return not _is_sentence(text) and (not text[0].islower() or mark.word == "§")
    if mark.bare:
        return spot.lines[0].number in context.series and (spot.after is not None or len(spot.lines) > 1)
    if context.listed and normal(text) in context.listed:
        return True
    counts_on = _counts_on(mark, context)
    # "V. Adoratsky" may be a name, "IV. The Central Committee" is none.
    if _INITIAL.match(text) and looks_like_author(text) >= POSSIBLE and (not counts_on or _is_signed(spot.lines)):
        return False
    if (
        ((mark.listed or mark.rank >= Rank.UPPER) and not counts_on)
        or spot.after is None
        or _is_followed(mark, spot.after)
    ):
        return False
    return _reads_as_title(text, spot)


def _is_sentence(text: str) -> bool:
    return len(text) > 60 and text.endswith(".") and not is_capitals(text) and not is_title_case(text)


def _counts_on(mark: Marker, context: Context) -> bool:
    """The count before or after it stands in the text, too: "B. Total Form" beside "A.", not the name "E. Varga"."""
    value = mark.value or 0
    return (mark.rank, value - 1) in context.counts or (mark.rank, value + 1) in context.counts


def _is_signed(lines: Sequence[Line]) -> bool:
    """Below a name stands a place or a date."""
    return any(is_date_line(line.text) or DATELINE.match(line.text) for line in lines[1:])


def _is_followed(mark: Marker, after: Chunk) -> bool:
    """The next chunk counts on: an enumeration, not a heading and its text."""
    other = marker(after.first.text)
    if other is None or other.word or other.bare or other.rank is not mark.rank:
        return False
    return other.value == (mark.value or 0) + 1


def _reads_as_title(text: str, spot: _Spot) -> bool:
    """What follows a count begins like a title and is not too long for one; the first on a page may be longer."""
    first = spot.before is None
    if len(spot.lines) > 2 or size(text) > (LONGEST_TITLE if first else 110):
        return False
    if text.endswith(_STOPS) and not is_capitals(text):
        return False
    words = _COUNT.sub("", text)
    begins = (words[:1].isalpha() and not words[:1].islower()) or words[:1] in _QUOTES
    return begins and (first or size(words) <= 75 or is_title_case(words))


def _strong(mark: Marker, spot: _Spot) -> tuple[int, Heading]:
    """A strong heading, with the title on the lines below it where its own line holds only the count."""
    lines = spot.lines
    below = _has_title_below(lines)
    counted = mark.bare and (mark.value is not None or below)
    if counted and not (spot.short and below):
        return 1, Heading(mark.rank, mark.value, (lines[0],), (), (), mark.word)
    start = 1 if counted else 0
    end = _title_end(lines, start)
    while counted and end < min(len(lines), 5) and not _is_subtitle(lines[end].text) and not marker(lines[end].text):
        end += 1
    last = end
    while last < len(lines) and _is_subtitle(lines[last].text):
        last += 1
    parts = tuple(lines[:start]), tuple(lines[start:end]), tuple(lines[end:last])
    return last, Heading(mark.rank, mark.value, *parts, mark.word)


def strong_heading(lines: Sequence[Line]) -> Heading | None:
    """The heading that lines are if the first one has a marker with a word: "Chapter I" / "The Old Mill"."""
    mark = marker(lines[0].text)
    if mark is None or not mark.word or mark.rank > Rank.CHAPTER:
        return None
    taken, heading = _strong(mark, _Spot(lines, None, None, spaced=False))
    return heading if taken == len(lines) else None


def _has_title_below(lines: Sequence[Line]) -> bool:
    """Below a count such as "Chapter I" stands its title, not another heading's count."""
    if len(lines) < 2 or is_break(lines[1].text) or _is_subtitle(lines[1].text):
        return False
    below = marker(lines[1].text)
    return below is None or not below.word


def _title_end(lines: Sequence[Line], start: int) -> int:
    end = start + 1
    while end < len(lines) and continues(lines[end - 1].text, lines[end].text):
        end += 1
    return end


def _is_subtitle(text: str) -> bool:
    return is_date_line(text) or bool(_SUBTITLE.fullmatch(text))


def _are_subtitles(lines: Sequence[Line]) -> bool:
    return all(_is_subtitle(line.text) for line in lines)


def _is_weak(spot: _Spot, context: Context) -> bool:
    """Short title lines between paragraphs; with more space above than these have, they may read like a sentence."""
    after = spot.after
    if after is None or (is_break(after.first.text) and len(after.lines) == 1) or is_synopsis(spot.text):
        return False
    if context.listed:
        joined = " ".join(line.text for line in spot.lines)
        if normal(joined) in context.listed or normal(spot.text) in context.listed:
            return True
    end = _title_end(spot.lines, 0)
    if end > _MOST_TITLE_LINES or not _are_subtitles(spot.lines[end:]):
        return False
    apart = spot.spaced and size(after.text) >= PROSE
    if not is_weak(spot.text, english=context.english, apart=apart) or _is_closing(spot.text, after):
        return False
    return _follows_text(spot) and _precedes_text(after)


def _is_closing(text: str, after: Chunk) -> bool:
    """A name, a place or a date line closes a text rather than opening one; so do credits."""
    if credit(text) is not None or is_date_line(text) or _CLOSES.match(text) or DATELINE.match(text):
        return True
    return looks_like_author(text) >= POSSIBLE and (
        size(after.text) < PROSE or re.search(r"[A-Z]\.\s", text) is not None
    )


def _follows_text(spot: _Spot) -> bool:
    """What stands above does not run on into the line, and is not itself a short line of a list."""
    if spot.before is None or spot.spaced:
        return True
    tail = spot.before.lines[-1].text
    if tail.endswith((*_PAUSES, "—", "-")) or (size(tail) > PROSE and tail[-1].isalpha()):
        return False
    listed = len(spot.before.lines) == 1 and size(tail) < 60 and not tail.endswith(_ENDS)
    return not listed or is_capitals(spot.text) or marker(tail) is not None or is_title_case(tail)


def _precedes_text(after: Chunk) -> bool:
    """Below stands a paragraph, a synopsis or another heading, and it does not go on with a sentence."""
    follow = after.first.text
    if follow[:1].islower() or after.cell:
        return False
    if size(follow) >= 90 or follow.endswith((*_STOPS, *_ENDS)):
        return True
    return is_synopsis(after.text) or marker(follow) is not None


def _merged(found: list[Item]) -> list[Item]:
    """A count alone ("Chapter I") and the title in the next chunk are one heading."""
    result: list[Item] = []
    for item in found:
        last = result[-1] if result else None
        if isinstance(item, Heading) and isinstance(last, Heading) and _completes(item, last):
            result[-1] = replace(last, title=item.title, subtitle=item.subtitle)
        else:
            result.append(item)
    return result


def _completes(title: Heading, count: Heading) -> bool:
    alone = bool(count.number) and not count.title and count.value is not None
    return alone and not title.number and title.rank in (Rank.CAPITALS, Rank.TITLE)

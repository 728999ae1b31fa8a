# SPDX-License-Identifier: AGPL-3.0-or-later
"""The top of a page: author, title, subtitle and the header block, before the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.metadata.dates import is_date_line
from publisher.metadata.fields import canonical, credit, split
from publisher.metadata.model import Field
from publisher.metadata.people import author, looks_like_author
from publisher.readers import contents
from publisher.readers.headings import Rank, continues, marker
from publisher.readers.lines import Chunk, Line
from publisher.readers.notes import is_head as is_notes_head

_TITLE_LINE = 180
_TITLE_LINES = 9
_UNKNOWN_LABEL = re.compile(r"^(?P<label>[^\W\d_][\w .,/\\&’'-]{1,45}?)\s?:\s*(?P<value>\S.*)$")
_SERIES = re.compile(r"(?i)\b(?:correspondence|collected works|selected works|werke)\b.*\d{4}|^collected works\b")
_GLOSSARY = re.compile(r"(?i)\s*\[\s*see\s+(?:also\s+)?(?:the\s+)?(?:glossary|encyclop)[^\]]*\]")


@dataclass(slots=True)
class Front:
    """What stands before the text. `rest` is the text's chunks; `field_lines` are the header's lines, for the ledger."""

    author: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    subtitle: list[Line] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    field_lines: list[Line] = field(default_factory=list)
    rest: list[Chunk] = field(default_factory=list)


def read(chunks: Sequence[Chunk], trail: tuple[str, ...]) -> Front:
    """Takes the title block and the header block off a page; `trail` are the names of its breadcrumb."""
    front = Front()
    block: list[Line] = []
    i = 0
    while i < len(chunks):
        chunk = chunks[i]
        if not block and not front.fields and _is_credit_before_title(chunk.first.text, chunks, i):
            _add_field(front, chunk.first)
            chunk = Chunk(chunk.lines[1:], chunk.gap)
            if not chunk.lines:
                i += 1
                continue
        if _is_header(chunk):
            rest = _take_fields(front, chunk)
            if rest:
                front.rest = [rest, *chunks[i + 1 :]]
                break
        elif front.fields and block:
            front.rest = list(chunks[i:])
            break
        else:
            taken = _title_lines(chunk, block, chunks[i + 1 :])
            block += chunk.lines[:taken]
            if taken < len(chunk.lines):
                later = Chunk(chunk.lines[taken:], chunk.gap)
                if taken and _is_header(later):
                    remaining = _take_fields(front, later)
                    if remaining:
                        front.rest = [remaining, *chunks[i + 1 :]]
                        break
                else:
                    front.rest = [later, *chunks[i + 1 :]]
                    break
        i += 1
    _divide(front, block, trail)
    return front


def _is_header(chunk: Chunk) -> bool:
    """The chunk belongs to the header block: it begins with a known label or a credit."""
    text = chunk.first.text
    found = split(text)
    if found is not None:
        return canonical(found[0]) is not None
    return credit(text) is not None and len(text) <= 300


def _unknown(text: str) -> re.Match[str] | None:
    return _UNKNOWN_LABEL.match(text)


def _is_credit_before_title(text: str, chunks: Sequence[Chunk], i: int) -> bool:
    return (
        i == 0 and len(chunks[0].lines) > 1 and credit(text) is not None and split(text) is None and not _is_name(text)
    )


def _take_fields(front: Front, chunk: Chunk) -> Chunk | None:
    """Reads a header chunk line by line; lines without a label go on with the value before. Returns what is no header."""
    for n, line in enumerate(chunk.lines):
        found = split(line.text)
        if (
            found is None
            and len(line.text) <= 400
            and (unknown := _unknown(line.text))
            and len(unknown["label"].split()) <= 5
        ):
            found = (unknown["label"], unknown["value"])
        if found is not None:
            front.fields.append(Field(found[0], found[1], line.at(), canonical(found[0])))
            front.field_lines.append(line)
        elif credit(line.text) is not None:
            _add_field(front, line)
        elif front.fields and _goes_on(chunk, n):
            before = front.fields[-1]
            front.fields[-1] = Field(before.label, f"{before.value} {line.text}".strip(), before.location, before.key)
            front.field_lines.append(line)
        else:
            return Chunk(chunk.lines[n:], chunk.gap)
    return None


def _goes_on(chunk: Chunk, n: int) -> bool:
    """A line without a label continues the header unless it opens the text: a strong heading or a contents list."""
    text = chunk.lines[n].text
    return not (marker(text) or contents.is_head(text) or is_notes_head(text))


def _add_field(front: Front, line: Line) -> None:
    front.fields.append(Field("", line.text, line.at(), credit(line.text)))
    front.field_lines.append(line)


def _title_lines(chunk: Chunk, block: list[Line], later: Sequence[Chunk]) -> int:
    """How many lines of the chunk go on with the title block."""
    if block and not _may_go_on(chunk, block, later):
        return 0
    # A count right above the header block ("Part II" of a work in two volumes) belongs to the title.
    heads = bool(later) and _is_header(later[0]) and len(chunk.lines) <= _TITLE_LINES
    taken = 0
    for line in chunk.lines:
        text = line.text
        if len(text) > _TITLE_LINE or len(block) + taken >= _TITLE_LINES:
            break
        if contents.is_head(text) or is_notes_head(text) or (block or taken) and (split(text) or credit(text)):
            break
        if _opens_text(text) and (block or taken) and not heads:
            break
        if taken == 0 and not block and len(text) > 100 and text.endswith((".", "!", "?", "”")) and not later[:1]:
            break
        taken += 1
    return taken


def _opens_text(text: str) -> bool:
    """A strong heading: the title block ends before it. "1921" is no such heading, "I" and "Chapter I" are."""
    found = marker(text)
    if found is None or re.fullmatch(r"\d{3,}", text):
        return False
    return found.rank <= Rank.SECTION or found.bare or found.rank in (Rank.ROMAN, Rank.ARABIC)


def _may_go_on(chunk: Chunk, block: list[Line], later: Sequence[Chunk]) -> bool:
    """A chunk below a blank line still belongs to the title block: a title is missing, a header follows, or it is a date."""
    text = chunk.first.text
    if len(text) > _TITLE_LINE or text.endswith((",", ":", ";")) and len(chunk.lines) == 1:
        return False
    if any(_is_header(c) for c in later[:2]) and all(
        len(line.text) <= _TITLE_LINE for c in later[:1] for line in c.lines[:1]
    ):
        return sum(len(line.text) for line in chunk.lines) <= 300
    if len(block) == 1 and _is_name(block[0].text):
        return not text.endswith((".", "”")) or len(text) < 60
    if re.match(r"(?i)(?:written\s+)?by\s+\S", text) and len(text) <= 60 and len(chunk.lines) == 1:
        return True
    return is_date_line(text) or bool(re.fullmatch(r"\(.{3,80}\)", text))


def _divide(front: Front, block: list[Line], trail: tuple[str, ...]) -> None:
    """Divides the title block into author, title and subtitle."""
    if block and len(block) > 1 and _SERIES.search(block[0].text) and not _is_name(block[0].text):
        line = block.pop(0)
        front.fields.insert(0, Field("", line.text, line.at(), None))
        front.field_lines.append(line)
    if (
        block
        and (len(block) > 1 or _opens_text_next(front))
        and (_names_author(block[0].text, trail) or _stands_apart(block))
    ):
        front.author = [block.pop(0)]
        while block and len(block) > 1 and block[0].text == front.author[0].text:
            front.author.append(block.pop(0))
    elif block and (parted := _author_and_title(block[0])):
        front.author, block = [parted[0]], [parted[1], *block[1:]]
    while block:
        line = block.pop(0)
        if not front.title or (not front.subtitle and continues(front.title[-1].text, line.text)):
            front.title.append(line)
        elif re.match(r"(?i)(?:written\s+)?by\s+\S", line.text) and not front.author:
            front.author.append(line)
        else:
            front.subtitle.append(line)


_BYLINE = re.compile(r"(?i)(?:written\s+)?by\s+(?P<name>\S.{3,50})")


def _above_byline(block: list[Line]) -> int | None:
    """The index of the title that stands right above "by ..."; what stands above it is no author ("Communist Party of X. 1961")."""
    for i, line in enumerate(block[1:], 1):
        match = _BYLINE.fullmatch(line.text)
        if match and looks_like_author(match["name"].rstrip(".")) >= 0.5:
            start = i - 1
            while start and continues(block[start - 1].text, block[start].text):
                start -= 1
            return None if start and _is_name(block[0].text) else start
    return None


def _stands_apart(block: list[Line]) -> bool:
    """Two or three words with capitals, alone above a blank line and the title: a name that is in no list of names."""
    words = block[0].text.split()
    shaped = all(
        re.fullmatch(r"(?:[^\W\d_]\.-?)+|[^\W\d_][^\W\d_’'-]+(?:[-’'][^\W\d_]+)?", w) and w[0].isupper() for w in words
    )
    parted = len(block) > 1 and block[1].number > block[0].number + 1
    return parted and shaped and 2 <= len(words) <= 3 and not block[0].text.isupper()


def _opens_text_next(front: Front) -> bool:
    return bool(front.rest) and _opens_text(front.rest[0].first.text)


def _names_author(text: str, trail: tuple[str, ...]) -> bool:
    if _is_name(text):
        return True
    words = set(re.findall(r"[^\W\d_]{4,}", text.lower()))
    named = {word for name in trail[1:3] for word in re.findall(r"[^\W\d_]{4,}", name.lower())} - {
        "archive",
        "internet",
        "works",
    }
    return len(words) <= 6 and bool(words & named) and bool(author(text))


def _is_name(text: str) -> bool:
    """A person's name, also as in "Vladimir Lenin’s" above a title."""
    return looks_like_author(re.sub(r"['’]s$", "", text)) >= 0.5


_AUTHOR_FIRST = re.compile(r"^(?P<name>[^:]{5,40}?)(?::\s+|\.\s+(?=[A-Z][a-z]{2}))(?P<title>\S.*)$")
_AUTHOR_LAST = re.compile(
    r"^(?P<title>.{8,150}?)[,.]\s+(?P<name>[^,.:]{3,40}(?:\.\s?[^,.:]{2,30})?)[,.]\s+(?:1[5-9]|20)\d\d$"
)


def _author_and_title(line: Line) -> tuple[Line, Line] | None:
    """An author and a title on one line: "August Thalheimer: Introduction to ...", "The Trade Unions ..., Lance Sharkey. 1961"."""
    for pattern, least in ((_AUTHOR_FIRST, 0.5), (_AUTHOR_LAST, 0.2)):
        match = pattern.match(line.text)
        if match and looks_like_author(match["name"]) >= least and re.search(r"\w\w", match["name"].split()[-1]):
            return tuple(  # type: ignore[return-value]
                Line(line.file, line.number, match[group], line.indent + match.start(group))
                for group in ("name", "title")
            )
    return None


def without_glossary(line: Line) -> list[tuple[int, int]]:
    """The spans of "[See glossary entry]" in a title: a link of the page, not part of the title."""
    return [match.span() for match in _GLOSSARY.finditer(line.text)]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The top of a page: author, title, subtitle and the header block, before the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from publisher.characters import HAN
from publisher.metadata import names_by_script
from publisher.metadata.dates import is_date_line
from publisher.metadata.fields import credit, split
from publisher.metadata.labels import canonical
from publisher.metadata.model import Contributor, Field
from publisher.metadata.people import DOUBTFUL, LIKELY, NEVER, POSSIBLE, after_author, author, looks_like_author
from publisher.readers import contents
from publisher.readers.headings import continues, marker
from publisher.readers.lines import ENDS, LONGEST_TITLE, WORD, Chunk, Line, size
from publisher.readers.notes import holds_bodies, is_head as is_notes_head
from publisher.readers.ranks import Rank

_TITLE_LINES = 9
_LONGEST_WRAPPED = 120  # characters; longer lines are not the rest of a wrapped value
_LONGEST_TITLE_SENTENCE = 15  # words
_UNKNOWN_LABEL = re.compile(
    rf"^(?P<label>[{HAN}]{{2,8}}|(?![{HAN}])[^\W\d_](?:[\w.,/\\&’'-]* ?){{1,5}}?)\s?[:：]\s*(?P<value>\S.*)$"
)
_SERIES = re.compile(r"(?i)\b(?:correspondence|collected works|selected works|werke)\b.*\d{4}|^collected works\b")
_GLOSSARY = re.compile(r"(?i)\s*\[\s*see\s+(?:also\s+)?(?:the\s+)?(?:glossary|encyclop)[^\]]*\]")
_BYLINE = re.compile(r"(?i)(?:written\s+)?by\s+(?P<name>\S.{3,50})")
_AUTHOR_FIRST = re.compile(r"^(?P<name>[^:]{5,40}?)(?::\s+|\.\s+(?=[A-Z][a-z]{2}))(?P<title>\S.*)$")
_AUTHOR_LAST = re.compile(
    r"^(?P<title>.{8,150}?)[,.]\s+(?P<name>[^,.:]{3,40}(?:\.\s?[^,.:]{2,30})?)[,.]\s+(?:1[5-9]|20)\d\d$"
)
_FIRST_LINES = 4  # where an author may be named
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_][^\W\d_’'-]+(?:[-’'][^\W\d_]+)?")


class Front(Struct):
    """What stands before the text; `rest` is the text's chunks, `field_lines` the header's lines, for the ledger."""

    author: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    subtitle: list[Line] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    field_lines: list[Line] = field(default_factory=list)
    rest: list[Chunk] = field(default_factory=list)

    def add(self, line: Line, label: str, value: str, key: str | None) -> None:
        """Enters a line of the header, taken apart."""
        self.fields.append(Field(label, value, line.at(), key))
        self.field_lines.append(line)

    def enter(self, line: Line) -> None:
        """Enters a line with a known label, or a credit without one."""
        label, value = split(line.text) or ("", line.text)
        self.add(line, label, value, canonical(label) if label else credit(line.text))

    def extend(self, line: Line) -> None:
        """Goes on with the value of the last header line."""
        last = self.fields[-1]
        self.fields[-1] = Field(last.label, f"{last.value} {line.text}".strip(), last.location, last.key)
        self.field_lines.append(line)


def read(chunks: Sequence[Chunk], trail: tuple[str, ...]) -> Front:
    """Takes the title block and the header block off a page; `trail` are the names of its breadcrumb."""
    front = Front()
    block: list[Line] = []
    queue = list(chunks)
    if queue and _opens_with_credit(queue[0]):
        front.enter(queue[0].first)
        queue[0] = Chunk(queue[0].lines[1:], queue[0].gap)
    begun = False
    while queue:
        if _is_header(queue[0]):
            begun = True
            rest = _take_fields(front, queue[0])
        elif begun and block:
            break
        else:
            rest = _take_title(front, block, queue)
        queue = ([rest] if rest else []) + queue[1:]
        if rest:
            break
    front.rest = queue
    _divide(front, block, trail)
    return front


def _is_header(chunk: Chunk) -> bool:
    """The chunk belongs to the header block: it begins with a known label or a credit."""
    text = chunk.first.text
    found = split(text)
    if found is not None:
        return canonical(found[0]) is not None
    return credit(text) is not None and len(text) <= 300


def _opens_with_credit(chunk: Chunk) -> bool:
    """A credit stands above author and title: "Seitenzahlen verweisen auf: ...", "From a speech by ..."."""
    text = chunk.first.text
    if len(chunk.lines) < 2 or (split(text) is None and credit(text) is None) or _is_name(text):
        return False
    return split(chunk.lines[1].text) is None and credit(chunk.lines[1].text) is None


def _take_fields(front: Front, chunk: Chunk) -> Chunk | None:
    """Reads a header chunk; lines without a label go on with the value before. Returns what is no header."""
    for n, line in enumerate(chunk.lines):
        text = line.text
        if split(text) is not None or credit(text) is not None:
            front.enter(line)
        elif len(text) <= 400 and (unknown := _UNKNOWN_LABEL.match(text)):
            front.add(line, unknown["label"], unknown["value"], None)
        elif n and not _begins_text(chunk.lines[n:]):
            front.extend(line)
        else:
            return Chunk(chunk.lines[n:], chunk.gap)
    return None


def _begins_text(lines: Sequence[Line]) -> bool:
    """A line without a label opens the text: a heading, or a long sentence below which no label comes any more."""
    text = lines[0].text
    if marker(text) or contents.is_head(text) or is_notes_head(text):
        return True
    long = size(text) > _LONGEST_WRAPPED and text.endswith((*ENDS, '"', "’", "]"))
    return long and not any(split(line.text) or credit(line.text) for line in lines[1:])


def _take_title(front: Front, block: list[Line], queue: list[Chunk]) -> Chunk | None:
    """Adds the first chunk's title lines to the block. Returns the lines where the text begins."""
    chunk = queue[0]
    taken = _title_lines(chunk, block, queue[1:])
    block += chunk.lines[:taken]
    if taken == len(chunk.lines):
        return None
    later = Chunk(chunk.lines[taken:], chunk.gap)
    return _take_fields(front, later) if taken and _is_header(later) else later


def _title_lines(chunk: Chunk, block: list[Line], later: Sequence[Chunk]) -> int:
    """How many lines of the chunk go on with the title block."""
    if block and not _may_go_on(chunk, block, later):
        return 0
    # A count right above the header block ("Part II" of a work in two volumes) belongs to the title.
    heads = bool(later) and _is_header(later[0]) and len(chunk.lines) <= _TITLE_LINES
    for taken, line in enumerate(chunk.lines):
        text = line.text
        begun = bool(block) or taken > 0
        if size(text) > LONGEST_TITLE or len(block) + taken >= _TITLE_LINES:
            return taken
        if not begun and _is_sentence(text) and not any(map(_is_header, [chunk, *later[:2]])):
            return taken
        if contents.is_head(text) or (begun and (split(text) or credit(text))):
            return taken
        # "Notes of the Month" is a title, "Notes" above "1. ..." is none.
        if is_notes_head(text) and holds_bodies([Chunk(chunk.lines[taken:]), *later], 0):
            return taken
        if _opens_text(text) and begun and not (heads and _is_part(text)):
            return taken
    return len(chunk.lines)


def _is_sentence(text: str) -> bool:
    """A line long enough for the text, which ends as a sentence does."""
    words = max(len(text.split()), size(text) // WORD if names_by_script.knows(text) else 0)
    return text.endswith(ENDS) and words > _LONGEST_TITLE_SENTENCE


def _is_part(text: str) -> bool:
    found = marker(text)
    return found is not None and found.rank is Rank.PART


def _opens_text(text: str) -> bool:
    """A strong heading: the title block ends before it. "1921" is no such heading, "I" and "Chapter I" are."""
    found = marker(text)
    if found is None or re.fullmatch(r"\d{3,}", text):
        return False
    return found.rank <= Rank.SECTION or found.bare or found.rank in (Rank.ROMAN, Rank.ARABIC)


def _may_go_on(chunk: Chunk, block: list[Line], later: Sequence[Chunk]) -> bool:
    """A chunk below a blank line still belongs to the title: one is missing, a header follows, or it is a date."""
    text = chunk.first.text
    if size(text) > LONGEST_TITLE or (
        text.endswith((",", ":", ";", "，", "：", "；", "،", "؛")) and len(chunk.lines) == 1
    ):
        return False
    if any(map(_is_header, later[:2])) and (_is_header(later[0]) or size(later[0].first.text) <= LONGEST_TITLE):
        return sum(size(line.text) for line in chunk.lines) <= 300
    if len(block) == 1 and _is_name(block[0].text):
        return not text.endswith((".", "”", "。")) or size(text) < 60
    if len(block) == 1 and names_by_script.knows(text) and looks_like_author(text) >= POSSIBLE:
        return True
    if _BYLINE.fullmatch(text) and len(chunk.lines) == 1:
        return True
    return is_date_line(text) or bool(re.fullmatch(r"[(（].{3,80}[)）]", text))


def _divide(front: Front, block: list[Line], trail: tuple[str, ...]) -> None:
    """Divides the title block into author, title and subtitle."""
    for line in block[: _first_title(block)]:
        front.add(line, "", line.text, None)
    block = block[_first_title(block) :]
    if authors := _authors_by_script(block):
        front.author = [block[i] for i in authors]
        block = [line for i, line in enumerate(block) if i not in authors]
    elif block and (parted := _author_and_title(block[0])):
        front.author, block = [parted[0]], [parted[1], *block[1:]]
    elif block and (len(block) > 1 or _text_opens(front)) and _names_author(block, trail):
        count = next((i for i, line in enumerate(block) if line.text != block[0].text), 1)
        front.author, block = block[:count], block[count:]
    for line in block:
        if not front.title or (not front.subtitle and continues(front.title[-1].text, line.text)):
            front.title.append(line)
        elif not front.author and (byline := _BYLINE.fullmatch(line.text)) and author(byline["name"]):
            front.author.append(line)
        else:
            front.subtitle.append(line)
    front.subtitle += [rest for line in front.author[:1] for rest in _behind_name(line)]
    more = [line for line in front.author if names_by_script.knows(line.text) and names_by_script.says_more(line.text)]
    front.fields += [Field("", line.text, line.at(), None) for line in more]


def _authors_by_script(block: Sequence[Line]) -> range:
    """The lines that name authors in a script without capitals, above the title or below it; none where it is unclear.

    The surest of the first lines is one, and those that follow and are as sure, as long as a title remains.
    """
    forms = [
        looks_like_author(line.text) if names_by_script.knows(line.text) else NEVER for line in block[:_FIRST_LINES]
    ]
    best = max(forms, default=NEVER)
    if len(block) < 2 or best < POSSIBLE:
        return range(0)
    start = forms.index(best)
    stop = start + 1
    while best >= LIKELY and stop < len(forms) and forms[stop] == best and stop - start + 1 < len(block):
        stop += 1
    return range(start, stop) if best >= LIKELY or start <= 1 else range(0)


def _behind_name(line: Line) -> list[Line]:
    """What an author line says behind the name: the year of "Moissaye J. Olgin 1939"."""
    rest = after_author(line.text)
    if not rest or not line.text.endswith(rest):
        return []
    at = len(line.text) - len(rest)
    return [Line(line.file, line.number, rest, line.indent + at)]


def _first_title(block: Sequence[Line]) -> int:
    """How many lines at the top of the block name a series: "Marx Engels Correspondence 1884"."""
    marks = next((i for i, line in enumerate(block) if re.search(r"[^\W\d_]", line.text)), 0)
    if marks:
        return marks  # "|0001 : 1717|", a page mark
    if len(block) > 1 and _SERIES.search(block[0].text) and not _is_name(block[0].text):
        return 1
    for i, line in enumerate(block[1:], 1):
        match = _BYLINE.fullmatch(line.text)
        if match and looks_like_author(match["name"].rstrip(".")) >= POSSIBLE:
            start = i - 1
            while start and continues(block[start - 1].text, block[start].text):
                start -= 1
            return 0 if _is_name(block[0].text) else start
    return 0


def _text_opens(front: Front) -> bool:
    return bool(front.rest) and _opens_text(front.rest[0].first.text)


def _is_name(text: str) -> bool:
    """A person's name, also as in "Vladimir Lenin’s" above a title."""
    return looks_like_author(_bare(text)) >= POSSIBLE


def person(text: str) -> tuple[Contributor, ...]:
    """The people that an author line names, without "by" before and "’s" behind."""
    return author(_bare(text))


def _bare(text: str) -> str:
    return re.sub(r"(?i)^(?:written\s+)?by\s+|['’]s$", "", text)


def _names_author(block: Sequence[Line], trail: tuple[str, ...]) -> bool:
    """The first line names the author: by its form, by the breadcrumb, or by its place."""
    text = block[0].text
    if (_is_name(text) and person(text)) or _stands_apart(block):
        return True
    if names_by_script.knows(text) and text in trail[1:-1]:
        return True
    words = set(re.findall(r"[^\W\d_]{4,}", text.lower()))
    named = {word for name in trail[1:3] for word in re.findall(r"[^\W\d_]{4,}", name.lower())}
    return len(words) <= 6 and bool(words & (named - {"archive", "internet", "works"}))


def _stands_apart(block: Sequence[Line]) -> bool:
    """Two or three words with capitals, alone above a blank line and the title: a name that no list knows."""
    words = block[0].text.split()
    shaped = all(_NAME_WORD.fullmatch(word) and word[0].isupper() for word in words)
    parted = len(block) > 1 and block[1].number > block[0].number + 1
    return parted and shaped and 2 <= len(words) <= 3 and not block[0].text.isupper() and not marker(block[0].text)


def _author_and_title(line: Line) -> tuple[Line, Line] | None:
    """An author and a title on one line: "August Thalheimer: Introduction ...", "The Unions, Lance Sharkey. 1961"."""
    for pattern, least in ((_AUTHOR_FIRST, POSSIBLE), (_AUTHOR_LAST, DOUBTFUL)):
        match = pattern.match(line.text)
        if match and looks_like_author(match["name"]) >= least and re.search(r"\w\w", match["name"].split()[-1]):
            name, title = (
                Line(line.file, line.number, match[group], line.indent + match.start(group))
                for group in ("name", "title")
            )
            return name, title
    return None


def without_glossary(line: Line) -> list[tuple[int, int]]:
    """The spans of "[See glossary entry]" in a title: a link of the page, not part of the title."""
    return [match.span() for match in _GLOSSARY.finditer(line.text)]

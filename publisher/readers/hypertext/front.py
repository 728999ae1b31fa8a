# SPDX-License-Identifier: AGPL-3.0-or-later
"""The top of a page: author, title, subtitle and header, told by headings, classes and the words of header labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field

from publisher.ledger import Fate
from publisher.metadata import names_by_script
from publisher.metadata.dates import is_date_line
from publisher.metadata.fields import credit, split
from publisher.metadata.labels import canonical
from publisher.metadata.model import Contributor, Field
from publisher.metadata.people import DOUBTFUL, POSSIBLE, looks_like_author
from publisher.readers import contents
from publisher.readers.front import person
from publisher.readers.headings import marker
from publisher.readers.hypertext.model import BREAK, Box, Stretch, rows
from publisher.readers.lines import ENDS, is_break, size
from publisher.readers.notes import is_head as is_notes_head
from publisher.readers.ranks import Rank

_INFO = frozenset("information info infobot infotop infoblk infobox pageinfo metadata".split())
_TITLES = frozenset("title title1 booktitle maintitle fulltitle titre titel titulo subtitle titlepart".split())
_AUTHORS = frozenset("author byline auteur autor z3998:author authors bookauthor".split())
_LONGEST_TITLE = 300
_MOST_LINES = 14
_LONGEST_SENTENCE = 150  # letters; a sentence of more words than a heading has
_LABEL = re.compile(r"^(?P<label>[^\W\d_][^:：]{1,58}?)\s*[:：]\s*(?P<value>.*)$", re.DOTALL)
_AUTHOR_FIRST = re.compile(r"(?P<name>[^:\n]{5,40}?)(?::\s+|\.\s+(?=[A-Z][a-z]{2}))(?=\S)")
_ATTRIBUTED = re.compile(r"[.!?”\"’»…)]\s*[—–-]\s?[^\W\d_][^—–.]{2,110}\.?$")
# A motto has as many words, before the dash and who said it.
MOTTO = 3
_BYLINE = re.compile(r"(?i)(?:written\s+)?by\s+\S.{3,60}")
_SERIES = re.compile(r"(?i)\b(?:correspondence|collected works|selected works|werke)\b.*\d{4}|^collected works\b")
_BY = re.compile(r"(?i)(?:written\s+)?by:?|von|par|por|بقلم:?|تأليف:?")
_YEAR_BEHIND = re.compile(r"\s*[,(]?\s*\b(?:1[5-9]|20)\d\d\)?\.?$")


class Front(Struct):
    """What stands above a page's text."""

    author: list[Stretch] = field(default_factory=list)
    title: list[Stretch] = field(default_factory=list)
    subtitle: list[Stretch] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    header: list[Box] = field(default_factory=list)
    block: list[Stretch] = field(default_factory=list)
    above: list[Stretch] = field(default_factory=list)

    def enter_above(self) -> None:
        """Enters the lines above the title, such as a series, with the header."""
        for row in self.above:
            row.box.claim(row.start, row.end, Fate.METADATA)
            self.fields.append(Field("", row.words, row.box.at(row.start), None))


def read(boxes: Sequence[Box], names: Sequence[str]) -> Front:
    """Takes title block and header off a page's boxes; `names` are other words for its author (head, breadcrumb)."""
    front = Front()
    text = [box for box in boxes if box.fate is None]
    later = Counter(box.level for box in text if box.level and not is_break(box.words) and not is_notes_head(box.words))
    block: list[Box] = []
    begun = False
    for i, box in enumerate(text):
        if box.tag == "hr" or not box.words:
            continue
        if is_info(box, text, i):
            take_fields(front, box)
            begun = begun or bool(block)
            continue
        if begun or not _is_title(box, block, text, i, later):
            break
        block.append(box)
        if box.level:
            later[box.level] -= 1
    alone = all(box.level != 1 for box in block)
    front.block = [row for box in block for row in (_rows(box) if alone and box is block[0] else rows(box))]
    _divide(front, names, below_one=_heads_chapter(text, block))
    _take_credits(front, text)
    return front


def _heads_chapter(text: Sequence[Box], block: Sequence[Box]) -> bool:
    """The heading of the first level stands right below the title block."""
    if not block or any(box.level == 1 for box in block):
        return False
    at = next(i for i, box in enumerate(text) if box is block[-1])
    return any(box.level == 1 for box in text[at + 1 : at + 3])


def _rows(box: Box) -> list[Stretch]:
    """The lines of a box; a name before the title on the same line is a line of its own: "Karl Marx. Capital"."""
    found: list[Stretch] = []
    for row in rows(box):
        match = _AUTHOR_FIRST.match(row.box.text, _first(row), row.end)
        if match and looks_like_author(match["name"].strip()) >= POSSIBLE and len(match["name"].split()[-1]) > 2:
            found += [Stretch(box, row.start, match.end("name") + 1), Stretch(box, match.end("name") + 1, row.end)]
        else:
            found.append(row)
    return found


def _take_credits(front: Front, text: Sequence[Box]) -> None:
    """Header boxes below the text: "Transcribed by Zodiac"."""
    below = [box for box in text if box.fate is None and box.words]
    while len(below) > 1 and _is_credits(below[-1]):
        take_fields(front, below.pop())


def _is_credits(box: Box) -> bool:
    """Every line is a known label with its value, or a credit."""
    lines = [row.words for row in rows(box)]
    if box.container and box.inside("li", "td", "blockquote"):
        return False
    return bool(lines) and all(len(line) <= 500 and (_known(line) or credit(line)) for line in lines)


def _known(line: str) -> bool:
    found = split(line)
    return found is not None and canonical(found[0]) is not None


def is_info(box: Box, boxes: Sequence[Box], i: int) -> bool:
    """A box of the header: by its class, else by its labels, between rules or where most lines have one."""
    lines = [row.words for row in rows(box)]
    if not lines or box.level in (1, 2):
        return False
    if box.names & _INFO:
        return not contents.is_head(lines[0])
    if not (_known(lines[0]) or (credit(lines[0]) is not None and len(lines[0]) <= 300)):
        return False
    ruled = (i > 0 and boxes[i - 1].tag == "hr") or (i + 1 < len(boxes) and boxes[i + 1].tag == "hr")
    found = sum(_known(line) or credit(line) is not None for line in lines)
    return found * 2 >= len(lines) or ruled


def take_fields(front: Front, box: Box) -> None:
    """Enters a header box: each line is a field, or goes on with the one before it."""
    box.fate = Fate.METADATA
    front.header.append(box)
    first = True
    for row in rows(box):
        text = row.words
        label, value, key = _field(text, row)
        if not first and not label and key is None and front.fields:
            last = front.fields[-1]
            front.fields[-1] = Field(last.label, f"{last.value} {text}".strip(), last.location, last.key)
        else:
            front.fields.append(Field(label, value, box.at(_first(row)), key))
        first = False


def _first(row: Stretch) -> int:
    text = row.box.text[row.start : row.end]
    return row.start + len(text) - len(text.lstrip())


def _field(text: str, row: Stretch) -> tuple[str, str, str | None]:
    """Label, value and key of a line; an unknown label counts where it looks otherwise than the value."""
    if found := split(text):
        return found[0], found[1], canonical(found[0])
    if key := credit(text):
        return "", text, key
    match = _LABEL.match(text)
    if match and len(match["label"].split()) <= 6 and _is_marked(row, len(match["label"])):
        return match["label"].strip(), match["value"].strip(), None
    return "", text, None


def _is_marked(row: Stretch, length: int) -> bool:
    """The first words stand in an element of their own."""
    start = _first(row)
    ends = [piece.end for piece in row.box.pieces(start, row.end)]
    return len(ends) > 1 and abs(ends[0] - start - length) <= 3


def _is_title(box: Box, block: Sequence[Box], boxes: Sequence[Box], i: int, later: Counter[int]) -> bool:
    """The box goes on with the title block: no strong heading, no head of a list or of notes, not too long."""
    words = box.words
    if not words or len(words) > _LONGEST_TITLE or len(block) + len(rows(box)) > _MOST_LINES:
        return False
    if box.inside("ul", "ol", "dl", "blockquote", "figure") or (box.inside("table") and not box.level):
        return False
    if contents.is_head(words) or is_break(words) or (block and is_notes_head(words)):
        return False
    titled = any(not is_author(other.words) for other in block)
    if _opens_text(rows(box)[0].words) and (titled or (block and box.level != 1)):
        return False
    if block and (_BY.fullmatch(words) or (_BY.fullmatch(block[-1].words) and is_author(words))):
        return True
    if box.level:
        return not (titled and _recurs(box, block, later)) and not reads_as_text(words)
    if _names_of(box) & (_TITLES | _AUTHORS):
        return True
    if _stands_out(box) and not (words.endswith((".", ":")) and len(words) > 60):
        return _is_before_heading(boxes, i) or not block or (len(block) < 4 and _is_remark(words))
    return bool(block) and _is_remark(words) and len(words) <= 120


def reads_as_text(words: str) -> bool:
    """A heading's element that holds a motto or a sentence: "Let us be lazy in everything ... – Lessing"."""
    # A dash behind a count is none before a name: "V.—THE DECLINE ..."
    if (
        (found := _ATTRIBUTED.search(words))
        and len(words[: found.start()].split()) >= MOTTO
        and len(words.split()) >= 8
    ):
        return True
    return (len(words.split()) > 22 or size(words) > _LONGEST_SENTENCE) and words.endswith(ENDS)


def _is_before_heading(boxes: Sequence[Box], i: int) -> bool:
    """A heading, or the header, comes soon after."""
    following = [box for box in boxes[i + 1 : i + 5] if box.tag != "hr"]
    return any(box.level in (1, 2) or bool(box.names & _INFO) for box in following[:3])


def _is_remark(words: str) -> bool:
    """A date, a remark in brackets, or "by ..."."""
    return (
        is_date_line(words)
        or bool(re.fullmatch(r"[(（].{3,160}[)）]|——\S.{2,60}", words))
        or bool(_BYLINE.fullmatch(words))
    )


def _recurs(box: Box, block: Sequence[Box], later: Counter[int]) -> bool:
    """Other headings of the same level come in the text: this is the first of them, unless it is a date."""
    if any(other.level == box.level for other in block) or box.level == 1:
        return False
    return later[box.level] > 1 and not _is_remark(box.words) and not is_author(box.words)


def _opens_text(text: str) -> bool:
    """A strong heading; "1921" is none, "I" and "Chapter I" are."""
    found = marker(text)
    if found is None or re.fullmatch(r"\d{3,}", text):
        return False
    return found.rank <= Rank.SECTION or found.bare or found.rank in (Rank.ROMAN, Rank.ARABIC)


def _stands_out(box: Box) -> bool:
    """All words are bold, or the box is centred."""
    if box.align == "center":
        return True
    looks = [p.style.looks for p in box.pieces() if box.text[p.start : p.end].strip()]
    return bool(looks) and all("strong" in one for one in looks)


def is_author(text: str) -> bool:
    """A person's name, with a year behind it or not."""
    bare = _bare(text)
    return looks_like_author(bare) >= POSSIBLE and bool(person(bare))


def _bare(text: str) -> str:
    return _YEAR_BEHIND.sub("", re.sub(r"(?i)^(?:written\s+)?by\s+|['’]s$", "", text)).strip()


def people(text: str) -> tuple[Contributor, ...]:
    """The people that an author's line names."""
    return person(_bare(text))


def _divide(front: Front, names: Sequence[str], *, below_one: bool) -> None:
    """Divides the title block into author, title and subtitle, and what stands above both."""
    block = front.block
    named = _named(block, names)
    main = _main(block, named, below_one=below_one)
    for i, row in enumerate(block):
        if named[i]:
            front.author.append(row)
        elif main is not None and row.box is block[main].box:
            front.title.append(row)
        elif main is not None and i < main:
            front.above.append(row)
        else:
            front.subtitle.append(row)
    for row in front.author:
        if not _BY.fullmatch(row.words) and not _is_name_only(row.words):
            front.fields.append(Field("", row.words, row.box.at(row.start), None))


def _named(block: Sequence[Stretch], names: Sequence[str]) -> list[bool]:
    """Which lines name the author.

    "Irish Social Problem" looks like a name, too: the one that the page's head or breadcrumb names is the author, and
    the page's first heading is none beside another, or where no title stands below it.
    """
    sure = [bool(_names_of(row.box) & _AUTHORS) or _is_known(row.words, names) for row in block]
    likely = [is_author(row.words) for row in block]
    found = [
        s or (name and bool(_BYLINE.fullmatch(row.words))) for s, name, row in zip(sure, likely, block, strict=True)
    ]
    if not any(found):
        found = list(likely)
        others = any(name for row, name in zip(block, found, strict=True) if row.box.level != 1)
        titled = any(row.box.level > 1 and not _is_remark(row.words) for row in block)
        if others or not titled:
            found = [name and row.box.level != 1 for row, name in zip(block, found, strict=True)]
    for i, row in enumerate(block):
        if _BY.fullmatch(row.words) and i + 1 < len(block):
            found[i] = found[i + 1] = True
    return [name and _is_whole(block, found, i) for i, name in enumerate(found)]


def _is_whole(block: Sequence[Stretch], found: Sequence[bool], i: int) -> bool:
    """All lines of the box are names, or the line was parted from the title behind it."""
    row = block[i]
    if BREAK not in row.box.text:
        return True
    return all(name for other, name in zip(block, found, strict=True) if other.box is row.box)


def _is_name_only(text: str) -> bool:
    """Every word of an author's line stands in the names that were read out of it."""
    if names_by_script.knows(text):
        return not names_by_script.says_more(text)
    names = " ".join(one.name for one in people(text)).split()
    joints = {"by", "and", "&", "und", "et", "y", "e"}
    return bool(names) and all(
        word.strip(",.:") in names or word in names or word.lower() in joints for word in text.split()
    )


def _names_of(box: Box) -> frozenset[str]:
    """The classes of a box; of loose text those of the element around it."""
    around = box.container if not box.tag else None
    return box.names | (
        around.names if around is not None and around.tag in ("div", "center", "header") else frozenset()
    )


def _main(block: Sequence[Stretch], named: Sequence[bool], *, below_one: bool) -> int | None:
    """The first line of the title: the highest heading that is no author's name; None if all are names.

    `below_one` says that the first heading of the page, below this block, is that of a chapter.
    """
    candidates = [i for i in range(len(block)) if not named[i]]
    candidates = [i for i in candidates if not _is_remark(block[i].words)] or candidates
    if not candidates:
        return None
    levels = [block[i].box.level or 7 for i in candidates]
    marked = [i for i in candidates if _names_of(block[i].box) & _TITLES and not _SERIES.search(block[i].words)]
    if min(levels) > 2 and marked:
        return marked[0]
    if below_one and min(levels) > 1:
        return candidates[0]
    return candidates[levels.index(min(levels))]


def _is_known(text: str, names: Sequence[str]) -> bool:
    """The page's head or its breadcrumb names the same person."""
    if names_by_script.knows(text):
        # A breadcrumb names the title, too.
        return text in names and looks_like_author(text) >= DOUBTFUL
    words = set(re.findall(r"[^\W\d_]{4,}", _bare(text).lower()))
    known = {word for name in names for word in re.findall(r"[^\W\d_]{4,}", name.lower())}
    known -= {"archive", "internet", "works", "marxists", "index", "library"}
    return 0 < len(words) <= 4 and words <= known and len(text) <= 60

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which chunks are headings, and what belongs to one heading.

A heading announces itself ("CHAPTER IV", "PREFACE"), or stands in the list of contents, or it is a short line in capitals
or apart from the text. Bare numbers count only where they run in sequence. A number on a chunk of its own takes the
title below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from publisher.document import ChapterKind
from publisher.readers.gutenberg.marks import FAMILIES, Mark, mark
from publisher.readers.gutenberg.shapes import base_of
from publisher.readers.gutenberg.stretches import bare, letters
from publisher.readers.headings import is_title_case
from publisher.readers.lines import Chunk, Line, is_break

_LINES, _LINE, _ALL = 5, 100, 330  # what a heading has at most: lines, characters of a line, characters
_SENTENCE = re.compile(r"[.;:,]$")
_ENDS = frozenset("theend finis fin ende fine thatisall explicit endofvolumei slut loppu einde".split())
_COUNTED = ("roman", "arabic", "letter alone")
_ENOUGH = 3
_MANY = 6
# A word that stands alone above a description of the scene is not the act's title.
_NO_TITLES = frozenset("scene scena szene scene. personen persons characters time place".split())
_BRACKETED = re.compile(r"\[\s?(?:\d{1,3}|[IVXLC]+)\s?\]")
_IMPRINT = re.compile(r"(?i)copyright\b|published (?:by|in)\b|printed (?:by|in|at)\b|entered according|all rights reserved")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,5}|[A-Z]")
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.!?] +[A-Z“\"]")
_BYLINE = re.compile(r"(?i:by|von|par|por|di)\s+(?:the\s+)?(?:[A-ZÀ-Þ][\w.’'-]*,?\s*|(?:and|und|et|y|e|de|von|van|of)\s+){1,12}\.?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the lines of its count where they stand apart, and of its title.

    `level` is that of its family (marks.py), None for a title without one; `gap` the blank lines before it, `listed`
    says that the list of contents names it, `apart` that it is set off enough to open a chapter.
    """

    number: tuple[Line, ...]
    title: tuple[Line, ...]
    family: str
    level: float | None
    value: int | None
    gap: int
    kind: ChapterKind = "chapter"
    listed: bool = False
    chunks: int = 1

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.number + self.title


def is_capitals(text: str) -> bool:
    """No small letters, and at least two capitals."""
    return text.upper() == text and sum(c.isalpha() for c in text) >= 2


def is_byline(text: str) -> bool:
    """ "By KARL MARX and FREDERICK ENGELS." below a heading."""
    return len(text) <= 100 and bool(_BYLINE.match(text))


def find(chunks: Sequence[Chunk], listed: Collection[str], opens: Collection[int] = ()) -> dict[int, Heading]:
    """The headings by the index of their first chunk; `opens` are lines where a further text of the file begins."""
    return _Finder(chunks, listed, opens, base_of(chunks)).find()


class _Finder:
    """Looks at each chunk with its neighbours, then at the sequences of counts."""

    def __init__(self, chunks: Sequence[Chunk], listed: Collection[str], opens: Collection[int], base: int) -> None:
        self._chunks = chunks
        self._base = base
        self._listed = listed
        self._opens = opens
        self._texts = [bare(chunk.text) if self._is_short(chunk) else "" for chunk in chunks]
        self._marks = [mark(bare(chunk.first.text)) if text else None for chunk, text in zip(chunks, self._texts, strict=True)]
        self._first_text = next((i for i, chunk in enumerate(chunks) if self._is_text(i) and not self._texts[i]), len(chunks))
        self._depths: dict[int, int] = {}

    def find(self) -> dict[int, Heading]:
        accepted = {i for i in range(len(self._chunks)) if self._texts[i] and self._stands(i)}
        accepted |= {i for i, chunk in enumerate(self._chunks) if chunk.first.number in self._opens and self._texts[i]}
        for family in _COUNTED:
            accepted |= self._sequence(family)
        accepted |= self._unnumbered(accepted)
        return self._joined(accepted)

    def _is_short(self, chunk: Chunk) -> bool:
        lines = chunk.lines
        return (
            len(lines) <= _LINES
            and all(len(line.text) <= _LINE for line in lines)
            and sum(len(line.text) for line in lines) <= _ALL
            and any(c.isalnum() for c in lines[0].text)
            and (lines[0].text[0] not in "[|+" or _BRACKETED.fullmatch(lines[0].text) is not None)
            and not _IMPRINT.match(lines[0].text)
            and not is_break(lines[0].text)
        )

    def _is_text(self, i: int) -> bool:
        """A chunk that a heading may stand above: several lines, or one that is no heading."""
        if i >= len(self._chunks):
            return False
        chunk = self._chunks[i]
        return len(chunk.lines) >= 2 or len(chunk.first.text) >= 50 or chunk.text.endswith((".", "!", "?", '"', "”", "’"))

    def _gap_after(self, i: int) -> int:
        return self._chunks[i + 1].gap if i + 1 < len(self._chunks) else 0

    def _reads_on(self, i: int) -> bool:
        """A sentence, not a title: long, with small letters, and with the space of a paragraph."""
        text = self._texts[i]
        words = len(text.split())
        if is_capitals(text):
            return False
        return self._chunks[i].gap < 2 and (text.endswith((".", ";", ":", ",")) and words >= 9) or text.endswith((",", ";"))

    # ---- headings that announce themselves

    def _stands(self, i: int) -> bool:
        found, chunk, text = self._marks[i], self._chunks[i], self._texts[i]
        if self._in_list(i) or (i < self._first_text and not self._leads(i)):
            return False
        if letters(text) in self._listed and not text.endswith((",", ";")):
            return chunk.gap >= 2 or (is_capitals(text) and self._is_text(i + 1)) or found is not None
        if found is None or found.family in _COUNTED or self._reads_on(i):
            return False
        if found.family == "named":
            large = is_capitals(text) or is_title_case(text) or len(text.split()) == 1
            return large and (chunk.gap >= 2 or is_capitals(text)) and (len(text) <= 80 or is_capitals(text))
        return self._is_set_off(i, found)

    def _is_set_off(self, i: int, found: Mark) -> bool:
        """A count with a title behind it needs capitals or space; an article of a law is no heading, its count may be."""
        chunk, text = self._chunks[i], self._texts[i]
        if is_capitals(text) or is_capitals(bare(chunk.first.text)) or not found.rest:
            return True
        sentence = text.endswith((".", ";")) and len(text.split()) >= 12
        if found.family in ("section", "scene") and sentence:
            return False
        return chunk.gap >= 2 or is_title_case(text)

    def _leads(self, i: int) -> bool:
        """On a title page only what stands above text, or above another heading, is one."""
        below = self._chunks[i + 1] if i + 1 < len(self._chunks) else None
        if below is None:
            return False
        long = len(below.lines) >= 3 or len(below.text) >= 140
        return long or self._marks[i + 1] is not None or letters(self._texts[i + 1]) in self._listed or self._names_title(i)

    def _names_title(self, i: int) -> bool:
        """A count that has its title on the next chunk and then text."""
        found = self._marks[i]
        return found is not None and not found.rest and self._reads_as_title(i + 1) and self._is_text(i + 2)

    def _in_list(self, i: int) -> bool:
        """One of several such lines without text between them, as in a list."""
        lines = self._chunks[i].lines
        if len(lines) > 2 and sum(mark(bare(line.text)) is not None for line in lines) > 2:
            return True
        found = self._marks[i]
        if found is None or found.family in (*_COUNTED, "named"):
            return False
        return self._are_beside(i, i + 1, found.family) or self._are_beside(i - 1, i, found.family)

    def _are_beside(self, i: int, below: int, family: str) -> bool:
        """Two chunks that follow each other closely are counted alike, and neither is a sentence."""
        if i < 0 or below >= len(self._chunks) or self._chunks[below].gap > 2:
            return False
        both = (self._marks[i], self._marks[below])
        alike = all(found is not None and found.family == family for found in both)
        return alike and not any(self._texts[k].endswith(".") and len(self._texts[k].split()) > 14 for k in (i, below))

    # ---- bare numbers

    def _sequence(self, family: str) -> set[int]:
        """The members of runs 1, 2, 3 ... of a family, where text stands between them; runs may stand inside others."""
        members = [i for i, found in enumerate(self._marks) if found and self._is_member(i, found, family)]
        reach = 4 if family == "letter alone" else 2
        runs: list[list[tuple[int, int]]] = []
        done: list[list[tuple[int, int]]] = []
        for i in members:
            value = self._value(i, family)
            goes_on = next((n for n in (-1, -2, -3) if -n <= len(runs) and runs[n][-1][1] < value <= runs[n][-1][1] + reach), 0)
            if goes_on:
                done += runs[len(runs) + goes_on + 1 :]
                runs = runs[: len(runs) + goes_on + 1]
                runs[-1].append((i, value))
            else:
                done += runs[:-2]
                runs = [*runs[-2:], [(i, value)]]
        found = self._accepted_runs([[i for i, _ in run] for run in (*done, *runs)], family)
        return found | {i for i in members if self._stands_alone(i)}

    def _stands_alone(self, i: int) -> bool:
        """A count out of sequence, yet with a title in capitals and much space: "VII. THE ADVENTURE OF THE ..."."""
        found = self._marks[i]
        large = found is not None and is_capitals(found.rest) and len(found.rest) > 3
        return large and self._chunks[i].gap >= 3 and not self._in_list(i) and self._is_text(i + 1)

    def _accepted_runs(self, runs: Sequence[list[int]], family: str) -> set[int]:
        """The members of real runs; a run amid another one is one step narrower."""
        real = sorted(run for run in runs if self._is_run(run, family))
        reach = -1
        for run in real:
            amid = run[0] < reach
            reach = max(reach, run[-1])
            for i in run:
                found = self._marks[i]
                if amid:
                    self._depths[i] = 1
                if found and found.family != family:
                    self._marks[i] = replace(found, family=family, level=FAMILIES[family][0])
        return {i for run in real for i in run}

    def _is_member(self, i: int, found: Mark, family: str) -> bool:
        """ "I" alone may be a letter as well as a count."""
        letter = family == "letter alone" and found.family == "roman" and len(self._texts[i].strip(".")) == 1
        return (found.family == family or letter) and self._may_count(i, found)

    def _value(self, i: int, family: str = "") -> int:
        found = self._marks[i]
        if family == "letter alone" and found and found.family == "roman":
            return ord(self._texts[i][0]) - ord("A") + 1
        return found.value or 0 if found else 0

    def _may_count(self, i: int, found: Mark) -> bool:
        chunk, text = self._chunks[i], self._texts[i]
        if not found.rest:
            return len(chunk.lines) == 1 and (chunk.gap >= 2 or self._gap_after(i) >= 1)
        if self._reads_on(i) or (text.endswith(".") and not is_capitals(text) and len(text.split()) > 9):
            return False
        return is_capitals(text) or chunk.gap >= 2 or (is_title_case(text) and len(chunk.lines) == 1 and not found.rest.endswith("."))

    def _is_run(self, run: Sequence[int], family: str) -> bool:
        """Two from one on, or several from any number on."""
        if len(run) < (2 if self._value(run[0], family) == 1 else _MANY):
            return False
        bare_list = sum(after == i + 1 for i, after in zip(run, run[1:], strict=False))
        return bare_list * 2 < len(run)

    # ---- titles without a count

    def _unnumbered(self, accepted: set[int]) -> set[int]:
        """Lines in capitals, or apart from the text, above text; small ones where several are set off alike."""
        found: set[int] = set()
        doubtful: list[int] = []
        for i, text in enumerate(self._texts):
            if not text or i in accepted or self._marks[i] or not self._is_title(i, text, accepted):
                continue
            chunk = self._chunks[i]
            gap = chunk.gap
            brief = len(text) <= 60 and len(chunk.lines) == 1
            if (is_capitals(text) and gap >= 2) or gap >= 4 or (gap == 3 and (brief or is_title_case(text))):
                found.add(i)
            elif gap == 2 and is_title_case(text) and not text.endswith("."):
                doubtful.append(i)
        return found | (set(doubtful) if len(doubtful) >= _ENOUGH else set())

    def _is_title(self, i: int, text: str, accepted: set[int]) -> bool:
        chunk = self._chunks[i]
        if letters(text) in _ENDS or len(chunk.lines) > 3 or chunk.first.text[0] in "“\"‘'«»*—-(&#" or is_byline(text):
            return False
        if _INITIALS.fullmatch(text) or (not is_capitals(text) and (_TWO_SENTENCES.search(text) or len(chunk.lines) > 2)):
            return False
        if self._is_inset(i):
            return False
        if not text[0].isupper() and not text[0].isdigit():
            return False
        if _SENTENCE.search(text) and not (is_capitals(text) or self._is_pointed_title(i, text)):
            return False
        if i < self._first_text and not self._leads(i):
            return False
        below = i + 1 in accepted and self._marks[i + 1] is not None
        return (
            len(text) <= 160
            and self._gap_after(i) >= 1
            and (self._is_substantial(i + 1) or (below and i > self._first_text) or self._goes_on(i))
        )

    def _is_pointed_title(self, i: int, text: str) -> bool:
        """A title with a full stop: "The Old Mill.", or a word or two well apart, "Nacht."."""
        if not text.endswith(".") or len(text) > 60:
            return False
        return is_title_case(text) or (self._chunks[i].gap >= 3 and len(text.split()) <= 3)

    def _is_inset(self, i: int) -> bool:
        """A line that is indented like the text below it: the title of a poem or a letter inside the text."""
        if i + 1 >= len(self._chunks) or self._chunks[i].gap >= 4:
            return False
        edge = self._base + 1
        return self._chunks[i].first.indent > edge and edge < self._chunks[i + 1].first.indent < self._base + 20

    def _is_substantial(self, i: int) -> bool:
        if i < len(self._chunks) and self._texts[i] and self._in_list(i):
            return True
        return self._is_text(i) and (len(self._chunks[i].text) >= 60 or len(self._chunks[i].lines) >= 2)

    def _goes_on(self, i: int) -> bool:
        """Lines of a title follow, then text: "MANIFESTO", "OF THE", "COMMUNIST PARTY.", "By ..."."""
        after = i + 1
        limit = min(len(self._chunks) - 1, i + 8)
        while after < limit and self._chunks[after].gap <= 2 and self._texts[after] and not self._marks[after]:
            if self._is_substantial(after) and not is_byline(self._texts[after]):
                break
            after += 1
        apart = is_capitals(self._texts[i]) or self._chunks[i].gap >= 3
        return after > i + 1 and apart and self._is_substantial(after) and i > self._first_text

    def _continues(self, i: int) -> bool:
        text = self._texts[i]
        if not text or not is_capitals(text) or self._chunks[i].gap != 1 or self._marks[i] is not None:
            return False
        return not is_byline(text) and letters(text) not in _ENDS

    # ---- counts and their titles

    def _joined(self, accepted: set[int]) -> dict[int, Heading]:
        titled = self._families_with_titles(accepted)
        headings: dict[int, Heading] = {}
        taken = -1
        for i in sorted(accepted):
            if i <= taken:
                continue
            heading, taken = self._heading(i, accepted, titled)
            headings[i] = heading
        return headings

    def _families_with_titles(self, accepted: set[int]) -> set[str]:
        """Families in which most counts that stand alone have below them what reads as a title."""
        alone: dict[str, int] = {}
        with_title: dict[str, int] = {}
        for i in accepted:
            found = self._marks[i]
            if found and not found.rest and len(self._chunks[i].lines) == 1 and found.family != "named":
                alone[found.family] = alone.get(found.family, 0) + 1
                if self._reads_as_title(i + 1):
                    with_title[found.family] = with_title.get(found.family, 0) + 1
        return {family for family, count in with_title.items() if count * 5 >= alone[family] * 3}

    def _reads_as_title(self, i: int) -> bool:
        if i + 1 >= len(self._chunks) or not self._texts[i]:
            return False
        chunk, text, found = self._chunks[i], self._texts[i], self._marks[i]
        if found:
            return found.family == "named" and chunk.gap <= 2 and len(text) <= 60
        if letters(text) in _NO_TITLES or is_byline(text):
            return False
        if chunk.gap > 3 and not (is_capitals(text) and chunk.gap == 4):
            return False
        if len(chunk.lines) > 4 or chunk.first.text[0] in "“\"‘'«»*—(" and not is_capitals(text):
            return False
        if is_capitals(text) or letters(text) in self._listed:
            return True
        return len(text) <= 120 and text[0].isupper() and (not _SENTENCE.search(text) or (is_title_case(text) and text.endswith(".")))

    def _heading(self, i: int, accepted: set[int], titled: set[str]) -> tuple[Heading, int]:
        """The heading that begins with chunk i, and its last chunk."""
        chunk, found = self._chunks[i], self._marks[i]
        number: tuple[Line, ...] = ()
        title = chunk.lines
        last = i
        if found and not found.rest and found.family != "named":
            number, title = chunk.lines[:1], chunk.lines[1:]
            if not title and self._takes_title(i + 1, found, accepted, titled):
                title, last = self._chunks[i + 1].lines, i + 1
        end = self._rest_of_title(last, found) if title else last
        title += tuple(line for further in self._chunks[last + 1 : end + 1] for line in further.lines)
        listed = letters(bare(" ".join(line.text for line in title))) in self._listed or letters(self._texts[i]) in self._listed
        base = Heading(number, title, "title", None, None, chunk.gap, listed=listed, chunks=end - i + 1)
        if found is None:
            return base, end
        level = found.level + 0.5 * self._depths.get(i, 0)
        return replace(base, family=found.family, level=level, value=found.value, kind=found.kind), end

    def _takes_title(self, i: int, found: Mark, accepted: set[int], titled: set[str]) -> bool:
        if not self._reads_as_title(i):
            return False
        return is_capitals(self._texts[i]) or i in accepted or found.family in titled

    def _rest_of_title(self, last: int, found: Mark | None) -> int:
        """A title in capitals may go on in the next chunk; one that the list of contents has is complete."""
        while (
            last + 1 < len(self._chunks)
            and self._continues(last + 1)
            and is_capitals(self._texts[last])
            and not self._texts[last].endswith(".")
            and letters(self._texts[last]) not in self._listed
            and letters(self._texts[last + 1]) not in self._listed
            and (found is None or self._gap_after(last + 1) >= 2)
            and (found is None or found.family != "named")
        ):
            last += 1
        return last


def level_of(family: str) -> float:
    """The usual level of a family."""
    return FAMILIES[family][0]

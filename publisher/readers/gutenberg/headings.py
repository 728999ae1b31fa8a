# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which chunks are headings, and what belongs to one heading.

A heading announces itself ("CHAPTER IV", "PREFACE"), or stands in the list of contents, or it is a short line in
capitals or apart from the text. Bare numbers count only where they run in sequence. A number on a chunk of its own
takes the title below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.document import ChapterKind
from publisher.readers.gutenberg.counts import Counts
from publisher.readers.gutenberg.look import COUNTED, Look
from publisher.readers.gutenberg.marks import Mark
from publisher.readers.gutenberg.stretches import bare, is_capitals, letters
from publisher.readers.gutenberg.titles import Titles
from publisher.readers.headings import is_title_case
from publisher.readers.lines import Chunk, Line


class Heading(Struct, frozen=True):
    """A heading: the lines of its count where they stand apart, and of its title.

    `level` is that of its family (marks.py), None for a title without one; `gap` the blank lines before it, `listed`
    says that the list of contents names it, `chunks` on how many chunks it stands.
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


def find(chunks: Sequence[Chunk], listed: Collection[str], opens: Collection[int] = ()) -> dict[int, Heading]:
    """The headings by the index of their first chunk; `opens` are lines where a further text of the file begins."""
    look = Look(chunks, listed)
    announced = {
        i for i, text in enumerate(look.texts) if text and (_stands(look, i) or chunks[i].first.number in opens)
    }
    counts = Counts(look)
    accepted = announced | counts.find()
    accepted |= Titles(look).find(accepted)
    return _Joiner(look, accepted, counts.depths).headings()


def _stands(look: Look, i: int) -> bool:
    """A heading that announces itself, or that the list of contents names."""
    found, chunk, text = look.marks[i], look.chunks[i], look.texts[i]
    if look.in_list(i) or (i < look.first_text and not look.leads(i)):
        return False
    if letters(text) in look.listed and not text.endswith((",", ";")):
        return chunk.gap >= 2 or (is_capitals(text) and look.is_text(i + 1)) or found is not None
    if found is None or found.family in COUNTED or look.reads_on(i):
        return False
    if found.family == "named":
        large = is_capitals(text) or is_title_case(text) or len(text.split()) == 1
        return large and (is_capitals(text) or (chunk.gap >= 2 and len(text) <= 80))
    return _is_set_off(look, i, found)


def _is_set_off(look: Look, i: int, found: Mark) -> bool:
    """A count with a title behind it needs capitals or space; a section of a law is no heading, its count may be."""
    chunk, text = look.chunks[i], look.texts[i]
    if is_capitals(text) or is_capitals(bare(chunk.first.text)) or not found.rest:
        return True
    if found.family in ("section", "scene") and text.endswith((".", ";")) and len(text.split()) >= 12:
        return False
    return chunk.gap >= 2 or is_title_case(text)


class _Joiner:
    """Puts counts and their titles together."""

    def __init__(self, look: Look, accepted: Collection[int], depths: dict[int, int]) -> None:
        self._look = look
        self._accepted = accepted
        self._depths = depths
        self._titled = self._families_with_titles()

    def headings(self) -> dict[int, Heading]:
        headings: dict[int, Heading] = {}
        taken = -1
        for i in sorted(self._accepted):
            if i > taken:
                headings[i], taken = self._heading(i)
        return headings

    def _families_with_titles(self) -> set[str]:
        """Families in which most counts that stand alone have below them what reads as a title."""
        alone: Counter[str] = Counter()
        with_title: Counter[str] = Counter()
        for i in self._accepted:
            found = self._look.marks[i]
            if found and not found.rest and len(self._look.chunks[i].lines) == 1 and found.family != "named":
                alone[found.family] += 1
                with_title[found.family] += self._look.reads_as_title(i + 1)
        return {family for family, count in with_title.items() if count * 5 >= alone[family] * 3}

    def _heading(self, i: int) -> tuple[Heading, int]:
        """The heading that begins with chunk i, and its last chunk."""
        chunk, found = self._look.chunks[i], self._look.marks[i]
        number: tuple[Line, ...] = ()
        title = chunk.lines
        last = i
        if found and not found.rest and found.family != "named":
            number, title = chunk.lines[:1], chunk.lines[1:]
            if not title and self._takes_title(i + 1, found):
                title, last = self._look.chunks[i + 1].lines, i + 1
        end = self._rest_of_title(last, found) if title else last
        title += tuple(line for further in self._look.chunks[last + 1 : end + 1] for line in further.lines)
        listed = (
            letters(bare(" ".join(line.text for line in title))) in self._look.listed
            or letters(self._look.texts[i]) in self._look.listed
        )
        base = Heading(number, title, "title", None, None, chunk.gap, listed=listed, chunks=end - i + 1)
        if found is None:
            return base, end
        level = found.level + 0.5 * self._depths.get(i, 0)
        return replace(base, family=found.family, level=level, value=found.value, kind=found.kind), end

    def _takes_title(self, i: int, found: Mark) -> bool:
        if not self._look.reads_as_title(i):
            return False
        return is_capitals(self._look.texts[i]) or i in self._accepted or found.family in self._titled

    def _rest_of_title(self, last: int, found: Mark | None) -> int:
        """A title in capitals may go on in the next chunk; one that the list of contents has is complete."""
        while (
            last + 1 < len(self._look.chunks)
            and self._look.continues(last + 1)
            and is_capitals(self._look.texts[last])
            and not self._look.texts[last].endswith(".")
            and letters(self._look.texts[last]) not in self._look.listed
            and letters(self._look.texts[last + 1]) not in self._look.listed
            and (found is None or self._look.gap_after(last + 1) >= 2)
            and (found is None or found.family != "named")
        ):
            last += 1
        return last

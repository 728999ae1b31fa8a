# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which bare counts ("IV", "12.", "C") are headings: those that run in sequence, with text between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from publisher.readers.gutenberg.look import COUNTED, Look
from publisher.readers.gutenberg.marks import FAMILIES, Mark
from publisher.readers.gutenberg.stretches import is_capitals
from publisher.readers.headings import is_title_case

_MANY = 6  # members that a run needs which does not begin with one
_OPEN = 3  # runs that may stand inside each other
Run = list[tuple[int, int]]


class Counts:
    """Finds the runs of a text; a run amid another one is a step narrower, which `depths` tells."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.depths: dict[int, int] = {}

    def find(self) -> set[int]:
        """The chunks that are headings by their count."""
        return {i for family in COUNTED for i in self._family(family)}

    def _family(self, family: str) -> Iterator[int]:
        """The members of runs 1, 2, 3 ... and those that stand for themselves."""
        members = [i for i, found in enumerate(self._look.marks) if found and self._is_member(i, found, family)]
        yield from (i for i in members if self._stands_alone(i))
        real = sorted(run for run in self._runs(members, family) if _is_run(run))
        reach = -1
        for run in real:
            amid, reach = run[0][0] < reach, max(reach, run[-1][0])
            for i, _ in run:
                self._enter(i, family, depth=int(amid))
                yield i

    def _enter(self, i: int, family: str, depth: int) -> None:
        found = self._look.marks[i]
        if depth:
            self.depths[i] = depth
        if found and found.family != family:
            self._look.marks[i] = replace(found, family=family, level=FAMILIES[family][0])

    def _runs(self, members: Sequence[int], family: str) -> list[Run]:
        """Members in runs; one that goes on with no run begins one, inside those that are open."""
        reach = 4 if family == "letter alone" else 2
        runs: list[Run] = []
        done: list[Run] = []
        for i in members:
            value = self._value(i, family)
            open_ones = range(len(runs) - 1, max(len(runs) - _OPEN, 0) - 1, -1)
            n = next((n for n in open_ones if runs[n][-1][1] < value <= runs[n][-1][1] + reach), None)
            if n is None:
                done += runs[: 1 - _OPEN]
                runs = [*runs[1 - _OPEN :], [(i, value)]]
            else:
                done += runs[n + 1 :]
                runs = runs[: n + 1]
                runs[n].append((i, value))
        return [*done, *runs]

    def _stands_alone(self, i: int) -> bool:
        """A count out of sequence, yet with a title in capitals and much space: "VII. THE ADVENTURE OF THE ..."."""
        found = self._look.marks[i]
        large = found is not None and is_capitals(found.rest) and len(found.rest) > 3
        return large and self._look.chunks[i].gap >= 3 and not self._look.in_list(i) and self._look.is_text(i + 1)

    def _is_member(self, i: int, found: Mark, family: str) -> bool:
        """The letter "I" alone may be a count as well."""
        letter = family == "letter alone" and found.family == "roman" and len(self._look.texts[i].strip(".")) == 1
        return (found.family == family or letter) and self._may_count(i, found)

    def _value(self, i: int, family: str) -> int:
        found = self._look.marks[i]
        if family == "letter alone" and found and found.family == "roman":
            return ord(self._look.texts[i][0]) - ord("A") + 1
        return found.value or 0 if found else 0

    def _may_count(self, i: int, found: Mark) -> bool:
        """A count with a title behind it needs capitals or space, and is no sentence."""
        chunk, text = self._look.chunks[i], self._look.texts[i]
        if not found.rest:
            return len(chunk.lines) == 1 and (chunk.gap >= 2 or self._look.gap_after(i) >= 1)
        if self._look.reads_on(i) or (text.endswith(".") and not is_capitals(text) and len(text.split()) > 9):
            return False
        if is_capitals(text) or chunk.gap >= 2:
            return True
        return is_title_case(text) and len(chunk.lines) == 1 and not found.rest.endswith(".")


def _is_run(run: Run) -> bool:
    """Two from one on, or several from any number on; not a list, in which nothing stands between them."""
    if len(run) < (2 if run[0][1] == 1 else _MANY):
        return False
    return sum(after == i + 1 for (i, _), (after, _) in pairwise(run)) * 2 < len(run)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of a book -> the edits that typography makes in them, and the places that it leaves in doubt.

A rule is a function over the characters of a block; all of them see the same text, so that none depends on another.
Each changes characters of its own: where two want the same one, the rule that stands first in RULES has it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.transforms import dashes, marks, quotes
from publisher.transforms.flow import Edit, Flow
from publisher.transforms.languages import Habits, habits
from publisher.transforms.rules import Doubt, Rule, Stretch
from publisher.tree import Kind, Run

# Each function with the names of its rules, which are the keys of [typography].
RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (quotes.quotes, frozenset({"quotes", "apostrophes"})),
    (dashes.dashes, frozenset({"dashes"})),
    (dashes.ranges, frozenset({"ranges"})),
    (marks.ellipses, frozenset({"ellipses"})),
    (marks.points, frozenset({"initials", "abbreviations"})),
    (marks.units, frozenset({"units"})),
    (marks.punctuation_spaces, frozenset({"punctuation_spaces"})),
    (marks.spaces, frozenset({"spaces"})),
)

Active: TypeAlias = Sequence[tuple[Rule, Collection[str]]]


class Regular(Struct):
    """Edits and doubts by the number of their run."""

    edits: dict[int, list[Edit]] = field(default_factory=dict)
    doubts: dict[int, list[Doubt]] = field(default_factory=dict)

    def taken(self, number: int) -> list[Edit]:
        """Takes a run out, with its doubts; returns its edits."""
        self.doubts.pop(number, None)
        return self.edits.pop(number, [])


def regularise(runs: Sequence[Run], flows: Sequence[Flow], language: str, active: Collection[str]) -> Regular:
    """What the rules that are switched on make of a book in `language`."""
    known = _habits(runs, flows, language)
    rules = [(rule, names & set(active)) for rule, names in RULES]
    rules = [(rule, names) for rule, names in rules if names]
    blocks = [list(block) for _, block in groupby(range(len(runs)), lambda number: runs[number].block)]
    found = Regular()
    for block, following in zip(blocks, (*blocks[1:], []), strict=True):
        spoken = known[runs[block[0]].language]
        if spoken is not None:
            kind = runs[block[0]].kind
            goes_on = following and runs[following[0]].kind == kind
            next_mark = flows[following[0]].text[:1] if goes_on else ""
            joined = _Block(block, [flows[number] for number in block], kind, next_mark)
            joined.enter(rules, spoken, found)
    return found


def _habits(runs: Sequence[Run], flows: Sequence[Flow], language: str) -> Mapping[str, Habits | None]:
    """The habits of each language that the book has; of the book's own under the empty name."""
    tags = dict.fromkeys(run.language for run in runs)
    texts = {tag: [flow.text for run, flow in zip(runs, flows, strict=True) if run.language == tag] for tag in tags}
    return {tag: habits(tag or language, texts[tag]) for tag in tags}


class _Block:
    """The runs of a block, one behind the other."""

    def __init__(self, numbers: Sequence[int], flows: Sequence[Flow], kind: Kind, next_mark: str) -> None:
        self._numbers = numbers
        self._flows = flows
        self._starts = [0, *accumulate(len(flow.text) + 1 for flow in flows[:-1])]
        shifted = zip(self._starts, flows, strict=True)
        barred = tuple((start + low, start + high) for start, flow in shifted for low, high in flow.locked)
        self._stretch = Stretch("\n".join(flow.text for flow in flows), kind, barred, next_mark)

    def enter(self, rules: Active, spoken: Habits, found: Regular) -> None:
        """Enters what the rules find under the runs that it belongs to."""
        edits: list[tuple[int, int, Edit]] = []
        for order, (rule, names) in enumerate(rules):
            for one in rule(self._stretch, spoken):
                line, shift = self._line(one.at if isinstance(one, Doubt) else one.start)
                number, flow = self._numbers[line], self._flows[line]
                if isinstance(one, Doubt):
                    found.doubts.setdefault(number, []).append(replace(one, at=one.at - shift))
                elif one.rule in names and _possible(flow, one.start - shift, one.end - shift):
                    moved = replace(one, start=one.start - shift, end=one.end - shift) if shift else one
                    edits.append((number, order, moved))
        edits.sort(key=lambda item: (item[0], item[2].start, item[1]))
        for number, items in groupby(_disjoint(edits), lambda item: item[0]):
            found.edits[number] = [edit for _, _, edit in items]

    def _line(self, at: int) -> tuple[int, int]:
        """Which of the runs a place belongs to, and where that begins."""
        line = bisect_right(self._starts, at) - 1
        return line, self._starts[line]


def _possible(flow: Flow, start: int, end: int) -> bool:
    return flow.one_leaf(start, end) and flow.free(start, end)


def _disjoint(edits: Iterable[tuple[int, int, Edit]]) -> Iterator[tuple[int, int, Edit]]:
    """Sorted edits without those that want what a rule of a higher rank changes."""
    last: tuple[int, int, Edit] | None = None
    for item in edits:
        if last is None or last[0] != item[0] or last[2].end <= item[2].start:
            if last is not None:
                yield last
            last = item
        elif item[1] < last[1]:
            last = item
    if last is not None:
        yield last

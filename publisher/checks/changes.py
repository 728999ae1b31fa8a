# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was changed in a book, against the book as it was read: nothing but the changes that are listed.

The changes are made once more, in the characters of the book as it was read, and each must find there what it says it
changes; then both books have the same words. A rule of typography may change no letter and no figure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from publisher.document import Book, calls
from publisher.errors import Location, Problem
from publisher.ledger import Change
from publisher.transforms import calls as moves, emendations
from publisher.transforms.flow import flow
from publisher.tree import runs

# No more differences than these are reported.
MOST = 5
_NO_WORD = re.compile(r"[\W_]+")


def check(before: Book, after: Book, changes: Sequence[Change]) -> list[Problem]:
    """What differs between a book and the same with its changes, where no change says so."""
    pairs = list(zip(runs(before), runs(after), strict=True))
    # A run that is the very same object needs no look; most are.
    other = {number for number, (old, new) in enumerate(pairs) if old.inlines is not new.inlines}
    texts = {number: flow(pairs[number][0].inlines).text for number in other.union(change.run for change in changes)}
    corrected = [change for change in changes if change.rule == emendations.RULE]
    regular = [change for change in changes if change.rule not in (emendations.RULE, moves.RULE)]
    wrong = _make(texts, corrected) + _make(texts, regular)
    wrong += [change for change in regular if _letters(change.before) != _letters(change.after)]
    problems = [_problem(f'the change of "{one.before}" is not as it says', one.file, one.line) for one in wrong]
    for number, text in sorted(texts.items()):
        old, new = pairs[number]
        if flow(new.inlines).text.split() != text.split() or calls(new.inlines) != calls(old.inlines):
            message = f'the run that begins "{text[:40]}" was changed where no change is listed'
            problems.append(_problem(message, new.file))
    return problems[:MOST]


def _make(texts: dict[int, str], changes: Iterable[Change]) -> list[Change]:
    """Makes the changes of one step; returns those that do not find what they change."""
    by_run: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_run[change.run].append(change)
    lost: list[Change] = []
    for number, several in by_run.items():
        text, kept = texts[number], 0
        pieces: list[str] = []
        for change in several:
            if change.at < kept or not text.startswith(change.before, change.at):
                lost.append(change)
                continue
            pieces += (text[kept : change.at], change.after)
            kept = change.at + len(change.before)
        texts[number] = "".join((*pieces, text[kept:]))
    return lost


def _letters(text: str) -> str:
    return _NO_WORD.sub("", text)


def _problem(message: str, file: str, line: int = 0) -> Problem:
    hint = "This is a mistake of this program: please report it, with the file."
    return Problem("F005", message, Location(file, line), hint)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes taken back: from a book and the list of its changes, the characters of the book as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publisher.document import Book
from publisher.ledger import Change
from publisher.transforms.flow import flow
from publisher.tree import runs


def characters(book: Book) -> list[str]:
    """The characters of each run."""
    return [flow(run.inlines).text for run in runs(book)]


def restored(book: Book, changes: Iterable[Change]) -> list[str]:
    """The characters of each run before the changes, the last step taken back first."""
    texts = characters(book)
    typographic = [change for change in changes if change.rule not in ("emendations", "calls")]
    emendations = [change for change in changes if change.rule == "emendations"]
    for step in (typographic, emendations):
        _take_back(texts, step)
    return texts


def _take_back(texts: list[str], changes: Sequence[Change]) -> None:
    for number in {change.run for change in changes}:
        made, kept = "", 0
        text, shift = texts[number], 0
        for change in (change for change in changes if change.run == number):
            at = change.at + shift
            assert text.startswith(change.after, at), "the changed words stand where the list says"
            made += text[kept:at] + change.before
            kept = at + len(change.after)
            shift += len(change.after) - len(change.before)
        texts[number] = made + text[kept:]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two files of an mdBook that are no text: SUMMARY.md and book.toml (https://rust-lang.github.io/mdBook/format/)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from publisher.errors import Location, Problem, SettingsError
from publisher.ledger import Fate
from publisher.metadata import toml
from publisher.readers.lightweight.elements import Node, leaves
from publisher.readers.lightweight.front_matter import Value, toml_values
from publisher.readers.lightweight.manuscript import Manuscript, take
from publisher.readers.lightweight.marks import tree
from publisher.readers.lightweight.plan import ChapterPlan, ItemPlan
from publisher.readers.lightweight.sheet import Sheet
from publisher.readers.lightweight.summary import Item, Summary, summary

_OF_THE_BOOK = frozenset({"title", "authors", "language", "description"})


def settings(sheet: Sheet) -> Manuscript:
    """What book.toml says of the book; the rest of it is for programs."""
    found = Manuscript(sheet)
    try:
        document = toml.parse(sheet.text.encode(), sheet.file)
    except SettingsError as error:
        found.problems += [Problem("R055", problem.message, problem.location) for problem in error.problems]
        return found
    for value in toml_values(document, sheet.text):
        if value.keys[0] == "book" and value.keys[-1] in _OF_THE_BOOK:
            take(found, Value(value.keys[1:], value.text, value.start, value.end))
        else:
            sheet.write(value.start, value.end, Fate.MARKUP, reason="a setting of mdBook")
    return found


def contents(sheet: Sheet, files: Collection[str]) -> Summary:
    """The entries of SUMMARY.md, with the work's texts that they name."""
    root, _ = tree(sheet.text, sheet.file, 0, 0)
    return summary(sheet, root.children, files)


def place(found: Summary, item: Item) -> Location:
    """Where an entry stands."""
    return found.sheet.at(next((leaf.start for leaf in leaves(item.nodes)), 0))


def leave_out(found: Summary, items: Sequence[ItemPlan]) -> None:
    """Enters the words of SUMMARY.md in the ledger that are not a title in the book."""
    used = {id(leaf) for nodes in _titles(items) for leaf in leaves(nodes)}
    for leaf in leaves(found.nodes):
        if id(leaf) not in used:
            reason = "the book makes its own contents list"
            found.sheet.write(leaf.start, leaf.end, Fate.CONTENTS, text=leaf.text, reason=reason)


def _titles(items: Iterable[ItemPlan]) -> Iterator[Sequence[Node]]:
    for item in items:
        if item.title:
            yield item.title.nodes
        if not isinstance(item, ChapterPlan):
            yield from _titles(item.contents)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown: a text, a folder of texts, or an mdBook with its SUMMARY.md.

What is read: CommonMark (https://spec.commonmark.org), GFM's tables and strikethrough, pandoc's notes, definition
lists, attributes, divisions and line blocks (https://pandoc.org/MANUAL.html#pandocs-markdown), front matter in YAML
and TOML, mdBook's SUMMARY.md, book.toml and includes (https://rust-lang.github.io/mdBook/format/), tags of HTML that
mean something in a book. tests/cases/markdown has an example of each.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

from publisher.errors import Location, Problem
from publisher.readers import Read, Source
from publisher.readers.lightweight import arrangement, mdbook
from publisher.readers.lightweight.arrangement import Place
from publisher.readers.lightweight.manuscript import Manuscript, markdown
from publisher.readers.lightweight.plan import ItemPlan, Plan, Stretch, chapters
from publisher.readers.lightweight.press import Press, common_folder
from publisher.readers.lightweight.sheet import Desk, included
from publisher.readers.lightweight.summary import Item, Summary, listed, unwritten

_INDEX = frozenset({"readme", "index", "_index"})


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:
    """Reads a work from its texts; raises SourceError if none of them has any words."""
    return _Reading(Press(sources, pictures), ordered=ordered).read()


class _Reading:
    def __init__(self, press: Press, *, ordered: bool) -> None:
        self._press = press
        self._ordered = ordered
        self._desk = Desk(press.inks)
        self._manuscripts: dict[str, Manuscript] = {}
        self._titles: list[Stretch] = []

    def read(self) -> Read:
        texts = [file for file in self._press.inks if not file.endswith(".toml")]
        for file in self._press.inks.keys() - set(texts):
            self._manuscripts[file] = settings = mdbook.settings(self._desk.sheet(file))
            self._titles = settings.titles
        plan = self._alone(texts[0]) if len(texts) == 1 else self._several(texts)
        self._press.problems += self._desk.problems
        return self._press.read(plan, list(self._manuscripts.values()))

    def _alone(self, file: str) -> Plan:
        manuscript = self._manuscript(file)
        return self._plan(manuscript, arrangement.alone(manuscript))

    def _plan(self, main: Manuscript | None, items: Sequence[ItemPlan]) -> Plan:
        """The plan of a book that one of its texts, or book.toml, gives its title."""
        return Plan(self._titles or (main.titles if main else ()), main.subtitles if main else (), items)

    def _manuscript(self, file: str) -> Manuscript:
        if file not in self._manuscripts:
            self._manuscripts[file] = markdown(self._desk.sheet(file))
        return self._manuscripts[file]

    def _several(self, texts: list[str]) -> Plan:
        lists = [file for file in texts if PurePosixPath(file).stem.casefold() == "summary"]
        if lists:
            summary = min(lists, key=lambda file: file.count("/"))
            return self._by_summary(summary, [text for text in texts if text != summary])
        files = self._chapters(texts)
        folder = common_folder(files)
        arrangement.drop_running_titles([self._manuscripts[file] for file in files])
        main = self._title_page(files, folder)
        rest = [file for file in files if not main or file != main.sheet.file]
        places = self._flat(rest) if self._ordered else self._folder(rest, folder)
        return self._plan(main, [*(arrangement.alone(main) if main else ()), *self._titled(places)])

    def _chapters(self, files: Sequence[str]) -> list[str]:
        """The files without those that others put in."""
        wanted = {target for file in files for target in included(self._press.inks[file]) if target != file}
        for file in (*(file for file in files if file not in wanted), *files):
            if file not in self._desk.included:
                self._manuscript(file)
        return [file for file in files if file in self._manuscripts]

    def _title_page(self, files: Sequence[str], folder: str) -> Manuscript | None:
        """The README at the top, if nothing else gives the book its title; of files in a given order the first."""
        if self._titles:
            return None
        top = (file for file in files[: 1 if self._ordered else None] if posixpath.dirname(file) == folder)
        return next((self._manuscripts[file] for file in top if _is_index(file)), None)

    def _flat(self, files: Iterable[str]) -> list[Place]:
        return [Place(self._manuscripts[file]) for file in files]

    def _folder(self, files: Sequence[str], folder: str) -> list[Place]:
        """The texts of a folder; in a folder with a README the others stand below it."""
        places: list[Place] = []
        inner: dict[str, list[str]] = {}
        for file in sorted(files, key=lambda file: not (_is_index(file) and posixpath.dirname(file) == folder)):
            name = PurePosixPath(file).relative_to(folder or ".").parts[0]
            inner.setdefault(posixpath.join(folder, name), []).append(file)
        for path, below in inner.items():
            if below == [path]:
                places += self._flat(below)
                continue
            head = next((file for file in below if posixpath.dirname(file) == path and _is_index(file)), None)
            found = self._folder([file for file in below if file != head], path)
            places += [Place(self._manuscripts[head], None, found)] if head else found
        return places

    def _by_summary(self, file: str, texts: Sequence[str]) -> Plan:
        """The book in the order of its SUMMARY.md; what that does not list follows."""
        found = mdbook.contents(self._desk.sheet(file), texts)
        self._press.problems += found.problems
        first = list(listed(found.items))
        self._desk.included.update(first, [file])
        for text in first:
            self._manuscript(text)
        rest = [text for text in self._chapters(texts) if text not in first]
        main = self._title_page(rest, posixpath.dirname(file))
        others = [text for text in rest if not main or text != main.sheet.file]
        for text in others:
            message = "the file is not in SUMMARY.md"
            self._press.problems.append(Problem("W003", message, Location(text), "It follows what is listed there."))
        items = self._titled(self._places(found.items, found))
        mdbook.leave_out(found, items)
        items = [*(arrangement.alone(main) if main else ()), *items, *self._titled(self._flat(others))]
        return self._plan(main, items)

    def _titled(self, places: Sequence[Place]) -> list[ItemPlan]:
        """The parts and chapters of several texts; a chapter without a title is reported."""
        items = arrangement.several(places)
        for chapter in chapters(items):
            if not chapter.title:
                message = "the chapter has no title"
                self._press.problems.append(
                    Problem("R056", message, Location(chapter.sheet.file), "Give it a heading.")
                )
        return items

    def _places(self, items: Iterable[Item], found: Summary) -> list[Place]:
        """The texts of a list of contents in their places; entries without a text are reported."""
        places = []
        for item in items:
            if unwritten(item):
                place = mdbook.place(found, item)
                self._press.problems.append(Problem("R052", f'"{item.title}" has no text', place))
                continue
            manuscript = self._manuscripts[item.file] if item.file else None
            places.append(Place(manuscript, Stretch(found.sheet, item.nodes), self._places(item.items, found)))
        return places


def _is_index(file: str) -> bool:
    return PurePosixPath(file).stem.casefold() in _INDEX

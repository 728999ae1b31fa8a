# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of AMuseWiki's texts (https://amusewiki.org/library/manual) -> a tree with the names of HTML's elements.

"* Part", "** Chapter", "*** Section"; " - item", " 1. item", " term :: words"; "> a line of verse"; "a | b" for a row
of a table; "[1] words" at the beginning of a line for a note. What stands between <quote> and </quote>, <verse>,
<example> or {{{ and }}} is of their kind; a paragraph that is set in by two to five columns is quoted, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.errors import Location
from publisher.readers.lightweight import muse_inlines
from publisher.readers.lightweight.elements import Element, Leaf
from publisher.readers.lightweight.tags import Finding
from publisher.readers.lightweight.tree import Tree

_HEADING = re.compile(r"(\*{1,5})[ \t]+(?=\S)")
_BREAK = re.compile(r"\s*(?:-{4,}|\*(?:\s+\*){2,})\s*$")
_NOTE = re.compile(r"(\[\d{1,5}\*?\]|\{\d{1,5}\})[ \t]+(?=\S)")
_ITEM = re.compile(r"(\s+)(-|\d{1,4}\.|[a-zA-Z]\.|[ivxlcIVXLC]{1,6}\.)[ \t]+(?=\S)")
_TAG = re.compile(r"(?i)\s*<(/?)(quote|verse|poem|center|right|biblio|play|example|comment)>\s*")
_ROW = re.compile(r"[^|]*\S\s+\|{1,3}\s|\s*\|\|?\s|.*\s\|{1,3}$")
_CELL = re.compile(r"(?:^|\s)\|{1,3}(?=\s|$)")
_ELEMENTS = {"quote": "blockquote", "center": "center", "right": "center", "biblio": "div", "play": "div"}
_QUOTED = range(2, 6)


def tree(text: str, file: str, offset: int) -> tuple[Element, list[Finding]]:
    """The tree of a text that begins at an offset of its source."""
    labels = {found[1] for line in text[offset:].split("\n") if (found := _NOTE.match(line))}
    lines = _Lines(text, file, labels)
    lines.read(offset)
    return lines.tree.root, lines.findings


class _Lines:
    def __init__(self, text: str, file: str, labels: set[str]) -> None:
        self.tree = Tree(Location(file))
        self.findings: list[Finding] = []
        self._text = text
        self._labels = labels
        self._paragraph: list[tuple[int, int]] = []
        self._lists: list[tuple[int, str]] = []
        self._in_note = False
        self._row = False
        self._gap = True
        self._closes_listings = "\n}}}" in text

    def read(self, offset: int) -> None:
        lines = self._each(offset)
        for start, end in lines:
            line = self._text[start:end]
            if not line.strip():
                self._end_paragraph()
                self._end_table()
                self._gap = True
                continue
            if self._verbatim(start, line, lines) or self._tag(start, line, lines):
                continue
            self._line(start, line)
            self._gap = False
        self._end_paragraph()
        self._end_table()
        self._end_lists()
        self._end_note()

    def _each(self, offset: int) -> Iterator[tuple[int, int]]:
        at = offset
        for line in self._text[offset:].split("\n"):
            yield at, at + len(line)
            at += len(line) + 1

    def _line(self, start: int, line: str) -> None:
        heading, note, item, term = _HEADING.match(line), _NOTE.match(line), _ITEM.match(line), _term(line)
        is_row = "|" in line and bool(_ROW.match(line) or _caption(line)) and not self._paragraph
        if not is_row:
            self._end_table()
        if _BREAK.match(line):
            self._end_all()
            mark = line.strip()
            at = start + line.index(mark)
            self.tree.add(Element("hr", children=[Leaf(mark, at, at + len(mark))] if "*" in mark else []))
        elif heading and self._gap:
            self._end_all()
            self._enclose(f"h{len(heading[1])}", start + heading.end(), start + len(line))
        elif note and (self._gap or self._in_note):
            self._end_all()
            self._open_note(start, note)
            self._paragraph = [(start + note.end(), start + len(line))]
        elif line.lstrip().startswith("> ") or line.strip() == ">":
            self._verse_line(start, line)
        elif item and (self._gap or self._lists):
            self._item(start, line, item)
        elif term and (self._gap or self._lists):
            self._define(start, line, term)
        elif is_row:
            self._table_line(start, line)
        else:
            self._words(start, line)

    def _words(self, start: int, line: str) -> None:
        """A line of a paragraph; how far its first is set in says what it belongs to."""
        indent = len(line) - len(line.lstrip())
        if not self._paragraph and self._gap:
            self._leave(indent)
        self._paragraph.append((start, start + len(line)))

    def _leave(self, indent: int) -> None:
        """Ends the lists and the note that a block set in so far does not belong to."""
        while self._lists and indent <= self._lists[-1][0]:
            self._end_list()
        if self._in_note and not indent:
            self._end_note()

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        start, end = self._paragraph[0][0], self._paragraph[-1][1]
        body = self._text[start:end]
        indent = len(body) - len(body.lstrip())
        # In a note or an item the lines are set in anyway.
        quoted = indent in _QUOTED and not self._lists and not self._in_note and self._text[start - 1 : start] == "\n"
        if quoted:
            self.tree.open(Element("blockquote"))
        self._enclose("p", start + indent, end)
        if quoted:
            self.tree.close("blockquote")
        self._paragraph = []

    def _enclose(self, name: str, start: int, end: int) -> None:
        self.tree.open(Element(name, start=start))
        self.findings += muse_inlines.plant(self.tree, self._text, start, end, self._labels)
        self.tree.close(name)

    def _end_all(self) -> None:
        self._end_paragraph()
        self._end_table()
        self._end_lists()
        self._end_note()

    def _open_note(self, start: int, note: re.Match[str]) -> None:
        label = note[1].strip("[]")
        self.tree.open(Element("footnote_reference", {"label": label, "shown": note[1]}, start=start))
        self._in_note = True

    def _end_note(self) -> None:
        if self._in_note:
            self.tree.close("footnote_reference")
            self._in_note = False

    def _item(self, start: int, line: str, item: re.Match[str]) -> None:
        """An item; one that is set in further than the last begins a list inside it."""
        self._end_paragraph()
        name = "ul" if item[2] == "-" else "ol"
        column = len(item[1].expandtabs())
        self._level(column, name)
        number = item[2].rstrip(".")
        if not self._lists or self._lists[-1][0] < column:
            attributes = {"start": number} if number.isdecimal() else {}
            self.tree.open(Element(name, attributes))
            self._lists.append((column, name))
        self.tree.open(Element("li", {"number": number if number.isdecimal() else ""}, start=start))
        self._paragraph = [(start + item.end(), start + len(line))]

    def _level(self, column: int, name: str) -> None:
        """Closes the items and lists that an item of this column and kind does not belong to."""
        while self._lists and (
            self._lists[-1][0] > column or (self._lists[-1] != (column, name) and self._lists[-1][0] == column)
        ):
            self._end_list()
        if self._lists and self._lists[-1] == (column, name):
            for child in ("li", "dd", "dt"):
                self.tree.close(child)

    def _define(self, start: int, line: str, term: tuple[int, int, int]) -> None:
        """A term, and the words behind it."""
        self._end_paragraph()
        column = term[0]
        while self._lists and (self._lists[-1][0] > column or self._lists[-1][1] != "dl"):
            self._end_list()
        if self._lists:
            self.tree.close("dd")
        else:
            self.tree.open(Element("dl"))
            self._lists.append((column, "dl"))
        self._enclose("dt", start + term[0], start + term[1])
        self.tree.open(Element("dd", start=start))
        self._paragraph = [(start + term[2], start + len(line))] if line[term[2] :].strip() else []

    def _end_list(self) -> None:
        self.tree.close(self._lists.pop()[1])

    def _end_lists(self) -> None:
        while self._lists:
            self._end_list()

    def _verse_line(self, start: int, line: str) -> None:
        self._end_paragraph()
        mark = line.index(">")
        if self._gap:
            self._leave(mark)
        here = self.tree.open_element
        verse = here.children[-1] if here.children else None
        if not (isinstance(verse, Element) and verse.name == "verse") or self._gap:
            verse = Element("verse")
            self.tree.add(verse)
        self._add_line(verse, start + mark + 1, line[mark + 1 :])

    def _add_line(self, verse: Element, start: int, line: str) -> None:
        body = line.lstrip()
        inner = Tree(Location(""))
        self.findings += muse_inlines.plant(
            inner, self._text, start + len(line) - len(body), start + len(line), self._labels
        )
        indent = max(len(line) - len(body) - 1, 0)
        verse.children += [Element("line", {"indent": str(indent)}), *inner.root.children]

    def _table_line(self, start: int, line: str) -> None:
        """A row, its cells parted by "|", by "||" in the head; or "|+ caption +|"."""
        if not self._row:
            self._leave(len(line) - len(line.lstrip()))
            self.tree.open(Element("table"))
            self._row = True
        if caption := _caption(line):
            self._enclose("caption", start + caption[0], start + caption[1])
            return
        self.tree.open(Element("tr"))
        name = "th" if "||" in line and "|||" not in line else "td"
        at = 0
        for mark in [*_CELL.finditer(line), None]:
            end = mark.start() if mark else len(line)
            if line[at:end].strip() or mark:
                begin = at + len(line[at:end]) - len(line[at:end].lstrip())
                self._enclose(name, start + begin, start + max(begin, at + len(line[at:end].rstrip())))
            at = mark.end() if mark else end
        self.tree.close("tr")

    def _end_table(self) -> None:
        if self._row:
            self.tree.close("table")
            self._row = False

    def _verbatim(self, start: int, line: str, lines: Iterator[tuple[int, int]]) -> bool:
        """Lines between "{{{" and "}}}", and comments: lines that begin with "; "."""
        if line.startswith("; ") and self._gap:
            self.tree.add(Element("comment", start=start, end=start + len(line)))
            return True
        if line.strip() != "{{{" or not self._closes_listings:
            return False
        self._end_paragraph()
        self._leave(len(line) - len(line.lstrip()))
        self._listing(lines, "}}}")
        return True

    def _listing(self, lines: Iterator[tuple[int, int]], last: str) -> None:
        listing = Element("pre")
        for start, end in lines:
            if self._text[start:end].strip() == last:
                break
            listing.children += [Leaf(self._text[start:end], start, end), Leaf("\n", end, end)]
        del listing.children[-1:]
        self.tree.add(listing)

    def _tag(self, start: int, line: str, lines: Iterator[tuple[int, int]]) -> bool:
        """A tag alone on its line."""
        found = _TAG.fullmatch(line)
        if found is None:
            return False
        self._end_paragraph()
        name = found[2].casefold()
        if name == "example" and not found[1]:
            self._listing(lines, "</example>")
        elif name in {"verse", "poem"}:
            self._verse(lines, found)
        elif name == "comment" and not found[1]:
            self._comment(start, lines)
        elif name in _ELEMENTS and found[1]:
            self._end_lists()
            self.tree.close_typed(_ELEMENTS[name])
        elif name in _ELEMENTS:
            self.tree.open(Element(_ELEMENTS[name]), typed=True)
        self._gap = True
        return True

    def _verse(self, lines: Iterator[tuple[int, int]], found: re.Match[str]) -> None:
        if found[1]:
            return
        verse = Element("verse")
        for start, end in lines:
            if re.fullmatch(rf"(?i)\s*</{found[2]}>\s*", self._text[start:end]):
                break
            self._add_line(verse, start, self._text[start:end].rstrip())
        self.tree.add(verse)

    def _comment(self, start: int, lines: Iterator[tuple[int, int]]) -> None:
        end = start
        for _, end in lines:
            if self._text.endswith("</comment>", start, end):
                break
        self.tree.add(Element("comment", start=start, end=end))


def _term(line: str) -> tuple[int, int, int] | None:
    """Where a term begins and ends, and where its definition begins: " term :: words"."""
    begin = len(line) - len(line.lstrip())
    mark = line.find(" ::")
    after = line[mark + 3 : mark + 4]
    if not begin or mark <= begin or (after and not after.isspace()):
        return None
    return begin, len(line[:mark].rstrip()), mark + 3


def _caption(line: str) -> tuple[int, int] | None:
    """Where a table's caption begins and ends: "|+ words +|"."""
    body = line.strip()
    if len(body) < 5 or not (body.startswith("|+") and body.endswith("+|")):
        return None
    inner = body[2:-2].strip()
    begin = line.index("|+") + 2
    begin += len(line[begin:]) - len(line[begin:].lstrip())
    return begin, begin + len(inner)

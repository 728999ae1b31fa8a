# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of a plain-text edition -> blocks: by their indents, by labels above them, by what they look like.

form.py says which column is what. Where columns are not as the writer sets them, the nearest counts, and no line is
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from publisher.document import (
    Block,
    Break,
    Byline,
    Dateline,
    Dedication,
    Definition,
    Definitions,
    Direction,
    Epigraph,
    Figure,
    Heading,
    Image,
    Inlines,
    Lines,
    List,
    Listing,
    Paragraph,
    Passage,
    Quote,
    Salutation,
    Signature,
    Speech,
    Subtitle,
    Synopsis,
    Text,
    Verse,
    VerseLine,
    calls,
    plain,
)
from publisher.ledger import Fate
from publisher.readers.plaintext.cursor import Cursor
from publisher.readers.plaintext.form import (
    COUNTED,
    FAR_FROM,
    INNER,
    ITEM,
    LABEL,
    NO_MARK,
    STEP,
    Column,
    shape,
    unescaped,
)
from publisher.readers.plaintext.lines import Line, Page
from publisher.readers.plaintext.table import table

# After these a far line is a date, not a signature.
HEAD = (Subtitle, Byline, Synopsis, Heading, Dateline)
# As deep as blocks may stand in one another.
DEEPEST = 40

_CONTAINERS: dict[str, Callable[[tuple[Block, ...]], Block]] = {
    "Epigraph": Epigraph,
    "Dedication": Dedication,
    "Quotation": Quote,
}
_RUNS: dict[str, Callable[[Inlines], Block]] = {
    "Salutation": Salutation,
    "Byline": Byline,
    "Direction": Direction,
    "Subtitle": Subtitle,
    "Synopsis": Synopsis,
}
_LINES: dict[str, Callable[[tuple[Inlines, ...]], Block]] = {
    "Lines": Lines,
    "Dateline": Dateline,
    "Signature": Signature,
}


class Reader(Struct, frozen=True):
    """Reads the blocks of one chapter.

    `notes` are those that it may call, `fate` is what its words become; in `called` it says what it has called.
    """

    page: Page
    notes: Mapping[str, int]
    fate: Fate
    called: set[int]

    def run(self, lines: Sequence[Line]) -> Inlines:
        inlines = self.page.run(lines, self.notes, self.fate)
        if len(inlines) > 1 or (inlines and not isinstance(inlines[0], Text)):
            self.called.update(call.note for call in calls(inlines))
        return inlines

    def blocks(self, lines: Sequence[Line], base: int = 0, depth: int = 0) -> tuple[Block, ...]:
        """The blocks of lines whose margin is the column `base`."""
        if depth > DEEPEST:
            return self._too_deep(lines)
        inside = _Blocks(self, lines, base, depth)
        while inside.skip_blank():
            inside.block()
        return tuple(inside.found)

    def _too_deep(self, lines: Sequence[Line]) -> tuple[Block, ...]:
        written = [line for line in lines if line.text]
        if not written:
            return ()
        self.page.report("R005", f"more than {DEEPEST} blocks stand in one another", written[0])
        return (Paragraph(self.run(written)),)


class _Blocks(Cursor):
    """Reads the blocks of a chapter, or of another block, one after the other."""

    def __init__(self, reader: Reader, lines: Sequence[Line], base: int, depth: int) -> None:
        super().__init__(lines, base)
        self.reader, self.page, self.depth = reader, reader.page, depth
        self.found: list[Block] = []

    def _inside(self) -> tuple[Block, ...]:
        """The blocks of the indented lines that follow at once; none where a blank line or the margin follows."""
        relative = self.relative(self.at)
        if relative <= 1:
            return ()
        inner = min(relative, INNER)
        return self._blocks(self.region(inner), inner)

    def _blocks(self, lines: Sequence[Line], inner: int) -> tuple[Block, ...]:
        return self.reader.blocks(lines, self.base + inner, self.depth + 1)

    def block(self) -> None:
        """Reads the next block."""
        relative = self.relative(self.at)
        self.found.append(self._flush() if relative <= 1 else self._indented(relative))

    def _flush(self) -> Block:
        lines = self.group(indented=False)
        match shape([line.text for line in lines]):
            case "label":
                return self._labelled(lines[0])
            case "figure":
                return self._figure(lines[0])
            case "break":
                return self._break(lines[0])
            case "heading":
                self.page.mark(lines[-1], Fate.MARKUP)
                return Heading(self.reader.run(lines[:-1]))
            case "paragraph":
                return self._paragraph(lines)
            case _:
                message = "a heading stands inside another block; it is printed as a paragraph"
                self.page.report("R103", message, lines[0])
                return Paragraph(self.reader.run(lines))

    def _break(self, line: Line) -> Break:
        own = line.text != NO_MARK
        self.page.mark(line, self.reader.fate if own else Fate.MARKUP)
        return Break(line.text if own else "")

    def _paragraph(self, lines: list[Line]) -> Block:
        """A paragraph; one line with indented lines right below it names who speaks them."""
        if len(lines) == 1 and self.relative(self.at) >= INNER:
            return Speech(self.reader.run(lines), self._inside())
        while self.relative(self.at) >= 0:
            lines.append(self.lines[self.at])
            self.at += 1
        return Paragraph(self.reader.run(lines))

    def _figure(self, line: Line) -> Block:
        (image,) = self.reader.run([line])
        return Figure(image, self._inside()) if isinstance(image, Image) else Paragraph((image,))

    def _indented(self, relative: int) -> Block:
        if relative < Column.QUOTE:
            return self._list() if ITEM.match(self.lines[self.at].text) else self._verse()
        if relative < Column.SALUTATION:
            return Quote(self._blocks(self.region(relative), relative))
        if relative >= FAR_FROM:
            is_head = not self.found or isinstance(self.found[-1], HEAD)
            return self._lines_of("Dateline" if is_head else "Signature")
        if relative in (8, 9, Column.LINES):
            return self._lines_of("Lines")
        if relative < Column.LINES:
            return self._run_of("Salutation" if relative < 8 else "Byline")
        return self._run_of("Direction")

    def _run_of(self, name: str) -> Block:
        lines = self.group(indented=True)
        return _RUNS[name](self.reader.run(lines) if lines else ())

    def _lines_of(self, name: str) -> Block:
        """Lines; those that go further in than the first go on with the one before them."""
        lines: list[list[Line]] = []
        for line in self.group(indented=True):
            if lines and line.indent > lines[0][0].indent + 1:
                lines[-1].append(line)
            else:
                lines.append([line])
        return _LINES[name](tuple(map(self.reader.run, lines)))

    def _verse(self) -> Verse:
        stanzas: list[list[VerseLine]] = []
        before = Line(0, 0, "", 0)
        for line in self.region(Column.VERSE):
            if line.text:
                if not before.text:
                    stanzas.append([])
                indent = (line.indent - self.base - Column.VERSE) // STEP
                stanzas[-1].append(VerseLine(self.reader.run([line]), indent))
            before = line
        return Verse(tuple(map(tuple, stanzas)))

    def _list(self) -> List:
        """Items of one kind; counted ones go on for as long as their numbers do."""
        items: list[tuple[Block, ...]] = []
        start: int | None = None
        while self.skip_blank() and self.relative(self.at) in (2, 3):
            line = self.lines[self.at]
            mark = ITEM.match(line.text)
            number = int(mark["number"]) if mark and mark["number"] else None
            expected = start + len(items) if start is not None else None
            if mark is None or (items and number != expected):
                break
            start = number if not items else start
            items.append(self._item(line, mark.end(), INNER if number is None else COUNTED))
        return List(tuple(items), start is not None, 1 if start is None else start)

    def _item(self, line: Line, end: int, inner: int) -> tuple[Block, ...]:
        self.page.mark(line, Fate.MARKUP)
        self.at += 1
        first = after(line, end, self.base + inner)
        return self._blocks([first, *self.region(INNER)], inner)

    def _labelled(self, line: Line) -> Block:
        label = LABEL.fullmatch(line.text)
        name, rest = (label["name"], unescaped(label["rest"] or "")) if label else ("", "")
        self.page.mark(line, Fate.MARKUP)
        if name in _CONTAINERS:
            return _CONTAINERS[name](self._inside())
        if name in _RUNS:
            return self._run_of(name)
        if name in _LINES:
            return self._lines_of(name)
        return self._special(name, line, rest)

    def _special(self, name: str, line: Line, rest: str) -> Block:
        """A block whose label says more, or whose lines have a form of their own."""
        match name:
            case "Language":
                return Passage(rest, self._inside())
            case "Verse":
                return self._verse() if self.relative(self.at) > 1 else Verse(())
            case "List":
                has_items = self.relative(self.at) in (2, 3) and ITEM.match(self.lines[self.at].text)
                return self._list() if has_items else _empty_list(rest)
            case "Speech":
                return Speech(self._labelled_run(line), self._inside())
            case "Break":
                return Break(plain(self._labelled_run(line)))
            case "Listing":
                return Listing("\n".join(self._listing()), rest)
            case "Table":
                caption = self._labelled_run(line)
                rows = self.group(indented=True)
                return table(self.page, rows, self.base + INNER, caption, self.reader.run, self.reader.fate)
            case _:
                return Definitions(tuple(self._definitions(line)))

    def _labelled_run(self, line: Line) -> Inlines:
        """What a label says behind its colon."""
        start = line.text.find(": ") + 2
        if start < 2:
            return ()
        inner = Line(line.number, line.column + start, line.text[start:-1], line.indent)
        self.page.mark(line, Fate.MARKUP, at=len(line.text) - 1)
        return self.reader.run([inner])

    def _listing(self) -> Iterator[str]:
        """Lines behind their bars, as they stand."""
        while self.relative(self.at) > 1 and (line := self.lines[self.at]).text.startswith("|"):
            self.page.mark(line, Fate.MARKUP)
            self.page.mark(line, self.reader.fate, at=1)
            text = self.page.raw[line.number - 1][line.column + 1 :]
            yield text.removeprefix(" ")
            self.at += 1

    def _definitions(self, label: Line) -> Iterator[Definition]:
        if label.text == "[Definition]":
            yield Definition((), self._inside())
        elif self.relative(self.at) > 1:
            inner = min(self.relative(self.at), INNER)
            yield from _Blocks(self.reader, self.region(inner), self.base + inner, self.depth + 1).definitions()

    def definitions(self) -> Iterator[Definition]:
        """Terms at the margin, one a line, each group with what is said of it right below."""
        while self.skip_blank():
            terms = self.group(indented=False)
            if terms and terms[0].text == "[Definition]":
                self.page.mark(terms.pop(0), Fate.MARKUP)
            yield Definition(tuple(self.reader.run([term]) for term in terms), self._inside())


def after(line: Line, end: int, indent: int) -> Line:
    """What follows a mark at the beginning of a line."""
    return Line(line.number, line.column + end, line.text[end:], indent)


def _empty_list(rest: str) -> List:
    number = rest if rest.removeprefix("-").isdecimal() and len(rest) < 10 else ""
    return List((), bool(number), int(number or 1))

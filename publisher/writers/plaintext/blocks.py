# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks -> the lines of a plain-text edition (`readers/plaintext/form`).

A block stands at the column that tells what it is. It gets a label above it where the column does not tell: where the
block before it would take its lines for its own, where it is empty, or where it begins like another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

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
    Table,
    Text,
    Verse,
)
from publisher.readers.plaintext.blocks import HEAD
from publisher.readers.plaintext.form import (
    COUNTED,
    INNER,
    ITEM,
    NO_MARK,
    NOTHING,
    OUTER,
    OUTER_UP_TO,
    STEP,
    WIDTH,
    Column,
    shape,
    underline,
)
from publisher.writers.plaintext.inlines import Names, escaped, marked, picture
from publisher.writers.plaintext.lines import NARROWEST, headed, hung, indented, turned, width, wrap
from publisher.writers.plaintext.table import rows

# The column of a block that takes nothing of what stands below it: further in than any line.
NOTHING_TAKEN = 1000


class Writer(Struct, frozen=True):
    """Writes blocks whose calls have these names."""

    names: Names

    def run(self, inlines: Inlines) -> str:
        return marked(inlines, self.names)

    def content(self, blocks: Iterable[Block], at: int = 0) -> list[str]:
        """The lines of blocks whose margin is at a column, with a blank one between two of them."""
        lines: list[str] = []
        before: Block | None = None
        taken = NOTHING_TAKEN
        for block in blocks:
            made = _Chunk(self, block, before, taken, at)
            lines += ["", *made.lines] if lines else made.lines
            before, taken = block, made.takes
        return lines


class _Chunk:
    """One block's lines; from the column `takes` on, what stands below them would count as theirs."""

    def __init__(self, writer: Writer, block: Block, before: Block | None, taken: int, at: int) -> None:
        self.run, self.content = writer.run, writer.content
        self.before, self.taken, self.at = before, taken, at
        self.room = max(WIDTH - at, NARROWEST)
        self.takes = NOTHING_TAKEN
        self.lines = self._block(block)

    def _is_free(self, column: Column) -> bool:
        """Whether a column tells what stands there."""
        return self.at <= OUTER_UP_TO if column in OUTER else column < self.taken

    def _block(self, block: Block) -> list[str]:
        match block:
            case Paragraph(inlines):
                return self._paragraph(self.run(inlines))
            case Quote(blocks):
                return self._quote(blocks)
            case Verse():
                return self._verse(block)
            case List():
                return self._list(block)
            case Salutation(inlines):
                return self._run("Salutation", Column.SALUTATION, inlines)
            case Byline(inlines):
                return self._run("Byline", Column.BYLINE, inlines)
            case Direction(inlines):
                return self._run("Direction", Column.DIRECTION, inlines)
            case Subtitle(inlines):
                return self._run("Subtitle", None, inlines)
            case Synopsis(inlines):
                return self._run("Synopsis", None, inlines)
            case Lines(lines):
                return self._far("Lines", Column.LINES, lines)
            case Dateline(lines):
                return self._far("Dateline", Column.FAR if self._at_head() else None, lines)
            case Signature(lines):
                return self._far("Signature", None if self._at_head() else Column.FAR, lines)
            case _:
                return self._rarer(block)

    def _rarer(
        self,
        block: Epigraph | Dedication | Passage | Speech | Definitions | Heading | Listing | Table | Figure | Break,
    ) -> list[str]:
        match block:
            case Epigraph(blocks):
                return self._inside("[Epigraph]", blocks)
            case Dedication(blocks):
                return self._inside("[Dedication]", blocks)
            case Passage(language, blocks):
                return self._inside(f"[Language: {escaped(language, '')}]", blocks)
            case Speech(speaker, blocks):
                return self._speech(speaker, blocks)
            case Definitions(definitions):
                return self._definitions(definitions)
            case Heading(inlines):
                lines = headed(self.run(inlines))
                return [*lines, underline("'", width(lines))]
            case Listing(text, language):
                label = f"[Listing: {escaped(language, '')}]" if language else "[Listing]"
                return [label, *(f"    | {line}" if line else "    |" for line in text.split("\n"))]
            case Table():
                return self._table(block)
            case Figure(image, caption):
                return self._inside(picture(image.file, image.alt), caption)
            case Break(mark):
                return [self._break(mark)]
            case _:
                assert_never(block)

    def _at_head(self) -> bool:
        return self.before is None or isinstance(self.before, HEAD)

    def _paragraph(self, text: str) -> list[str]:
        """A paragraph; if its lines look like something else, on one line, and if need be with a sign at its end."""
        for lines in (wrap(text, self.room), [text]):
            if shape(lines) == "paragraph":
                return lines
        return [f"{text}{NOTHING}"]

    def _inside(self, opening: str, blocks: Iterable[Block]) -> list[str]:
        lines = indented(self.content(blocks, self.at + INNER), INNER)
        if lines:
            self.takes = INNER
        return [opening, *lines]

    def _quote(self, blocks: Iterable[Block]) -> list[str]:
        opening, *lines = self._inside("[Quotation]", blocks)
        is_told = bool(lines) and not lines[0][INNER:].startswith(" ") and self._is_free(Column.QUOTE)
        return lines if is_told else [opening, *lines]

    def _run(self, name: str, column: Column | None, inlines: Inlines) -> list[str]:
        """One run; without a column of its own it is always labelled."""
        by = column or INNER
        lines = indented(wrap(self.run(inlines), self.room - by), by)
        return lines if column and self._is_free(column) else [f"[{name}]", *lines]

    def _far(self, name: str, column: Column | None, several: Sequence[Inlines]) -> list[str]:
        """Runs that are lines; the column is None where another block would be read there."""
        by = Column.LINES if name == "Lines" else Column.FAR
        lines = [line for run in several for line in indented(turned(self.run(run), self.room - by), by)]
        is_told = column is not None and bool(lines) and self._is_free(column)
        return lines if is_told else [f"[{name}]", *lines]

    def _verse(self, verse: Verse) -> list[str]:
        lines: list[str] = []
        for stanza in verse.stanzas:
            lines += ["", *(f"{' ' * (Column.VERSE + STEP * line.indent)}{self.run(line.inlines)}" for line in stanza)]
        is_told = (
            bool(verse.stanzas)
            and not verse.stanzas[0][0].indent
            and not ITEM.match(lines[1].lstrip(" "))
            and self._is_free(Column.VERSE)
        )
        self.takes = Column.VERSE
        return lines[1:] if is_told else ["[Verse]", *lines[1:]]

    def _list(self, block: List) -> list[str]:
        if not block.items:
            return [f"[List: {block.start}]" if block.ordered else "[List]"]
        inner = COUNTED if block.ordered else INNER
        items = []
        for number, item in enumerate(block.items, block.start):
            mark = f"  {number}. ".ljust(inner) if block.ordered else "  • "
            items.append(hung(mark, self.content(item, self.at + inner), inner))
        gap = [""] if any("" in item for item in items) else []
        lines = [line for item in items for line in (*item, *gap)]
        self.takes = INNER
        is_told = not isinstance(self.before, List) and self._is_free(Column.VERSE)
        return ([] if is_told else ["[List]"]) + (lines[:-1] if gap else lines)

    def _speech(self, speaker: Inlines, blocks: Iterable[Block]) -> list[str]:
        name = self.run(speaker)
        opening, *lines = self._inside(name, blocks)
        if not speaker:
            return ["[Speech]", *lines]
        return [opening if lines and shape([name]) == "paragraph" else f"[Speech: {name}]", *lines]

    def _definitions(self, definitions: Iterable[Definition]) -> list[str]:
        lines: list[str] = []
        for definition in definitions:
            terms = list(map(self.run, definition.terms)) or ["[Definition]"]
            if definition.terms and terms[0] == "[Definition]":
                terms[0] += NOTHING
            body = indented(self.content(definition.blocks, self.at + 2 * INNER), INNER)
            lines += ["", *terms, *body] if lines else [*terms, *body]
        self.takes = INNER
        return ["[Definitions]", *indented(lines, INNER)]

    def _table(self, block: Table) -> list[str]:
        label = f"[Table: {self.run(block.caption)}]" if block.caption else "[Table]"
        cells = [[self.run(cell) if cell else "" for cell in row] for row in block.rows]
        return [label, *indented(rows(cells, block.head), INNER)]

    def _break(self, mark: str) -> str:
        if not mark:
            return NO_MARK
        is_told = mark != NO_MARK and shape([mark]) == "break"
        return mark if is_told else f"[Break: {self.run((Text(mark),))}]"

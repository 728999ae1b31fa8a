# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger: what became of every word of a source.

The entries of a file stand in the order of the file and hold all its words. A line has one entry, or several where
parts of it became different things; entries of one line are glued together, white space in them counts, and between
two lines there is white space. The ledger is how a problem finds its place, how the fidelity proof knows which words
must stand in the book, and how a person sees what was left out and why.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Fate(StrEnum):
    """What words of a source became.

    CALL is the mark of a note in the text or before its body: books make their own from the note's label. MARK is the
    number of a page of the printed edition. RIGHTS are an archive's terms, which the licence and credits page stands
    for. MARKUP is what a markup language has beside words: addresses, attributes, comments.
    """

    AUTHOR = "author"
    TITLE = "title"
    METADATA = "metadata"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"
    CALL = "call"
    MARK = "page mark"
    CONTENTS = "contents"
    NAVIGATION = "navigation"
    RIGHTS = "rights"
    MARKUP = "markup"


# Words with these fates are not printed among the text; the rest is, word by word.
LEFT_OUT = frozenset({Fate.CALL, Fate.MARK, Fate.NAVIGATION, Fate.CONTENTS, Fate.RIGHTS, Fate.MARKUP})


class Entry(Struct, frozen=True):
    """Words of one source line: where they stand, what they became, and for what is left out the reason.

    `text` is as a reader of the book would see it: entities resolved, markup taken off. `column` is where it begins in
    the line, counted from 1; 0 where the source's form does not tell.
    """

    file: str
    line: int
    text: str
    fate: Fate
    reason: str = ""
    column: int = 0

    @property
    def printed(self) -> bool:
        """Whether the words must stand in the book; those that are left out have a reason, or a fate that is one."""
        return self.fate not in LEFT_OUT and not self.reason


class Change(Struct, frozen=True):
    """Words of the book that are not as the source has them.

    `rule` names what changed them, several rules joined by "+". `before` and `after` are whole words, from white space
    to white space. They stand `at` so many characters from the beginning of run number `run` of the book, counted as
    they were before; note calls have no width. Changes are in the order of the book, those of a later step after all
    those of an earlier one: first "emendations", each place as the source has it; then the rules of typography, as the
    emended text has it; then "calls", which moves a note call (in brackets here) and no word. `line` is 0 where the
    ledger does not show where the words come from.
    """

    rule: str
    file: str
    line: int
    before: str
    after: str
    run: int
    at: int

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drafts of a chapter's notes -> notes with their bodies.

A body may call further notes that stand apart, so that the list of drafts grows while it is read. A note inside a
note's own words is part of them: there, the ledger would have the words of one in the middle of the other.
"""

from __future__ import annotations

import re

from publisher.document import Block, Note
from publisher.ledger import Fate
from publisher.readers.tei_blocks import BlockReader
from publisher.readers.tei_notes import Draft, label_of
from publisher.readers.tei_outline import has_words
from publisher.readers.tei_state import State
from publisher.readers.xml_tree import Element, Run

# A mark of up to as many characters as labels have, in brackets or with a point: "(1)", "[a]", "12.".
_MARK = re.compile(r"\s*[\[(]?([^\s\]).:]{1,8})(?:[\])][.:]?|[.:])(?=\s)")


class BodyReader:
    """Reads the bodies of notes."""

    def __init__(self, state: State, blocks: BlockReader) -> None:
        self._state = state
        self._blocks = blocks

    def close(self) -> tuple[Note, ...]:
        """The notes of the chapter at hand, which ends; those without a mark of their own are counted."""
        drafts = self._state.notes.open
        result: list[Note] = []
        while len(result) < len(drafts):
            result.append(self._note(drafts[len(result)], len(result) + 1))
        self._state.notes.close()
        return tuple(result)

    def uncalled(self, count: int) -> tuple[Note, ...]:
        """The notes that nothing calls; `count` is the number of those of the chapter that they come to."""
        drafts = self._state.notes.uncalled()
        return tuple(self._note(draft, count + number) for number, draft in enumerate(drafts, 1))

    def _note(self, draft: Draft, number: int) -> Note:
        return Note(draft.label or str(number), self._body(draft), draft.called, draft.apparatus)

    def _body(self, draft: Draft) -> tuple[Block, ...]:
        state = self._state
        waiting, state.waiting = state.waiting, []
        state.in_note, state.fate = True, Fate.NOTE
        try:
            with state.within(draft.element):
                return tuple(block for nodes in _parts(draft) for block in self._blocks.read(nodes, is_prose=True))
        finally:
            state.in_note, state.fate, state.waiting = False, Fate.BODY, waiting


def _parts(draft: Draft) -> list[list[Element | Run]]:
    """The body of a note: all but the label at its head; of an apparatus, each reading but the text's."""
    if draft.element.name == "app":
        lemma = draft.element.first("lem") or draft.element.first("rdg", "rdgGrp")
        return [[child] for child in draft.element.children if child is not lemma]
    _part_mark(draft.element, draft.label)
    children = list(draft.element.children)
    label = draft.element.first("label")
    if label and not draft.element.get("n") and draft.label == label_of(draft.element) != "":
        label.leave_out(Fate.CALL, "")
        children.remove(label)
    return [children]


def _part_mark(element: Element, label: str) -> None:
    """Parts a note's own mark from its words where it stands before them again: "(1)" of a note that is called by 1."""
    while label:
        at, first = next(((i, x) for i, x in enumerate(element.children) if has_words(x)), (0, None))
        if isinstance(first, Element):
            element = first
            continue
        mark = _MARK.match(first.text) if first else None
        if first and mark and mark[1] == label:
            rest = Run(first.line, first.column + mark.end(), first.text[mark.end() :])
            element.children[at : at + 1] = [Run(first.line, first.column, mark[0], Fate.CALL), rest]
        return

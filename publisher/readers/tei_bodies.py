# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drafts of a chapter's notes -> notes with their bodies.

A body may call further notes that stand apart, so that the list of drafts grows while it is read. A note inside a
note's own words is part of them: there, the ledger would have the words of one in the middle of the other.
"""

from __future__ import annotations

from publisher.document import Block, Note
from publisher.ledger import Fate
from publisher.readers.tei_blocks import BlockReader
from publisher.readers.tei_notes import Draft, label_of
from publisher.readers.tei_state import State
from publisher.readers.xml_tree import Element, Run


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
    """What of a note's element is its body: not the label at its head, and of an apparatus each reading but the text's."""
    children = list(draft.element.children)
    if draft.element.name == "app":
        lemma = draft.element.first("lem") or draft.element.first("rdg", "rdgGrp")
        return [[child] for child in children if child is not lemma]
    label = draft.element.first("label")
    if label and not draft.element.get("n") and draft.label == label_of(draft.element) != "":
        label.leave_out(Fate.CALL, "")
        children.remove(label)
    return [children]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks that CommonMark does not know, as pandoc writes them (https://pandoc.org/MANUAL.html#pandocs-markdown).

"::: {.class}" to ":::" is a division, lines that begin with "| " are verse, "{: .class}" alone are attributes
(kramdown), "+-----+" draws a frame: around blocks, or around the cells of a table, which is kept as it was drawn.
"##Title" and "#Title#" are headings as in the first Markdown, though "#title" may be a tag.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from publisher.readers.lightweight.inline_rules import ATTRIBUTES, attributes

_FENCE = re.compile(r"\{[^}]*+\}|[\w-]++")
_FRAME = re.compile(r"\+(?:[-=:]{3,}\+)+$")
_DEEPEST = 4
_ENDS_PARAGRAPH: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def add(parser: MarkdownIt) -> None:
    """Teaches the parser these blocks."""
    ruler = parser.block.ruler
    ruler.before("table", "frame", _frame, {"alt": ["paragraph"]})
    ruler.before("table", "line_block", _line_block, {"alt": []})
    ruler.before("heading", "tight_heading", _tight_heading, {"alt": ["paragraph"]})
    ruler.before("fence", "division", _division, _ENDS_PARAGRAPH)
    ruler.before("fence", "attribute_line", _attribute_line, {"alt": ["paragraph"]})
    ruler.before("fence", "formula_block", _formula, {"alt": ["paragraph"]})


def _line(state: StateBlock, number: int) -> str:
    return str(state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]])


def _belongs(state: StateBlock, number: int, end: int) -> bool:
    return number < end and state.sCount[number] >= state.blkIndent and not state.isEmpty(number)


def _tight_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    text = _line(state, start).rstrip()
    title = text.strip("#").strip()
    level = len(text) - len(text.lstrip("#"))
    if (
        not 1 <= level <= 6
        or text[level : level + 1].isspace()
        or not title[:1].isalpha()
        or state.is_code_block(start)
    ):
        return False
    if level == 1 and not text.endswith("#") and start:
        return False
    if silent:
        return True
    for kind, nesting in (("heading_open", 1), ("inline", 0), ("heading_close", -1)):
        token = state.push(kind, f"h{level}" if nesting else "", nesting)  # type: ignore[arg-type]
        token.map = [start, start + 1]
        if not nesting:
            token.content, token.children = title, []
    state.line = start + 1
    return True


def _division(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """The fence alone; the tree finds out which one closes which. Words behind its class are the division's title."""
    text = _line(state, start)
    if not text.startswith(":::") or state.is_code_block(start):
        return False
    inner = text.strip(": \t")
    found = _FENCE.match(inner)
    if inner and not found:
        return False
    if silent:
        return True
    kind = found[0] if found else ""
    title = inner[len(kind) :].strip()
    token = state.push("division", "div", 0)
    token.attrs = dict(attributes(kind)) if kind.startswith("{") else {"class": kind} if kind else {}
    token.map, token.hidden = [start, start + 1], not kind
    state.line = start + 1
    if title:
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = title, [start, start + 1], []
    return True


def _line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Lines that begin with a stroke and a space; such that end with a stroke, too, are a table."""
    if silent or state.is_code_block(start) or not _is_verse(_line(state, start)):
        return False
    stop = start
    while _belongs(state, stop, end) and (_is_verse(_line(state, stop)) or (stop > start and _goes_on(state, stop))):
        stop += 1
    if _belongs(state, stop, end) and _line(state, stop).startswith("|"):
        return False
    state.push("verse_open", "verse", 1).map = [start, stop]
    for number in range(start, stop):
        text = _line(state, number)
        body = text.removeprefix("|")
        token = state.push("verse_line", "", 0)
        token.meta["indent"] = len(body) - len(body.lstrip(" \u00a0")) - 1
        token.hidden = not text.startswith("|")
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = body.strip(), [number, number + 1], []
    state.push("verse_close", "verse", -1)
    state.line = stop
    return True


def _is_verse(text: str) -> bool:
    return text == "|" or (text.startswith("| ") and not text.rstrip().endswith("|"))


def _goes_on(state: StateBlock, number: int) -> bool:
    return state.sCount[number] > state.blkIndent and not _line(state, number).startswith("|")


def _attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    text = _line(state, start).rstrip()
    if not text.startswith("{") or state.is_code_block(start) or not (ATTRIBUTES.fullmatch(text) or text == "{:toc}"):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.attrs, token.map = dict(attributes(text)), [start, start + 1]
        state.line = start + 1
    return True


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Lines between "$$" and "$$", each alone on its line, are kept as they stand."""
    if _line(state, start).strip() != "$$" or state.is_code_block(start):
        return False
    stop = start + 1
    while stop < end and _line(state, stop).strip() != "$$":
        if state.isEmpty(stop):
            return False
        stop += 1
    if stop >= end:
        return False
    if not silent:
        _verbatim(state, start, stop + 1)
    return True


def _verbatim(state: StateBlock, start: int, stop: int) -> None:
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, stop, state.blkIndent, keepLastLF=False)
    token.map = [start, stop]
    state.line = stop


def _frame(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A frame around blocks is a quotation; one with several columns is kept as it was drawn."""
    head = _line(state, start).rstrip()
    if not head.startswith("+-") or state.is_code_block(start) or not _FRAME.match(head):
        return False
    stop = start + 1
    while _belongs(state, stop, end) and _line(state, stop)[:1] in {"|", "+"}:
        stop += 1
    if not _FRAME.match(_line(state, stop - 1).rstrip()) or stop < start + 3:
        return False
    if silent:
        return True
    if head.count("+") == 2 and all(_line(state, n).rstrip()[-1] in "|+" for n in range(start, stop)):
        _open_frame(state, start, stop)
    else:
        _verbatim(state, start, stop)
        state.tokens[-1].meta["drawn"] = True
    return True


def _open_frame(state: StateBlock, start: int, stop: int) -> None:
    """Parses what a frame encloses, its strokes taken off, as a text of its own."""
    lines = (_line(state, number).rstrip() for number in range(start, stop))
    inner = "\n".join("" if line.startswith("+") else line[1:-1].strip(" ") and line[1:-1].rstrip() for line in lines)
    state.push("frame_open", "blockquote", 1).map = [start, stop]
    depth = state.env["frames"] = state.env.get("frames", 0) + 1
    first = len(state.tokens)
    if depth > _DEEPEST:
        _verbatim(state, start, stop)
    else:
        state.md.block.parse(inner, state.md, state.env, state.tokens)
    for token in state.tokens[first:] if depth <= _DEEPEST else ():
        if token.map:
            token.map = [number + start for number in token.map]
    state.env["frames"] -= 1
    state.push("frame_close", "blockquote", -1)
    state.line = stop

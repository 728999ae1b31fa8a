# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown -> tokens that know where they stand, by markdown-it (https://spec.commonmark.org/, GFM's tables, notes).

markdown-it says in which line a block begins and nothing about the words in it. The parser of inlines is therefore
told to note where in its block each token begins, which `positions` turns into places of the source.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any, Literal

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publisher.errors import Location, Problem, SourceError
from publisher.readers.lightweight import block_rules, inline_rules

DEEPEST = 60


class _Inlines(StateInline):
    """Notes in each token's meta, as "at", where it begins in the text of its block."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> None:  # noqa: N803
        super().__init__(src, md, env, outTokens)
        self._pending_at: int | None = None
        self._same = (-1, 0)
        self.labels: dict[tuple[int, int], tuple[int, bool]] = {}

    def append_pending(self, text: str) -> None:
        if self._pending_at is None:
            self._pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802
        token = super().pushPending()
        token.meta["at"] = self._pending_at or 0
        self._pending_at = None
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        # "***" is three tokens that begin at the same place as far as the parser says.
        count = self._same[1] + 1 if ttype == "text" and self._same[0] == self.pos else 0
        self._same = (self.pos, count)
        token.meta["at"] = self.pos + count
        self._pending_at = None
        return token


def _label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803
    """Where the bracket at `start` is closed, -1 if nowhere; markdown-it's own looks at each bracket anew.

    What is found about brackets inside is kept, so that "[[[[...]]]]" takes no more time than other text. With
    `disableNested` there is no end where a link stands inside.
    """
    labels: dict[tuple[int, int], tuple[int, bool]] = state.labels  # type: ignore[attr-defined]
    if (start, state.posMax) not in labels:
        _find_labels(state, start, labels)
    end, holds_link = labels[start, state.posMax]
    return -1 if disableNested and holds_link else end


def _find_labels(state: StateInline, start: int, labels: dict[tuple[int, int], tuple[int, bool]]) -> None:
    origin, limit = state.pos, state.posMax
    stack = [(start, False)]
    state.pos = start + 1
    while state.pos < limit:
        at, mark = state.pos, state.src[state.pos]
        if mark == "]":
            opened, linked = stack.pop()
            labels[opened, limit] = (at, linked)
            if not stack:
                break
            stack[-1] = (stack[-1][0], stack[-1][1] or linked)
        state.md.inline.skipToken(state)
        if mark == "[" and state.pos == at + 1:
            stack.append((at, False))
        elif mark == "[" and state.src[state.pos - 1 : state.pos] != "}" and not state.src.startswith("[^", at):
            stack[-1] = (stack[-1][0], True)
    labels.update({(opened, limit): (-1, linked) for opened, linked in stack})
    state.pos = origin


class _InlineParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _Inlines(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _BlockParser(ParserBlock):
    """Refuses what is nested too deep, where markdown-it would leave the rest of the text out."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level >= DEEPEST and startLine < endLine:
            place = Location(state.env["file"], state.env["line"] + startLine + 1)
            message = f"quotations and lists are nested more than {DEEPEST // 2} deep"
            raise SourceError([Problem("R005", message, place, "Nobody can follow them. Take some out.")])
        super().tokenize(state, startLine, endLine)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt()
    parser.inline, parser.block = _InlineParser(), _BlockParser()
    parser.configure("commonmark", options_update={"html": True, "maxNesting": DEEPEST + 2})
    parser.enable(["table", "strikethrough"])
    parser.helpers = SimpleNamespace(**vars(helpers) | {"parseLinkLabel": _label_end})  # type: ignore[assignment]
    footnote_plugin(parser, inline=False, move_to_end=False, always_match_refs=True)
    deflist_plugin(parser)
    parser.inline.ruler.disable(["footnote_ref"])
    inline_rules.add(parser)
    block_rules.add(parser)
    # Joined tokens would have no place of their own; addresses are judged where they are used.
    parser.inline.ruler2.disable(["fragments_join"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def parse(text: str, file: str, line: int = 0) -> list[Token]:
    """The tokens of a text whose first line is the one after `line`; those of each block's words are its children."""
    parser = _parser()
    environment: dict[str, Any] = {"file": file, "line": line}
    tokens: list[Token] = []
    parser.block.parse(text, parser, environment, tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = parser.inline.parse(token.content, parser, environment, [])
    return tokens

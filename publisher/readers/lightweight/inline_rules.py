# SPDX-License-Identifier: AGPL-3.0-or-later
r"""Marks within a line that CommonMark does not know, as pandoc and site generators write them.

"[words]{.class}" and "word{#id}" are spans and attributes, "x^2^" and "H~2~O" raised and lowered characters,
"^[words]" a note in its place (https://pandoc.org/MANUAL.html#pandocs-markdown), "[words]({{ site.url }}{% link x.md
%})" a link whose address a template makes (https://jekyllrb.com/docs/liquid/). A formula between "$" or "$$" is text,
character by character: "$a_1 \\ b_2$" holds no emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_ATTRIBUTE = r"""[#.][^\s{}#."'=]++(?:[.:][^\s{}#."'=]++)*+|[\w:-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]++)|-"""
ATTRIBUTES = re.compile(rf"\{{:?\s*+(?:(?:{_ATTRIBUTE})\s*+)++\}}")
_EACH = re.compile(_ATTRIBUTE)
_TEMPLATE = re.compile(r"\(\s*+(?:\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}|[^\s(){}]++)++\s*+\)")
_FORMULA = re.compile(r"\$\$((?:\\.|[^\\$])++)\$\$|\$(?=\S)((?:\\.|[^\\$\n])++)(?<!\s)\$(?!\d)", re.DOTALL)
_RAISED = re.compile(r"\^((?:\\.|[^\s\\^])++)\^")
_LOWERED = re.compile(r"~((?:\\.|[^\s\\~])++)~(?!~)")
_CALL = re.compile(r"\[\^([^\s\]\\]++)\](?!\()")
_TEX = re.compile(r"[\\_^{]")


def attributes(text: str) -> dict[str, str]:
    """The attributes between braces: "{#a .b .c lang=de}"."""
    found: dict[str, str] = {}
    for match in _EACH.finditer(text.strip("{}: ")):
        item = match[0]
        if item[0] == "#":
            found["id"] = item[1:]
        elif item[0] == ".":
            found["class"] = f"{found.get('class', '')} {item[1:]}".strip()
        elif "=" in item:
            key, _, value = item.partition("=")
            found[key] = value.strip("\"'")
    return found


def add(parser: MarkdownIt) -> None:
    """Teaches the parser these marks."""
    ruler = parser.inline.ruler
    ruler.before("escape", "formula", _formula)
    ruler.before("strikethrough", "lowered", _lowered)
    ruler.before("link", "span", _span)
    ruler.after("link", "template_link", _template_link)
    ruler.before("link", "note", _note)
    ruler.before("link", "note_call", _note_call)
    ruler.after("footnote_ref", "raised", _raised)
    ruler.push("attributes", _attributes)


def _enclosing(name: str, pattern: re.Pattern[str], mark: str) -> Callable[[StateInline, bool], bool]:
    """A rule for words between two marks."""

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's interface)
        found = pattern.match(state.src, state.pos, state.posMax) if state.src[state.pos] == mark else None
        if found is None:
            return False
        if not silent:
            _inside(state, name, found.start(1), found.end(1))
        state.pos = found.end()
        return True

    return rule


_raised = _enclosing("sup", _RAISED, "^")


def _lowered(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Between single tildes."""
    if state.src.startswith("~~", state.pos) or (state.pos and state.src[state.pos - 1] == "~"):
        return False
    return _between_tildes(state, silent)


_between_tildes = _enclosing("sub", _LOWERED, "~")


def _inside(state: StateInline, name: str, start: int, end: int, attrs: dict[str, str] | None = None) -> None:
    """Pushes an element, and parses what is between two places as its content."""
    limit = state.posMax
    state.pos, state.posMax = start, end
    token = state.push(f"{name}_open", name, 1)
    token.attrs = dict(attrs or {})
    state.md.inline.tokenize(state)
    state.pos = end
    state.push(f"{name}_close", name, -1)
    state.posMax = limit


def _label_end(state: StateInline) -> int:
    return int(state.md.helpers.parseLinkLabel(state, state.pos))


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "[" or state.html_terminator_last("]{") < state.pos:
        return False
    end = _label_end(state)
    found = ATTRIBUTES.match(state.src, end + 1, state.posMax) if end > state.pos else None
    if found is None:
        return False
    if not silent:
        _inside(state, "span", state.pos + 1, end, attributes(found[0]))
    state.pos = found.end()
    return True


def _template_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "[" or state.html_terminator_last("](") < state.pos:
        return False
    end = _label_end(state)
    found = _TEMPLATE.match(state.src, end + 1, state.posMax) if end > state.pos else None
    if found is None or "{" not in found[0]:
        return False
    if not silent:
        _inside(state, "link", state.pos + 1, end, {"href": "{}"})
    state.pos = found.end()
    return True


def _note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A note in its place, "^[words]"; "^[[1]](#n1)^" is a raised link."""
    if not state.src.startswith("^[", state.pos):
        return False
    start = state.pos
    state.pos += 1
    end = _label_end(state)
    state.pos = start
    if end < 0 or end >= state.posMax or state.src[end + 1 : end + 2] in {"(", "{"}:
        return False
    if not silent:
        _inside(state, "note", start + 2, end)
    state.pos = end + 1
    return True


def _note_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A call, "[^label]", whether or not there is a note with this label."""
    found = _CALL.match(state.src, state.pos, state.posMax) if state.src.startswith("[^", state.pos) else None
    if found is None:
        return False
    if not silent:
        token = state.push("note_call", "", 0)
        token.content, token.info = found[0], found[1]
    state.pos = found.end()
    return True


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "$":
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if found is None or not _TEX.search(found[0]):
        return False
    if not silent:
        state.push("formula", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Attributes right behind a mark, or at the end of a line."""
    start = state.pos
    if state.src[start] != "{":
        return False
    found = ATTRIBUTES.match(state.src, start, state.posMax)
    if found is None:
        return False
    behind_mark = start > 0 and state.src[start - 1] in ")]`*_^~"
    at_end = not state.src[found.end() : found.end() + 1].strip() and state.src[start : start + 2] != "{-"
    if not (behind_mark or at_end):
        return False
    if not silent:
        state.push("attributes", "", 0).attrs = dict(attributes(found[0]))
    state.pos = found.end()
    return True

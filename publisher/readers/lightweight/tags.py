# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTML tags that somebody typed amid other markup -> the tree (https://html.spec.whatwg.org/#syntax).

Tags with a meaning for a book open elements; scripts, styles and forms are left out with what they hold, other tags of
HTML without it. What looks like a tag and is none of HTML's ("checkout <branch>") is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Literal, TypeAlias

from msgspec import Struct, field

from publisher.readers.lightweight.elements import Element
from publisher.readers.lightweight.tree import Tree

INLINE = frozenset(
    "a abbr b bdi bdo big center cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup"
    " tt u var br wbr".split()
)
BLOCKS = frozenset(
    "address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
LEFT_OUT = frozenset(
    "applet audio button canvas datalist embed form frame frameset iframe input map math noembed noframes noscript"
    " object option script select style svg template textarea title video".split()
)
_VOID = frozenset("area base br col embed frame hr img input link meta param source track wbr".split())
_OTHER = frozenset(
    "acronym area base basefont body col colgroup data dialog fieldset head html label legend link marquee menu meta"
    " nobr output param picture progress rp rt ruby search slot source time track rb rtc".split()
)
_HTML = INLINE | BLOCKS | LEFT_OUT | _OTHER
_ATTRIBUTE = r"""[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
_TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9-]*+)((?:\s++{_ATTRIBUTE})*+)\s*+/?>")
_PAIR = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Between these tags nothing else is a tag.
_RAW = frozenset({"script", "style", "textarea", "title"})


class Tag(Struct, frozen=True):
    """A tag or a comment: where it stands in the text, and its attributes; a comment's name is "!"."""

    name: str
    start: int
    end: int
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


Finding: TypeAlias = tuple[Literal["unknown", "left out", "drawn"], str, int]
"""What is to be reported: the kind, the tag's name, and where it stands in the source."""


def tags(text: str) -> Iterator[Tag]:
    """The tags and comments of a text. An unclosed comment is none, so that it does not swallow the text below it."""
    at = 0
    last = text.rfind("-->")
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at) and last >= at + 2:
            end = text.index("-->", at + 2) + 3
            yield Tag("!", at, end)
        elif found := _TAG.match(text, at):
            tag = Tag(found[2].lower(), at, found.end(), bool(found[1]), _attributes(found[3]))
            yield tag
            end = _raw_end(text, tag)
        elif text.startswith(("<!", "<?"), at) and (close := text.find(">", at)) >= 0:
            end = close + 1
            yield Tag("!", at, end)
        else:
            end = at + 1
        at = end


def _raw_end(text: str, tag: Tag) -> int:
    """Where tags count again: behind a script, if its end is marked."""
    if tag.name not in _RAW or tag.closing:
        return tag.end
    end = re.compile(f"</{tag.name}", re.IGNORECASE).search(text, tag.end)
    return end.start() if end else tag.end


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _PAIR.finditer(text):
        found.setdefault(match[1].lower(), unescape((match[2] or "").strip("\"'")))
    return found


def plant(tree: Tree, text: str, source: Callable[[int], int]) -> Iterator[Finding]:
    """Adds a stretch of HTML to a tree; `source` says where each of its characters stands."""
    at = 0
    for tag in tags(text):
        plant_text(tree, text, at, tag.start, source)
        yield from plant_tag(tree, tag, text[tag.start : tag.end], source(tag.start))
        at = tag.end
    plant_text(tree, text, at, len(text), source)


def plant_tag(tree: Tree, tag: Tag, raw: str, start: int) -> Iterator[Finding]:
    """Adds one tag."""
    end = start + len(raw)
    element = Element(tag.name, tag.attributes, start=start, end=end)
    if tag.name == "!":
        tree.add(Element("comment", start=start, end=end))
    elif tag.name not in _HTML:
        tree.leaf(raw, start, end)
        yield "unknown", tag.name, start
    elif tag.closing:
        tree.close_typed(tag.name)
    elif tag.name in LEFT_OUT:
        yield "left out", tag.name, start
        _open(tree, element)
    else:
        _open(tree, element)


def _open(tree: Tree, element: Element) -> None:
    if element.name in _VOID:
        tree.add(element)
    else:
        tree.open(element, typed=True)


def plant_text(tree: Tree, text: str, start: int, end: int, source: Callable[[int], int]) -> None:
    """Adds words line by line, with what entities stand for in their place."""
    for match in re.compile(r"\n|&[#\w]++;|[^\n&]++|&").finditer(text, start, end):
        found, at = match[0], source(match.start())
        if found == "\n":
            tree.leaf("\n", at, at)
        else:
            tree.leaf(unescape(found) if _ENTITY.fullmatch(found) else found, at, at + len(found))

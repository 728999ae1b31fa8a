# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a text on a site has beside its words: links to its neighbours at top and foot, and lists of its own contents.

"[Previous](ch1.md) | [Next](ch3.md)" is navigation where it stands at an edge; a list of nothing but links to the
work's own headings and files is a contents list, which the book makes anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from publisher.readers.contents import is_head
from publisher.readers.furniture import is_breadcrumb, is_edge_navigation, is_navigation
from publisher.readers.lightweight.elements import (
    HEADINGS,
    Element,
    Leaf,
    Node,
    elements,
    is_blank,
    leaves,
    lines as lines_of,
    words,
)
from publisher.readers.lines import Line

LeaveOut = Callable[[Sequence[Node], str], None]
_EXTERNAL = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")
_BESIDE = re.compile(r"[\s|>»→·•/\\:,;–—<«←()\[\]-]*")
_FEWEST = 2
_CALLED_CONTENTS = re.compile(
    r"(?i)(?:tabla\s+de\s+|índice\s+de\s+)?conten(?:idos?|uti)|conteúdos?|toc|(?:in|on)\s+this\s+(?:page|chapter)"
)


def is_inside(element: Element) -> bool:
    """A link to a place in the work or on its site."""
    address = element.attributes.get("href", "")
    return element.name == "a" and bool(address) and not _EXTERNAL.match(address)


def only_links(nodes: Sequence[Node]) -> bool:
    """Nothing but links to the work's own places, and signs between them."""
    links = 0
    for node in nodes:
        if isinstance(node, Leaf):
            if not _BESIDE.fullmatch(node.text):
                return False
        elif is_inside(node) and words([node]):
            links += 1
        elif node.name in {"br", "comment"}:
            continue
        elif only_links(node.children):
            links += bool(node.children)
        else:
            return False
    return links > 0


def without_navigation(nodes: Sequence[Node], file: str, leave_out: LeaveOut) -> list[Node]:
    """The nodes without the links at their edges and the lines that part these from the text."""
    kept = list(nodes)
    first = _edge(kept, file)
    for node in kept[:first]:
        leave_out([node], "navigation")
    kept = kept[first:]
    last = _edge(kept[::-1], file)
    for node in kept[len(kept) - last :]:
        leave_out([node], "navigation")
    return kept[: len(kept) - last]


def _edge(nodes: Sequence[Node], file: str) -> int:
    """How many nodes from the edge on are navigation."""
    count = 0
    for number, node in enumerate(nodes, 1):
        if _is_navigation(node, file):
            count = number
        elif not (is_blank([node]) or (isinstance(node, Element) and node.name == "hr")):
            break
    # The lines behind the last link, too.
    while 0 < count < len(nodes) and isinstance(rule := nodes[count], Element) and rule.name == "hr":
        count += 1
    return count


def _is_navigation(node: Node, file: str) -> bool:
    if not isinstance(node, Element) or node.name not in {"p", "div", "center", "nav"}:
        return False
    if only_links(node.children):
        return True
    inside = any(map(is_inside, elements([node])))
    found = [Line(file, 0, words(line)) for line in lines_of(node.children)]
    return bool(found) and all(
        is_navigation(line.text) or (inside and (is_breadcrumb(line) or is_edge_navigation(line.text)))
        for line in found
    )


def without_rules(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without lines across where headings part the text anyway, at its beginning and at its end."""
    result: list[Node] = []
    parted = True
    for node in nodes:
        if _is_beside(node):
            result.append(node)
            continue
        if _is_rule(node) and parted:
            continue
        if isinstance(node, Element) and node.name in HEADINGS:
            _drop_last_rule(result)
        parted = isinstance(node, Element) and (node.name in HEADINGS or _is_rule(node))
        result.append(node)
    _drop_last_rule(result)
    return result


def _drop_last_rule(nodes: list[Node]) -> None:
    for number in range(len(nodes) - 1, -1, -1):
        if _is_rule(nodes[number]):
            del nodes[number]
        elif not _is_beside(nodes[number]):
            return


def _is_beside(node: Node) -> bool:
    """What stands between others unseen: remarks, and the bodies of notes."""
    return is_blank([node]) or (isinstance(node, Element) and node.name == "footnote_reference")


def _is_rule(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "hr"


def without_contents(nodes: Sequence[Node], leave_out: LeaveOut) -> list[Node]:
    """The nodes without lists of contents; their headings go with them."""
    reason = "the book makes its own contents list"
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.name in {"ul", "ol"} and _is_contents(node):
            leave_out([node], reason)
            kept.append(Element("contents"))
        else:
            kept.append(node)
    result: list[Node] = []
    for number, node in enumerate(kept):
        if _is_head_of_contents(kept, number):
            leave_out([node], reason)
        elif not _is_gone(node):
            result.append(node)
    return result


def _is_head_of_contents(nodes: Sequence[Node], at: int) -> bool:
    """Whether a heading is called "Contents" and has a contents list right below it."""
    heading = nodes[at]
    if not (isinstance(heading, Element) and heading.name in HEADINGS):
        return False
    title = words([heading])
    if not (is_head(title) or _CALLED_CONTENTS.fullmatch(title)):
        return False
    below = next((node for node in islice(nodes, at + 1, None) if not is_blank([node]) or _is_gone(node)), None)
    return below is not None and _is_gone(below)


def _is_gone(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "contents"


def _is_contents(element: Element) -> bool:
    """A list of at least two links inside the work, each item being one, or a name above such items."""
    items = list(_items(element))
    links = sum(linked for linked, _ in items)
    return links >= _FEWEST and all(linked or has_items for linked, has_items in items)


def _items(element: Element) -> Iterator[tuple[bool, bool]]:
    """For each item whether it is a link alone, and whether there are items below it."""
    for item in element.children:
        if isinstance(item, Leaf):
            if item.text.strip():
                yield False, False
            continue
        inner = [child for child in item.children if isinstance(child, Element) and child.name in {"ul", "ol"}]
        own = [child for child in item.children if child not in inner]
        if any(leaf.text.strip() for leaf in leaves(own)) or not inner:
            yield only_links(own), bool(inner)
        for below in inner:
            yield from _items(below)

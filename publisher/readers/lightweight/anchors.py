# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes that are made of links -> calls and bodies.

Pages that were made into Markdown have no marks for notes: a call is a link "[[1]](#n1){#f1}" to a paragraph that
begins with the same number and the anchor, "[[1]](#f1){#n1} Body", which mostly leads back. A body goes on to the
next one, to a heading or to a line across.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.ledger import Fate
from publisher.readers.lightweight.elements import HEADINGS, Element, Leaf, Node, elements, leaves
from publisher.readers.lightweight.sheet import Sheet

_LABEL = re.compile(r"[\[({]*\s*(\d{1,4}[a-z]?\*{0,3}|[a-z]|[*†‡§¶]{1,6}|[ivxlc]{1,6})\s*[\])}.:]*")


class _Body(Struct):
    """A paragraph that begins with an anchor: its place among its siblings, its mark."""

    anchors: frozenset[str]
    label: str
    paragraph: Element
    mark: Element


def find(nodes: list[Node], sheet: Sheet) -> list[Node]:
    """The nodes with such notes as bodies and calls; other links stay as they are."""
    bodies = [body for node in nodes if isinstance(node, Element) and node.name == "p" for body in _body(node)]
    if not bodies:
        return nodes
    paragraphs = {id(body.paragraph) for body in bodies}
    calls = _calls([node for node in nodes if id(node) not in paragraphs])
    called = {body.mark.attributes.get("id", ""): body for body in bodies}
    for body in bodies:
        called.update(dict.fromkeys(body.anchors, body))
    found: dict[int, _Body] = {}
    for call in calls:
        meant = called.get(call.attributes["href"][1:])
        if meant is not None and _label([call]) == meant.label:
            _turn_into_call(call, meant)
            found[id(meant.paragraph)] = meant
    return list(_gathered(nodes, found, sheet))


def _body(paragraph: Element) -> Iterator[_Body]:
    """The body that a paragraph opens: its first mark has an anchor and is a label."""
    first = next(
        (child for child in paragraph.children if not (isinstance(child, Leaf) and not child.text.strip())), None
    )
    if not isinstance(first, Element) or first.name not in {"a", "span", "sup", "strong"}:
        return
    anchors = {element.attributes.get(key, "") for element in elements([first]) for key in ("id", "name")} - {""}
    label = _label([first])
    if not label and anchors and first.name in {"a", "span"} and not list(leaves([first])):
        # "<a name="n1"></a>1. Body": the anchor stands before its label.
        return
    if anchors and label:
        yield _Body(frozenset(anchors), label, paragraph, first)


def _calls(nodes: Sequence[Node]) -> list[Element]:
    """The links to anchors of the same file whose text is a label."""
    return [
        element
        for element in elements(nodes)
        if element.name == "a" and element.attributes.get("href", "").startswith("#") and _label([element])
    ]


def _label(nodes: Sequence[Node]) -> str:
    found = _LABEL.fullmatch("".join(leaf.text for leaf in leaves(nodes)).strip())
    return found[1] if found else ""


def _turn_into_call(link: Element, body: _Body) -> None:
    link.name = "call"
    link.children = list(leaves(link.children))
    link.start = next((leaf.start for leaf in leaves(link.children)), link.start)
    link.attributes = {"label": _key(body)}


def _key(body: _Body) -> str:
    return f"#{min(body.anchors)}"


def _gathered(nodes: Sequence[Node], found: dict[int, _Body], sheet: Sheet) -> Iterator[Node]:
    """The nodes with the paragraphs of each body in an element of its own."""
    note: Element | None = None
    for node in nodes:
        body = found.get(id(node))
        if body:
            for leaf in leaves([body.mark]):
                sheet.write(leaf.start, leaf.end, Fate.CALL, text=leaf.text)
            start = next(leaf.start for leaf in leaves([body.mark]))
            body.paragraph.children.remove(body.mark)
            note = Element("footnote_reference", {"label": _key(body), "mark": body.label}, [node], start=start)
            yield note
        elif isinstance(node, Element) and (node.name in HEADINGS or node.name in {"hr", "footnote_reference"}):
            note = None
            yield node
        elif note:
            note.children.append(node)
        else:
            yield node

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that the print parts at the end of a line -> whole words; the ledger keeps their hyphens.

    Frei-<lb break="no"/>heit      the file says so
    Frei¬<lb/>heit                 a sign that stands for nothing else
    Frei-<lb/>heit                 a small letter follows, and no "und": "Ein- <lb/>und Ausgang" keeps its hyphen

https://www.tei-c.org/release/doc/tei-p5-doc/en/html/CO.html#CORS5
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.readers.xml_tree import Element, Run

_HYPHEN = re.compile(r"(?<=\w)([-‐\u00ad]|¬)\s*$")
_NEXT = re.compile(r"\s*([^\W\d_]+)")
_JOINING = frozenset("und oder bzw sowie als bis and or to et ou y o e och og en of".split())
_LINE_ENDS = frozenset(("lb", "pb", "cb", "gb"))


def join(text: Element) -> list[Element]:
    """Marks the places where a word goes on in the next line by break="no"; returns those that had no such mark."""
    found: list[Element] = []
    last: Run | None = None
    waiting: list[Element] = []
    for node in _nodes(text):
        if isinstance(node, Element):
            waiting = [*waiting[-3:], node] if node.name in _LINE_ENDS else [] if node.name == "note" else waiting
        elif node.text.strip():
            if waiting and last and _goes_on(last, node, waiting):
                _cut(last)
                found += [end for end in waiting if end.get("break") != "no"]
                for end in waiting:
                    end.attributes["break"] = "no"
            last, waiting = node, []
    return found


def _nodes(text: Element) -> Iterator[Element | Run]:
    stack: list[Element | Run] = [text]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Element):
            stack.extend(reversed(node.children))


def _goes_on(last: Run, after: Run, between: list[Element]) -> bool:
    if any(end.get("break") == "no" for end in between):
        return True
    if any(end.get("break") in ("yes", "maybe") for end in between):
        return False
    hyphen, word = _HYPHEN.search(last.text[-20:]), _NEXT.match(after.text[:60])
    if not hyphen or not word:
        return False
    return hyphen[1] == "¬" or (word[1][0].islower() and word[1] not in _JOINING)


def _cut(run: Run) -> None:
    """Takes the hyphen at the end of a line off what is printed."""
    hyphen = _HYPHEN.search(run.text[-20:])
    if hyphen:
        at = len(run.text) - len(hyphen[0])
        run.text, run.cut = run.text[:at], run.text[at:]

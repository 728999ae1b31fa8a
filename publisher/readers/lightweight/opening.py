# SPDX-License-Identifier: AGPL-3.0-or-later
r"""What stands above a text: its author, its title with the lines that belong to it, and a header of labelled lines.

"## A. Author", "# Title", "### (1907)", then a paragraph "[Written:]{.info} 1907\" are the author, the title, a
subtitle and a header. A heading is the title if it repeats the front matter's, if it is the only one of the highest
level, or if a header follows it; a lower heading without a text below it belongs to the title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct, field

from publisher.metadata.fields import canonical, credit, split
from publisher.metadata.model import Contributor, Field, Role
from publisher.metadata.people import LIKELY, POSSIBLE, author, looks_like_author
from publisher.readers.lightweight.elements import (
    HEADINGS,
    Element,
    Leaf,
    Node,
    all_words,
    is_blank,
    leaves,
    lines as lines_of,
    words,
)
from publisher.readers.lightweight.sheet import Sheet

_WORDS = re.compile(r"\w+")


class Opening(Struct):
    """Headings that make the title, those below it, lines that name the author, header lines, and what remains.

    `above` are words above the title that are none of these, such as a series; they become fields without a label.
    """

    titles: list[Element] = field(default_factory=list)
    subtitles: list[Element] = field(default_factory=list)
    authors: list[Element] = field(default_factory=list)
    fields: list[tuple[Field, list[Node]]] = field(default_factory=list)
    above: list[Element] = field(default_factory=list)
    rest: list[Node] = field(default_factory=list)


def normal(text: str) -> str:
    """The words of a title, by which it is compared."""
    return " ".join(_WORDS.findall(text.casefold()))


def analyse(nodes: Sequence[Node], sheet: Sheet, title: str) -> Opening:
    """Takes the opening off a text; `title` is what the front matter calls it."""
    top = _top(nodes)
    head, rest = list(nodes[:top]), list(nodes[top:])
    opening = Opening()
    headers = [node for node in head if isinstance(node, Element) and node.name == "p" and is_header(node)]
    chosen = _title(head, nodes, headers, title)
    if chosen is not None:
        _sort(head, nodes, chosen, opening)
    elif headers:
        _authors_above(head, opening)
    for header in headers:
        opening.fields += _fields(header, sheet)
    if opening.titles:
        opening.fields += _above(head, opening, sheet)
    taken = {id(node) for node in (*opening.titles, *opening.subtitles, *opening.authors, *headers, *opening.above)}
    kept = [node for node in head if id(node) not in taken]
    opening.rest = _without_rules(kept, taken=bool(taken)) + rest
    return opening


def _top(nodes: Sequence[Node]) -> int:
    """Where the text begins: behind the last heading or header that stands above any paragraph."""
    top = 0
    for number, node in enumerate(nodes):
        if isinstance(node, Element) and (node.name in HEADINGS or (node.name == "p" and is_header(node))):
            top = number + 1
        elif not (is_blank([node]) or (isinstance(node, Element) and (node.name == "hr" or _is_line(node)))):
            break
    return top


def _is_line(element: Element) -> bool:
    """A short line above the text that is no sentence, such as the author's name."""
    text = words(element.children)
    return element.name == "p" and len(text) <= 100 and not text.endswith((".", ":", "!", "?", ",", ";"))


def _title(head: Sequence[Node], nodes: Sequence[Node], headers: Sequence[Element], title: str) -> Element | None:
    headings = [node for node in head if isinstance(node, Element) and node.name in HEADINGS]
    if title:
        return next((heading for heading in headings if normal(words(heading.children)) == normal(title)), None)
    levels = _levels(nodes)
    highest = min(levels, default="")
    if levels[highest] == 1 and (first := next((node for node in headings if node.name == highest), None)):
        return first
    above: list[Element] = []
    waiting: list[Element] = []
    for node in head:
        if any(node is header for header in headers[-1:]):
            above = waiting
        elif isinstance(node, Element) and node.name in HEADINGS:
            waiting.append(node)
    return min(above, key=lambda heading: heading.name, default=None)


def _levels(nodes: Sequence[Node]) -> Counter[str]:
    """How many headings of each level there are."""
    return Counter(node.name for node in nodes if isinstance(node, Element) and node.name in HEADINGS)


def _sort(head: Sequence[Node], nodes: Sequence[Node], chosen: Element, opening: Opening) -> None:
    """Says of the lines around the title what they are."""
    at = next(number for number, node in enumerate(head) if node is chosen)
    for node in head[:at]:
        if not isinstance(node, Element) or is_header(node):
            continue
        if node.name in HEADINGS or node.name == "p":
            found = looks_like_author(words(node.children)) >= POSSIBLE
            (opening.authors if found else opening.titles if node.name in HEADINGS else []).append(node)
    opening.titles.append(chosen)
    levels = _levels(nodes)
    for number in range(at + 1, len(head)):
        node = head[number]
        if isinstance(node, Element) and node.name in HEADINGS:
            if HEADINGS[node.name] <= HEADINGS[chosen.name] or not _is_empty(nodes, number, levels):
                break
            opening.subtitles.append(node)
        elif isinstance(node, Element) and node.name == "p" and looks_like_author(words(node.children)) >= LIKELY:
            opening.authors.append(node)


def _above(head: Sequence[Node], opening: Opening, sheet: Sheet) -> Iterator[tuple[Field, list[Node]]]:
    taken = {id(element) for element in (*opening.authors, *opening.titles)}
    for node in head:
        if node is opening.titles[0]:
            return
        text = all_words([node])
        if isinstance(node, Element) and text and id(node) not in taken and not is_header(node):
            opening.above.append(node)
            yield Field("", text, sheet.at(next(leaf.start for leaf in leaves([node])))), [node]


def _is_empty(nodes: Sequence[Node], at: int, levels: Counter[str]) -> bool:
    """Whether a heading has nothing below it: a header or a heading of its level follows, or a line across."""
    heading = nodes[at]
    assert isinstance(heading, Element)  # noqa: S101 (as it was found)
    alone = levels[heading.name] == 1
    for node in islice(nodes, at + 1, None):
        if is_blank([node]):
            continue
        if isinstance(node, Element) and node.name in HEADINGS:
            return HEADINGS[node.name] <= HEADINGS[heading.name]
        if isinstance(node, Element) and node.name == "hr" and not alone:
            # "### (1907)", a line, a header: the line parts the title from the header.
            continue
        return isinstance(node, Element) and (node.name == "hr" or is_header(node))
    return False


def _authors_above(head: Sequence[Node], opening: Opening) -> None:
    for node in head:
        if isinstance(node, Element) and node.name == "p" and looks_like_author(words(node.children)) >= POSSIBLE:
            opening.authors.append(node)
            return


def _without_rules(nodes: Sequence[Node], *, taken: bool) -> list[Node]:
    """The nodes without lines across, which part the opening from the text."""
    return [node for node in nodes if not (taken and isinstance(node, Element) and node.name == "hr")]


def is_header(paragraph: Element) -> bool:
    """Whether the lines of a paragraph are labelled lines and credits of a header, the first one and most others."""
    if paragraph.name != "p":
        return False
    found = [_is_field(line) for line in lines_of(paragraph.children)]
    return bool(found) and found[0] and sum(found) * 3 >= len(found) * 2


def _is_field(line: Sequence[Node]) -> bool:
    text = words(line)
    return bool(_marked_label(line) or split(text) or credit(text))


def _marked_label(line: Sequence[Node]) -> str:
    """The label that is marked as such: "[Written:]{.info}"."""
    first = next((node for node in line if not (isinstance(node, Leaf) and not node.text.strip())), None)
    if isinstance(first, Element) and "info" in first.classes:
        return words(first.children).strip(": ")
    return ""


def _fields(paragraph: Element, sheet: Sheet) -> Iterator[tuple[Field, list[Node]]]:
    for line in lines_of(paragraph.children):
        text = words(line)
        place = sheet.at(next(leaf.start for leaf in leaves(line) if leaf.end > leaf.start))
        marked = _marked_label(line)
        parted = split(text)
        if marked:
            value = text.removeprefix(marked).lstrip(": ")
            yield Field(marked, value, place, canonical(marked)), line
        elif parted:
            yield Field(parted[0], parted[1], place, canonical(parted[0])), line
        else:
            yield Field("", text, place, credit(text)), line


def contributors(text: str) -> tuple[Contributor, ...]:
    """The authors whom a line names; one that no rule for names reads is a name by its place, taken whole."""
    name = re.sub(r"(?i)^(?:by|von|par|por|di|door)\s+", "", text.strip())
    return author(text) or ((Contributor(name, Role.AUTHOR),) if name else ())


def covered(text: str, people: Sequence[Contributor]) -> bool:
    """Whether every word of an author line is in a name."""
    named = {word for person in people for word in _WORDS.findall(person.name)}
    return named.issuperset(_WORDS.findall(re.sub(r"(?i)^by\s+|\s+(?:and|und|et|y|e|и)\s+", " ", text)))

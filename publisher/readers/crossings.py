# SPDX-License-Identifier: AGPL-3.0-or-later
"""A book whose links into itself were made file by file -> the same with anchors that are counted, and no dead link.

Readers name an anchor and the links to it as suits them: "ch2.htm#p7", an id. Here each anchor that something leads to
gets the next number, others go, and so does a link to a place that is not in the book: its words stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec.structs import replace

from publisher.document import Anchor, Block, Book, Emphasis, Foreign, Inline, Inlines, Link, Paragraph, Span, Text
from publisher.tree import rebuilt, runs


def settled(book: Book) -> Book:
    """The book with its anchors and the links to them in order."""
    found = [run.inlines for run in runs(book)]
    inside = [inline for run in found for inline in _all(run) if isinstance(inline, Anchor | Link)]
    wanted = {inline.url[1:] for inline in inside if isinstance(inline, Link) and inline.url.startswith("#")}
    here = dict.fromkeys(inline.name for inline in inside if isinstance(inline, Anchor) and inline.name in wanted)
    if not wanted and not any(isinstance(inline, Anchor) for inline in inside):
        return book
    names = {name: str(number) for number, name in enumerate(here, 1)}
    return rebuilt(book, [_settled(run, names, seen) for seen in (set[str](),) for run in found])


def opened(here: Inlines, title: Inlines, blocks: tuple[Block, ...]) -> tuple[Inlines, tuple[Block, ...]]:
    """A chapter's title and blocks with anchors where they begin; without either, nothing can lead there."""
    if title:
        return (*here, *title), blocks
    match blocks:
        case (Paragraph(inlines), *others) if here:
            return title, (Paragraph((*here, *inlines)), *others)
        case _:
            return title, blocks


def _all(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Span | Foreign | Link):
            yield from _all(inline.inlines)


def _settled(inlines: Inlines, names: Mapping[str, str], seen: set[str]) -> Inlines:
    if not any(isinstance(inline, Anchor | Link) for inline in _all(inlines)):
        return inlines
    return _joined(made for inline in inlines for made in _inline(inline, names, seen))


def _inline(inline: Inline, names: Mapping[str, str], seen: set[str]) -> Inlines:
    match inline:
        case Anchor(name):
            if name not in names or name in seen:
                return ()
            seen.add(name)
            return (Anchor(names[name]),)
        case Link(url, inner) if url.startswith("#"):
            within = _settled(inner, names, seen)
            return (Link(f"#{names[url[1:]]}", within),) if url[1:] in names else within
        case Emphasis(inner) | Span(_, inner) | Foreign(_, inner) | Link(_, inner):
            return (replace(inline, inlines=_settled(inner, names, seen)),)
        case _:
            return (inline,)


def _joined(inlines: Iterable[Inline]) -> Inlines:
    """Inlines with the texts on either side of a link that went put together."""
    result: list[Inline] = []
    for is_text, several in groupby(inlines, lambda inline: isinstance(inline, Text)):
        if is_text:
            result.append(Text("".join(one.text for one in several if isinstance(one, Text))))
        else:
            result += several
    return tuple(result)

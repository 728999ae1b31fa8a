# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pandoc's metadata of a file -> title, people and fields: https://pandoc.org/MANUAL.html#metadata-variables."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from publisher.document import Inlines, Text, plain
from publisher.errors import Location
from publisher.ledger import Fate
from publisher.metadata.labels import canonical, keys
from publisher.metadata.model import Contributor, Field
from publisher.metadata.names import sort_form
from publisher.metadata.people import ROLES
from publisher.metadata.vocabulary import Key
from publisher.readers.pandoc_tree import Node, TreeReader
from publisher.readers.tei_state import tag

_LICENCES = frozenset(("rights", "license", "licence", "copyright"))
# What says how a page is to look.
_SETTINGS = frozenset(
    "header-includes include-before include-after css documentclass classoption geometry fontsize mainfont papersize"
    " bibliography csl link-citations nocite toc lof lot jupyter kernelspec nbformat output generator viewport".split()
)


class Heading(Struct):
    """What the metadata of a file say."""

    title: Inlines = ()
    subtitle: Inlines = ()
    language: str | None = None
    fields: list[Field] = field(default_factory=list)
    people: list[Contributor] = field(default_factory=list)

    @property
    def plain_title(self) -> str:
        return plain(self.title)

    @property
    def plain_subtitle(self) -> str:
        return plain(self.subtitle)


def interpret(reader: TreeReader, meta: dict[str, Node], *, is_first: bool) -> Heading:
    """Reads the metadata of a file; the title of a further one heads a part."""
    fate = Fate.TITLE if is_first else Fate.HEADING
    heading = Heading()
    heading.title = _inlines(reader, meta.get("title"), fate)
    if is_first:
        heading.subtitle = _inlines(reader, meta.get("subtitle"), fate)
    for name, value in meta.items():
        if name == "title" or (name == "subtitle" and is_first):
            continue
        for said in _values(value):
            _enter(reader, heading, name, said)
    return heading


def _enter(reader: TreeReader, heading: Heading, name: str, said: str) -> None:
    """One thing that the metadata say: a field, and what is known by it."""
    if name in _SETTINGS:
        with reader.ledger.reading(Fate.METADATA, "a setting of the file's own form"):
            reader.ledger.enter(f"{said}\n")
        return
    with reader.ledger.reading(Fate.METADATA):
        reader.ledger.enter(f"{said}\n")
    label = name.replace("-", " ").replace("_", " ")
    key = Key.LICENCE if name in _LICENCES else canonical(label)
    heading.fields.append(Field(label.capitalize(), said, Location(reader.ledger.file), key))
    if name in ("lang", "language") and said != "C":
        heading.language = heading.language or tag(said)
    heading.people += [Contributor(said, ROLES[role], sort_form(said)) for role in keys(key) if role in ROLES]


def _inlines(reader: TreeReader, value: Node, fate: Fate) -> Inlines:
    """A title: inlines, or a string; of several, the first line has them all."""
    with reader.ledger.reading(fate):
        match value:
            case {"t": "MetaInlines", "c": nodes} | {"t": "MetaBlocks", "c": [{"t": "Para" | "Plain", "c": nodes}]}:
                return reader.run(nodes)
            case {"t": "MetaString", "c": str(text)} if text.strip():
                reader.ledger.enter(f"{text}\n")
                return (Text(" ".join(text.split())),)
            case _:
                return ()


def _values(value: Node) -> Iterator[str]:
    """The texts of a value, of a list each."""
    match value:
        case {"t": "MetaString", "c": str(text)}:
            yield from filter(None, [" ".join(text.split())])
        case {"t": "MetaInlines", "c": nodes}:
            yield from filter(None, [_plain(nodes)])
        case {"t": "MetaList", "c": values}:
            for inner in values:
                yield from _values(inner)
        case {"t": "MetaMap", "c": inner}:
            yield from filter(None, [", ".join(said for x in inner.values() for said in _values(x))])
        case {"t": "MetaBlocks", "c": blocks}:
            yield from filter(None, [_plain(blocks)])
        case _:
            return


def _plain(node: Node) -> str:
    """The words of any piece of the tree."""
    return " ".join("".join(_words(node)).split())


def _words(node: Node) -> Iterator[str]:
    match node:
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            yield " "
        case {"t": "Str", "c": str(text)}:
            yield text
        case {"t": "Code" | "Math" | "RawInline" | "CodeBlock" | "RawBlock", "c": [_, str(text)]}:
            yield text
        case {"t": _, "c": content}:
            yield from _words(content)
            yield " " if node["t"] in ("Para", "Plain", "Header") else ""
        case list(items):
            for item in items:
                yield from _words(item)
        case _:
            return

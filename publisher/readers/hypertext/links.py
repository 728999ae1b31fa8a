# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the links of a work's pages lead: to a file of the work and a place in it, or elsewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct, field

from publisher.readers.hypertext.model import Anchor, Box


def split(href: str) -> tuple[str, str]:
    """Path and fragment of a link; neither of one that leads to the web."""
    path, _, fragment = href.partition("#")
    if ":" in path.split("/")[0] or path.startswith("//"):
        return "", ""
    return unquote(path.partition("?")[0]), unquote(fragment)


def leaves_book(href: str) -> bool:
    """The link leads to the web or has a scheme of its own."""
    path = href.partition("#")[0]
    return ":" in path.split("/")[0] or path.startswith("//")


class Places(Struct):
    """The named places of a work's pages: file and name to a box and a place in it."""

    files: dict[str, str] = field(default_factory=dict)
    targets: dict[tuple[str, str], tuple[Box, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[tuple[str, Sequence[Box]]]) -> Places:
        places = cls()
        for file, boxes in pages:
            places.files[posixpath.normpath(file)] = file
            places.files.setdefault(posixpath.normpath(file).lower(), file)
            for box in boxes:
                for offset, name in box.targets:
                    places.targets.setdefault((file, name), (box, offset))
                    places.targets.setdefault((file, name.lower()), (box, offset))
        return places

    def file(self, source: str, href: str) -> str | None:
        """The file of the work that a link in one of its files leads to."""
        if leaves_book(href):
            return None
        path, _ = split(href)
        if not path:
            return source
        name = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        return self.files.get(name) or self.files.get(name.lower())

    def find(self, source: str, href: str) -> tuple[Box, int] | None:
        """The place that a link with a fragment leads to."""
        _, fragment = split(href)
        file = self.file(source, href) if fragment else None
        if file is None:
            return None
        return self.targets.get((file, fragment)) or self.targets.get((file, fragment.lower()))


def linked(box: Box) -> Iterator[Anchor]:
    """The links of a box that hold words, in order; one may have begun in a box before."""
    seen: set[int] = set()
    for segment in box.segments:
        anchor = segment.style.anchor
        if anchor is not None and anchor.href and id(anchor) not in seen:
            seen.add(id(anchor))
            yield anchor


def unlinked(box: Box) -> str:
    """The words of a box that stand in no link."""
    found = []
    for i, segment in enumerate(box.segments):
        if segment.style.anchor is None or not segment.style.anchor.href:
            end = box.segments[i + 1].start if i + 1 < len(box.segments) else len(box.text)
            found.append(box.text[segment.start : end])
    return " ".join("".join(found).split())

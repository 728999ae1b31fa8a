# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures that pages name -> those that the work has."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from msgspec import Struct, field

from publisher.document import Image
from publisher.errors import Problem
from publisher.pictures import absent
from publisher.readers.hypertext.model import Box, Picture


class Gallery(Struct):
    """Finds pictures by their paths, and reports those that are missing or that nobody has described."""

    files: frozenset[str]
    problems: list[Problem] = field(default_factory=list)

    def image(self, box: Box, picture: Picture, offset: int) -> Image | None:
        """The picture that a page names; one that is missing stands for its words, and for nothing without them."""
        path = unquote(picture.file.partition("?")[0].partition("#")[0])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(box.file), path))
        where = box.at(offset)
        if ":" in path.split("/")[0] or name not in self.files:
            said = "Its alternative text is printed." if picture.alt else "Nothing is printed in its place."
            self.problems.append(Problem("P001", absent(picture.file), where, said))
            return Image(name, picture.alt) if picture.alt else None
        if not picture.alt:
            self.problems.append(Problem("P002", f'the picture "{path}" has no alternative text', where))
        return Image(name, picture.alt)

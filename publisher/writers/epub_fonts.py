# SPDX-License-Identifier: AGPL-3.0-or-later
"""The typeface of the printed book for an e-book, where its settings ask for it: files, and the rules that name them.

It is the main font, named at the body alone, so that readers can still choose their own; each face has only the
characters of the book (https://www.w3.org/TR/epub-33/#sec-cmt-supported has TrueType among the core types).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from publisher import fonts
from publisher.writers.package import Resource

FAMILY = "EB Garamond"
# It would write u as v.
LATIN = '[lang|="la"] {\n  font-feature-settings: "locl" 0;\n}\n'
_TAG = re.compile(r"<[^>]*>")


def resources(documents: Iterable[str]) -> Iterator[Resource]:
    """The faces, with what the documents' words need. Small capitals and the like come with the letters."""
    used = "".join(sorted(set(unescape(_TAG.sub("", "".join(documents))))))
    for number, (file, _, _) in enumerate(fonts.EMBEDDED, 1):
        yield Resource(_name(number), "font/ttf", fonts.subset(file, used))


def rules() -> str:
    """The style sheet's rules for the faces."""
    faces = (
        f'@font-face {{\n  font-family: "{FAMILY}";\n  font-style: {style};\n  font-weight: {weight};\n'
        f"  src: url({_name(number)});\n}}\n"
        for number, (_, style, weight) in enumerate(fonts.EMBEDDED, 1)
    )
    return "\n".join((*faces, f'body {{\n  font-family: "{FAMILY}", serif;\n}}\n', LATIN))


def _name(number: int) -> str:
    return f"font-{number}.ttf"

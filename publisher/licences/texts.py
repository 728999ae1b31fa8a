# SPDX-License-Identifier: AGPL-3.0-or-later
"""The licences that must travel with a work -> chapters, from the plain texts of the Free Software Foundation.

The texts lie in texts/, verbatim; their hashes are checked, since a licence with a word changed is none. 1.2 and 1.3
are the foundation's files, 1.1 the text of https://spdx.org/licenses/GFDL-1.1-or-later.html. Only line ends and indents
are read as structure: a numbered line is a heading, "A. Use in the Title Page" begins an item, and a blank line ends a
paragraph. Every word, each heading's number and each item's letter stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from publisher.document import Chapter, Paragraph, Section, Text
from publisher.errors import Location, OutputError, Problem

FOLDER = Path(__file__).with_name("texts")
SHA256 = {
    "GFDL-1.1": "25fa19cb49d292047f3f16879301ae3a496b263a938f74e1840906d97f6d0211",
    "GFDL-1.2": "d8e94ae5fdb5433fcae2961aeb1a8cf17174d6f4a0465d24bf37dd8a038bd439",
    "GFDL-1.3": "110535522396708cea37c72a802c5e7e81391139f5f7985631c93ef242b206a4",
}
HEADING = re.compile(r"\d+\. [A-Z ]+|ADDENDUM: .+")
ITEM = re.compile(r"^\s*(?=[A-Z]\. )", re.MULTILINE)
# " Copyright (C) 2000 Free Software Foundation", its address further in, and then " Everyone is permitted to copy".
NOTICE = re.compile(r"(\n {5}\S.*\n)(?= \S)")


def text(name: str) -> str:
    """The plain text of a licence: "GFDL-1.3"."""
    file = FOLDER / f"{name}.txt"
    data = file.read_bytes()
    if sha256(data).hexdigest() != SHA256[name]:
        raise OutputError([Problem("L010", f"{name}: the bundled text was changed", Location(str(file)))])
    return data.decode("ascii")


@cache
def load(name: str) -> Chapter:
    """A licence as a chapter: its title, version and notice, then a section for each heading."""
    first, *rest = re.split(r"\n\s*\n", NOTICE.sub(r"\1\n", text(name)).strip("\n"))
    title, version = first.splitlines()
    starts = [i for i, stretch in enumerate(rest) if HEADING.fullmatch(stretch)]
    return Chapter(
        title=_words(title),
        blocks=tuple(_paragraphs((version, *rest[: starts[0]]))),
        sections=tuple(
            Section(_words(rest[start]), tuple(_paragraphs(rest[start + 1 : end])))
            for start, end in pairwise((*starts, len(rest)))
        ),
        kind="appendix",
    )


def _paragraphs(stretches: Iterable[str]) -> Iterator[Paragraph]:
    for stretch in stretches:
        items = ITEM.split(stretch) if ITEM.match(stretch) else [stretch]
        yield from (Paragraph(_words(item)) for item in items if item)


def _words(lines: str) -> tuple[Text]:
    return (Text(" ".join(lines.split())),)

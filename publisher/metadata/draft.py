# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the text of a settings file for it: what must not change is set, the rest stands by as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from publisher.edition import Edition

HEAD = """\
# Settings of this work. All of them are optional, and each one overrides what the text's own header says.
# A line that begins with # is switched off: remove the # and correct the value to use it.

# What libraries know the edition by. Never change it once the book is out.
"""
EXAMPLES = {"language": "en", "source_url": "https://…", "licence": "GFDL-1.3-or-later"}
TAIL = """\

# To silence a finding, with the code and some words of its message or of the source's line:
#[[accept]]
#code = "T003"
#text = "words of the line"
#reason = "so in the printed edition"

# To correct a misprint; the transcription stays as it is:
#[[emendation]]
#find = "words with the misprint"
#replace = "words without"
#reason = "a misprint"

# How the booklet is printed and folded:
#[booklet]
#layout = "two-up"  # or "four-up", "four-up-cut"
#flip = "short"     # or "long"; `publisher booklet --calibration` tells which
#weight = 80        # of the paper, in g/m²
"""


def draft(edition: Edition, files: Sequence[str] = ()) -> str:
    """The settings of an edition; `files` are those of a folder, in the order in which they were found."""
    active = [_pair("identifier", edition.identifier), "", "# The name of the outputs.", _pair("slug", edition.slug)]
    if files:
        active += [
            "",
            "# The pages in reading order.",
            "files = [",
            *(f"  {_text(f)}," for f in _order(edition, files)),
            "]",
        ]
    active += ["", "# The page numbers of the e-book: those of the PDF.", 'pages = "pdf"   # or "source", "none"']
    return HEAD + "\n".join((*active, "", *_comments(edition), *_people(edition))) + "\n" + TAIL


def _order(edition: Edition, files: Sequence[str]) -> list[str]:
    """The pages as the book has them, then those without a chapter of their own: an index, a page of notes."""
    chapters = [PurePath(chapter.file) for chapter in edition.book.chapters if chapter.file]
    read = [next((file for file in files if path.match(file)), "") for path in chapters]
    return list(dict.fromkeys(file for file in (*read, *files) if file))


def _comments(edition: Edition) -> Iterator[str]:
    metadata, licence = edition.metadata, edition.licence
    day = metadata.edition_date
    values = {
        "title": metadata.title,
        "short_title": metadata.short_title,
        "sort_title": metadata.sort_title,
        "subtitle": metadata.subtitle,
        "language": metadata.language,
        "publisher": metadata.publisher,
        "source_url": metadata.source_url,
        "licence": licence.spdx,
        "paper": edition.paper,
        "theme": edition.theme,
        "notes": edition.notes,
    }
    for key, value in values.items():
        yield f"#{_pair(key, value or EXAMPLES.get(key, '…'))}" + ("" if value else "  # not found in the text")
    yield "#subjects = [" + ", ".join(map(_text, metadata.subjects)) + "]"
    yield "#changes = [" + ", ".join(map(_text, metadata.changes)) + "]"
    yield "#attachments = false  # the PDF carries the transcription and this file within itself"
    yield '#series = {name = "…", position = "1"}'
    yield '#cover = "cover.jpg"'
    yield f"#edition.date = {day or '2026-01-31'}"


def _people(edition: Edition) -> Iterator[str]:
    if not edition.metadata.contributors:
        yield from ("", "#[[contributors]]", f"#{_pair('name', '…')}  # not found in the text", '#role = "author"')
    for person in edition.metadata.contributors:
        yield from ("", "#[[contributors]]", f"#{_pair('name', person.name)}", f"#{_pair('role', person.role)}")
        if person.file_as:
            yield f"#{_pair('file_as', person.file_as)}"


def _pair(key: str, value: str) -> str:
    return f"{key} = {_text(value)}"


def _text(value: str) -> str:
    """A TOML string; JSON's are the same but for U+007F (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

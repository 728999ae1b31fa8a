# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an edition was made from -> files within its PDF: associated files (ISO 19005-3, 6.8; ISO 32000-2, 14.13)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING

from publisher.edition import Attachment
from publisher.writers.pdf import streams

if TYPE_CHECKING:
    import pikepdf

# Media types by the endings of names; of what is not listed nothing is said but that it is bytes.
MEDIA_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
OTHER = "application/octet-stream"


def write(pdf: pikepdf.Pdf, attached: Sequence[Attachment], date: str) -> None:
    """Attaches files to a PDF that has its names already; `date` is theirs, as PDF writes it."""
    from pikepdf import Array, Dictionary, String

    files = [(one.name, _file(pdf, one, date)) for one in sorted(attached, key=lambda one: one.name)]
    if files:
        names = chain.from_iterable((String(name), file) for name, file in files)
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(list(names)))
        pdf.Root.AF = Array([file for _, file in files])


def _file(pdf: pikepdf.Pdf, one: Attachment, date: str) -> pikepdf.Object:
    from pikepdf import Dictionary, Name, String

    stream = streams.make(pdf, one.data)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name("/" + MEDIA_TYPES.get(PurePath(one.name).suffix.lower(), OTHER))
    stream.Params = Dictionary(
        Size=len(one.data),
        CreationDate=String(date),
        ModDate=String(date),
        CheckSum=String(md5(one.data, usedforsecurity=False).digest()),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(one.name),
            UF=String(one.name),
            Desc=String("What this edition was made from"),
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
    )

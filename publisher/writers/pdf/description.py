# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> what its PDF says of itself: for old readers (Info) and for new ones (XMP), the same in both.

It also holds the files that the edition was made from.

XMP is RDF (https://developer.adobe.com/xmp/docs/XMPSpecifications/). One packet says what the work is, that the file is
made by the rules of PDF/UA-1 (ISO 14289-1) and PDF/A-3u (ISO 19005-3), and declares the words of the former, which
the latter does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from publisher import __version__
from publisher.edition import Attachment, Edition
from publisher.metadata.model import Role
from publisher.templating import render
from publisher.writers.pdf import attachments

if TYPE_CHECKING:
    import pikepdf

PROFILE = "sRGB2014.icc"


class Description(Struct, frozen=True):
    """What a PDF says of itself; `modified` is in seconds since 1970 (UTC)."""

    title: str
    authors: tuple[str, ...]
    subjects: tuple[str, ...]
    language: str
    modified: int
    rights: str
    licence_url: str
    sources: tuple[str, ...]
    identifier: str
    attachments: tuple[Attachment, ...] = ()


def describe(edition: Edition) -> Description:
    metadata = edition.metadata
    source = metadata.source.stated if metadata.source else ""
    return Description(
        title=edition.title,
        authors=tuple(metadata.names(Role.AUTHOR)),
        subjects=tuple(metadata.subjects),
        language=edition.language,
        modified=edition.modified,
        rights=edition.licence.statement,
        licence_url=edition.licence.url or "",
        sources=tuple(filter(None, (source, metadata.source_url))),
        identifier=edition.identifier,
        attachments=edition.attachments,
    )


def write(pdf: pikepdf.Pdf, about: Description) -> None:
    """Writes Info, XMP, language and what a viewer should show as title."""
    from pikepdf import Dictionary, Name, String

    for key, value in _info(about):
        pdf.docinfo[key] = String(value)
    packet = pdf.make_stream(bytes(_packet(about), "utf-8"))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.Lang = String(about.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.OutputIntents = [_intent(pdf)]
    attachments.write(pdf, about.attachments, _date(about))


def _info(about: Description) -> Iterator[tuple[str, str]]:
    yield "/Title", about.title
    if about.authors:
        yield "/Author", ", ".join(about.authors)
    if about.subjects:
        yield "/Subject", "; ".join(about.subjects)
    yield "/Creator", f"publisher {__version__}"
    yield "/Producer", _producer()
    yield "/CreationDate", _date(about)
    yield "/ModDate", _date(about)


def _date(about: Description) -> str:
    """When an edition was made, as PDF writes it."""
    return f"D:{datetime.fromtimestamp(about.modified, UTC):%Y%m%d%H%M%S}Z"


def _producer() -> str:
    return f"WeasyPrint {version('weasyprint')}"


def _packet(about: Description) -> Markup:
    date = f"{datetime.fromtimestamp(about.modified, UTC):%Y-%m-%dT%H:%M:%SZ}"
    return render(
        "metadata.xmp.jinja",
        about=about,
        # As Info has them: several authors in one entry, which PDF/A wants to agree.
        authors=", ".join(about.authors),
        subjects="; ".join(about.subjects),
        creator=f"publisher {__version__}",
        producer=_producer(),
        date=date,
    )


def _intent(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """What the numbers of colours mean: sRGB, by the profile that comes with WeasyPrint."""
    from pikepdf import Dictionary, Name, String

    spec = find_spec("weasyprint")
    folders: Iterable[str] = (spec and spec.submodule_search_locations) or ()
    profile = pdf.make_stream(next(Path(folder, "pdf", PROFILE).read_bytes() for folder in folders))
    profile.N = 3
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB2014"),
        Info=String("sRGB2014"),
        DestOutputProfile=profile,
    )

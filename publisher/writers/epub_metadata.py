# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the metadata of its EPUB (https://www.w3.org/TR/epub-33/#sec-pkg-metadata).

Whatever the credits page says stands here for machines, with the refinements that ONIX for catalogues is made from
(https://www.w3.org/TR/epub-33/#app-meta-property-vocab): roles as MARC relators, forms to sort by, subjects with their
schemes, the series. What has no place of its own is `dcterms:provenance`, in the credits' own words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from publisher import __version__
from publisher.accessibility.model import STANDARD, Accessibility
from publisher.accessibility.statement import statement
from publisher.characters import printable
from publisher.edition import Edition
from publisher.metadata.model import MARC_RELATOR, Contributor, Date, Metadata, Piece, Role
from publisher.metadata.sorting import sort_form
from publisher.writers.package import Meta

# https://www.w3.org/TR/epub-33/#sec-identifier-type: ONIX code list 5.
_IDENTIFIERS = (("urn:isbn:", "15"), ("urn:doi:", "06"), ("https://doi.org/", "06"))
# What is said of a print whose pages are marked, but which nothing names.
UNNAMED = "the printed edition that the transcription follows and does not name"


def metadata(edition: Edition, found: Accessibility, *, cover: str) -> Iterator[Meta]:
    """Every element of the metadata but identifier, language and date of change; `cover` is the picture's id."""
    yield from _identifiers(edition)
    yield from _titles(edition)
    yield from _people(edition.metadata.contributors)
    yield from _dates(edition)
    yield from _origin(edition)
    yield from _subjects(edition.metadata)
    yield from _series(edition.metadata)
    yield from _rights(edition)
    yield from _provenance(edition.metadata)
    for number, piece in enumerate(edition.metadata.pieces, 1):
        yield from _piece(piece, f"piece-{number}")
    yield from _accessibility(edition, found)
    # How EPUB 2 readers find the cover.
    yield Meta("meta", "", {"name": "cover", "content": cover})


def _property(name: str, value: str, *, refines: str = "", id_: str = "", scheme: str = "") -> Meta:
    attributes = {"property": name}
    attributes |= {"refines": f"#{refines}"} if refines else {}
    attributes |= {"scheme": scheme} if scheme else {}
    attributes |= {"id": id_} if id_ else {}
    return Meta("meta", printable(value), attributes | _direction(value))


def _element(name: str, value: str, id_: str = "") -> Meta:
    attributes = {"id": id_} if id_ else {}
    return Meta(f"dc:{name}", printable(value), attributes | _direction(value))


def _direction(value: str) -> dict[str, str]:
    """The direction of a text that begins with letters from right to left, such as an Arabic name of an author."""
    strong = next((kind for kind in map(unicodedata.bidirectional, value) if kind in ("L", "R", "AL")), "L")
    return {} if strong == "L" else {"dir": "rtl"}


def _identifiers(edition: Edition) -> Iterator[Meta]:
    for start, code in _IDENTIFIERS:
        if edition.identifier.lower().startswith(start):
            yield _property("identifier-type", code, refines="id", scheme="onix:codelist5")


def _titles(edition: Edition) -> Iterator[Meta]:
    yield _element("title", edition.title, "main-title")
    yield _property("title-type", "main", refines="main-title")
    if sorted_ := edition.metadata.sort_title or sort_form(edition.title, edition.language):
        yield _property("file-as", sorted_, refines="main-title")
    if edition.subtitle:
        yield _element("title", edition.subtitle, "subtitle")
        yield _property("title-type", "subtitle", refines="subtitle")
    short = edition.metadata.short_title
    if short and short != edition.title:
        yield _element("title", short, "short-title")
        yield _property("title-type", "short", refines="short-title")


def _people(contributors: Iterable[Contributor]) -> Iterator[Meta]:
    """One element for each person, creator or contributor, with all that the person did as refinements."""
    people: dict[tuple[str, str], list[Contributor]] = {}
    for contributor in contributors:
        element = "creator" if contributor.role is Role.AUTHOR else "contributor"
        people.setdefault((element, contributor.name), []).append(contributor)
    for number, ((element, name), entries) in enumerate(people.items(), 1):
        id_ = f"person-{number}"
        yield _element(element, name, id_)
        for entry in entries:
            yield _property("role", MARC_RELATOR[entry.role], refines=id_, scheme="marc:relators")
        if file_as := next((entry.file_as for entry in entries if entry.file_as), None):
            yield _property("file-as", file_as, refines=id_)


def _dates(edition: Edition) -> Iterator[Meta]:
    """The day of this edition; when the text was written and first published."""
    metadata = edition.metadata
    yield _element("date", metadata.edition_date or f"{datetime.fromtimestamp(edition.modified, UTC):%Y-%m-%d}")
    yield from _date("dcterms:created", metadata.written)
    yield from _date("dcterms:issued", metadata.published)


def _date(name: str, date: Date | None, refines: str = "") -> Iterator[Meta]:
    if date:
        yield _property(name, date.edtf or date.stated, refines=refines)


def _origin(edition: Edition) -> Iterator[Meta]:
    metadata = edition.metadata
    if metadata.source:
        yield _element("source", metadata.source.stated, "source")
    if metadata.source_url:
        yield _element("source", metadata.source_url)
    if metadata.publisher:
        yield _element("publisher", metadata.publisher)
    if edition.pages == "pdf":
        yield _property("pageBreakSource", f"{edition.identifier} (PDF, {edition.paper})")
    elif edition.pages == "source":
        printed = metadata.source.stated if metadata.source else metadata.source_url
        yield _property("pageBreakSource", printed or UNNAMED)


def _subjects(metadata: Metadata) -> Iterator[Meta]:
    for subject in metadata.subjects:
        yield _element("subject", subject)
    for number, found in enumerate(metadata.classifications, 1):
        yield _element("subject", found.name or found.code, f"subject-{number}")
        yield _property("authority", found.scheme, refines=f"subject-{number}")
        yield _property("term", found.code, refines=f"subject-{number}")


def _series(metadata: Metadata) -> Iterator[Meta]:
    if series := metadata.series:
        yield _property("belongs-to-collection", series.name, id_="series")
        yield _property("collection-type", "series", refines="series")
        if series.position:
            yield _property("group-position", series.position, refines="series")


def _rights(edition: Edition) -> Iterator[Meta]:
    """Each statement as it stands, and the licence that follows from them."""
    licence = edition.licence
    said = dict.fromkeys((*(statement.text for statement in edition.metadata.statements), licence.statement))
    for statement_ in filter(None, said):
        yield _element("rights", statement_)
    if licence.spdx:
        yield _property("dcterms:license", licence.spdx)
    yield _property("dcterms:accessRights", licence.status)
    if licence.url:
        yield Meta("link", "", {"rel": "dcterms:license", "href": licence.url})


def _provenance(metadata: Metadata) -> Iterator[Meta]:
    """What the credits say of where the text comes from and what became of it."""
    dates = (date.stated for date in (metadata.written, metadata.published) if date and date.edtf)
    source = (metadata.source.stated,) if metadata.source else ()
    people = (person.name for person in metadata.contributors)
    told = {*dates, *source, *people, *(statement.text for statement in metadata.statements), metadata.publisher}
    for field in metadata.fields:
        if field.value not in told:
            yield _property("dcterms:provenance", f"{field.label}: {field.value}" if field.label else field.value)
    if metadata.archive:
        yield _property("dcterms:provenance", " > ".join(metadata.archive))
    for change in metadata.changes:
        yield _property("dcterms:provenance", change)


def _piece(piece: Piece, id_: str) -> Iterator[Meta]:
    """A piece of an anthology, with its people, dates, source and rights."""
    yield _property("dcterms:hasPart", piece.title, id_=id_)
    for person in piece.contributors:
        name = "creator" if person.role is Role.AUTHOR else "contributor"
        yield _property(f"dcterms:{name}", person.name, refines=id_)
    yield from _date("dcterms:created", piece.written, refines=id_)
    yield from _date("dcterms:issued", piece.published, refines=id_)
    if piece.source:
        yield _property("dcterms:source", piece.source.stated, refines=id_)
    if piece.source_url:
        yield _property("dcterms:source", piece.source_url, refines=id_)
    for said in piece.statements:
        yield _property("dcterms:rights", said.text, refines=id_)


def _accessibility(edition: Edition, found: Accessibility) -> Iterator[Meta]:
    """The claims, and the standard that the book meets if it does (https://www.w3.org/TR/epub-a11y-11/#sec-conf-reporting)."""
    for name, value in found.claims:
        yield _property(f"schema:{name}", value)
    yield _property("schema:accessibilitySummary", statement(found, edition.language, edition.pages).summary)
    if found.conforms:
        yield _property("dcterms:conformsTo", STANDARD, id_="conformance")
        yield _property("a11y:certifiedBy", f"publisher {__version__}", refines="conformance")

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Metadata of EPUBs: what the credits page says is there for machines, refined for catalogues."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from publisher import credits as credits_page
from publisher.document import Book, Chapter, Text, nested, plain, runs
from publisher.edition import Edition
from publisher.errors import Location
from publisher.licences.model import Licence, Status
from publisher.metadata.merge import Asked, edition as merged
from publisher.metadata.model import (
    Classification,
    Contributor,
    Date,
    Field,
    Metadata,
    Piece,
    Role,
    Series,
    SourceEdition,
    Statement,
)
from publisher.metadata.settings import BookSettings, ShelfSettings, read
from publisher.metadata.sorting import sort_form
from tests.editions import article, edition
from tests.test_epub import DC, OPF, package

PLACE = Location("mill.txt", 3)


def book(**values: object) -> Edition:
    contents = (Chapter((Text("One"),), ()),)
    work = edition(Book((Text("The Mill"),), (), contents), Metadata(title="The Mill"))
    return replace(work, metadata=replace(work.metadata, **values))


def metas(root: ET.Element) -> list[tuple[str, str, str]]:
    """Property, value and what it refines."""
    found = root.iter(f"{OPF}meta")
    return [(m.get("property", ""), m.text or "", m.get("refines", "")) for m in found if m.get("property")]


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("The Mill", "en-GB", "Mill, The"),
        ("An Hour", "en", "Hour, An"),
        ("Theory", "en", ""),
        ("A", "en", ""),
        ("Das Kapital", "de", "Kapital, Das"),
        ("L’Internationale", "fr", "Internationale, L’"),
        ("The Mill", "de", ""),
        ("الكتاب", "ar", ""),
    ],
)
def test_a_title_is_sorted_by_its_first_word_that_is_no_article(title: str, language: str, expected: str) -> None:
    assert sort_form(title, language) == expected


def test_people_and_titles_have_their_forms_to_sort_by() -> None:
    people = (Contributor("Ada Weaver", Role.AUTHOR, "Weaver, Ada"), Contributor("B. Carder", Role.TRANSLATOR))
    found = metas(package(book(contributors=people, short_title="Mill")))
    assert ("file-as", "Mill, The", "#main-title") in found
    assert ("title-type", "short", "#short-title") in found
    assert ("role", "aut", "#person-1") in found
    assert ("role", "trl", "#person-2") in found
    assert ("file-as", "Weaver, Ada", "#person-1") in found
    assert not [value for name, value, target in found if name == "file-as" and target == "#person-2"]


def test_a_series_and_subjects_with_their_schemes() -> None:
    subjects = (Classification("Thema", "JPFC", "Far-left ideologies"), Classification("DDC", "335.4"))
    found = metas(package(book(series=Series("Mill Pamphlets", "3"), classifications=subjects)))
    assert [entry for entry in found if entry[2] == "#series" or entry[0] == "belongs-to-collection"] == [
        ("belongs-to-collection", "Mill Pamphlets", ""),
        ("collection-type", "series", "#series"),
        ("group-position", "3", "#series"),
    ]
    assert [entry for entry in found if entry[2].startswith("#subject")] == [
        ("authority", "Thema", "#subject-1"),
        ("term", "JPFC", "#subject-1"),
        ("authority", "DDC", "#subject-2"),
        ("term", "335.4", "#subject-2"),
    ]


def test_dates_of_the_text_and_of_the_edition_are_told_apart() -> None:
    root = package(book(written=Date("Spring 1907", "1907-21"), published=Date("in the year of the flood", None)))
    assert [date.text for date in root.iter(f"{DC}date")] == ["2001-09-09"]
    assert ("dcterms:created", "1907-21", "") in metas(root)
    assert ("dcterms:issued", "in the year of the flood", "") in metas(root)


@pytest.mark.parametrize(("identifier", "code"), [("urn:isbn:9780000000002", "15"), ("https://doi.org/10.1/x", "06")])
def test_the_kind_of_an_identifier_is_named(identifier: str, code: str) -> None:
    assert ("identifier-type", code, "#id") in metas(package(replace(book(), identifier=identifier)))


def test_a_name_from_right_to_left_says_so() -> None:
    root = package(book(contributors=(Contributor("نجيب محفوظ", Role.AUTHOR), Contributor("B", Role.TRANSLATOR))))
    assert [person.get("dir") for person in (*root.iter(f"{DC}creator"), *root.iter(f"{DC}contributor"))] == [
        "rtl",
        None,
    ]


def anthology() -> Edition:
    said = Statement("Public Domain. Credit the archive.", "Public Domain", PLACE)
    piece = Piece(
        chapter=0,
        title="One",
        contributors=(Contributor("Ben Carder", Role.AUTHOR), Contributor("C. Miller", Role.TRANSLATOR)),
        written=Date("1908", "1908"),
        source=SourceEdition("The Weekly Loom, No. 5"),
        source_url="https://example.org/one",
        statements=(Statement("Free of all conditions.", "Copyleft", PLACE),),
    )
    return book(
        contributors=(Contributor("Ada Weaver", Role.AUTHOR),),
        source=SourceEdition("Collected Works, Volume 3"),
        source_url="https://example.org/mill",
        statements=(said,),
        fields=(
            Field("Source", "Collected Works, Volume 3", PLACE, "source"),
            Field("Thanks", "to the Library", PLACE),
        ),
        archive=("Archive", "Weaver"),
        publisher="A Small Press",
        changes=("Two misprints were corrected.",),
        pieces=(piece,),
    )


def test_whatever_the_credits_page_says_of_the_text_is_in_the_metadata() -> None:
    work = replace(anthology(), licence=Licence(status=Status.FREE, name="None", spdx="CC0-1.0", url="https://x.org/0"))
    root = package(work)
    said = "\n".join(element.text or "" for element in root.iter() if element.text)
    chapter = credits_page.credits(work)
    blocks = (*chapter.blocks, *(block for section in nested(chapter.sections) for block in section.blocks))
    printed = [plain(run) for block in blocks for run in runs(block)]
    # Values, without the words around them.
    values = (
        "Ada Weaver", "Ben Carder", "C. Miller", "Collected Works, Volume 3", "The Weekly Loom, No. 5",
        "to the Library",
        "https://example.org/mill", "Public Domain. Credit the archive.", "Free of all conditions.", "CC0-1.0",
        "A Small Press", "Two misprints were corrected.",
    )  # fmt: skip
    for value in values:
        assert value in said, value
    for value in set(values) - {"Ben Carder", "C. Miller", "The Weekly Loom, No. 5"}:
        assert any(value in line for line in printed), value


def test_each_piece_of_an_anthology_keeps_what_is_its_own() -> None:
    assert [
        entry for entry in metas(package(anthology())) if "piece-1" in entry[2] or entry[0] == "dcterms:hasPart"
    ] == [
        ("dcterms:hasPart", "One", ""),
        ("dcterms:creator", "Ben Carder", "#piece-1"),
        ("dcterms:contributor", "C. Miller", "#piece-1"),
        ("dcterms:created", "1908", "#piece-1"),
        ("dcterms:source", "The Weekly Loom, No. 5", "#piece-1"),
        ("dcterms:source", "https://example.org/one", "#piece-1"),
        ("dcterms:rights", "Free of all conditions.", "#piece-1"),
    ]


def test_what_settings_say_reaches_the_package() -> None:
    settings = b"""
title = "The Mill"
sort_title = "Mill"
series = {name = "Mill Pamphlets", position = "2.1"}

[[classification]]
scheme = "BISAC"
code = "POL005000"
"""
    own = read(settings, "book.toml", BookSettings).values
    work, _ = merged(article().book, article().metadata, own, ShelfSettings(), Asked(slug="x", file="x.txt"))
    found = metas(package(work))
    assert ("file-as", "Mill", "#main-title") in found
    assert ("group-position", "2.1", "#series") in found
    assert ("authority", "BISAC", "#subject-1") in found


def test_the_package_says_its_language() -> None:
    assert package(replace(article(), language="de")).get("{http://www.w3.org/XML/1998/namespace}lang") == "de"

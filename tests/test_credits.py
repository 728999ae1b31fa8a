# SPDX-License-Identifier: AGPL-3.0-or-later
"""The licence and credits page says what is known, in the header's own words, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from publisher import __version__
from publisher.credits import credits, language  # noqa: A004 (as in the module)
from publisher.document import Book, Chapter, Foreign, Link, Text, plain, runs
from publisher.edition import Edition
from publisher.errors import Location
from publisher.families import BITSTREAM, FAMILIES, OFL
from publisher.fonts import upright
from publisher.licences.identifiers import by_identifier
from publisher.licences.model import ANY_VERSION, NO_VERSION, NONE_STATED, NOT_UNDERSTOOD, Licence, Status
from publisher.licences.statements import recognise
from publisher.metadata.model import Contributor, Date, Field, Metadata, Role, SourceEdition, Statement
from publisher.phrases import LANGUAGES, phrases
from publisher.wording import primary

CASE = Path(__file__).with_name("cases") / "licences" / "page"
HEADER = (CASE / "header.txt").read_text(encoding="utf-8").splitlines()


def header() -> tuple[Field, ...]:
    lines = ((number, *line.rpartition(": ")[::2]) for number, line in enumerate(HEADER, 3))
    return tuple(Field(label, value, Location("a.txt", number)) for number, label, value in lines)


def edition(metadata: Metadata, licence: Licence | None = None) -> Edition:
    return Edition(
        book=Book((Text("A Speech"),), (), (Chapter((), ()),)),
        metadata=metadata,
        licence=licence or recognise(metadata.statements)[0],
        slug="speech",
        identifier="urn:uuid:6e2b4c3e-30bb-5c39-9d5a-0f3fbd5b8a4e",
        language="en",
        modified=0,
        paper="a5",
        theme="book",
    )


def lines(chapter: Chapter) -> Iterator[str]:
    for block in (*chapter.blocks, *(block for section in chapter.sections for block in section.blocks)):
        yield from map(plain, runs(block))


def page(metadata: Metadata, licence: Licence | None = None) -> list[str]:
    return list(lines(credits(edition(metadata, licence))))


def stating(*statements: str) -> Metadata:
    return Metadata(statements=tuple(Statement(s, "Rights", Location("a.txt", n)) for n, s in enumerate(statements, 1)))


def full() -> Metadata:
    found = header()
    *_, copyleft = found
    return Metadata(
        title="A Speech",
        subtitle="To the Conference",
        contributors=(
            Contributor("V. I. Lenin", Role.AUTHOR),
            Contributor("Yuri Sdobnikov", Role.TRANSLATOR),
            Contributor("Einde O’Callaghan", Role.PROOFREADER),
        ),
        written=Date("14 April, 1921", "1921-04-14"),
        source=SourceEdition("Collected Works, Volume 32"),
        statements=(Statement(copyleft.value, copyleft.label, copyleft.location),),
        fields=found,
    )


def test_a_whole_page() -> None:
    chapter = credits(edition(full()))
    assert plain(chapter.title) == "Licence and credits"
    assert [plain(section.title) for section in chapter.sections] == ["Licence", "This edition"]
    expected = (CASE / "expected.txt").read_text(encoding="utf-8").replace("VERSION", __version__)
    assert list(lines(chapter)) == expected.splitlines()


def test_every_line_of_the_header_stands_once() -> None:
    printed = page(full())
    assert [printed.count(line) for line in HEADER] == [1] * len(HEADER)


@pytest.mark.parametrize(
    ("statement", "consequence"),
    [
        ("Permission for on-line publication given", "may not be copied or passed on without the consent"),
        ("CC BY-NC-SA 4.0", "Use is restricted"),
        ("Novosti, 1975", "is therefore not known"),
    ],
)
def test_what_the_statement_means_for_the_reader(statement: str, consequence: str) -> None:
    printed = page(stating(statement))
    assert f"Rights: {statement}" in printed
    assert any(consequence in line for line in printed)


def test_nothing_stated() -> None:
    printed = page(Metadata(title="A Speech"))
    assert (
        "The transcription states no licence, and none is assumed. Whether this edition may be copied or passed on is"
        " therefore not known."
    ) in printed
    assert not any("carries this statement" in line for line in printed)


def test_a_recorded_licence_stands_beside_the_statement() -> None:
    printed = page(stating("All rights reserved"), by_identifier("CC-BY-4.0"))
    assert "Rights: All rights reserved" in printed
    assert "Those who prepared this edition have recorded the licence that it is published under." in printed
    assert not any("without the consent" in line for line in printed)


def test_statements_that_differ_are_all_printed_once() -> None:
    printed = page(stating("Public domain", "CC BY-SA 4.0", "Public domain"))
    assert [line for line in printed if line.startswith("Rights: ")] == [
        "Rights: Public domain",
        "Rights: CC BY-SA 4.0",
    ]
    assert "The transcription carries these statements:" in printed


def test_changes_are_listed_in_place_of_the_promise_that_there_are_none() -> None:
    printed = page(replace(full(), changes=("Line 7: “quesitons” was corrected to “questions”.",)))
    assert "Line 7: “quesitons” was corrected to “questions”." in printed
    assert not any(line.startswith("Words and punctuation stand") for line in printed)


def test_where_the_transcription_is() -> None:
    url = "https://example.org/speech.htm"
    chapter = credits(edition(replace(full(), source_url=url, archive=("Archive", "Lenin"))))
    assert f"The transcription was taken from {url}." in list(lines(chapter))
    assert Link(url, (Text(url),)) in [inline for block in chapter.blocks for run in runs(block) for inline in run]
    assert "The transcription was published under Archive > Lenin." in page(
        replace(full(), archive=("Archive", "Lenin"))
    )


def test_the_publisher_of_the_edition() -> None:
    printed = page(replace(full(), publisher="A Small Press", edition_date="2026-01-31"))
    assert {"Published by A Small Press.", "Edition of 2026-01-31."} <= set(printed)


def test_the_typefaces_are_under_the_licence_that_the_page_names() -> None:
    for family in FAMILIES:
        with TTFont(upright(family), fontNumber=0, lazy=True) as font:
            licence = font["name"].getDebugName(13) or ""
        if family.licence == OFL:
            assert "SIL Open Font License" in licence, family.name
        else:
            assert family.licence == BITSTREAM
            assert font["name"].getDebugName(14) == "http://dejavu.sourceforge.net/wiki/index.php/License"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_words_for_everything(tag: str) -> None:
    words, english = phrases(tag), phrases("en")
    assert primary(words.language) == tag
    assert set(words.roles) == set(Role)
    assert set(words.status) == set(Status)
    assert words.rules.keys() == english.rules.keys()
    assert set(words.reasons) == (set() if words is english else {NONE_STATED, NO_VERSION, ANY_VERSION, NOT_UNDERSTOOD})
    assert all(getattr(words, name) for name in words.__struct_fields__ if name not in {"reasons", "space"})


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_same_places_are_left_for_what_the_edition_gives(tag: str) -> None:
    words, english = phrases(tag), phrases("en")
    sentences = {name: getattr(words, name) for name in words.__struct_fields__}
    for name, sentence in sentences.items():
        if isinstance(sentence, str) and name not in {"counted", "figure"}:
            assert sentence.count("{}") == getattr(english, name).count("{}"), name
    assert words.counted.format(number=1, name="x") != words.counted.format(number=2, name="x")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("de-AT", "de"), ("zh-Hant", "zh-Hans"), ("ar", "ar"), ("fi", "en"), ("und", "en")],
)
def test_the_page_is_in_the_language_of_the_text_or_in_english(tag: str, expected: str) -> None:
    assert language(replace(edition(full()), language=tag)) == expected


def test_the_statement_stays_as_it_is_in_a_page_of_another_language() -> None:
    printed = list(lines(credits(replace(edition(full()), language="de"))))
    assert "Die Abschrift trägt diesen Vermerk:" in printed
    assert [printed.count(line) for line in HEADER] == [1] * len(HEADER)


def test_a_reason_without_words_in_the_language_is_marked_as_english() -> None:
    chapter = credits(replace(edition(stating("All rights reserved")), language="zh"))
    blocks = [block for section in chapter.sections for block in section.blocks]
    found = [inline for block in blocks for run in runs(block) for inline in run if isinstance(inline, Foreign)]
    assert found == [Foreign("en", (Text("The statement reserves rights that an edition needs."),))]

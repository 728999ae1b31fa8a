# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings files: every problem with its line, and what holds when header, book.toml and defaults.toml disagree."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from publisher import RELEASE_DATE
from publisher.document import Book, Chapter, Note, NoteCall, Paragraph, Text
from publisher.edition import Edition
from publisher.errors import Location, SettingsError
from publisher.licences.model import Status
from publisher.metadata import toml
from publisher.metadata.draft import draft
from publisher.metadata.merge import Asked, edition
from publisher.metadata.model import Contributor, Metadata, Role, Statement
from publisher.metadata.settings import BookSettings, ShelfSettings, layered, read, switched
from publisher.schemas import schemas

CASES = Path(__file__).parent / "cases" / "settings"


def book(text: str) -> BookSettings:
    return read(text.encode(), "book.toml", BookSettings).values


def shelf(text: str) -> ShelfSettings:
    return read(text.encode(), "defaults.toml", ShelfSettings).values


def problems(data: bytes, file: str) -> list[str]:
    kind = ShelfSettings if file.startswith("defaults") else BookSettings
    with pytest.raises(SettingsError) as caught:
        read(data, file, kind)
    return [f"{problem}\n    {problem.hint}" if problem.hint else str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_all_problems_of_a_file_are_reported_with_their_lines(case: Path) -> None:
    assert "\n".join(problems(case.read_bytes(), case.name)) + "\n" == case.with_suffix(".problems").read_text("utf-8")


def test_the_example_of_the_design() -> None:
    text = "\n" * 6 + 'licence = "GFDLL"\n'
    assert problems(text.encode(), "content/x/book.toml") == [
        'content/x/book.toml:7: error M003: licence: "GFDLL" is no SPDX identifier; did you mean "GFDL-1.3-or-later"?'
    ]


def test_bytes_that_are_not_utf8_are_a_problem() -> None:
    assert problems(b'title = "Th\xe8ses"', "book.toml") == [
        "book.toml: error M001: byte 11 is not UTF-8\n    Save the file as UTF-8."
    ]


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000], ids=["deep", "long"])
def test_what_the_toml_library_cannot_hold_is_a_problem(value: str) -> None:
    assert problems(f"title = {value}\n".encode(), "book.toml") == [
        "book.toml: error M001: no valid TOML: a number is too long, or lists or tables are nested too deeply"
    ]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(b'\xef\xbb\xbftitle = "A"', "book.toml", BookSettings).values.title == "A"


def _paths(value: object, path: toml.Path = ()) -> Iterator[toml.Path]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*path, key))


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\r\nb = 2\r\n",
        "[a.b]\nc = 1\n[[a.d]]\ne = [[1, 2], [3]]\n[[a.d]]\n[a.d.f]\ng = {h = {i = 1979-05-27 07:32:00}}\n",
        "a.\"b c\".d = \"\"\"x\"\"\"\"\"\n'e' = '''\n]'''''\n",
        "a = [\n # x ]\n { b = 1 }, # y\n]\n[[c]]\n[[c.d]]\n[[c.d]]\n[[c]]\n[[c.d]]\nx = 'y'",
        "# only a comment",
        'x = "\\" ] # \\\\"\ny = 1 # z',
    ],
)
def test_everything_in_a_document_has_a_place_where_its_key_stands(text: str) -> None:
    document = toml.parse(text.encode(), "x.toml")
    assert set(document.places) == set(_paths(tomllib.loads(text)))
    lines = text.splitlines()
    for path, (line, column) in document.places.items():
        key, rest = path[-1], lines[line - 1][column - 1 :]
        assert isinstance(key, int) or rest.startswith("[") or key in rest


def test_shelves_inside_shelves_inherit_key_by_key() -> None:
    inner = shelf('publisher = "Inner"\nchanges = ["b"]')
    outer = shelf('publisher = "Outer"\nlanguage = "de"\nedition.date = 2025-05-01')
    merged = layered(inner, outer)
    assert (merged.publisher, merged.language, merged.edition.date) == ("Inner", "de", date(2025, 5, 1))


@pytest.mark.parametrize(
    ("inner", "outer", "dashes", "quotes"),
    [
        ("", "", None, None),
        ("typography = false", "", False, False),
        ("[typography]\ndashes = false", "", False, None),
        ("[typography]\ndashes = true", "typography = false", True, False),
        ("typography = true", "[typography]\ndashes = false", True, True),
        ("", "[typography]\ndashes = false", False, None),
    ],
)
def test_rules_of_typography_are_switched_one_by_one(
    inner: str, outer: str, *, dashes: bool | None, quotes: bool | None
) -> None:
    rules = switched(book(inner).typography, shelf(outer).typography)
    assert (rules.dashes, rules.quotes) == (dashes, quotes)
    assert layered(shelf(inner), shelf(outer)).typography == rules


HEADER = Metadata(
    title="Header's title",
    short_title="Header's",
    contributors=(Contributor("A. Author", Role.AUTHOR), Contributor("T. Typist", Role.TRANSCRIBER)),
    statements=(Statement("Fair use", "Copyright", Location("x.txt", 5)),),
    publisher="Header's publisher",
)
CALLED = Book(
    title=(Text("Header's title"), NoteCall(0)),
    subtitle=(),
    contents=(Chapter((), (Paragraph((Text("words"),)),), notes=(Note("1", (Paragraph((Text("note"),)),)),)),),
)


def merged(own: str = "", defaults: str = "", header: Metadata = HEADER, epoch: int | None = None) -> Edition:
    return edition(CALLED, header, book(own), shelf(defaults), Asked(slug="x", file="x.txt", epoch=epoch))[0]


def test_settings_override_the_header_which_overrides_the_shelf() -> None:
    assert merged(defaults='publisher = "Shelf"').metadata.publisher == "Header's publisher"
    assert merged(own='publisher = "Own"', defaults='publisher = "Shelf"').metadata.publisher == "Own"
    assert merged(defaults='subjects = ["history"]').metadata.subjects == ("history",)


def test_people_are_overridden_role_by_role() -> None:
    own = (
        '[[contributors]]\nname = "B. Author"\nrole = "author"\n[[contributors]]\nname = "T. Two"\nrole = "translator"'
    )
    defaults = '[[contributors]]\nname = "M. Mark"\nrole = "markup"'
    people = merged(own, defaults).metadata.contributors
    assert [person.name for person in people] == ["B. Author", "T. Two", "T. Typist", "M. Mark"]


def test_a_new_title_keeps_the_note_call_and_drops_the_old_short_title() -> None:
    made = merged('title = "New"')
    assert made.book.title == (Text("New"), NoteCall(0))
    assert (made.title, made.metadata.short_title) == ("New", None)


def test_the_licence_of_the_settings_keeps_the_statement_of_the_header() -> None:
    licence = merged('licence = "CC-BY-SA-4.0"').licence
    assert (licence.spdx, licence.status, licence.statement) == ("CC-BY-SA-4.0", Status.FREE, "Fair use")


def test_a_shelf_licence_never_overrules_a_refusal() -> None:
    assert merged(defaults='licence = "CC-BY-SA-4.0"').licence.status is Status.REFUSED
    unstated = Metadata(title="T")
    assert merged(defaults='licence = "CC-BY-SA-4.0"', header=unstated).licence.spdx == "CC-BY-SA-4.0"
    assert merged(header=unstated).licence.status is Status.NOT_STATED


def test_dates_epoch_then_settings_then_release() -> None:
    day = date.fromisoformat(RELEASE_DATE) - date(1970, 1, 1)
    assert merged().modified == day.days * 86400
    assert merged("edition.date = 1970-01-02").modified == 86400
    assert merged("edition.date = 1970-01-02", epoch=5).modified == 5


def test_identifiers_depend_on_the_source_or_on_author_title_and_language() -> None:
    by_link = merged('source_url = "https://example.org/x"').identifier
    assert by_link == "urn:uuid:fdb420ba-c7a0-5bc0-b348-39fd508cc82c"
    assert merged('source_url = "https://example.org/x"\ntitle = "Other"').identifier == by_link
    names = {merged(own).identifier for own in ("", 'title = "Other"', 'language = "de"', 'source_url = "https://a.b"')}
    assert len(names) == 4
    assert merged('identifier = "urn:isbn:9783161484100"').identifier == "urn:isbn:9783161484100"


def test_what_nobody_states_is_a_warning_and_never_guessed() -> None:
    made, found = edition(
        Book((), (), CALLED.contents), Metadata(), BookSettings(), ShelfSettings(), Asked(slug="x-1", file="x.txt")
    )
    assert [problem.code for problem in found] == ["H001", "H002", "M009", "L001"]
    assert (made.title, made.book.title, made.language) == ("x-1", (Text("x-1"),), "und")


def test_a_draft_is_valid_as_written_and_with_every_comment_switched_on() -> None:
    made = merged('title = "A \\"quoted\\" \\u007f title"\nlanguage = "en"\nlicence = "GFDL-1.3-or-later"')
    text = draft(made, ["ch2.txt", "ch10.txt"])
    values = book(text)
    assert (values.identifier, values.slug, values.files) == (made.identifier, "x", ("ch2.txt", "ch10.txt"))
    switched_on = "\n".join(line.removeprefix("#") for line in text.splitlines() if not line.startswith("# "))
    assert book(switched_on).title == made.title
    assert book(switched_on).contributors[0].name == "A. Author"


def test_a_draft_shows_how_to_name_somebody_where_nobody_is_known() -> None:
    made = merged(header=Metadata(title="A title"))
    switched_on = "\n".join(line.removeprefix("#") for line in draft(made).splitlines() if not line.startswith("# "))
    assert [(person.name, person.role) for person in book(switched_on).contributors] == [("…", Role.AUTHOR)]


def test_the_schemas_in_the_package_are_those_of_the_types() -> None:
    package = Path(toml.__file__).parents[1] / "schemas"
    for name, text in schemas().items():
        assert (package / name).read_text("utf-8") == text, "run: python -m publisher.schemas"

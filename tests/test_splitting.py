# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that are too long for old readers: divided between blocks, with no word lost and no link broken."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from publisher.checks import files
from publisher.checks.streams import shown_words
from publisher.document import Book, Chapter, Note, NoteCall, Paragraph, Section, Text
from publisher.edition import Edition
from publisher.metadata.model import Metadata
from publisher.pages import Page
from publisher.writers import epub
from publisher.writers.splitting import LIMIT, split
from tests.editions import edition, paragraph
from tests.test_epub import entries

MOST = 250_000


def page(body: str) -> Page:
    return Page("long", "chapter", "chapter", "Long", body, "en", None)


def bodies(body: str, limit: int) -> list[str]:
    return [file.body for file in split([page(body)], limit)]


def test_what_fits_stays_whole() -> None:
    (file,) = split([page("<section>\n<p>One</p>\n</section>")], 100)
    assert (file.name, file.body) == ("long", "<section>\n<p>One</p>\n</section>")


def test_sections_go_on_in_the_next_file() -> None:
    opening = '<section id="long" class="chapter" epub:type="chapter" role="doc-chapter" data-title="L">'
    found = bodies(
        f'{opening}\n<h1>L</h1>\n<p>One</p>\n<div lang="de">\n<p>Zwei</p>\n<p>Drei</p>\n</div>\n</section>', 150
    )
    assert found == [
        f'{opening}\n<h1>L</h1>\n<p>One</p>\n<div lang="de">\n<p>Zwei</p>\n</div>\n</section>\n',
        '<section class="chapter" data-title="L">\n<div lang="de">\n<p>Drei</p>\n</div>\n</section>',
    ]


def test_a_heading_keeps_what_follows_it() -> None:
    found = bodies(
        "<section>\n<p>One two three</p>\n<section>\n<h2>H</h2>\n<p>Four five six</p>\n</section>\n</section>", 60
    )
    assert [re.findall(r"<(?:p|h2)>", body) for body in found] == [["<p>"], ["<h2>", "<p>"]]


def test_what_nothing_divides_stays_whole() -> None:
    rows = "<tr><td>cell</td></tr>" * 9
    found = bodies(f"<section>\n<p>One</p>\n<table>{rows}</table>\n<p>Two</p>\n</section>", 50)
    assert [body.count("<tr>") for body in found] == [0, 9, 0]


def test_links_follow_what_was_moved() -> None:
    blocks = '<p id="a">One <a href="long.xhtml#b">b</a></p>\n<p id="b">Two <a href="long.xhtml#a">a</a></p>'
    first, second = bodies(f"<section>\n{blocks}\n</section>", 80)
    assert 'href="long_2.xhtml#b"' in first
    assert 'href="long.xhtml#a"' in second


def long_work() -> Edition:
    """A chapter of some 700 KB with sections and as many notes as fill two files."""
    words = "Сло́во за сло́вом идёт река. " * 20
    notes = tuple(Note(str(n), (paragraph(f"{n}. {words}"),)) for n in range(1, 500))
    blocks = tuple(Paragraph((Text(f"{n}. {words}"), NoteCall(n))) for n in range(len(notes)))
    sections = (Section((Text("Ende"),), blocks[300:]),)
    return edition(Book((Text("Лон"),), (), (Chapter((Text("Река"),), blocks[:300], sections, notes),)), Metadata())


def test_a_long_chapter_is_in_several_files_and_whole() -> None:
    work = long_work()
    found = entries(work)
    pages = {name: data for name, data in found.items() if name.endswith(".xhtml")}
    assert {"EPUB/reka.xhtml", "EPUB/reka_2.xhtml", "EPUB/notes_2.xhtml"} <= pages.keys()
    assert max(map(len, pages.values())) < MOST
    assert LIMIT < MOST
    ids = {f"{name.removeprefix('EPUB/')}#{id_}" for name, data in pages.items() for id_ in ids_of(data)}
    for data in pages.values():
        for href in re.findall(r'href="([^":]+#[^"]+)"', data.decode()):
            assert href in ids
    spine = re.findall(r'idref="((?:reka|notes)[^"]*)"', found["EPUB/content.opf"].decode())
    assert spine == sorted(spine, key=lambda name: (name[0] == "n", name))
    assert "reka_ende" in re.findall(r"reka[_0-9]*\.xhtml#(\w+)", found["EPUB/nav.xhtml"].decode())
    assert files.epub(work, shown_words(work.book, {}), epub.write(work, {}).data) == []


def ids_of(data: bytes) -> list[str]:
    return [id_ for element in ET.fromstring(data).iter() if (id_ := element.get("id"))]  # noqa: S314 - made here

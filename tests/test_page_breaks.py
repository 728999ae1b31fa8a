# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the PDF in the e-book: where each mark stands, and that the words behind it are those of its page."""

from __future__ import annotations

import io
import re
from html import unescape

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from publisher.build.make import Job, Options, make
from publisher.document import Book, Chapter, List, Note, NoteCall, PageMark, Paragraph, Section, Table, Text
from publisher.edition import Edition, Output
from publisher.layout import PageStart
from publisher.metadata.merge import Asked, edition as merged
from publisher.metadata.model import Metadata
from publisher.metadata.settings import BookSettings, ShelfSettings, read
from publisher.pages import Page, pages
from publisher.papers import POINTS_PER_MM
from publisher.readers import Source
from publisher.themes import design
from publisher.writers import epub, pdf
from publisher.writers.page_breaks import marked, marks
from tests.editions import article, edition, everything, paragraph
from tests.test_epub import entries

MARK = re.compile(r'<span class="pagemark"[^>]*></span>')


def page(body: str) -> Page:
    return Page("text", "chapter", "chapter", "Text", body, "en", None)


def with_marks(body: str, *offsets: int) -> str:
    """The body with | for each mark."""
    starts = (PageStart(str(number), "text", offset) for number, offset in enumerate(offsets, 1))
    (made,) = marked([page(body)], starts)
    return MARK.sub("|", made.body)


@pytest.mark.parametrize(
    ("body", "offsets", "expected"),
    [
        ("<section>\n<p>One two.</p>\n</section>", (0, 3), "<section>\n<p>|One |two.</p>\n</section>"),
        # A divided word belongs to the page where it begins, whatever stands inside it.
        ("<p>divided word</p>", (3,), "<p>divided |word</p>"),
        ("<p>di<em>vided</em> word</p>", (2,), "<p>di<em>vided</em> |word</p>"),
        ("<p>word<a>1</a> more</p>", (4,), "<p>word<a>1</a> |more</p>"),
        ("<p>Non-Party men</p>", (4,), "<p>Non-Party |men</p>"),
        ("<p>a &amp;&#39;b c</p>", (1, 2), "<p>a |&amp;&#39;b |c</p>"),
        # Behind a dash a line ends as behind a space.
        ("<p>done—and gone</p>", (5,), "<p>done—|and gone</p>"),
        ("<p>上海是大城市</p>", (3,), "<p>上海是|大城市</p>"),
        # The mark stands before elements that begin with the word...
        ("<p>One <em><b>two</b></em></p>", (3,), "<p>One |<em><b>two</b></em></p>"),
        ("<p><span>One</span><br/>\n<span>two</span></p>", (3,), "<p><span>One</span><br/>\n|<span>two</span></p>"),
        # ...and before a heading, not in it.
        (
            "<section>\n<h1><i>A</i> b</h1>\n<p>c</p></section>",
            (0,),
            "<section>\n|<h1><i>A</i> b</h1>\n<p>c</p></section>",
        ),
        ("<ol>\n<li>One</li>\n<li>two</li>\n</ol>", (3,), "<ol>\n<li>One</li>\n<li>|two</li>\n</ol>"),
        ("<tr><td>a</td>\n<td>b</td></tr>", (1,), "<tr><td>a</td>\n<td>|b</td></tr>"),
        # Two pages of the PDF may begin at one word, and one behind the last.
        ("<p>One two</p>", (3, 3), "<p>One ||two</p>"),
        ("<section>\n<p>One</p>\n</section>\n", (3,), "<section>\n<p>One|</p>\n</section>\n"),
    ],
)
def test_marks_stand_between_words(body: str, offsets: tuple[int, ...], expected: str) -> None:
    assert with_marks(body, *offsets) == expected


def test_a_mark_has_a_name_and_an_id() -> None:
    starts = (PageStart("xii", "text", 0), PageStart("7", "text", 3), PageStart("7", "text", 3))
    (made,) = marked([page("<p>One two</p>")], starts)
    found = [(mark.file, mark.id, mark.label) for mark in marks("text.xhtml", made.body)]
    assert found == [("text.xhtml", f"page_{id_}", label) for id_, label in (("xii", "xii"), ("7", "7"), ("7-2", "7"))]


def novel() -> Edition:
    """Chapters of a few pages, with long words, dashes, a table that goes on overleaf, lists and notes."""
    words = "Antidisestablishmentarianism is—as everybody knew—an uncommonly long word for a mill by the river; "
    long = Paragraph((Text(words * 16), NoteCall(0), Text(" and so on. "), Text(words * 5)))
    rows = tuple(((Text(f"Row {n}"),), (Text(f"{n * n:,} tons"),)) for n in range(40))
    table = Table((((Text("Name"),), (Text("Weight"),)), *rows), head=1)
    items = List(tuple((paragraph(f"Item {n} of the list"),) for n in range(40)), ordered=True)
    section = Section((Text("Below the dam"),), (long, items))
    notes = (Note("1", (paragraph(words * 12), paragraph("The end of the note."))),)
    chapters = tuple(
        Chapter((Text(f"Chapter of {name}"),), (long, table, long), (section,), notes) for name in ("Ada", "Ben")
    )
    return replace(edition(Book((Text("The Mill"),), (), chapters), Metadata(title="The Mill")), pages="pdf")


@pytest.fixture(scope="module")
def printed() -> dict[str, tuple[Edition, Output]]:
    works = {
        "novel": novel(),
        "everything": replace(everything(), pages="pdf"),
        "article": replace(article(), pages="pdf"),
        "notes at the foot": replace(novel(), notes="page"),
    }
    return {name: (work, pdf.write(work, {})) for name, work in works.items()}


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", "", markup)).split())


def labels(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        return [page.label for page in document.pages]


def on_paper(data: bytes, label: str) -> str:
    """The text of a page of the PDF between its margins, without spaces and hyphens at the ends of lines."""
    top, _, bottom, _ = (margin * POINTS_PER_MM for margin in design("book", "A5").margins)
    document = pypdfium2.PdfDocument(data)
    try:
        sheet = document[labels(data).index(label)]
        text = sheet.get_textpage().get_text_bounded(bottom=bottom - 4, top=sheet.get_height() - top + 2)
    finally:
        document.close()
    return re.sub(r"[\u2010\ufffe\x02\u00ad]\s*", "", text)


@pytest.mark.parametrize("name", ["novel", "everything", "article", "notes at the foot"])
def test_the_words_behind_a_mark_are_the_first_of_its_page(
    name: str, printed: dict[str, tuple[Edition, Output]]
) -> None:
    work, output = printed[name]
    addresses = {file: picture.name for file, picture in work.pictures.items()}
    made = marked(pages(work, lambda page, id_: f"{page}.xhtml#{id_}", addresses, ebook=True), output.starts)
    compared = 0
    for sheet in made:
        for found in re.finditer(r'<span class="pagemark"[^>]*aria-label="([^"]+)"></span>', sheet.body):
            before, behind = plain(sheet.body[: found.start()]), plain(sheet.body[found.end() :])
            first = "".join(behind.split()[:3])
            letters = "".join(on_paper(output.data, found[1]).split())
            # The numbers of lists are the PDF's own, and so is the head of a table that goes on.
            letters = letters if letters.startswith(first) else re.sub(r"^(?:\d+\.|•|NameWeight)", "", letters)
            # Before the first whole word the rest of a divided one may stand, with the mark of a note behind it.
            rest, _, _ = letters.partition(first)
            assert rest != letters, (sheet.name, found[1], first, letters[:60])
            assert not rest or "".join(before.split()).endswith(rest), (sheet.name, found[1], rest)
            compared += 1
    assert compared == len(output.starts) > 3


def test_every_page_of_the_text_begins_somewhere(printed: dict[str, tuple[Edition, Output]]) -> None:
    work, output = printed["novel"]
    skipped = set(labels(output.data)) - {start.label for start in output.starts}
    # Half title and its back, imprint, contents list and its back.
    assert skipped <= {"i", "ii", "iv", "v", "vi"}
    assert {start.page for start in output.starts} >= {"title", "chapter-of-ada", "chapter-of-ben", "notes"}
    places = {page.name: place for place, page in enumerate(pages(work, lambda _page, id_: id_))}
    order = [(places[start.page], start.offset) for start in output.starts]
    assert order == sorted(order)


def test_the_epub_lists_every_page(printed: dict[str, tuple[Edition, Output]]) -> None:
    work, output = printed["novel"]
    files = entries(work, {"pdf": output})
    nav = files["EPUB/nav.xhtml"].decode()
    listed = re.findall(r'<li><a href="([^"]+)">(\w+)</a></li>', nav[nav.index('id="page-list"') :])
    assert [label for _, label in listed] == [start.label for start in output.starts]
    for href, label in listed:
        file, _, id_ = href.partition("#")
        assert f'id="{id_}" aria-label="{label}"' in files[f"EPUB/{file}"].decode()
    package = files["EPUB/content.opf"].decode()
    assert f'<meta property="pageBreakSource">{work.identifier} (PDF, A5)</meta>' in package


def test_the_pages_of_the_print_can_be_chosen_and_left_out() -> None:
    chapter = Chapter((Text("One"),), (Paragraph((Text("up to "), PageMark("461"), Text("here"))),))
    work = edition(Book((Text("B"),), (), (chapter,)), Metadata(title="B"))
    chosen = entries(replace(work, pages="source"))
    assert 'aria-label="461"></span>here' in chosen["EPUB/one.xhtml"].decode()
    assert '<li><a href="one.xhtml#page_461">461</a></li>' in chosen["EPUB/nav.xhtml"].decode()
    assert "does not name</meta>" in chosen["EPUB/content.opf"].decode()
    without = entries(work)
    assert "pagebreak" not in without["EPUB/one.xhtml"].decode()
    assert "page-list" not in without["EPUB/nav.xhtml"].decode()
    assert "pageBreakSource" not in without["EPUB/content.opf"].decode()


def test_an_epub_with_the_pages_of_the_pdf_cannot_be_made_without_it() -> None:
    with pytest.raises(KeyError, match="pdf"):
        epub.write(replace(article(), pages="pdf"), {})


TEXT = (
    b"Ada Weaver\n\nThe Mill\n\nWritten: 1907\n\n"
    + b"The mill was the only room that was large enough for all of them.\n\n" * 90
)


def built(settings: bytes, *formats: str) -> dict[str, bytes]:
    own = read(settings, "mill.toml", BookSettings)
    job = Job(slug="mill", file="mill.txt", sources=(Source("mill.txt", TEXT),), settings=own)
    return {output.format: output.data for output in make(job, Options(formats=formats)).outputs}


def test_an_epub_is_the_same_whatever_else_was_asked_for() -> None:
    alone, beside = built(b'pages = "pdf"', "epub"), built(b'pages = "pdf"', "epub", "pdf")
    assert list(alone) == ["epub", "fidelity"]
    assert alone["epub"] == beside["epub"] != built(b"", "epub")["epub"]


def test_a_bare_text_has_no_pages_unless_its_source_marks_them() -> None:
    bare = Book((Text("B"),), (), (Chapter((), (paragraph("Words."),)),))
    noted = Chapter((), (), notes=(Note("1", (Paragraph((PageMark("7"), Text("In a note."))),)),))
    marked_ = Book((Text("B"),), (), (noted,))
    asked = Asked(slug="b", file="b.txt")
    for book, own, pages_, code in (
        (bare, "", "none", []),
        (marked_, "", "source", []),
        (marked_, 'pages = "none"', "none", []),
        (bare, 'pages = "source"', "source", ["M010"]),
        (marked_, 'pages = "pdf"', "pdf", []),
    ):
        settings = read(own.encode(), "b.toml", BookSettings).values
        made, problems = merged(book, Metadata(title="B"), settings, ShelfSettings(), asked)
        assert made.pages == pages_
        assert [problem.code for problem in problems if problem.code.startswith("M01")] == code
    shelf = read(b'pages = "pdf"', "defaults.toml", ShelfSettings).values
    assert merged(bare, Metadata(title="B"), BookSettings(), shelf, asked)[0].pages == "pdf"

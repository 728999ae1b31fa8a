# SPDX-License-Identifier: AGPL-3.0-or-later
"""Claims of accessibility: each follows from the finished files, and one thing amiss takes them back everywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from PIL import Image as Pillow

from publisher.accessibility.audit import audit
from publisher.accessibility.model import STANDARD, Accessibility
from publisher.accessibility.statement import PHRASES, statement
from publisher.document import Book, Chapter, Figure, Image, Note, NoteCall, PageMark, Paragraph, Text
from publisher.edition import Edition
from publisher.metadata.model import Metadata
from publisher.pictures import pictures
from publisher.writers import epub
from tests.editions import DRAWING, article, edition, everything, paragraph
from tests.test_epub import entries

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>{title}</title></head>
<body>{body}</body></html>"""
NAV = '<nav epub:type="toc" role="doc-toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>'
TEXT = '<section id="one"><h1>One</h1><p id="p">Words.</p></section>'


def found(body: str = TEXT, nav: str = NAV, style: str = "", page: str = PAGE, **others: bytes) -> Accessibility:
    shown = [(f"image/{name}", data) for name, data in others.items()]
    navigation = ("nav.xhtml", PAGE.format(title="Contents", body=nav))
    return audit({"one.xhtml": page.format(title="One", body=body)}, navigation, style, shown)


def gif(frames: int) -> bytes:
    out = io.BytesIO()
    stills = [Pillow.new("L", (2, 2), 9 * n) for n in range(frames)]
    stills[0].save(out, "GIF", save_all=True, append_images=stills[1:])
    return out.getvalue()


def test_a_plain_page_has_no_obstacles() -> None:
    assert found() == Accessibility(headings=1, entries=1, roles=True)
    assert found().conforms


LISTED = NAV + '<nav epub:type="page-list"><ol><li><a href="one.xhtml#page_1">1</a></li></ol></nav>'
BREAK = '<span id="page_1" epub:type="pagebreak" role="doc-pagebreak" aria-label="1"></span>'


@pytest.mark.parametrize(
    ("kind", "count", "changes"),
    [
        ("language", 1, {"page": PAGE.replace('xml:lang="en"', 'xml:lang="und"')}),
        ("titles", 1, {"page": PAGE.replace("{title}", " ")}),
        ("pictures", 2, {"body": TEXT + '<img src="a.png" alt=""/><img src="b.png" alt=" "/>'}),
        ("tables", 1, {"body": TEXT + "<table><tr><td>1</td></tr></table>"}),
        ("headings", 1, {"body": "<h1>One</h1><h3>Two</h3>"}),
        ("headings", 1, {"body": "<h1>One</h1><h2> <em/></h2>"}),
        ("links", 1, {"body": TEXT + '<a href="#nowhere">x</a>'}),
        ("links", 1, {"body": TEXT + '<a href="two.xhtml">x</a>'}),
        ("links", 1, {"body": TEXT + '<a href="#p"> </a>'}),
        ("calls", 1, {"body": TEXT + '<a role="doc-noteref" href="#p"></a>'}),
        ("ids", 1, {"body": TEXT + '<p id="p">Again.</p>'}),
        ("contents", 1, {"nav": NAV.replace("one.xhtml", "nav.xhtml")}),
        ("pages", 1, {"body": TEXT + BREAK}),
        ("pages", 1, {"body": TEXT + BREAK.replace('"1"', '" "'), "nav": LISTED}),
        ("style", 2, {"style": "p { color: black } td { padding: 2px } /* color: red */"}),
        ("style", 1, {"style": "p { background-color: white }"}),
        ("motion", 1, {"gif": gif(2)}),
        ("motion", 1, {"svg+xml": b"<svg><circle><animate/></circle></svg>"}),
    ],
)
def test_each_obstacle_is_found(kind: str, count: int, changes: Mapping[str, str]) -> None:
    made = found(**changes)  # type: ignore[arg-type]
    assert made.obstacles == {kind: count}
    assert not made.conforms


def test_what_is_in_order_is_no_obstacle() -> None:
    described = '<img src="a.png" alt="A mill"/><img src="c.png" role="doc-cover" alt="Cover"/>'
    table = "<table><tr><th>Year</th></tr><tr><td>1</td></tr></table>"
    link = '<a href="https://example.org/">x</a><a href="mailto:a@example.org">y</a><a href="#p" aria-label="z">↑</a>'
    made = found(
        TEXT + described + table + link + BREAK, LISTED, "p { margin: 1em; border-color: inherit }", gif=gif(1)
    )
    assert made == Accessibility(pictures=1, headings=1, entries=1, marks=1, roles=True)
    assert {value for _, value in made.claims} >= {"pageBreakMarkers", "pageNavigation", "alternativeText", "visual"}


def test_each_obstacle_takes_its_claim_back() -> None:
    lost = {
        "pictures": "alternativeText",
        "style": "displayTransformability",
        "headings": "structuralNavigation",
        "contents": "tableOfContents",
        "pages": "pageNavigation",
        "motion": "none",
    }
    whole = Accessibility(headings=3, entries=3, marks=3, roles=True)
    for kind, claim in lost.items():
        without = replace(whole, obstacles={kind: 1})
        assert claim in dict(map(reversed, whole.claims))  # type: ignore[arg-type]
        assert claim not in [value for _, value in without.claims]


@pytest.mark.parametrize("language", PHRASES)
def test_every_obstacle_has_a_sentence_in_every_language(language: str) -> None:
    kinds = PHRASES["en"].obstacles
    assert PHRASES[language].obstacles.keys() == kinds.keys()
    said = statement(Accessibility(obstacles=dict.fromkeys(kinds, 2)), language, "none")
    assert len(said.obstacles) == len(kinds)
    assert STANDARD not in said.summary


def illustrated(alt: str) -> Edition:
    blocks = (Paragraph((Text("See"), NoteCall(0), PageMark("3"))), Figure(Image("mill.svg", alt)))
    chapter = Chapter((Text("One"),), blocks, notes=(Note("1", (paragraph("Here."),)),))
    work = edition(Book((Text("The Mill"),), (), (chapter,)), Metadata(title="The Mill"))
    shown, _ = pictures(work.book, {"mill.svg": DRAWING})
    return replace(work, pictures=shown, pages="source")


def test_without_one_description_the_claim_is_gone_everywhere() -> None:
    for alt, holds in (("A mill by a river", True), ("", False)):
        work = illustrated(alt)
        output, files = epub.write(work, {}), entries(work)
        package, page = files["EPUB/content.opf"].decode(), files["EPUB/accessibility.xhtml"].decode()
        assert output.accessibility is not None
        assert output.accessibility.conforms is holds
        assert (STANDARD in package) is (STANDARD in page) is holds
        assert ("conformsTo" in package) is ("certifiedBy" in package) is ("alternativeText" in package) is holds
        assert ("All its pictures are described." in page) is ("All its pictures are described." in package) is holds
        assert ("Pictures without a description: 1." in page) is not holds
        assert re.findall('accessModeSufficient">([^<]*)<', package) == ["textual" if holds else "textual,visual"]


def test_the_page_and_the_metadata_say_the_same() -> None:
    for work in (article(), everything(), illustrated("A mill")):
        files = entries(work)
        page = re.findall("<(?:p|li)>([^<]*)</", files["EPUB/accessibility.xhtml"].decode())
        assert f'accessibilitySummary">{" ".join(page)}<' in files["EPUB/content.opf"].decode()


def test_the_statement_is_in_the_language_of_the_text_where_there_is_one() -> None:
    german = entries(replace(article(), language="de-AT"))["EPUB/accessibility.xhtml"].decode()
    assert '<section id="accessibility" class="credits" data-title="Barrierefreiheit">' in german
    finnish = entries(replace(article(), language="fi"))["EPUB/accessibility.xhtml"].decode()
    assert 'xml:lang="en" lang="en" data-title="Accessibility"' in finnish


def test_a_book_without_language_claims_no_conformance() -> None:
    made = epub.write(replace(article(), language="und"), {}).accessibility
    assert made is not None
    assert "language" in made.obstacles


def test_our_style_sheets_leave_colours_and_sizes_to_the_reader() -> None:
    made = epub.write(article(), {}).accessibility
    assert made == Accessibility(notes=1, headings=made.headings if made else 0, entries=5, roles=True)

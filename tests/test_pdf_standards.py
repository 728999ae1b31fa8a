# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF against the standards that it claims: three validators, and its structure read back element by element."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from hashlib import md5
from itertools import pairwise
from pathlib import Path

import page
import pdfua
import pikepdf
import pikepdf.pdfa
import pytest
from msgspec.structs import replace

from publisher.build import run
from publisher.build.make import Job, Options, make, prepare
from publisher.document import Book, Chapter, Figure, Foreign, Image, Paragraph, Part, Section, Span, Table, Text
from publisher.edition import Attachment, Edition, NotePlace
from publisher.metadata.model import Metadata
from publisher.metadata.settings import BookSettings, ShelfSettings, read as settings
from publisher.readers import Source
from publisher.works import Work, find
from publisher.writers import pdf
from publisher.writers.pdf import streams
from tests.editions import article, edition, everything, paragraph
from tests.structure import Element, opened, read

ROOT = Path(__file__).parents[1]
PLACES: tuple[NotePlace, ...] = ("end", "chapter", "page")
WORKS = {"everything": everything, "article": article}
# pikepdf's check knows PDF/A's schemas for extensions of XMP neither as such nor as allowed (ISO 19005-3, 6.6.2.3).
# Of part 3 it knows level B, which level U contains.
UNKNOWN = re.compile(r"pdfaExtension|pdfaSchema|pdfaProperty|pdfuaid|conformance is 'U'")


@cache
def made(name: str, place: NotePlace = "end") -> bytes:
    return pdf.write(replace(WORKS[name](), notes=place), {}).data


def small(*blocks: Paragraph | Table | Figure, language: str = "en") -> Edition:
    book = Book((Text("Work"),), (), (Chapter((Text("Chapter"),), blocks),))
    return edition(book, Metadata(title="Work"), language=language)


# ---- Validators


@pytest.mark.parametrize("profile", ["ua1", "3u"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", WORKS)
def test_no_rule_of_either_standard_is_broken(name: str, place: NotePlace, profile: str, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(made(name, place))
    report = page.validate_pdf(file, profile=profile)
    assert [str(failure) for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("name", WORKS)
def test_another_reading_of_the_archive_standard_agrees(name: str) -> None:
    with opened(made(name)) as document:
        findings = pikepdf.pdfa.check(document, "3b").findings
    broken = [finding for finding in findings if finding.kind == "violation" and not UNKNOWN.search(finding.message)]
    assert broken == []


@pytest.mark.parametrize("name", WORKS)
def test_another_reading_of_the_accessible_standard_agrees(name: str, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(made(name))
    findings = [finding for outcome in pdfua.validate(str(file)).outcomes for finding in outcome.findings]
    # A table of the source without a head has none in the book, either.
    assert {finding.rule_id for finding in findings} <= ({"UA-15-003"} if name == "everything" else set())


@pytest.mark.slow
@pytest.mark.parametrize("work", find([ROOT / "content"]), ids=lambda work: work.slug)
def test_our_own_texts_keep_the_standards(work: Work, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(make(run.job(work), Options(formats=("pdf",))).outputs[0].data)
    for profile in ("ua1", "3u"):
        assert [str(failure) for failure in page.validate_pdf(file, profile=profile).failures] == []


def test_a_character_without_a_glyph_breaks_no_rule(tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(pdf.write(small(paragraph("Cuneiform: \U00012000.")), {}).data)
    for profile in ("ua1", "3u"):
        assert page.validate_pdf(file, profile=profile).is_compliant


def test_no_stream_ends_with_a_carriage_return(tmp_path: Path) -> None:
    with pikepdf.new() as document:
        # The last byte of a compressed stream is that of a check sum: 1 and the bytes of the data, added up.
        document.add_blank_page().Contents = streams.make(document, bytes([12]))
        document.Root.Font = streams.make(document, b"data")
        document.save(tmp_path / "ends.pdf")
    with pikepdf.open(tmp_path / "ends.pdf") as document:
        stream = document.pages[0].Contents
        assert stream.read_raw_bytes().endswith(b"\r\0")
        assert stream.read_bytes() == bytes([12])
        assert document.check_pdf_syntax() == []
        assert not document.Root.Font.read_raw_bytes().endswith(b"\0")


def test_packed_objects_are_changed_until_they_end_rightly() -> None:
    with pikepdf.new() as document:
        root = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Document, P=document.Root))
        document.Root.Marks = pikepdf.Array(
            [document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, P=root, T=f"{n}")) for n in range(60_000)]
        )
        data = streams.save(document)
    assert b"\r\nendstream" not in data
    with opened(data) as document:
        changed = [mark for mark in document.Root.Marks if "/Type" in mark]
        assert changed, "of 600 packs some would have ended wrongly"
        assert [str(mark.T) for mark in document.Root.Marks] == [f"{n}" for n in range(60_000)]


# ---- Structure


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", WORKS)
def test_all_that_is_painted_is_read_or_an_artifact(name: str, place: NotePlace) -> None:
    with opened(made(name, place)) as document:
        parents = _parents(document)
        for each in document.pages:
            marked: list[pikepdf.Dictionary] = []
            for operands, operator in pikepdf.parse_content_stream(each):  # type: ignore[misc]
                match str(operator):
                    case "BDC" | "BMC":
                        marked.append(operands[1] if len(operands) > 1 else pikepdf.Dictionary())
                    case "EMC":
                        marked.pop()
                    case "Tj" | "TJ" | "Do" | "f" | "S":
                        assert marked, "painted, but neither read nor an artifact"
                        number = marked[-1].get("/MCID")
                        assert number is None or "/S" in parents[int(each.StructParents)][int(number)]


def _parents(document: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))


@pytest.mark.parametrize("name", WORKS)
def test_words_are_read_in_the_order_of_the_book(name: str) -> None:
    words = re.sub(r"\W", "", read(made(name)).words)
    orders = {
        "everything": ("AAuthor", "Contents", "Alecture", "Knowthyself", "Itiscalledhere", "Anotewithtwo"),
        "article": ("VILenin", "Comrades", "success", "NLenin", "Theconferencewas", "Areply", "Thetranscription"),
    }
    places = [words.find(some) for some in orders[name]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", WORKS)
def test_levels_of_headings_have_no_gaps(name: str, place: NotePlace) -> None:
    headings = read(made(name, place)).all(*(f"H{level}" for level in range(1, 7)))
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_headings_have_no_gaps_where_parts_and_chapters_lack_titles() -> None:
    sections = (Section((), (), (Section((Text("Deep"),), (paragraph("x"),)),)),)
    book = Book((Text("Work"),), (), (Part((), (Part((), (Chapter((), (), sections),)),)),))
    headings = read(pdf.write(edition(book, Metadata(title="Work")), {}).data).all("H1", "H2", "H3", "H4")
    assert [(heading.tag, heading.words) for heading in headings][:2] == [("H1", "Work"), ("H2", "Deep")]


def test_a_paragraph_on_two_pages_is_one() -> None:
    blocks = [paragraph(f"Begin {number} " + "and so it goes on " * 60 + f"end {number}") for number in range(12)]
    found = [element.words for element in read(pdf.write(small(*blocks), {}).data).all("P")]
    mine = [words for words in found if words.startswith("Begin")]
    assert len(mine) == 12
    assert all(words.rstrip().endswith(f"end {number}") for number, words in enumerate(mine))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", WORKS)
def test_links_say_where_they_lead(name: str, place: NotePlace) -> None:
    with opened(made(name, place)) as document:
        parents = _parents(document)
        links = [link for each in document.pages for link in each.get("/Annots", ())]
        assert links
        for link in links:
            assert not re.match(r"call_|note_|foot_|publisher:", str(link.Contents))
            element = parents[int(link.StructParent)]
            assert pikepdf.Name.Link == element.S
            assert any("/Obj" in kid and kid.Obj == link for kid in element.K if isinstance(kid, pikepdf.Dictionary))
    tree = read(made(name, place))
    assert not any(list(link.all("Link")) for link in tree.all("Link"))


@pytest.mark.parametrize("place", PLACES)
def test_notes_are_named_and_linked_both_ways(place: NotePlace) -> None:
    with opened(made("everything", place)) as document:
        tree = read(made("everything", place))
        names = list(document.Root.StructTreeRoot.IDTree.Names)
        by_name = {str(name): element for name, element in zip(names[::2], names[1::2], strict=True)}
        notes = {str(note.entry.ID): note for note in tree.all("Note")}
        assert notes.keys() == by_name.keys()
        assert all(by_name[name] == note.entry for name, note in notes.items())
        assert list(by_name) == sorted(by_name)
        calls = {_leads_to(link) for call in tree.all("Reference") for link in call.all("Link")}
        for name, note in notes.items():
            if "Nobody" not in note.words:
                assert name in calls
                assert any(_leads_to(link) == name.replace("note", "call", 1) for link in note.all("Link"))


def _leads_to(link: Element) -> str:
    found = next(kid.Obj for kid in link.entry.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid)
    return str(found.get("/Dest", ""))


def test_a_note_at_the_foot_is_read_behind_the_block_that_calls_it() -> None:
    words = re.sub(r"\W", "", read(made("everything", "page")).words)
    # The second note is called by the first, but by the verse, too.
    orders = ("ADisastrousDogma1", "1Anotewithtwo", "Itcallsthenext", "Alecture", "curiousvolume", "Anoteinverse")
    places = [words.index(some) for some in (*orders, "Asection", "4216000", "Inmetric", "Firstline")]
    assert places == sorted(places)


def test_lists_tables_pictures_and_languages() -> None:
    tree = read(made("everything"))
    for items in tree.all("L"):
        assert {kid.tag for kid in items.kids if isinstance(kid, Element)} == {"LI"}
    for item in tree.all("LI"):
        assert {kid.tag for kid in item.kids if isinstance(kid, Element)} <= {"Lbl", "LBody"}
    nested = next(inner for items in tree.all("LBody") for inner in items.all("L"))
    assert "Deeper" in nested.words
    heads = [str(head.entry.A.Scope) for head in tree.all("TH")]
    assert heads == ["/Column", "/Column"]
    assert all(len(row.kids) == 2 for row in tree.all("TR"))
    assert {str(span.entry.Lang): span.words for span in tree.all("Span") if "/Lang" in span.entry} == {
        "de": "Zeitgeista"
    }
    assert [str(div.entry.Lang) for div in tree.all("Div") if "/Lang" in div.entry] == ["ar"]
    contents = next(tree.all("TOC"))
    assert {kid.tag for kid in contents.kids if isinstance(kid, Element)} == {"TOCI"}
    assert all(leader.entry.ActualText == " " for leader in contents.all("Span"))


def test_pictures_say_what_they_show_and_where_they_are() -> None:
    figures = list(read(made("everything")).all("Figure"))
    assert [str(figure.entry.Alt) for figure in figures] == ["A circle", "A circle & more"]
    for figure in figures:
        left, bottom, right, top = map(float, figure.entry.A.BBox)
        _, _, width, height = map(float, figure.entry.Pg.MediaBox)
        assert 0 < left < right < width
        assert 0 < bottom < top < height
        assert right - left == pytest.approx(top - bottom, abs=0.1), "the drawing is as wide as it is high"


def test_a_picture_that_nobody_described_has_its_caption_as_description() -> None:
    figure = Figure(Image("drawing.svg", ""), (paragraph("A mill."),))
    work = replace(small(figure), pictures=everything().pictures)
    (found,) = read(pdf.write(work, {}).data).all("Figure")
    assert found.entry.Alt == "A mill."


# ---- What is copied and what is said of the work


def test_ligatures_and_small_capitals_are_copied_as_letters(tmp_path: Path) -> None:
    words = "Office affliction fjord Thought offset"
    run = Span("small-caps", (Text("Affluent Office"),))
    data = pdf.write(small(paragraph(words), Paragraph((run, Foreign("de", (Text(" Auflage"),))))), {}).data
    read_aloud = " ".join(read(data).words.split())
    assert words in read_aloud
    assert "Affluent Office Auflage" in read_aloud
    if not shutil.which("pdftotext"):
        pytest.skip("Poppler is not there")
    file = tmp_path / "book.pdf"
    file.write_bytes(data)
    copied = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert words in copied
    assert "Affluent Office Auflage" in copied


def test_rights_are_the_same_in_the_file_and_on_the_page_of_credits() -> None:
    work = article()
    with opened(made("article")) as document:
        packet = document.Root.Metadata.read_bytes().decode()
        printed = re.sub(r"\s", "", read(made("article")).words)
    rights = re.search(r'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li>', packet)
    link = re.search(r"<xmpRights:WebStatement>(.*?)</xmpRights:WebStatement>", packet)
    assert rights is not None
    assert link is not None
    assert (rights[1], link[1]) == (work.licence.statement, work.licence.url)
    assert re.sub(r"\s", "", rights[1]) in printed
    assert link[1] in printed


# ---- What the edition was made from

TEXT = b"Ada Weaver\nThe Mill\n\nWritten: 1907\n\nThe mill was the only room that was large enough.\n"


def job(given: bytes = b'publisher = "Press"', text: bytes = TEXT, folder: str = "") -> Job:
    file = f"{folder}mill.txt"
    return Job(
        slug="mill",
        file=file,
        sources=(Source(file, text),),
        settings=settings(given, f"{folder}mill.toml", BookSettings),
    )


def test_transcription_and_settings_are_attached_once_each() -> None:
    (output, _) = make(job(), Options(formats=("pdf",))).outputs
    with opened(output.data) as document:
        names = list(document.Root.Names.EmbeddedFiles.Names)
        assert list(map(str, names[::2])) == ["mill.toml", "mill.txt"]
        assert list(document.Root.AF) == names[1::2]
        for file, data in zip(document.Root.AF, (b'publisher = "Press"', TEXT), strict=True):
            assert file.AFRelationship == pikepdf.Name.Source
            assert file.EF.F.read_bytes() == data
            assert file.EF.F.Params.Size == len(data)
            assert bytes(file.EF.F.Params.CheckSum) == md5(data, usedforsecurity=False).digest()
            assert str(file.EF.F.Params.ModDate) == str(document.docinfo["/ModDate"])
        assert [str(file.EF.F.Subtype) for file in document.Root.AF] == ["/application/toml", "/text/plain"]


def test_a_file_with_attachments_keeps_the_standards(tmp_path: Path) -> None:
    file = tmp_path / "mill.pdf"
    file.write_bytes(make(job(), Options(formats=("pdf",))).outputs[0].data)
    for profile in ("ua1", "3u"):
        assert page.validate_pdf(file, profile=profile).is_compliant


def test_attachments_do_not_depend_on_the_folder() -> None:
    here, there = (prepare(job(folder=folder), Options()).edition.attachments for folder in ("", "/some/where/"))
    assert here == there


def test_files_of_a_folder_keep_their_paths_below_it() -> None:
    files = tuple(Source(f"works/mill/{name}", TEXT) for name in ("a/1.txt", "b/1.txt"))
    attached = prepare(Job(slug="mill", file="works/mill", sources=files), Options()).edition.attachments
    assert attached == (Attachment("a/1.txt", TEXT), Attachment("b/1.txt", TEXT))


@pytest.mark.parametrize(
    ("own", "shelf", "count"),
    [("", None, 1), ("attachments = false", None, 0), ("", False, 0), ("attachments = true", False, 2)],
)
def test_settings_may_leave_attachments_out(own: str, shelf: bool | None, count: int) -> None:  # noqa: FBT001
    work = replace(job(own.encode()), defaults=ShelfSettings(attachments=shelf))
    assert len(prepare(work, Options()).edition.attachments) == count
    (output, _) = make(work, Options(formats=("pdf",))).outputs
    with opened(output.data) as document:
        assert len(document.Root.get("/AF", ())) == count


def test_what_bears_project_gutenbergs_name_is_not_attached() -> None:
    work = job(b"", TEXT + b"\nThis eBook is from Project  Gutenberg.\n")
    assert prepare(work, Options()).edition.attachments == ()

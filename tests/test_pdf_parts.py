# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF made of parts is the PDF made in one piece; what is kept of parts, and what kills them, changes no byte."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from publisher.build import layouts
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew, here, processes
from publisher.build.make import Options, prepare
from publisher.build.run import job
from publisher.build.store import Store
from publisher.build.toolchain import Toolchain
from publisher.document import Book, Chapter, Note, NoteCall, Paragraph, Part, Text
from publisher.edition import Edition
from publisher.errors import PublisherError
from publisher.metadata.model import Metadata
from publisher.names import names
from publisher.papers import PAPERS
from publisher.themes import THEMES
from publisher.works import find
from publisher.writers import pdf
from publisher.writers.matter import Matter, SetPage, Setting
from publisher.writers.pdf import layout
from publisher.writers.pdf.leaves import Leaf
from publisher.writers.pdf.numbering import folios, places
from tests.corpus import ROOT as CORPUS
from tests.editions import article, edition, everything, paragraph
from tests.one_piece import differences, folios_of, one_piece

PROJECT = Path(__file__).parents[1]
WORDS = "local functionaries are being vested with broader powers and should show more initiative than before".split()
# A file with everything may be larger than one made in one piece by this much.
LARGER = 1.05
# The bytes that head and folio of a page take, which are not compressed together with its text.
HEADS = 300


def words(seed: int, number: int) -> str:
    """So many words, the same for each seed, that compress like a text."""
    chance = random.Random(seed)  # noqa: S311 (the same text each time)
    return " ".join(chance.choice(WORDS) + chance.choice(("", "s", "ed", ",", ".", "ing")) for _ in range(number))


def chapter(number: int, *, pages: int, notes: int = 0) -> Chapter:
    texts = [Text(words(100 * number + index, 110)) for index in range(3 * pages)]
    called = tuple(Paragraph((text, NoteCall(index))) for index, text in enumerate(texts[:notes]))
    return Chapter(
        (Text(f"The Chapter of Chapter {number}"),),
        (*called, *(Paragraph((text,)) for text in texts[notes:])),
        notes=tuple(Note(str(index + 1), (paragraph(words(number + index, 30)),)) for index in range(notes)),
    )


def novel(language: str = "en") -> Edition:
    """Parts on pages with blank backs, chapters of several pages, notes, credits."""
    parts = tuple(
        Part((Text(f"Part {n}"),), tuple(chapter(10 * n + m, pages=1 + m, notes=m) for m in range(3))) for n in (1, 2)
    )
    return edition(
        Book((Text("A Novel"),), (), (*parts, chapter(99, pages=20))), Metadata(title="A Novel"), language=language
    )


def short_chapters() -> Edition:
    """A pamphlet whose chapters run on below part titles."""
    parts = tuple(
        Part((Text(f"Part {n}"),), tuple(Chapter((Text(f"{m}"),), (paragraph(words(n + m, 60)),)) for m in range(4)))
        for n in range(3)
    )
    return edition(Book((Text("Short"),), (), parts), Metadata(title="Short"))


def tale(language: str = "en") -> Edition:
    """A preface, then chapters of some pages."""
    preface = replace(chapter(1, pages=2), kind="preface")
    book = Book((Text("A Tale"),), (), (preface, *(chapter(n, pages=5, notes=2) for n in range(2, 5))))
    return edition(book, Metadata(title="A Tale"), language=language)


MADE: dict[str, Callable[[], Edition]] = {
    "everything": everything,
    "article": article,
    "tale": tale,
    "rtl": lambda: tale("ar"),
    "short": short_chapters,
}
EDITIONS: dict[str, Callable[[], Edition]] = {
    "novel": novel,
    **{
        f"{theme} {name}": lambda theme=theme, name=name: replace(MADE[name](), theme=theme)  # type: ignore[misc]
        for theme in THEMES
        for name in MADE
    },
    **{paper: lambda paper=paper: replace(everything(), paper=paper) for paper in PAPERS},  # type: ignore[misc]
}


def real(path: Path) -> Edition:
    (work,) = find([path])
    return prepare(job(work), Options()).edition


# The quick tests have one book in each theme.
QUICK = ("book everything", "pamphlet article", "large-print article")


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts whose pages end early, or nearly empty, are laid out again, with other lines: one piece has no parts."""
    monkeypatch.setattr(layout, "TRIALS", 0)


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in EDITIONS]
)
def test_every_letter_stands_where_it_stands_in_one_piece(name: str) -> None:
    made = EDITIONS[name]()
    whole, merged = one_piece(made), pdf.write(made, {})
    assert differences(whole, merged.data) == []
    assert merged.pages == len(pypdfium2.PdfDocument(whole))
    assert len(merged.data) < len(whole) * LARGER + 5000 + HEADS * merged.pages, "the description takes 4 kB"


@pytest.mark.slow
@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("name", ["petrograd.txt", "handbook"])
def test_content_stands_where_it_stands_in_one_piece(name: str) -> None:
    made = real(PROJECT / "content" / name)
    assert differences(one_piece(made, folios_of(made)), pdf.write(made, {}).data) == []


SAMPLE = (
    "gutenberg-txt/844_The-Importance-of-Being-Earnest-A-Trivia__844.txt",
    "gutenberg-txt/22367_Die-Verwandlung__22367-8.txt",
    "gutenberg-txt/18269_Pascal-s-Pens-es__18269-0.txt",
    "gutenberg-txt/31193_Manifesto-of-the-Communist-Party__31193-8.txt",
    "gutenberg-txt/30142_Little-Brother__30142-8.txt",
)


@pytest.mark.slow
@pytest.mark.skipif(CORPUS is None, reason="PUBLISHER_CORPUS names no folder of texts")
@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("name", SAMPLE)
def test_real_texts_stand_where_they_stand_in_one_piece(name: str) -> None:
    assert CORPUS
    made = real(Path(CORPUS, name))
    whole, merged = one_piece(made, folios_of(made)), pdf.write(made, {}).data
    assert differences(whole, merged) == []
    assert len(merged) < len(whole) * LARGER


# ---- Numbers


def _part(opening: str) -> list[Leaf]:
    return [Leaf("x", "chapter", opening, "en", "", "")]  # type: ignore[arg-type]


def test_a_blank_page_stands_before_a_recto_that_would_be_a_verso() -> None:
    where = places([_part("page"), _part("recto"), _part("recto"), _part("page")], [1, 2, 3, 1])
    assert [(place.first, place.blank) for place in where] == [(1, False), (3, True), (5, False), (8, False)]


def test_a_name_that_stands_twice_is_on_its_first_page() -> None:
    setting = Setting(
        b"", (SetPage("", 0.0), SetPage("", 0.0, anchors={"a": (0, 0)}), SetPage("", 0.0, anchors={"a": (1, 1)})), ()
    )
    assert folios([setting], places([_part("page")], [3])) == {"a": "2"}


# ---- What is kept


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Artifacts:
    monkeypatch.setattr(Toolchain, "holds", lambda _: True)
    return Artifacts(Store(tmp_path / "store"), Toolchain("a digest", ()))


class Counting:
    """Lays out, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, matter: Sequence[Matter]) -> Sequence[Setting]:
        self.names += [one.name for one in matter]
        return pdf.here(matter)


@pytest.mark.slow
def test_a_changed_word_has_only_its_own_part_laid_out_again(kept: Artifacts) -> None:
    book = novel()
    first, again, changed = Counting(), Counting(), Counting()
    data = pdf.write(book, {}, layouts.remembered(first, kept)).data
    assert pdf.write(book, {}, layouts.remembered(again, kept)).data == data
    last = replace(chapter(99, pages=20), title=book.book.chapters[-1].title)
    other = replace(last, blocks=(paragraph("Another word."), *last.blocks[1:]))
    edited = replace(book, book=replace(book.book, contents=(*book.book.contents[:-1], other)))
    new = pdf.write(edited, {}, layouts.remembered(changed, kept)).data
    assert len(first.names) > 20
    assert (again.names, changed.names) == ([], [names(edited.book).pages[-1]])
    assert new == pdf.write(edited, {}).data != data


def test_a_damaged_store_costs_only_time(kept: Artifacts) -> None:
    book = article()
    data = pdf.write(book, {}, layouts.remembered(pdf.here, kept)).data
    for number, entry in enumerate(sorted(path for path in kept.store.folder.rglob("*") if path.is_file())):
        damaged = bytearray(entry.read_bytes())
        damaged[(number * 97) % len(damaged)] ^= 0x55
        entry.write_bytes(damaged[: None if number % 2 else -9])
    again = Counting()
    assert pdf.write(book, {}, layouts.remembered(again, kept)).data == data
    assert again.names


def test_what_is_no_setting_is_laid_out_again(kept: Artifacts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "get", lambda *_: b"\x93not a setting")
    assert pdf.write(article(), {}, layouts.remembered(pdf.here, kept)).data == pdf.write(article(), {}).data


# ---- Who lays out


def test_bytes_do_not_depend_on_who_lays_out() -> None:
    with Crew(processes, 3) as crew:
        assert pdf.write(everything(), {}, layouts.shared(crew, "x.txt")).data == pdf.write(everything(), {}).data


def deadly(matter: Matter) -> Setting:
    if matter.name == "title":
        os.kill(os.getpid(), signal.SIGKILL)
    return layout.lay(matter)


def test_a_process_that_dies_is_reported_with_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "lay", deadly)
    with Crew(processes, 2) as crew:
        with pytest.raises(PublisherError) as raised:
            pdf.write(everything(), {}, layouts.shared(crew, "x.txt"))
        assert [(p.code, str(p.location)) for p in raised.value.problems] == [("X002", "x.txt")]
        assert "the process that laid out title died" in raised.value.problems[0].message
        assert layouts.shared(crew, "y.txt")([]) == [], "the crew goes on"


def refuse(_: Matter) -> Setting:
    raise ValueError("a fault of the layout")


@pytest.mark.parametrize("pool", [here, processes])
def test_an_error_of_the_layout_comes_through(pool: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "lay", refuse)
    with Crew(pool, 1) as crew, pytest.raises(ValueError, match="a fault of the layout"):  # type: ignore[arg-type]
        pdf.write(article(), {}, layouts.shared(crew, "x.txt"))

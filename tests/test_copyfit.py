# SPDX-License-Identifier: AGPL-3.0-or-later
"""`--fit`: a book takes a sheet less where its lines can be set nearer to one another, and nothing is lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from publisher.build.make import Job, Options, make
from publisher.document import Book, Chapter, Text
from publisher.edition import Edition, Output
from publisher.metadata.model import Metadata
from publisher.papers import PAPERS
from publisher.readers import Source
from publisher.themes import THEMES, Limits, design, leadings
from publisher.writers import booklet, copyfit, pdf
from tests.editions import edition, paragraph

SENTENCE = "Whoever weaves shall not freeze, for the loom is old and the thread is thin, and no one lights the fire. "


def story(paragraphs: int, lines: int = 0) -> Edition:
    """A short text in one piece: paragraphs of eight lines, and some of one."""
    blocks = tuple(paragraph(text) for text in (*[SENTENCE * 5] * paragraphs, *["No one weaves."] * lines))
    chapter = Chapter((Text("A Story"),), blocks)
    return edition(Book((Text("A Story"),), (), (chapter,)), Metadata(title="A Story"))


def too_long() -> Edition:
    """A story of nine pages, of which one can be saved."""
    return replace(story(26), paper="letter")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAPERS)
def test_each_leading_gives_a_page_one_more_line_and_none_is_too_tight(name: str, theme: str) -> None:
    page = design(theme, name)
    found = leadings(page)
    assert [design(theme, name, leading).lines for leading in found] == [
        page.lines + number for number in range(1, len(found) + 1)
    ]
    assert all(page.theme.limits.least * page.size <= leading < page.leading for leading in found)


def test_a_theme_that_allows_nothing_is_left_alone() -> None:
    page = design("book", "A5")
    strict = replace(page.theme, limits=Limits(page.leading / page.size, 2))
    assert leadings(replace(page, theme=strict)) == ()


def test_a_sheet_is_saved() -> None:
    before = too_long()
    after = copyfit.fit(before, pdf.here)
    assert after.leading in leadings(design("book", "letter"))
    long, short = pdf.write(before, {}), pdf.write(after, {})
    assert long.pages is not None
    assert short.pages is not None
    assert -(-short.pages // 4) == -(-long.pages // 4) - 1
    sheets: list[Output] = [booklet.write(one, made)[0] for one, made in ((before, long), (after, short))]
    assert any("may give" in line for line in sheets[0].advice)
    assert sheets[1].advice[-1] == f"Lines are {after.leading:g} pt apart, not 17 pt, which saves a sheet in each copy."


def test_what_was_tried_in_vain_is_not_promised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copyfit, "leadings", lambda _: (16.9,))
    tried = copyfit.fit(too_long(), pdf.here)
    assert tried.leading is None
    (first, *_) = booklet.write(tried, pdf.write(tried, {}))
    assert first.advice[-1] == (
        "9 pages = 3 sheets, 3 blanks; 1 page less gives 8 = 2 sheets: 40 sheets saved in 40 copies;"
        " lines nearer to one another were tried, and do not reach it"
    )


def test_what_fills_its_sheets_stays_as_it_is() -> None:
    full = story(20)
    assert pdf.length(full, pdf.here) == 8
    assert copyfit.fit(full, pdf.here).leading is None


@pytest.mark.parametrize("asked", ["option", "settings"])
def test_a_build_fits_when_it_is_asked_to(asked: str) -> None:
    text = "A Story\n\n" + "\n\n".join(SENTENCE * 5 for _ in range(28))
    job = Job(slug="story", file="story.txt", sources=(Source("story.txt", text.encode()),))
    plain = make(job, Options(formats=("pdf",), paper="letter"))
    if asked == "settings":
        values = replace(job.settings.values, booklet=replace(job.settings.values.booklet, fit=True))
        job = replace(job, settings=replace(job.settings, values=values))
    fitted = make(job, Options(formats=("pdf",), paper="letter", fit=asked == "option"))
    assert plain.proof == fitted.proof
    assert not [problem for problem in fitted.problems if problem.code.startswith("F")]
    assert [built.outputs[0].pages for built in (plain, fitted)] == [9, 8]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Typography: cases in files, and what holds of any text: every change is listed and can be taken back."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, strategies as st
from msgspec.structs import replace

from publisher.document import (
    Book,
    Chapter,
    Code,
    Emphasis,
    Foreign,
    LineBreak,
    NoteCall,
    PageMark,
    Paragraph,
    Table,
    Text,
    Verse,
    VerseLine,
    calls,
)
from publisher.metadata.settings import BookSettings, Settings
from publisher.tree import runs
from tests.restoration import characters, restored
from tests.typographic_cases import Case, book, cases, shown, transform, transformed


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.language}: {case.given[0][:40]}")
def test_case(case: Case) -> None:
    result = transformed(case.given, case.language, case.rules)
    assert shown(result.text) == case.printed
    doubts = [problem.message.partition(' in "')[2][:-1] for problem in result.problems if problem.code == "Y001"]
    assert doubts == list(case.doubts)


MARKS = list("\"'-.,;:!? 1234567890 ()[]—–…“”‘’„«»/\u00a0\u202f")
WORDS = ["weaver", "Loom", *"sVIp", "kg", "http://", "@", "tis", "non", "Mr", "--", " - ", "...", ". . .", "``"]
INLINES = st.recursive(
    st.one_of(
        st.lists(st.sampled_from(MARKS + WORDS), max_size=12).map("".join).map(Text),
        st.integers(0, 8).map(NoteCall),
        st.sampled_from(["a -- b", '"']).map(Code),
        st.just(LineBreak()),
        st.just(PageMark("3")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda several: Emphasis(tuple(several))),
        st.lists(inner, max_size=3).map(lambda several: Foreign("tlh", tuple(several))),
    ),
    max_leaves=8,
)
RUNS = st.lists(INLINES, max_size=6).map(tuple)
BLOCKS = st.one_of(
    RUNS.map(Paragraph),
    st.lists(RUNS, max_size=3).map(lambda lines: Verse((tuple(map(VerseLine, lines)),))),
    st.lists(RUNS, max_size=3).map(lambda cells: Table((tuple(cells),))),
)
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "it", "ru", "fr-CA"])


@st.composite
def books(draw: st.DrawFn) -> Book:
    (chapter,) = book(()).contents
    assert isinstance(chapter, Chapter)
    return replace(book(()), contents=(replace(chapter, blocks=tuple(draw(st.lists(BLOCKS, max_size=4)))),))


@given(books(), LANGUAGES)
def test_every_change_can_be_taken_back(text: Book, language: str) -> None:
    result = transform(text, language, Settings(BookSettings()))
    assert restored(result.text, result.changes) == characters(text)


@given(books(), LANGUAGES)
@example(replace(book(()), contents=(Chapter((), (Paragraph((Text('" - "'),)),)),)), "en")
@example(replace(book(()), contents=(Chapter((), (Paragraph((Text('" - ...'),)),)),)), "en")
def test_what_is_regular_stays_as_it_is(text: Book, language: str) -> None:
    once = transform(text, language, Settings(BookSettings())).text
    again = transform(once, language, Settings(BookSettings()))
    assert characters(again.text) == characters(once)


@given(books(), LANGUAGES)
def test_no_letter_no_figure_and_no_note_call_is_lost(text: Book, language: str) -> None:
    result = transform(text, language, Settings(BookSettings())).text
    assert letters(result) == letters(text)
    assert [calls(run.inlines) for run in runs(result)] == [calls(run.inlines) for run in runs(text)]


def letters(text: Book) -> list[str]:
    return [re.sub(r"[\W_]", "", one) for one in characters(text)]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""AMuseWiki's texts: each file of cases/muse holds a text, what is read from it, and the problems."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from publisher.document import Text
from publisher.errors import SourceError
from publisher.readers import READERS, Read, Source
from tests.case_files import CASES, SEPARATOR, described, expected
from tests.proof import lost

FILES = sorted((CASES / "muse").glob("*.test"))


LINES = [
    "", "", "* Part", "** The *Gate* [1]", "*** {1}",
    "Text with *emphasis*, **strong** =code= and a call.[1] Also {1} and [9].", "<quote>", "</quote>", "<verse>",
    "</verse>", "<center>", "</center>", "<example>", "</example>", "<comment>", "</comment>", "{{{", "}}}",
    " - item", "   goes on", "   - inner", " 1. one", " a. letter", " term :: words", "> verse", ">   set in", ">",
    "a | b", "a || b", "|+ words +|", "[1] A note.", "    Its next paragraph.",
    "[2] Another [[https://valley.example][link]].", "{1} Secondary.", "; a remark", "----", "  * * *",
    "[[lamp.png][A lamp]] [[mill.png]]", "[[#anchor]] ~~ <em>x</em> <b>", "</em> <zz>", "  quoted",
    "        centred", "#title The Mill", "#author Ann Bell", "#source A<sup>b</sup>", "<verbatim>*a*</verbatim>",
    "*a **b* c**", "\xa0", "\ta",
]  # fmt: skip
anything = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
quick = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def read(*sources: Source) -> Read:
    return READERS["muse"](sources, pictures=["mill.png"])


def source(case: Path) -> Source:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    return Source(f"{case.stem}.muse", f"{text}\n".encode())


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = described(read(source(case)), text.rstrip("\n"))
    assert found == expected(case, found)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_no_word_is_lost(case: Path) -> None:
    texts = [source(case)]
    assert lost(read(*texts), texts, "muse") == []


@quick
@given(st.lists(st.sampled_from(LINES) | anything, max_size=30).map("\n".join))
def test_no_word_of_any_text_is_lost(text: str) -> None:
    texts = [Source("x.muse", text.encode())]
    with suppress(SourceError):
        assert lost(read(*texts), texts, "muse") == []


def test_several_texts_are_chapters() -> None:
    texts = [Source(f"{name}.muse", f"#title {name}\n#lang en\n\nText.[1]\n\n[1] Note.\n".encode()) for name in "ab"]
    found = read(*texts)
    assert [chapter.title for chapter in found.book.chapters] == [(Text("a"),), (Text("b"),)]
    assert [len(chapter.notes) for chapter in found.book.chapters] == [1, 1]
    assert lost(found, texts, "muse") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("<quote>\n" * 1_000, "R005"), ("<em>" * 1_000, "R005"), ("#title The Mill\n", "S009"), ("a\0", "S004")],
)
def test_what_cannot_be_read_is_refused(text: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(Source("x.muse", text.encode()))
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 10_000,
        "[[" * 10_000,
        "[1]" * 10_000,
        "{{{\n" * 10_000,
        "<comment>\n" * 5_000,
        "| " * 10_000 + "a",
        " a" + " " * 500_000 + "::b",
        "<verse>\n" * 10_000 + "a",
        "".join(f"{' ' * (depth + 1)}- a\n" for depth in range(25)),
        "word " * 200_000,
        "".join(f"a[{n}]\n" for n in range(3_000)) + "\n" + "".join(f"[{n}] b\n\n" for n in range(3_000)),
    ],
    ids=lambda text: f"{text[:12]}...{text[-6:]}",
)
def test_no_text_takes_long_or_loses_words(text: str) -> None:
    texts = [Source("x.muse", f"x\n\n{text}".encode())]
    assert lost(read(*texts), texts, "muse") == []

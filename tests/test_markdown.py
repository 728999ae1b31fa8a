# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown: files of cases/markdown hold a text each, folders of cases/markdown_folders a book of several."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from publisher.document import Paragraph, Text
from publisher.errors import SourceError
from publisher.ledger import Fate
from publisher.readers import READERS, Read, Source
from tests.case_files import CASES, SEPARATOR, described, expected
from tests.proof import lost

FILES = sorted((CASES / "markdown").glob("*.test"))
FOLDERS = sorted(folder for folder in (CASES / "markdown_folders").iterdir() if folder.is_dir())
PICTURES = ("lamp.png", "pictures/mill.png", "figures/fig0101-tn.png", "etc/passwd")


LINES = [
    "", "", "# The Mill", "## The *Gate* {#gate}", "Title", "=====", "-----", "* * *",
    "The gate was *shut*, the **lamp** dark.[^1]", "> quoted", "> > deeper", "- item", "  - inner", "1. one",
    "7) seven", "    code", "```rust", "```", "~~~", "| a | b |", "|---|---|", "| *1* | `2 \\| 3` |", "| verse",
    "|   set in", "[^1]: A note.", "    Its next line.", "[^2]:", "^[in place] and [^2] and [^3]", "Term",
    ": its meaning", "<div>", "</div>", "<b>bold", "</b> <i>x</i>", "<!-- a remark -->", "<!--", "<script>",
    "</script>", "[words](a.md) [more](https://valley.example 'title')",
    "[by name][valley] ![lamp](lamp.png) ![](gone.png)", "[valley]: https://valley.example", "two spaces  ",
    "a backslash\\", "\\* &amp; &eacute; &#8212; `a  b` ``c ` d``", "::: note words", ":::", "{: .class}", "$$",
    "a $x_1$ b", "[[1]](#n1){#f1}", "[1.](#f1){#n1} Body", "+-----+", "| framed |", "Insert fig0101.png",
    "Written: 3 May, 1907\\", "Ann Bell", "---", "title: The Mill", "+++", "% The Mill",
    "[Next](b.md) | [Top](#top)", "- [Gate](#gate)", "<p>a<br>b", "<table><tr><td>x<td>y", "{{#include y.md}}",
    "H~2~O x^2^ ~~gone~~ _a_b_ __c__", "\xa0", "\t tab", "<q>said</q> <branch>", "[a]{.smallcaps} [b]{lang=de}",
]  # fmt: skip
anything = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
some_texts = st.lists(st.sampled_from(LINES) | anything, max_size=30).map("\n".join)
quick = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def read(*sources: Source, ordered: bool = False) -> Read:
    return READERS["markdown"](sources, ordered=ordered, pictures=PICTURES)


def source(case: Path) -> Source:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    return Source(f"{case.stem}.md", f"{text}\n".encode())


def sources(folder: Path) -> list[Source]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "expected")
    return [Source(file.relative_to(folder).as_posix(), file.read_bytes()) for file in files]


def of(text: str) -> Read:
    return read(Source("x.md", text.encode()))


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    found = described(read(source(case)), text.rstrip("\n"))
    assert found == expected(case, found)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_folder(folder: Path) -> None:
    found = described(read(*sources(folder)))
    assert found == expected(folder / "expected", found)


@pytest.mark.parametrize(
    "texts", [*([source(case)] for case in FILES), *map(sources, FOLDERS)], ids=lambda texts: texts[0].file
)
def test_no_word_is_lost(texts: Sequence[Source]) -> None:
    assert lost(read(*texts), texts, "markdown") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("> " * 10_000 + "a", "R005"),
        ("".join(f"{'  ' * depth}- a\n" for depth in range(1_000)), "R005"),
        ("*a **b " * 5_000 + "b** a* " * 5_000, "R005"),
        ("<div>" * 10_000, "R005"),
        ("a\0b", "S004"),
        ("---\ntitle: The Mill\n---\n", "S009"),
        (" \n", "S002"),
        ("[Next](b.md)\n", "S009"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        of(text)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 10_000 + "a" + "]" * 10_000,
        "*a " * 10_000,
        "a " + "`" * 5_000 + "a",
        "![a](" * 10_000,
        "x [a](b) " * 3_000,
        "^[a " * 5_000,
        "{#a " * 10_000,
        "<a " * 10_000,
        "<!-- " * 10_000,
        "</b>" * 10_000 + "a",
        "word " * 200_000,
        "a" + " " * 500_000 + "b",
        "::: a b" + " " * 200_000 + "c",
        "#a" + " " * 500_000 + "b #\n\nText",
        "# a\n" * 5_000,
        "---\na: " + "[" * 10_000 + "\n---\ntext",
        "".join(f"a[^{n}]\n" for n in range(3_000)) + "\n" + "".join(f"[^{n}]: b\n\n" for n in range(3_000)),
        "a[^0]\n\n" + "".join(f"[^{n}]: b[^{n + 1}]\n\n" for n in range(3_000)),
    ],
    ids=lambda text: f"{text[:12]}...{text[-6:]}",
)
def test_no_text_takes_long_or_loses_words(text: str) -> None:
    texts = [Source("x.md", text.encode())]
    assert lost(read(*texts), texts, "markdown") == []


@quick
@given(some_texts)
def test_no_word_of_any_text_is_lost(text: str) -> None:
    texts = [Source("x.md", text.encode())]
    with suppress(SourceError):
        assert lost(read(*texts), texts, "markdown") == []


@quick
@given(some_texts, some_texts)
def test_no_word_of_any_texts_is_lost(one: str, other: str) -> None:
    # A paragraph that goes on in another file has no place of its own in either.
    one = one.replace("#include", "include")
    texts = [Source("x.md", one.encode()), Source("y.md", other.encode())]
    with suppress(SourceError):
        assert lost(read(*texts), texts, "markdown") == []


@given(st.binary(max_size=200))
@quick
def test_any_bytes(data: bytes) -> None:
    with suppress(SourceError):
        read(Source("x.md", data))


def test_files_outside_of_the_work_are_not_asked_for() -> None:
    """An include, a picture and a listed file that lie outside are reported; the words around them stay."""
    summary = Source("book/SUMMARY.md", b"- [In](in.md)\n- [Out](../secret.md)\n- [Root](/etc/passwd)\n")
    chapter = Source("book/in.md", b"# In\n\n{{#include ../secret.md}} ![x](/etc/passwd)\n")
    found = read(summary, chapter, Source("book/other.md", b"# Other\n\nText.\n"))
    assert [problem.code for problem in found.problems] == ["R051", "R051", "R050", "P001", "W003"]
    text = "{{#include ../secret.md}} x"
    assert found.book.chapters[0].blocks == (Paragraph((Text(text),)),)


def test_the_order_that_is_given_is_kept() -> None:
    texts = [Source(name, f"# {name}\n\nText.\n".encode()) for name in ("b.md", "a.md", "README.md")]
    titles = [chapter.title for chapter in read(*texts, ordered=True).book.chapters]
    assert titles == [(Text("b.md"),), (Text("a.md"),), (Text("README.md"),)]


def test_each_character_is_in_the_ledger_once() -> None:
    text = '# A *b*\n\nc [d](e "f")[^1] <b>g</b>\n\n[^1]: h `i`\n'
    entries = of(text).ledger
    assert "".join(entry.text for entry in entries) == text.replace("\n", "")
    assert {entry.fate for entry in entries} == {Fate.TITLE, Fate.BODY, Fate.NOTE, Fate.CALL, Fate.MARKUP}
    lines = text.split("\n")
    assert all(lines[entry.line - 1].startswith(entry.text, entry.column - 1) for entry in entries)

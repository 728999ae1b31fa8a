# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our EPUBs pass every rule of the reading systems, and each rule finds what breaks it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.edition import Edition
from publisher.writers import epub, pdf
from tests.editions import article, everything
from tests.readers.book import Book
from tests.readers.rules import READERS, RULES
from tests.test_splitting import long_work

DOGMA = "chapter-i-a-disastrous-dogma"
METRIC = "note_ii-figures_in-metric-tons"
NOTED = 'class="note" epub:type="footnote"'
NOTE = f"note_{DOGMA}_a-note-with-two-paragraphs"


def made(work: Edition) -> Book:
    printed = pdf.write(work, {}) if work.pages == "pdf" else None
    return Book.read(epub.write(work, {"pdf": printed} if printed else {}).data)


@pytest.fixture(scope="module")
def whole() -> Book:
    return made(replace(everything(), pages="pdf"))


def broken(book: Book) -> dict[str, list[str]]:
    return {rule.name: found for rule in RULES if (found := list(rule.find(book)))}


def test_everything_passes(whole: Book) -> None:
    assert broken(whole) == {}


OTHERS = {
    "article": article(),
    "long": long_work(),
    "arabic": replace(everything(), language="ar"),
    "fonts": replace(article(), embed_fonts=True),
}


@pytest.mark.parametrize("work", OTHERS.values(), ids=OTHERS)
def test_other_books_pass(work: Edition) -> None:
    assert broken(made(work)) == {}


def test_each_rule_has_its_source_and_each_reader_its_rules() -> None:
    assert all(source.startswith("https://") for rule in RULES for source in rule.sources)
    assert all(rule.sources and rule.says for rule in RULES)
    for reader in READERS:
        assert sum(reader in rule.readers for rule in RULES) > 5
    assert len({rule.name for rule in RULES}) == len(RULES)


def styled(more: str) -> tuple[str, str, str]:
    return "book.css", "", more


# For each rule a change to a file that breaks it; an empty beginning stands for the end of the file.
BREAKS = [
    ("typed_notes", "notes.xhtml", 'epub:type="footnote"', ""),
    ("bare_calls", f"{DOGMA}.xhtml", 'aria-label="Note 1">1<', 'aria-label="Note 1"><b>1</b><'),
    ("notes_in_the_flow", "notes.xhtml", '<section id="notes"', '<section hidden="hidden" id="notes"'),
    ("calls_with_places", f"{DOGMA}.xhtml", f"#{NOTE}", "#nowhere"),
    ("notes_behind_calls", "ii-figures.xhtml", "notes.xhtml#note_ii-figures_in-metric-tons", "preface.xhtml#preface"),
    ("notes_of_some_length", "notes.xhtml", f'<div id="{METRIC}" {NOTED}', f'<i id="{METRIC}">x</i><div'),
    ("links_back", "notes.xhtml", f"#call_{DOGMA}_a-note-with-two-paragraphs_2", "#elsewhere"),
    ("links_back_first", "notes.xhtml", "<p><a class=", "<p>Note <a class="),
    ("notes_apart", "notes.xhtml", f'<div id="{NOTE}" {NOTED}', f'<span id="{NOTE}" {NOTED}/><div'),
    ("only_notes_both_ways", "preface.xhtml", "<p ", '<p><a id="a" href="#b">x</a> <a id="b" href="#a">y</a></p><p '),
    ("plain_ids", "preface.xhtml", 'id="preface"', 'id="preface.1"'),
    ("notes_beyond_links", "notes.xhtml", " In metric tons.", " "),
    ("marked_calls", f"{DOGMA}.xhtml", 'epub:type="noteref" role="doc-noteref"', ""),
    ("cover_named", "content.opf", '<meta name="cover" content="cover.png"/>', ""),
    ("cover_large", "cover.png", "", ""),
    ("cover_apart", "content.opf", ' linear="no"', ""),
    ("plain_names", "preface.xhtml", "", ""),
    ("contents_in_order", "nav.xhtml", 'href="preface.xhtml"', 'href="appendix.xhtml"'),
    ("contents_first", "content.opf", '<itemref idref="nav.xhtml"/>', ""),
    ("page_numbers", "nav.xhtml", ">3</a></li>", ">Page 3</a></li>"),
    ("direction", "content.opf", '<spine toc="ncx"', '<spine page-progression-direction="rtl" toc="ncx"'),
    ("small_files", "preface.xhtml", "", "<!--" + "x" * 250_000 + "-->"),
    ("no_inline_styles", "preface.xhtml", "<h1>", '<h1 style="color: red">'),
    ("no_fixed_looks", *styled("p { margin: 3px }")),
    ("no_forced_font", *styled("p { font-family: serif }")),
    ("compensated_indents", *styled("p { text-indent: -2em; padding-left: 1em }")),
    ("no_nested_paragraphs", "preface.xhtml", "<h1>", "<p><b><p>x</p></b></p><h1>"),
    ("pictures", "a-play.xhtml", 'alt="A circle"', 'alt=""'),
    ("languages", "preface.xhtml", 'lang="en" lang="en"', 'lang="en"'),
    ("listed_breaks", "nav.xhtml", "preface.xhtml#page_3", "preface.xhtml"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "before", "after"), BREAKS, ids=[name for name, *_ in BREAKS])
def test_a_rule_finds_what_breaks_it(whole: Book, name: str, file: str, before: str, after: str) -> None:
    assert name in broken(changed(whole, name, f"EPUB/{file}", before, after))


def changed(book: Book, name: str, path: str, before: str, after: str) -> Book:
    """The book with a file that is another."""
    files = dict(book.files)
    if name == "cover_large":
        files[path] = files["EPUB/cover.png"][:16] + b"\0\0\1\0\0\0\1\0" + files["EPUB/cover.png"][24:]
        files[path] = files[path][:29] + crc(files[path][12:29]) + files[path][33:]
    elif name == "plain_names":
        files["EPUB/Preface 1.xhtml"] = files[path]
    elif name == "contents_first":
        package = files[path].decode().replace(before, "")
        files[path] = package.replace("</spine>", f"{before}</spine>").encode()
    elif before:
        assert before in files[path].decode()
        files[path] = files[path].decode().replace(before, after).encode()
    else:
        files[path] += after.encode()
    return Book(files)


def crc(data: bytes) -> bytes:
    from zlib import crc32

    return crc32(data).to_bytes(4, "big")


def test_no_rule_is_without_a_break() -> None:
    assert [name for name, *_ in BREAKS] == [rule.name for rule in RULES]


def run(files: Iterable[Path]) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "tests.readers", *map(str, files)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_command_prints_a_matrix(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub.write(article(), {}).data)
    done = run([file])
    assert done.returncode == 0, done.stdout
    assert re.search(r"^typed notes +passes +passes$", done.stdout, re.MULTILINE)
    last = done.stdout.strip().splitlines()[-1]
    assert len(set(re.findall(r"(\d+) of \1\b", last))) > 1

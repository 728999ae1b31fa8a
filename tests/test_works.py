# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which works there are in files and folders, what they are called, and what is wrong with them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from publisher.errors import SourceError
from publisher.works import Work, find, load, slug

TEXT = "words\n"


@pytest.fixture(autouse=True)
def current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Paths are given as users give them: relative to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(**files: str) -> None:
    """Files with their contents; "__" stands for a slash and "_" before the suffix for a point."""
    for name, text in files.items():
        path = Path(re.sub("_(toml|txt|md|html|png)$", r".\1", name.replace("__", "/")))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*sources: str) -> list[Work]:
    return find([Path(source) for source in sources])


def names(*sources: str) -> dict[str, list[str]]:
    return {work.slug: [path.as_posix() for path in work.files] for work in found(*sources)}


def problems(*sources: str) -> list[str]:
    return [str(problem) for work in found(*sources) for problem in work.problems]


def test_a_file_is_a_work_named_after_its_stem() -> None:
    tree(texts__X_txt=TEXT)
    assert names("texts/X.txt") == {"x": ["texts/X.txt"]}


def test_a_shelf_is_searched_for_texts_and_folders_of_works() -> None:
    tree(
        content__a_txt=TEXT,
        content__README_txt=TEXT,
        content__LICENSE_txt=TEXT,
        content__picture="",
        content__lenin__1921__b_txt=TEXT,
        content__book__book_toml="",
        content__book__ch10_txt=TEXT,
        content__book__ch2_txt=TEXT,
        content__pages__index_txt=TEXT,
        content__pages__more__p1_txt=TEXT,
        content__summed__SUMMARY_md="",
        content__summed__README_md=TEXT,
        content__counted__01_md=TEXT,
        content__counted__02__text_md=TEXT,
        content__dated__1905_md=TEXT,
        content__dated__1917_md=TEXT,
        content__empty__notes="",
    )
    Path("content/tei.xml").write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>")
    Path("content/other.xml").write_text("<svg/>")
    Path("content/.hidden.txt").write_text(TEXT)
    assert names("content") == {
        "a": ["content/a.txt"],
        "book": ["content/book/ch2.txt", "content/book/ch10.txt"],
        "lenin-1921-b": ["content/lenin/1921/b.txt"],
        "pages": ["content/pages/index.txt", "content/pages/more/p1.txt"],
        "summed": ["content/summed/README.md", "content/summed/SUMMARY.md"],
        "counted": ["content/counted/01.md", "content/counted/02/text.md"],
        "dated-1905": ["content/dated/1905.md"],
        "dated-1917": ["content/dated/1917.md"],
        "tei": ["content/tei.xml"],
    }


def test_a_folder_given_as_a_work_is_named_after_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    tree(Lenin__book_toml="", Lenin__a_txt=TEXT)
    assert list(names("Lenin")) == ["lenin"]
    monkeypatch.chdir("Lenin")
    assert list(names(".")) == ["lenin"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("Über Œuvre",), "uber-oeuvre"),
        (("Ленин", "1921 a"), "lenin-1921-a"),
        (("84_03_24",), "84-03-24"),
        (("What is to be done?!",), "what-is-to-be-done"),
        (("—",), ""),
    ],
)
def test_slugs_are_transliterated(path: tuple[str, ...], expected: str) -> None:
    assert slug(path) == expected


def test_a_name_without_letters_needs_a_slug() -> None:
    Path("—.txt").write_text(TEXT)
    assert problems("—.txt") == ["—.txt: error W002: nothing of the file's name can name its outputs"]
    Path("—.toml").write_text('slug = "dash"')
    assert list(names("—.txt")) == ["dash"]


def test_works_with_one_name_fail_whatever_the_case_and_others_do_not() -> None:
    tree(s__a_txt=TEXT, s__b_txt=TEXT, s__b_toml='slug = "A"', s__c_txt=TEXT)
    assert problems("s") == [
        's/a.txt: error W001: the outputs would have the same name ("a") as those of s/b.txt',
        's/b.txt: error W001: the outputs would have the same name ("A") as those of s/a.txt',
    ]
    assert [work.slug for work in found("s") if not work.problems] == ["c"]


def test_a_work_reached_twice_is_one_work() -> None:
    tree(s__a_txt=TEXT)
    assert len(found("s", "s/a.txt", "./s/../s/a.txt")) == 1


def test_files_are_taken_in_the_order_of_the_settings_each_once() -> None:
    tree(b__book_toml='files = ["pre.txt", "ch*.txt", "app[1].txt", "*.txt"]')
    for name in ("ch10.txt", "ch2.txt", "pre.txt", "app[1].txt", "zz.txt", "README.txt"):
        Path("b", name).write_text(TEXT)
    assert [path.name for path in found("b")[0].files] == ["pre.txt", "ch2.txt", "ch10.txt", "app[1].txt", "zz.txt"]


def test_files_that_do_not_exist_are_named_with_their_line() -> None:
    tree(b__book_toml='files = [\n  "a.txt",\n  "b.txt",\n  "c*.txt",\n]', b__a_txt=TEXT)
    assert problems("b") == [
        'b/book.toml:3: error M008: files: "b.txt" matches nothing',
        'b/book.toml:4: error M008: files: "c*.txt" matches nothing',
    ]


def test_wrong_settings_are_a_problem_of_their_work_alone() -> None:
    tree(s__a_txt=TEXT, s__a_toml="title = 1", s__b_txt=TEXT)
    assert problems("s") == ["s/a.toml:1: error M004: title: expected text, found 1"]
    assert [work.slug for work in found("s")] == ["a", "b"]


def test_defaults_reach_all_works_of_a_shelf_however_they_are_called() -> None:
    tree(
        defaults_toml='publisher = "Top"\nlanguage = "de"',
        s__defaults_toml='publisher = "Shelf"',
        s__t__defaults_toml='theme = "book"',
        s__t__a_txt=TEXT,
    )
    for source in ("s", "s/t", "s/t/a.txt"):
        defaults = found(source)[0].defaults
        assert (defaults.publisher, defaults.language, defaults.theme) == ("Shelf", "de", "book")


def test_wrong_defaults_are_a_problem_of_their_shelf() -> None:
    tree(s__defaults_toml="publisher = 1", s__a_txt=TEXT, t__b_txt=TEXT)
    assert problems("s", "t") == ["s/defaults.toml:1: error M004: publisher: expected text, found 1"]


def test_what_is_not_there_or_holds_nothing() -> None:
    Path("empty").mkdir()
    tree(w__book_toml="")
    assert problems("nix.txt", "empty", "w") == [
        "nix.txt: error S001: there is no such file or folder",
        "empty: error S005: the folder holds no texts",
        "w: error S005: the folder holds no texts",
    ]


def test_what_is_no_text_is_refused_by_name() -> None:
    tree(x_toml="")
    assert problems("x.toml") == ["x.toml: error S008: .toml files are no texts"]


def test_a_book_of_mdbook_has_its_chapters_in_an_inner_folder() -> None:
    tree(b__book_toml="[book]\nsrc = 'text'", b__text__SUMMARY_md="", b__text__README_md=TEXT, b__other_md=TEXT)
    assert names("b") == {"b": ["b/book.toml", "b/text/README.md", "b/text/SUMMARY.md"]}


@pytest.mark.parametrize("outside", ["..", "/etc", "nowhere"])
def test_a_book_of_mdbook_stays_in_its_folder(outside: str) -> None:
    tree(b__book_toml=f"[book]\nsrc = '{outside}'", x_md=TEXT)
    assert problems("b") == [f'b/book.toml:2: error M008: book.src: "{outside}" is no folder inside the work']


def test_the_pictures_of_a_work() -> None:
    tree(b__index_html="", b__more__a_png="", b__b_txt="", x_png="", y_png="")
    Path("b/link.png").symlink_to("../x.png")
    Path("x.md").write_text('![](x.png) <img src="b/more/a.png"> ![](../outside.png) ![](y%2Epng) ![](gone.png)')
    assert [[picture.file for picture in load(work)[1]] for work in found("b", "x.md")] == [
        ["b/more/a.png"],
        ["x.png", "b/more/a.png", "y.png"],
    ]


def test_a_link_out_of_the_folder_of_a_work_is_refused() -> None:
    tree(b__book_toml="", b__a_txt=TEXT, x_txt=TEXT)
    Path("b/link.txt").symlink_to("../x.txt")
    assert problems("b") == ["b/link.txt: error S007: the link leads out of the folder of the work"]


def test_links_that_lead_nowhere_or_in_a_circle() -> None:
    tree(s__a_txt=TEXT)
    Path("s/up").symlink_to("..")
    Path("s/here").symlink_to(".")
    Path("s/gone.txt").symlink_to("nowhere.txt")
    Path("s/self.txt").symlink_to("self.txt")
    assert problems("s") == [
        "s/gone.txt: error S001: the link points to nothing",
        "s/here: error S007: the link leads back to a folder that contains it",
        "s/self.txt: error S007: the link points to itself",
        "s/up/s: error S007: the link leads back to a folder that contains it",
    ]


def test_a_pipe_is_no_text_and_is_never_waited_for() -> None:
    os.mkfifo("pipe.txt")
    assert problems("pipe.txt") == ["pipe.txt: error S006: this is neither a file nor a folder"]
    tree(book__book_toml="", book__a_txt=TEXT)
    os.mkfifo("book/b.txt")
    (work,) = found("book")
    with pytest.raises(SourceError, match=r"book/b\.txt: error S006"):
        load(work)


def test_a_file_that_vanishes_is_a_problem_when_it_is_read() -> None:
    tree(a_txt=TEXT)
    (work,) = found("a.txt")
    assert [source.data for source in load(work)[0]] == [TEXT.encode()]
    Path("a.txt").unlink()
    with pytest.raises(SourceError, match=r"a\.txt: error S001"):
        load(work)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real texts in Markdown and AMuseWiki's marks: no word is lost, none becomes markup that is none."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from publisher.ledger import Fate
from publisher.readers import READERS, Source
from tests.proof import lost

ROOT = os.environ.get("PUBLISHER_CORPUS")
MARKDOWN = (".md", ".markdown")
_SMALLEST = 100
PICTURES = (".png", ".jpg", ".svg")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(ROOT is None, reason="PUBLISHER_CORPUS names no folder of texts")]


def _files(folder: str, suffixes: tuple[str, ...]) -> list[Path]:
    return sorted(path for path in Path(ROOT or ".", folder).rglob("*") if path.suffix in suffixes)


def _works() -> dict[str, list[Path]]:
    """Each file alone, and the files of each book."""
    if ROOT is None:
        return {}
    files = [*_files("markdown", MARKDOWN), *_files("mia-txt", MARKDOWN)]
    # A README may be nothing but a list of contents.
    alone = [path for path in files if path.stem not in {"SUMMARY", "README"} and path.stat().st_size > _SMALLEST]
    found = {path.relative_to(ROOT).as_posix(): [path] for path in alone}
    books = [Path(ROOT, name) for name in ("markdown/marxdown-capital", "markdown/mdbook/guide")]
    books += [path for name in ("howtobeaprogrammer", "progit") for path in Path(ROOT, "markdown", name).iterdir()]
    for book in books:
        texts = [path for path in files if path.is_relative_to(book)]
        if len(texts) > 1:
            found[f"{book.relative_to(ROOT).as_posix()}/"] = texts
    return found


WORKS = _works()
MUSE = _files("mia-txt/kropotkin", (".txt",)) if ROOT else []
# What may be markup: addresses, attributes, tags, marks of lists and of code, keys of front matter.
_MARKUP = re.compile(
    r"<!--.*|</?[A-Za-z][^>]*>?|\]\([^)]*\)?|\]\[[^\]]*\]|^\s*\[[^\]]*\]:.*|\{[^}]*\}|^[\s>]*\d+[.)]\s*|(?:```|~~~).*"
    r"""|^[\w-]+:\s*["'>|]?|^\s*[-+]?\s*|[\w-]+=["'][^"']*["']?|(?<=["'])\s[^<>]*/?>|Insert \S+|&\w+;"""
)


def _sources(paths: list[Path]) -> list[Source]:
    return [Source(path.as_posix(), path.read_bytes()) for path in paths]


@pytest.mark.parametrize("name", WORKS)
def test_no_word_is_lost(name: str) -> None:
    texts = _sources(WORKS[name])
    pictures = [path.as_posix() for path in _files("markdown", PICTURES)]
    found = READERS["markdown"](texts, pictures=pictures)
    assert lost(found, texts, "markdown") == []
    assert [
        entry for entry in found.ledger if entry.fate is Fate.MARKUP and not entry.reason and _words(entry.text)
    ] == []


def _words(markup: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", _MARKUP.sub("", markup))


@pytest.mark.parametrize("path", MUSE, ids=lambda path: path.stem)
def test_no_word_of_muse_is_lost(path: Path) -> None:
    texts = _sources([path])
    assert lost(READERS["muse"](texts), texts, "muse") == []

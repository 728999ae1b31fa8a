# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links from one text of a work to another, and to its headings -> names of anchors: "src/b.md", "src/b.md#the-loom".

A heading is known by the id that it is given ("{#loom}"), else by its words as mdBook and GitHub write them:
https://rust-lang.github.io/mdBook/format/markdown.html#headings
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

_OUT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# A page that is linked to by what it becomes on the web: "b.html", "b/", "b".
_ENDING = re.compile(r"(?i)\.(?:html?|md|markdown|muse)$")
_ENDINGS = (".md", ".markdown", ".muse", "/README.md", "/index.md")


def target(href: str, file: str, files: Collection[str]) -> str:
    """The name of the anchor that a link in a file leads to; empty where that is in none of the files."""
    if not href or _OUT.match(href):
        return ""
    path, _, fragment = href.partition("#")
    path = unquote(path.partition("?")[0])
    found = _file(posixpath.normpath(posixpath.join(posixpath.dirname(file), path)), files) if path else file
    return name(found, unquote(fragment)) if found else ""


def _file(path: str, files: Collection[str]) -> str:
    stem = _ENDING.sub("", path)
    return next((found for found in (path, *(stem + ending for ending in _ENDINGS)) if found in files), "")


def name(file: str, id_: str = "") -> str:
    """The name of an anchor: of a file, or of a place in it."""
    return f"{file}#{id_}" if id_ else file


def slug(title: str) -> str:
    """A heading's words as the id that links to it have."""
    return "".join(c for c in "-".join(title.casefold().split()) if c.isalnum() or c in "-_")

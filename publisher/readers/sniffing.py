# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources -> the name of the reader that they are for: by what they hold, else by their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from publisher.readers import Source
from publisher.readers.plaintext.form import is_plain

TEXT = frozenset({".txt", ".text"})
HTML = frozenset({".htm", ".html", ".xhtml"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
XML = frozenset({".xml", ".tei"})
MUSE = frozenset({".muse"})
# What pandoc reads and we do not: https://pandoc.org/MANUAL.html#option--from
PANDOC = frozenset(
    f".{name}" for name in "docx odt rst fb2 epub org tex textile wiki ipynb opml typ dbk docbook rtf t2t".split()
)
ENDINGS = TEXT | HTML | MARKDOWN | XML | MUSE | PANDOC

# How much of a file is looked at.
_NEAR = 16384
# A declaration, comments and a document type may stand before the first element.
_PROLOGUE = rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
_IS_TEI = re.compile(_PROLOGUE + rb"<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus)[\s>]")
_IS_HTML = re.compile(_PROLOGUE + rb"<(?:html|head|body|title|meta|link)[\s>]", re.IGNORECASE)
_HTML_TYPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE\s+html", re.IGNORECASE)
_IS_GUTENBERG = re.compile(
    rb"Project\s+Gutenberg(?:'s|\s+(?:e-?book|e-?text|license))|\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG"
    rb"|\*END\*?\s*THE SMALL PRINT",
    re.IGNORECASE,
)
_IS_MUSE = re.compile(rb"(?:\xef\xbb\xbf)?\s*#(?:title|author|lang|LISTtitle|SORTauthors|pubdate)\s", re.IGNORECASE)
# Files that say how others belong together, with the reader of those.
_LEADERS = {"summary.md": "markdown", "book.toml": "markdown"}


def reader(sources: Sequence[Source]) -> str:
    """The reader of a work: that of its summary, package or index, else that of most of its files."""
    for source in sources:
        path = PurePath(source.file)
        if path.name.lower() in _LEADERS:
            return _LEADERS[path.name.lower()]
        if path.suffix.lower() == ".opf":
            return "marxists_html"
    index = next((s for s in sources if PurePath(s.file).stem.lower() == "index"), None)
    if index is not None or len(sources) == 1:
        return kind(index or sources[0])
    counted = Counter(map(kind, sources))
    return counted.most_common(1)[0][0]


def is_companion(source: Source) -> bool:
    """Whether a file is no text itself, but says how the others belong together."""
    path = PurePath(source.file)
    return path.name.lower() in _LEADERS or path.suffix.lower() == ".opf"


def kind(source: Source) -> str:
    """The reader for one file."""
    suffix, head = PurePath(source.file).suffix.lower(), source.data[:_NEAR]
    if is_plain(head.decode(errors="ignore")):
        return "plain"
    if suffix in PANDOC:
        return "pandoc"
    if _IS_TEI.match(head) or suffix in XML:
        return "tei"
    if _IS_HTML.match(head) or _HTML_TYPE.match(head) or suffix in HTML:
        return "marxists_html"
    if suffix in MARKDOWN:
        return "markdown"
    if suffix in MUSE or _IS_MUSE.match(head):
        return "muse"
    if _IS_GUTENBERG.search(head):
        return "gutenberg"
    return "marxists_text"

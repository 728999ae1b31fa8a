# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts -> the same books as each tool wants them: plain text for us, Markdown for pandoc, HTML and CSS for WeasyPrint.

    python -m benchmarks.books FOLDER    writes them, and says in JSON what they are

A process of its own, because a command that is started from a large process seems to be as large (getrusage(2)).
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import process_time

import pypandoc
import weasyprint

from benchmarks import texts
from benchmarks.facts import Facts, Text
from benchmarks.markdown import markdown
from publisher import fonts
from publisher.build.make import Job, Options, prepare
from publisher.papers import PAPERS, stylesheet
from publisher.readers import READERS, Source
from publisher.resources import style
from publisher.writers.extent import form
from publisher.writers.pdf import leaves

EPUB_SIZE = 700_000  # characters
PDF_SIZE = 540_000  # 300 pages A5
READINGS = 7
# The numbers in the contents, which we know when we lay it out, are counted here.
COUNTED = '.contents-page a::after { content: leader(" . ") " " target-counter(attr(href), page) }'


def facts(folder: Path) -> Facts:
    """Writes the books and says what they are."""
    made = {"invented": texts.invented(EPUB_SIZE), "pages": texts.invented(PDF_SIZE)}
    corpus = os.environ.get("PUBLISHER_CORPUS")
    if corpus:
        made["real"] = texts.real(Path(corpus), EPUB_SIZE)
    # Before anything else looks for fonts: WeasyPrint alone is to see the same ones as we do.
    fonts.configuration()
    return Facts(
        pandoc=pypandoc.get_pandoc_path(),
        versions=f"pandoc {pypandoc.get_pandoc_version()}, WeasyPrint {weasyprint.__version__}",
        fonts=os.environ["FONTCONFIG_FILE"],
        texts={name: _write(folder, name, text) for name, text in made.items()},
    )


def _write(folder: Path, name: str, text: str) -> Text:
    """Writes NAME.txt, NAME.md, NAME.html and, for the latter, paper.css and book.css."""
    data = text.encode()
    sources = (Source(f"{name}.txt", data),)
    edition = prepare(Job(slug=name, file=f"{name}.txt", sources=sources), Options()).edition
    (folder / f"{name}.txt").write_bytes(data)
    (folder / f"{name}.md").write_text(markdown(edition.book), "utf-8")
    use = form(edition.book, PAPERS[edition.paper])
    printed = leaves.arrange(edition, use, lambda _page, id_: f"#{id_}")
    (folder / f"{name}.html").write_text(leaves.document(edition, use, printed, {}), "utf-8")
    (folder / "paper.css").write_text(stylesheet(PAPERS[edition.paper]), "utf-8")
    rules = [style(f"print/{edition.theme}.css"), style(f"print/{edition.theme}.furniture.css"), COUNTED]
    (folder / "book.css").write_text("\n".join(rules), "utf-8")
    chapters = edition.book.chapters
    return Text(len(data), len(chapters), sum(len(chapter.notes) for chapter in chapters), _reading(sources))


def _reading(sources: tuple[Source, ...]) -> float:
    """The median of the processor time that reading takes."""

    def once() -> float:
        start = process_time()
        READERS["marxists_text"](sources)
        return process_time() - start

    return median(once() for _ in range(READINGS))


if __name__ == "__main__":
    print(json.dumps(asdict(facts(Path(sys.argv[1])))))

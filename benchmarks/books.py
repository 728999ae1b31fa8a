# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts -> the same books as each tool wants them: plain text for us, Markdown, HTML.

    python -m benchmarks.books FOLDER PAMPHLETS SHELF WORDS...    writes them, and says in JSON what they are

With PUBLISHER_BENCH_TEXTS, a folder of texts that publisher can read, these are taken instead of invented ones. A
process of its own, because a command that is started from a large process seems to be as large (getrusage(2)).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from subprocess import run
from time import process_time

import msgspec
import pypandoc

from benchmarks import texts
from benchmarks.facts import Facts, Text
from benchmarks.markdown import markdown
from publisher import fonts, works
from publisher.build.make import Job, Options, Prepared, prepare
from publisher.build.run import job as job_of
from publisher.edition import Edition
from publisher.papers import PAPERS, stylesheet
from publisher.readers import READERS, Source, sniffing
from publisher.resources import style
from publisher.writers.extent import form
from publisher.writers.pdf.leaves import arrange, document

PAPER = PAPERS["A5"]
READINGS = 3
# Our contents list is given its numbers; WeasyPrint alone counts them.
COUNTED = '.contents-page a::after { content: leader(" . ") " " target-counter(attr(href), page) }'
# What the tools that are given plain HTML are told: our paper, margins, type and hyphens, chapters on new pages.
PLAIN = """\
@font-face {{ font-family: "EB Garamond"; src: url("{regular}") }}
@font-face {{ font-family: "EB Garamond"; font-style: italic; src: url("{italic}") }}
@page {{ size: {width}mm {height}mm; margin: {top}mm {side}mm {bottom}mm }}
html {{ font: {size}pt/{leading}pt "EB Garamond"; hyphens: auto }}
body {{ margin: 0; max-width: none; padding: 0; text-align: justify }}
h1 {{ break-before: page }}
p {{ margin: 0; text-indent: 1em; widows: 2; orphans: 2 }}
"""
TYPST = """\
papersize: a5
mainfont: EB Garamond
fontsize: {size}pt
margin: {{top: {top}mm, bottom: {bottom}mm, x: {side}mm}}
header-includes: |
  ```{{=typst}}
  #show heading.where(level: 1): it => pagebreak(weak: true) + it
  #set par(leading: 0.5em, spacing: 0.5em, first-line-indent: 1em)
  ```
"""
LATEX = """\
documentclass: book
classoption: [openany]
papersize: a5
fontsize: 11pt
geometry: [top={top}mm, bottom={bottom}mm, left={side}mm, right={side}mm]
"""


def facts(folder: Path, pamphlets: int, shelf: int, sizes: list[int]) -> Facts:
    """Writes the books and says what they are; pamphlets in their forms, and a shelf of others as texts alone."""
    # Before anything else looks for fonts: WeasyPrint alone is to see the same ones as we do.
    fonts.configuration()
    settings = Path(os.environ["FONTCONFIG_FILE"])
    for name in ("forms", "pamphlets", "shelf"):
        (folder / name).mkdir()
    _write_styles(folder / "forms", settings.parent / "fonts")
    for name, text in texts.pamphlets(pamphlets).items():
        job = _invented(folder / "pamphlets", name, text)
        _write_forms(folder / "forms", _prepared(job).edition)
    for name, text in texts.pamphlets(shelf).items():
        _invented(folder / "shelf", name, text)
    return Facts(str(settings), tuple(_text(folder, path, job) for path, job in _books(folder, sizes)))


def _books(folder: Path, sizes: list[int]) -> Iterator[tuple[str, Job]]:
    given = os.environ.get("PUBLISHER_BENCH_TEXTS")
    if given:
        for work in works.find([Path(given).resolve()]):
            yield work.path.as_posix(), job_of(work)
        return
    for size in sizes:
        for name, notes in ((f"plain-{size}", 0), (f"notes-{size}", texts.NOTES)):
            yield f"{name}.txt", _invented(folder, name, texts.book(size, notes))


def _invented(folder: Path, name: str, text: str) -> Job:
    (folder / f"{name}.txt").write_text(text, "utf-8")
    return Job(slug=name, file=f"{name}.txt", sources=(Source(f"{name}.txt", text.encode()),))


def _prepared(job: Job) -> Prepared:
    return prepare(job, Options(paper=PAPER.name))


def _text(folder: Path, path: str, job: Job) -> Text:
    prepared = _prepared(job)
    _write_forms(folder / "forms", prepared.edition)
    words = sum(len(entry.text.split()) for entry in prepared.read.ledger if entry.printed)
    notes = sum(len(chapter.notes) for chapter in prepared.edition.book.chapters)
    size = sum(len(source.data) for source in job.sources)
    return Text(path, job.slug, words, notes, size, _reading(job))


def _write_forms(folder: Path, edition: Edition) -> None:
    """NAME.md; NAME.html, by pandoc from it; NAME.print.html, which we give to WeasyPrint, in one piece."""
    head = f"---\ntitle: {json.dumps(edition.title)}\nlang: {edition.language}\n---\n\n"
    (folder / f"{edition.slug}.md").write_text(head + markdown(edition.book), "utf-8")
    options = ("--standalone", "--css=plain.css", "--variable=document-css=false")
    to_html = (pypandoc.get_pandoc_path(), f"{edition.slug}.md", *options, "-o", f"{edition.slug}.html")
    run(to_html, cwd=folder, check=True)
    use = form(edition.book, PAPER)
    pages = document(edition, use, arrange(edition, use, lambda _page, id_: f"#{id_}"), {})
    (folder / f"{edition.slug}.print.html").write_text(pages, "utf-8")


def _write_styles(folder: Path, files: Path) -> None:
    """Paper, margins and type of our A5 in the language of each tool."""
    top, outer, bottom, inner = PAPER.margins
    values = {
        "regular": (files / "EBGaramond[wght].ttf").as_uri(),
        "italic": (files / "EBGaramond-Italic[wght].ttf").as_uri(),
        "width": PAPER.width,
        "height": PAPER.height,
        "size": PAPER.size,
        "leading": PAPER.leading,
        "top": f"{top:.2f}",
        "side": f"{(outer + inner) / 2:.2f}",
        "bottom": f"{bottom:.2f}",
    }
    (folder / "paper.css").write_text(stylesheet(PAPER), "utf-8")
    (folder / "book.css").write_text(style("print/book.css") + style("print/book.furniture.css") + COUNTED, "utf-8")
    for name, rules in {"plain.css": PLAIN, "typst.yaml": TYPST, "latex.yaml": LATEX}.items():
        (folder / name).write_text(rules.format(**values), "utf-8")


def _reading(job: Job) -> float:
    """The median of the processor time that reading takes."""
    read = READERS[sniffing.reader(job.sources)]

    def once() -> float:
        start = process_time()
        read(job.sources)
        return process_time() - start

    return median(once() for _ in range(READINGS))


def main(folder: str, *numbers: str) -> None:
    pamphlets, shelf, *sizes = map(int, numbers)
    print(msgspec.json.encode(facts(Path(folder), pamphlets, shelf, sizes)).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])

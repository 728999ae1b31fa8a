# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tools that are compared: whether they are here, and the command by which each makes a book.

Pandoc, typst and WeasyPrint come with `scripts/setup bench`; the others are measured where they are on the PATH.
Each row is what a person would type who wants this book from this tool: same text, same paper, same margins, chapters
on new pages, notes where the tool puts them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from subprocess import run
from typing import TypeAlias

from benchmarks.facts import Facts, Text
from benchmarks.processes import Asked

BIN = Path(sys.executable).parent
PUBLISHER = str(BIN / "publisher")
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
# Those of our A5, in points.
CALIBRE_MARGINS = {"top": 42, "bottom": 63, "left": 68, "right": 68}

Ask: TypeAlias = Callable[[Text, Facts], Asked]


@dataclass(frozen=True, slots=True)
class Tool:
    """`what` says what it is given and asked, `where` how to come by it; without a version, it is not here."""

    name: str
    version: str
    what: str
    where: str
    epub: Ask | None = None
    pdf: Ask | None = None


def tools() -> tuple[Tool, ...]:
    """All that can be compared, ourselves first."""
    return (
        Tool("publisher", _package("publisher"), "the text as it lies there, checked word by word", "", _epub, _pdf),
        Tool("pandoc", _pandoc_version(), "Markdown, made from the same text beforehand", "", _pandoc_epub),
        Tool(
            "ebookmaker",
            _said("ebookmaker", "--version"),
            "HTML, made by pandoc beforehand; EPUB 3",
            "pip install ebookmaker",
            _ebookmaker_epub,
        ),
        Tool(
            "calibre",
            _said("ebook-convert", "--version"),
            "the same HTML; PDF on our paper, Liberation Serif",
            "apt-get install calibre",
            _calibre_epub,
            _calibre_pdf,
        ),
        Tool(
            "WeasyPrint",
            _package("weasyprint"),
            "the HTML, styles and fonts that we give it, in one piece; PDF/UA",
            "",
            pdf=_weasyprint,
        ),
        Tool(
            "typst",
            _package("typst"),
            "the same Markdown through pandoc, which is counted; our type and paper",
            "",
            pdf=_typst,
        ),
        Tool(
            "Chromium",
            _said(_chromium(), "--version"),
            "the same HTML with our type and paper; without running heads and contents",
            "apt-get install chromium",
            pdf=_chromium_pdf,
        ),
        Tool(
            "pdflatex",
            _said("pdflatex", "--version"),
            "the same Markdown through pandoc, which is counted; class book, Latin Modern",
            "apt-get install texlive-latex-recommended lmodern",
            pdf=_pdflatex,
        ),
    )


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def pandoc() -> str:
    """The program in the package."""
    spec = find_spec("pypandoc")
    program = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    return str(program) if program and program.is_file() else ""


def _pandoc_version() -> str:
    return _said(pandoc(), "--version")


def _chromium() -> str:
    return next((name for name in ("chromium", "chromium-browser", "google-chrome") if which(name)), "chromium")


@cache
def _said(command: str, option: str) -> str:
    """The first number in what a command says of its version; nothing where it is not here."""
    if not command or not which(command):
        return ""
    done = run([command, option], capture_output=True, text=True, check=False)
    words = (done.stdout + done.stderr).replace("(", " ").split()
    return next((word.rstrip("),") for word in words if word[0].isdigit() and "." in word), "here")


def _epub(text: Text, _: Facts) -> Asked:
    return Asked((PUBLISHER, "build", text.path, "-t", "epub", "-o", "ours", "--no-cache"), f"ours/{text.name}.epub")


def everything(text: Text, _: Facts) -> Asked:
    """EPUB, PDF and booklet, and nothing kept."""
    return Asked((PUBLISHER, "build", text.path, "-o", "ours", "--no-cache"), f"ours/{text.name}.[ebp]*")


def _pdf(text: Text, _: Facts) -> Asked:
    return Asked((PUBLISHER, "build", text.path, "-t", "pdf", "-o", "ours", "--no-cache"), f"ours/{text.name}.pdf")


def _pandoc_epub(text: Text, _: Facts) -> Asked:
    output = f"forms/{text.name}.pandoc.epub"
    return Asked((pandoc(), f"forms/{text.name}.md", "--toc", "-o", output), output)


def _ebookmaker_epub(text: Text, _: Facts) -> Asked:
    names = ("--title", "A Measured Book", "--author", "A. N. Author", "--ebook", "1")
    options = ("--make=epub3.images", "--output-dir=ebookmaker", f"--output-file={text.name}")
    command = ("ebookmaker", *options, *names, f"forms/{text.name}.html")
    return Asked(command, "ebookmaker/*.epub")


def _calibre_epub(text: Text, _: Facts) -> Asked:
    output = f"forms/{text.name}.calibre.epub"
    return Asked(("ebook-convert", f"forms/{text.name}.html", output), output)


def _calibre_pdf(text: Text, _: Facts) -> Asked:
    output = f"forms/{text.name}.calibre.pdf"
    surroundings = ("env", "QT_QPA_PLATFORM=offscreen", "QTWEBENGINE_DISABLE_SANDBOX=1")
    type_ = ("--disable-font-rescaling", "--pdf-default-font-size", "15")  # pixels: 11.5 points
    margins = [f"--pdf-page-margin-{side}={points}" for side, points in CALIBRE_MARGINS.items()]
    command = ("ebook-convert", f"forms/{text.name}.html", output, "--paper-size", "a5", *type_, *margins)
    return Asked((*surroundings, *command), output)


def _weasyprint(text: Text, facts: Facts) -> Asked:
    output = f"forms/{text.name}.weasyprint.pdf"
    options = ("--quiet", "--pdf-variant", "pdf/ua-1", "--pdf-identifier", "measured")
    styles = ("-s", "forms/paper.css", "-s", "forms/book.css")
    command = (str(BIN / "weasyprint"), *options, *styles, f"forms/{text.name}.print.html", output)
    return Asked(("env", f"FONTCONFIG_FILE={facts.fontconfig}", *command), output)


def _typst(text: Text, facts: Facts) -> Asked:
    stem = f"forms/{text.name}"
    made = f"'{pandoc()}' {stem}.md -s -t typst --toc --metadata-file forms/typst.yaml -o {stem}.typ"
    fonts = Path(facts.fontconfig).parent / "fonts"
    script = f"{made} && '{sys.executable}' -c '{TYPST}' {stem}.typ {stem}.typst.pdf '{fonts}'"
    return Asked(("sh", "-c", script), f"{stem}.typst.pdf")


def _chromium_pdf(text: Text, _: Facts) -> Asked:
    output = f"forms/{text.name}.chromium.pdf"
    script = (
        f"{_chromium()} --headless --no-sandbox --disable-gpu --user-data-dir=chromium --no-pdf-header-footer "
        f'--print-to-pdf={output} "file://$PWD/forms/{text.name}.html"'
    )
    return Asked(("sh", "-c", script), output)


def _pdflatex(text: Text, _: Facts) -> Asked:
    output = f"forms/{text.name}.pdflatex.pdf"
    kind = ("--pdf-engine=pdflatex", "--top-level-division=chapter", "--toc", "--metadata-file=forms/latex.yaml")
    return Asked((pandoc(), f"forms/{text.name}.md", *kind, "-o", output), output)

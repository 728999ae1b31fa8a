# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures speed and memory, and prints plain tables: python -m benchmarks.

With PUBLISHER_CORPUS, the folder of real texts, the EPUB is measured with real pages as well.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.facts import Facts, Text
from benchmarks.processes import Command, Cost, measure
from publisher import __version__
from publisher.cli.terminal import table

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent
PUBLISHER = BIN / "publisher"
SAMPLE = ROOT / "content" / "petrograd.txt"

SHORT_RUNS, EPUB_RUNS, PDF_RUNS = 11, 7, 3
MODULES = {
    "Python alone": "sys",
    "the command line": "publisher.cli",
    "the reader": "publisher.readers.marxists_text",
    "the EPUB's writer": "publisher.writers.epub",
    "the PDF's writer": "publisher.writers.pdf",
    "WeasyPrint": "weasyprint",
}


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        facts = _facts(folder)
        print(_machine(facts))
        for text in sorted(facts.texts.keys() - {"pages"}):
            _report(f"EPUB of {_described(text, facts.texts[text])}", _epub(folder, text, facts))
        _report(f"All formats of {_described('pages', facts.texts['pages'])}", _all_formats(folder, "pages", facts))
        print(_pages(folder))
        _report("Short commands", measure(_short_commands(), folder, SHORT_RUNS))
        _report("Imports, each in a new Python", measure(_imports(), folder, SHORT_RUNS))
        for text, found in facts.texts.items():
            print(f"reading {text}: {found.size / found.reading / 1e6:.1f} MB a second")


def _facts(folder: Path) -> Facts:
    made = run([sys.executable, "-m", "benchmarks.books", folder], cwd=ROOT, check=True, capture_output=True)
    return msgspec.json.decode(made.stdout, type=Facts)


def _machine(facts: Facts) -> str:
    return (
        f"publisher {__version__}, {facts.versions}, Python {platform.python_version()}\n"
        f"{platform.platform()}, {_processor()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n"
        f"Medians of {EPUB_RUNS} runs (EPUB), {PDF_RUNS} (all formats), {SHORT_RUNS} (short ones) after one that is not"
        " counted; CPU is user and system time; memory is the most that one process held."
    )


def _processor() -> str:
    """The processor's name, where the system has it in a file."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf-8").splitlines() if information.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _described(name: str, text: Text) -> str:
    return f"the text {name!r}: {text.size / 1000:.0f} kB, {text.chapters} chapters, {text.notes} notes"


def _epub(folder: Path, text: str, facts: Facts) -> dict[str, Cost]:
    commands: dict[str, Command] = {
        "pandoc": (facts.pandoc, f"{text}.md", "--metadata", "title=A Measured Book", "-o", "theirs.epub"),
        "publisher": (PUBLISHER, "build", f"{text}.txt", "-t", "epub", "-o", "ours"),
    }
    return measure(commands, folder, EPUB_RUNS)


def _all_formats(folder: Path, text: str, facts: Facts) -> dict[str, Cost]:
    """Ours makes EPUB, PDF and booklet; WeasyPrint alone makes the PDF of the same HTML, styles, fonts and options."""
    styles = ("-s", "book.css")
    options = ("--quiet", "--pdf-variant", "pdf/ua-1", "--pdf-identifier", "measured", *styles)
    commands: dict[str, Command] = {
        "publisher": (PUBLISHER, "build", f"{text}.txt", "-o", "ours"),
        "WeasyPrint": (BIN / "weasyprint", *options, f"{text}.html", "theirs.pdf"),
    }
    return measure(commands, folder, PDF_RUNS, {"FONTCONFIG_FILE": facts.fonts})


def _pages(folder: Path) -> str:
    """How many pages the two PDFs have: the same, or else they are not the same work."""
    # In a process of its own, as in books.py.
    count = "import pikepdf, sys; print(*(len(pikepdf.open(file).pages) for file in sys.argv[1:]))"
    command: Command = (sys.executable, "-c", count, folder / "ours" / "pages.pdf", folder / "theirs.pdf")
    ours, theirs = run(command, check=True, capture_output=True, text=True).stdout.split()
    return f"  pages: publisher {ours}, WeasyPrint {theirs}"


def _short_commands() -> dict[str, Command]:
    commands = (("--help",), ("--version",), ("inspect", SAMPLE), ("build", SAMPLE, "-t", "epub", "-o", "ours"))
    return {f"publisher {' '.join(Path(word).name for word in words)}": (PUBLISHER, *words) for words in commands}


def _imports() -> dict[str, Command]:
    return {name: (sys.executable, "-c", f"import {module}") for name, module in MODULES.items()}


def _report(title: str, costs: Mapping[str, Cost]) -> None:
    print(f"\n{title}")
    rows = [("", "wall s", "CPU s", "memory MB"), *(_row(name, cost) for name, cost in costs.items())]
    print("\n".join(f"  {line}" for line in table([*rows, *_ratio(costs)])))


def _row(name: str, cost: Cost) -> tuple[str, ...]:
    return name, f"{cost.wall:.3f}", f"{cost.cpu:.3f}", f"{cost.memory / 1e6:.0f}"


def _ratio(costs: Mapping[str, Cost]) -> Iterator[tuple[str, ...]]:
    """Of two tools that are compared, how many times the second's cost the first has."""
    match list(costs.items()):
        case [(first, one), (second, other)]:
            yield f"{first} / {second}", f"{one.wall / other.wall:.2f}", f"{one.cpu / other.cpu:.2f}", ""


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures publisher and other tools side by side: python -m benchmarks [--once | --quick].

All rows take some 40 minutes on two processors, and end in the README and in results.md. `--once` measures each row
one time and leaves out the longest texts, in a quarter of the time; `--quick` measures small texts and writes nothing,
to see that everything works. PUBLISHER_BENCH_TEXTS names a folder of texts to measure
instead of the invented books.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import msgspec

from benchmarks import report
from benchmarks.facts import Facts, Text
from benchmarks.processes import Asked, Cost, measure
from benchmarks.report import ROOT, Row
from benchmarks.tools import PUBLISHER, Tool, everything, pandoc, tools

SAMPLE = ROOT / "content" / "petrograd.txt"
MODULES = {
    "Python alone": "sys",
    "the command line": "publisher.cli",
    "the EPUB's writer": "publisher.writers.epub",
    "the PDF's writer": "publisher.writers.pdf",
    "WeasyPrint": "weasyprint",
}
SEVERAL = " (publisher: all formats; others: one)"
METHOD = """\
Each line is what one command costs that makes the whole book anew; medians of {runs}, the tools taking turns. Memory is
the most that one process held. What is said to be made beforehand is not counted. publisher uses all processors, checks
every word of what it has made, and keeps nothing (`--no-cache`), except where a word or nothing has changed. All
formats are EPUB, PDF and booklet."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the texts are, in words, how many, and how often each is measured: the large ones less often."""

    sizes: tuple[int, ...]
    pamphlets: int
    shelf: int
    runs: int
    large: int = 200_000


FULL = Scale((120_000, 560_000), pamphlets=100, shelf=300, runs=3)
ONCE = Scale((120_000,), pamphlets=20, shelf=300, runs=1)
QUICK = Scale((4_000,), pamphlets=3, shelf=6, runs=1)


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    scale = QUICK if quick else ONCE if "--once" in sys.argv[1:] else FULL
    method = METHOD.format(runs="one run" if scale.runs == 1 else f"{scale.runs} runs, of one for long texts")
    found = tools()
    print(f"{report.machine()}\n\n{method}\n\n{report.rules(found)}\n", flush=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        facts = _facts(folder, scale)
        rows = list(_rows(folder, facts, found, scale))
        small = list(_small(folder, facts, scale))
    print(f"{report.long(rows, found)}\n\n" + "\n".join(small))
    if not quick:
        report.write(rows, found, method)


def _facts(folder: Path, scale: Scale) -> Facts:
    numbers = map(str, (scale.pamphlets, scale.shelf, *scale.sizes))
    made = run([sys.executable, "-m", "benchmarks.books", folder, *numbers], cwd=ROOT, check=True, capture_output=True)
    return msgspec.json.decode(made.stdout, type=Facts)


def _rows(folder: Path, facts: Facts, found: tuple[Tool, ...], scale: Scale) -> Iterator[Row]:
    for text in facts.texts:
        runs = scale.runs if text.words < scale.large else 1
        epub = {tool.name: tool.epub(text, facts) for tool in found if tool.epub}
        yield _row(f"EPUB, {text.title}", epub, found, folder, runs)
        pdf = {tool.name: tool.pdf(text, facts) for tool in found if tool.pdf}
        yield _row(f"PDF, {text.title}", pdf, found, folder, runs)
    batch = dict(_batch(facts, found, scale))
    yield _row(f"{scale.pamphlets} pamphlets{SEVERAL}", batch, found, folder, 1)
    files = [text for text in facts.texts if (folder / text.path).is_file()]
    if files:
        edited = next((text for text in files if text.notes), files[0])
        yield _row(f"all formats, {edited.title}", {"publisher": everything(edited, facts)}, found, folder, scale.runs)
        yield _edited(folder, edited, facts, found, scale)
    again = Asked((PUBLISHER, "build", "shelf", "-o", "shelved", "--cache", "kept"))
    measure({"publisher": again}, folder, 1)
    yield _row(f"{scale.shelf} pamphlets, nothing changed", {"publisher": again}, found, folder, scale.runs)


def _row(title: str, asked: Mapping[str, Asked], found: tuple[Tool, ...], folder: Path, runs: int) -> Row:
    """What the tools that are here need; the others stay in the row."""
    here = {tool.name for tool in found if tool.version}
    costs: dict[str, Cost | None] = dict.fromkeys(asked)
    costs |= measure({name: one for name, one in asked.items() if name in here}, folder, runs)
    print(report.short([Row(title, costs)], found), flush=True)
    return Row(title, costs)


def _batch(facts: Facts, found: tuple[Tool, ...], scale: Scale) -> Iterator[tuple[str, Asked]]:
    """All pamphlets: we in one command, the others in a loop, each tool one format."""
    yield (
        "publisher",
        Asked((PUBLISHER, "build", "pamphlets", "-o", "ours-pamphlets", "--no-cache"), "ours-pamphlets/*.[ebp]*"),
    )
    names = [f"pamphlet-{index:03}" for index in range(1, scale.pamphlets + 1)]
    first = Text("", names[0], 0, 0, 0, 0.0)
    for tool in found:
        make = tool.epub if tool.name == "pandoc" else tool.pdf
        if tool.name in {"pandoc", "typst", "WeasyPrint"} and make:
            asked = make(first, facts)
            script = asked.command[2] if asked.command[0] == "sh" else " ".join(asked.command)
            loop = f"for name in {' '.join(names)}; do {script.replace(names[0], '$name')} || exit; done"
            yield tool.name, Asked(("sh", "-c", loop), asked.outputs.replace(names[0], "pamphlet-*"))


def _edited(folder: Path, text: Text, facts: Facts, found: tuple[Tool, ...], scale: Scale) -> Row:
    """One word in the middle of a book is another each time; what has no memory makes all of it again."""
    words = (folder / text.path).read_text("utf-8", "replace").split(" ")
    place = next(index for index in range(len(words) // 2, len(words)) if words[index].isalpha())
    source = folder / f"edited-{text.name}.txt"  # the text itself may be somebody's
    source.write_text(" ".join(words), "utf-8")
    command = (PUBLISHER, "build", source.name, "-o", "edited", "--cache", "kept")

    def edit(number: int) -> None:
        source.write_text(" ".join([*words[:place], f"changed{'d' * number}", *words[place + 1 :]]), "utf-8")

    asked = {"publisher": Asked(command, "edited/*.[ebp]*")}
    asked |= {tool.name: tool.epub(text, facts) for tool in found if tool.epub and tool.name == "pandoc"}
    asked |= {tool.name: tool.pdf(text, facts) for tool in found if tool.pdf and tool.name == "typst" and tool.version}
    measure({"publisher": asked["publisher"]}, folder, 1)
    costs = measure(asked, folder, scale.runs, edit)
    row = Row(f"one word changed, {text.title}{SEVERAL}", costs)
    print(report.short([row], found), flush=True)
    return row


def _small(folder: Path, facts: Facts, scale: Scale) -> Iterator[str]:
    """What else is worth watching: short commands, imports, reading."""
    commands = (("--help",), ("inspect", str(SAMPLE)), ("build", str(SAMPLE), "-t", "epub", "--no-cache"))
    asked = {f"publisher {' '.join(Path(word).name for word in words)}": (PUBLISHER, *words) for words in commands}
    asked |= {f"import {name}": (sys.executable, "-c", f"import {module}") for name, module in MODULES.items()}
    costs = measure({name: Asked(command) for name, command in asked.items()}, folder, 3 * scale.runs)
    for name, cost in costs.items():
        yield f"{name}: {cost.wall:.2f} s, {cost.memory / 1e6:.0f} MB" if cost else f"{name}: failed"
    for text in facts.texts:
        yield f"reading {text.name}: {text.size / text.reading / 1e6:.1f} MB a second"


if __name__ == "__main__":
    if not pandoc():
        sys.exit("pandoc is not here: run scripts/setup bench")
    main()

# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher proof: pictures of all pages, and what a typographer would not let pass."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publisher.cli import arguments, interruption, terminal
from publisher.codes import CODES
from publisher.errors import OutputError

if TYPE_CHECKING:
    from publisher.build.proof import Proof

HELP = "show all pages of a PDF on contact sheets, and the flaws of its layout"
DESCRIPTION = """\
Lays works out as `publisher build` does and looks at the pages: lines that are too loose or too long, widows, orphans,
hyphens in a row or across pages, short last lines, headings at the foot, nearly empty last pages, facing pages that are
not equally deep, missing glyphs. Writes pictures of all pages, those with flaws in red frames."""
EXAMPLES = """\
examples:
  publisher proof                     every work in content/, sheets into dist/
  publisher proof text.txt -o proofs  one text, x.proof.png into proofs/
  publisher proof text.txt --json     the flaws for scripts
"""

# Flaws are counted per so many pages.
PAGES = 50


def add(parser: ArgumentParser) -> None:
    arguments.add_sources(parser)
    arguments.add_folder(parser)
    parser.add_argument("--theme", metavar="NAME", type=arguments.theme, help="looks: book, pamphlet, large-print")
    parser.add_argument("--paper", metavar="NAME", type=arguments.paper, help="page size: A5, half-letter, …")
    parser.add_argument("--json", action="store_true", help="print the results as JSON to standard output")
    arguments.add_cache(parser)


def run(given: Namespace) -> int:
    from publisher import works
    from publisher.build import crew as crews
    from publisher.build.artifacts import artifacts
    from publisher.build.make import Options
    from publisher.build.proof import prove
    from publisher.cli import report

    interruption.heed()
    options = Options(paper=given.paper, theme=given.theme, epoch=arguments.epoch(), details=arguments.debugging())
    kept = None if given.no_cache else artifacts(given.cache)
    number = arguments.processors()
    found = works.find(given.sources or [arguments.CONTENT])
    with crews.Crew(crews.here if number == 1 else crews.processes, number) as crew:
        proofs = [prove(work, options, crew, kept) for work in terminal.progress(found, len(found), "work")]
    proofs = [_written(proof, given.folder) for proof in proofs]
    errors = list(dict.fromkeys(problem for proof in proofs for problem in proof.errors))
    terminal.say(*report.problems((p for proof in proofs for p in proof.problems), strict=False))
    terminal.say(*report.problems(errors, strict=False))
    terminal.say(*(line for proof in proofs if proof.pages for line in _summary(proof, given.folder)))
    if given.json:
        terminal.show({"works": [_data(proof, given.folder) for proof in proofs]})
    return int(bool(errors))


def _written(proof: Proof, folder: Path) -> Proof:
    """Writes the sheets of a work; where that is impossible it has none, but the reason."""
    from publisher.build import disk

    try:
        disk.prepare(folder)
        disk.write({sheet.path: sheet.data for sheet in proof.sheets}, folder)
    except OutputError as error:
        return replace(proof, sheets=(), errors=(*proof.errors, *error.problems))
    return proof


def _summary(proof: Proof, folder: Path) -> Iterator[str]:
    counts = Counter(flaw.code for flaw in proof.flaws)
    flaws = terminal.counted(len(proof.flaws), "flaw")
    rate = f"{len(proof.flaws) * PAGES / proof.pages:.1f} in {PAGES}"
    kinds = "; ".join(f"{CODES[code].title} ({code} ×{number})" for code, number in counts.most_common())
    yield f"{proof.work.slug}: {flaws} on {terminal.counted(proof.pages, 'page')}, {rate}" + (
        f": {kinds}" if kinds else ""
    )
    if proof.sheets:
        sheets = terminal.counted(len(proof.sheets), "sheet")
        yield f"{proof.work.slug}: {sheets} in {folder}/, {proof.sheets[0].path} first"


def _data(proof: Proof, folder: Path) -> dict[str, object]:
    from publisher.inspection import finding

    return {
        "slug": proof.work.slug,
        "pages": proof.pages,
        "sheets": [(folder / sheet.path).as_posix() for sheet in proof.sheets],
        "flaws": [
            {
                "page": flaw.page,
                "line": flaw.line,
                "words": flaw.words,
                "detail": flaw.detail,
                "problem": finding(problem),
            }
            for flaw, problem in zip(proof.flaws, proof.problems, strict=True)
        ],
        "problems": [finding(problem) for problem in proof.errors],
    }

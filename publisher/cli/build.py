# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher build: makes books and writes them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.build.formats import DEFAULT_FORMATS, WRITERS
from publisher.cli import arguments, interruption, terminal
from publisher.errors import OutputError

if TYPE_CHECKING:
    from publisher.build.make import Options
    from publisher.build.results import Result

HELP = "make EPUB, PDF and booklet from texts"
DESCRIPTION = """\
Makes books from texts. A text file is a work; so is a folder with a book.toml or an index page. In any other
folder, each text is a work. Outputs go into one folder, named after the text: x.epub, x.pdf, x.booklet.pdf.
A work that fails never stops the others, and leaves its earlier outputs as they are."""
EXAMPLES = """\
examples:
  publisher build                                every work in content/, into dist/
  publisher build texts/lenin -o books -j 4      a folder of texts, into books/, four at a time
  publisher build text.txt -t epub -t pdf        one text, no booklet
  publisher build --paper half-letter            for North American paper
  publisher build --release                      strict, with checksums; only works whose rights allow it
"""


def add(parser: ArgumentParser) -> None:
    arguments.add_sources(parser)
    arguments.add_folder(parser)
    parser.add_argument(
        "-t",
        dest="formats",
        metavar="FORMAT",
        action="append",
        choices=tuple(WRITERS),
        help=f"a format to make, again for each more: {', '.join(WRITERS)} (default: all)",
    )
    parser.add_argument(
        "-j",
        dest="jobs",
        metavar="N",
        type=arguments.positive,
        help="processes that lay out works, or parts of a long one (default: all processors)",
    )
    parser.add_argument("--theme", metavar="NAME", type=arguments.theme, help="looks: book, pamphlet, large-print")
    parser.add_argument("--paper", metavar="NAME", type=arguments.paper, help="page size: A5, half-letter, …")
    parser.add_argument(
        "--fit", action="store_true", help="set lines nearer to one another where that saves a sheet of the booklet"
    )
    parser.add_argument(
        "--release",
        action="store_true",
        help="be strict, build only what may be published, write SHA256SUMS and manifest.json",
    )
    arguments.add_building(parser)


def run(given: Namespace) -> int:
    from publisher.build.make import Options

    options = Options(
        formats=tuple(given.formats or DEFAULT_FORMATS),
        paper=given.paper,
        theme=given.theme,
        strict=given.strict or given.release,
        release=given.release,
        fit=given.fit,
        epoch=arguments.epoch(),
        details=arguments.debugging(),
    )
    return produce(given, options, given.folder, given.jobs or arguments.processors())


def produce(given: Namespace, options: Options, folder: Path | None, jobs: int) -> int:
    """Builds, writes where there is a folder, and reports; gives the exit status."""
    from publisher import works
    from publisher.build import crew, results as building
    from publisher.build.artifacts import artifacts
    from publisher.cli import report

    interruption.heed()
    kept = None if given.no_cache else artifacts(given.cache)
    found = works.find(given.sources or [arguments.CONTENT])
    pool = crew.here if jobs == 1 else crew.processes
    with closing(building.build(found, options, pool, jobs, folder, kept)) as stream:
        done = {result.work.path: result for result in terminal.progress(stream, len(found), "work")}
    results = [done[work.path] for work in found]
    failed = any(result.failed(strict=options.strict) for result in results)
    if options.release and folder:
        failed |= not _write_release(results, folder)
    terminal.say(*report.problems((p for result in results for p in result.problems), strict=options.strict))
    terminal.say(*report.summary(results, folder, strict=options.strict))
    if given.json:
        terminal.show(report.as_data(results, folder, strict=options.strict))
    return int(failed)


def _write_release(results: list[Result], folder: Path) -> bool:
    """Writes checksums and manifest; false where that is impossible."""
    from publisher.build import disk, release
    from publisher.cli import report

    try:
        disk.write(release.files(results), folder)
    except OutputError as error:
        terminal.say(*report.problems(error.problems, strict=True))
        return False
    return True

# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher new: writes a settings file from what was read."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli import arguments, terminal
from publisher.errors import PublisherError

if TYPE_CHECKING:
    from publisher.works import Work

HELP = "write a commented settings file from what was read"
DESCRIPTION = """\
Writes book.toml into the folder of a work (x.toml beside a lone x.txt): its identifier, the name of its outputs and
the order of its pages, and as comments everything else that can be set, with what was read from the text. A settings
file that exists is never touched."""
EXAMPLES = """\
examples:
  publisher new content/x.txt    writes content/x.toml
  publisher new content/x        writes content/x/book.toml
  publisher new content          one for each work in content/
"""


def add(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a text, the folder of a work, or of works")


def run(given: Namespace) -> int:
    from publisher import works
    from publisher.cli import report

    failed = False
    for work in works.find(given.paths):
        try:
            terminal.say(_write(work))
        except PublisherError as error:
            failed = True
            terminal.say(*report.problems(error.problems, strict=False))
    return int(failed)


def _write(work: Work) -> str:
    """Writes the settings of a work that has none, and says what was done."""
    from publisher.build import disk
    from publisher.build.make import Options, prepare
    from publisher.build.run import job
    from publisher.errors import Location, OutputError, Problem
    from publisher.metadata.draft import draft
    from publisher.works import settings_path

    path = settings_path(work.path)
    if path.exists():
        hint = "Remove it if you want a new one."
        raise OutputError(
            [Problem("O003", "this settings file exists and stays as it is", Location(path.as_posix()), hint)]
        )
    prepared = prepare(job(work), Options(epoch=arguments.epoch()))
    files = [source.relative_to(work.path).as_posix() for source in work.files if source != work.path]
    disk.write({path.name: draft(prepared.edition, files).encode()}, path.parent)
    return f"{terminal.printable(str(path))} written"

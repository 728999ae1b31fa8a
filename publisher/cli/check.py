# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher check: builds in memory and says what is wrong."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from publisher.cli import arguments
from publisher.cli.build import produce

HELP = "build in memory, write nothing, say what is wrong"
DESCRIPTION = (
    "Builds works as `publisher build` does, but writes nothing: for people before, and for CI instead of, a build."
)
EXAMPLES = """\
examples:
  publisher check                    every work in content/
  publisher check text.txt --strict  fail on warnings, too
"""


def add(parser: ArgumentParser) -> None:
    arguments.add_sources(parser)
    arguments.add_building(parser)


def run(given: Namespace) -> int:
    from publisher.build.make import Options

    options = Options(strict=given.strict, epoch=arguments.epoch(), details=arguments.debugging())
    return produce(given, options, None, arguments.processors())

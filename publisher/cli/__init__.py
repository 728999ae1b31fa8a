# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: arguments -> what is printed, and an exit status.

0: all went well; 1: some work had errors; 2: wrong usage; 130: stopped with Ctrl-C. One module per command; the
libraries that a command needs are imported when it runs, so that --help is there at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

from publisher import __version__
from publisher.cli import arguments, booklet, build, check, explain, inspect, interruption, new, proof
from publisher.cli.terminal import say

COMMANDS = {
    "build": build,
    "booklet": booklet,
    "proof": proof,
    "check": check,
    "inspect": inspect,
    "new": new,
    "explain": explain,
}

DESCRIPTION = """\
Makes transcriptions of free texts (plain text, HTML, Markdown, TEI...) into books: EPUB for e-readers, PDF to read
or print, and a PDF booklet to fold and staple, each with a licence and credits page made from what the text says."""
EXAMPLES = """\
examples:
  publisher build                          every work in content/, into dist/
  publisher build text.txt -t epub -o out  one text, as EPUB only, into out/
  publisher booklet zine.pdf               any PDF on sheets to fold, into dist/
  publisher inspect text.txt               what is read from a text: chapters, notes, licence
  publisher proof text.txt                 pictures of all pages, and what is wrong with their layout
  publisher new content/text.txt           write a settings file, to correct what was read
  publisher explain N001                   what a problem's code means and what to do

`publisher COMMAND --help` tells more.
Exit status: 0 all went well, 1 some work had errors, 2 wrong usage, 130 stopped with Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; `arguments` are those of the process unless given."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called: `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open till the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return _run(given)
    except ArgumentTypeError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        interruption.heard()
        with suppress(OSError):  # the terminal may be what was closed
            say("", "publisher: stopped; outputs are complete or as they were")
        return 130
    except BrokenPipeError:
        # Who read our output has seen enough (`| head`); without this, Python would complain when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(given: Namespace) -> int:
    try:
        status: int = COMMANDS[given.command].run(given)
        sys.stdout.flush()
    except (ArgumentTypeError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 (a command never ends in a traceback)
        if arguments.debugging():
            traceback.print_exc()
        if isinstance(error, OSError) and error.filename is None:  # no file: standard output, on a full disk
            say(f"publisher: standard output cannot be written: {error.strerror}")
        else:
            say(f"publisher: error X001: internal error ({type(error).__name__}: {error}); please report it")
        return 1
    return status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "publisher", description=DESCRIPTION, epilog=EXAMPLES, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"publisher {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for name, command in COMMANDS.items():
        command.add(
            commands.add_parser(
                name,
                help=command.HELP,
                description=command.DESCRIPTION,
                epilog=command.EXAMPLES,
                formatter_class=RawDescriptionHelpFormatter,
            )
        )
    return parser

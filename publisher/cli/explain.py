# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher explain: what a problem's code means."""

from __future__ import annotations

import textwrap
from argparse import ArgumentParser, Namespace
from difflib import get_close_matches

from publisher.cli import terminal
from publisher.codes import CODES

HELP = "say what a problem's code means and what to do"
DESCRIPTION = "Explains the code of a problem: what causes it, and what to do about it."
EXAMPLES = """\
examples:
  publisher explain N001    one code
  publisher explain         all codes with their titles
"""


def add(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", nargs="?", help="the code that stands before the message, such as N001")


def run(given: Namespace) -> int:
    if given.code is None:
        print("\n".join(f"{name}  {code.severity:<7}  {code.title}" for name, code in sorted(CODES.items())))
        return 0
    name = given.code.upper()
    if name not in CODES:
        near = get_close_matches(name, CODES, n=3)
        terminal.say(f"publisher: there is no code {given.code}" + (f"; near it: {', '.join(near)}" if near else ""))
        return 2
    code = CODES[name]
    print(f"{name}: {code.title} ({code.severity})\n\n{textwrap.fill(code.explanation, 88)}")
    return 0

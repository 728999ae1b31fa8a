# SPDX-License-Identifier: AGPL-3.0-or-later
"""publisher booklet: any PDF on sheets to print, fold and bind."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from publisher.cli import terminal
from publisher.codes import Severity
from publisher.errors import PublisherError
from publisher.imposition.options import (
    HEAVIEST,
    LARGEST_SIGNATURE,
    LIGHTEST,
    WIDEST,
    Binding,
    Blanks,
    BookletOptions,
    Edge,
    Layout,
    Mark,
    Reload,
)
from publisher.imposition.stock import SHEETS

if TYPE_CHECKING:
    from publisher.edition import Output
    from publisher.errors import Problem

Number = TypeVar("Number", int, float)
T = TypeVar("T")

HELP = "lay the pages of any PDF on sheets to fold"
DESCRIPTION = """\
Lays the pages of a PDF on sheets, so that they read in order when the sheets are printed on both sides, folded and
stapled or sewn. It folds each booklet itself and checks the order before it writes x.booklet.pdf, and says how to print
it. The same can be set for the books of `publisher build`, in the table [booklet] of book.toml."""
EXAMPLES = """\
examples:
  publisher booklet zine.pdf                         two pages a side, on A4 or letter as fits the pages
  publisher booklet zine.pdf --sheet letter          reduced to letter where they are larger
  publisher booklet zine.pdf --layout four-up        small pages: each sheet is folded twice
  publisher booklet book.pdf --signature 16          signatures of 16 pages, to be sewn
  publisher booklet zine.pdf --no-duplex             fronts and backs apart, for printers that print on one side
  publisher booklet --calibration                    a sheet that shows which --flip your printer needs
"""


def add(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a PDF")
    parser.add_argument(
        "-o", dest="folder", metavar="DIR", type=Path, default=Path("dist"), help="output folder (dist)"
    )
    _add_sheets(parser)
    _add_binding(parser)
    _add_printing(parser)
    parser.add_argument("--password", metavar="WORD", default="", help="what an encrypted PDF is opened with")
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors, and write nothing")
    parser.add_argument("--json", action="store_true", help="print the results as JSON to standard output")


def _add_sheets(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("sheets")
    group.add_argument("--sheet", choices=tuple(SHEETS), help="the paper in the printer (default: what fits the pages)")
    group.add_argument("--layout", choices=tuple(map(str, Layout)), help="pages on a side (two-up)")
    group.add_argument(
        "--signature",
        metavar="PAGES",
        type=_signature,
        help=f"the most pages of a signature, 4 to {LARGEST_SIGNATURE}; 0: one of all sheets",
    )
    group.add_argument("--blanks", choices=tuple(map(str, Blanks)), help="where blank pages stand (end)")
    group.add_argument("--inside", metavar="MM", type=_within(float, 0, WIDEST), help="more space at the fold (0)")
    group.add_argument(
        "--marks", metavar="MARK,…", type=_marks, help=f"marks to print: {', '.join(map(str, Mark))} (none)"
    )


def _add_binding(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("binding")
    group.add_argument("--binding", choices=tuple(map(str, Binding)), help="side of the spine (as the PDF says)")
    weight = _within(int, LIGHTEST, HEAVIEST)
    group.add_argument("--weight", metavar="G", type=weight, help="of the paper, in g/m² (80)")
    group.add_argument("--cover-weight", metavar="G", type=weight, help="of the cover's card, in g/m² (160)")
    group.add_argument(
        "--separate-cover", action="store_true", default=None, help="the outermost sheet in its own file"
    )


def _add_printing(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("printing")
    group.add_argument("--flip", choices=tuple(map(str, Edge)), help="edge over which the printer turns sheets")
    group.add_argument(
        "--no-duplex", dest="duplex", action="store_false", default=None, help="fronts and backs in two files"
    )
    group.add_argument(
        "--reload", choices=tuple(map(str, Reload)), help="how the pile of fronts goes back into the tray (turned)"
    )
    group.add_argument("--calibration", action="store_true", help="write calibration.pdf: print it, and read what fits")


def _within(kind: Callable[[str], Number], least: Number, most: Number) -> Callable[[str], Number]:
    def parse(text: str) -> Number:
        try:
            number = kind(text)
        except ValueError:
            raise ArgumentTypeError(f"{text!r} is no number") from None
        if least <= number <= most:
            return number
        raise ArgumentTypeError(f"{text} is not from {least} to {most}")

    return parse


def _signature(text: str) -> int:
    number = _within(int, 0, LARGEST_SIGNATURE)(text)
    if number % 4:
        raise ArgumentTypeError(f"{text} is no multiple of 4")
    return number


def _marks(text: str) -> tuple[Mark, ...]:
    try:
        return tuple(Mark(name.strip()) for name in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r}: known marks are {', '.join(map(str, Mark))}") from None


def options(given: Namespace) -> BookletOptions:
    """What was asked for; what was not is left to the defaults."""
    kinds: dict[str, Callable[[Any], Any]] = {
        "layout": Layout,
        "flip": Edge,
        "binding": Binding,
        "blanks": Blanks,
        "reload": Reload,
    }
    names = BookletOptions.__struct_fields__
    asked: dict[str, Any] = {name: value for name in names if (value := getattr(given, name)) is not None}
    return replace(BookletOptions(), **{name: kinds.get(name, _same)(value) for name, value in asked.items()})


def _same(value: T) -> T:
    return value


def run(given: Namespace) -> int:
    if given.file is None and not given.calibration:
        raise ArgumentTypeError("booklet: give a PDF, or --calibration")
    from publisher.build import disk

    try:
        disk.prepare(given.folder)
        made, problems = _made(given)
        failed = given.strict and any(problem.severity is Severity.WARNING for problem in problems)
        made = [] if failed else made
        disk.write({output.path: output.data for output in made}, given.folder)
    except PublisherError as error:
        made, problems, failed = [], error.problems, True
    _say(made, problems, given)
    return int(failed)


def _made(given: Namespace) -> tuple[list[Output], tuple[Problem, ...]]:
    """The files that are asked for, and what is doubtful about them."""
    from publisher import folders
    from publisher.imposition.booklet import impose
    from publisher.writers import booklet, calibration

    made: list[Output] = []
    wished = options(given)
    if given.file is not None:
        data = folders.content(given.file)
        found = impose(data, wished, given.file.stem, given.file.as_posix(), given.password)
        made += booklet.outputs(found, given.file.stem)
    if given.calibration:
        made.append(calibration.write(wished.sheet or "A4"))
    return made, tuple(problem for output in made for problem in output.problems)


def _say(made: Sequence[Output], problems: Sequence[Problem], given: Namespace) -> None:
    from publisher.cli import report

    terminal.say(*report.problems(problems, strict=given.strict))
    terminal.say(*(terminal.printable(line) for output in made for line in output.advice))
    if made:
        files = ", ".join(terminal.printable(output.path) for output in made)
        terminal.say(f"{terminal.counted(len(made), 'file')} in {given.folder}/: {files}")
    if given.json:
        terminal.show(_data(made, problems, given))


def _data(made: Sequence[Output], problems: Sequence[Problem], given: Namespace) -> dict[str, object]:
    from publisher.build.artifacts import made as kept
    from publisher.build.make import severity
    from publisher.cli import report
    from publisher.inspection import finding

    return {
        "outputs": [report.output(kept(output), given.folder) for output in made],
        "problems": [finding(p, severity=severity(p, strict=given.strict)) for p in problems],
    }

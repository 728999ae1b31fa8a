# SPDX-License-Identifier: AGPL-3.0-or-later
"""Arguments that several commands share."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

CONTENT = Path("content")
_LAST_SECOND = 253402300799  # of the year 9999


def add_sources(parser: ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        type=Path,
        help="a text file, the folder of one work, or a folder of works (default: content/)",
    )


def add_building(parser: ArgumentParser) -> None:
    """What `build` and `check` have in common."""
    parser.add_argument(
        "--strict", action="store_true", help="treat warnings as errors, and write no work that has any"
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON to standard output")
    add_cache(parser)


def add_folder(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", dest="folder", metavar="DIR", type=Path, default=Path("dist"), help="output folder (dist)"
    )


def add_cache(parser: ArgumentParser) -> None:
    cache = parser.add_mutually_exclusive_group()
    cache.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        help="keep what was built here, to be quicker the next time (default: the user's cache)",
    )
    cache.add_argument("--no-cache", action="store_true", help="build everything anew and keep nothing")


def positive(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text):
        return int(text)
    raise ArgumentTypeError(f"{text!r} is no number of processes")


def paper(text: str) -> str:
    from publisher.papers import PAPERS

    if text in PAPERS:
        return text
    raise ArgumentTypeError(f"{text!r} is no paper size; known: {', '.join(PAPERS)}")


def theme(text: str) -> str:
    from publisher.themes import THEMES

    if text in THEMES:
        return text
    raise ArgumentTypeError(f"{text!r} is no theme; known: {', '.join(THEMES)}")


def epoch() -> int | None:
    """SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), in seconds."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) <= _LAST_SECOND:
        return int(text)
    raise ArgumentTypeError(f"SOURCE_DATE_EPOCH is {text!r}, which is no number of seconds since 1970")


def debugging() -> bool:
    """Whether PUBLISHER_DEBUG asks for the traceback of an internal error."""
    return bool(os.environ.get("PUBLISHER_DEBUG"))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases as files: a text, a line with a full stop, what is read from it, a full stop, the problems.

The text begins on the file's first line, so that line numbers are those of the case file. Where expectations are to
change, run with PUBLISHER_UPDATE_EXPECTED=1 and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

from publisher import folders
from publisher.readers import READERS, Read, Source
from tests import notation

CASES = Path(__file__).with_name("cases")
SEPARATOR = "\n.\n"


def source(case: Path) -> Source:
    """The text of a case; its file is called as the case is."""
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    return Source(f"{case.stem}.txt", f"{text}\n".encode())


def pages(folder: Path) -> list[Source]:
    """The pages of a case that is a folder, in natural order."""
    return [Source(file.name, file.read_bytes()) for file in folders.texts(folder)]


def read(*sources: Source) -> Read:
    return READERS["marxists_text"](sources)


def markup(case: Path, ending: str = ".html") -> Source:
    """The page of a case of another reader; its file is called as the case is, with that reader's ending."""
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    return Source(f"{case.stem}{ending}", f"{text}\n".encode())


def files(folder: Path) -> list[Source]:
    """All files of a case that is a folder, in the order of their names, without what is expected of it."""
    found = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != "expected.txt")
    return [Source(file.relative_to(folder).as_posix(), file.read_bytes()) for file in found]


def expected(case: Path, found: str) -> str:
    """What the case file says; with PUBLISHER_UPDATE_EXPECTED what was found is written to it."""
    if os.environ.get("PUBLISHER_UPDATE_EXPECTED"):
        case.write_text(f"{found}\n", encoding="utf-8")
    return case.read_text(encoding="utf-8").rstrip()


def described(result: Read, text: str = "") -> str:
    """What was read, as case files have it; `text` is the source, where it stands in the same file."""
    return SEPARATOR.join((*([text] if text else []), notation.document(result), notation.problems(result))).rstrip()


def marked_up(case: Path, suffix: str) -> Source:
    """The text of a case in a markup language, whose files end in `suffix`."""
    text, _, _ = case.read_text(encoding="utf-8").partition(SEPARATOR)
    return Source(f"{case.stem}{suffix}", f"{text.rstrip()}\n".encode())

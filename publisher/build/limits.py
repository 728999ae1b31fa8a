# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was read -> problems for what no layout ends with: pictures as letters, tables of bytes.

Where there is no space to break a line at, WeasyPrint tries every letter: ten times the letters take a hundred times
as long, 20,000 some ten seconds. Chinese and Japanese, which have no spaces, break anywhere and are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.errors import Location, Problem
from publisher.ledger import Entry

LONGEST = 20_000
# From the beginning of a word only: from each of its letters would take the square of its length.
_ENDLESS = re.compile(rf"(?<![!-~])[!-~]{{{LONGEST + 1},}}")


def check(entries: Iterable[Entry]) -> Iterator[Problem]:
    """One problem for each file with a printed word of more than 20,000 letters, at the first one."""
    seen = set()
    for entry in entries:
        if len(entry.text) <= LONGEST or not entry.printed or entry.file in seen:
            continue
        if found := _ENDLESS.search(entry.text):
            seen.add(entry.file)
            message = f"{len(found[0]):,} letters and signs without a space: this is data, not a text"
            yield Problem("S010", message, Location(entry.file, entry.line), "Leave it out, or break it into lines.")

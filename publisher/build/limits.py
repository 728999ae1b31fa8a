# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources -> problems for those that no layout ends with: pictures as letters, tables of bytes.

Where there is no space to break a line at, WeasyPrint tries every letter: ten times the letters take a hundred times
as long, 20,000 some ten seconds. Chinese and Japanese, which have no spaces, break anywhere and are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.errors import Location, Problem
from publisher.readers import Source

LONGEST = 20_000
# From the beginning of a word only: from each of its letters would take the square of its length.
_ENDLESS = re.compile(rb"(?<![!-~])[!-~]{%d,}" % (LONGEST + 1))


def check(sources: Iterable[Source]) -> Iterator[Problem]:
    """One problem for each source with a word of more than 20,000 letters, at the first one."""
    for source in sources:
        if found := _ENDLESS.search(source.data):
            line = source.data.count(b"\n", 0, found.start()) + 1
            message = f"{len(found[0]):,} letters and signs without a space: this is data, not a text"
            yield Problem("S010", message, Location(source.file, line), "Leave it out, or break it into lines.")

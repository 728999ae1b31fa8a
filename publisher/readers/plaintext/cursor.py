# SPDX-License-Identifier: AGPL-3.0-or-later
"""A way through lines that stand at a margin or are indented from it."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.readers.plaintext.form import OUTER
from publisher.readers.plaintext.lines import Line


class Cursor:
    """Goes through lines whose margin is the column `base`; one space more is no indent."""

    def __init__(self, lines: Sequence[Line], base: int) -> None:
        self.lines, self.base = lines, base
        self.at = 0

    def skip_blank(self) -> bool:
        """Goes to the next line that is not blank; false where there is none."""
        while self.at < len(self.lines) and not self.lines[self.at].text:
            self.at += 1
        return self.at < len(self.lines)

    def relative(self, at: int) -> int:
        """How far a line is indented here: -1 for a blank line or the end."""
        return max(0, self.lines[at].indent - self.base) if at < len(self.lines) and self.lines[at].text else -1

    def group(self, *, indented: bool) -> list[Line]:
        """The next lines that all stand at the margin, or all do not, up to a blank line."""
        start = self.at
        while (relative := self.relative(self.at)) >= 0 and (relative > 1) == indented:
            self.at += 1
        return list(self.lines[start : self.at])

    def region(self, floor: int) -> list[Line]:
        """The next lines that are indented at least so far, blank ones among them, up to what is counted from here."""
        start = end = self.at
        while self.at < len(self.lines):
            relative = self.relative(self.at)
            after_blank = self.at > start and not self.lines[self.at - 1].text
            if 0 <= relative < floor or (after_blank and relative in OUTER):
                break
            self.at += 1
            end = self.at if relative >= 0 else end
        self.at = end
        return list(self.lines[start:end])

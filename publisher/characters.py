# SPDX-License-Identifier: AGPL-3.0-or-later
r"""Characters that XML cannot hold (https://www.w3.org/TR/xml/#charsets), so that no EPUB or XMP can either.

A reader reports them where it finds them in a text. What comes by another way (an escape in a settings file,
"title = 'A\\u0001'") is printed as U+FFFD, the sign for a character that cannot be shown: nothing vanishes.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot hold."""
    return IMPOSSIBLE.sub(REPLACEMENT, text)

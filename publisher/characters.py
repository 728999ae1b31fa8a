# SPDX-License-Identifier: AGPL-3.0-or-later
r"""Characters for other uses than reading: those that XML cannot hold, spaces, and those that a name may have.

XML (https://www.w3.org/TR/xml/#charsets), and so EPUB and XMP, cannot hold control characters.

A reader reports them where it finds them in a text. What comes by another way (an escape in a settings file,
"title = 'A\\u0001'") is printed as U+FFFD, the sign for a character that cannot be shown: nothing vanishes.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Marks that most texts have beside ASCII: they part words, whatever the script.
_POINTED = str.maketrans(dict.fromkeys("‘’“”„‚«»–—…\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "-"))
_UNNAMED = re.compile("[^a-z0-9]+")
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_LETTER = re.compile(r"[^\W\d_]")
# Chinese characters, for a class of a regular expression.
HAN = r"\u3400-\u9fff\uf900-\ufaff"

# All for which str.isspace() is true.
SPACES = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def printable(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot hold."""
    # A text that Python would print as it stands has none of it; to find that out takes a fifth of the time.
    return text if text.isprintable() else IMPOSSIBLE.sub(REPLACEMENT, text)


def slug(text: str) -> str:
    """Letters a to z, digits and hyphens, for names of files and places: "Ленин, 1921 a" -> "lenin-1921-a"."""
    if not text.isascii() and not (text := text.translate(_POINTED)).isascii():
        # Imported where a text needs it: most do not.
        from anyascii import anyascii

        text = anyascii(text)
    return _UNNAMED.sub("-", text.lower()).strip("-")


def unique(name: str, taken: set[str]) -> str:
    """The name, with a count where it is taken; it is taken then."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    taken.add(found)
    return found


def squeezed(text: str) -> str:
    """The text without white space. A long one takes half the time that splitting and joining it takes."""
    if text.isprintable():
        return text.replace(" ", "")
    for space in SPACES:
        if space in text:
            text = text.replace(space, "")
    return text


def first_letter(text: str) -> str:
    """The first letter of a text, by which its script is told; empty where it has none."""
    found = _LETTER.search(text)
    return found[0] if found else ""

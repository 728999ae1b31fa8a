# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the words of its covers, and problems for what they cannot show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from publisher import glyphs
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.licences.model import Licence, Status

# A longer text could not be read on a cover.
LONGEST = 300
# Bytes of the longest links in a QR code with dots of 0.4 mm, as cameras read them: with the margin 49 dots on 20 mm
# (ISO/IEC 18004, version 6), of which 15 % may be damaged, or of a longer link 7 %.
SAFE_LINK, LONGEST_LINK = 106, 134


def title(edition: Edition) -> str:
    """The title, or its short form where it is longer than a cover can be."""
    short = edition.metadata.short_title
    return short if short and len(edition.title) > LONGEST else edition.title


def link(edition: Edition) -> str | None:
    """What the code on the printed covers leads to, if one is wished for and possible."""
    address = edition.metadata.source_url
    return address if edition.cover_qr and address and len(address.encode()) <= LONGEST_LINK else None


def licence_mark(licence: Licence) -> str:
    """A licence's short name: "CC BY-SA 4.0"; nothing where none is given."""
    if licence.status not in (Status.FREE, Status.RESTRICTED):
        return ""
    if licence.spdx and licence.spdx.startswith("CC"):
        name, _, version = licence.spdx.rpartition("-")
        return f"{name.replace('CC-', 'CC ', 1)} {version}"
    return licence.name or ""


def shortened(text: str) -> str:
    """The words that a cover has room for, with an ellipsis where it is not all of them."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    if " " in text[:LONGEST]:
        return textwrap.shorten(text, LONGEST, placeholder=" …", break_long_words=False)
    return f"{text[: LONGEST - 1]}…"


def check(edition: Edition, file: str) -> Iterator[Problem]:
    """What a generated cover will not show, and what it is short of; `file` is shown as the place."""
    place = Location(file)
    if edition.cover_qr and not link(edition):
        length = len((edition.metadata.source_url or "").encode())
        message = (
            f"the link has {length:,} bytes, too many for a code that can be read" if length else "there is no link"
        )
        hint = f'Write source_url = "…" with up to {LONGEST_LINK} bytes.'
        yield Problem("C003", f"no code on the cover: {message}", place, hint)
    if edition.cover:
        return
    for what, text in (("author", edition.authors), ("title", title(edition)), ("subtitle", edition.subtitle)):
        if lacking := glyphs.missing(shortened(text)):
            yield _lacking(what, lacking, place)
        elif len(text) > LONGEST:
            message = f"the {what} has {len(text):,} characters; the cover shows the first {len(shortened(text)) - 2}"
            yield Problem("C002", message, place, 'short_title = "…" in the settings is shown instead of a long title.')


def _lacking(what: str, letters: tuple[str, ...], place: Location) -> Problem:
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:3])
    more = f" and {len(letters) - 3} more" if len(letters) > 3 else ""
    message = f"the cover is without its {what}: no font has {shown}{more}"
    return Problem("C001", message, place, 'Give a picture of your own: cover = "cover.png" in the settings.')

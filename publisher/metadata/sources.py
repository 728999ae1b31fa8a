# SPDX-License-Identifier: AGPL-3.0-or-later
"""A statement of what was transcribed -> the edition with its volume and pages.

"Lenin's Collected Works, 1st English Edition, ... Moscow, 1965, Volume 32, pages 300-315" -> volume 32, pages
300-315. A number that a statement gives twice and differently is not chosen from: it stays in the statement.
"""

from __future__ import annotations

import re

from publisher.metadata.model import SourceEdition

_VOLUME = re.compile(
    r"\b(?:vol(?:ume)?s?|band|bd|tome|tomo|jg|jahrgang|deel|том|т)\b\.?\s*(\d+|[IVXLC]+)\b", re.IGNORECASE
)
_RANGE = r"\d+(?:\s*[-‐–—]\s*\d+)?"
# "c347-8" is a Russian "с." written with a Latin letter.
_PAGES = re.compile(
    rf"(?:\b(?:pp?|pages?|pgs?|seiten?|págs?|páginas?|blz|pagine|стр)\b\.?|\b[SсC]\.|[cс](?=\d)|\bpp(?=\d))\s*"
    rf"({_RANGE}(?:\s*(?:,|&|and|und|y|et|и)\s*{_RANGE})*)(?!\s*(?:words|pp))",
    re.IGNORECASE,
)


def source_edition(value: str) -> SourceEdition:
    """The edition that a value states, word by word, with volume and pages where it gives one of each."""
    stated = " ".join(value.split())
    volumes = {found.upper() for found in _VOLUME.findall(stated)}
    pages = {re.sub(r"\s*[-‐–—]\s*", "-", found) for found in _PAGES.findall(stated)}
    return SourceEdition(
        stated=stated,
        volume=volumes.pop() if len(volumes) == 1 else None,
        pages=pages.pop() if len(pages) == 1 else None,
    )

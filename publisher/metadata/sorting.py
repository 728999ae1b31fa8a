# SPDX-License-Identifier: AGPL-3.0-or-later
"""A title -> the form that catalogues sort it by: "The Mill" stands under M, as "Mill, The"."""

from __future__ import annotations

import re

# The definite articles of some languages; of English, where nothing else is spelled like them, the others, too.
_ARTICLES = {
    "en": "the|an?",
    "de": "der|die|das",
    "fr": "les?|la|l['’]",
    "es": "el|la|los|las",
    "it": "il|lo|la|i|gli|le|l['’]",
}


def sort_form(title: str, language: str) -> str:
    """The title with its article behind it; empty where it begins with none, or has no other word."""
    articles = _ARTICLES.get(language.lower().partition("-")[0])
    found = articles and re.fullmatch(rf"({articles})(?:(?<=['’])|\s+)(\w.*)", title, re.IGNORECASE | re.DOTALL)
    return f"{found[2]}, {found[1]}" if found else ""

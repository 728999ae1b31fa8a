# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the licence and credits page, a module for each language; English for a text in any other.

What a licence's rules say in sentences of their own is looked up by its English words; a sentence that a language has
no words for stays in English, and the page marks it as English.
"""

from __future__ import annotations

from importlib import import_module

from publisher.phrases.model import Phrases
from publisher.wording import spoken

LANGUAGES = ("en", "ar", "de", "es", "fr", "it", "ru", "zh")


def phrases(language: str) -> Phrases:
    """The words for a BCP 47 tag. Only the module of the language that is asked for is loaded."""
    found: Phrases = import_module(f"publisher.phrases.{spoken(language, LANGUAGES)}").PHRASES
    return found

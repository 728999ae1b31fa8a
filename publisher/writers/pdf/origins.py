# SPDX-License-Identifier: AGPL-3.0-or-later
"""A font's glyphs -> the letters that they are shapes of, by the font's own rules of substitution.

A glyph that a character map lacks has come from others: the lam that begins a word from a lam, a ligature from its
letters (https://learn.microsoft.com/typography/opentype/spec/gsub). It is asked where layout could not tell, since
several glyphs stood for several letters together.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from publisher import fonts


@cache
def letters(digest: str) -> dict[int, str]:
    """The letters of each glyph of a font, as far as its rules tell; none for what is only a part of a shape."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(fonts.content(digest)), lazy=True) as font:
        known: dict[str, str] = {}
        for code, name in sorted(font.getBestCmap().items()):
            known.setdefault(name, chr(code))
        lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else []
        rules = list(_rules(lookups))
        added = True
        while added:
            made = {
                out: "".join(known[name] for name in names)
                for names, out in rules
                if out not in known and known.keys() >= {*names}
            }
            added = bool(made)
            known |= made
        parts = {
            name: ""
            for rule in _tables(lookups)
            if rule.LookupType == 2
            for outs in rule.mapping.values()
            for name in outs[1:]
        }
        return {font.getGlyphID(name): text for name, text in (parts | known).items()}


def _tables(lookups: list[Any]) -> Iterator[Any]:
    """The rules of substitution, by kind."""
    for table in (table for lookup in lookups for table in lookup.SubTable):
        yield table.ExtSubTable if table.LookupType == 7 else table  # an extension: the same further away


def _rules(lookups: list[Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Glyphs, and the one that may stand for them; of several the first, as the others are parts of its shape."""
    for rule in _tables(lookups):
        match rule.LookupType:
            case 1:
                yield from (((name,), out) for name, out in rule.mapping.items())
            case 2:
                yield from (((name,), outs[0]) for name, outs in rule.mapping.items() if outs)
            case 3:
                yield from (((name,), out) for name, outs in rule.alternates.items() for out in outs)
            case 4:
                for first, ligatures in rule.ligatures.items():
                    yield from (((first, *ligature.Component), ligature.LigGlyph) for ligature in ligatures)
            case _:
                pass

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates as headers state them -> EDTF, level 1 (https://www.loc.gov/standards/datetime/).

"8-16 March, 1921" -> "1921-03-08/1921-03-16"; "Labour Monthly, Vol. 16, No. 8, August 1934" -> "1934-08".
A text gives a date only if one date stands in it, or one in its first clause; of two nothing is chosen.
"""

from __future__ import annotations

import re

from publisher.metadata import date_spans
from publisher.metadata.date_spans import Span
from publisher.metadata.date_words import Kind, Token, tokens

# "Pravda, April 1919: Published according to the book ..., 1920": where it was printed, then which text was taken.
_CLAUSE = re.compile(
    r";|[.:,]\s+(?=(?:[Pp]ublished|[Pp]rinted|[Vv]erified|[Cc]hecked) (?:in full )?(?:according|from|with|against)\b)"
)
LONGEST_LINE = 120
_BRACKETS = re.compile(r"\(([^()]*)\)")


def edtf(text: str) -> str | None:
    """The one date that a text states, in EDTF; None where there is none, more than one, or no certain reading."""
    clause = _CLAUSE.split(text)[0]
    found = _only(text, at_end=False)
    if found is None and clause != text:
        found = _only(clause, at_end=True)
    # "in 1921 in the book: Desiaty syezd (Tenth Congress, March 8-16, 1921)": what brackets hold is said by the way.
    bare = _BRACKETS.sub(lambda bracket: bracket[0] if is_date_line(bracket[1]) else " ", clause)
    return _only(bare, at_end=False) if found is None and bare != clause else found


def _only(text: str, *, at_end: bool) -> str | None:
    """The only date of a text, told to stand at its end where other dates follow: a title may hold one, too."""
    words = tuple(tokens(text))
    spans = date_spans.find(words)
    dated = [span for span in spans if span.first.year]
    if len({str(span) for span in dated}) != 1 or _is_doubtful(words, spans):
        return None
    behind = words[dated[-1].stop :]
    return None if at_end and any(word.kind in {Kind.WORD, Kind.MONTH} for word in behind) else str(dated[0])


_CONNECTING = frozenset(
    "born died and in on from geboren gestorben né née mort nacido muerto nato morto родился умер und et y e и".split()
)


def is_date_line(line: str) -> bool:
    """Whether a line holds dates and nothing else: "(2 November 1898)", "1878-1939", "November 14 (27)"."""
    if len(line) > LONGEST_LINE:
        return False
    words = tuple(tokens(re.sub(r"\[\d+\*?\]|\*", "", line)))
    spans = date_spans.find(words)
    if not any(span.first.year or span.first.day for span in spans):
        return False
    inside = {at for span in spans for at in range(span.start, span.stop)}
    rest = [word for at, word in enumerate(words) if at not in inside]
    return all(word.kind in _FRAME or word.text.casefold().rstrip(".") in _CONNECTING | {"."} for word in rest)


_FRAME = frozenset(
    {Kind.OPEN, Kind.CLOSE, Kind.COMMA, Kind.SEMICOLON, Kind.DASH, Kind.OF, Kind.ABOUT, Kind.MAYBE, Kind.LIMIT}
)


def _is_doubtful(words: tuple[Token, ...], spans: list[Span]) -> bool:
    """Whether a date is only half of what is stated: "before 1920", "Ende August bis September 1857"."""
    if any(not span.fixed for span in spans):
        return True
    inside = {at for span in spans if span.first.year for at in range(span.start, span.stop)}
    for at, word in enumerate(words):
        after = words[at + 1].kind if at + 1 < len(words) else Kind.OTHER
        joined = after in {Kind.DAY, Kind.DASH} or (at > 0 and words[at - 1].kind is Kind.DAY)
        if at not in inside and (word.kind is Kind.SEASON or (word.kind is Kind.MONTH and joined)):
            return True
        if word.kind is Kind.LIMIT and (at + 1 in inside or (after is Kind.OF and at + 2 in inside)):
            return True
    return False

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tokens -> the dates among them, each a point or an interval, in EDTF (https://www.loc.gov/standards/datetime/).

"8-16 March, 1921" -> March 8 to March 16, 1921; "Winter 1929-30" -> a date whose reading is not certain.

Old style: Russian dates before 1918 often carry the new style in brackets, "November 10-25 (November 23-
December 8), 1917". EDTF counts by the Gregorian calendar, so the new style is taken, but only where the two lie as
many days apart as the calendars did (11 to 13). A single old date is taken as it is stated.
"""

from __future__ import annotations

import datetime as dt
import re

from msgspec import Struct
from msgspec.structs import replace

from publisher.metadata.date_words import Kind, Token

APART = range(11, 14)


class Point(Struct, frozen=True):
    """A day, month, season, year or decade; what is not stated is 0."""

    year: int = 0
    month: int = 0
    day: int = 0
    decade: bool = False

    def __str__(self) -> str:
        if self.decade:
            return f"{self.year // 10}X"
        return f"{self.year}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part)

    def is_real(self) -> bool:
        """Whether the calendar has it: 31 April is none."""
        try:
            dt.date(self.year, self.month if 0 < self.month <= 12 else 1, self.day or 1)
        except ValueError:
            return False
        return not self.day or self.month > 0


class Span(Struct, frozen=True):
    """A date or an interval among the tokens `start` to `stop`; `fixed` says that its reading is certain."""

    start: int
    stop: int
    first: Point
    last: Point | None = None
    fixed: bool = True
    mark: str = ""

    def __str__(self) -> str:
        return "/".join(f"{point}{self.mark}" for point in (self.first, self.last) if point)


def find(words: tuple[Token, ...]) -> list[Span]:
    """All dates among the tokens, in their order, those without a year too."""
    spans: list[Span] = []
    at = 0
    while at < len(words):
        span = _styles(words, at)
        if span:
            spans.append(_marked(words, span))
        at = span.stop if span else at + 1
    return spans


def _marked(words: tuple[Token, ...], span: Span) -> Span:
    """The span with "~" for "c. 1920", "?" for "1939?", "%" for both."""
    about = span.start > 0 and words[span.start - 1].kind is Kind.ABOUT
    after = _kind(words, span.stop) is Kind.MAYBE
    maybe = after or (span.start > 0 and words[span.start - 1].kind is Kind.MAYBE)
    mark = {(True, False): "~", (False, True): "?", (True, True): "%"}.get((about, maybe), "")
    return replace(span, mark=mark, stop=span.stop + after)


def _kind(words: tuple[Token, ...], at: int) -> Kind:
    return words[at].kind if at < len(words) else Kind.OTHER


def _styles(words: tuple[Token, ...], at: int) -> Span | None:
    """A date, or one in both calendars: "October 25 (November 7), 1917", "12 (25) January 1918"."""
    old = _interval(words, at)
    bare = old or _bare_day(words, at)
    if bare is None or _kind(words, bare.stop) is not Kind.OPEN:
        return old
    new = _interval(words, bare.stop + 1) or _bare_day(words, bare.stop + 1)
    if new is None or _kind(words, new.stop) is not Kind.CLOSE or not (bare.first.day and new.first.day):
        return old
    month, stop = _month_behind(words, new.stop + 1)
    year, stop = _year(words, stop)
    if not (bare.first.month or month):
        return old
    old_ends, new_ends = _ends(bare, month, year), _ends(new, month or bare.first.month, year)
    known = year or new_ends[-1].year or old_ends[-1].year
    gregorian = [_later(o, n, known) for o, n in zip(old_ends, new_ends, strict=False)]
    first, *more = gregorian
    certain = None not in gregorian and len(old_ends) == len(new_ends)
    if first is None or not certain:
        return Span(at, stop, replace(new_ends[0], year=known), fixed=not known)
    return Span(at, stop, first, more[0] if more else None)


def _bare_day(words: tuple[Token, ...], at: int) -> Span | None:
    """Days whose month stands behind a bracket: "12" in "12 (25) January 1918", "14-16" in "14-16 (27-29) November"."""
    if _kind(words, at) is not Kind.DAY:
        return None
    if _kind(words, at + 1) is Kind.DASH and _kind(words, at + 2) is Kind.DAY:
        return Span(at, at + 3, Point(day=words[at].value), Point(day=words[at + 2].value))
    return Span(at, at + 1, Point(day=words[at].value))


def _month_behind(words: tuple[Token, ...], at: int) -> tuple[int, int]:
    at += _kind(words, at) is Kind.OF
    return (words[at].value, at + 1) if _kind(words, at) is Kind.MONTH else (0, at)


def _ends(span: Span, month: int, year: int) -> list[Point]:
    ends = [end for end in (span.first, span.last) if end]
    return [replace(end, month=end.month or month, year=end.year or year) for end in ends]


def _later(old: Point, new: Point, year: int) -> Point | None:
    """The Gregorian one of two days that the calendars' distance parts; None if they are no such pair."""
    found = set()
    for old_year in {old.year} if old.year else {year - 1, year}:
        for new_year in {new.year} if new.year else {year, year + 1}:
            pair = [replace(old, year=old_year), replace(new, year=new_year)]
            if year and all(point.is_real() for point in pair):
                days = [dt.date(p.year, p.month, p.day) for p in pair]
                if abs((days[1] - days[0]).days) in APART:
                    found.add(pair[days.index(max(days))])
    return found.pop() if len(found) == 1 else None


def _interval(words: tuple[Token, ...], at: int) -> Span | None:
    """A date, or two joined by a dash or "to"; the first takes from the second what it does not say itself."""
    if _kind(words, at) is Kind.DAY and _kind(words, at + 1) is Kind.DASH:
        last = _point(words, at + 2)
        if last and last.first.day:
            first = replace(last.first, day=words[at].value)
            return _checked(Span(at, last.stop, first, last.first))
    one = _point(words, at)
    if one is None or _kind(words, one.stop) is not Kind.DASH:
        return one and _checked(one)
    return _until(words, one) or _checked(one)


def _until(words: tuple[Token, ...], one: Span) -> Span | None:
    """The interval that begins with a date before a dash; None if nothing that ends one follows."""
    first, after = one.first, one.stop + 1
    if first.year and not first.month and _kind(words, after) in {Kind.DAY, Kind.NUMBER}:
        return _short_year(words, one)
    two = _point(words, after)
    if two is None and first.day and _kind(words, after) is Kind.DAY:
        year, stop = _year(words, after + 1)
        two = Span(after, stop, replace(first, day=words[after].value, year=year or first.year))
    if two is None:
        # "Winter 1929-30": which of the two years is not certain.
        return replace(one, fixed=False) if _is_short_year(words, one) else None
    last = two.first
    if first.year and not last.year:
        return None
    if not first.year and (first.month, first.day) > (last.month, last.day):
        return Span(one.start, two.stop, last, fixed=not last.year)
    return _checked(Span(one.start, two.stop, replace(first, year=first.year or last.year), last))


def _is_short_year(words: tuple[Token, ...], one: Span) -> bool:
    behind = one.stop + 1
    return one.first.year > 0 and _kind(words, behind) in {Kind.DAY, Kind.NUMBER} and len(words[behind].text) < 3


def _short_year(words: tuple[Token, ...], one: Span) -> Span | None:
    """An interval like "1936-37", "1898/99", "1904-5". With a hyphen "1904-05" may be a month: not certain."""
    dash, word = words[one.stop], words[one.stop + 1]
    if not word.text.isdigit() or len(word.text) > 2:
        return None
    base = 10 ** len(word.text)
    last = one.first.year // base * base + word.value
    certain = word.value > 12 or dash.text != "-" or len(word.text) == 1
    span = Span(one.start, one.stop + 2, one.first, Point(last), fixed=certain)
    return span if last > one.first.year else None


def _checked(span: Span) -> Span:
    """The span, not certain if the calendar does not have it, if it runs backwards, or from season to season."""
    ends = [end for end in (span.first, span.last) if end]
    real = all(end.is_real() for end in ends if end.year)
    seasons = len(ends) > 1 and any(end.month > 12 or end.decade for end in ends)
    backwards = len(ends) > 1 and str(ends[1]) <= str(ends[0])
    return span if real and not seasons and not backwards else replace(span, fixed=False)


def _point(words: tuple[Token, ...], at: int) -> Span | None:
    """One date that begins at a token: "14 April, 1921", "April 14th 1921", "Winter 1929", "1908", "1918, March 1"."""
    match _kind(words, at):
        case Kind.ISO | Kind.DOTTED:
            numbers = [int(n) for n in re.findall(r"\d+", words[at].text)]
            year, month, day = numbers if words[at].kind is Kind.ISO else reversed(numbers)
            return Span(at, at + 1, Point(year, month, day), fixed=month <= 12)
        case Kind.DECADE:
            return Span(at, at + 1, Point(words[at].value, decade=True))
        case Kind.YEAR:
            return _year_first(words, at)
        case Kind.DAY:
            month, stop = _month_behind(words, at + 1)
            year, stop = _year(words, stop)
            return Span(at, stop, Point(year, month, words[at].value)) if month else None
        case Kind.MONTH | Kind.SEASON:
            return _month_first(words, at)
        case _:
            return None


def _year_first(words: tuple[Token, ...], at: int) -> Span:
    year, behind = words[at].value, at + 1 + (_kind(words, at + 1) is Kind.COMMA)
    if _kind(words, behind) is Kind.MONTH:
        rest = _month_first(words, behind)
        if not rest.first.year and rest.first.day:
            return replace(rest, start=at, first=replace(rest.first, year=year))
    return Span(at, at + 1, Point(year))


def _month_first(words: tuple[Token, ...], at: int) -> Span:
    month, stop = words[at].value, at + 1
    behind = stop + (_kind(words, stop) is Kind.OF)
    # "March 8 April 1921" is no way to write a date, but "8 March" may follow a month's name.
    has_day = _kind(words, behind) is Kind.DAY and _kind(words, behind + 1) is not Kind.MONTH and month <= 12
    day = words[behind].value if has_day else 0
    year, stop = _year(words, behind + 1 if has_day else stop)
    return Span(at, stop, Point(year, month, day))


def _year(words: tuple[Token, ...], at: int) -> tuple[int, int]:
    """The year at a token, behind a comma or "of", and the token after it; 0 if none stands there."""
    behind = at + (_kind(words, at) is Kind.COMMA)
    behind += _kind(words, behind) is Kind.OF
    if _kind(words, behind) is not Kind.YEAR:
        return 0, at
    stop = behind + 1
    return words[behind].value, stop + (_kind(words, stop) is Kind.OF and words[stop].text.casefold().startswith("г"))

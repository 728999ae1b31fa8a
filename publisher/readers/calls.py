# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the note calls in the text and the body that each belongs to.

"[1]", "[1*]" and "{1}" are calls by their form. "(1)", "*", "¹", "1)" and a bare digit after a word ("Chamberlain,1")
are calls only where bodies with these labels exist and no firmer form calls them, digits only in sequence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.readers.labels import LARGEST, plain
from publisher.readers.lines import Line, is_break
from publisher.readers.notes import Body, Called

_BRACKET = re.compile(
    r"[\[［〔﹝【]\s?(?P<label>\d{1,4}\s?[a-z]?\s?\*{0,3}|\*{1,6}|[a-zA-Z]\*?|[ivx]{2,6})\s?\.?\s?[\]］〕﹞】]|\{\s?(?P<curly>\d{1,3}[a-z]?\*?)\s?\}"
)
_LOOSE: tuple[tuple[str, str], ...] = (
    ("superscript", r"(?P<label>[¹²³⁰⁴-⁹]{1,3}|[①-⑳])"),
    ("paren", r"(?<=\S)\s?[(（](?P<label>\d{1,4}[a-z]?\*?|\*{1,4})[)）]"),
    (
        "star",
        (
            r"(?<![\s*†‡\d])(?P<label>\*{1,6}|†{1,3}|‡{1,3})(?![*†‡])"
            r"|(?<=[\w.,;:!?’”\")])\s(?P<spaced>\*{1,3}|†{1,3})(?=[\s.,;:!?]|$)"
        ),
    ),
    ("closing", r"[^\W\d_][.,;:!?’”'\")\]»]{0,3}\s{0,2}(?P<closing>\d{1,3}\))"),
    ("digits", r"[^\W\d_][.,;:!?’”'\")\]»]{0,3}(?P<label>\d{1,3})(?![\w%])"),
)
# Calls whose form is a part of the call, unlike a bare digit behind a word.
_WHOLE = frozenset("(（¹²³⁰⁴⁵⁶⁷⁸⁹*†‡①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_PATTERNS = {name: re.compile(pattern) for name, pattern in _LOOSE}


class Call(Struct, frozen=True):
    """A call: characters start to end of a line's text; `body` is the index of its body, None if there is none."""

    line: Line
    start: int
    end: int
    label: str
    body: int | None


def bracketed(lines: Iterable[Line]) -> list[Call]:
    """Everything that is a call by its form, unresolved, in reading order."""
    return _found(_BRACKET, (line for line in lines if any(bracket in line.text for bracket in "[{［〔﹝【")))


def parenthesised(lines: Iterable[Line]) -> list[Call]:
    """What may be a call, "(1)", or the count of a list in a sentence; in reading order."""
    return _found(_PATTERNS["paren"], lines)


def called(lines: Sequence[Line]) -> Called:
    """What lines call by its form; a star at the beginning of a line is a bullet or opens a note."""
    brackets = bracketed(lines)
    stars = _found(_PATTERNS["star"], (line for line in lines if "*" in line.text or "†" in line.text))
    again = restarts(brackets or parenthesised(lines))
    return Called(frozenset(c.label for c in brackets), frozenset(c.label for c in stars if c.start), again)


def _found(pattern: re.Pattern[str], lines: Iterable[Line]) -> list[Call]:
    return [
        Call(line, match.start(), match.end(), _label(match), None)
        for line in lines
        for match in pattern.finditer(line.text)
    ]


def restarts(calls: Iterable[Call]) -> int:
    """How often the count of calls falls back to 1 after it has gone beyond: numbering that restarts by chapter."""
    again, last = 0, 0
    for call in calls:
        value = _number(call.label) or 0
        if value == 1 and last >= 1:
            again += 1
        last = value
    return again


def _label(match: re.Match[str]) -> str:
    text = next(group for group in match.groups() if group is not None)
    return plain(text).replace("\xa0", "").rstrip(")")


def resolve(lines: Sequence[Line], bodies: Sequence[Body]) -> list[Call]:
    """The calls in `lines` with the index of their body, in reading order; brackets without a body come with None."""
    found = match_runs(bracketed(lines), bodies)
    taken = {call.body for call in found}
    for name in _PATTERNS:
        missing = [i for i, _ in enumerate(bodies) if i not in taken]
        if not missing:
            break
        more = _loose(name, lines, bodies, missing, found)
        found += more
        taken |= {call.body for call in more}
    order = {(line.file, line.number): i for i, line in enumerate(lines)}
    return sorted(found, key=lambda call: (order[call.line.file, call.line.number], call.start))


def is_plausible(call: Call) -> bool:
    """A bracket without a body is reported if it looks like a call: "[3]", not the "[a]" or "[1917]" of an editor."""
    value = _number(call.label)
    return call.label[0] == "*" if value is None else value <= LARGEST


def match_runs(calls: list[Call], bodies: Sequence[Body]) -> list[Call]:
    """Gives each call its body. Where labels repeat, numbering restarts: runs of calls meet runs of bodies."""
    runs = _runs(bodies)
    places = [{body_label: i for i, body_label in run} for run in runs]
    current = 0
    last: int | None = None
    result = []
    for call in calls:
        value = _number(call.label)
        if last is not None and value is not None and value < last and _fits_next(call, places, current):
            current += 1
        body = places[current].get(call.label) if places else None
        if body is None:
            current, body = _elsewhere(call, places, current)
        if body is not None and value is not None:
            last = value
        result.append(Call(call.line, call.start, call.end, call.label, body))
    return result


def _runs(bodies: Sequence[Body]) -> list[list[tuple[int, str]]]:
    """Splits bodies into runs in which no label repeats."""
    runs: list[list[tuple[int, str]]] = []
    seen: set[str] = set()
    for i, body in enumerate(bodies):
        if not runs or body.label in seen:
            runs.append([])
            seen = set()
        seen.add(body.label)
        runs[-1].append((i, body.label))
    return runs


def _fits_next(call: Call, places: list[dict[str, int]], current: int) -> bool:
    """Numbering restarts here: the count falls back, and the next run of bodies has the label."""
    if current + 1 >= len(places) or call.label not in places[current + 1]:
        return False
    return next(iter(places[current + 1])) == call.label or call.label not in places[current]


def _elsewhere(call: Call, places: list[dict[str, int]], current: int) -> tuple[int, int | None]:
    """A later run that has the label, else an earlier one."""
    for i in [*range(current + 1, len(places)), *range(current - 1, -1, -1)]:
        if call.label in places[i]:
            return (max(current, i)), places[i][call.label]
    return current, None


def _number(label: str) -> int | None:
    digits = re.match(r"\d+", label)
    return int(digits[0]) if digits else None


def _loose(
    name: str, lines: Sequence[Line], bodies: Sequence[Body], missing: list[int], found: list[Call]
) -> list[Call]:
    """Calls in a form that also occurs in plain text: taken in the order of the missing bodies."""
    spans = {(call.line.file, call.line.number, call.start) for call in found}
    candidates = [
        Call(line, *_span(match), _label(match), None)
        for line in lines
        # The stars of "* * *" call nothing.
        if not is_break(line.text)
        for match in _PATTERNS[name].finditer(line.text)
        if (line.file, line.number, match.start()) not in spans and not (name == "paren" and match.start() == 0)
    ]
    chosen = _longest_run(candidates, [(bodies[i].label, i) for i in missing])
    firm = name in ("superscript", "star") or len(chosen) * 5 >= len(missing) * 3
    return [replace(candidates[j], body=i) for j, i in chosen] if firm else []


def _longest_run(candidates: Sequence[Call], wanted: Sequence[tuple[str, int]]) -> list[tuple[int, int]]:
    """The longest pairing of candidates with bodies in which both keep their order, as (candidate, body) indices.

    A candidate out of sequence ("in 1921,3 men") then costs nothing but itself.
    """
    places: dict[str, list[int]] = {}
    for place, (label, _) in enumerate(wanted):
        places.setdefault(label, []).insert(0, place)
    ends: list[int] = []
    chains: list[tuple[int, int, int]] = []
    tails: list[int] = []
    for j, candidate in enumerate(candidates):
        for place in places.get(candidate.label, ()):
            at = bisect_left(ends, place)
            chains.append((j, place, tails[at - 1] if at else -1))
            ends[at : at + 1], tails[at : at + 1] = [place], [len(chains) - 1]
    result: list[tuple[int, int]] = []
    link = tails[-1] if tails else -1
    while link >= 0:
        j, place, link = chains[link]
        result.append((j, wanted[place][1]))
    return result[::-1]


def _span(match: re.Match[str]) -> tuple[int, int]:
    for name in match.re.groupindex:
        if match[name] is not None and name != "label":
            return match.span(name)
    return match.span() if match[0].lstrip()[:1] in _WHOLE else match.span("label")

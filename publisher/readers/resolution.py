# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls and note bodies of all scopes -> which body each call has, and which chapter each body belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publisher.readers.calls import Call, is_plausible, match_runs, resolve
from publisher.readers.lines import Line
from publisher.readers.notes import Body
from publisher.readers.plan import Plan, lines_of
from publisher.readers.scopes import Scope

Place = tuple[str, int]
"""A line: its file and number."""


class Resolution(Struct, frozen=True):
    """Bodies counted through all scopes, the calls with their bodies' indices, and where they belong.

    `homes` gives each body its chapter and its place among that chapter's notes, `called` the bodies that are called,
    `chapters` the chapter of each line of text.
    """

    bodies: Sequence[Body]
    calls: Sequence[Call]
    homes: Sequence[tuple[int, int]]
    called: frozenset[int]
    chapters: dict[Place, int]


def place(line: Line) -> Place:
    return line.file, line.number


def resolution(plan: Plan, scopes: Sequence[Scope], shared: Sequence[Body]) -> Resolution:
    """Resolves the calls of all scopes; `shared` bodies are for calls that find none in theirs."""
    bodies = [*(body for scope in scopes for body in scope.bodies), *shared]
    calls = _resolve_all(scopes, shared)
    chapters = {place(line): i for i, node in enumerate(plan.chapters) for line in lines_of(node)}
    called = _chapters_of_calls(bodies, calls, chapters)
    counts: dict[int, int] = {}
    homes: list[tuple[int, int]] = []
    for i, body in enumerate(bodies):
        default = homes[-1][0] if homes else 0
        chapter = called[i] if i in called else _chapter_before(body.chunks[0].first, chapters, default)
        homes.append((chapter, counts.get(chapter, 0)))
        counts[chapter] = counts.get(chapter, 0) + 1
    return Resolution(bodies, calls, homes, frozenset(called), chapters)


def _chapters_of_calls(bodies: Sequence[Body], calls: Sequence[Call], chapters: dict[Place, int]) -> dict[int, int]:
    """Each called body -> the chapter of its first call; a call inside a note counts where that note belongs."""
    inside = {place(line): i for i, body in enumerate(bodies) for chunk in body.chunks for line in chunk.lines}
    homes: dict[int, int] = {}
    for call in calls:
        if call.body is not None and place(call.line) not in inside:
            homes.setdefault(call.body, chapters.get(place(call.line), 0))
    for call in calls:
        if call.body is not None and (outer := inside.get(place(call.line))) in homes:
            homes.setdefault(call.body, homes[outer])
    return homes


def _chapter_before(line: Line, places: dict[Place, int], default: int) -> int:
    before = [(number, i) for (file, number), i in places.items() if file == line.file and number < line.number]
    return max(before)[1] if before else default


def _resolve_all(scopes: Sequence[Scope], shared: Sequence[Body]) -> list[Call]:
    """The calls of all scopes, their bodies counted through; `shared` bodies are for calls left open by their scope."""
    result: list[Call] = []
    offset = 0
    for scope in scopes:
        result += [_moved(call, offset) for call in resolve(scope.lines, scope.bodies)]
        offset += len(scope.bodies)
    result = _across(result, scopes)
    if shared:
        found = match_runs([call for call in result if call.body is None], shared)
        if not any(call.body is not None for call in found):
            found = resolve([line for scope in scopes for line in scope.lines], shared)
        result = [call for call in result if call.body is not None] + [_moved(call, offset) for call in found]
    order = {(line.file, line.number): i for i, line in enumerate(line for scope in scopes for line in scope.lines)}
    kept = [call for call in result if call.body is not None or is_plausible(call)]
    return sorted(kept, key=lambda call: (order[call.line.file, call.line.number], call.start))


def _across(calls: list[Call], scopes: Sequence[Scope]) -> list[Call]:
    """Calls without a body in their scope look for one in the others: a table's own footnote divides a text."""
    bodies = [body for scope in scopes for body in scope.bodies]
    taken = {call.body for call in calls}
    free = [i for i in range(len(bodies)) if i not in taken]
    if len(scopes) < 2 or not free:
        return calls
    kept = [call for call in calls if call.body is not None]
    places = {(call.line, call.start) for call in kept}
    found = resolve([line for scope in scopes for line in scope.lines], [bodies[i] for i in free])
    more = [call for call in found if (call.line, call.start) not in places]
    return kept + [call if call.body is None else replace(call, body=free[call.body]) for call in more]


def _moved(call: Call, offset: int) -> Call:
    return call if call.body is None else replace(call, body=call.body + offset)

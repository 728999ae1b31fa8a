# SPDX-License-Identifier: AGPL-3.0-or-later
"""The marks in a text that may call notes, and which note each means.

"[1]", "{1}", "(1)" right behind a word, "*", "†", "^1" and "[Footnote 1]" are calls where a note has the label in a
form that goes with them. Labels repeat: a note is called by the marks before it, after the last note of its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field

from publisher.readers.lines import Chunk, Line

_SIGN = r"\d{1,6}[a-z]?|[A-Za-z]|[ivxl]{1,6}|\*{1,6}|[†‡§¶#‖]{1,3}"
_FORMS = {
    "bracket": rf"\[\s?(?:(?:foot)?note\s|fn\.?\s?#?\s?)?(?P<bracket>{_SIGN})\s?\]",
    "curly": rf"\{{\s?(?P<curly>{_SIGN})\s?\}}",
    "paren": (
        r"(?<=[^\s(\[—-])\((?P<paren>\d{1,3}|[a-z]|\*{1,4})\)"
        r"|(?<=\S)\s?\((?P<starred>\*{1,4}|\+{1,3}|[%#&$@†‡§])\)"
    ),
    "caret": r"\^\{?(?P<caret>\d{1,3})\}?|(?P<raised>[¹²³⁰⁴-⁹]{1,3})",
    "star": (
        r"(?<=[\w.,;:!?’”\"')\]»_—…])(?:(?P<space>\s)(?=\S{1,4}(?:\s|$|[.,;:!?]))|)"
        r"(?P<star>(?<![*†‡])(?:\*{1,6}|†{1,3}|‡{1,3})(?![*†‡\w]|\s\*)(?:\s?\(\d{1,2}\))?)"
    ),
}
_CALL = re.compile("|".join(f"(?:{form})" for form in _FORMS.values()), re.IGNORECASE)
_MAY_CALL = re.compile(r"[\[{(*†‡^¹²³⁰⁴-⁹]")
# Emphasis between stars, "I *hate* that", calls nothing.
STARRED = re.compile(
    r"(?:(?<![\w*.,;:!?’”\")])|(?<=\s\")|(?<=^\"))\*(?!\s|\*|\(\d)[^*\n]{1,300}?(?<![\s*])\*(?![\w*])", re.MULTILINE
)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# The forms that may call a body of each form, the likeliest first.
CALLED_BY = {
    "footnote": ("bracket", "curly", "paren", "caret", "star"),
    "bracket": ("bracket", "caret"),
    "curly": ("curly",),
    "paren": ("paren", "bracket"),
    "star": ("star", "bracket", "paren"),
    "point": ("bracket", "curly", "paren", "caret"),
    "caret": ("caret",),
}
LARGEST = 999
Place = tuple[int, int]
Scope = Callable[[Place], int]


class Mark(Struct, frozen=True):
    """What may be a call: characters start to end of a line's text; `form` is how it is written."""

    line: Line
    start: int
    end: int
    form: str
    label: str

    @property
    def place(self) -> Place:
        """Where it stands in the file: line and column."""
        return self.line.number, self.line.indent + self.start


class Body(Struct):
    """A note's text: chunks without the label; `at` is its place where it stands amid the text and needs no call."""

    label: str
    form: str
    chunks: list[Chunk]
    place: Place
    line: Line
    at: Mark | None = None
    calls: list[Mark] = field(default_factory=list)


def normal(label: str) -> str:
    """A label without spaces, capitals kept: "* (2)" and "*(2)" are one."""
    return re.sub(r"\s", "", label).translate(SUPERSCRIPTS)


def marks(line: Line) -> list[Mark]:
    """Everything in a line that may be a call."""
    if not _MAY_CALL.search(line.text):
        return []
    starred = [match.span() for match in STARRED.finditer(line.text)] if "*" in line.text else []
    found = []
    for match in _CALL.finditer(line.text):
        form = match.lastgroup or ""
        if any(start <= match.start() < end for start, end in starred) and form in ("star", "space"):
            continue
        label = normal(match[form])
        start = match.start(form) if form == "star" else match.start()
        form = {"starred": "paren", "raised": "caret"}.get(form, form)
        found.append(Mark(line, start, match.end(), form, label))
    return found


def resolve(found: Sequence[Mark], bodies: Sequence[Body], scope: Scope) -> None:
    """Gives each body its calls; `scope` tells in which chapter a place is."""
    forms = _forms(found, bodies)
    events: dict[tuple[str, str], list[tuple[Place, Mark | Body]]] = {}
    for body in bodies:
        if body.at is not None:
            body.calls.append(body.at)
        elif key := forms.get((body.form, body.label)):
            events.setdefault(key, []).append((body.place, body))
    for call in found:
        if (call.form, call.label) in events:
            events[call.form, call.label].append((call.place, call))
    for happenings in events.values():
        happenings.sort(key=lambda event: event[0])
        _match([what for _, what in happenings], scope)


def _forms(found: Sequence[Mark], bodies: Sequence[Body]) -> dict[tuple[str, str], tuple[str, str]]:
    """The form and label of the calls for bodies of each form and label: the first form that calls the label."""
    called = {(call.form, call.label) for call in found}
    result = {}
    for body in bodies:
        key = (body.form, body.label)
        if key not in result:
            form = next((form for form in CALLED_BY[body.form] if (form, body.label) in called), None)
            if form:
                result[key] = (form, body.label)
    return result


def _match(happenings: Sequence[Mark | Body], scope: Scope) -> None:
    """Calls and bodies of one label in reading order: each run of bodies belongs to the run of calls before it."""
    calls: list[Mark] = []
    waiting: list[Body] = []
    for is_body, run in groupby(happenings, key=lambda what: isinstance(what, Body)):
        if not is_body:
            calls = [what for what in run if isinstance(what, Mark)]
            _precede(waiting, calls, scope)
            waiting = []
            continue
        bodies = [what for what in run if isinstance(what, Body)]
        _pair(calls, bodies, scope)
        waiting = [body for body in bodies if not body.calls]
        calls = []


def _precede(bodies: list[Body], calls: list[Mark], scope: Scope) -> None:
    """A note that stands above its call, under the same heading."""
    if len(bodies) == 1 and calls and scope(calls[0].place) == scope(bodies[0].place):
        bodies[0].calls.append(calls.pop(0))


def _pair(calls: list[Mark], bodies: list[Body], scope: Scope) -> None:
    if not calls:
        return
    if len(bodies) == 1:
        same = [call for call in calls if scope(call.place) == scope(bodies[0].place)]
        bodies[0].calls += same or calls
        return
    chapters = [list(group) for _, group in groupby(calls, key=lambda call: scope(call.place))]
    runs: Iterable[list[Mark]] = ([call] for call in calls)
    if len(calls) != len(bodies) and len(chapters) >= len(bodies):
        runs = chapters
    for body, run in zip(bodies, runs, strict=False):
        body.calls += run


def unresolved(found: Iterable[Mark], bodies: Sequence[Body]) -> Iterator[Mark]:
    """Marks that look like calls of a form that this text uses, and have no body."""
    taken = {call.place for body in bodies for call in body.calls}
    used = {call.form for body in bodies for call in body.calls}
    for call in found:
        if call.place not in taken and call.form in used and is_plausible(call):
            yield call


def is_plausible(call: Mark) -> bool:
    """Whether it looks like a call: "[3]" and "[*]" do, "[a]" and "[1917]" are an editor's."""
    digits = re.match(r"\d+", call.label)
    if call.form == "star":
        return False
    return int(digits[0]) <= LARGEST if digits else call.label[0] in "*†‡" and call.form in ("bracket", "curly")

# SPDX-License-Identifier: AGPL-3.0-or-later
"""[[emendation]] entries of a book.toml -> the edits that correct a book's misprints.

{find = "quesitons", replace = "questions"} changes one place, and only its letters: emphasis and note calls inside the
words stay. White space in `find` stands for any white space. An entry that does not fit as often as it says changes
nothing and is an error, as is one that is in another's way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import PurePath

from msgspec import Struct, field

from publisher.errors import Location, Problem
from publisher.metadata.settings import BookSettings, Emendation, Settings
from publisher.transforms.flow import Edit, Flow
from publisher.transforms.origin import Origin
from publisher.tree import Run

RULE = "emendations"
_TOKEN = re.compile(r"\s+|\S+")
# How many places a message names.
_NAMED = 3


class Place(Struct, frozen=True):
    """Where an entry fits: a run by its number, and the characters in it."""

    run: int
    start: int
    end: int


class Emended(Struct):
    """The edits by run, where each entry was carried out, and what is wrong with the entries."""

    edits: dict[int, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    places: list[tuple[Emendation, tuple[Place, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Words(Struct, frozen=True):
    """A book as emendations see it."""

    runs: Sequence[Run]
    flows: Sequence[Flow]
    origin: Origin
    files: frozenset[str]


def emend(words: Words, settings: Settings[BookSettings]) -> Emended:
    """Finds what every entry changes; where anything is wrong, nothing is changed by that entry."""
    emended = Emended()
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, entry in enumerate(settings.values.emendation):
        where = settings.document.at(("emendation", index))
        places = tuple(_places(entry, words)) if not (wrong := _senseless(entry, words)) else ()
        if problem := _problem(entry, where, wrong, places, words) or _obstacle(places, taken, words, entry, where):
            emended.problems.append(problem)
            continue
        emended.places.append((entry, places))
        for place in places:
            taken[place.run].append((place.start, place.end))
            emended.edits[place.run] += _edits(entry, words.flows[place.run], place)
    for edits in emended.edits.values():
        edits.sort(key=lambda edit: edit.start)
    return emended


def _senseless(entry: Emendation, words: Words) -> str:
    """Why an entry can mean nothing, in words."""
    if not entry.find.strip():
        return "there is nothing to find"
    if entry.find == entry.replace:
        return "what is found and what replaces it are the same"
    if entry.file and not any(_is_in(file, entry.file) for file in words.files):
        return f'the work has no file "{entry.file}"'
    if entry.line and not entry.file and len(words.files) > 1:
        return f"line {entry.line} is one in each of {len(words.files)} files: add the file"
    return ""


def _problem(entry: Emendation, where: Location, wrong: str, places: Sequence[Place], words: Words) -> Problem | None:
    if wrong:
        return Problem("E002", f"emendation: {wrong}", where)
    if len(places) == entry.count:
        return None
    found = f"{len(places)} times" if len(places) != 1 else "once"
    wanted = f"{entry.count} times" if entry.count != 1 else "once"
    named = ", ".join(map(str, _locations(places[:_NAMED], words)))
    more = ", …" if len(places) > _NAMED else ""
    message = f'emendation: "{entry.find}" stands {found} in the text, not {wanted}' + (
        f": {named}{more}" if named else ""
    )
    hint = "Write more of the words around it, or line = …, or count = …" if places else _NOT_FOUND
    return Problem("E001", message, where, hint)


_NOT_FOUND = "Write the words as the transcription has them, without marks of notes; they must stand in one paragraph."


def _obstacle(
    places: Sequence[Place], taken: dict[int, list[tuple[int, int]]], words: Words, entry: Emendation, where: Location
) -> Problem | None:
    """An earlier entry, or something that is no text, is in the way."""
    for place in places:
        if any(low < place.end and place.start < high for low, high in taken[place.run]):
            return Problem("E004", f'emendation: "{entry.find}" overlaps with another emendation', where)
        flow = words.flows[place.run]
        if not all(flow.all_text(edit.start, edit.end) for edit in _edits(entry, flow, place)):
            return Problem("E004", f'emendation: "{entry.find}" would change a line break or a picture', where)
    return None


def _places(entry: Emendation, words: Words) -> Iterator[Place]:
    tokens = _TOKEN.findall(entry.find)
    pattern = re.compile("".join(r"\s+" if token.isspace() else re.escape(token) for token in tokens))
    longest = max((token for token in tokens if not token.isspace()), key=len)
    for number, flow in enumerate(words.flows):
        if longest not in flow.text:
            continue
        for match in pattern.finditer(flow.text):
            if _is_meant(entry, words, number, match.span()):
                yield Place(number, *match.span())


def _is_meant(entry: Emendation, words: Words, number: int, span: tuple[int, int]) -> bool:
    """Whether words stand in the file and on the line that an entry names, or begin or end on that line."""
    if not entry.file and not entry.line:
        return True
    first, last = words.origin.entries(number, words.flows[number].text, (span[0], span[1] - 1))
    if first is None or last is None or (entry.file and not _is_in(first.file, entry.file)):
        return False
    return entry.line is None or first.line <= entry.line <= last.line


def _is_in(file: str, named: str) -> bool:
    """Whether a path ends as somebody wrote it: "texts/lenin/ch1.txt" is "ch1.txt"."""
    parts = PurePath(named).parts
    return PurePath(file).parts[-len(parts) :] == parts


def _locations(places: Sequence[Place], words: Words) -> Iterator[Location]:
    for place in places:
        run = words.runs[place.run]
        yield from words.origin.locations(place.run, words.flows[place.run].text, (place.start,), run.file)


def _edits(entry: Emendation, flow: Flow, place: Place) -> Iterator[Edit]:
    """What changes at a place, word by word, each without the letters that stay: "quesitons" -> "ti" for "it"."""
    old = _TOKEN.findall(flow.text[place.start : place.end])
    new = _TOKEN.findall(entry.replace)
    compared = SequenceMatcher(None, [token.strip() for token in old], [token.strip() for token in new], autojunk=False)
    for kind, i1, i2, j1, j2 in compared.get_opcodes():
        if kind != "equal":
            start = place.start + sum(map(len, old[:i1]))
            yield _trimmed(flow, start, start + sum(map(len, old[i1:i2])), "".join(new[j1:j2]))


def _shared(one: str, other: str) -> int:
    """With how many characters two texts begin alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _trimmed(flow: Flow, start: int, end: int, after: str) -> Edit:
    before = flow.text[start:end]
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    start, end, after = start + head, end - tail, after[head : len(after) - tail]
    if start < end:
        return Edit(start, end, after, RULE)
    # Nothing goes, something comes in: it goes with the character before it, or with the one behind.
    if start and flow.all_text(start - 1, start):
        return Edit(start - 1, end, flow.text[start - 1] + after, RULE)
    return Edit(start, end + 1, after + flow.text[start : end + 1], RULE)

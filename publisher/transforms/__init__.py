# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the same with misprints corrected and typography made regular, and a list of every change.

Emendations are those of the settings, typography is what is certain in the language of the text. A licence that allows
no changes switches both off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.document import Book, Chapter, Inlines, Text, plain
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.ledger import Change
from publisher.metadata.model import Metadata
from publisher.metadata.settings import BookSettings, Settings, ShelfSettings, Typography, switched
from publisher.readers import Read
from publisher.transforms import calls, typography
from publisher.transforms.changes import clusters, earlier
from publisher.transforms.credit import sentences
from publisher.transforms.emendations import Emended, Words, emend
from publisher.transforms.findings import Doubtful, Span, remaining
from publisher.transforms.flow import Edit, Flow, flow, spliced
from publisher.transforms.languages import HABITS
from publisher.transforms.origin import Origin
from publisher.transforms.textual_note import Correction, textual_note
from publisher.tree import Run, rebuilt, runs
from publisher.wording import primary

Edits: TypeAlias = Mapping[int, Sequence[Edit]]
# The characters of all runs before a step, and what it changed in which of them.
Step: TypeAlias = tuple[Sequence[Flow], Edits]


class Transformed(Struct, frozen=True, kw_only=True):
    """An edition with its changes.

    `text` is its book without the note on the text, `counts` how often each rule had an effect, `problems` are the
    reader's that remain and those of the changes.
    """

    edition: Edition
    text: Book
    changes: tuple[Change, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def apply(edition: Edition, read: Read, own: Settings[BookSettings], defaults: ShelfSettings) -> Transformed:
    """Corrects and regularises a book as its settings ask; `read` is where it comes from."""
    active = _active(edition, own.values, defaults)
    if edition.licence.unchanged:
        file = read.ledger[0].file if read.ledger else edition.slug
        problems = (*read.problems, *_forbidden(edition, own, active, file))
        return Transformed(edition=edition, text=edition.book, problems=problems)
    if not active and not own.values.emendation:
        return Transformed(edition=edition, text=edition.book, problems=read.problems)
    return _Work(edition, read).transformed(own, active)


def _active(edition: Edition, own: BookSettings, defaults: ShelfSettings) -> frozenset[str]:
    """The rules that are on: all but those that the settings switch off, in languages that have rules."""
    chosen = switched(own.typography, defaults.typography)
    known = primary(edition.language) in HABITS
    return frozenset(name for name in Typography.__struct_fields__ if known and getattr(chosen, name) is not False)


def _forbidden(edition: Edition, own: Settings[BookSettings], active: Iterable[str], file: str) -> Iterator[Problem]:
    name = edition.licence.name or "what is stated of its rights"
    if own.values.emendation:
        place = own.document.at(("emendation", 0))
        message = f"emendations are not carried out: {name} allows no changes"
        yield Problem("E003", message, place, "Remove them, or get leave and record the licence: licence = …")
    if active:
        yield Problem("Y002", f"typography is left as it is: {name} allows no changes", Location(file))


class _Work:
    """A book in three steps: as read, emended, with its typography made regular."""

    def __init__(self, edition: Edition, read: Read) -> None:
        self._edition = edition
        self._read = read
        self._runs = runs(edition.book)
        self._flows = [flow(run.inlines) for run in self._runs]
        self._origin = Origin(read.ledger, self._runs, self._flows)

    def transformed(self, own: Settings[BookSettings], active: frozenset[str]) -> Transformed:
        files = frozenset(entry.file for entry in self._read.ledger)
        emended = emend(Words(self._runs, self._flows, self._origin, files), own)
        corrected = [spliced(run.inlines, emended.edits.get(n, ())) for n, run in enumerate(self._runs)]
        flows = [flow(inlines) if n in emended.edits else self._flows[n] for n, inlines in enumerate(corrected)]
        readings = _as_runs(emended)
        every = [*flows, *(flow(run.inlines) for run in readings)]
        regular = typography.regularise([*self._runs, *readings], every, self._edition.language, active)
        corrections = [spliced(run.inlines, regular.taken(n)) for n, run in enumerate(readings, len(flows))]
        made = [spliced(inlines, regular.edits.get(n, ())) for n, inlines in enumerate(corrected)]
        moved = self._call_by_call(made) if "calls" in active else {}
        text = rebuilt(self._edition.book, made)
        first: Step = (self._flows, emended.edits)
        changes = (
            *self._changes(self._flows, emended.edits),
            *self._changes(flows, regular.edits, (first,)),
            *self._moves(moved, (first, (flows, regular.edits))),
        )
        settled, doubts = self._spans(emended), self._doubts(regular, (first,))
        remain = remaining(self._read.problems, settled, doubts, dashed="dashes" in active)
        counts = _counts(flows, regular.edits, moved)
        return Transformed(
            edition=_edition(
                self._edition,
                text,
                self._note(emended, corrections),
                sentences(len(readings), counts, self._edition.language),
            ),
            text=text,
            changes=changes,
            counts=counts,
            problems=(*remain, *emended.problems),
        )

    def _call_by_call(self, made: list[Inlines]) -> dict[int, list[calls.Moved]]:
        """Moves the calls of the runs in languages that want it, and says what was moved in which."""
        chapters = self._edition.book.chapters
        found: dict[int, list[calls.Moved]] = {}
        for number, run in enumerate(self._runs):
            habits = HABITS.get(primary(run.language or self._edition.language))
            if habits and habits.calls and chapters:
                made[number], moved = calls.moved(made[number], chapters[run.chapter].notes)
                if moved:
                    found[number] = moved
        return found

    def _changes(self, flows: Sequence[Flow], edits: Edits, earlier_steps: Sequence[Step] = ()) -> Iterator[Change]:
        """The changes that edits make in texts that came out of earlier steps."""
        for number in sorted(edits):
            found = list(clusters(flows[number].text, edits[number]))
            lines = self._lines(number, [one.start for one in found], earlier_steps)
            for one, (file, line) in zip(found, lines, strict=True):
                words = flows[number].text[one.start : one.end]
                yield Change(one.rule, file, line, words, one.after, number, one.start)

    def _moves(self, moved: Mapping[int, Sequence[calls.Moved]], steps: Sequence[Step]) -> Iterator[Change]:
        """The changes of calls, which stand in brackets."""
        for number, moves in moved.items():
            lines = self._lines(number, [one.at for one in moves], steps)
            for one, (file, line) in zip(moves, lines, strict=True):
                labels = "".join(f"[{label}]" for label in one.labels)
                yield Change(calls.RULE, file, line, labels + one.marks, one.marks + labels, number, one.at)

    def _lines(self, number: int, places: Sequence[int], steps: Sequence[Step]) -> Iterator[tuple[str, int]]:
        """For places in a run, in ascending order: file and line that they come from, line 0 where that is unknown."""
        for entry in self._origin.entries(number, self._flows[number].text, self._traced(number, places, steps)):
            yield (entry.file, entry.line) if entry else (self._runs[number].file, 0)

    def _traced(self, number: int, places: Sequence[int], steps: Sequence[Step]) -> Sequence[int]:
        """Places in a run that went through steps -> places in the run as it was read."""
        for flows, edits in reversed(steps):
            places = list(earlier(flows[number], edits.get(number, ()), places))
        return places

    def _doubts(self, regular: typography.Regular, steps: Sequence[Step]) -> Iterator[Doubtful]:
        for number, doubts in sorted(regular.doubts.items()):
            ordered = sorted(doubts, key=lambda doubt: doubt.at)
            places = self._traced(number, [doubt.at for doubt in ordered], steps)
            text, file = self._flows[number].text, self._runs[number].file
            for doubt, location in zip(ordered, self._origin.locations(number, text, places, file), strict=True):
                yield Doubtful(doubt.kind, doubt.words, location)

    def _spans(self, emended: Emended) -> list[Span]:
        """What was emended, as places in the sources."""
        found = []
        for _, places in emended.places:
            for place in places:
                text, file = self._flows[place.run].text, self._runs[place.run].file
                ends = self._origin.locations(place.run, text, (place.start, place.end - 1), file)
                found.append(Span(*ends))
        return found

    def _note(self, emended: Emended, corrections: Sequence[Inlines]) -> Chapter | None:
        """The note on the text, in the order of the text."""
        made = [
            Correction(entry, places, reading)
            for (entry, places), reading in zip(emended.places, corrections, strict=True)
        ]
        made.sort(key=lambda correction: (correction.places[0].run, correction.places[0].start))
        return textual_note(self._edition.book, self._runs, made, self._edition.language) if made else None


def _as_runs(emended: Emended) -> list[Run]:
    """The new readings, which the note on the text gives with the typography of the text."""
    places = enumerate(emended.places, 1)
    return [Run((Text(entry.replace),), "heading", -number, "", 0, "", None) for number, (entry, _) in places]


def _counts(flows: Sequence[Flow], edits: Edits, moved: Mapping[int, Sequence[calls.Moved]]) -> dict[str, int]:
    """How often each rule had an effect; the spaces beside a dash belong to it."""
    counts: Counter[str] = Counter()
    for number, several in edits.items():
        text = flows[number].text
        counts.update(edit.rule for edit in several if edit.rule != "dashes" or text[edit.start : edit.end].strip())
    counts[calls.RULE] += sum(map(len, moved.values()))
    return {rule: count for rule, count in counts.items() if count}


def _edition(edition: Edition, text: Book, note: Chapter | None, changed: Sequence[str]) -> Edition:
    """The edition with its new text; what is said of it says the title as the title page does."""
    old, metadata = edition.book, edition.metadata
    book = replace(text, contents=(*text.contents, note)) if note else text
    title, subtitle = plain(text.title), plain(text.subtitle)
    if metadata.short_title == plain(old.title):
        metadata = replace(metadata, short_title=title)
    if metadata.title == plain(old.title):
        metadata = replace(metadata, title=title)
    if metadata.subtitle and metadata.subtitle == plain(old.subtitle):
        metadata = replace(metadata, subtitle=subtitle)
    return replace(edition, book=book, metadata=_credited(metadata, changed))


def _credited(metadata: Metadata, changed: Sequence[str]) -> Metadata:
    return replace(metadata, changes=(*metadata.changes, *changed))

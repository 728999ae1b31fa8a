# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the same with misprints corrected and typography made regular, and a list of every change.

Emendations are those of the settings, typography is what is certain in the language of the text. A licence that allows
no changes switches both off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publisher.document import Book, Chapter, Inlines, plain
from publisher.edition import Edition
from publisher.errors import Location, Problem
from publisher.ledger import Change
from publisher.metadata.model import Metadata
from publisher.metadata.settings import BookSettings, Settings, ShelfSettings, Typography, switched
from publisher.readers import Read, Source
from publisher.transforms import calls, typography
from publisher.transforms.changes import clusters, earlier
from publisher.transforms.credit import sentences
from publisher.transforms.emendations import Emended, Words, emend
from publisher.transforms.findings import Doubtful, Span, remaining
from publisher.transforms.flow import Edit, Flow, flow, spliced
from publisher.transforms.languages import HABITS
from publisher.transforms.origin import Origin
from publisher.transforms.textual_note import textual_note
from publisher.transforms.tree import rebuilt, runs
from publisher.wording import primary


@dataclass(frozen=True, slots=True, kw_only=True)
class Transformed:
    """An edition with its changes.

    `text` is its book without the note on the text, `counts` how often each rule had an effect, `problems` are the
    reader's that remain and those of the changes.
    """

    edition: Edition
    text: Book
    changes: tuple[Change, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def apply(
    edition: Edition, read: Read, sources: Sequence[Source], own: Settings[BookSettings], defaults: ShelfSettings
) -> Transformed:
    """Corrects and regularises a book as its settings ask; `read` is where it comes from."""
    active = _active(edition, own.values, defaults)
    if edition.licence.unchanged:
        file = sources[0].file if sources else edition.slug
        problems = (*read.problems, *_forbidden(edition, own, active, file))
        return Transformed(edition=edition, text=edition.book, problems=problems)
    if not active and not own.values.emendation:
        return Transformed(edition=edition, text=edition.book, problems=read.problems)
    return _Work(edition, read, sources).transformed(own, active)


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

    def __init__(self, edition: Edition, read: Read, sources: Sequence[Source]) -> None:
        self._edition = edition
        self._read = read
        self._runs = runs(edition.book)
        self._flows = [flow(run.inlines) for run in self._runs]
        self._origin = Origin(read.ledger, sources, self._runs)
        self._origin.trace(self._flows)

    def transformed(self, own: Settings[BookSettings], active: frozenset[str]) -> Transformed:
        files = frozenset(entry.file for entry in self._read.ledger)
        emended = emend(Words(self._runs, self._flows, self._origin, files), own)
        corrected = [spliced(run.inlines, emended.edits.get(n, ())) for n, run in enumerate(self._runs)]
        flows = [flow(inlines) if n in emended.edits else self._flows[n] for n, inlines in enumerate(corrected)]
        regular = typography.regularise(self._runs, flows, self._edition.language, active)
        made = [spliced(inlines, regular.edits.get(n, ())) for n, inlines in enumerate(corrected)]
        moved = self._call_by_call(made) if "calls" in active else {}
        text = rebuilt(self._edition.book, made)
        changes = (
            *self._changes(self._flows, emended.edits, {}),
            *self._changes(flows, regular.edits, emended.edits),
            *self._moves(moved),
        )
        doubts = self._doubts(regular, emended)
        dashed = "dashes" in active
        problems = (*remaining(self._read.problems, self._spans(emended), doubts, dashed=dashed), *emended.problems)
        counts = _counts(flows, regular.edits, moved)
        return Transformed(
            edition=_edition(self._edition, text, self._note(emended), sentences(len(emended.places), counts)),
            text=text,
            changes=changes,
            counts=counts,
            problems=problems,
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

    def _changes(
        self, flows: Sequence[Flow], edits: Mapping[int, Sequence[Edit]], before: Mapping[int, Sequence[Edit]]
    ) -> Iterator[Change]:
        """The changes that edits make; `before` are those that were made already."""
        for number in sorted(edits):
            found = list(clusters(flows[number].text, edits[number]))
            places = list(earlier(self._flows[number], before.get(number, ()), [one.start for one in found]))
            entries = self._origin.entries(number, self._flows[number].text, places)
            for one, (entry, _) in zip(found, entries, strict=True):
                file, line = (entry.file, entry.line) if entry else (self._runs[number].file, 0)
                words = flows[number].text[one.start : one.end]
                yield Change(one.rule, file, line, words, one.after, number, one.start)

    def _moves(self, moved: Mapping[int, Sequence[calls.Moved]]) -> Iterator[Change]:
        for number, moves in moved.items():
            for one in moves:
                labels = "".join(f"[{label}]" for label in one.labels)
                file = self._runs[number].file
                yield Change(calls.RULE, file, 0, labels + one.marks, one.marks + labels, number, one.at)

    def _doubts(self, regular: typography.Regular, emended: Emended) -> Iterator[Doubtful]:
        for number, doubts in sorted(regular.doubts.items()):
            ordered = sorted(doubts, key=lambda doubt: doubt.at)
            before = emended.edits.get(number, ())
            places = earlier(self._flows[number], before, [doubt.at for doubt in ordered])
            located = self._origin.locations(number, self._flows[number].text, list(places), self._runs[number].file)
            for doubt, location in zip(ordered, located, strict=True):
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

    def _note(self, emended: Emended) -> Chapter | None:
        if not emended.places:
            return None
        return textual_note(self._edition.book, self._runs, emended.places, self._edition.language)


def _counts(
    flows: Sequence[Flow], edits: Mapping[int, Sequence[Edit]], moved: Mapping[int, Sequence[calls.Moved]]
) -> dict[str, int]:
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

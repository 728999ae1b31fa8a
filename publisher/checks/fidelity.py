# SPDX-License-Identifier: AGPL-3.0-or-later
"""The proof that no word was lost: source, ledger, book, EPUB, PDF and plain text compared, and the report on it.

Each comparison is by itself: the bytes of the source with the ledger (raw) and the ledger with the book (source) when a
work has been read, the book with each finished file (files) when it is written. The report says what was left out and
changed on purpose, line by line.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from publisher.checks import files, page_texts, plain_text
from publisher.checks.streams import shown_words
from publisher.edition import Edition, Output
from publisher.errors import Problem
from publisher.ledger import Change, Entry, Fate
from publisher.readers import Read, Source

FORMAT = "fidelity"
_DIFFERENCES = frozenset({"F001", "F002", "F005"})
_CHECKS = {"epub": files.epub, "pdf": files.pdf, "text": plain_text.text}
_NAMES = {"epub": "EPUB", "pdf": "PDF", "text": "plain text"}
# What is left out, in words; what each source has beside text is not worth telling.
_KINDS = {
    Fate.NAVIGATION: "navigation",
    Fate.CONTENTS: "contents lists",
    Fate.RIGHTS: "rights",
    Fate.MARK: "page numbers",
}


class Proof(Struct, frozen=True):
    """What was compared, what differs, and the report for the disk."""

    summary: str
    problems: tuple[Problem, ...]
    output: Output


def prove(  # noqa: PLR0913, PLR0917 (all the evidence)
    sources: Sequence[Source],
    read: Read,
    edition: Edition,
    outputs: Sequence[Output],
    known: Iterable[Problem],
    changes: Sequence[Change] = (),
    read_pages: page_texts.Read = page_texts.read,
    name: Callable[[str], str] = str,
) -> Proof:
    """Compares an edition with its finished files; `known` are the problems found so far, `changes` those made.

    `name` says what the report calls a file of the sources.
    """
    problems: list[Problem] = []
    compared = []
    wanted = shown_words(edition.book, edition.pictures)
    for output in outputs:
        if output.format in _CHECKS:
            compared.append(_NAMES[output.format])
            problems += _CHECKS[output.format](edition, wanted, output.data, read_pages)
    different = [*(problem for problem in known if problem.code in _DIFFERENCES), *problems]
    left_out = [entry for entry in read.ledger if not entry.printed and entry.fate not in (Fate.CALL, Fate.MARKUP)]
    report: dict[str, object] = {
        "words": wanted.words,
        "chapters": len(edition.book.chapters),
        "notes": sum(len(chapter.notes) for chapter in edition.book.chapters),
        "compared": ["source", *compared],
        "sources": [{"file": name(s.file), "sha256": sha256(s.data).hexdigest()} for s in sources],
        "changed": dict(sorted(Counter(change.rule for change in changes).items())),
        "changes": [_change(change, name) for change in changes],
        "left_out": [_entry(entry, name) for entry in left_out],
        "differences": [_told(problem, name) for problem in different],
    }
    flaws = Counter(flaw.code for output in outputs for flaw in output.flaws)
    if pages := next((output.pages for output in outputs if output.format == "pdf"), None):
        report["layout"] = {"pages": pages, "flaws": dict(sorted(flaws.items()))}
    output = Output(f"{edition.slug}.fidelity.json", FORMAT, _encoded(report) + b"\n")
    summary = _summary(wanted.words, compared, left_out, different)
    told = f"; {flaws.total():,} flaw{'s' if flaws.total() > 1 else ''} of layout" if flaws else ""
    return Proof(summary + told, tuple(problems), output)


def _encoded(report: Mapping[str, object]) -> bytes:
    """The report as JSON; the bytes of a name that are not UTF-8 are escaped, as they are in Python."""
    try:
        return msgspec.json.format(msgspec.json.encode(report), indent=1)
    except UnicodeEncodeError:
        return json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _told(problem: Problem, name: Callable[[str], str]) -> str:
    place = problem.location
    return str(msgspec.structs.replace(problem, location=msgspec.structs.replace(place, file=name(place.file))))


def _entry(entry: Entry, name: Callable[[str], str]) -> dict[str, object]:
    return {
        "file": name(entry.file),
        "line": entry.line,
        "text": entry.text.strip(),
        "as": str(entry.fate),
        "reason": entry.reason,
    }


def _change(change: Change, name: Callable[[str], str]) -> dict[str, object]:
    return {
        "file": name(change.file),
        "line": change.line,
        "rule": change.rule,
        "before": change.before,
        "after": change.after,
    }


def _summary(count: int, compared: Sequence[str], left_out: Sequence[Entry], problems: Sequence[Problem]) -> str:
    """One line for people: "all 118,402 words in EPUB and PDF; 23 lines of navigation left out"."""
    *most, last = compared or ["the book"]
    where = f"{', '.join(most)} and {last}" if most else last
    text = f"all {count:,} words in {where}" if not problems else f"words differ in {len(problems)} places"
    lines = Counter(_KINDS.get(fate, "titles and headings that the book has once") for fate, _, _ in _lines(left_out))
    told = [f"{number:,} line{'s' if number > 1 else ''} of {kind}" for kind, number in lines.most_common()]
    return f"{text}; {', '.join(told)} left out" if told else text


def _lines(entries: Iterable[Entry]) -> Iterable[tuple[Fate, str, int]]:
    """The lines of entries, each once."""
    return dict.fromkeys((entry.fate, entry.file, entry.line) for entry in entries)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds every work in a folder of texts, as it lies there, and tells what was found in each.

    python -m tests.survey FOLDER [FORMAT ...]      (make corpus CORPUS=FOLDER)

A line a work: reader, files, chapters, notes and what MANIFEST.tsv says of their number (column notes_approx, found by
a regular expression: a hint), notes that are called but not given and the other way round, words, differences between
source, book and files, messages of EPUBCheck, seconds of processor time. The exit status is 1 if a work could not be
built, a word was lost or EPUBCheck had anything to say.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import process_time

from msgspec import Struct
from msgspec.structs import replace

from publisher.build.make import Built, Options, make
from publisher.build.run import job
from publisher.codes import Severity
from publisher.errors import PublisherError
from publisher.readers import sniffing
from publisher.works import Work, find
from tests.test_epubcheck import findings

FORMATS = ("epub", "pdf")
DIFFERENCES = frozenset({"F001", "F002", "F003", "F004", "F006"})
HEAD = "files chapters  notes approx   open    words   lost  check    sec  reader         work"


class Row(Struct, frozen=True):
    """What was found in a work; `approximately` is what the manifest says of its notes, `wrong` what is an error."""

    work: str
    reader: str
    files: int
    chapters: int = 0
    notes: int = 0
    approximately: int | None = None
    unresolved: int = 0
    words: int = 0
    lost: int = 0
    messages: tuple[str, ...] = ()
    seconds: float = 0.0
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        approximately = "" if self.approximately is None else f"{self.approximately:,}"
        counts = f"{self.files:5,} {self.chapters:8,} {self.notes:6,} {approximately:>6} {self.unresolved:6,}"
        rest = f"{self.words:8,} {self.lost:6,} {len(self.messages):6,} {self.seconds:6.1f}"
        return f"{counts} {rest}  {self.reader:<14} {self.work}"


def survey(work: Work, formats: tuple[str, ...]) -> Row:
    """Builds a work and counts."""
    start = process_time()
    name = work.path.as_posix()
    try:
        todo = job(work)
    except PublisherError as error:
        return Row(name, "", len(work.files), wrong=tuple(map(str, error.problems)))
    reader = todo.settings.values.reader or sniffing.reader(todo.sources)
    built = make(todo, Options(formats=formats))
    seconds = process_time() - start
    return replace(_counted(name, reader, built), files=len(work.files), seconds=seconds)


def _counted(name: str, reader: str, built: Built) -> Row:
    codes = Counter(problem.code for problem in built.problems)
    wrong = tuple(str(problem) for problem in built.problems if problem.severity is Severity.ERROR)
    row = Row(name, reader, 0, unresolved=codes["N001"] + codes["N002"], wrong=wrong)
    row = replace(row, lost=sum(codes[code] for code in DIFFERENCES))
    outputs = {output.format: output.data for output in built.outputs}
    if "fidelity" not in outputs:
        return row
    report = json.loads(outputs["fidelity"])
    messages = tuple(_checked(outputs["epub"])) if "epub" in outputs else ()
    return replace(row, chapters=report["chapters"], notes=report["notes"], words=report["words"], messages=messages)


def _checked(epub: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "book.epub")
        file.write_bytes(epub)
        return findings(file)


def expected(folder: Path) -> dict[Path, int]:
    """How many notes each file should have, as far as a manifest says so."""
    manifest = folder / "MANIFEST.tsv"
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        numbers = {folder / row["file"]: re.search(r"\d+", row.get("notes_approx") or "") for row in rows}
    return {file: int(found[0]) for file, found in numbers.items() if found}


def rows(folder: Path, formats: tuple[str, ...]) -> Iterator[Row]:
    """What was found in each work of a folder."""
    works = find([folder])
    notes = expected(folder)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for work, row in zip(works, pool.map(survey, works, [formats] * len(works)), strict=True):
            told = [notes[file] for file in work.files if file in notes]
            yield replace(row, approximately=sum(told) if told else None)


def main(folder: Path, formats: Iterable[str]) -> int:
    """Prints the table, then everything that is wrong."""
    print(HEAD)
    found = []
    for row in rows(folder, tuple(formats) or FORMATS):
        found.append(row)
        print(row, flush=True)
    bad = [row for row in found if row.wrong or row.lost or row.messages]
    for row in bad:
        print("\n".join((f"\n{row.work}", *row.wrong[:8], *row.messages[:8])))
    whole = f"{len(found)} works, {sum(row.files for row in found):,} files, {sum(row.words for row in found):,} words"
    lost, messages = sum(row.lost for row in found), sum(len(row.messages) for row in found)
    seconds = sum(row.seconds for row in found)
    print(f"\n{whole}; differences: {lost}; EPUBCheck: {messages}; to look at: {len(bad)}; {seconds:.0f} s")
    return int(bool(bad))


if __name__ == "__main__":
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: make corpus CORPUS=folder (a folder of texts)")
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

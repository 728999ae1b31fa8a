# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes of one work -> its outputs and problems: a pure function, which can run in any process.

A work with errors has no outputs, so that those which were made before stay; where a build is strict, warnings count.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from posixpath import dirname, join, normpath
from time import perf_counter

from msgspec import Struct, field
from msgspec.structs import replace

from publisher import glyphs, transforms
from publisher.build import limits, store
from publisher.build.accepts import Accepted, divide
from publisher.build.formats import DEFAULT_FORMATS, WRITERS, Means, order
from publisher.build.headroom import roomy
from publisher.build.mentions import placed
from publisher.build.paths import Inside
from publisher.checks import changes, fidelity, page_texts, raw, source
from publisher.codes import Severity
from publisher.credits import text as beside
from publisher.document import Book
from publisher.edition import Attachment, Edition, Output, Style
from publisher.errors import Location, Problem, PublisherError, SourceError
from publisher.ledger import Change
from publisher.licences.model import Status
from publisher.metadata import merge
from publisher.metadata.settings import BookSettings, Settings, ShelfSettings
from publisher.pictures import Picture, cover, images, pictures
from publisher.readers import READERS, Read, Source, sniffing
from publisher.tree import with_pictures
from publisher.writers import cover_text

# Writers that do all by themselves.
ALONE = Means()

_GUTENBERG = re.compile(rb"project\s+gutenberg", re.IGNORECASE)


class Options(Struct, frozen=True, kw_only=True):
    """What a build is asked for; `epoch` is SOURCE_DATE_EPOCH, `details` adds tracebacks to internal errors."""

    formats: tuple[str, ...] = DEFAULT_FORMATS
    paper: str | None = None
    theme: str | None = None
    strict: bool = False
    release: bool = False
    fit: bool = False
    epoch: int | None = None
    details: bool = False


class Job(Struct, frozen=True, kw_only=True):
    """A work as bytes; `file` is what problems of the whole work are shown under."""

    slug: str
    file: str
    sources: tuple[Source, ...]
    pictures: tuple[Source, ...] = ()
    style: Source | None = None
    settings: Settings[BookSettings] = field(default_factory=lambda: Settings(BookSettings()))
    defaults: ShelfSettings = field(default_factory=ShelfSettings)


class Prepared(Struct, frozen=True):
    """A work that was read and is ready to be written.

    `text` is the edition's book without the note on the text; `changes` are those that it has against the book as read.
    """

    read: Read
    edition: Edition
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]
    text: Book
    changes: tuple[Change, ...]


class Built(Struct, frozen=True, kw_only=True):
    """What became of a work; without outputs where it could not be made. `proof` sums up that no word was lost.

    `key` says what it was made from; it is empty where the outcome may be another the next time.
    """

    outputs: tuple[Output, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    proof: str = ""
    key: str = ""


def key(job: Job, options: Options) -> str:
    """A digest of all that a work and the options have to do with what is made."""
    asked = (sorted(set(options.formats)), options.paper, options.theme, options.strict, options.release, options.fit)
    files = ((source.file, sha256(source.data).hexdigest()) for source in job.sources)
    pictures = ((picture.file, sha256(picture.data).hexdigest()) for picture in job.pictures)
    return store.key(
        options=repr((*asked, options.epoch)),
        work=repr((job.slug, job.file)),
        settings=repr((job.settings, job.defaults)),
        files=repr([*files]),
        pictures=repr([*pictures]),
        style=repr(job.style),
    )


def prepare(job: Job, options: Options) -> Prepared:
    """Reads a work and merges what is known about it; raises PublisherError where that is impossible."""
    files = {picture.file: picture.data for picture in job.pictures}
    name, read, others = _read(job, files.keys())
    files |= {picture.file: picture.data for picture in read.pictures}
    if endless := tuple(limits.check(read.ledger)):
        raise SourceError(endless)
    if not read.book.chapters:
        raise SourceError([*read.problems, Problem("S009", "nothing in it is text for a book", Location(job.file))])
    asked = merge.Asked(slug=job.slug, file=job.file, epoch=options.epoch, paper=options.paper, theme=options.theme)
    edition, doubts = merge.edition(read.book, read.metadata, job.settings.values, job.defaults, asked)
    shown, damaged = pictures(edition.book, files)
    style, faults = _style(job, files, edition)
    own_cover, missing = _cover(job, files)
    edition = replace(edition, pictures=shown, cover=own_cover, style=style, attachments=attached(job))
    edition = _with_paths_inside(edition, job)
    made = transforms.apply(edition, read, job.settings, job.defaults)
    changed = changes.check(edition.book, made.text, made.changes)
    lost = (*raw.check(job.sources, name, read.ledger), *source.check(read), *changed)
    lacking = glyphs.check(read.ledger, beside(made.edition), job.file)
    lettered = cover_text.check(made.edition, job.file)
    problems = (
        *others,
        *made.problems,
        *lost,
        *placed(damaged, job.sources),
        *faults,
        *missing,
        *lacking,
        *doubts,
        *lettered,
    )
    return Prepared(read, made.edition, *divide(problems, job.settings, read.ledger), made.text, made.changes)


def _style(job: Job, files: Mapping[str, bytes], edition: Edition) -> tuple[Style, list[Problem]]:
    """The work's own style sheet, and what is wrong with it."""
    if job.style is None:
        return Style(), []
    from publisher.writers.pdf import own_style

    return own_style.read(job.style, files, edition.theme, edition.paper)


def attached(job: Job) -> tuple[Attachment, ...]:
    """The files that travel within the PDF: the transcription and the settings, under their names below the work.

    A file under Project Gutenberg's terms stays out: a book that bears its name falls under its trademark licence.
    """
    own = job.settings.values.attachments
    if not (job.defaults.attachments in (None, True) if own is None else own):
        return ()
    settings = job.settings.document
    files = {source.file: source.data for source in job.sources if not _GUTENBERG.search(source.data)}
    if settings.data:
        files[settings.file] = settings.data
    inside = _inside(job)
    named = {inside(file): data for file, data in files.items()}
    return tuple(Attachment(name, data) for name, data in sorted(named.items()))


def _inside(job: Job) -> Inside:
    return Inside(job.file, {source.file for source in job.sources})


def _with_paths_inside(edition: Edition, job: Job) -> Edition:
    """The edition with the paths of its pictures as they are inside the work."""
    if not any(images(edition.book)):
        return edition
    inside = _inside(job)
    shown = {inside(file): picture for file, picture in edition.pictures.items()}
    return replace(edition, book=with_pictures(edition.book, inside), pictures=shown)


def _read(job: Job, pictures: Collection[str]) -> tuple[str, Read, list[Problem]]:
    """The work's reader, what it makes of it, and a problem for each file that is for another reader."""
    values = job.settings.values
    name = values.reader or job.defaults.reader or sniffing.reader(job.sources)
    sources = [s for s in job.sources if values.reader or sniffing.is_companion(s) or sniffing.kind(s) == name]
    others = [
        Problem("W005", f"left out: it is for {sniffing.kind(other)}, the work for {name}", Location(other.file))
        for other in job.sources
        if other not in sources
    ]
    return name, READERS[name](sources, ordered=bool(values.files), pictures=pictures), others


def _cover(job: Job, files: Mapping[str, bytes]) -> tuple[Picture | None, tuple[Problem, ...]]:
    """The work's own picture for its cover, if its settings name one, and what is wrong with it."""
    settings = job.settings
    if not settings.values.cover:
        return None, ()
    path = normpath(join(dirname(settings.document.file), settings.values.cover))
    if path not in files:
        message = f'cover: "{settings.values.cover}" is not in the folder of the settings'
        return None, (Problem("P003", message, settings.document.at(("cover",))),)
    return cover(path, files[path], settings.document.at(("cover",)))


def severity(problem: Problem, *, strict: bool) -> Severity:
    """How bad a problem is: where a build is strict, warnings are errors."""
    return Severity.ERROR if strict and problem.severity is Severity.WARNING else problem.severity


def _failed(problems: Iterable[Problem], options: Options) -> bool:
    """Whether any problem keeps the work from being written."""
    return any(severity(problem, strict=options.strict) is Severity.ERROR for problem in problems)


@roomy
def make(job: Job, options: Options, means: Means = ALONE, read: page_texts.Read = page_texts.read) -> Built:
    """All outputs of a work, or none; whatever goes wrong is a problem of this work alone.

    `means` are those of its writers, `read` reads finished pages back.
    """
    start = perf_counter()
    problems: tuple[Problem, ...] = ()
    outputs: tuple[Output, ...] = ()
    summary = made_from = ""
    try:
        prepared = prepare(job, options)
        problems = prepared.problems
        _demand_rights(prepared.edition, job, options)
        if not _failed(problems, options):
            edition, means = _fitted(prepared.edition, options, means)
            written = _write(edition, options, means)
            problems += tuple(problem for output in written for problem in output.problems)
            known = (*problems, *(accepted.problem for accepted in prepared.accepted))
            proof = fidelity.prove(
                job.sources, prepared.read, edition, written, known, prepared.changes, read, _inside(job)
            )
            problems += proof.problems
            summary = proof.summary
            problems += tuple(_of_style(job, [problem for problem in proof.problems if problem.code == "F004"]))
            outputs = () if proof.problems or _failed(problems, options) else (*written, proof.output)
        made_from = key(job, options)
    except PublisherError as error:
        problems += error.problems
    except Exception as error:  # noqa: BLE001 (whatever it is, the other works go on)
        problems += (internal(error, job.file, options), *_of_style(job, (error,)))
    seconds = perf_counter() - start
    return Built(outputs=outputs, problems=problems, seconds=seconds, proof=summary, key=made_from)


def _of_style(job: Job, faults: Collection[object]) -> Iterator[Problem]:
    """A work's own style sheet is the likely cause of what goes wrong where there is one."""
    if faults and job.style:
        hint = "Take rules out until the book is built; the last one was the cause."
        yield Problem("G005", "with this style sheet the book cannot be laid out", Location(job.style.file), hint)


def internal(error: Exception, file: str, options: Options) -> Problem:
    """An exception that nobody foresaw, as a problem."""
    message = f"internal error ({type(error).__name__}: {error})"
    details = "".join(traceback.format_exception(error)) if options.details else None
    hint = details or "Please report this. PUBLISHER_DEBUG=1 shows the details."
    return Problem("X001", message, Location(file), hint)


def _demand_rights(edition: Edition, job: Job, options: Options) -> None:
    """Keeps a work out of a release whose rights are refused or not stated, unless somebody answers for it."""
    closed = edition.licence.status in (Status.REFUSED, Status.NOT_STATED)
    if options.release and closed and not job.settings.values.rights:
        message = f"not released: its rights are {edition.licence.status}"
        hint = 'Clear the rights, or record in its settings why it may be published: [rights] override = "…"'
        raise PublisherError([Problem("L100", message, Location(job.file), hint)])


def _fitted(edition: Edition, options: Options, means: Means) -> tuple[Edition, Means]:
    """The edition with as many lines on a page as save a sheet, where that is wished; what was set is kept for it."""
    if not (options.fit or edition.fit) or "pdf" not in order(options.formats, edition.pages):
        return edition, means
    from publisher.writers import copyfit, pdf

    lay = copyfit.once(means.lay or pdf.here)
    return copyfit.fit(edition, lay), replace(means, lay=lay)


def _write(edition: Edition, options: Options, means: Means) -> tuple[Output, ...]:
    made: dict[str, Output] = {}
    files: dict[str, tuple[Output, ...]] = {}
    for name in order(options.formats, edition.pages):
        files[name] = WRITERS[name].write(edition, made, means)
        made[name] = files[name][0]
    return tuple(output for name in WRITERS if name in options.formats for output in files[name])

# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work -> its proof: the flaws of its layout with their places, and pictures of all its pages."""

from __future__ import annotations

from msgspec import Struct

from publisher.build import layouts
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew
from publisher.build.make import Options, internal, prepare, severity
from publisher.build.run import job
from publisher.checks import layout
from publisher.codes import Severity
from publisher.edition import Flaw, Output
from publisher.errors import Problem, PublisherError
from publisher.wording import direction
from publisher.works import Work
from publisher.writers import contact_sheet, pdf


class Proof(Struct, frozen=True, kw_only=True):
    """What was found: `flaws` as `problems` with their places in the sources, in the same order.

    Where a work could not be laid out, there are `errors` instead.
    """

    work: Work
    pages: int = 0
    flaws: tuple[Flaw, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets: tuple[Output, ...] = ()
    errors: tuple[Problem, ...] = ()


def prove(work: Work, options: Options, crew: Crew, kept: Artifacts | None) -> Proof:
    """Lays a work out as a build would, and looks at the pages."""
    file = work.path.as_posix()
    try:
        return _prove(work, options, crew, kept)
    except PublisherError as error:
        return Proof(work=work, errors=error.problems)
    except Exception as error:  # noqa: BLE001 (whatever it is, the other works go on)
        return Proof(work=work, errors=(internal(error, file, options),))


def _prove(work: Work, options: Options, crew: Crew, kept: Artifacts | None) -> Proof:
    prepared = prepare(job(work), options)
    errors = [problem for problem in prepared.problems if severity(problem, strict=False) is Severity.ERROR]
    if errors:
        return Proof(work=work, errors=tuple(errors))
    edition = prepared.edition
    lay = layouts.remembered(layouts.shared(crew, work.path.as_posix()), kept)
    made = pdf.write(edition, {}, lay)
    leftward = direction(edition.language) == "rtl"
    return Proof(
        work=work,
        pages=made.pages or 0,
        flaws=made.flaws,
        problems=layout.problems(made.flaws, prepared.read.ledger, made.path),
        sheets=contact_sheet.write(edition.slug, made.data, {flaw.page for flaw in made.flaws}, leftward=leftward),
    )

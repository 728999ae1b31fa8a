# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reading PDF -> a booklet of it, as the edition's settings wish it, and what would save paper."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from publisher.edition import Edition, Output
from publisher.imposition.booklet import Booklet, impose
from publisher.imposition.copyfit import Measure, per_sheet, saving
from publisher.imposition.options import Binding
from publisher.papers import paper_of
from publisher.wording import direction

FORMAT = "booklet"


def write(edition: Edition, pdf: Output) -> tuple[Output, ...]:
    """The files of the booklet; the first has what there is to know of all of them."""
    side = Binding.RIGHT if direction(edition.language) == "rtl" else Binding.LEFT
    options = replace(edition.booklet, binding=edition.booklet.binding or side)
    made = impose(pdf.data, options, edition.slug, pdf.path)
    paper = paper_of(edition.paper)
    if edition.leading is None:
        return outputs(made, edition.slug, Measure(lines=paper.lines, leading=paper.leading))
    first, *others = outputs(made, edition.slug)
    line = f"Lines are {edition.leading:g} pt apart, not {paper.leading:g} pt, which saves a sheet in each copy."
    return replace(first, advice=(*first.advice, line)), *others


def outputs(booklet: Booklet, stem: str, measure: Measure | None = None) -> tuple[Output, ...]:
    """The files of a booklet. `measure` says how its pages are set, where that is known and could be changed."""
    summary = booklet.summary
    fit = saving(summary.pages, per_sheet(summary.layout), measure)
    files = [Output(f"{stem}.{part.name}.pdf", FORMAT, part.data, pages=part.sides) for part in booklet.parts]
    first = replace(
        files[0],
        sheets=summary.sheets,
        blanks=summary.blanks,
        note=summary.line,
        advice=(*summary.lines(), *([str(fit)] if fit else [])),
        details=asdict(summary) | {"copyfit": asdict(fit) if fit else None},
        problems=booklet.problems,
    )
    return (first, *files[1:])

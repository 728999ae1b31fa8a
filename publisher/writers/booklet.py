# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reading PDF -> a booklet of it, as the edition's settings wish it, and what would save paper."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from publisher.edition import Edition, Output
from publisher.imposition.booklet import Booklet, impose
from publisher.imposition.copyfit import Lengths, saving
from publisher.imposition.options import Binding
from publisher.imposition.pages import Inks
from publisher.themes import design
from publisher.wording import direction

FORMAT = "booklet"


def write(edition: Edition, pdf: Output, look: Inks | None = None) -> tuple[Output, ...]:
    """The files of the booklet; the first has what there is to know of all of them."""
    side = Binding.RIGHT if direction(edition.language) == "rtl" else Binding.LEFT
    options = replace(edition.booklet, binding=edition.booklet.binding or side)
    made = impose(pdf.data, options, edition.slug, pdf.path, look=look)
    first, *others = outputs(made, edition.slug, pdf.lengths, tried=edition.fit)
    if edition.leading is None:
        return first, *others
    usual = design(edition.theme, edition.paper).leading
    line = f"Lines are {edition.leading:g} pt apart, not {usual:g} pt, which saves a sheet in each copy."
    return replace(first, advice=(*first.advice, line)), *others


def outputs(booklet: Booklet, stem: str, lengths: Lengths = (), *, tried: bool = False) -> tuple[Output, ...]:
    """The files of a booklet.

    `lengths` are those that its text would have with lines nearer to one another, unless they were `tried`.
    """
    summary = booklet.summary
    fit = saving(summary.pages, summary.layout, lengths, tried=tried)
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

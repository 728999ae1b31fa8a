# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reading PDF -> a booklet of it, as the edition's settings wish it, and what would save paper."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from publisher.edition import Edition, Output
from publisher.imposition.booklet import Booklet, impose
from publisher.imposition.copyfit import Measure, saving
from publisher.imposition.options import Binding, Layout
from publisher.imposition.order import LEAF
from publisher.papers import PAPERS
from publisher.wording import direction

FORMAT = "booklet"


def write(edition: Edition, pdf: Output) -> tuple[Output, ...]:
    """The files of the booklet; the first has what there is to know of all of them."""
    side = Binding.RIGHT if direction(edition.language) == "rtl" else Binding.LEFT
    options = replace(edition.booklet, binding=edition.booklet.binding or side)
    paper = PAPERS[edition.paper]
    return outputs(
        impose(pdf.data, options, edition.slug, pdf.path),
        edition.slug,
        Measure(lines=paper.lines, leading=paper.leading),
    )


def outputs(booklet: Booklet, stem: str, measure: Measure | None = None) -> tuple[Output, ...]:
    """The files of a booklet. `measure` says how its pages are set, where that is known and could be changed."""
    summary = booklet.summary
    fit = saving(summary.pages, LEAF if summary.layout is Layout.TWO_UP else 2 * LEAF, measure)
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

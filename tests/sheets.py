# SPDX-License-Identifier: AGPL-3.0-or-later
"""PDFs with numbered pages, and sheets that are laid out without drawing them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import cos, radians, sin

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.imposition import geometry
from publisher.imposition.geometry import Geometry, Side
from publisher.imposition.options import Binding, BookletOptions
from publisher.imposition.order import Order, order
from publisher.imposition.pages import Page
from publisher.imposition.proof import Handling, Print, Prints
from publisher.imposition.stock import MM

A5 = (148 * MM, 210 * MM)


def numbered(pages: int, size: tuple[float, float] = (300, 400)) -> pikepdf.Pdf:
    """A PDF whose page 3 says "3" in its middle; all pages share one font and link to the first."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size)
        page.Resources = Dictionary(Font=Dictionary(F=font))
        text = f"BT /F 12 Tf {size[0] / 2 - 10:g} {size[1] / 2:g} Td ({number}) Tj ET"
        page.Contents = pdf.make_stream(text.encode())
        page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest="first")])
    pdf.docinfo["/Title"] = "A Title"
    pdf.Root.Lang = "en"
    return pdf


def saved(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    out = io.BytesIO()
    if encryption:
        pdf.save(out, encryption=encryption)
    else:
        pdf.save(out, static_id=True)
    return out.getvalue()


def page(size: tuple[float, float] = A5, margin: float = 20 * MM) -> Page:
    """A page whose ink leaves a margin."""
    return Page(*size, (margin, margin, size[0] - margin, size[1] - margin))


def laid(number: int, options: BookletOptions, pages: Sequence[Page] | None = None) -> tuple[Order, Geometry]:
    """The order and the geometry of a booklet."""
    pages = pages or [page()] * number
    made = order(number, options, options.binding or Binding.LEFT)
    return made, geometry.geometry(pages, made, options, "x.pdf")


def printed(number: int, options: BookletOptions) -> tuple[list[tuple[Prints, Prints]], Handling]:
    """The sheets of a booklet as a printer prints them, and how they are to be handled."""
    made, found = laid(number, options)
    leaves = geometry.placed(found, [page()] * number, made)
    handling = Handling(
        width=found.width,
        height=found.height,
        layout=options.layout,
        flip=found.flip,
        binding=options.binding or Binding.LEFT,
        signatures=made.signatures,
    )
    return [(_prints(leaf.front), _prints(leaf.back)) for leaf in leaves], handling


def _prints(side: Side) -> Prints:
    return tuple(
        Print(p.page + 1, p.x, p.y, (-round(sin(radians(p.turn))), round(cos(radians(p.turn)))))
        for p in side.placements
    )

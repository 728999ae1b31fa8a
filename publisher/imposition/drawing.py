# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sides with pages at their places -> a PDF, through pikepdf (https://pikepdf.readthedocs.io).

Each page becomes a form XObject named after its number (/P12), copied once with its fonts; links and bookmarks stay
behind. Layers keep what they hide.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import cos, radians, sin

import pikepdf
from pikepdf import Dictionary, Name

from publisher.imposition.geometry import Geometry, Placement, Side
from publisher.imposition.options import Edge
from publisher.imposition.pages import Pages

Matrix = tuple[float, float, float, float, float, float]


def draw(source: Pages, geometry: Geometry, sides: Sequence[tuple[Side, str]], *, duplex: bool) -> bytes:
    """The sides, each with the operators of its marks."""
    with pikepdf.new() as booklet:
        forms: dict[int, pikepdf.Object] = {}
        for side, marks in sides:
            for placement in side.placements:
                if placement.page not in forms:
                    forms[placement.page] = booklet.copy_foreign(source.forms[placement.page])
            _add(booklet, geometry, side, marks, forms)
        _describe(source.pdf, booklet, geometry, duplex=duplex)
        data = BytesIO()
        booklet.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return data.getvalue()


def _add(booklet: pikepdf.Pdf, geometry: Geometry, side: Side, marks: str, forms: dict[int, pikepdf.Object]) -> None:
    page = booklet.add_blank_page(page_size=(round(geometry.width, 3), round(geometry.height, 3)))
    named = {f"/P{placement.page + 1}": forms[placement.page] for placement in side.placements}
    page.Resources = Dictionary(XObject=Dictionary(named))
    content = "".join(_shown(placement, forms[placement.page]) for placement in side.placements)
    page.Contents = booklet.make_stream((content + marks).encode())


def _shown(placement: Placement, form: pikepdf.Object) -> str:
    numbers = " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in _matrix(placement, middle(form)))
    return f"q {numbers} cm /P{placement.page + 1} Do Q\n"


def middle(form: pikepdf.Object) -> tuple[float, float]:
    """The middle of what a form shows, where it is drawn when nothing moves it."""
    left, bottom, right, top = map(float, form.BBox.as_list())
    a, b, c, d, e, f = map(float, form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])).as_list())
    x, y = (left + right) / 2, (bottom + top) / 2
    return a * x + c * y + e, b * x + d * y + f


def _matrix(placement: Placement, centre: tuple[float, float]) -> Matrix:
    """What turns and scales a form around its middle and moves that to its place."""
    x, y = centre
    across = round(cos(radians(placement.turn))) * placement.scale
    up = round(sin(radians(placement.turn))) * placement.scale
    return across, up, -up, across, placement.x - across * x + up * y, placement.y - up * x - across * y


def _describe(pdf: pikepdf.Pdf, booklet: pikepdf.Pdf, geometry: Geometry, *, duplex: bool) -> None:
    """The PDF's own title, authors, dates, language and layers, and how a print dialogue should be set."""
    for key, value in pdf.docinfo.items():
        if isinstance(value, pikepdf.String):
            booklet.docinfo[key] = str(value)
    if isinstance(pdf.Root.get("/Lang"), pikepdf.String):
        booklet.Root.Lang = str(pdf.Root.Lang)
    if isinstance(pdf.Root.get("/OCProperties"), Dictionary):
        booklet.Root.OCProperties = booklet.copy_foreign(pdf.make_indirect(pdf.Root.OCProperties))
    over = Name.DuplexFlipShortEdge if geometry.flip is Edge.SHORT else Name.DuplexFlipLongEdge
    booklet.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle="/Title" in booklet.docinfo, PrintScaling=Name("/None"), Duplex=over if duplex else Name.Simplex
    )

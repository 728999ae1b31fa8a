# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PDF's bytes -> its pages as they can be laid on sheets: upright, with their size and the box around their ink.

A page is what its TrimBox holds (boxes.py), turned and enlarged as /Rotate and /UserUnit say. What forms and remarks
show belongs to the page and is drawn into it. Where the ink is, is seen by drawing each page with PDFium.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import chain, repeat

import pikepdf
from msgspec import Struct
from pikepdf import Name

from publisher.errors import Location, OutputError, Problem
from publisher.imposition.boxes import straighten
from publisher.imposition.options import Binding

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
Inks = Callable[[bytes], Sequence[Box | None]]
"""A PDF -> the box around each page's ink in parts of the page, None for an empty page."""

# What pikepdf logs while it mends a PDF is among its warnings, too.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

# A page is drawn at 72 dots an inch, but no larger than this, to look for its ink; what is as light as this is none.
_LARGEST_DRAWING = 1500
_LIGHTEST_INK = 250
# ISO 32000 allows pages from 3 to 14,400 points.
_SMALLEST, _LARGEST = 3, 14_400
_MEND = "Open it in a viewer and save or print it to a new PDF."
_UNDRAWN = frozenset({"/Link", "/Popup"})
_AT = re.compile(r"^.*<_io\.BytesIO object at \w+>,? ?(?:\([^)]*\))?(?:: )?", re.DOTALL)


class Page(Struct, frozen=True):
    """A page as it is seen: its size in points, the box around its ink from its lower left corner, if there is any."""

    width: float
    height: float
    ink: Box | None

    @property
    def wide(self) -> bool:
        return self.width > self.height


class Pages(Struct, frozen=True):
    """An open PDF, its pages, each also as a form XObject, the side of its spine, and what is doubtful about it."""

    pdf: pikepdf.Pdf
    forms: tuple[pikepdf.Object, ...]
    pages: tuple[Page, ...]
    binding: Binding
    problems: tuple[Problem, ...]


@contextmanager
def opened(data: bytes, file: str, password: str = "", look: Inks | None = None) -> Iterator[Pages]:
    """The pages of a PDF; raises OutputError where it cannot be read. `file` is what problems are shown under."""
    with _pdf(data, file, password) as pdf:
        try:
            if not len(pdf.pages):
                raise OutputError([Problem("B003", "the PDF has no pages", Location(file))])
            straightened, doubts = straighten(pdf, file)
            laid_on = _flatten(pdf)
            sizes = [_size(page, number, file) for number, page in enumerate(pdf.pages, 1)]
            forms = tuple(_form(page, number, file) for number, page in enumerate(pdf.pages, 1))
            binding = _binding(pdf)
            seen = _saved(pdf) if straightened or laid_on or pdf.is_encrypted else data
        except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
            raise OutputError([_unreadable(file, error)]) from None
        pages = tuple(
            _page(size, ink) for size, ink in zip(sizes, chain((look or inks)(seen), repeat(WHOLE)), strict=False)
        )
        yield Pages(pdf, forms, pages, binding, (*_repaired(pdf, file), *doubts))


@contextmanager
def _pdf(data: bytes, file: str, password: str) -> Iterator[pikepdf.Pdf]:
    try:
        pdf = pikepdf.open(BytesIO(data), password=password)
    except pikepdf.PasswordError:
        message = "the PDF is encrypted, and this is not its password" if password else "the PDF is encrypted"
        hint = "Give its password with --password, or save it without one."
        raise OutputError([Problem("B002", message, Location(file), hint)]) from None
    except (pikepdf.PikepdfError, RuntimeError, ValueError) as error:
        raise OutputError([_unreadable(file, error)]) from None
    with pdf:
        yield pdf


def _unreadable(file: str, error: Exception) -> Problem:
    message = f"this cannot be read as a PDF: {_reason(error)}"
    return Problem("B001", message, Location(file), _MEND)


def _reason(found: object) -> str:
    """What qpdf says, without where in which stream it found that: "stream <_io.BytesIO object at 0x7f…>: "."""
    return _AT.sub("", str(found)) or type(found).__name__


def _repaired(pdf: pikepdf.Pdf, file: str) -> Iterator[Problem]:
    """What had to be mended before the pages could be read."""
    if found := pdf.get_warnings():
        message = f"the PDF is damaged ({_reason(found[0])}); the booklet has what could be read of it"
        yield Problem("B004", message, Location(file), "Compare the booklet's pages with those of the PDF.")


def _binding(pdf: pikepdf.Pdf) -> Binding:
    """The spine's side: right where the PDF says that it is read from right to left."""
    preferences = pdf.Root.get("/ViewerPreferences")
    says = preferences.get("/Direction") if isinstance(preferences, pikepdf.Dictionary) else None
    return Binding.RIGHT if says == Name.R2L else Binding.LEFT


def _flatten(pdf: pikepdf.Pdf) -> bool:
    """Draws what lies on the pages into them; tells whether anything does."""
    laid_on = any(_lies_on(page) for page in pdf.pages)
    if laid_on:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
    return laid_on


def _lies_on(page: pikepdf.Page) -> bool:
    """Whether a page has remarks, stamps or fields of forms; links show nothing."""
    found = page.get("/Annots")
    return isinstance(found, pikepdf.Array) and any(
        isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype")) not in _UNDRAWN for item in found
    )


def _size(page: pikepdf.Page, number: int, file: str) -> tuple[float, float]:
    """Width and height of a page, upright."""
    left, bottom, right, top = map(float, page.trimbox)
    unit = float(page.get("/UserUnit", 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    if not all(_SMALLEST <= side <= _LARGEST for side in (width, height)):
        message = f"page {number} is {width:g} × {height:g} points large"
        hint = "A page has 3 to 14,400 points (5 m) on each side."
        raise OutputError([Problem("B005", message, Location(file), hint)])
    return (height, width) if page.rotation % 180 else (width, height)


def _form(page: pikepdf.Page, number: int, file: str) -> pikepdf.Object:
    """The page as a form XObject whose content can be read: a damaged stream shows only when it is."""
    try:
        form = page.as_form_xobject()
        form.read_bytes()
    except pikepdf.PikepdfError as error:
        message = f"page {number} cannot be read: {_reason(error)}"
        raise OutputError([Problem("B001", message, Location(file), _MEND)]) from None
    return form


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, static_id=True, encryption=False, compress_streams=False)
    return out.getvalue()


WHOLE: Box = (0, 0, 1, 1)


def _page(size: tuple[float, float], part: Box | None) -> Page:
    width, height = size
    left, bottom, right, top = part or WHOLE
    return Page(width, height, (left * width, bottom * height, right * width, top * height) if part else None)


def inks(data: bytes, numbers: Sequence[int] | None = None) -> list[Box | None]:
    """The box around the ink of some pages, which are numbered from 0, or of all that PDFium knows of."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    with closing(document):
        return [_ink(document, index) for index in (range(len(document)) if numbers is None else numbers)]


def _ink(document: object, index: int) -> Box | None:
    """The whole page where it cannot be drawn."""
    import pypdfium2

    try:
        page = document[index]  # type: ignore[index]
        scale = min(1, _LARGEST_DRAWING / max(page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
    except pypdfium2.PdfiumError:
        return WHOLE
    picture = bitmap.to_pil()
    box = picture.point([255] * _LIGHTEST_INK + [0] * (256 - _LIGHTEST_INK)).getbbox()
    page.close()
    if box is None:
        return None
    width, height = picture.size
    return box[0] / width, 1 - box[3] / height, box[2] / width, 1 - box[1] / height

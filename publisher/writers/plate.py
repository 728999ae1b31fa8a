# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markup of single pages (covers, the calibration sheet) -> a PDF through WeasyPrint, or a picture of its first page.

The book itself is set by `writers/pdf`, in parts that share their fonts; a page that stands alone has its own. The
picture is drawn by PDFium (https://pypdfium2.readthedocs.io), so that a cover looks the same in print and on a shelf.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable

from PIL import Image

from publisher import fonts
from publisher.pictures import Picture


def set_plate(markup: str, pictures: Iterable[Picture] = ()) -> bytes:
    """The PDF of a document with its own style sheet; it shows these pictures, and what it holds itself."""
    configuration = fonts.configuration()
    from weasyprint import HTML

    from publisher.writers.pdf.layout import fetcher

    document = HTML(string=markup, url_fetcher=fetcher(pictures))
    pdf: bytes = document.write_pdf(font_config=configuration, pdf_variant="pdf/ua-1", pdf_identifier=b"publisher")
    return pdf


def drawn(pdf: bytes, width: int, height: int) -> bytes:
    """The first page as a PNG of a size in pixels; the page must have the same shape."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = max(width / page.get_width(), height / page.get_height())
        picture = page.render(scale=scale).to_pil().convert("RGB").crop((0, 0, width, height))
    finally:
        document.close()
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    """Sixteen colours are enough for one ink and black on one ground, with smooth edges, and make half the bytes.

    Nearly all is ground, so runs of one colour (Z_RLE) pack it as small as zlib's full search.
    """
    out = io.BytesIO()
    picture.quantize(16, method=Image.Quantize.FASTOCTREE).save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return out.getvalue()

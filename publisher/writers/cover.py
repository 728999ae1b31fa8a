# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> its covers: a picture for the EPUB, a front as PDF, and a wrap-around cover with its spine.

Title, authors and licence are set in the packaged fonts by the theme's style sheet, styles/cover/, the same for screen
and paper. Words that no font can show are left off, and reported; so is a title that is too long for a cover. A picture
of the work's own takes the place of all that on the front.
"""

from __future__ import annotations

import io
import zlib
from datetime import UTC, datetime
from functools import cache

from markupsafe import Markup
from msgspec import Struct

from publisher import __version__, glyphs
from publisher.edition import Edition, Output
from publisher.imposition.options import Binding, BookletOptions
from publisher.imposition.order import order
from publisher.imposition.stock import thickness
from publisher.papers import PAPERS
from publisher.pictures import Picture
from publisher.resources import STYLES, style
from publisher.templating import render
from publisher.wording import direction
from publisher.writers.cover_picture import HEIGHT, WIDTH, Front, draw, is_simple
from publisher.writers.cover_text import SAFE_LINK, licence_mark, link, shortened, title
from publisher.writers.lettering import LINE, Lettering, Room, fit, length
from publisher.writers.matter import PICTURE
from publisher.writers.plate import drawn, set_plate

# The millimetres that an EPUB's cover is set at.
SCREEN = (100.0, 160.0)
# Inks dark enough for rules and ornament. The author's name chooses one, so that one author's books look alike.
INKS = ("#5e1a1e", "#1c3450", "#1e4236", "#422a4c", "#3a3026", "#16424c")
# Millimetres of a spine on which words can be read, and the part of it that they take.
NARROWEST_SPINE, SPINE_PART, LARGEST_ON_SPINE = 4.0, 0.5, 5.5


class Wrap(Struct, frozen=True, kw_only=True):
    """Where back, spine and front lie, from the left edge in millimetres; `size` is that of the spine's words."""

    back: float
    spine_at: float
    spine: float
    front: float
    scores: tuple[float, ...]
    size: float
    words: str


def picture(edition: Edition) -> Picture:
    """The cover of the EPUB: the work's own picture, or one of 1600 × 2560 pixels that is drawn."""
    if edition.cover:
        return edition.cover
    front = _front(edition)
    if is_simple(front):
        return Picture("cover.png", "image/png", draw(front))
    plate = set_plate(_markup(edition, SCREEN, screen=True))
    return Picture("cover.png", "image/png", drawn(plate, WIDTH, HEIGHT))


def _front(edition: Edition) -> Front:
    author, heading, subtitle = _fields(edition, SCREEN)
    return Front(
        author=author,
        title=heading,
        subtitle=subtitle,
        publisher=_shown(edition.metadata.publisher),
        licence=_shown(licence_mark(edition.licence)),
        ink=_ink(edition),
    )


def _fields(edition: Edition, size: tuple[float, float]) -> tuple[Lettering | None, Lettering | None, Lettering | None]:
    """Author, title and subtitle in the sizes at which they fit on a cover."""
    wide, high = size
    return (
        _field(edition.authors, wide, width=0.72, height=0.13 * high, largest=0.058),
        _field(title(edition), wide, width=0.72, height=0.30 * high, largest=0.145),
        _field(edition.subtitle, wide, width=0.66, height=0.11 * high, largest=0.045),
    )


def _ink(edition: Edition) -> str:
    return INKS[zlib.crc32(edition.authors.encode()) % len(INKS)]


def write(edition: Edition) -> Output:
    """The front as a page of the edition's paper."""
    paper = PAPERS[edition.paper]
    data = set_plate(_markup(edition, (paper.width, paper.height)), _pictures(edition))
    return Output(f"{edition.slug}.cover.pdf", "cover", data, pages=1)


def write_wrap(edition: Edition, pdf: Output) -> Output:
    """Back, spine and front in one, for the pages of a PDF.

    Crop marks and scores stand outside of what is trimmed; without a spine there are none, and the cover is as large
    as a sheet of the booklet.
    """
    paper = PAPERS[edition.paper]
    wide = spine(pdf.pages or 0, edition.booklet)
    around = _wrap(edition, paper.width, paper.height, wide)
    data = set_plate(_markup(edition, (paper.width, paper.height), wrap=around), _pictures(edition))
    size = f"{2 * paper.width + wide:.1f} × {paper.height:.1f} mm"
    note = f"spine {wide:.1f} mm" if wide else "no spine"
    advice = (f"{edition.slug}.wrap.pdf: {size}, {note}, for {edition.booklet.weight} g/m² paper",)
    details = {"spine": round(wide, 2), "width": round(2 * paper.width + wide, 2), "height": round(paper.height, 2)}
    return Output(f"{edition.slug}.wrap.pdf", "wrap", data, pages=1, note=note, advice=advice, details=details)


def spine(pages: int, options: BookletOptions) -> float:
    """Millimetres between back and front: the leaves and the card's own thickness; 0 where one fold holds all."""
    made = order(max(1, pages), options, Binding.LEFT)
    if len(made.signatures) == 1:
        return 0.0
    return len(made.pages) / 2 * thickness(options.weight) + thickness(options.cover_weight)


def _markup(edition: Edition, size: tuple[float, float], *, screen: bool = False, wrap: Wrap | None = None) -> str:
    wide, high = size
    square = None if screen else _code(edition)
    author, heading, subtitle = _fields(edition, size)
    return render(
        "cover.html.jinja",
        language=edition.language,
        direction=direction(edition.language),
        title=edition.title,
        generator=f"publisher {__version__}",
        modified=datetime.fromtimestamp(edition.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        style=Markup(_style(edition.theme)),
        wide=wide,
        high=high,
        page_wide=wrap_width(wide, wrap),
        ink=_ink(edition),
        screen=screen,
        wrap=wrap,
        picture=edition.cover and f"{PICTURE}{edition.cover.name}",
        joint=Markup("<br>"),
        author=author,
        heading=heading,
        subtitle=subtitle,
        publisher=_shown(edition.metadata.publisher),
        licence=_shown(licence_mark(edition.licence)),
        code=square and f"{PICTURE}{square.name}",
        address=edition.metadata.source_url,
    )


def wrap_width(wide: float, wrap: Wrap | None) -> float:
    return 2 * wide + wrap.spine if wrap else wide


def _field(text: str, wide: float, *, width: float, height: float, largest: float) -> Lettering | None:
    """Lettering in a room whose width and largest size are parts of the cover's width, its height millimetres."""
    room = Room(width=width * wide, height=height, largest=largest * wide, smallest=0.022 * wide)
    return fit(text, room)


def _shown(text: str | None) -> str:
    return text if text and not glyphs.missing(text) else ""


def _wrap(edition: Edition, wide: float, high: float, spine_width: float) -> Wrap:
    """The panels in their order: the front is on the right, unless the text runs from right to left."""
    right = edition.booklet.binding or (Binding.RIGHT if direction(edition.language) == "rtl" else Binding.LEFT)
    back, front = (0.0, wide + spine_width) if right is Binding.LEFT else (wide + spine_width, 0.0)
    words = shortened(" — ".join(filter(None, (edition.authors, title(edition)))))
    room = 0.8 * high / max(1.0, length(words))
    size = min(spine_width * SPINE_PART / LINE, LARGEST_ON_SPINE, room)
    readable = spine_width >= NARROWEST_SPINE and size * LINE >= NARROWEST_SPINE * SPINE_PART
    return Wrap(
        back=back,
        spine_at=wide,
        spine=round(spine_width, 3),
        front=front,
        scores=tuple(dict.fromkeys((wide, wide + spine_width))),
        size=round(size, 2),
        words=_shown(words) if readable else "",
    )


@cache
def _style(theme: str) -> str:
    """What all covers share, and a theme's own, or that of the classic book."""
    own = STYLES / "cover" / f"{theme}.css"
    return style("cover/base.css") + style(f"cover/{theme}.css" if own.is_file() else "cover/book.css")


def _code(edition: Edition) -> Picture | None:
    """The link to the source as a QR code (ISO/IEC 18004)."""
    import segno

    address = link(edition)
    if address is None:
        return None
    out = io.BytesIO()
    level = "m" if len(address.encode()) <= SAFE_LINK else "l"
    segno.make_qr(address, error=level).save(out, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return Picture("code.svg", "image/svg+xml", out.getvalue())


def _pictures(edition: Edition) -> list[Picture]:
    return [shown for shown in (edition.cover, _code(edition)) if shown]

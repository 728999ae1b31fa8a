# SPDX-License-Identifier: AGPL-3.0-or-later
"""Matter -> a setting, through WeasyPrint (https://doc.courtbouillon.org/weasyprint/): the one module that lays out.

Nothing is fetched: styles and fonts are the package's own, pictures are the matter's, and every other address that a
text or template could make WeasyPrint open is refused. No font is embedded here, since the parts of a book share one
subset of each; and the text block stands amid its page, to be moved to its side when the page has one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from publisher import fonts
from publisher.families import FAMILIES
from publisher.pictures import Picture
from publisher.resources import style
from publisher.themes import design
from publisher.writers.matter import PICTURE, Bookmark, Face, Matter, SetPage, Setting
from publisher.writers.page_starts import starts
from publisher.writers.pdf import footnotes, linebreaks, painting, structure, styles
from publisher.writers.pdf.measurement import FEW, NEARLY_EMPTY, Measure, Ruler, lacks

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.document import Document, Page
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# The root of a drawing, its attributes, and a width in pixels that is larger than any page's.
_ROOT = re.compile(rb"(<svg)\b[^>]*>")
_WIDTH = re.compile(rb"\s(?:width|height)\s*=")
_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
_VIEW_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']\s*(?:%b[\s,]+){2}(%b)[\s,]+(%b)\s*[\"']" % ((_NUMBER,) * 3))
WIDE = 2000
# How often a document is laid out anew to make its pages better.
TRIALS = 4
# How many lines early a page ends that is mended; parts of more pages are not laid out anew for that.
EARLY, LONG = 1.95, 40
# Points in a pixel of CSS.
PIXEL = 0.75
# What a text in a language that scripts.css is for has somewhere: rules that match no element take time, too.
_LANGUAGES = "|".join(language for family in FAMILIES for language in family.languages.split())
IN_OTHER_SCRIPTS = re.compile(rf'\blang="(?:{_LANGUAGES})\b', re.IGNORECASE)
# The digests of font files by what distinguishes them here.
_DIGESTS: dict[tuple[str, int, int, int], str] = {}


def lay(matter: Matter) -> Setting:
    """Sets one document; it depends on nothing but the matter."""
    document, measures = _best(matter)
    document.fonts = _Unembedded()
    # Furniture is put amid the marked text of its page, and read for that: it is neither tagged nor compressed.
    with _structured():
        data = document.write_pdf(pdf_tags=not matter.furniture, uncompressed_pdf=matter.furniture)
    faces = tuple(map(_face, document.fonts.values()))
    lacking = frozenset(face.characters[glyph] for face in faces for glyph in face.missing)
    return Setting(
        data,
        tuple(map(partial(_page, lacking), document.pages, measures, starts(document.pages))),
        faces,
    )


def _best(matter: Matter) -> tuple[Document, list[Measure]]:
    """A document laid out, once more with lines more or fewer where that makes its pages better."""
    document, measures = rendered(matter)
    lines = design(matter.theme, matter.paper, matter.leading).lines
    tried: set[linebreaks.Wish] = set()
    while len(tried) < TRIALS and (wish := next(_wishes(measures, lines, tried), None)):
        tried.add(wish)
        other, others = rendered(matter, wish)
        if _faults(others, lines) < _faults(measures, lines):
            document, measures = other, others
    return document, measures


def _wishes(measures: Sequence[Measure], lines: int, tried: Collection[linebreaks.Wish]) -> Iterator[linebreaks.Wish]:
    """What may mend a last page that is nearly empty, and pages that end early, and was not tried yet."""
    if any(flaw.code == NEARLY_EMPTY for flaw in measures[-1].flaws):
        last = int(measures[-1].depth)
        yield from (wish for more in (FEW - last, -last) if (wish := linebreaks.Wish(more)) not in tried)
    for number in _short(measures, lines):
        yield from (wish for more in (1, -1) if (wish := linebreaks.Wish(more, number)) not in tried)


def _short(measures: Sequence[Measure], lines: int) -> Iterator[int]:
    """The pages that end two lines early, so that those which they face will be deeper."""
    for number, (measure, after) in enumerate(pairwise(measures if len(measures) <= LONG else ()), 1):
        if measure.justified and not after.begins and lines - measure.depth >= EARLY:
            yield number


def _faults(measures: Sequence[Measure], lines: int) -> int:
    return sum(len(measure.flaws) for measure in measures) + sum(1 for _ in _short(measures, lines))


def rendered(matter: Matter, wish: linebreaks.Wish = linebreaks.NOTHING) -> tuple[Document, list[Measure]]:
    """A document laid out, with lines more or fewer than are best, and what its pages measure."""
    configuration = fonts.configuration()
    painting.prepare()
    html = parse(matter.html, matter.pictures)
    with linebreaks.rules(wish):
        document = html.render(font_config=configuration, stylesheets=_stylesheets(matter))
    ruler = Ruler(len(document.pages))
    return document, [ruler.measure(page._page_box) for page in document.pages]  # noqa: SLF001 (its only way in)


def complaints(rules: str) -> list[str]:
    """What WeasyPrint would ignore in a style sheet, in its words: properties, values and selectors unknown to it."""
    fonts.configuration()
    from weasyprint import CSS

    kept = _Kept()
    log = logging.getLogger("weasyprint")
    propagate, log.propagate = log.propagate, False
    log.addHandler(kept)
    try:
        CSS(string=rules, url_fetcher=fetcher(()))
    finally:
        log.removeHandler(kept)
        log.propagate = propagate
    return kept.messages


class _Kept(logging.Handler):
    """Keeps what is logged from warnings on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _structured() -> Iterator[None]:
    """Has WeasyPrint ask us for the structure of a PDF while it writes it."""
    import weasyprint.pdf

    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = structure.add
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


def parse(html: str, pictures: Iterable[Picture]) -> HTML:
    """A document as WeasyPrint takes it, its notes where they belong."""
    from weasyprint import HTML

    parsed = HTML(string=html, url_fetcher=fetcher(pictures))
    footnotes.move(parsed.etree_element)
    return parsed


def warm() -> None:
    """Loads WeasyPrint and the fonts, which takes longer than to lay out ten pages."""
    configuration = fonts.configuration()
    from weasyprint import HTML

    HTML(string="<p>").render(font_config=configuration)


def _stylesheets(matter: Matter) -> list[CSS]:
    from weasyprint import CSS

    more = [CSS(string=matter.style)] if matter.style else []
    scripts = [_scripts()] if IN_OTHER_SCRIPTS.search(matter.html) else []
    theme = _theme(matter.theme, matter.paper, matter.leading, matter.direction if matter.furniture else "")
    return [theme, *scripts, *more]


@cache
def _theme(theme: str, paper: str, leading: float | None, direction: str) -> CSS:
    """The style sheet of heads and folios in a direction of writing, or without one that of the text."""
    from weasyprint import CSS

    page = design(theme, paper, leading)
    return CSS(string=styles.furniture(page, direction) if direction else styles.text(page))


@cache
def _scripts() -> CSS:
    from weasyprint import CSS

    return CSS(string=style("print/scripts.css"))


def fetcher(pictures: Iterable[Picture]) -> URLFetcher:
    """What WeasyPrint asks for each address: it gets these pictures, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    shown = {f"{PICTURE}{picture.name}": picture for picture in pictures}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            if url not in shown:
                raise ValueError(f"not a picture of this edition: {url}")
            return URLFetcherResponse(url, _sized(shown[url]), {"Content-Type": shown[url].media_type})

    return Fetcher()


def _sized(picture: Picture) -> bytes:
    """A picture's bytes; a drawing that states no width gets one beyond all pages, which the style sheet reduces.

    WeasyPrint 70 fails on a drawing without one in a line that runs from right to left.
    """
    root = _ROOT.search(picture.data) if picture.media_type == "image/svg+xml" else None
    box = _VIEW_BOX.search(root[0]) if root and not _WIDTH.search(root[0]) else None
    if root is None or box is None or float(box[1]) <= 0:
        return picture.data
    height = WIDE * float(box[2]) / float(box[1])
    return picture.data[: root.end(1)] + b' width="%d" height="%.3f"' % (WIDE, height) + picture.data[root.end(1) :]


class _Unembedded(dict[int, Any]):
    """The fonts of a document as WeasyPrint collects them, with nothing left to embed but the name of their file."""

    def __setitem__(self, key: int, font: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
        font.digest = _digest(font)
        font.file_content = b""
        font.clean = lambda *_: None
        super().__setitem__(key, font)


def _digest(font: Any) -> str:  # noqa: ANN401 (WeasyPrint has no types)
    """Which file a font is from. All sizes and variants of a face have the same one, half a megabyte long."""
    content = font.file_content
    face = (font.family, font.style, font.weight, len(content))
    if face not in _DIGESTS:
        _DIGESTS[face] = sha256(content).hexdigest()
    return _DIGESTS[face]


def _face(font: Any) -> Face:  # noqa: ANN401 (WeasyPrint has no types)
    return Face(
        key=font.hash,
        name=font.name.decode().removeprefix("/"),
        family=font.family,
        digest=font.digest,
        flags=font.flags,
        ascent=font.ascent,
        descent=font.descent,
        widths=dict(font.widths),
        characters=dict(font.to_unicode),
        missing=tuple(font.missing.values()),
    )


def _feet(page: Any, height: float) -> Iterator[tuple[str, float]]:  # noqa: ANN401 (WeasyPrint has no types)
    """The lower edges of the notes at the foot of a page, by their names."""
    for area in page.children:
        for box in area.children if area.element is None else ():
            if box.element is not None and "data-at" in box.element.attrib:
                yield box.element.get("id"), (height - box.position_y - box.margin_height()) * PIXEL


def _page(lacking: frozenset[str], page: Page, measure: Measure, start: tuple[str, int] | None) -> SetPage:
    # The type of a page and the place of its text block are in the page's box alone, which is not documented.
    box = page._page_box  # noqa: SLF001
    return SetPage(
        type=box.page_type.name,
        left=box.content_box_x() * PIXEL,
        depth=measure.depth,
        foot=measure.foot,
        begins=measure.begins,
        flaws=(*measure.flaws, *lacks(box, lacking)),
        bookmarks=tuple(
            Bookmark(level, label, x * PIXEL, (page.height - y) * PIXEL) for level, label, (x, y), _ in page.bookmarks
        ),
        feet=dict(_feet(box, page.height)),
        anchors={name: (x * PIXEL, (page.height - y) * PIXEL) for name, (x, y, _, _) in page.anchors.items()},
        start=start,
    )

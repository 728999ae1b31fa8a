# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> the PDF to read or print, made of parts that are laid out each by itself.

    edition -> leaves -> parts -> (layout) -> settings -> page numbers -> contents, heads and folios -> one PDF

What opens a page begins a part. A part's layout knows neither its number nor its side of the paper, so that it can be
made in any process and kept: a word that is changed in one chapter changes nothing in the others. What prints numbers
is laid out when they are known: first the contents list, then the running heads and folios.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from publisher.edition import Edition, Output
from publisher.layout import PageStart
from publisher.templating import render
from publisher.themes import design, leadings
from publisher.wording import direction
from publisher.writers.extent import form
from publisher.writers.matter import Lay, Matter, Setting
from publisher.writers.pdf import description, merging
from publisher.writers.pdf.composition import Composition, compose, problems
from publisher.writers.pdf.flaws import flaws
from publisher.writers.pdf.layout import lay as lay_one
from publisher.writers.pdf.leaves import Leaf
from publisher.writers.pdf.numbering import Place, places


def here(matter: Sequence[Matter]) -> Sequence[Setting]:
    """Sets matter in this process."""
    return [lay_one(one) for one in matter]


def write(edition: Edition, _made: Mapping[str, Output], lay: Lay = here) -> Output:
    """The PDF; it needs nothing that other writers made."""
    made = _composed(edition, lay)
    furniture = lay([_furniture(edition, *one) for one in zip(made.parts, made.settings, made.places, strict=True)])
    together = zip(made.settings, furniture, made.places, strict=True)
    data = merging.merge(
        [merging.Part(text, heads, place) for text, heads, place in together],
        description.describe(edition),
    )
    return Output(
        f"{edition.slug}.pdf",
        "pdf",
        data,
        pages=_length(made),
        flaws=flaws(made.settings, made.places),
        lengths=tuple(_lengths(edition, made)),
        problems=tuple(problems(edition, made.footings)),
        starts=tuple(_starts(made.settings, made.places)),
    )


def length(edition: Edition, lay: Lay) -> int:
    """How many pages the PDF has."""
    return _length(_composed(edition, lay))


def _composed(edition: Edition, lay: Lay) -> Composition:
    return compose(edition, form(edition.book, design(edition.theme, edition.paper, edition.leading)), lay)


def _length(made: Composition) -> int:
    return made.places[-1].first + len(made.settings[-1].pages) - 1


def _lengths(edition: Edition, made: Composition) -> Iterator[tuple[float, int]]:
    """How long the book should be with each leading at which a page holds more lines, by the lines of its parts."""
    page = design(edition.theme, edition.paper, edition.leading)
    for leading in leadings(page):
        lines = design(edition.theme, edition.paper, leading).lines
        counts = [
            ceil(((len(setting.pages) - 1) * page.lines + setting.pages[-1].depth) / lines) or 1
            for setting in made.settings
        ]
        yield leading, places(made.parts, counts)[-1].first + counts[-1] - 1


def _starts(settings: Iterable[Setting], where: Iterable[Place]) -> Iterator[PageStart]:
    """Where in the text the pages begin, with the numbers that are printed on them."""
    for setting, place in zip(settings, where, strict=True):
        for index, page in enumerate(setting.pages):
            if page.start:
                yield PageStart(place.label(index), *page.start)


def _furniture(edition: Edition, part: Sequence[Leaf], setting: Setting, place: Place) -> Matter:
    """The heads and folios of a part: empty pages of the same types, the first of them with its number and side."""
    html = render(
        "furniture.html.jinja",
        language=edition.language,
        direction=direction(edition.language),
        opening=part[0],
        types=[page.type or "auto" for page in setting.pages],
        numerals="lower-roman" if place.roman else "decimal",
    )
    side = "recto" if place.first % 2 else "verso"
    own = edition.style
    style = f"{own.furniture}html {{ break-before: {side} }} @page :first {{ counter-reset: page {place.folio} }}"
    return Matter(
        part[0].id,
        html,
        edition.theme,
        edition.paper,
        style,
        furniture=True,
        direction=direction(edition.language),
        leading=edition.leading,
        pictures=own.pictures,
    )

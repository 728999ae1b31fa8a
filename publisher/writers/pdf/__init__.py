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
from publisher.papers import leadings, paper_of
from publisher.templating import render
from publisher.wording import direction
from publisher.writers.extent import Form, form
from publisher.writers.pdf import description, merging
from publisher.writers.pdf.flaws import flaws
from publisher.writers.pdf.layout import lay as lay_one
from publisher.writers.pdf.leaves import PICTURE, Leaf, arrange, document
from publisher.writers.pdf.merging import LINK
from publisher.writers.pdf.model import Lay, Matter, Setting
from publisher.writers.pdf.numbering import Place, folios, places

# A contents list whose own length changes the numbers that it prints settles within as many trials.
TRIALS = 4


def here(matter: Sequence[Matter]) -> Sequence[Setting]:
    """Sets matter in this process."""
    return [lay_one(one) for one in matter]


def write(edition: Edition, _made: Mapping[str, Output], lay: Lay = here) -> Output:
    """The PDF; it needs nothing that other writers made."""
    parts, settings, where = _laid(edition, lay)
    furniture = lay([_furniture(edition, *one) for one in zip(parts, settings, where, strict=True)])
    data = merging.merge(
        [
            merging.Part(text, heads, blank=place.blank)
            for text, heads, place in zip(settings, furniture, where, strict=True)
        ],
        description.describe(edition),
    )
    return Output(
        f"{edition.slug}.pdf",
        "pdf",
        data,
        pages=_length(settings, where),
        flaws=flaws(settings, where),
        lengths=tuple(_lengths(edition, parts, settings)),
        starts=tuple(_starts(settings, where)),
    )


def length(edition: Edition, lay: Lay) -> int:
    """How many pages the PDF has."""
    _, settings, where = _laid(edition, lay)
    return _length(settings, where)


def _laid(edition: Edition, lay: Lay) -> tuple[list[list[Leaf]], list[Setting], tuple[Place, ...]]:
    """The parts of a book, as they are set, and where they stand."""
    use = form(edition.book, paper_of(edition.paper, edition.leading))
    parts = divide(arrange(edition, use, lambda _page, id_: LINK + id_))
    settings = _settings(edition, use, parts, lay)
    return parts, settings, places(parts, (len(setting.pages) for setting in settings))


def _length(settings: Sequence[Setting], where: Sequence[Place]) -> int:
    return where[-1].first + len(settings[-1].pages) - 1


def _lengths(
    edition: Edition, parts: Sequence[Sequence[Leaf]], settings: Sequence[Setting]
) -> Iterator[tuple[float, int]]:
    """How long the book should be with each leading at which a page holds more lines, by the lines of its parts."""
    paper = paper_of(edition.paper, edition.leading)
    for leading in leadings(paper, edition.theme):
        lines = paper_of(edition.paper, leading).lines
        counts = [
            ceil(((len(setting.pages) - 1) * paper.lines + setting.pages[-1].depth) / lines) or 1
            for setting in settings
        ]
        yield leading, places(parts, counts)[-1].first + counts[-1] - 1


def _starts(settings: Iterable[Setting], where: Iterable[Place]) -> Iterator[PageStart]:
    """Where in the text the pages begin, with the numbers that are printed on them."""
    for setting, place in zip(settings, where, strict=True):
        for number, page in enumerate(setting.pages, place.first):
            if page.start:
                yield PageStart(str(number), *page.start)


def divide(printed: Iterable[Leaf]) -> list[list[Leaf]]:
    """The parts of a book: each leaf that opens a page, with those that run on."""
    parts: list[list[Leaf]] = []
    for leaf in printed:
        if leaf.opening:
            parts.append([leaf])
        else:
            parts[-1].append(leaf)
    return parts


def _settings(edition: Edition, use: Form, parts: Sequence[Sequence[Leaf]], lay: Lay) -> list[Setting]:
    """All parts as they are set; the contents list after the others, whose pages it names."""
    listing = next((index for index, part in enumerate(parts) if part[0].entries), None)
    settings = list(lay([_matter(edition, use, part, {}) for index, part in enumerate(parts) if index != listing]))
    if listing is not None:
        settings.insert(listing, _listing(edition, use, parts, settings, listing, lay))
    return settings


def _listing(
    edition: Edition, use: Form, parts: Sequence[Sequence[Leaf]], others: Sequence[Setting], index: int, lay: Lay
) -> Setting:
    """The contents list with the numbers that are right when it is as long as it is."""
    count = 1
    for _ in range(TRIALS):
        counts = [len(setting.pages) for setting in others]
        counts.insert(index, count)
        where = places(parts, counts)
        numbers = folios(others, (*where[:index], *where[index + 1 :]))
        (setting,) = lay([_matter(edition, use, parts[index], numbers)])
        if len(setting.pages) == count:
            return setting
        count = len(setting.pages)
    raise RuntimeError("the contents list has no length at which its numbers are right")


def _matter(edition: Edition, use: Form, part: Sequence[Leaf], numbers: Mapping[str, str]) -> Matter:
    html = document(edition, use, part, numbers)
    shown = tuple(picture for picture in edition.pictures.values() if f"{PICTURE}{picture.name}" in html)
    return Matter(part[0].id, html, edition.theme, edition.paper, leading=edition.leading, pictures=shown)


def _furniture(edition: Edition, part: Sequence[Leaf], setting: Setting, place: Place) -> Matter:
    """The heads and folios of a part: empty pages of the same types, the first of them with its number and side."""
    html = render(
        "furniture.html.jinja",
        language=edition.language,
        direction=direction(edition.language),
        opening=part[0],
        types=[page.type or "auto" for page in setting.pages],
    )
    side = "recto" if place.first % 2 else "verso"
    style = f"html {{ break-before: {side} }} @page :first {{ counter-reset: page {place.first} }}"
    return Matter(part[0].id, html, edition.theme, edition.paper, style, furniture=True, leading=edition.leading)

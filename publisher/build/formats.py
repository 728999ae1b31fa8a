# SPDX-License-Identifier: AGPL-3.0-or-later
"""The formats that can be asked for, and what each of them is made from.

A writer is imported when its format is made: an EPUB does not wait for the PDF's libraries, nor --help for either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from publisher.edition import Edition, Output, Paging
    from publisher.imposition.pages import Inks
    from publisher.writers.matter import Lay

Write: TypeAlias = "Callable[[Edition, Mapping[str, Output], Means], tuple[Output, ...]]"
"""An edition, the outputs made so far, by format, and the means to make more -> its files, the main one first."""


class Means(Struct, frozen=True):
    """What lays out pages, and what looks where their ink is; without them, writers do so themselves."""

    lay: Lay | None = None
    look: Inks | None = None


class Writer(Struct, frozen=True):
    """How a format is written, and the formats that it is made from; `paged`: those whose pages it may have."""

    write: Write
    needs: tuple[str, ...] = ()
    paged: tuple[str, ...] = ()


def _epub(edition: Edition, made: Mapping[str, Output], _means: Means) -> tuple[Output, ...]:
    from publisher.writers import epub

    return (epub.write(edition, made),)


def _pdf(edition: Edition, made: Mapping[str, Output], means: Means) -> tuple[Output, ...]:
    from publisher.writers import pdf

    return (pdf.write(edition, made, means.lay or pdf.here),)


def _booklet(edition: Edition, made: Mapping[str, Output], means: Means) -> tuple[Output, ...]:
    from publisher.writers import booklet

    return booklet.write(edition, made["pdf"], means.look)


def _cover(edition: Edition, _made: Mapping[str, Output], _means: Means) -> tuple[Output, ...]:
    from publisher.writers import cover

    return (cover.write(edition),)


def _wrap(edition: Edition, made: Mapping[str, Output], _means: Means) -> tuple[Output, ...]:
    from publisher.writers import cover

    return (cover.write_wrap(edition, made["pdf"]),)


def _text(edition: Edition, made: Mapping[str, Output], _means: Means) -> tuple[Output, ...]:
    from publisher.writers import text

    return (text.write(edition, made),)


# In the order of the reports.
WRITERS: dict[str, Writer] = {
    "epub": Writer(_epub, paged=("pdf",)),
    "pdf": Writer(_pdf),
    "booklet": Writer(_booklet, needs=("pdf",)),
    "cover": Writer(_cover),
    "wrap": Writer(_wrap, needs=("pdf",)),
    "text": Writer(_text),
}
DEFAULT_FORMATS = ("epub", "pdf", "booklet")


def order(formats: Iterable[str], pages: Paging) -> tuple[str, ...]:
    """What must be made for some formats, in the order of making: booklet -> pdf, booklet.

    Where the e-book has the `pages` of the PDF, the PDF is made for it: its bytes never depend on what was asked for.
    """
    wanted = set(formats)
    return tuple(dict.fromkeys(chain.from_iterable(_with_needs(name, pages) for name in WRITERS if name in wanted)))


def _with_needs(name: str, pages: Paging) -> Iterator[str]:
    """A format behind all that it is made from."""
    writer = WRITERS[name]
    for needed in (*writer.needs, *(writer.paged if pages == "pdf" else ())):
        yield from _with_needs(needed, pages)
    yield name

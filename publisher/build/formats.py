# SPDX-License-Identifier: AGPL-3.0-or-later
"""The formats that can be asked for, and what each of them is made from.

A writer is imported when its format is made: an EPUB does not wait for the PDF's libraries, nor --help for either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from publisher.edition import Edition, Output
    from publisher.writers.pdf.model import Lay

Write: TypeAlias = "Callable[[Edition, Mapping[str, Output], Lay], tuple[Output, ...]]"
"""An edition, the outputs made so far, by format, and what lays out pages -> its files, the main one first."""


class Writer(Struct, frozen=True):
    """How a format is written, and the formats that it is made from."""

    write: Write
    needs: tuple[str, ...] = ()


def _epub(edition: Edition, made: Mapping[str, Output], _lay: Lay) -> tuple[Output, ...]:
    from publisher.writers import epub

    return (epub.write(edition, made),)


def _pdf(edition: Edition, made: Mapping[str, Output], lay: Lay) -> tuple[Output, ...]:
    from publisher.writers import pdf

    return (pdf.write(edition, made, lay),)


def _booklet(edition: Edition, made: Mapping[str, Output], _lay: Lay) -> tuple[Output, ...]:
    from publisher.writers import booklet

    return booklet.write(edition, made["pdf"])


def _cover(edition: Edition, _made: Mapping[str, Output], _lay: Lay) -> tuple[Output, ...]:
    from publisher.writers import cover

    return (cover.write(edition),)


def _wrap(edition: Edition, made: Mapping[str, Output], _lay: Lay) -> tuple[Output, ...]:
    from publisher.writers import cover

    return (cover.write_wrap(edition, made["pdf"]),)


def _text(edition: Edition, made: Mapping[str, Output], _lay: Lay) -> tuple[Output, ...]:
    from publisher.writers import text

    return (text.write(edition, made),)


# A format stands after those that it needs.
WRITERS: dict[str, Writer] = {
    "epub": Writer(_epub),
    "pdf": Writer(_pdf),
    "booklet": Writer(_booklet, needs=("pdf",)),
    "cover": Writer(_cover),
    "wrap": Writer(_wrap, needs=("pdf",)),
    "text": Writer(_text),
}
DEFAULT_FORMATS = ("epub", "pdf", "booklet")


def order(formats: Iterable[str]) -> tuple[str, ...]:
    """What must be made for some formats, in the order of making: booklet -> pdf, booklet."""
    wanted = set(formats)
    for name in reversed(WRITERS):
        if name in wanted:
            wanted.update(WRITERS[name].needs)
    return tuple(name for name in WRITERS if name in wanted)

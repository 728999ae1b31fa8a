# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition -> what a printed book has before its text and an e-book does not: half title and imprint.

The imprint says what is known and leaves out what is not; all that the transcription says of itself stands on the
credits page at the end, to which it leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from publisher.edition import Edition
from publisher.html import Href
from publisher.templating import render
from publisher.themes import Design
from publisher.wording import wording

HALF_TITLE, IMPRINT = "half-title", "imprint"
ISBN = "urn:isbn:"
# Imprints are set this much smaller; a group of their lines is followed by a blank one.
_SIZE = 0.85


def half_title(edition: Edition) -> str:
    return Markup(render("half-title.html.jinja", title=short_title(edition)))


def short_title(edition: Edition) -> str:
    """The work's name where there is room for no more."""
    return edition.metadata.short_title or edition.title


def imprint(edition: Edition, href: Href) -> str:
    return Markup(render("imprint.html.jinja", groups=_groups(edition, href)))


def imprint_lines(edition: Edition, page: Design) -> int:
    """How many lines an imprint takes, with those between its groups, reckoned before it is set."""
    width = int(page.measure / _SIZE)
    groups = _groups(edition, lambda _page, _id: "")
    return sum(1 + sum(len(Markup(line).striptags()) // width + 1 for line in group) for group in groups)


def _groups(edition: Edition, href: Href) -> list[list[str]]:
    words = wording(edition.language)
    link: list[str] = [Markup('<a href="{}">{}</a>').format(href("credits", "credits"), words.see_credits)]
    return [group for group in (list(_text(edition)), list(_edition(edition)), link) if group]


def _text(edition: Edition) -> Iterator[str]:
    """What is stated of the text, in the words of the statement."""
    words, metadata = wording(edition.language), edition.metadata
    stated = (
        (words.written, metadata.written and metadata.written.stated),
        (words.published, metadata.published and metadata.published.stated),
        (words.source, metadata.source and metadata.source.stated),
    )
    yield from (_labelled(phrase, value) for phrase, value in stated if value)


def _labelled(phrase: str, value: str) -> str:
    """A value with its label, unless it says so itself: "Written in May 1890"."""
    label = phrase.partition("{")[0].rstrip(":\N{NARROW NO-BREAK SPACE} ")
    return value if value.lower().startswith(label.lower()) else phrase.format(value)


def _edition(edition: Edition) -> Iterator[str]:
    words, metadata, licence = wording(edition.language), edition.metadata, edition.licence
    if metadata.publisher:
        yield words.published_by.format(metadata.publisher)
    if metadata.edition_date:
        yield words.edition_of.format(metadata.edition_date)
    if edition.identifier.lower().startswith(ISBN):
        yield f"ISBN {edition.identifier[len(ISBN) :]}"
    if licence.name:
        yield words.licence.format(licence.name)

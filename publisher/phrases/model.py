# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a language must have words for to say who made an edition, what may be done with it, and what was changed."""

from __future__ import annotations

from msgspec import Struct

from publisher.licences.model import Status
from publisher.metadata.model import Role


class Phrases(Struct, frozen=True, kw_only=True):
    """The words of the credits page in one language; braces stand for what the edition gives.

    `comma`, `and_` and `stop` join names and end sentences, `space` parts sentences. `reasons` are what the licences'
    rules say, by their English words. `rules` are one and several of what each rule of typography changes, `counted`
    puts a number to them, written as `figure`.
    """

    language: str
    title: str
    comma: str = ", "
    and_: str
    stop: str = "."
    space: str = " "
    line: str = "{}: {}"
    written: str
    published: str
    source: str
    roles: dict[Role, str]
    taken_from: str
    archive: str
    licence: str
    statement: str
    statements: str
    whose: str
    recorded: str
    named: str
    status: dict[Status, str]
    reasons: dict[str, str]
    enclosed: str
    pieces: str
    edition: str
    publisher: str
    series: str
    number: str
    date: str
    unchanged: str
    changed: str
    added: str
    added_to_text: str
    made: str
    typeface: str
    typefaces: str
    font_licence: str = "{}: {}, "
    misprint: str
    misprints: str
    regular: str
    counted: str = "{number} {name}"
    figure: str = "{}"
    rules: dict[str, tuple[str, str]]

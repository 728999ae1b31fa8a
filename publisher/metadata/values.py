# SPDX-License-Identifier: AGPL-3.0-or-later
"""A value of a settings file -> what is wrong with it, in words for the person who wrote it.

Types say what form a value must have; the rules here say whether it names something that exists: a language
(https://www.rfc-editor.org/info/bcp47), a licence (https://spdx.org/licenses/), a paper, a problem code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from enum import EnumType
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from msgspec import Meta, Struct

from publisher.codes import CODES
from publisher.metadata.toml import Path
from publisher.resources import STYLES

_LONGEST = 60


class Finding(Struct, frozen=True):
    """A problem of a settings file, by the path of its value."""

    code: str
    path: Path
    message: str
    hint: str | None = None


Rule = Callable[[str], tuple[str, str, str | None] | None]
"""A value -> code, message and hint, or None where the value is right."""


def close(value: str, known: Iterable[str]) -> str:
    """The end of a message: a question where a known name is near, else nothing."""
    found = get_close_matches(value, tuple(known), n=1)
    return f'; did you mean "{found[0]}"?' if found else ""


def mismatch(value: object, kind: object, path: Path) -> Finding:
    """A value that is not of the type that its key asks for."""
    kind_of = bare(kind)
    near = close(value, kind_of) if isinstance(kind_of, EnumType) and isinstance(value, str) else ""
    return Finding("M004", path, f"expected {_expected(kind)}, found {_shown(value)}{near}")


def bare(kind: object) -> object:
    """A type without its description and without None: Annotated[str | None, …] -> str."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = get_args(kind)[0]
    return kind


def _expected(kind: object) -> str:
    while get_origin(kind) in (Annotated, Union, UnionType):
        inner, *notes = get_args(kind)
        for note in notes:
            if isinstance(note, Meta) and note.extra:
                return str(note.extra["expected"])
        kind = inner
    if isinstance(kind, EnumType):
        return "one of " + ", ".join(f'"{member}"' for member in map(str, kind))
    if kind is date:
        return "a date: 2026-01-31"
    return "a table" if isinstance(kind, type) and issubclass(kind, Struct) else 'a list: ["…", "…"]'


def _shown(value: object) -> str:
    match value:
        case str():
            return f'"{value}"' if len(value) <= _LONGEST else f'"{value[:_LONGEST]}…"'
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return str(value)


def _language(value: str) -> tuple[str, str, str | None] | None:
    from langcodes import tag_is_valid

    if re.fullmatch(r"[A-Za-z0-9-]+", value) and tag_is_valid(value):
        return None
    return "M005", f'"{value}" is no BCP 47 language tag', 'English is "en", German "de", Russian "ru".'


def _licence(value: str) -> tuple[str, str, str | None] | None:
    from publisher.licences.identifiers import by_identifier, suggest

    if by_identifier(value):
        return None
    near = suggest(value)
    message = f'"{value}" is no SPDX identifier' + (f'; did you mean "{near}"?' if near else "")
    return "M003", message, None if near else "The identifiers are listed at https://spdx.org/licenses/"


def _one_of(what: str, names: Callable[[], Iterable[str]]) -> Rule:
    """A rule for a value that is a name from a list."""

    def rule(value: str) -> tuple[str, str, str | None] | None:
        known = sorted(names())
        if value in known:
            return None
        return "M005", f'"{value}" is no {what}{close(value, known)}', f"Known: {', '.join(known)}."

    return rule


def _code(value: str) -> tuple[str, str, str | None] | None:
    if value in CODES:
        return None
    return "M005", f'"{value}" is no problem code{close(value, CODES)}', "The code stands before a problem's message."


def _papers() -> Iterable[str]:
    from publisher.papers import PAPERS

    return PAPERS


def _sheets() -> Iterable[str]:
    from publisher.imposition.stock import SHEETS

    return SHEETS


def _readers() -> Iterable[str]:
    from publisher.readers import READERS

    return READERS


def _themes() -> Iterable[str]:
    """A theme has a style sheet for EPUB and print; its covers may be those of another."""
    return set.intersection(*({sheet.stem for sheet in (STYLES / name).glob("*.css")} for name in ("epub", "print")))


# Those that EPUB names (https://www.w3.org/TR/epub-33/#sec-authority).
SCHEMES = "AAT BIC BISAC CLC DDC CLIL EuroVoc MEDTOP LCSH NDC Thema UDC WGS".split()


def _scheme(value: str) -> tuple[str, str, str | None] | None:
    if value in SCHEMES or re.match(r"https?://\S+$", value):
        return None
    return (
        "M005",
        f'"{value}" is no scheme of subjects{close(value, SCHEMES)}',
        f"Known: {', '.join(SCHEMES)}, or an address.",
    )


RULES: dict[str, Rule] = {
    "language": _language,
    "licence": _licence,
    "paper": _one_of("paper size", _papers),
    "booklet.sheet": _one_of("sheet size", _sheets),
    "reader": _one_of("reader", _readers),
    "theme": _one_of("theme", _themes),
    "accept.code": _code,
    "classification.scheme": _scheme,
}

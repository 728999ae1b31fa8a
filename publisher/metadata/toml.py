# SPDX-License-Identifier: AGPL-3.0-or-later
"""TOML bytes -> values and where each of them stands (https://toml.io/en/v1.0.0).

tomllib gives values without positions. A document that it accepts is known to be well formed, so that the
few forms below are enough to find the offset of every key, table and list item.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeAlias

from msgspec import Struct, field

from publisher.errors import Location, Problem, SettingsError

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: ("contributors", 0, "name")."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'"
_KEY = re.compile(rf"(?:{_STRING}|[A-Za-z0-9_-]+)", re.DOTALL)
_SCALAR = re.compile(rf"(?:{_STRING}|[^,\]}}#\n]+)", re.DOTALL)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Document(Struct, frozen=True):
    """A TOML file: its values, the line and column of each, and its bytes."""

    file: str
    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    data: bytes = b""

    def at(self, path: Path) -> Location:
        """Where a value stands; for one that is not there, where its table begins."""
        while path and path not in self.places:
            path = path[:-1]
        return Location(self.file, self.places[path][0] if path else 0)


def parse(data: bytes, file: str) -> Document:
    """Raises SettingsError (M001) for what is no TOML."""
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8"
        raise SettingsError([Problem("M001", message, Location(file), "Save the file as UTF-8.")]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax(str(error), file)]) from None
    except (RecursionError, ValueError):
        # What only tomllib cannot hold: a number of 5,000 digits, lists 500 deep.
        message = "no valid TOML: a number is too long, or lists or tables are nested too deeply"
        raise SettingsError([Problem("M001", message, Location(file))]) from None
    return Document(file, values, _Scanner(text).places(), data)


def _syntax(message: str, file: str) -> Problem:
    found = _PLACE.search(message)
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (0, 0)
    text = message[: found.start()] if found else message
    return Problem(
        "M001", f"no valid TOML: {text}", Location(file, line, column), 'Texts stand in quotes: title = "…".'
    )


class _Scanner:
    """Walks through a well-formed document and notes the offset of everything that has a path."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._offsets: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}

    def places(self) -> dict[Path, tuple[int, int]]:
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return {path: self._place(offset) for path, offset in self._offsets.items()}

    def _place(self, offset: int) -> tuple[int, int]:
        before = self._text[:offset]
        return before.count("\n") + 1, offset - before.rfind("\n")

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Moves behind what the pattern matches here."""
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else len(self._text)
        return self._at

    def _header(self) -> Path:
        """[table] or [[list of tables]]: its path, with the index of the item that it opens or belongs to."""
        start, several = self._at, self._text.startswith("[[", self._at)
        self._at += 2 if several else 1
        key = self._key()
        self._at += 2 if several else 1
        path: Path = ()
        for i, part in enumerate(key, 1):
            path += (part,)
            if several and i == len(key):
                self._offsets.setdefault(path, start)
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path += (self._counts[path] - 1,)
            self._offsets.setdefault(path, start)
        return path

    def _key(self) -> tuple[str, ...]:
        """The parts of a dotted key such as a."b c".d and what stands around it."""
        parts = []
        while True:
            start = self._skip(_SPACE)
            raw = self._text[start : self._skip(_KEY)]
            parts.append(tomllib.loads(f"k = {raw}")["k"] if raw[0] in "\"'" else raw)
            self._skip(_SPACE)
            if self._text[self._at] != ".":
                return tuple(parts)
            self._at += 1

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for part in self._key():
            path += (part,)
            self._offsets.setdefault(path, start)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._text[self._at]
        if opening not in "[{":
            self._skip(_SCALAR)
            return
        self._at += 1
        index = 0
        while self._text[self._skip(_BLANK)] not in "]}":
            if self._text[self._at] == ",":
                self._at += 1
                index += 1
            elif opening == "{":
                self._pair(path)
            else:
                self._offsets[(*path, index)] = self._at
                self._value((*path, index))
        self._at += 1

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lines of settings at the top of a file -> keys and values, each where it stands.

pandoc's "% Title" and MultiMarkdown's "Title: ..." at once; YAML between "---" and "---" or "..."
(https://yaml.org/spec/1.2.2/), TOML between "+++" and "+++" (https://toml.io). All values are taken as they are
written: "date: 2019-04-01" and "draft: no" are words, no dates and no truths. Aliases are refused, since a few lines
of them stand for gigabytes. What cannot be read is read line by line as "key: value".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct, field

from publisher.errors import Problem, SettingsError
from publisher.metadata import toml
from publisher.readers.lightweight.sheet import Sheet

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([^\s:=#][^:=\n]{0,80}?)[ \t]*[:=][ \t]*(.*)$", re.MULTILINE)
# "% Title", "% Author; Author", "% Date": https://pandoc.org/MANUAL.html#extension-pandoc_title_block
_MORE = r"[^\n]*+(?:\n[ \t]++[^\n]++)*+"
_TITLE_BLOCK = re.compile(rf"%(?P<title>{_MORE})(?:\n%(?P<author>{_MORE})(?:\n%(?P<date>[^\n]*+))?+)?+(?:\n|\Z)")
# "Title: ...", "Author: ..." up to a blank line: https://fletcher.github.io/MultiMarkdown-6/syntax/metadata.html
_HEADER = re.compile(r"(?:[A-Za-z][\w -]{0,40}:[ \t]*[^\n]*(?:\n|\Z)){2,}(?=\n|\Z)")
_TITLE = re.compile(r"^title:[ \t]*\S", re.MULTILINE | re.IGNORECASE)
_LONGEST = 100_000
_DEEPEST = 20


class Value(Struct, frozen=True):
    """One value: the keys that lead to it ("author", "name"), and the characters that stand for it."""

    keys: tuple[str, ...]
    text: str
    start: int
    end: int
    key_start: int = -1

    @property
    def key(self) -> str:
        return self.keys[0]


class FrontMatter(Struct):
    """The values in their order; `end` is where the text begins."""

    values: list[Value] = field(default_factory=list)
    end: int = 0
    problems: list[Problem] = field(default_factory=list)


def front_matter(sheet: Sheet) -> FrontMatter:
    """What stands at the top of a sheet, if it begins with the mark of YAML or TOML."""
    if block := _TITLE_BLOCK.match(sheet.text):
        return FrontMatter(list(_title_block(block)), block.end())
    if (block := _HEADER.match(sheet.text)) and _TITLE.search(block[0]):
        return FrontMatter(list(_lines(block[0], 0)), block.end())
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        found = pattern.match(sheet.text)
        if found is None or not found[1].strip():
            continue
        # "---" may be a mere line above the text.
        if not _LINE.search(found[1]):
            continue
        front = FrontMatter(end=found.end())
        start, end = found.span(1)
        try:
            if end - start > _LONGEST:
                raise _UnreadableError(f"it has {end - start:,} characters")  # noqa: TRY301 (one way out)
            front.values = list(read(sheet.text[start:end], start))
        except _UnreadableError as error:
            front.values = list(_lines(sheet.text[start:end], start))
            hint = "Each of its lines was read by itself."
            front.problems.append(Problem("R055", f"the front matter is not read: {error}", sheet.at(start), hint))
        return front
    return FrontMatter()


class _UnreadableError(Exception):
    """Front matter that does not follow its rules."""


def _yaml(text: str, offset: int) -> Iterator[Value]:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in _events(text)):
            raise _UnreadableError("it has aliases")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem", None)
        raise _UnreadableError(str(mark or "it is no YAML")) from None
    if not isinstance(root, yaml.MappingNode):
        raise _UnreadableError("it has no keys")
    yield from _nodes(root, (), offset, -1)


def _events(text: str) -> Iterator[yaml.Event]:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _UnreadableError("it is nested too deep")
        yield event


def _nodes(node: yaml.Node, keys: tuple[str, ...], offset: int, key_start: int) -> Iterator[Value]:
    match node:
        case yaml.MappingNode(value=pairs):
            for key, value in pairs:
                name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
                yield from _nodes(value, (*keys, name), offset, key.start_mark.index + offset)
        case yaml.SequenceNode(value=items):
            for number, item in enumerate(items):
                yield from _nodes(item, keys, offset, key_start if not number else -1)
        case yaml.ScalarNode(value=text):
            start, end = node.start_mark.index + offset, node.end_mark.index + offset
            if node.style in {'"', "'"}:
                start, end = start + 1, end - 1
            yield Value(keys, text, start, end, key_start)


def _toml(text: str, offset: int) -> Iterator[Value]:
    try:
        document = toml.parse(text.encode(), "")
    except SettingsError as error:
        raise _UnreadableError(error.problems[0].message) from None
    yield from toml_values(document, text, offset)


def toml_values(document: toml.Document, text: str, offset: int = 0) -> Iterator[Value]:
    """The values of a TOML document, with the characters that stand for them."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = sorted((starts[line - 1] + column - 1, path) for path, (line, column) in document.places.items())
    for (start, path), (limit, _) in zip(found, [*found[1:], (len(text), ())], strict=True):
        value: object = document.values
        for step in path:
            value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
        if isinstance(value, dict | list) or value is None:
            continue
        keys = tuple(str(step) for step in path if isinstance(step, str))
        at = start if isinstance(path[-1], int) else text.find("=", start, limit) + 1
        written = str(value)
        inner = text.find(written, at, limit)
        yield Value(
            keys or ("",),
            written,
            offset + (inner if inner >= 0 else at),
            offset + (inner + len(written) if inner >= 0 else limit),
            offset + start,
        )


def _title_block(block: re.Match[str]) -> Iterator[Value]:
    for key in ("title", "author", "date"):
        if block[key] is not None:
            for part in re.finditer(r"[^;\n]+", block[key]) if key == "author" else [re.match(r"(?s).*", block[key])]:
                text = part[0].strip() if part else ""
                if part and text:
                    start = block.start(key) + part.start() + part[0].find(text)
                    yield Value((key,), text, start, start + len(text))


def _lines(text: str, offset: int) -> Iterator[Value]:
    for found in _LINE.finditer(text):
        value = found[2].strip()
        inner = value.strip("\"'")
        start = offset + found.start(2) + found[2].find(inner)
        yield Value((found[1].strip(),), inner, start, start + len(inner), offset + found.start())

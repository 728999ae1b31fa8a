# SPDX-License-Identifier: AGPL-3.0-or-later
"""A user's own style sheet -> its rules for the text and for heads and folios, or what is wrong with it.

It is added to a theme. Since parts of a book are laid out apart, and without their numbers, a rule that would look
from one to another is refused; so is whatever the layout would ignore without a word, and every address that is not a
picture of the work. https://www.w3.org/TR/css-syntax-3/ as tinycss2 reads it, https://www.w3.org/TR/css-page-3/.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from publisher.edition import Style
from publisher.errors import Location, Problem
from publisher.families import FAMILIES
from publisher.pictures import Picture, read_picture
from publisher.readers import Source
from publisher.writers.matter import PICTURE
from publisher.writers.pdf import selectors, trial

SYNTAX, BEYOND, ADDRESS, UNFIT = "G001", "G002", "G003", "G004"
# Properties that count or carry words through the book; page sides are not known either.
_COUNTING = re.compile(r"counter-(?:reset|set|increment)|string-set|footnote-.*")
_SIDES = frozenset({"left", "right", "recto", "verso"})
_BREAKS = frozenset({"break-before", "break-after", "page-break-before", "page-break-after"})
_FAR = re.compile(r"(?:target-.*|element|string|counters?)", re.IGNORECASE)
# What may stand in @page beside the boxes of its margins: what these inherit.
_PAGE = re.compile(r"font|font-.*|color|letter-spacing|word-spacing|text-transform|font-feature-settings")
# What WeasyPrint paints as a pattern, which stays where it is when the text of a page is moved to its side.
_PAINTED = ("background", "border-image", "mask")
# Properties that take words out of their place on the page, and values of them that do not.
_MOVING = frozenset({"position", "overflow", "transform", "clip", "clip-path"})
_HARMLESS = frozenset({"static", "visible", "none", "auto"})
_HEADS = frozenset({"verso", "recto"})
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "inherit", "initial", "unset"})
# Bytes of a style sheet.
LARGEST = 200_000
_AT = re.compile(r"at (\d+):(\d+)[:,.]?\s*")


def read(
    source: Source, files: Mapping[str, bytes], theme: str = "book", paper: str = "A5"
) -> tuple[Style, list[Problem]]:
    """The rules of a style sheet; `files` are the pictures of the work that it may show."""
    if len(source.data) > LARGEST:
        message = f"{len(source.data):,} bytes are too many for a style sheet: {LARGEST:,} are read"
        return Style(), [Problem(UNFIT, message, Location(source.file), "Leave out what the book does not need.")]
    try:
        text = source.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        return Style(), [Problem(SYNTAX, "the file is not UTF-8", Location(source.file, line), "Save it as UTF-8.")]
    sheet = _Sheet(source.file, files)
    try:
        sheet.read(text)
    except RecursionError:
        message = "brackets stand inside brackets too often"
        return Style(), [Problem(SYNTAX, message, Location(source.file), "Write the rule with fewer of them.")]
    if not sheet.problems and sheet.rules:
        sheet.problems += trial.check(sheet.rules, theme, paper, tuple(sheet.pictures.values()))
    if sheet.problems:
        return Style(), sorted(sheet.problems, key=lambda problem: problem.location)
    return Style("".join(sheet.text), "".join(sheet.furniture), tuple(sheet.pictures.values())), []


class _Sheet:
    """A style sheet as it is read rule by rule."""

    def __init__(self, file: str, files: Mapping[str, bytes]) -> None:
        self._file = file
        self._files = files
        self.text: list[str] = []
        self.furniture: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self.problems: list[Problem] = []
        self.rules: list[tuple[Location, str]] = []

    def read(self, text: str) -> None:
        import tinycss2

        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        values = tinycss2.parse_component_value_list(text)
        if (missing := tinycss2.serialize(values).count("}") - text.count("}")) > 0:
            *_, innermost = _unclosed(values)[:missing]
            self._report(SYNTAX, innermost, "this { is never closed", "Write the } that belongs to it.")
            return
        for rule in rules:
            if self._rule(rule):
                self._try(rule)

    def _rule(self, rule: Any) -> bool:  # noqa: ANN401 (tinycss2 has no types)
        """Looks at a rule; gives whether the layout knows its kind."""
        match rule.type:
            case "error":
                self._report(SYNTAX, rule, _plain(rule.message))
            case "qualified-rule":
                known = self._selectors(rule)
                self._declarations(rule.content, is_margin=False)
                return known
            case _ if rule.lower_at_keyword == "page" and rule.content is not None:
                self._page(rule)
                return True
            case _ if rule.lower_at_keyword == "counter-style" and rule.content is not None:
                return True
            case _ if rule.lower_at_keyword == "import":
                self._report(ADDRESS, rule, "@import loads another file", "Put its rules into this one.")
            case _:
                hint = "It may hold rules for elements, @page and @counter-style."
                self._report(UNFIT, rule, f"@{rule.at_keyword} has no place in a style sheet of print", hint)
        return False

    def _selectors(self, rule: Any) -> bool:  # noqa: ANN401
        """Looks at a rule's selectors; gives whether they can be read."""
        from cssselect2 import SelectorError, parser

        try:
            found = list(parser.parse(rule.prelude))
        except SelectorError as error:
            reason = error.args[-1] if error.args else "this is no selector"
            self._report(SYNTAX, rule, f"this is no selector: {reason}")
            return False
        if any(map(selectors.looks_beyond, found)):
            hint = "Say of which elements inside a chapter it speaks: p:first-child, h2 + p."
            self._report(BEYOND, rule, "the selector looks from one part of the book to another", hint)
        return True

    def _declarations(self, content: Any, *, is_margin: bool) -> None:  # noqa: ANN401
        import tinycss2

        for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            match node.type:
                case "declaration":
                    self._declaration(node, is_margin=is_margin)
                case "error":
                    self._report(SYNTAX, node, _plain(node.message))
                case _:
                    self._report(UNFIT, node, "a rule stands inside a rule", "Write it by itself.")

    def _declaration(self, node: Any, *, is_margin: bool) -> None:  # noqa: ANN401
        words = {token.lower_value for token in node.value if token.type == "ident"}
        name = node.lower_name
        far = (
            _COUNTING.fullmatch(name)
            or (name in _BREAKS and words & _SIDES)
            or (name == "position" and "fixed" in words)
            or (name == "float" and "footnote" in words)
        )
        if far:
            hint = "Parts are laid out apart, and without their numbers. Sides and counts are the theme's."
            self._report(BEYOND, node, f"{name} reaches from one part of the book to another", hint)
        running = any(token.type == "function" and token.lower_name == "running" for token in node.value)
        if name in _MOVING and not is_margin and not running and not (words and words <= _HARMLESS):
            self._report(UNFIT, node, f"{name} may hide words, or paint them elsewhere", "Leave it out.")
        if name == "page":
            self._report(UNFIT, node, "the types of pages are the theme's", "Leave it out.")
        if name.startswith(_PAINTED) and any(
            token.type in {"url", "function"} and _is_image(token) for token in node.value
        ):
            hint = "Show the picture itself: content: url(...)."
            self._report(UNFIT, node, f"{name} cannot show a picture here, since pages are moved to their sides", hint)
            return
        self._values(node, node.value, is_margin=is_margin)
        if name in {"font", "font-family"}:
            self._families(node, is_list=name == "font-family")

    def _values(self, node: Any, values: Iterable[Any], *, is_margin: bool) -> None:  # noqa: ANN401
        """Functions and addresses in a value."""
        for token in values:
            if token.type == "url" or (token.type == "function" and token.lower_name in {"url", "src"}):
                self._address(token)
            elif token.type == "function":
                if self._is_far(token, node.lower_name, is_margin=is_margin):
                    hint = "Of counters there is page, and of strings verso and recto, in the margins of pages only."
                    message = f"{token.name}() reaches from one part of the book to another"
                    self._report(BEYOND, token, message, hint)
                self._values(node, token.arguments, is_margin=is_margin)

    def _is_far(self, token: Any, name: str, *, is_margin: bool) -> bool:  # noqa: ANN401
        first = next((a.lower_value for a in token.arguments if a.type == "ident"), "")
        if name == "position" and token.lower_name == "running":
            return True
        if not _FAR.fullmatch(token.lower_name):
            return False
        known = {"counter": {"page"}, "string": _HEADS}.get(token.lower_name, frozenset())
        return not is_margin or first not in known

    def _address(self, token: Any) -> None:  # noqa: ANN401
        """Turns the address of a picture of the work into its name in the document."""
        strings = [a.value for a in getattr(token, "arguments", ()) if a.type == "string"]
        address = token.value if token.type == "url" else "".join(strings)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self._file), address))
        if file not in self._files:
            hint = "A style sheet may show pictures in the work's folder (PNG, JPEG, GIF, WebP, SVG), and nothing else."
            self._report(ADDRESS, token, f'"{address}" is no picture of this work', hint)
            return
        picture = read_picture(file, self._files[file], f"style-{len(self.pictures) + 1}")
        if isinstance(picture, Problem):
            self._report(ADDRESS, token, f'"{address}": {picture.message}', picture.hint)
            return
        shown = self.pictures.setdefault(file, picture)
        if token.type == "url":
            token.representation = f'url("{PICTURE}{shown.name}")'
        else:
            token.arguments[:] = _string(f"{PICTURE}{shown.name}")

    def _families(self, node: Any, *, is_list: bool) -> None:  # noqa: ANN401
        """Typefaces that are not packaged: each machine would set others in their place."""
        names = [token.value for token in node.value if token.type == "string"]
        if is_list:
            runs = "".join(
                token.serialize() for token in node.value if token.type in {"ident", "whitespace", "literal"}
            )
            names += [" ".join(run.split()) for run in runs.split(",") if run.strip()]
        known = [family.name for family in FAMILIES]
        for name in names:
            if name not in known and name.lower() not in _GENERIC:
                self._report(UNFIT, node, f'there is no typeface "{name}"', f"Known: {', '.join(known)}.")

    def _page(self, rule: Any) -> None:  # noqa: ANN401
        import tinycss2

        pseudo = re.findall(r":\s*([\w-]+)", tinycss2.serialize(rule.prelude))
        if set(map(str.lower, pseudo)) - {"left", "right"}:
            hint = "A page knows its type and its side: @page, @page :left, @page licence:right."
            self._report(BEYOND, rule, f"@page :{pseudo[0]} depends on where in the book a page stands", hint)
        for node in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if node.type == "at-rule" and node.content is not None:
                self._declarations(node.content, is_margin=True)
            elif node.type == "declaration" and _PAGE.fullmatch(node.lower_name):
                self._declaration(node, is_margin=True)
            elif node.type == "declaration":
                hint = "Size and margins of pages follow from theme and paper."
                self._report(UNFIT, node, f"{node.name} is not for @page here", hint)
            else:
                self._report(SYNTAX, node, _plain(getattr(node, "message", "this does not belong here")))

    def _try(self, rule: Any) -> None:  # noqa: ANN401
        """Asks the layout what it would ignore, and takes the rule."""
        from publisher.writers.pdf.layout import complaints

        written = rule.serialize()
        refused = any(problem.code == ADDRESS for problem in self.problems)
        known = {problem.location for problem in self.problems}
        for message in complaints("\n" * (rule.source_line - 1) + " " * (rule.source_column - 1) + written):
            if refused and "URI" in message:
                continue  # an address that was reported already
            place = _AT.search(message)
            line, column = map(int, place.groups()) if place else (rule.source_line, rule.source_column)
            where = Location(self._file, line, column)
            if where in known:
                continue
            said = re.sub(r"\s+`(?=\s)", "`", _AT.sub("", message)).strip(" .")
            self.problems.append(Problem(SYNTAX, said, where))
        is_page = rule.type == "at-rule" and rule.lower_at_keyword == "page"
        (self.furniture if is_page else self.text).append(f"{written}\n")
        if not is_page:
            self.rules.append((Location(self._file, rule.source_line, rule.source_column), written))
        if rule.type == "at-rule" and not is_page:
            self.furniture.append(f"{written}\n")

    def _report(self, code: str, node: Any, message: str, hint: str | None = None) -> None:  # noqa: ANN401
        place = Location(self._file, node.source_line, node.source_column)
        self.problems.append(Problem(code, message, place, hint))


def _unclosed(nodes: list[Any]) -> list[Any]:
    """The blocks that reach to the end, outermost first; those without their } are the first of them."""
    blocks = []
    while nodes:
        last = nodes[-1]
        if last.type == "{} block":
            blocks.append(last)
        nodes = getattr(last, "content", None) or getattr(last, "arguments", None) or []
    return blocks


def _is_image(token: Any) -> bool:  # noqa: ANN401
    return token.type == "url" or str(token.lower_name).endswith(("url", "gradient", "image-set", "src"))


def _plain(message: str) -> str:
    """What tinycss2 says of what it cannot read, in words for those who wrote it."""
    unread = "for a qualified rule" in message or "in declaration" in message
    return 'this is neither "property: value" nor a rule' if unread else message


def _string(value: str) -> Iterator[Any]:
    import tinycss2

    yield from tinycss2.parse_component_value_list(f'"{value}"')

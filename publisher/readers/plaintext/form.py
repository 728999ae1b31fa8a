# SPDX-License-Identifier: AGPL-3.0-or-later
r"""The form of a plain-text edition: what the writer (`writers/text`) writes and the reader (`readers/plain`) reads.

    Plain-text edition. Its signs are explained at the end.      the first line, by which the form is known
    Title: ...                                                   then the header, one value a line

    =======  =======  Chapter I   A section   Song     notes:    the book's title and parts have a line above and
    The Book Part One The Dogma   ---------   ''''     -----     below, chapters one below, sections -, ~ and .,
    =======  ======== =========                        Notes     headings that open nothing '; "== ==" is a part
                                                       -----     inside a part, "- - -" a section of the fourth rank

A paragraph begins at the margin, and a blank line ends it; a line end inside it is a space, so that it may be wrapped
anywhere. What is indented is something else, told by how far: see `Column`. A line in brackets ("[Epigraph]") with
indented lines right below it says what those are, wherever their column does not. A line that is followed at once by
indented lines names who speaks them.

Inside a line: _emphasis_, *strong*, +small capitals+, ~spaced~, `code`, ^{above}, _{below}, {de: German},
{deleted: ...}, {words <https://...>}, [1] a note, |461| a page, {#3} a place and
{words <#3>} a link to it, [Picture: ... (file)], and " // " where a line ends. A
backslash takes the meaning from the sign after it; at the end of a line it stands for nothing at all. The writer
sets one only where the text would otherwise be read as a sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from publisher.document import ChapterKind, Note

FIRST_LINE = "Plain-text edition. Its signs are explained at the end."
HEADER_OF_SOURCE = "From the header of the transcription:"
END = "End of the text. What follows is about this edition and its licence."
APPARATUS = {"notes": "Notes", "variants": "Variants"}
END_OF_PART = "[End of part]"
NO_MARK = "-" * 20
"""A break without an ornament of its own."""
NOTHING = "\\"
LINE_END = "//"
WIDTH = 72


class Column(IntEnum):
    """How far a block is indented, in characters, counted from what it stands in."""

    VERSE = 2
    QUOTE = 4
    SALUTATION = 6
    BYLINE = 10
    LINES = 11
    DIRECTION = 13
    FAR = 33
    """Datelines, where they stand at the head, and signatures."""


# Columns of what often follows a quotation, a speech or a poem. All other columns are even and what stands in a block
# is indented by an even number more, so that these belong to the block that they are counted from.
OUTER = (Column.LINES, Column.DIRECTION, Column.FAR)
# Up to this sum of indents: a direction that is 20 further in would stand where a signature does.
OUTER_UP_TO = 18
# Lines from here on are far, wherever exactly somebody puts them.
FAR_FROM = 20
STEP = 2
INNER = 4
"""How far the contents of a block are indented."""
COUNTED = 6
"""How far the contents of a counted item are indented."""
TURNED = 4
"""How far a line goes in that goes on with the one before it."""

LABELS = (
    "Epigraph",
    "Dedication",
    "Quotation",
    "Language",
    "Verse",
    "List",
    "Lines",
    "Salutation",
    "Byline",
    "Direction",
    "Dateline",
    "Signature",
    "Subtitle",
    "Synopsis",
    "Speech",
    "Definitions",
    "Definition",
    "Listing",
    "Table",
    "Break",
)
LABEL = re.compile(rf"\[(?P<name>{'|'.join(LABELS)})(?:: (?P<rest>.*))?\]")
PICTURE = re.compile(
    r"\[Picture(?:: (?P<alt>(?:[^\\\[\]]|\\.)*?))? \((?P<file>(?:[^\\()\[\]]|\\.)*)\)\]",
)
# What stands below a heading whose words do not say of what kind its chapter is.
KINDS: dict[str, ChapterKind] = {f"[{kind.capitalize()}]": kind for kind in get_args(ChapterKind)}
ITEM = re.compile(r"(?:•|(?P<number>-?\d{1,9})\.)(?: +|$)")
NOTE = re.compile(r"\[(?P<name>(?:[^\\\[\]]|\\.)*)\](?: |$)")
_ORNAMENT = r"[*·•⁂✻☆★~#_.…—–-]"
ORNAMENT = re.compile(rf"{_ORNAMENT}+(?: +{_ORNAMENT}+)*")
TABLE_RULE = re.compile(r"-+(?:\+-+)*")
_RULE = re.compile(r"([=~.'-])\1*(?: \1+)*")
_SIGNS = "-~."
_NAME = re.compile(r"(?:[^\\:]|\\.)*")

# What is printed below a character that a sign may end with would make another one of it: ">" becomes "≯".
STROKE = "\u0338"
ESCAPABLE = rf"!-/:-@\[-`{{-~ {STROKE}"
"""The characters before which a backslash is a sign, as a class of a regular expression."""

_WORDS = (
    "chapter|part|book|volume|section|act|scene|letter|canto|lecture|kapitel|teil|buch|band|abschnitt|akt|chapitre"
    "|partie|livre|tome|capítulo|parte|libro|tomo|capitolo|глава|часть|книга|том|раздел"
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty"
)
_COUNT = re.compile(rf"(?:(?:{_WORDS}) )?(?:[ivxlcdm]{{1,8}}|\d{{1,3}})[.:]?|(?:{_WORDS}) (?:[a-z]|{_NUMBERS})[.:]?")
_WORDS_OF_KINDS: dict[ChapterKind, str] = {
    "dedication": "dedication widmung dédicace dedicatoria посвящение",
    "epigraph": "epigraph",
    "foreword": "foreword geleitwort",
    "preface": "preface vorwort vorrede préface avant-propos prefazione prefacio prólogo предисловие",
    "acknowledgments": "acknowledgments acknowledgements danksagung remerciements",
    "introduction": "introduction introductory einleitung introduzione introducción введение",
    "prologue": "prologue prolog prologo пролог",
    "epilogue": "epilogue epilog épilogue epílogo эпилог",
    "conclusion": "conclusion conclusions schluss schluß conclusione conclusión заключение",
    "afterword": "afterword postscript nachwort postface послесловие",
    "appendix": "appendix appendices addendum anhang annexe appendice apéndice anexo приложение",
}
_KIND_WORDS = {word: kind for kind, words in _WORDS_OF_KINDS.items() for word in words.split()}

Shape: TypeAlias = Literal[
    "paragraph", "label", "figure", "break", "rule", "end of part", "part", "apparatus", "chapter", "section", "heading"
]


def is_plain(text: str) -> bool:
    """Whether a text is a plain-text edition: its first line says so."""
    return text.lstrip("\ufeff").startswith(FIRST_LINE)


def is_count(line: str) -> bool:
    """Whether a heading of one line may be a count without a title: "Chapter I", "12."."""
    return _COUNT.fullmatch(line.casefold()) is not None


class Lone(Struct):
    """Whether counts that stand alone are titles. As they look, they are what the one before was; the first is none."""

    titles: bool = False


def kind_of(heading: str) -> ChapterKind:
    """The kind that a chapter's heading names with its first or second word: "Author's Preface"."""
    words = [word.strip(".,:;()[]\"'“”«»") for word in heading.casefold().split(maxsplit=2)[:2]]
    return next((_KIND_WORDS[word] for word in words if word in _KIND_WORDS), "chapter")


def underline(sign: str, width: int, group: int = 0) -> str:
    """The line below a heading: "-----", or of groups of signs where the rank is a deep one: "-- -- --"."""
    width = max(3, min(width, WIDTH))
    return " ".join([sign * group] * max(2, width // (group + 1))) if group else sign * width


def part_underline(rank: int, width: int) -> str:
    """The line above and below the heading of a part, from rank 1 on: ===, == ==, === ===."""
    return underline("=", width, rank if rank > 1 else 0)


def section_underline(rank: int, width: int) -> str:
    """The line below the heading of a section, from rank 1 on: ---, ~~~, ..., - - -."""
    group, sign = divmod(rank - 1, len(_SIGNS))
    return underline(_SIGNS[sign], width, group)


def ruled(line: str) -> tuple[str, int] | None:
    """The sign of a line below a heading and how many make a group, 0 where they are not grouped."""
    if line[0] not in "=-~.'" or not _RULE.fullmatch(line):
        return None
    first, *others = line.split(" ")
    if not others:
        return (line[0], 0) if len(line) >= 3 else None
    return (line[0], len(first)) if all(len(group) == len(first) for group in others) else None


def part_rank(group: int) -> int:
    """The rank of a part whose heading has such lines: what `part_underline` made."""
    return group or 1


def section_rank(sign: str, group: int) -> int:
    """The rank of a section whose heading has such a line: what `section_underline` made."""
    return group * len(_SIGNS) + _SIGNS.index(sign) + 1


def shape(lines: Sequence[str]) -> Shape:
    """What lines at the margin are, from one blank line to the next."""
    if len(lines) == 1:
        return _shape_of_one(lines[0])
    first = ruled(lines[0])
    if first and first[0] in "=-" and any(ruled(line) == first for line in lines[1:]):
        return "part" if first[0] == "=" else "apparatus"
    if first == ("=", 0):
        return "rule"
    below = next((found for line in lines[1:] if (found := ruled(line))), None)
    if below is None:
        return "paragraph"
    if below[0] == "=":
        return "chapter"
    if below[0] != "'":
        return "section"
    return "heading" if ruled(lines[-1]) == below else "paragraph"


def _shape_of_one(line: str) -> Shape:
    if line == END_OF_PART:
        return "end of part"
    if line[0] == "[" and line[-1] == "]":
        if LABEL.fullmatch(line):
            return "label"
        return "figure" if PICTURE.fullmatch(line) else "paragraph"
    if line[0] == "=" and (ruled(line) or ("", 1))[1] == 0:
        return "rule"
    return "break" if (len(line) > 2 or line in "*⁂") and ORNAMENT.fullmatch(line) else "paragraph"


def names(notes: Iterable[Note]) -> list[str]:
    """How the calls of a chapter name its notes: by label, and where it repeats, by its count: "1", "*", "*:2"."""
    seen: Counter[str] = Counter()
    found = []
    for note in notes:
        seen[note.label] += 1
        label = escaped_label(note.label)
        found.append(label if label and seen[note.label] == 1 else f"{label}:{seen[note.label]}")
    return found


def escaped_label(label: str) -> str:
    return re.sub(r"[\\\[\]:|]|^ | $", r"\\\g<0>", label)


def label_of(name: str) -> str:
    """The label of the note that calls know by a name: "*:2" -> "*"."""
    match = _NAME.match(name)
    return unescaped(match[0]) if match else name


def unescaped(text: str) -> str:
    """What stands inside a sign, such as an address, without its backslashes."""
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text

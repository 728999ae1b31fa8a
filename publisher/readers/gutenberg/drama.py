# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plays: who speaks, and what is a stage direction.

"ALGERNON. Did you hear", "Algernon.  Did you hear", "HAMLET [aside]. A little", "_Ham._ Words", "VALÈRE:" or a name on
a line of its own open a speech where the same name opens many. Directions stand in brackets, or in italics by
themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from publisher.readers.gutenberg.stretches import letters
from publisher.readers.lines import Chunk, Line

_NAME = r"[^\W\d_a-zß-ÿ][^\W\d_]*(?:[ .'’&,-]{1,2}[^\W\d_]+){0,4}?"
_ASIDE = r"(?:,?\s*[\[(][^\])]{1,120}[\])],?)?"
_SPEAKER = re.compile(
    rf"(?:_(?P<italic>{_NAME}){_ASIDE}[.:]?_{_ASIDE}[.:]?(?:\s*--|—|\s+|$)|"
    rf"(?P<name>{_NAME}){_ASIDE}(?:\.(?:\s*--|—|\s|$)|:(?:\s|$)|\.?\s?_?[\[(][^\])]{{1,120}}[\])]_?[.:]?(?:\s|$)))\s*"
)
_ALONE = re.compile(rf"_?(?P<name>{_NAME})_?[.,:]?{_ASIDE}\.?$")
_NO_NAMES = frozenset(
    "i ii iii iv v vi vii viii ix x no mr mrs dr st vol chap chapter act scene part book page fig note yes oh ah o well"
    " but and so the it he she we they you what why how here there then now come nay ay if in on at to for".split()
)
_PLACES = frozenset("scene act chapter book part page szene scena scène akt acte atto".split())
_DIRECTION = re.compile(r"[\[(].*[\])][.]?$", re.DOTALL)
_ITALIC = re.compile(r"\[?_[^_]+_[.\]]*$", re.DOTALL)
_ENTRANCE = re.compile(r"(?:Re-)?(?:Enter|Exit|Exeunt|Curtain|CURTAIN|Manet|Flourish|Alarum)\b")
_OFTEN = 3  # a name that speaks as often
_SHARE = 3  # one chunk in so many opens with a speaker


class Cast(Struct, frozen=True):
    """The names that open speeches, in letters, and the ways in which they are written."""

    names: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()


def cast(chunks: Sequence[Chunk]) -> Cast:
    """Who speaks in these chunks; nobody where this is no play."""
    found = [match for chunk in chunks if (match := _match(chunk.first))]
    styles = Counter(style for _, _, style in found)
    usual = {style for style, count in styles.items() if count * 7 >= len(found)}
    counts = Counter(name for name, _, style in found if style in usual)
    names = {name for name, count in counts.items() if count >= _OFTEN}
    spoken = sum(counts.values()) if len(names) > 2 else sum(counts[name] for name in names)
    if len(names) < 2 or spoken < 8 or spoken * _SHARE < len(chunks):
        return Cast()
    return Cast(frozenset(counts), frozenset(usual))


def _match(line: Line) -> tuple[str, int, str] | None:
    """A possible speaker at a line's beginning, in letters, where the speech begins, and how the name is written."""
    text = line.text
    if not (text[0].isupper() or text[0] == "_"):
        return None
    match = _SPEAKER.match(text)
    if match and len(match[match.lastgroup or "name"]) <= 40:
        raw = match["italic"] or match["name"]
        end = match.end()
    elif (match := _ALONE.match(text)) and len(text) <= 40 and raw_is_large(match["name"]):
        raw, end = match["name"], len(text)
    else:
        return None
    name = letters(raw)
    if (
        not name
        or name in _NO_NAMES
        or letters(raw.split()[0]) in _PLACES
        or (len(raw.split()) > 1 and not _is_name(raw))
    ):
        return None
    return name, end, _style(text[:end], raw)


def _style(head: str, raw: str) -> str:
    """Capitals or not, in italics or not, and the sign behind the name."""
    sign = re.sub(r"[_ ,]|[\[(].*?[\])]", "", head[head.index(raw) + len(raw) :])[:1]
    size, slant = "large" if raw_is_large(raw) else "small", "_" if head.startswith("_") else ""
    return f"{size} {slant} {sign if sign in '.:' else ''}"


def raw_is_large(name: str) -> bool:
    return name.upper() == name


def _is_name(raw: str) -> bool:
    """All its words begin with capitals, small ones aside: "First Citizen", "LADY BRACKNELL", "Duke of York"."""
    words = re.findall(r"[^\W\d_]+", raw)
    return all(word[0].isupper() or word in ("of", "the", "and", "de", "von", "la", "du") for word in words)


def speaker(line: Line, known: Cast) -> int | None:
    """Where the speech begins in a line that opens one; None for any other line."""
    if not known.names:
        return None
    found = _match(line)
    return found[1] if found and found[0] in known.names and found[2] in known.styles else None


def is_direction(chunk: Chunk) -> bool:
    """A stage direction by itself."""
    text = " ".join(line.text for line in chunk.lines)
    if len(text) > 1500:
        return False
    return bool(
        _DIRECTION.fullmatch(text)
        or _ITALIC.fullmatch(text)
        or (_ENTRANCE.match(text.lstrip("_[")) and len(chunk.lines) <= 4)
    )

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plays: who speaks, and what is a stage direction.

"ALGERNON. Did you hear", "Algernon.  Did you hear", "HAMLET [aside]. A little", "_Ham._ Words", "VALÈRE:" or a name on a line
of its own open a speech where the same name opens many. Directions stand in brackets, or in italics by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from publisher.readers.gutenberg.stretches import letters
from publisher.readers.lines import Chunk, Line

_NAME = r"[^\W\d_a-zß-ÿ][^\W\d_]*(?:[ .'’&,-]{1,2}[^\W\d_]+){0,4}?"
_ASIDE = r"(?:,?\s*[\[(][^\])]{1,120}[\])],?)?"
_SPEAKER = re.compile(
    rf"(?:_(?P<italic>{_NAME})\.?_{_ASIDE}[.:]?(?:\s*--|—|\s+)|"
    rf"(?P<name>{_NAME}){_ASIDE}(?:\.(?:\s*--|—|\s|$)|:(?:\s|$)|\.?\s?_?[\[(][^\])]{{1,120}}[\])]_?[.:]?(?:\s|$)))\s*"
)
_ALONE = re.compile(rf"_?(?P<name>{_NAME})_?[.,:]?{_ASIDE}\.?$")
_NO_NAMES = frozenset(
    "i ii iii iv v vi vii viii ix x no mr mrs dr st vol chap chapter act scene part book page fig note yes oh ah o well but and"
    " so the it he she we they you what why how here there then now come nay ay if in on at to for".split()
)
_DIRECTION = re.compile(r"[\[(].*[\])][.]?$", re.DOTALL)
_ITALIC = re.compile(r"\[?_[^_]+_[.\]]*$", re.DOTALL)
_ENTRANCE = re.compile(r"(?:Re-)?(?:Enter|Exit|Exeunt|Curtain|CURTAIN|Manet|Flourish|Alarum)\b")
_OFTEN = 3  # a name that speaks as often
_SHARE = 4  # one chunk in so many opens with a speaker


def speakers(chunks: Sequence[Chunk]) -> frozenset[str]:
    """The names that open speeches in these chunks, in letters; empty where this is no play."""
    counts = Counter(name for chunk in chunks if (name := _candidate(chunk)))
    names = {name for name, count in counts.items() if count >= _OFTEN}
    spoken = sum(counts[name] for name in names)
    if len(names) < 2 or spoken < 8 or spoken * _SHARE < len(chunks):
        return frozenset()
    return frozenset(counts)


def _candidate(chunk: Chunk) -> str:
    found = _match(chunk.first)
    return found[0] if found else ""


def _match(line: Line) -> tuple[str, int] | None:
    """A possible speaker at a line's beginning, in letters, and where the speech begins."""
    text = line.text
    match = _SPEAKER.match(text)
    if match and len(match[match.lastgroup or "name"]) <= 40:
        raw = match["italic"] or match["name"]
        end = match.end()
    elif (match := _ALONE.match(text)) and len(text) <= 40 and raw_is_large(match["name"]):
        raw, end = match["name"], len(text)
    else:
        return None
    name = letters(raw)
    if not name or name in _NO_NAMES or (len(raw.split()) > 1 and not _is_name(raw)):
        return None
    return name, end


def raw_is_large(name: str) -> bool:
    return name.upper() == name


def _is_name(raw: str) -> bool:
    """All its words begin with capitals, small ones aside: "First Citizen", "LADY BRACKNELL", "Duke of York"."""
    words = re.findall(r"[^\W\d_]+", raw)
    return all(word[0].isupper() or word in ("of", "the", "and", "de", "von", "la", "du") for word in words)


def speaker(line: Line, names: Collection[str]) -> int | None:
    """Where the speech begins in a line that opens one; None for any other line."""
    found = _match(line)
    return found[1] if found and found[0] in names else None


def is_direction(chunk: Chunk) -> bool:
    """A stage direction by itself."""
    text = " ".join(line.text for line in chunk.lines)
    if len(text) > 1500:
        return False
    return bool(_DIRECTION.fullmatch(text) or _ITALIC.fullmatch(text) or (_ENTRANCE.match(text) and len(chunk.lines) <= 4))


def lines_of(chunks: Iterable[Chunk]) -> list[Line]:
    return [line for chunk in chunks for line in chunk.lines]

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Damage in a text that is printed as it is and reported: mojibake, stray quotation marks, hyphens for dashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.errors import Problem
from publisher.ledger import LEFT_OUT, Fate
from publisher.readers.lines import Line
from publisher.readers.page import Page

# UTF-8 read as windows-1252: a lead byte's character and continuation bytes' characters ("Ã¨" for "è", "â€™" for "’").
_MOJIBAKE = re.compile(
    r"[ÂÃÄÅÐÑÎÏ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\u0080€][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]?"
)
_LEADS = "ÂÃÄÅÐÑÎÏâ"
_QUOTE = re.compile('[“”„«»"]')
_DASH_WORDS = (
    "in|of|the|a|an|and|that|which|it|we|he|they|this|these|is|was|as|but|not|or|if|to|for|with|at|from|by"
    "|who|when|where"
)
# Begins with the hyphen, which is rare, and not with the word before it, so that few places need a look.
_HYPHEN = re.compile(rf"-(?:{_DASH_WORDS})(?=\s+[^\W\d_])")
# How far back a word is looked for.
_LONGEST_WORD = 60
_WORD_BEFORE = re.compile(r"(?<!\w)[^\W\d_]{2,}\Z")
_SPACED = re.compile(r"[^\W\d_]+[,;.]?\s(?P<hyphen>-)\s[^\W\d_]+")
# Compounds that end in a small word: "a built-in cost" is no dash.
_COMPOUND = re.compile(
    r"(?i)^(?:(?:check|drop|built|stand|sit|plug|break|trade|phone|fill|lead|run|teach|cave|live|lived|log|buy|all|shut|lock|walk|tie|cut"
    r"|sworn|listen|step|throw|turn|weigh|write|called|dug|ingrown|inter|moved)-in|(?:passer|passers|stander|standers|stand|lay|fly|rub|near"
    r"|go|by)-by|(?:lean|set|talking|how|come|lie|hither|there|here|where|well|up|go|set|back|face|head|hand|heart|man|side|day|year|time|day)-to"
    r"|(?:unheard|un\w+|hereto|there|hoped|dreamt|dreamed|thought|talked|spoken)-of|(?:un\w+|called|longed|hoped|paid|cared|asked|looked|uncared|there|where)-for"
    r"|(?:wished|un\w+)-for|(?:forth|here|there|where|herein)-with|(?:what|who|when|where)-not|(?:has|was|would|why|dos?|forget|whose)-\w+)$"
)


def find(page: Page) -> Iterator[Problem]:
    """The findings of a page, in the order of its lines; lines that are left out of the book are not looked at."""
    fates = {entry.line: entry.fate for entry in page.entries}
    for line in page.lines:
        if not line.text or fates.get(line.number) in LEFT_OUT:
            continue
        yield from _mojibake(line)
        if fates.get(line.number) is not Fate.METADATA:
            yield from _quotes(line)
            if page.language in (None, "en"):
                yield from _hyphens(line)
    yield from _spaced_hyphens([line for line in page.lines if fates.get(line.number) in (Fate.BODY, Fate.NOTE)])


def _mojibake(line: Line) -> Iterator[Problem]:
    # Nearly always there is nothing to find, and this says so ten times as fast.
    if not any(lead in line.text for lead in _LEADS):
        return
    for match in _MOJIBAKE.finditer(line.text):
        word = _word_at(line.text, match.start())
        message = f'"{word}" looks like text decoded in the wrong encoding'
        yield Problem("T001", message, line.at(match.start()), "It is printed as it is. Mend the transcription.")


def _word_at(text: str, index: int) -> str:
    start = text.rfind(" ", 0, index) + 1
    end = text.find(" ", index)
    return text[start : end if end >= 0 else len(text)][:60]


def _quotes(line: Line) -> Iterator[Problem]:
    """Straight quotation marks without a partner in their paragraph; one that opens may run on into the next."""
    if '"' not in line.text:
        return
    stack: list[int] = []
    for match in _QUOTE.finditer(line.text):
        i, c = match.start(), match[0]
        if c in "“„«":
            stack.append(i)
        elif c in "”»" and stack:
            stack.pop()
        elif c == '"':
            before, after = line.text[i - 1 : i] if i else " ", line.text[i + 1 : i + 2]
            if (before.isspace() or before in "([{—–-/‘'“„«") and after and not after.isspace():
                stack.append(i)
            elif stack and line.text[stack[-1]] == '"':
                stack.pop()
            elif before.isdigit() or (before.isspace() and not after.strip()):
                continue  # inches, or a ditto mark in a table
            else:
                context = _word_at(line.text, i)
                message = f'stray quotation mark in "{context}"'
                if stack:
                    stack.pop()
                    message = f'straight quotation mark closes a curly one in "{context}"'
                yield Problem(
                    "T002",
                    message,
                    line.at(i),
                    "It is printed as it is. Mend the transcription, or accept the finding.",
                )


def _spaced_hyphens(lines: Iterable[Line]) -> Iterator[Problem]:
    """Hyphens with a blank on either side ("technically - and economically"), once for the whole page."""
    found = [(line, match) for line in lines if " - " in line.text for match in _SPACED.finditer(line.text)]
    if found:
        line, match = found[0]
        more = f" and in {len(found) - 1} more places" if len(found) > 1 else ""
        message = f'a hyphen seems to stand for a dash in "{match[0]}"{more}'
        yield Problem("T003", message, line.at(match.start("hyphen")), "It is printed as it is.")


def _hyphens(line: Line) -> Iterator[Problem]:
    for match in _HYPHEN.finditer(line.text):
        before = _WORD_BEFORE.search(line.text, max(0, match.start() - _LONGEST_WORD), match.start())
        if before is None or _COMPOUND.match(found := before[0] + match[0]):
            continue
        message = f'a hyphen seems to stand for a dash in "{found}"'
        yield Problem("T003", message, line.at(match.start()), "It is printed as it is.")

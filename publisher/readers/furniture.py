# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page of an archive shows that is not text: breadcrumbs, menus, "Top of the page", "Last updated on".

Such lines are recognised by their form and their place, left out of the book, and entered in the ledger.
"""

from __future__ import annotations

import re
from itertools import pairwise

from publisher.readers.lines import Chunk, Line, is_break

_LONGEST = 200  # characters; a longer line is text
_ARROW = re.compile(r"\s+(?:[>»→<«←]|-+>)\s+|\s+::\s+")
_COLONS = re.compile(r"^(?:MIA|Marxists(?: Internet Archive)?)(?:\s?:\s[^:]{1,50}){1,6}$")
# Alone on its line, wherever it stands.
_ANYWHERE = re.compile(
    r"""(?ix) ^[\[(]?\s* (?:
      (?:back\s+to\s+(?:the\s+)?)? top \s+ (?:of \s+ (?:the \s+)? )? (?:page|this\s+page|document|file|text)
    | (?:back|return|go(?:\s+back)?) \s+ to \s+ (?:the \s+)? top
    | inizio \s+ pagina | torna \s+ (?:su|all['’]inizio) .{0,20} | (?:volver \s+)? arriba
    | haut \s+ de (?:\s+la)? \s+ page
    | seitenanfang | (?:zum \s+)? anfang \s+ der \s+ seite | nach \s+ oben
    | (?:вернуться \s+)? (?:наверх|в \s+ начало .{0,20})
    | start \s+ of \s+ (?:the \s+)? page | chapter \s+ \w+ \s+ (?:index | \(cont.{0,8}\))
    | (?:page \s+)? (?:last \s+)? (?:updated|modified|revised) (?:\s+on)? \s* :? \s* [\d\w][\w\s.,/:-]{3,40}
    | this \s+ page \s+ (?:was \s+)? last \s+ (?:updated|modified) .{0,60}
    | (?:ultima \s+ modifica | última \s+ (?:actualización|modificação|atualização|modificación)
        | dernière \s+ (?:mise \s+ à \s+ jour|modification) | letzte \s+ (?:änderung|aktualisierung)
        | zuletzt \s+ aktualisiert) (?:\s+\w+)? \s* :? .{3,40}
    | (?:返?回(?:到)?|至)? (?:页首|頁首|页面顶部|頂部|顶部) | (?:最[后後])? 更新(?:时间|日期|時間)? \s* [:：] .{4,40}
    | (?:عودة|العودة|الرجوع) \s+ (?:إلى|الى) \s+ (?:أعلى|اعلى|الأعلى|بداية) .{0,20}
    | (?:إلى\s+)? (?:أعلى|اعلى) \s+ الصفحة
    | آخر \s+ (?:تحديث|تعديل) .{0,6} [:：] .{4,40}
    ) \s*[\])]? \.? $"""
)
# Alone on its line, but only among other navigation at the page's edges.
_EDGE = re.compile(
    r"""(?ix) ^[\[(<«←]*\s* (?:
      (?:next|previous|prev|last|first|back|forward|continue|return|home|up|contents?|index|inhalt|índice|indice|sommaire)
        (?:\s+(?:chapter|section|page|part|letter|article|issue|document|text|work|volume|essay|lecture)s?)? \s*
    | table\s+of\s+contents | home\s+page
    | .{0,90}\b(?:archives?|archivio|archiv|archivo|arquivo|index|library|subject\s+page|table\s+of\s+contents
        |contents(?:\s+page)?|main\s+page|home\s*page|works|writings|encyclop(?:a?edia)|section|bibliothek|bibliothèque)
    | collected\s+works(?:[\s,]+volume\s+\w+)? (?:\s+table\s+of\s+contents)?
    | marxists(?:['’]|\.org)?.{0,40} | M\.?I\.?A\.?
    | (?:上|下|前|[后後])[一]?[页頁章节節篇] | (?:返回|回到?|返)? (?:目[录錄]|首[页頁]|主[页頁]|索引|上[级級]) | 返回
    | .{0,30}文[库庫]
    | (?:الصفحة|الفصل|الجزء|النص)? \s* (?:التالية?|السابقة?|الرئيسية) | (?:ال)?(?:أرشيف|ارشيف).{0,60}
    | (?:عودة|العودة|رجوع|الرجوع) \s+ (?:إلى|الى) \s+ .{2,40} | (?:ال)?فهرس
    ) \s*[\])>»→]*\.?$"""
)
_TURN = re.compile(r"(?i)^[<«←]*\s*(?:(?:next|previous|prev)\s*[:>–—-]|(?:back|return|go|forward|on)\s+to\s).{1,100}$")
# "Chapter 2" or "Chapter V" is navigation only beside other navigation.
_NEIGHBOUR = re.compile(
    r"(?i)^[<«←]*\s*(?:chapter|part|section|preface|appendix|introduction|notes|kapitel|teil|chapitre|capitolo|capítulo)"
    r"(?:\s+[\dIVXLC]+(?:\s+\(cont.{0,10}\)|[\s:.–—-]{1,4}[^.]{3,80})?)?\s*[>»→]*$"
)
_MENU_WORDS = re.compile(
    r"(?i)\b(?:archive?s?|archivio|archiv|archivo|arquivo|contents|index|top|next|previous|back|home|chapter|section|page|library|main|works|writers|authors|subjects?|history)\b"
    r"|文[库庫]|目[录錄]|[首主][页頁]|索引|[上下]一[页頁章篇]|أرشيف|ارشيف|الصفحة الرئيسية|الفهرس"
)


def is_breadcrumb(line: Line) -> bool:
    """A trail such as "MIA > Archive > Badayev", or "[ Archivio Trotsky ]"."""
    text = line.text
    if len(text) > _LONGEST:
        return False
    if _COLONS.match(text):
        return True
    parts = _ARROW.split(text)
    if len(parts) >= 2 and all(0 < len(part) <= 60 for part in parts):
        return bool(_MENU_WORDS.search(text)) or parts[0].upper() in {"MIA", "MARXISTS"}
    return bool(re.fullmatch(r"\[\s.{3,60}\s\]", text) and _MENU_WORDS.search(text))


def trail(line: Line) -> tuple[str, ...]:
    """The names of a breadcrumb line, in order."""
    parts = line.text.split(":") if _COLONS.match(line.text) else _ARROW.split(line.text)
    return tuple(part.strip("[] \xa0") for part in parts)


def is_menu(text: str) -> bool:
    """Several short links side by side: "Contents | Top of the page"."""
    if len(text) > _LONGEST or "|" not in text:
        return False
    parts = [part.strip() for part in text.split("|")]
    if not all(len(part) <= 60 for part in parts):
        return False
    return any(_MENU_WORDS.search(part) for part in parts) and not re.search(r"\|\d+\|", text)


def is_navigation(text: str) -> bool:
    """Navigation by its form alone, wherever on the page it stands."""
    return len(text) <= _LONGEST and (bool(_ANYWHERE.match(text)) or is_menu(text))


def is_edge_navigation(text: str) -> bool:
    """Navigation by its form when it stands before the first or after the last line of the text."""
    if len(text) > 120:
        return False
    return is_navigation(text) or bool(_TURN.match(text)) or (bool(_EDGE.match(text)) and ":" not in text)


def navigation(chunks: list[Chunk], *, is_index: bool) -> dict[int, str]:
    """Line numbers of navigation -> the reason they are left out. On an index page "Chapter 2" is an entry."""
    found: dict[int, str] = {}
    for chunk in chunks[:4]:
        for line in chunk.lines:
            if not any(c.isalnum() for c in line.text) and not is_break(line.text):
                found[line.number] = "remains of a link"
            if is_breadcrumb(line):
                found[line.number] = "breadcrumb"
    for chunk in chunks:
        for line in chunk.lines:
            if is_navigation(line.text):
                found[line.number] = "navigation"
    found |= _repeated(chunks)
    _extend_from_end(chunks, found, neighbours=0 if is_index else 1)
    if not is_index:
        _extend_to_neighbours(chunks, found)
    return found


def _repeated(chunks: list[Chunk]) -> dict[int, str]:
    """Lines that look like links and stand alone three times or more: "Chapter 7 Index" after every section."""
    alone: dict[str, list[int]] = {}
    for chunk in chunks:
        if len(chunk.lines) == 1 and len(chunk.text) <= 60 and _EDGE.match(chunk.text):
            alone.setdefault(chunk.text, []).append(chunk.first.number)
    return {number: "navigation" for numbers in alone.values() if len(numbers) >= 3 for number in numbers}


def _extend_from_end(chunks: list[Chunk], found: dict[int, str], *, neighbours: int) -> None:
    """Goes up from the last line while lines look like navigation; `neighbours` links to chapters may be among them."""
    for chunk in reversed(chunks):
        for line in reversed(chunk.lines):
            if line.number in found:
                continue
            if not is_edge_navigation(line.text):
                if not neighbours or not found or not _NEIGHBOUR.match(line.text):
                    return
                neighbours -= 1
            found[line.number] = "navigation"


def _extend_to_neighbours(chunks: list[Chunk], found: dict[int, str]) -> None:
    """Takes "Chapter V" right above "Top of the page" for a link, too."""
    for chunk in chunks:
        for line, after in pairwise(chunk.lines):
            if after.number in found and line.number not in found and _NEIGHBOUR.match(line.text):
                found[line.number] = "navigation"

# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a credit says -> contributors: people and bodies, each with a role.

"Clemans Dutt, Edited by Robert Daglish" -> a translator and an editor; "Ted Crawford for marxists.org, May 2002"
-> one transcriber; "for marxists.org, May 2002" -> nobody. What is not clearly a name is left to the verbatim field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.metadata import names_by_script
from publisher.metadata.date_words import MONTHS
from publisher.metadata.labels import canonical, keys
from publisher.metadata.model import Contributor, Role
from publisher.metadata.names import (
    GIVEN,
    PLACES,
    SUFFIXES,
    has_known_order,
    is_ambiguous,
    is_authority,
    is_body,
    is_initials,
    is_person,
    sort_form,
    sounds_like_title,
)
from publisher.metadata.names_by_script import Form
from publisher.metadata.vocabulary import Key
from publisher.numerals import western

ROLES: dict[Key, Role] = {
    Key.AUTHOR: Role.AUTHOR,
    Key.TRANSLATED: Role.TRANSLATOR,
    Key.EDITED: Role.EDITOR,
    Key.INTRODUCTION: Role.INTRODUCTION,
    Key.TRANSCRIBED: Role.TRANSCRIBER,
    Key.MARKUP: Role.MARKUP,
    Key.PROOFREAD: Role.PROOFREADER,
}

LONGEST_AUTHOR_LINE = 120

# How sure `looks_like_author` is that a line is its author's name.
CERTAIN, LIKELY, POSSIBLE, DOUBTFUL, NEVER = 1.0, 0.8, 0.5, 0.2, 0.0

_MONTH = rf"(?:{'|'.join(MONTHS)})\.?"
# Dates behind a name: "Sally Ryan January, 2001", "Harry 2008", "Ted Crawford and David Walters, September 2006".
_DATES = re.compile(
    rf"[\s,]*\b(?:in\s+)?(?:\d{{1,2}}\.?\s+)?(?:{_MONTH}\s*(?:\d{{1,2}}(?:st|nd|rd|th)?)?[\s,]*)?(?:1[89]|20|21)\d\d\b",
    re.IGNORECASE,
)
_ASIDES = re.compile(r"\([^)]*\)|\[[^\]]*\]|https?:\S+|\*")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=\S)|\s+\.")
# What follows one of these words says where, for whom and from what, not who: "Zodiac for marxists.org".
_CIRCUMSTANCE = re.compile(
    r"(?:^|[\s,]+)(?:for|from|in|at|on|with|per|pour|für|para|für|для|с|as|under|according|using|via|into|based|courtesy|who|which|after)\b.*$"
    r"|(?:^|\s+)(?:et al|u\.\s?a|and others|et\.? alii)\b.*$"
)
_BY = re.compile(r"(?:^|(?<=\s))(?:by|By)\s+(?=(?:the\s+)?[A-ZÀ-ÞА-Я])")
_FOREIGN_BY = re.compile(r"(.{0,60}?)\b(?:von|par|por|da|di|door)\s+(?=[A-ZÀ-ÞА-Я])")
_PREPOSITION = re.compile(
    r"\s*\b(?:for|from|in|into|on|at|against|aus|du|de|del|dal)\b.*$|\s*\b(?:19|20)\d\d$", re.IGNORECASE
)
_LIST = re.compile(r"\s*(?:,|/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bи\b|\ben\b)\s*(?:(?:and|&)\s+)?")
_JOINERS = re.compile(r"\s+(?:and|&|und|et|y|e|и|en)\s+")


def credited(value: str, roles: tuple[Role, ...]) -> tuple[Contributor, ...]:
    """Who a credit's value names, in its order, each with the roles of its label.

    Verbs inside it change the roles ("X, Edited by Y"), and a line of prose brings its own with its first words.
    """
    found = (
        Contributor(name, role, sort_form(name))
        for clause in re.split(r"\s*;\s*|\s+[–—-]\s+", _ASIDES.sub(" ", _unwrap(value)))
        for stretch, stretch_roles in _stretches(clause, roles)
        for names in (tuple(_names(stretch)),)
        for role in stretch_roles
        for name in names
    )
    return tuple(dict.fromkeys(found))


def _unwrap(value: str) -> str:
    """A value without brackets around it: "[Transcribed by Zodiac]". Brackets inside a value are asides."""
    text = value.strip(": \u00a0")
    return text[1:-1] if text[:1] + text[-1:] in {"[]", "()"} and not re.search(r"[\])].*[\[(]", text) else text


def _stretches(clause: str, roles: tuple[Role, ...]) -> Iterator[tuple[str, tuple[Role, ...]]]:
    """The parts of a clause that may hold names, each with what these people did."""
    foreign = _FOREIGN_BY.match(clause)
    if foreign and not _BY.search(clause) and (not foreign[1].strip() or canonical(foreign[1].strip())):
        yield clause[foreign.end() :], _roles(foreign[1], roles)
        return
    first, *rest = _BY.split(clause)
    for after in (*rest, None):
        if after is None:
            yield first, roles
            return
        before, verb = _verb(first)
        if before:
            yield before, roles
        roles, first = _roles(verb, roles), after


def _verb(text: str) -> tuple[str, str]:
    """Parts names from the words before "by" that say what was done: "Clemans Dutt", "Edited"."""
    words = text.split()
    heads = [_PREPOSITION.sub("", " ".join(words[start:])).strip(", ") for start in range(len(words))]
    start = next((i for i, head in enumerate(heads) if head and canonical(head)), None)
    if start is None:
        start = next((i for i, head in enumerate(heads) if not head), 0)
    return re.sub(r"[ ,.]*(?:\band|&)?$", "", " ".join(words[:start])), " ".join(words[start:])


def _roles(verb: str, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles that a verb gives; none if it says something else ("organised by"), the same if there is no verb."""
    head = _PREPOSITION.sub("", verb).strip(", ")
    return tuple(ROLES[key] for key in keys(canonical(head)) if key in ROLES) if head else roles


def _names(stretch: str) -> Iterator[str]:
    """The names in a list of names, what surrounds them cut off."""
    text = _SENTENCE.split(stretch.strip(), maxsplit=1)[0]
    text = re.sub(r"^(?:the|by)\s+", "", _CIRCUMSTANCE.sub("", text))
    text = _DATES.sub(",", text).strip(" ,;:")
    if names_by_script.knows(text):
        yield from names_by_script.names(text)[0]
        return
    yield from (text.rstrip("."),) if _is_one(text) else _each(_LIST.split(text))


def _is_one(text: str) -> bool:
    """Whether a joining word stands inside one name: "Red & Black Notes", "Eden and Cedar Paul".

    Two people who share a surname stay together, because parted they would get a name that does not stand there.
    """
    parts = _JOINERS.split(text.rstrip("."))
    if len(parts) != 2 or "," in text:
        return False
    alone = " " not in parts[0] or " " not in parts[1]
    couple = " " in parts[1] and (is_initials(parts[0]) or parts[0].casefold() in GIVEN)
    return (is_body(text.rstrip(".")) and alone) or (couple and is_person(parts[1]))


def _each(items: Iterable[str]) -> Iterator[str]:
    """The items that are names; a place behind a body ("Foreign Languages Press, Peking") and "Jr." are none."""
    names: list[str] = []
    for item in (item.strip() for item in items):
        if item.casefold().strip(".") in SUFFIXES and names:
            names[-1] += f", {item}"
        elif item and item.rstrip(".") not in PLACES and (is_body(item.rstrip(".")) or is_person(item)):
            names.append(item if is_initials(item.split()[-1]) else item.rstrip("."))
    yield from names


_FORMS = {
    Form.NONE: NEVER,
    Form.CREDITED: NEVER,
    Form.DOUBTFUL: DOUBTFUL,
    Form.POSSIBLE: POSSIBLE,
    Form.LIKELY: LIKELY,
    Form.CERTAIN: CERTAIN,
}


def author(line: str) -> tuple[Contributor, ...]:
    """Who an author line names: "Karl Marx/Friedrich Engels", "by V.I. Lenin", "Moissaye J. Olgin 1939"."""
    names, _ = _byline(line)
    return tuple(Contributor(name, Role.AUTHOR, sort_form(name)) for name in names)


def after_author(line: str) -> str:
    """What stands behind the name in an author line: "Introduction to Dialectical Materialism", "1939", or nothing."""
    return _byline(line)[1]


def looks_like_author(line: str) -> float:
    """How sure it is that a short line is an author's name, from 0 (no) to 1.

    An initial or a known given name makes it certain. "Native Son" is as well formed as "Zeth Höglund", so that
    both are only possible (0.5), and a single word ("LENIN", "Gorky", "Strikes") is doubtful (0.2).
    """
    if names_by_script.knows(line):
        return _FORMS[names_by_script.names(_byline_text(line))[1]] if len(line) <= LONGEST_AUTHOR_LINE else NEVER
    names, rest = _byline(line)
    titled = bool(rest) and not rest.isdigit()
    if not names:
        return NEVER
    if is_authority(names[0]):
        return POSSIBLE
    if all(has_known_order(name) for name in names):
        if any(is_ambiguous(name) for name in names):
            return POSSIBLE
        return LIKELY if titled else CERTAIN
    if titled:
        return NEVER
    if _BY.match(line.strip()):
        return LIKELY
    if any(sounds_like_title(name) for name in names):
        return NEVER
    return POSSIBLE if all(" " in name for name in names) else DOUBTFUL


_BEHIND = re.compile(
    r"(?P<names>.+?)(?:\s*[,(]?\s*(?P<year>(?:1[4-9]|20)\d\d)\)?\.?|:\s+(?P<title>\S.*)|(?<=[^\W\d_]{3})\.\s+(?P<work>\S.*))$"
)


def _byline_text(line: str) -> str:
    """An author line without a year or a note's call behind the name."""
    return re.sub(r"\s*[\[(（]?(?:\d{1,2}|\*|(?:1[4-9]|20)\d\d年?)[\])）]?$", "", western(line))


def _byline(line: str) -> tuple[list[str], str]:
    """The names of an author line and what stands behind them; no names if any part of the line is none."""
    if len(line) > LONGEST_AUTHOR_LINE:
        return [], ""
    if names_by_script.knows(line):
        return names_by_script.names(_byline_text(line))[0], ""
    text = _BY.sub("", _ASIDES.sub(" ", _unwrap(line)).strip(" *"), count=1)
    text = re.sub(r",?\s+(?:et al|and others)\.?$", "", text)
    behind = _BEHIND.match(text)
    rest = next((part for part in behind.group("year", "title", "work") if part), "") if behind else ""
    names = [name for name in _LIST.split((behind["names"] if behind else text).strip()) if name]
    if is_authority(text):
        return [" ".join(text.split())], ""
    if not names or not all(map(is_person, names)):
        return [], ""
    return [name if is_initials(name.split()[-1]) else name.rstrip(".") for name in names], rest

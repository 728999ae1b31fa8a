# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rights statements as they stand in headers -> one Licence, and the problems a person should look at.

"Copyleft: ... under the terms of the GNU Free Documentation License" -> free, GFDL-1.1-or-later, version not stated.
What each statement says is found by the rules in rules.py. Where several things are said, what asks most holds: a
refusal before a licence, a licence before "public domain". Who keeps to it breaks none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from msgspec.structs import replace

from publisher.errors import Location, Problem
from publisher.licences.identifiers import PUBLIC_DOMAIN
from publisher.licences.model import NOT_UNDERSTOOD, Licence, Status
from publisher.licences.names import COMMONS
from publisher.licences.rules import GUTENBERG, NOT_STATED, Finding, Kind, findings
from publisher.metadata.model import Statement

UNKNOWN = Licence(status=Status.NOT_STATED, reasons=(NOT_UNDERSTOOD,))

RESERVING = frozenset({Kind.REFUSAL, Kind.PERMISSION, Kind.NOTICE})
GRANTING = frozenset({Kind.PUBLIC_DOMAIN, Kind.GRANT})

ASK = "Ask those who published the transcription, and record the answer in its settings: licence = …"

# These ask that their text goes with every copy, and it is not among the texts bundled here.
TEXT_TRAVELS = ("AGPL-", "Apache-", "BSD-", "GPL-", "ISC", "LGPL-", "MIT", "OPUBL-")


def recognise(statements: Sequence[Statement], file: str = "") -> tuple[Licence, tuple[Problem, ...]]:
    """The licence that a work's statements give; problems without a statement of their own are located in `file`."""
    statements = _once(statements)
    if not statements:
        return NOT_STATED, tuple(_problems(NOT_STATED, Location(file)))
    found = [(statement, finding) for statement in statements for finding in _findings(statement)]
    statement, decisive = min(found, key=lambda pair: _weight(pair[1]))
    disagreement = _disagreement(decisive.licence, _kinds(finding for _, finding in found))
    licence = replace(
        decisive.licence,
        statement="\n".join(dict.fromkeys(s.text for s in statements)),
        label=statements[0].label,
        reasons=(*decisive.licence.reasons, *disagreement.values()),
    )
    problems = [
        *_problems(decisive.licence, statement.location),
        *(Problem(code, reason, statement.location) for code, reason in disagreement.items()),
        *(_not_understood(s) for s, finding in found if finding.licence is UNKNOWN),
    ]
    return licence, tuple(problems)


def _once(statements: Sequence[Statement]) -> list[Statement]:
    """The pages of a book repeat their statement; each stands where it stood first."""
    first: dict[tuple[str, str], Statement] = {}
    for statement in statements:
        if statement.text.strip():
            first.setdefault((statement.label, statement.text), statement)
    return list(first.values())


def _findings(statement: Statement) -> tuple[Finding, ...]:
    """What a statement says; its label is part of it ("Fair Use: Marxists Internet Archive 2010")."""
    text = " ".join(f"{statement.label}: {statement.text}".lstrip(": ").split())
    return findings(text) or (Finding(Kind.NOTHING, UNKNOWN),)


def _weight(finding: Finding) -> tuple[Kind, bool]:
    """What weighs least outweighs the rest; of two licences, the one that restricts."""
    return finding.kind, finding.licence.status is Status.FREE


def _kinds(found: Iterable[Finding]) -> frozenset[Kind]:
    """What is said; leave to copy contradicts nothing: "No part of it may be reproduced" holds its words, too."""
    return frozenset(f.kind for f in found if f.kind is not Kind.GRANT or f.licence.status is Status.FREE)


def _contradict(kinds: frozenset[Kind]) -> bool:
    """Whether rights are both reserved and given up; a licence presupposes a copyright notice or a permission."""
    if Kind.LICENCE in kinds:
        return Kind.REFUSAL in kinds
    return bool(kinds & RESERVING and kinds & GRANTING)


def _disagreement(licence: Licence, kinds: frozenset[Kind]) -> dict[str, str]:
    """The code and the words for statements that differ; empty where they agree."""
    if _contradict(kinds):
        return {"L005": "The rights statements contradict each other; the one that allows least is followed."}
    if licence.name != COMMONS and kinds >= {Kind.LICENCE, Kind.PUBLIC_DOMAIN}:
        return {"L004": "The public domain is stated as well as a licence; the licence is followed."}
    return {}


def _problems(licence: Licence, location: Location) -> Iterator[Problem]:
    """What the decisive licence gives cause to say."""
    if licence is NOT_STATED:
        yield Problem("L001", "no licence is stated", location, ASK)
    if licence.status is Status.REFUSED:
        yield Problem("L002", f"use is not permitted: {licence.reasons[0]}", location, ASK)
    if licence.status is Status.RESTRICTED:
        yield Problem("L008", f"use is restricted: {licence.name or licence.reasons[0]}", location)
    if licence.name == COMMONS:
        yield Problem("L007", "Creative Commons is named without one of its licences", location)
    elif licence.name and not licence.version_stated and licence.spdx != PUBLIC_DOMAIN and licence.name != GUTENBERG:
        yield Problem("L003", f"{licence.name}: no version is stated", location)
    if licence.spdx and licence.spdx.startswith(TEXT_TRAVELS):
        yield Problem("L009", f"{licence.name} asks that its text goes with every copy", location)


def _not_understood(statement: Statement) -> Problem:
    said = shorten(f"{statement.label}: {statement.text}".lstrip(": "), 60, placeholder=" ...")
    return Problem("L006", f"the rights statement says nothing that is known: {said}", statement.location, ASK)

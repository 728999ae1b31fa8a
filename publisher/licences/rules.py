# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of rights statements, in order: what each means for the licence.

Every rule looks at one statement with its label before it ("Copyright: John Riddell, 2015. Republished here with
permission"). Statements are read in the languages that archives write them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from publisher.licences import names
from publisher.licences.identifiers import identified, public_domain
from publisher.licences.model import NO_VERSION, NONE_STATED, Licence, Status


class Kind(IntEnum):
    """What a statement does, in the order in which one kind outweighs another."""

    REFUSAL = 0
    LICENCE = 1
    PERMISSION = 2
    NOTICE = 3
    PUBLIC_DOMAIN = 4
    GRANT = 5
    NOTHING = 6


Find = Callable[[str], Licence | None]


class Rule(Struct, frozen=True):
    kind: Kind
    find: Find


class Finding(Struct, frozen=True):
    """What one rule found."""

    kind: Kind
    licence: Licence


def findings(statement: str) -> tuple[Finding, ...]:
    """All that a statement says, in the order of the rules; empty where no rule knows it."""
    found = tuple(Finding(rule.kind, licence) for rule in RULES if (licence := rule.find(statement)))
    if found and found[0].kind is Kind.NOTHING:
        return found[:1]
    # "Copyright: the term has expired, this book is in the public domain": a bare notice is outweighed by what it says.
    return tuple(f for f in found if f.kind is not Kind.NOTICE) or found


def _where(licence: Licence, *patterns: str) -> Find:
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda statement: licence if pattern.search(statement) else None


def _either(first: Find, second: Find) -> Find:
    return lambda statement: first(statement) or second(statement)


def _identified(spdx: str, pattern: str) -> Find:
    return lambda statement: identified(spdx) if re.search(pattern, statement, re.IGNORECASE) else None


def _refused(reason: str) -> Licence:
    return Licence(status=Status.REFUSED, reasons=(reason,))


def _restricted(reason: str) -> Licence:
    return Licence(status=Status.RESTRICTED, reasons=(reason,))


FREE = Licence(status=Status.FREE, reasons=("The statement names no licence; its own words allow free use.",))
NOT_STATED = Licence(status=Status.NOT_STATED, reasons=(NONE_STATED,))
EXCLUSIVE = _refused("The statement allows publication in one place and does not pass that permission on.")
RESERVED = _refused("The statement reserves rights that an edition needs.")
FAIR_USE = _refused("An exception of copyright law is claimed for one use; that is no permission for another.")
PERMITTED = _refused("Permission was given to the publisher of the transcription; nothing says that others have it.")
NOTICE = _refused("A copyright notice that grants nothing reserves all rights.")
NOT_SOLD = _restricted("The statement does not allow commercial use.")
COPIES = replace(
    _restricted("The statement allows copying; it says nothing of changes, so none are assumed to be allowed."),
    unchanged=True,
)
COPYRIGHTED = _restricted("The file is copyrighted; what is allowed stands in the file itself.")
ART_LIBRE = Licence(status=Status.FREE, name="Licence Art Libre", reasons=(NO_VERSION,))
GUTENBERG = "Project Gutenberg License"
GUTENBERG_FREE = Licence(
    status=Status.FREE,
    name=GUTENBERG,
    url="https://www.gutenberg.org/policy/license.html",
    reasons=("Copies that are not in accord with this licence may not bear Project Gutenberg's name.",),
)
AMERICAN = replace(
    public_domain(),
    reasons=("This is stated for the United States of America; copyright may last longer in other countries.",),
)

_AMERICA = r"(?:the )?(?:USA?\b|U\.\s?S\.|United States)"
_ART_LIBRE = r"licence art libre|free art licen[cs]e"
_PUBLIC_DOMAIN = (
    # "Pubic Domain" heads ten pages of one archive.
    r"\bpub\w{1,4}[\s-]+dom(?:ain|ian|an)\b|gemeinfrei|domaine public|pubblico dominio|dominio pubblico"
    r"|dom[ií]nio p[uú]blico|public[oa] dominio|publiek domein|общественн\w+ достояни"
    r"|free of (?:all )?copyright|copyright[\s-]?free|(?:not|never|no longer) (?:in |under )?copyright"
    r"|\bno copyright\b|anti-?copyright|copyright (?:has |is )?(?:expired|waived)|no rights reserved"
    r"|libres? de (?:droits|derechos)|urheberrechtsfrei"
    r"|(?<![非不])(?<!不属)(?<!不属于)(?<!不屬於)(?:公有领域|公共领域|公有領域|公共領域)|公版|版[权權](?:已|保护期)?(?:过期|到期|過期|屆滿|届满)"
    r"|(?:ال)?ملكي[ةه] (?:ال)?عام[ةه]|(?:ال)?ملك (?:ال)?عام(?!\w)|لا حقوق محفوظة"
)

RULES: tuple[Rule, ...] = (
    Rule(
        Kind.NOTHING,
        _where(
            NOT_STATED,
            r"^(?:[^:]{0,30}:)?\s*(?:none|not stated|unstated|unknown|\?+)\.?$",
            r"^(?:[^:]{0,30}:)?\s*none (?:on|in|found|given|known|stated)\b",
        ),
    ),
    Rule(
        Kind.REFUSAL,
        _where(
            EXCLUSIVE,
            r"permission (?:for|of) on-?\s?line (?:publication|use)",
            r"\bfor (?:personal|private) use only",
        ),
    ),
    Rule(Kind.REFUSAL, _where(FAIR_USE, r"\bfair[\s-]+(?:use|dealing)\b")),
    Rule(
        Kind.REFUSAL,
        _where(
            RESERVED,
            r"\ball rights? (?:are )?reserved",
            r"\bno (?:other|further) (?:reproduction|copying|duplication|distribution|use)",
            r"\bno part of .{0,80}\bmay be",
            r"\bnot (?:to )?be (?:reproduced|copied|reprinted|(?:re)?published|(?:re)?distributed)"
            r"(?!.{0,40}(?:commercial|profit))",
            r"(?:reproduction|copying|printing|publication|distribution)\b.{0,40}\b(?:prohibited|forbidden)",
            r"\bnot in the public domain|\b(?:is|are) still (?:in|under) copyright",
            r"alle recht(?:e|en) (?:vorbehalten|voorbehouden)|tous (?:les )?droits\b.{0,40}\bréservés",
            r"tutti i diritti (?:sono )?riservati|riproduzione (?:riservata|vietata)",
            r"todos (?:los|os) (?:derechos|direitos) reservados|prohibida (?:la|su) reproducción",
            r"reproduction (?:est )?interdite|nachdruck verboten|все права защищены",
            r"版[权權]所有|保留(?:所有|一切|全部)[权權]利|(?:不得|禁止|请勿|請勿)[^。]{0,12}(?:转载|轉載|复制|複製|翻印)",
            r"(?:جميع |كل )?(?:ال)?حقوق(?: ال\w+){0,2} محفوظ[ةه]|يمنع (?:النسخ|النشر|إعادة|اعادة)",
        ),
    ),
    Rule(Kind.PUBLIC_DOMAIN, _identified("CC0-1.0", r"\bcc-?0\b|creative commons zero|publicdomain/zero")),
    Rule(Kind.PUBLIC_DOMAIN, _identified("CC-PDM-1.0", r"public domain mark|publicdomain/mark")),
    Rule(Kind.LICENCE, names.creative_commons),
    Rule(Kind.LICENCE, names.gnu),
    Rule(Kind.LICENCE, names.identifier),
    Rule(Kind.LICENCE, _identified("LAL-1.3", rf"(?:{_ART_LIBRE})\W+(?:version\W+)?1\.3")),
    Rule(Kind.LICENCE, _where(ART_LIBRE, _ART_LIBRE)),
    Rule(Kind.LICENCE, _where(COPYRIGHTED, r"copyrighted project gutenberg")),
    Rule(
        Kind.LICENCE,
        _where(
            NOT_SOLD,
            r"(?<!\bor )(?<!\band )\bnon-?\s?commercial",
            r"\bnot (?:be )?(?:for|used for|sold|intended for) (?:any )?(?:commercial|profit|sale)",
        ),
    ),
    Rule(
        Kind.PERMISSION,
        _where(
            PERMITTED,
            r"\b(?:with|by)\s+(?:[\w.’'&]+\s+){0,4}?permission\b|\bcourtesy of\b",
            r"mit (?:freundlicher |der )?genehmigung|avec l['’](?:aimable )?autorisation|per gentile concessione",
            r"con (?:el |la )?(?:permiso|autorización)|com (?:a )?(?:permissão|autorização)",
            r"с (?:любезного )?разрешения",
        ),
    ),
    Rule(
        Kind.PUBLIC_DOMAIN,
        _where(
            AMERICAN,
            rf"public domain\W{{1,3}}(?:in|within) {_AMERICA}",
            rf"{_AMERICA} public domain",
            rf"(?:no one|nobody) owns (?:a |any )?{_AMERICA} copyright",
            rf"not (?:protected by|in|under) {_AMERICA} copyright",
        ),
    ),
    Rule(Kind.PUBLIC_DOMAIN, _where(public_domain(), rf"(?<!not in the )(?<!not )(?:{_PUBLIC_DOMAIN})")),
    Rule(Kind.GRANT, _where(GUTENBERG_FREE, r"project gutenberg licen[cs]e")),
    Rule(
        Kind.GRANT,
        _either(
            _where(FREE, names.GRANTS_ALL, r"\b(?:completely|entirely|totally) free\b(?! (?:to|of|for)\b)"),
            _where(
                COPIES,
                r"permission is (?:hereby )?granted|permission to (?:copy|reproduce)",
                r"\bmay be (?:freely )?(?:copied|reproduced|reprinted|distributed|used|shared)",
                r"\bfree(?:ly)? (?:to|for) (?:any )?(?:cop|reproduc|reprint|distribut|circulat|use|share)",
                r"\bfreely (?:cop|reproduc|reprint|distribut|circulat|use|share)",
                r"\b(?:copy|reproduce|distribute|share)\b.{0,30}\bfreely",
                r"libre reproduction|reproduction (?:est )?(?:libre|autorisée)|nachdruck (?:erlaubt|gestattet)",
                r"se permite (?:la|su)\b|(?:cópia|reprodução|distribuição)\b.{0,60}\b(?:livre|permitida)",
                r"riproduzione (?:è )?(?:libera|consentita)|разрешается",
                r"(?:可以?|允[许許]|[欢歡]迎)(?:自由|任意)?(?:[转轉][载載贴貼]|[复複][制製]|[传傳]播)",
                r"يسمح ب(?:النسخ|النشر|إعادة|اعادة)",
            ),
        ),
    ),
    Rule(
        Kind.NOTICE,
        _where(
            NOTICE,
            r"©|\(c\)|\bcopyright\b|urheberrecht|droits d['’]auteur|diritti d['’]autore|derechos de autor",
            r"direitos autorais|авторск\w+ прав|版[权權]|著作[权權]|حقوق (?:النشر|الطبع|التأليف|المؤلف)",
        ),
    ),
)

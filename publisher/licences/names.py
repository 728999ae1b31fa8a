# SPDX-License-Identifier: AGPL-3.0-or-later
"""Licences named in words -> Licence: "Creative Commons (Attribute & Share-alike)", "GNU FDL, version 1.2 or later".

A version is never guessed. Creative Commons identifiers all carry one, so a licence named without it has none; the GNU
licences say themselves that any published version may be chosen where none is named.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from publisher.licences.identifiers import URLS, identified
from publisher.licences.model import ANY_VERSION, NO_VERSION, Licence, Status

COMMONS = "Creative Commons"
NAMED = (
    r"creative[\s_-]*commons|\bcc[\s-]+(?:by|sa)\b"
    r"|知[识識]共享|[创創]作共用|創用\s?cc|المشاع (?:الإبداعي|الابداعي)"
)
DEED = re.compile(r"creativecommons\.org/licen[cs]es/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3})\b(?!\.))?", re.IGNORECASE)
# What Creative Commons has besides its licences, for works that are free of all conditions.
DEDICATION = re.compile(r"\bcc-?0\b|creative commons (?:zero|0)\b|publicdomain/(?:zero|mark)", re.IGNORECASE)
# "Attribution-ShareAlike 2.0" names the licence, with or without "Creative Commons".
PAIR = r"attri\w+\W{1,3}(?:non\W?comm\w+\W{1,3})?(?:share|no)\W?(?:alike|deriv\w*)"
# What is said of the licence stands in the same clause: "Creative Commons Deed. Please give attribution" names none.
CLAUSE = r"(?:[^.;]|\.(?=\d))"
NEAR = re.compile(rf"{CLAUSE}{{0,120}}(?:{NAMED}|{PAIR}){CLAUSE}{{0,120}}", re.IGNORECASE)
ELEMENTS = {
    "BY": (
        r"(?<=cc.)by\b|\batt?ri\w*|namensnennung|reconocimiento|paternit[eé]|naamsvermelding"
        r"|указани\w+ авторства|атрибуция|(?<!签)署名|姓名標示|نسب المصن"
    ),
    "NC": (
        r"\bnc\b|non?[\s-]*comm?erci[ae]l\w*|no[\s-]*comercial|pas d.utilisation commerciale"
        r"|nicht[\s-]*kommerziell|keine kommerzielle|некоммерч|非[商营營][业業利]|غير[\s-]*(?:ال)?تجاري"
    ),
    "ND": (
        r"\bnd\b|no[\s-]*deriv\w*|sin[\s-]*(?:obras?[\s-]*)?derivad|pas de modification|non opere derivate"
        r"|keine bearbeitung|geenafgeleide|без производных|禁止演[绎繹]|禁止改作|(?:منع|بلا) (?:ال)?اشتقاق"
    ),
    "SA": (
        r"\bsa\b|share[\s-]*a?[\s-]*like|compartir[\s-]*igual|compartilha[\s-]*igual|condividi|partage"
        r"|weitergabe unter gleichen|gelijkdelen|сохранени\w+ условий|相同方式(?:共享|分享)|بالمثل"
    ),
}
WORDS = {"BY": "Attribution", "NC": "Non Commercial", "ND": "No Derivatives", "SA": "Share Alike"}
VERSION = re.compile(r"(?<![\d.])([1-4]\.[015])(?![\d.]*\d)")
# Versions before 4.0 were adapted to countries' laws, and the adaptation is another licence: "3.0 Deutschland".
PORTS = {
    "AT": r"at\b|austria|österreich",
    "AU": r"au\b|australia",
    "BR": r"br\b|bra[sz]il",
    "DE": r"de\b|germany|deutschland",
    "ES": r"es\b|spain|españa",
    "FR": r"fr\b|france",
    "IGO": r"igo\b",
    "IT": r"it\b|ital",
    "JP": r"jp\b|japan",
    "NL": r"nl\b|netherlands|nederland",
    "PL": r"pl\b|poland|polska",
    "PT": r"pt\b|portugal",
    "UK": r"uk\b|england|united kingdom|great britain",
    "US": r"us\b|usa\b|united states",
}

GRANTS_ALL = (
    r"\bcop(?:y|ied)\b.{0,120}\b(?:derivative|modif\w+|adapt\w*|transform)"
    r"|\bfree to\b.{0,60}\b(?:adapt|change|modify)\b"
)
COMMONS_FREE = (
    "The statement names Creative Commons without one of its licences, so that none can be linked;"
    " its own words allow copies and derivative works."
)
COMMONS_LEAST = (
    "The statement names Creative Commons without one of its licences. All of them allow unchanged copies, with"
    " credit and not for money; more is not assumed."
)

GNU = re.compile(
    r"(?P<GFDL>free\s+documenta\w*|\bG?FDL)"
    r"|(?P<AGPL>affero(?:\s+general)?\s+public|\bAGPL)"
    r"|(?P<LGPL>(?:lesser|library)\s+general\s+public|\bLGPL)"
    r"|(?P<GPL>\bgnu\s+general\s+public|\bGPL)",
    re.IGNORECASE,
)
# "License (GFDL), version 1.2", "-1.3", "v2"; a year is no version.
GNU_VERSION = re.compile(
    r"\W*(?:licen[cs]\w*)?\W*(?:\(\w+\)\W*)?(?:vers\w+|ver|v)?\W*([1-3](?:\.[0-3])?)(?![\d.]*\d)",
    re.IGNORECASE,
)
LATER = re.compile(
    r"\b(?:or|any)[\s-]+(?:any[\s-]+)?later|\b(?:o|ou|oder|или)\b.{0,20}(?:poster|ult[ée]r|success|sp[äa]ter|поздн)",
    re.IGNORECASE,
)
NO_INVARIANTS = re.compile(r"no[\s-]+invariant|without\s+invariant", re.IGNORECASE)
FIRST_VERSION = {"GFDL": "1.1", "GPL": "1.0", "LGPL": "2.0", "AGPL": "3.0"}
# The families above are read with what stands around them ("GFDL-1.2 or any later version").
TOKEN = re.compile(r"\b(?!CC-|GFDL|[AL]?GPL)[A-Za-z][\w+-]*-\d[\w.+-]*\w")


def creative_commons(text: str) -> Licence | None:
    """The Creative Commons licence that a statement names, None where it names none."""
    if deed := DEED.search(text):
        return _deed(*deed.groups())
    if not (near := NEAR.search(text)):
        return None
    said = near.group()
    elements = [name for name, pattern in ELEMENTS.items() if re.search(pattern, said, re.IGNORECASE)]
    if not elements:
        # "CC0 1.0 <https://creativecommons.org/publicdomain/zero/1.0/>": no licence, but a rule of its own.
        return None if DEDICATION.search(text) else _commons(text)
    version = VERSION.search(said)
    if not version:
        return _unlisted(elements, "")
    after = said[version.end() :].lstrip(" -(/").lower()
    port = next((f"-{code}" for code, words in PORTS.items() if re.match(words, after)), "")
    listed = identified(f"CC-{'-'.join(elements)}-{version.group(1)}{port}")
    return listed or _unlisted(elements, f"{version.group(1)} {port.lstrip('-')}".strip())


def _deed(elements: str, version: str, country: str | None) -> Licence:
    """The licence behind a link; the list of identifiers lacks most of the ported ones: by-sa/3.0/pl."""
    spdx = f"CC-{elements}-{version}" + (f"-{country}" if country else "")
    url = f"https://creativecommons.org/licenses/{elements}/{version}/" + (f"{country}/" if country else "")
    named = elements.upper().split("-")
    return identified(spdx) or replace(_unlisted(named, version), version_stated=True, url=url.lower(), reasons=())


def _commons(text: str) -> Licence:
    """No licence is named, so none is known: what the statement itself grants holds."""
    if re.search(rf"public\W+domain|{GRANTS_ALL}", text, re.IGNORECASE):
        return Licence(status=Status.FREE, name=COMMONS, reasons=(COMMONS_FREE,))
    return Licence(status=Status.RESTRICTED, name=COMMONS, reasons=(COMMONS_LEAST,), unchanged=True)


def _unlisted(elements: list[str], version: str) -> Licence:
    restricted = not {"NC", "ND"}.isdisjoint(elements)
    name = " ".join([COMMONS, *(WORDS.get(element, element) for element in elements), version]).strip()
    return Licence(
        status=Status.RESTRICTED if restricted else Status.FREE,
        version_stated=bool(version),
        name=name,
        reasons=(f"“{name}” is on no list of licences.",) if version else (NO_VERSION,),
        unchanged="ND" in elements,
    )


def gnu(text: str) -> Licence | None:
    """The GNU licence that a statement names: bare, with a version, or with a version "or any later"."""
    if not (found := GNU.search(text)):
        return None
    family = str(found.lastgroup)
    said = GNU_VERSION.match(text, found.end())
    version = said.group(1) if said else FIRST_VERSION[family]
    invariants = "-no-invariants" if family == "GFDL" and NO_INVARIANTS.search(text) else ""
    scope = "or-later" if not said or LATER.search(text) else "only"
    licence = identified(f"{family}-{version}{'' if '.' in version else '.0'}{invariants}-{scope}")
    return licence if said or not licence else _any_version(licence, family)


def _any_version(licence: Licence, family: str) -> Licence:
    name = str(licence.name).split(" v")[0]
    if family != "GFDL":
        return replace(licence, version_stated=False, name=name, reasons=(NO_VERSION,))
    return replace(
        licence, version_stated=False, name=name, url=URLS["GFDL-1.3"], text="GFDL-1.3", reasons=(ANY_VERSION,)
    )


def identifier(text: str) -> Licence | None:
    """The licence whose SPDX identifier stands in the statement: "MPL-2.0"."""
    found = (identified(token.group()) for token in TOKEN.finditer(text))
    return next((licence for licence in found if licence), None)

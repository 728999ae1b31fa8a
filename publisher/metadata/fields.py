# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lines of a header: "Label: value", and credits in prose.

A line without a label is read by the words that it begins with. "[Transcribed by Zodiac]" is a credit, "Preparations
for the Congress" a heading, "Written in 1921, this was ..." a sentence of the text: only short lines count that
begin with a participle, or with a noun followed by "by".
"""

from __future__ import annotations

import re

from publisher.metadata.date_words import MONTHS
from publisher.metadata.labels import LONGEST_LABEL, canonical, keys
from publisher.metadata.spelling import fold
from publisher.metadata.vocabulary import WHOLE_LABELS, Key

__all__ = ["canonical", "credit", "keys", "split"]

LONGEST_CREDIT = 330

_MAKERS = frozenset({Key.TRANSLATED, Key.EDITED, Key.TRANSCRIBED, Key.MARKUP, Key.PROOFREAD, Key.ANNOTATED})
_ORIGINS = frozenset(
    {Key.WRITTEN, Key.DELIVERED, Key.PUBLISHED, Key.FIRST_PUBLISHED, Key.REPUBLISHED, Key.SOURCE},
)
_HEAD = re.compile(
    r"(?P<head>[^.:;]{3,60}?),? (?:(?P<by>by|von|par|por|da|door)|for|from|in|as|on|at|with|to|during|into|vom|im|am"
    r"|aus|nach|als|en|le|dans|el|na|no|de|del|du|della|dal|dalla|di|il|nel|a|uit|op|в|во|на|по|с|для|(?=\(?\d))\b"
)
_CONJUNCTION = re.compile(r"\s+(?:and|und|et|y|e|и)$")
# "Translation", "Editor", "Korrektur": nouns, which head chapters as well as credits.
_NOUN = re.compile(r"(?:[ts]ions?|ings?|ers?|eurs?|ors?|ungen|ung|cion|cao|zione|ture?|s)\b", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\b(?:was|were|had|has|have|would|should|must|can|could|did|does|he|she|they|we|I|you|wurde|war|hat|était|fut|fue|era)\b"
)
_WORK = r"this (?:work|text|document|article)"
_SPEECH = r"(?:speech|lecture|letter|pamphlet|report|article|rede|brief|discours|discurso|discorso)"
_BEGINNINGS: tuple[tuple[re.Pattern[str], Key], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"(?:[Cc]opyright|COPYRIGHT)\s*(?:©|\([Cc]\)|\d|by\b|held\b|[A-ZÀ-Þ])|©|\([Cc]\) ?\d{4}", Key.COPYRIGHT),
        (r"(?i:permission is (?:hereby )?granted\b)", Key.PERMISSION),
        (
            r"(?i:(?:re-?)?(?:published|produced|printed|posted)|used|available|appears)\b.*\bpermission\b",
            Key.PERMISSION,
        ),
        (r"(?i:copyleft\b)", Key.COPYLEFT),
        (rf"(?i:(?:{_WORK} is )?(?:in the )?public domain\b)", Key.PUBLIC_DOMAIN),
        (r"(?i:this edition (?:by|published|was|is|from|first)\b)", Key.EDITION),
        (r"(?i:this (?:english )?translation (?:by|from|was|is|first)\b)", Key.TRANSLATED),
        (r"Thanks to (?:(?:the |and |& )*[A-ZÀ-Þ][^\s,]*,? ?){1,8}(?:for\b.*)?\.?$", Key.THANKS),
        (rf"(?i:from|aus|de|dal) (?i:an?|einer|einem|une?|una?|the) (?i:{_SPEECH})\b.*[.\d]$", Key.SOURCE),
        # "From Labor Action, Vol. 9 No. 26, 25 June 1945, p. 1." ends with its date or page.
        (r"[Ff]rom (?:the |The )?[“\"‘']?[A-ZÀ-Þ](?!\w+ \d).*\d[)\].;]*$", Key.SOURCE),
        (r"(?:[Aa]us dem \w+ (?:übersetzt )?von|[Tt]raduit d\w+ \w+ par)\b", Key.TRANSLATED),
        (r"[Нн]а русский язык перев|[Пп]еревод с\b|[Пп]ерев[её]л", Key.TRANSLATED),
        (r"[Пп]ечатается по\b", Key.SOURCE),
        # "写于一九二一年三月", "载于1921年3月4日《真理报》", "选自《列宁全集》第2版", "译自俄文版", "感谢张三录入".
        (r"(?:本文|本书|此文|此信)?(?:约)?(?:写|作|寫)(?:成|作)?(?:于|於).{0,12}年", Key.WRITTEN),
        (r"(?:首次|最初|第一次|初次)(?:发表|刊登|刊载|載|载|出版|發表|刊載)|原[载載刊]", Key.FIRST_PUBLISHED),
        (r"(?:[载載刊](?:[载載登])?|发表|發表)[于於]", Key.PUBLISHED),
        (
            r"[选選录錄摘译譯转轉引][自引].{0,3}[《〈「“]|(?:根据|根據).{2,60}(?:[译譯](?:出|校)|排印|刊印|翻[译譯])",
            Key.SOURCE,
        ),
        (r"[译譯]自.{2,12}[文版本]", Key.SOURCE),
        (r"[感鳴鸣致][谢謝].{2,40}(?:[录錄]入|校[对對]|[扫掃]描|提供|整理|[制製]作|打字)", Key.THANKS),
        # "كتب في آذار 1921", "نشر لأول مرة في جريدة برافدا", "ترجمة فلان عن الروسية"
        (r"(?:كُ?تبت?|حُ?رر) (?:في|عام|سنة|بين) .{0,30}\d{4}", Key.WRITTEN),
        (r"(?:نشرت?|صدرت?) (?:لأول مرة|لاول مرة|أول مرة|للمرة الأولى|للمرة الاولى)", Key.FIRST_PUBLISHED),
        (r"(?:نشرت?|صدرت?) (?:في|عام|سنة) .{0,60}\d", Key.PUBLISHED),
    )
)


_COLON = re.compile("[:：]")
# "【来源】人民出版社": brackets set the label apart.
_BRACKETED = re.compile(r"[【\[［〔](?P<label>[^】\]］〕:：]{2,14})[】\]］〕]\s*[:：]?\s*(?P<value>\S.*)")


def split(line: str) -> tuple[str, str] | None:
    """Label and value of a line, "Source:Lenin's Works"; None where what stands before the colon is no label."""
    if not line.isascii() and (match := _BRACKETED.fullmatch(line)) and canonical(match["label"]):
        return match["label"].strip(), match["value"]
    colon = _COLON.search(line)
    if colon is None:
        return None
    label, value = line[: colon.start()].strip().lstrip("[(（【〔［*•–- "), line[colon.end() :].strip()
    # "… de lo escrito: la razón es …" is the end of a sentence that a line break cut off.
    return (label, value) if not label.islower() and canonical(label) else None


def credit(line: str) -> str | None:
    """The key of a credit in prose ("[Transcribed by Zodiac]" -> "transcribed"); None for any other line."""
    text = line.strip().strip("[]*•（）〔〕［］ ")
    if not text or text[0].islower() or len(text) > LONGEST_CREDIT:
        return None
    if any(word.casefold().strip(",.") in MONTHS for word in text.split()[:2][-1:]):
        # "From February to October 1917" is a heading.
        return None
    return next((key for beginning, key in _BEGINNINGS if beginning.match(text)), None) or _verb(text)


def _verb(text: str) -> str | None:
    """The key of the verb that a line begins with: "Transcribed & marked up by ...", "Geschrieben im Mai 1847"."""
    head = _HEAD.match(text)
    if not head or _PREDICATE.search(text[: 2 * LONGEST_LABEL]):
        return None
    verb = _CONJUNCTION.sub("", head["head"])
    key = None if fold(verb) in WHOLE_LABELS else canonical(verb)
    found = set(keys(key))
    if found and found <= _MAKERS:
        return key if head["by"] or not _NOUN.search(head["head"].split()[0]) else None
    # "Written in Blood" may be a title; a statement has a number, names somebody or ends with a full stop.
    stated = bool(head["by"]) or re.search(r"\d| by |\.$", text)
    return key if found and found <= _MAKERS | _ORIGINS and stated else None

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Elements, classes and styles -> how characters look.

https://html.spec.whatwg.org/multipage/text-level-semantics.html
"""

from __future__ import annotations

import re

from publisher.readers.hypertext.model import Look

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol optgroup p pre"
    " search section summary table tbody td tfoot th thead tr ul plaintext listing xmp".split()
)
# These hold characters only; any other block inside one ends it.
LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 pre listing xmp plaintext".split())
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
# What a page has for its machine: no part of the text.
MACHINE = frozenset("script style".split())
CONTROLS = frozenset("button datalist input label optgroup option select textarea".split())
_TAGS: dict[str, Look] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var", "u"), "emphasis"),
    **dict.fromkeys(("del", "s", "strike"), "deleted"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
    "ins": "inserted",
    "sup": "superscript",
    "sub": "subscript",
}
INLINES = frozenset(
    "a abbr acronym applet audio bdi bdo big blink canvas data font iframe label map marquee meter nobr noembed"
    " noscript object output picture progress q rb rp rt rtc ruby slot small span svg template time tt video wbr"
    " head title colgroup".split()
) | frozenset(_TAGS)
KNOWN = BLOCKS | VOID | MACHINE | CONTROLS | INLINES
_CLASSES: dict[Look, re.Pattern[str]] = {
    "small-caps": re.compile(r"(?:all)?-?sm(?:all)?-?cap(?:ital)?s?|sc|kapitaelchen|caps"),
    "spaced": re.compile(r"(?:letter-?)?spac(?:ed|ing)|gesperrt|sperrung|sperr|wide|expanded"),
    "emphasis": re.compile(r"ital(?:ic)?s?|emph(?:asis)?|kursiv|title-?ital"),
    "strong": re.compile(r"bold|fett|strong"),
    "superscript": re.compile(r"super(?:script)?|sup"),
    "subscript": re.compile(r"sub(?:script)?"),
    "deleted": re.compile(r"strike(?:through)?|deleted|del"),
}
_STYLES: dict[Look, re.Pattern[str]] = {
    "small-caps": re.compile(r"font-variant[a-z-]*\s*:\s*(?:all-)?small-caps"),
    "spaced": re.compile(r"letter-spacing\s*:\s*\.?0*[.]?[1-9]"),
    "emphasis": re.compile(r"font-style\s*:\s*(?:italic|oblique)"),
    "strong": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"),
    "superscript": re.compile(r"vertical-align\s*:\s*(?:super|text-top)"),
    "subscript": re.compile(r"vertical-align\s*:\s*sub"),
    "deleted": re.compile(r"text-decoration[a-z-]*\s*:\s*line-through"),
}
_ALIGNED = re.compile(r"text-align\s*:\s*(center|right|left|justify)")


def looks(tag: str, attributes: dict[str, str]) -> frozenset[Look]:
    """What an inline element says about its characters."""
    found: set[Look] = {_TAGS[tag]} if tag in _TAGS else set()
    kinds = attributes.get("epub:type", "")
    if "z3998:stage-direction" in kinds:
        found = {"direction"}
    elif tag == "b" and kinds:  # small capitals: https://standardebooks.org/manual/latest/8-typography
        found = {"small-caps"}
    for name in attributes.get("class", "").lower().split():
        found.update(look for look, pattern in _CLASSES.items() if pattern.fullmatch(name))
    if style := attributes.get("style", "").lower():
        found.update(look for look, pattern in _STYLES.items() if pattern.search(style))
    return frozenset(found)


def align(tag: str, attributes: dict[str, str]) -> str:
    """How a block's lines are set: "center", "right", "left", "" where it does not say."""
    if tag == "center":
        return "center"
    if match := _ALIGNED.search(attributes.get("style", "").lower()):
        return match[1]
    return attributes.get("align", "").lower()

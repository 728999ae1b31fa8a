# SPDX-License-Identifier: AGPL-3.0-or-later
"""A theme's page and its style sheets -> the CSS that pages are laid out with: of the text, of heads and folios."""

from __future__ import annotations

import re

from publisher.fonts import CODE
from publisher.resources import style
from publisher.themes import Design

# How much more room Arabic letters need from line to line, with their marks above and below.
LOOSE = 1.2
# The enclosed licence, in small type, has only these parts of the margins beside and below the text.
LICENCE_SIDES = 0.4
LICENCE_FOOT = 0.65
# Millimetres that the text block is deeper than its lines: rounding must not cost each page its last one.
SLACK = 0.01


def text(page: Design) -> str:
    """The rules of the text. No page knows yet on which side of the paper it will stand: the type area is amid it."""
    return "\n".join((geometry(page, sided=False), style("print/base.css"), style(f"print/{page.theme.name}.css")))


def furniture(page: Design, direction: str) -> str:
    """The rules of running heads and folios; `direction` is "ltr" or "rtl"."""
    rules = style(f"print/{page.theme.name}.furniture.css")
    return "\n".join((geometry(page, sided=True), mirrored(rules) if direction == "rtl" else rules))


def mirrored(rules: str) -> str:
    """Rules with left and right exchanged: in a book that is read from right to left, rectos are on the left."""
    return re.sub(r"\b(left|right)\b", lambda side: "right" if side[1] == "left" else "left", rules)


def geometry(page: Design, *, sided: bool) -> str:
    """What depends on theme and paper: size and margins of the page, sizes of type, families."""
    top, outer, bottom, inner = page.margins
    bottom -= SLACK
    if not sided:
        outer = inner = (outer + inner) / 2
    return f"""\
@page {{ size: {page.width:.3f}mm {page.height:.3f}mm; margin-top: {top:.3f}mm; margin-bottom: {bottom:.3f}mm }}
{_sides("", inner, outer)}
@page licence {{ margin-bottom: {bottom * LICENCE_FOOT:.3f}mm }}
{_sides("licence", inner * LICENCE_SIDES, outer * LICENCE_SIDES)}
:root {{
  --size: {page.size}pt;
  --line: {page.leading}pt;
  --depth: {page.lines * page.leading:.3f}pt;
  --title: {page.theme.title_size}rem;
  --heading: {page.theme.heading_size}rem;
  --text: {_list(page.theme.faces)};
  --code: "{CODE}";
  font-size: var(--line);
}}
html[dir=rtl] {{ font-size: calc({LOOSE} * var(--line)) }}
[dir=ltr] {{ direction: ltr }}
"""


def _sides(page: str, inner: float, outer: float) -> str:
    """The inner and outer margins of all pages of one name ("" for those without)."""
    return f"""\
@page {page}:left {{ margin-left: {outer:.6f}mm; margin-right: {inner:.6f}mm }}
@page {page}:right {{ margin-left: {inner:.6f}mm; margin-right: {outer:.6f}mm }}"""


def _list(families: tuple[str, ...]) -> str:
    return ", ".join(f'"{family}"' for family in families)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""A user's own style sheet -> what it would do to the words of a book, found out on a page that has all kinds of them.

CSS can hide words, add others, write them in white on white or off the page, and drive a layout into a loop. None of
that can be seen in a rule alone. So the rules are tried before the book is laid out: every word must be where it can be
read, as it is written.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from msgspec.structs import replace

from publisher.errors import Location, Problem
from publisher.pictures import Picture
from publisher.writers.matter import Matter
from publisher.writers.pdf import layout

Theirs: TypeAlias = Any
"""What is WeasyPrint's, which has no types."""

# Seconds of computing that all rules together may take on the specimen, which takes a tenth of one without them.
LONGEST = 4
# Pixels of the smallest type that can be read: four points. Note calls are smaller than the text.
SMALLEST = 4 / 0.75
# What words and paper contrast at the least; 1 is none, black on white 21 (WCAG 2.2, 1.4.3 asks for 4.5).
CONTRAST = 1.6
# How little a colour may cover of what is behind it.
FAINTEST = 0.16
HINT = "All words must be printed as they stand, where they can be read. Leave the rule out, or say it in another way."
_BETWEEN = re.compile("[\\s\u2010-]")
_PROSE = "Whoever weaves shall not freeze, for the loom is old and the thread is thin, and no one lights the fire. " * 3
SPECIMEN = f"""<html lang="en"><body class="notes-end">
<div class="page title-page opens"><section id="title"><p class="author">Weaver</p><h1>The Mill</h1>
<p class="subtitle">A Tale</p><p class="contributor">Translated</p><p class="publisher">Press</p></section></div>
<div class="page contents-page opens"><section class="contents"><h1>Contents</h1>
<ol><li class="depth-0 chapter-entry"><a href="#one" data-page="1">The Loom</a></li></ol></section></div>
<div class="page chapter-page depth-0 opens initial"><section id="one"><h1><span class="number">Chapter One</span>
<span class="title">The Loom</span></h1><p class="subtitle">In winter</p><div class="epigraph"><p>Motto</p></div>
<p>{_PROSE}<em>stressed</em> <strong>strongly</strong> <span class="small-caps">Mill</span> <code>code</code>
<a href="https://example.org">link</a><a class="noteref" href="#n">1</a> <i class="direction">aside</i></p>
<p>{_PROSE}</p>
<blockquote class="quote"><p>{_PROSE}</p></blockquote>
<blockquote class="verse"><p><span>A line of verse</span><br><span class="indent-1">and another</span></p></blockquote>
<ul><li>An item</li><li><p>{_PROSE}</p></li></ul><ol><li>A counted item</li></ol>
<dl><dt>Term</dt><dd>Meaning</dd></dl><pre class="listing"><code>a program</code></pre>
<table><caption>Caption</caption><thead><tr><th>Head</th><th>Tail</th></tr></thead>
<tbody><tr><td>cell</td><td class="figures">12</td></tr></tbody></table>
<div class="speech"><p><b class="speaker">Weaver.</b> {_PROSE}</p></div><p class="stage">Exit</p>
<p class="break">* * *</p>
<figure><figcaption>Below</figcaption></figure><p class="dateline">Paris</p><p class="salutation">Dear</p>
<p class="signature">Yours</p><p class="lines">Lines</p>
<section id="two"><h2>A Section</h2><p>{_PROSE}</p><section id="three"><h3>Deeper</h3><p>{_PROSE}</p>
</section></section></section></div>
<div class="page notes-page opens"><section id="notes"><h1>Notes</h1><h2>One</h2><ol><li id="n" epub:type="footnote">
<p><span class="label">1</span> {_PROSE}<a class="backlink" href="#one">back</a></p></li></ol></section></div>
<div class="page credits-page opens"><section id="credits" class="credits"><h1>Licence</h1><section><h2>Source</h2>
<p>{_PROSE}</p></section></section></div>
</body></html>"""


class _TooLongError(BaseException):
    """The layout takes longer than it may."""


def check(
    rules: Sequence[tuple[Location, str]], theme: str, paper: str, pictures: tuple[Picture, ...] = ()
) -> Iterator[Problem]:
    """The rule that spoils the words, if all together do.

    `rules` are CSS with their places, `pictures` those that they show.
    """
    plain = Matter("specimen", SPECIMEN, theme, paper, pictures=pictures)
    whole = _words(plain)
    together = "".join(rule for _, rule in rules)
    if not (found := _fault(replace(plain, style=together), whole)):
        return
    for place, rule in rules:
        if alone := _fault(replace(plain, style=rule), whole):
            yield Problem("G005", alone, place, HINT)
            return
    yield Problem("G005", found, Location(rules[0][0].file), HINT)


def _fault(matter: Matter, whole: str) -> str:
    """What is wrong with the words under some rules; nothing where they are all there."""
    try:
        with _limited():
            found = _words(matter)
    except _TooLongError:
        return f"the layout does not end in {LONGEST} seconds with this rule"
    except Exception as error:  # noqa: BLE001 (whatever the layout stumbles over, the rule is its cause)
        return f"the layout fails with this rule ({type(error).__name__})"
    return "" if found == whole else "with this rule words cannot be read, or are not those that are written"


def _words(matter: Matter) -> str:
    """The letters on the specimen's pages that can be read, without spaces and hyphens, which lines may take or add."""
    document, _ = layout.rendered(matter)
    words: list[str] = []
    for page in document.pages:
        for root in page._page_box.children:  # noqa: SLF001 (its only way in)
            words += _readable(root, page._page_box, (1.0, 1.0, 1.0), 1.0)  # noqa: SLF001
    return _BETWEEN.sub("", "".join(words))


def _readable(box: Theirs, page: Theirs, ground: tuple[float, float, float], opacity: float) -> Iterator[str]:
    """The text of boxes in their order, without what nobody can see."""
    style = box.style
    if hasattr(box, "text"):
        if _is_seen(box, page, ground, opacity):
            yield box.text
        return
    opacity *= style["opacity"]
    behind = style["background_color"]
    if behind not in (None, "currentcolor") and _alpha(behind) > FAINTEST:
        ground = _rgb(behind)
    if (box.element_tag or "").endswith("::marker"):
        return
    for child in getattr(box, "children", ()):
        yield from _readable(child, page, ground, opacity)


def _is_seen(box: Theirs, page: Theirs, ground: tuple[float, float, float], opacity: float) -> bool:
    style = box.style
    inside = -1 < box.position_x < page.margin_width() and -1 < box.position_y < page.margin_height()
    ends = box.position_x + box.width <= page.margin_width() + 1
    large = style["font_size"] >= SMALLEST and style["text_transform"] in ("none", None)
    color = style["color"]
    plain = _contrast(_rgb(color), ground) >= CONTRAST and _alpha(color) * opacity > FAINTEST
    return bool(inside and ends and large and plain and style["visibility"] == "visible")


def _rgb(color: Theirs) -> tuple[float, float, float]:
    red, green, blue = color.to("srgb").coordinates
    return red, green, blue


def _alpha(color: Theirs) -> float:
    return float(color.alpha)


def _contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Between 1 and 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@contextmanager
def _limited() -> Iterator[None]:
    """Ends what takes too long, where signals can: in the main thread of a process."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    # Again until it is heard: an exception that meets a callback from C is forgotten.
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

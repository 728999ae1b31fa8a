# SPDX-License-Identifier: AGPL-3.0-or-later
"""AMuseWiki's texts, as libraries such as the Anarchist Library keep them: one text, or the files of one work.

A text begins with lines "#title ...", "#author ...", "#source ..." up to a blank line; what they say is read like the
header of any other text. The marks below are those of https://amusewiki.org/library/manual; tests/cases/muse has an
example of each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from publisher.errors import Location
from publisher.readers import Read, Source
from publisher.readers.lightweight import arrangement, muse_inlines, muse_lines
from publisher.readers.lightweight.arrangement import Place
from publisher.readers.lightweight.manuscript import Manuscript, keep, report
from publisher.readers.lightweight.plan import Plan
from publisher.readers.lightweight.press import Press
from publisher.readers.lightweight.sheet import Sheet
from publisher.readers.lightweight.tree import Tree

_DIRECTIVE = re.compile(r"#([A-Za-z][\w-]*)[ \t]*(.*)")


def read(sources: Sequence[Source], *, ordered: bool = False, pictures: Collection[str] = ()) -> Read:  # noqa: ARG001 (they stand in their order)
    """Reads a work from its texts; raises SourceError if none of them has any words."""
    press = Press(sources, pictures)
    manuscripts = [_manuscript(Sheet(file, ink.text, [0], [(ink, 0)])) for file, ink in press.inks.items()]
    if len(manuscripts) == 1:
        only = manuscripts[0]
        plan = Plan(only.titles, only.subtitles, arrangement.alone(only))
    else:
        plan = Plan((), (), arrangement.several([Place(manuscript) for manuscript in manuscripts]))
    return press.read(plan, manuscripts)


def _manuscript(sheet: Sheet) -> Manuscript:
    manuscript = Manuscript(sheet)
    end = _header(manuscript)
    root, findings = muse_lines.tree(sheet.text, sheet.file, end)
    report(manuscript, findings)
    manuscript.nodes = root.children
    return manuscript


def _header(manuscript: Manuscript) -> int:
    """Keeps what the directives say; gives the offset of the text below them."""
    text = manuscript.sheet.text
    at = len(text) - len(text.lstrip())
    start, key = -1, ""
    while at < len(text):
        end = text.find("\n", at) if "\n" in text[at : at + 1] or text.find("\n", at) >= 0 else len(text)
        found = _DIRECTIVE.fullmatch(text, at, end)
        if not found and not (key and text[at:end].strip()):
            break
        if found:
            _keep(manuscript, key, start, at)
            start, key = found.start(2), found[1]
        at = end + 1
    _keep(manuscript, key, start, at)
    return min(at, len(text))


def _keep(manuscript: Manuscript, key: str, start: int, end: int) -> None:
    if key:
        tree = Tree(Location(manuscript.sheet.file))
        muse_inlines.plant(tree, manuscript.sheet.text, start, min(end, len(manuscript.sheet.text)), ())
        keep(manuscript, (key,), tree.root.children)

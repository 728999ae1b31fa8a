# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finished files of an e-book -> what may be claimed of its accessibility.

The files are looked at as a reading system gets them, whoever wrote them. Each check stands for success criteria of
WCAG 2.2 (https://www.w3.org/TR/WCAG22/) or a rule of EPUB Accessibility 1.1 that a program can decide for a book of
text and pictures: pictures with words (1.1.1), tables with heads and headings in order (1.3.1), nothing that flashes
(2.3.1), titles and ways to each page (2.4.1, 2.4.2, 2.4.5), links with names that lead somewhere (2.4.4, 4.1.2), a
language (3.1.1), and no colours, sizes or lengths that override the reader's (1.4.3, 1.4.4, 1.4.12). Nothing in a book
asks for input, moves by itself or runs, so that the other criteria have nothing to hold for.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from posixpath import join, normpath

from lxml import etree
from msgspec import Struct, field

from publisher.accessibility.model import Accessibility, Obstacle
from publisher.names import page_of

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNKNOWN = "und"
_LOOKED_AT = tuple(f"{_XHTML}{name}" for name in ("a", "img", "table", "span", *(f"h{level}" for level in range(1, 7))))
_HEADING = re.compile(r"h([1-6])")
_IDS = etree.XPath("//@id")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Declarations that take a choice from the reader: colours, and lengths that do not follow the size of the type.
_FIXED = re.compile(r"(?<![\w-])(?:background|background-color|color)\s*:|\d(?:px|pt|cm|mm|in)\b")
_MOVING = re.compile(rb"<(?:\w+:)?(?:animate\w*|set)[\s/>]|@keyframes")
_MAY_MOVE = ("image/gif", "image/webp", "image/png")


class _Found(Struct):
    """What has been found on the pages so far."""

    obstacles: Counter[Obstacle] = field(default_factory=Counter)
    pictures: int = 0
    notes: int = 0
    headings: int = 0
    roles: bool = False
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    marks: set[str] = set()


def audit(
    spine: Mapping[str, str], navigation: tuple[str, str], style: str, pictures: Iterable[tuple[str, bytes]]
) -> Accessibility:
    """What the files show; raises XMLSyntaxError for a page that is not well-formed.

    `spine` is the pages by their files in reading order, `navigation` the file of the navigation and its text, `style`
    the style sheet, `pictures` are given with their media types.
    """
    found = _Found()
    for file, text in {**spine, navigation[0]: navigation[1]}.items():
        _look(file, etree.fromstring(text.encode()), found, is_read=file in spine)
        found.roles = found.roles or ' role="' in text
    entries = _navigate(navigation, [file for file in spine if file != navigation[0]], found)
    known = {f"{file}#{id_}" for file, ids in found.ids.items() for id_ in ids} | found.ids.keys()
    found.obstacles["links"] += sum(target not in known for _, target in found.links)
    found.obstacles["style"] += len(_FIXED.findall(_COMMENT.sub("", style)))
    found.obstacles["motion"] += sum(_moves(media_type, data) for media_type, data in pictures)
    return Accessibility(
        pictures=found.pictures,
        notes=found.notes,
        headings=found.headings,
        entries=entries,
        marks=len(found.marks),
        roles=found.roles,
        obstacles={kind: count for kind, count in found.obstacles.items() if count},
    )


def _look(file: str, root: etree._Element, found: _Found, *, is_read: bool) -> None:
    """Looks at one page; of the navigation's file only names are noted where it is not among the pages."""
    ids = [str(id_) for id_ in _IDS(root)]
    found.ids[file] = set(ids)
    found.obstacles["ids"] += len(ids) - len(found.ids[file])
    found.obstacles["language"] += root.get(_LANG, UNKNOWN).partition("-")[0] == UNKNOWN
    found.obstacles["titles"] += not root.findtext(f"{_XHTML}head/{_XHTML}title", "").strip()
    levels = [0]
    for element in root.iter(*_LOOKED_AT):
        _look_at(file, element, found, levels, is_read=is_read)
    found.headings += len(levels) - 1
    found.obstacles["headings"] += sum(below - above > 1 for above, below in pairwise(levels[1:]))


def _look_at(file: str, element: etree._Element, found: _Found, levels: list[int], *, is_read: bool) -> None:
    name = etree.QName(element).localname
    if name == "a":
        _look_at_link(file, element, found)
    elif name == "img":
        is_cover = element.get("role") == "doc-cover"
        found.pictures += not is_cover
        found.obstacles["pictures"] += not element.get("alt", "").strip()
    elif name == "table":
        found.obstacles["tables"] += element.find(f".//{_XHTML}th") is None
    elif name == "span":
        if element.get(_TYPE) == "pagebreak":
            found.marks.add(f"{file}#{element.get('id', '')}")
            found.obstacles["pages"] += not element.get("aria-label", "").strip()
    elif is_read and (heading := _HEADING.fullmatch(name)):
        levels.append(int(heading[1]))
        found.obstacles["headings"] += not "".join(element.itertext()).strip()


def _look_at_link(file: str, link: etree._Element, found: _Found) -> None:
    role, target = link.get("role", ""), link.get("href", "")
    has_name = link.get("aria-label", "").strip() or "".join(link.itertext()).strip()
    found.obstacles["calls" if role == "doc-noteref" else "links"] += not has_name
    found.notes += role == "doc-noteref"
    if not _SCHEME.match(target):
        found.links.append((file, _resolved(file, target)))


def _resolved(file: str, target: str) -> str:
    """Where a link leads, from the folder of the package: "#a" in "x.xhtml" -> "x.xhtml#a"."""
    path, mark, id_ = target.partition("#")
    return (normpath(join(file, "..", path)) if path else file) + mark + id_


def _navigate(navigation: tuple[str, str], spine: Sequence[str], found: _Found) -> int:
    """Compares the navigation with the pages; returns how many entries the table of contents has.

    Each page must be reached from the contents or the landmarks, if it does not go on with the one before; each mark of
    a page of the print from the page list.
    """
    file, text = navigation
    navs = etree.fromstring(text.encode()).iter(f"{_XHTML}nav")
    lists = {nav.get(_TYPE, ""): set(_targets(file, nav)) for nav in navs}
    reached = {target.partition("#")[0] for targets in lists.values() for target in targets}
    found.obstacles["contents"] += sum(page not in reached and page_of(page) == page for page in spine)
    found.obstacles["pages"] += len(found.marks ^ lists.get("page-list", set()))
    return len(lists.get("toc", ()))


def _targets(file: str, nav: etree._Element) -> Iterator[str]:
    for link in nav.iter(f"{_XHTML}a"):
        yield _resolved(file, link.get("href", ""))


def _moves(media_type: str, data: bytes) -> bool:
    """Whether a picture has several frames, or moves by its own program."""
    if media_type == "image/svg+xml":
        return _MOVING.search(data) is not None
    if media_type not in _MAY_MOVE:
        return False
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        return bool(getattr(picture, "is_animated", False))

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules: which readers each is for, where it is documented, and what in a book breaks it.

Sources are the readers' own guidelines where there are any, else their code or what their developers say in their
trackers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.readers.book import OPF, TYPE, XHTML, Book, Link, text, types

APPLE, KOBO, KINDLE, THORIUM, KOREADER = READERS = ("Apple Books", "Kobo", "Kindle", "Thorium", "KOReader")

GUIDE = "https://help.apple.com/itc/booksassetguide/#/itccf8ecf5c8"
NO_CHILDREN = "https://github.com/jgm/pandoc/issues/1995"
ASIDES = "https://github.com/gutenbergtools/ebookmaker/issues/349"
KOBO_GUIDE = "https://github.com/kobolabs/epub-spec"
KOBO_NOTES = f"{KOBO_GUIDE}#footnotesendnotes-are-fully-supported-across-kobo-platforms"
KINDLE_GUIDE = "https://kindlegen.s3.amazonaws.com/AmazonKindlePublishingGuidelines.pdf"
KINDLE_RUN_ON = "https://github.com/jgm/pandoc/pull/4491"
READIUM = "https://github.com/readium/r2-navigator-js/blob/develop/src/electron/renderer/webview/popupFootNotes.ts"
THORIUM_ASIDES = "https://github.com/edrlab/thorium-reader/issues/1690"
# calibre splits at 260 KB for Adobe's reader, which Kobo and others use.
FLOW_SIZE = "https://manual.calibre-ebook.com/generated/en/ebook-convert.html#cmdoption-ebook-convert-epub-output-options-flow-size"
CRENGINE = "https://github.com/koreader/koreader-base/blob/master/cre.cpp"
KOREADER_ASIDES = "https://github.com/koreader/koreader/issues/8623"

Check = Callable[[Book], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """One rule; `find` yields what breaks it."""

    name: str
    says: str
    readers: tuple[str, ...]
    sources: tuple[str, ...]
    find: Check


RULES: list[Rule] = []


def rule(says: str, readers: tuple[str, ...], *sources: str) -> Callable[[Check], Check]:
    def add(find: Check) -> Check:
        RULES.append(Rule(find.__name__, says, readers, sources, find))
        return find

    return add


def shown(link: Link) -> str:
    return f"{link.file}: {text(link.element)!r} -> {link.target}#{link.id}"


# ---- Notes ----


@rule("a mark of a note is typed noteref, and what it leads to is typed footnote", (APPLE, KOBO), GUIDE, KOBO_NOTES)
def typed_notes(book: Book) -> Iterator[str]:
    for link in book.calls:
        target = book.target(link)
        if target is None or "footnote" not in types(target):
            yield shown(link)


@rule("a mark of a note holds text and no element", (APPLE,), NO_CHILDREN)
def bare_calls(book: Book) -> Iterator[str]:
    yield from (shown(link) for link in book.calls if len(link.element))


@rule(
    "notes are no asides, which are not shown where they stand",
    (APPLE, THORIUM, KOREADER),
    GUIDE,
    ASIDES,
    THORIUM_ASIDES,
    KOREADER_ASIDES,
)
def notes_in_the_flow(book: Book) -> Iterator[str]:
    for path, note in book.notes:
        around = (note, *note.iterancestors())
        if any(element.tag == f"{XHTML}aside" or element.get("hidden") is not None for element in around):
            yield f"{path}: {note.get('id')}"


@rule("a mark leads to a place in a file, by its id", (KOBO, THORIUM, KOREADER), KOBO_NOTES, READIUM, CRENGINE)
def calls_with_places(book: Book) -> Iterator[str]:
    yield from (shown(link) for link in book.calls if not link.id or book.target(link) is None)


@rule("a note comes after its mark in the book", (KOBO, KOREADER), KOBO_NOTES, CRENGINE)
def notes_behind_calls(book: Book) -> Iterator[str]:
    elements = (element for page in book.pages.values() for element in page.iter())
    order = {element: place for place, element in enumerate(elements)}
    for link in book.calls:
        target = book.target(link)
        inside = any("footnote" in types(element) for element in link.element.iterancestors())
        if target is not None and not inside and order[target] < order[link.element]:
            yield shown(link)


@rule("a note that is not typed has 9 to 5,000 characters; a typed one opens whatever its length", (KOBO,), KOBO_NOTES)
def notes_of_some_length(book: Book) -> Iterator[str]:
    for link in book.calls:
        target = book.target(link)
        if target is not None and "footnote" not in types(target) and not 9 <= len(text(target)) <= 5000:
            yield shown(link)


@rule("each note links back to each place that calls it", (KINDLE,), f"{KINDLE_GUIDE} 10.3.12")
def links_back(book: Book) -> Iterator[str]:
    back = {(link.target, link.id) for link in book.links}
    for link in book.calls:
        if (link.file, link.element.get("id")) not in back:
            yield shown(link)


@rule("a note that is called begins with a link back", (KINDLE,), f"{KINDLE_GUIDE} 10.3.12", KINDLE_RUN_ON)
def links_back_first(book: Book) -> Iterator[str]:
    called = {(link.target, link.id) for link in book.calls}
    for path, note in book.notes:
        first = next((element for element in note.iter() if element.text and element.text.strip()), None)
        if (path, note.get("id")) in called and (first is None or first.tag != f"{XHTML}a"):
            yield f"{path}: {note.get('id')}"


@rule("each note is a block of its own", (KINDLE,), KINDLE_RUN_ON)
def notes_apart(book: Book) -> Iterator[str]:
    for path, note in book.notes:
        if note.tag not in {f"{XHTML}{name}" for name in ("li", "div", "p", "section")} or not len(note):
            yield f"{path}: {note.get('id')}"


@rule("links both ways between two places are notes: others open as notes by mistake", (KINDLE,), f"{KINDLE_GUIDE} 7")
def only_notes_both_ways(book: Book) -> Iterator[str]:
    pairs = {((link.file, link.element.get("id") or ""), (link.target, link.id)) for link in book.links}
    calls = {((link.file, link.element.get("id") or ""), (link.target, link.id)) for link in book.calls}
    for source, target in pairs - calls:
        if (target, source) in pairs - calls:
            yield f"{source} <-> {target}"


@rule("an id can be looked up as a CSS selector: a letter first, no point or colon", (THORIUM,), READIUM)
def plain_ids(book: Book) -> Iterator[str]:
    for path, id_ in book.ids:
        if not re.fullmatch(r"[A-Za-z_][\w-]*", id_):
            yield f"{path}: {id_}"


@rule("a link back has the role doc-backlink: inside a window it is hidden, and the words stay", (THORIUM,), READIUM)
def notes_beyond_links(book: Book) -> Iterator[str]:
    for path, note in book.notes:
        hidden = "".join(text(a) for a in note.iter(f"{XHTML}a") if a.get("role") == "doc-backlink")
        if len("".join(text(note).split())) <= len("".join(hidden.split())):
            yield f"{path}: {note.get('id')}"


@rule("a mark of a note is typed, or it must be guessed from its looks", (KOREADER, THORIUM), CRENGINE, READIUM)
def marked_calls(book: Book) -> Iterator[str]:
    for link in book.links:
        target = book.target(link)
        is_call = "noteref" in types(link.element) and link.element.get("role") == "doc-noteref"
        if target is not None and "footnote" in types(target) and not is_call:
            yield shown(link)


# ---- Package, cover and navigation ----


@rule(
    "the cover is named in the manifest and by the old meta, and is no GIF",
    (KOBO, KINDLE),
    f"{KOBO_GUIDE}#cover-images",
    f"{KINDLE_GUIDE} 4.2",
)
def cover_named(book: Book) -> Iterator[str]:
    covers = [item for item in book.items if "cover-image" in item.get("properties", "").split()]
    named = [meta.get("content") for meta in book.package.iter(f"{OPF}meta") if meta.get("name") == "cover"]
    if len(covers) != 1 or named != [covers[0].get("id")] or covers[0].get("media-type") == "image/gif":
        yield f"{len(covers)} pictures, named {named}"


@rule("the cover's shorter side has 500 pixels or more", (KINDLE,), f"{KINDLE_GUIDE} 4.1")
def cover_large(book: Book) -> Iterator[str]:
    for item in book.items:
        if "cover-image" in item.get("properties", "").split():
            with Image.open(BytesIO(book.files[book.path(item)])) as picture:
                if min(picture.size) < 500:
                    yield f"{picture.size}"


@rule(
    "a page with the cover holds nothing else, and is not among those that are turned to",
    (KOBO, KINDLE),
    f"{KOBO_GUIDE}#cover-images",
    f"{KINDLE_GUIDE} 4.2",
)
def cover_apart(book: Book) -> Iterator[str]:
    covers = {book.path(i) for i in book.items if "cover-image" in i.get("properties", "").split()}
    aside = {i.get("idref") for i in book.package.iter(f"{OPF}itemref") if i.get("linear") == "no"}
    by_path = {book.path(item): item.get("id") for item in book.items}
    for path, picture in book.elements("img"):
        if path.rpartition("/")[0] + "/" + picture.get("src", "") in covers:
            body = book.pages[path][-1]
            if text(body) or by_path[path] not in aside:
                yield path


@rule(
    "names of files have letters, digits, hyphens and underscores, and are told apart without their case",
    (KOBO, KINDLE),
    f"{KOBO_GUIDE}#opf",
    f"{KINDLE_GUIDE} 6.5",
)
def plain_names(book: Book) -> Iterator[str]:
    inside = [name for name in book.files if not name.startswith(("META-INF/", "mimetype"))]
    yield from (name for name in inside if not re.fullmatch(r"[A-Za-z0-9_/-]+\.[a-z0-9]+", name))
    yield from (name for name, count in Counter(name.lower() for name in inside).items() if count > 1)


@rule(
    "there is a table of contents for new readers and one for old ones, in the book's order",
    (KOBO, KINDLE, KOREADER),
    f"{KOBO_GUIDE}#table-of-contents-toc",
    f"{KINDLE_GUIDE} 5.2",
)
def contents_in_order(book: Book) -> Iterator[str]:
    toc = book.nav("toc")
    if toc is None or book.package.find(f"{OPF}spine").get("toc") is None:  # type: ignore[union-attr]
        yield "no toc or no NCX"
        return
    places = list(book.pages)
    folder = book.navigation[0].rpartition("/")[0]
    order = [places.index(f"{folder}/{a.get('href', '').partition('#')[0]}") for a in toc.iter(f"{XHTML}a")]
    if order != sorted(order):
        yield "not in the book's order"


@rule("the contents are lists of links without tables, and stand before the text", (KINDLE,), f"{KINDLE_GUIDE} 5.1")
def contents_first(book: Book) -> Iterator[str]:
    path, nav = book.navigation
    if next(nav.iter(f"{XHTML}table"), None) is not None:
        yield "a table"
    if path in book.pages and list(book.pages).index(path) > 3:
        yield "behind the text"


@rule("numbers of pages are figures, each once, each at a place of its own", (KINDLE,), f"{KINDLE_GUIDE} 10.3.11")
def page_numbers(book: Book) -> Iterator[str]:
    pages = book.nav("page-list")
    links = [] if pages is None else list(pages.iter(f"{XHTML}a"))
    labels = Counter(map(text, links))
    yield from (
        label
        for label, count in labels.items()
        if count > 1 or not re.fullmatch(r"\d+|[ivxlcdm]+", label, re.IGNORECASE)
    )
    yield from (href for href, count in Counter(a.get("href", "") for a in links).items() if count > 1)


@rule(
    "a book that is read from right to left says so in the spine",
    (KOBO, APPLE),
    f"{KOBO_GUIDE}#right-to-left-page-and-text-direction",
    GUIDE,
)
def direction(book: Book) -> Iterator[str]:
    leftward = sum(page.get("dir") == "rtl" for page in book.pages.values()) * 2 > len(book.pages)
    if leftward is not (book.package.find(f"{OPF}spine").get("page-progression-direction") == "rtl"):  # type: ignore[union-attr]
        yield "the spine goes the other way"


# ---- Pages and styles ----


@rule(
    "a file has less than 250 KB: old readers lay out a file as a whole",
    (KOBO, KOREADER),
    FLOW_SIZE,
)
def small_files(book: Book) -> Iterator[str]:
    yield from (path for path in book.pages if len(book.files[path]) >= 250_000)


@rule("no style stands inside a page, and no script", (KOBO, KINDLE), f"{KOBO_GUIDE}#css", f"{KINDLE_GUIDE} 6.3")
def no_inline_styles(book: Book) -> Iterator[str]:
    for path, page in book.pages.items():
        for element in page.iter():
            if element.get("style") is not None or element.tag in (f"{XHTML}style", f"{XHTML}script"):
                yield f"{path}: {element.tag!r}"


@rule(
    "nothing sets colours, grounds or fixed lengths, so that night mode and sizes work",
    (APPLE, KOBO, KINDLE, THORIUM, KOREADER),
    f"{KOBO_GUIDE}#css",
    f"{KINDLE_GUIDE} 10.3.2, 10.3.4",
)
def no_fixed_looks(book: Book) -> Iterator[str]:
    yield from re.findall(
        r"(?<![\w-])(?:background|background-color|color)\s*:[^;}]*|\b\d+(?:px|pt|cm|mm|in)\b", book.styles
    )


@rule(
    "a font is named at the body alone, where readers can choose another; programs have letters of one width",
    (APPLE, KINDLE, KOBO, THORIUM, KOREADER),
    f"{KINDLE_GUIDE} 10.3.2, 10.3.9",
)
def no_forced_font(book: Book) -> Iterator[str]:
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", book.styles):
        names_font = re.search(r"(?<![\w-])font(?:-family)?\s*:", declarations)
        if names_font and not re.search(r"@font-face|^\s*body\s*$|\b(?:code|pre|listing)\b", selectors):
            yield selectors.strip()


@rule("lines that hang out have as much room beside them", (KINDLE,), f"{KINDLE_GUIDE} 6.2")
def compensated_indents(book: Book) -> Iterator[str]:
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", book.styles):
        out = re.search(r"text-indent:\s*-([\d.]+)em", declarations)
        room = re.search(r"padding(?:-left|-inline-start)?:[^;]*?([\d.]+)em", declarations)
        if out and (room is None or float(room[1]) < float(out[1])):
            yield selectors.strip()


@rule("paragraphs do not stand in paragraphs", (KINDLE,), f"{KINDLE_GUIDE} 6.4")
def no_nested_paragraphs(book: Book) -> Iterator[str]:
    for path, paragraph in book.elements("p"):
        if any(element.tag == f"{XHTML}p" for element in paragraph.iterancestors()):
            yield path


@rule("pictures are PNG, JPEG, GIF or SVG, and described", (KINDLE, APPLE), f"{KINDLE_GUIDE} 10.4.1", GUIDE)
def pictures(book: Book) -> Iterator[str]:
    kinds = {book.path(item): item.get("media-type") for item in book.items}
    for path, picture in book.elements("img"):
        kind = kinds.get(path.rpartition("/")[0] + "/" + picture.get("src", ""))
        if kind not in ("image/png", "image/jpeg", "image/gif", "image/svg+xml") or not picture.get("alt"):
            yield f"{path}: {picture.get('src')}"


@rule(
    "words in a page have a language",
    READERS,
    "https://www.w3.org/TR/epub-33/#sec-xhtml-req",
    f"{KOBO_GUIDE}#languages-other-than-english",
)
def languages(book: Book) -> Iterator[str]:
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    yield from (path for path, page in book.pages.items() if not page.get("lang") or page.get("lang") != page.get(xml))


@rule(
    "breaks of pages have names, and all are listed",
    (THORIUM, APPLE),
    "https://kb.daisy.org/publishing/docs/navigation/pagelist.html",
)
def listed_breaks(book: Book) -> Iterator[str]:
    pages = book.nav("page-list")
    listed = set() if pages is None else {a.get("href") for a in pages.iter(f"{XHTML}a")}
    for path, page in book.pages.items():
        for element in page.iter():
            place = f"{path.rpartition('/')[2]}#{element.get('id')}"
            if "pagebreak" in (element.get(TYPE) or "") and not (element.get("aria-label") and place in listed):
                yield place

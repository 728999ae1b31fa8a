# SPDX-License-Identifier: AGPL-3.0-or-later
"""Document nodes -> XHTML. The only place that turns text into markup; EPUB and PDF share it.

Ids come from names.py: a chapter is "the-mill", a note of it "note_the-mill_ibid", the call of that note
"call_the-mill_ibid" and a second call of it "call_the-mill_ibid_2". Vocabularies:
https://www.w3.org/TR/epub-ssv-11/ and https://www.w3.org/TR/dpub-aria-1.1/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import Literal, assert_never
from urllib.parse import quote, urlsplit

from markupsafe import Markup
from msgspec import Struct

from publisher.characters import printable, slug, unique
from publisher.document import (
    Anchor,
    Apparatus,
    Block,
    Break,
    Byline,
    Chapter,
    Code,
    Dateline,
    Dedication,
    Definition,
    Definitions,
    Direction,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Lines,
    Link,
    List,
    Listing,
    Note,
    NoteCall,
    PageMark,
    Paragraph,
    Passage,
    Quote,
    Salutation,
    Section,
    Signature,
    Span,
    SpanKind,
    Speech,
    Subtitle,
    Synopsis,
    Table,
    Text,
    Verse,
    VerseLine,
    plain,
)
from publisher.footing import Footing, NotePlan
from publisher.names import Names, beginning, sections as section_names
from publisher.wording import direction, wording

Href = Callable[[str, str], str]
"""(page, id) -> URL: "#id" in a PDF, "page.xhtml#id" in an EPUB."""

NOTES_PAGE = "notes"
VARIANTS_PAGE = "variants"
# The space behind a label: it gets no wider where a line is filled, so that notes begin one below the other.
FIXED = "\N{FOUR-PER-EM SPACE}"
# Letters of an acronym or number that may stand for a title ("USA", "VII").
LONGEST_ACRONYM = 3
# Classes of tables, the characters that they can have with no word broken on a line of 66, and what parts two columns:
# on a telephone, in print, in print in the smallest type.
TABLES = (("narrow", 34, 1), ("", 62, 3), ("wide", 84, 2))
# Characters of a row of a table that fill most of a page of 66 characters a line.
TALLEST = 1_400
# Characters that a line of verse holds on a page of 66 characters a line, those of a step of indent, and the share of
# lines that may turn over before all are set a little smaller.
LONGEST_VERSE, STEP, MAY_TURN = 60, 2.6, 0.15
# The longest cells of a first column that stay whole ("Article 12").
LONGEST_STUB = 16
_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
# What may stand in a URL as it is: https://www.rfc-editor.org/rfc/rfc3986#section-2
_URL_CHARACTERS = "!#$%&'()*+,/:;=?@~"
# Lines of verse are indented by this many steps at the most.
DEEPEST_INDENT = 8
# Where the text of a cell may be divided.
_BREAKS = re.compile(r"\s|(?<=[-–—])")
# A cell with a number and at most a unit: "4,216,000", "$15", "3 ½ d.", and the dash that stands for none.
_FIGURES = re.compile(r"\W*\d[\d.,:/\s½¼¾%-]*\w{0,2}\W*|[-–—]+")
# The elements of words that are set apart, with their classes.
_SPANS: dict[SpanKind, tuple[str, str]] = {
    "strong": ("strong", ""),
    "small-caps": ("span", "small-caps"),
    "spaced": ("em", "spaced"),
    "superscript": ("sup", ""),
    "subscript": ("sub", ""),
    "deleted": ("del", ""),
    "inserted": ("ins", ""),
    "direction": ("i", "direction"),
}
# Stands before the id in the address of a link into the book until it is known which page that is on.
_HERE = "here:"
_TO_ANCHOR = re.compile(rf' href="{_HERE}(?P<id>[^"]*)"')
# The last word of a line of verse, where a dash follows: "door—" is not to be divided before it. In print,
# linebreaks.py sees to that.
_DASHED, _WHOLE = re.compile(r"[^\s<>]{1,20}[—–]$"), r'<span class="whole">\g<0></span>'
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class _Call(Struct, frozen=True):
    """A call as its page has it; `url` leads to it."""

    id: str
    url: str


class Uses(Struct, frozen=True):
    """What the pages are for: an `ebook` has ids on all blocks; `marks` of the print are for it alone.

    `drawings` are the files of pictures through which the page can be seen; `notes` says where notes stand. `room` is
    what a table has, compared with a page of 66 characters a line.
    """

    ebook: bool = False
    marks: bool = False
    drawings: frozenset[str] = frozenset()
    room: float = 1
    notes: NotePlan = NotePlan()


class Renderer:
    """Renders a book's nodes page by page and remembers where each note was called, for the back-links."""

    def __init__(self, href: Href, language: str, pictures: Mapping[str, str], names: Names, uses: Uses) -> None:
        """`pictures` are the addresses of the book's pictures by their files; words stand for one that is not there."""
        self._href = href
        self._language = language
        self._words = wording(language)
        self._pictures = pictures
        self._names = names
        self._uses = uses
        self._plan = uses.notes
        self._page = ""
        self._chapter = 1
        self._notes: tuple[Note, ...] = ()
        self._calls: dict[tuple[int, int], list[_Call]] = {}
        self._first: list[int] = []
        self._placed: set[tuple[int, int]] = set()
        self._marks: set[str] = set()
        self._blocks: set[str] = set()
        self._anchors: dict[str, str] = {}

    def begin(self, page: str, number: int, chapter: Chapter) -> None:
        """What follows stands on `page`, and its note calls count in chapter `number` (from 1)."""
        self._page, self._chapter, self._notes = page, number, chapter.notes
        self._blocks = set()

    def inlines(self, inlines: Inlines) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return _escape(text)
            case Emphasis(inner):
                return f"<em>{self.inlines(inner)}</em>"
            case Span(kind, inner):
                tag, name = _SPANS[kind]
                return f"<{tag}{_class(name)}>{self.inlines(inner)}</{tag}>"
            case Foreign(language, inner):
                return f"<span{_language(language)}>{self.inlines(inner)}</span>"
            case Code(text):
                return f"<code>{_escape(text)}</code>"
            case Link(url, inner):
                return self._link(url, self.inlines(inner))
            case Image():
                return self._image(inline)
            case PageMark(label):
                return self._mark(label)
            case Anchor(name):
                return self._anchor(name)
            case LineBreak():
                # With white space, so that no two words run together where only the text is read.
                return "<br/>\n"
            case NoteCall(note):
                return self._call(note)
            case _:
                assert_never(inline)

    def _link(self, url: str, content: str) -> str:
        """A link into the book, or to the web; an address of another kind ("index.htm") leads nowhere from a book."""
        if url.startswith("#"):
            return f'<a href="{_HERE}{_id(url[1:])}">{content}</a>'
        address = _address(url)
        return f'<a href="{_escape(address)}">{content}</a>' if address else content

    def _anchor(self, name: str) -> str:
        """A place that links lead to; of several with one name the first."""
        id_ = _id(name)
        if id_ in self._anchors:
            return ""
        self._anchors[id_] = self._href(self._page, id_)
        return f'<span id="{id_}"></span>'

    def settled(self, body: str) -> Markup:
        """A page with its links into the book: only when all pages are made, it is known where they lead."""
        return Markup(_TO_ANCHOR.sub(self._to_anchor, body) if _HERE in body else body)

    def _to_anchor(self, link: re.Match[str]) -> str:
        """The address of a link; one that leads to nothing has none, and its words stay."""
        address = self._anchors.get(link["id"])
        return f' href="{address}"' if address else ""

    def _image(self, image: Image) -> str:
        """A picture, or its description where there is no picture."""
        address = self._pictures.get(image.file)
        if address is None:
            return f'<span class="picture">{_escape(image.alt)}</span>' if image.alt else ""
        name = _class("drawing" if image.file in self._uses.drawings else "")
        return f'<img{name} src="{_escape(address)}" alt="{_escape(image.alt)}"/>'

    def _mark(self, label: str) -> str:
        """Where a page of the printed edition begins, if the edition has its pages; a number may come twice."""
        if not self._uses.marks:
            return ""
        id_ = unique(f"page_{slug(label) or 'x'}", self._marks)
        return page_break(id_, label)

    def _call(self, note: int) -> str:
        earlier = self._calls.setdefault((self._chapter, note), [])
        target = self._names.notes[self._chapter - 1][note]
        id_ = _of_call(target) + (f"_{len(earlier) + 1}" if earlier else "")
        if not earlier:
            self._first.append(note)
        earlier.append(_Call(id_, self._href(self._page, id_)))
        label = _escape(self._notes[note].label)
        url = self._href(_notes_page(self._notes[note]), target)
        is_variant = self._notes[note].apparatus == "variants"
        kind = ' data-apparatus="variants"' if not self._uses.ebook and is_variant else ""
        return (
            f'<a class="noteref" epub:type="noteref" role="doc-noteref" id="{id_}" href="{url}"{kind}'
            f' aria-label="{self._words.note.format(label)}">{label}</a>'
        )

    def text(self, blocks: Iterable[Block]) -> str:
        """Blocks of a chapter or section; in an e-book each has an id."""
        return "\n".join(map(self._named, blocks)) if self._uses.ebook else self.blocks(blocks)

    def _named(self, block: Block) -> str:
        """A block with an id of its first words: reading systems find a highlight by it when a text was mended."""
        markup, name = self._block(block), beginning(block)
        if not name:
            return markup
        # Behind the name of the first tag: "<p>", "<blockquote class=...".
        end = min(place for place in (markup.find(">"), markup.find(" ")) if place > 0)
        return f'{markup[:end]} id="{unique(f"p_{name}", self._blocks)}"{markup[end:]}'

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                return f"<p>{self.inlines(inlines)}</p>"
            case Subtitle(inlines):
                return f'<p class="subtitle" role="doc-subtitle">{self.inlines(inlines)}</p>'
            case Byline(inlines):
                return f'<p class="byline">{self.inlines(inlines)}</p>'
            case Synopsis(inlines):
                return f'<p class="synopsis">{self.inlines(inlines)}</p>'
            case Epigraph(blocks):
                attributes = 'class="epigraph" epub:type="epigraph" role="doc-epigraph"'
                return _wrapped("blockquote", self.blocks(blocks), attributes)
            case Dedication(blocks):
                attributes = 'class="dedication" epub:type="dedication" role="doc-dedication"'
                return _wrapped("section", self.blocks(blocks), attributes)
            case Quote(blocks):
                return _wrapped("blockquote", self.blocks(blocks), 'class="quote"')
            case Passage(language, blocks):
                return _wrapped("div", self.blocks(blocks), _language(language).strip())
            case Verse(stanzas):
                name = "verse" if self._uses.ebook or _fits(stanzas, self._uses.room) else "verse long-lines"
                return _wrapped("blockquote", "\n".join(map(self._stanza, stanzas)), f'class="{name}"')
            case Speech(speaker, blocks):
                return self._speech(speaker, blocks)
            case Direction(inlines):
                return f'<p class="stage">{self.inlines(inlines)}</p>'
            case Dateline(lines):
                return f'<p class="dateline">{self._lines(lines)}</p>'
            case Salutation(inlines):
                return f'<p class="salutation">{self.inlines(inlines)}</p>'
            case Signature(lines):
                return f'<p class="signature">{self._lines(lines)}</p>'
            case Lines(lines):
                return f'<p class="lines">{self._lines(lines)}</p>'
            case Heading(inlines):
                return f'<p class="heading">{self.inlines(inlines)}</p>'
            case List():
                return self._list(block)
            case Definitions(items):
                return _wrapped("dl", "\n".join(map(self._definition, items)))
            case Listing(text):
                return f'<pre class="listing"><code>{_escape(text)}</code></pre>'
            case Table():
                return self._table(block)
            case Figure(image, caption):
                return self._figure(image, caption)
            case Break(mark):
                return f'<p class="break">{_escape(mark)}</p>' if mark else '<hr class="break"/>'
            case _:
                assert_never(block)

    def _stanza(self, lines: tuple[VerseLine, ...]) -> str:
        return "<p>" + "<br/>\n".join(map(self._verse_line, lines)) + "</p>"

    def _verse_line(self, line: VerseLine) -> str:
        name = f"indent-{min(line.indent, DEEPEST_INDENT)}" if line.indent else ""
        words = self.inlines(line.inlines)
        return f"<span{_class(name)}>{_DASHED.sub(_WHOLE, words) if self._uses.ebook else words}</span>"

    def _lines(self, lines: tuple[Inlines, ...]) -> str:
        return "<br/>\n".join(map(self.inlines, lines))

    def _speech(self, speaker: Inlines, blocks: Sequence[Block]) -> str:
        """The speaker opens the first paragraph; before verse or a direction the name has a line of its own."""
        name, body = f'<b class="speaker">{self.inlines(speaker)}</b>', self.blocks(blocks)
        opened = f"<p>{name} {body[3:]}" if body.startswith("<p>") else f'<p class="speaker-line">{name}</p>\n{body}'
        return _wrapped("div", opened.rstrip(), 'class="speech"')

    def _list(self, block: List) -> str:
        items = "\n".join(f"<li>{_tight(self.blocks(item))}</li>" for item in block.items)
        if not block.ordered:
            return _wrapped("ul", items)
        return _wrapped("ol", items, self._start(block.start))

    def _start(self, number: int) -> str:
        """Where a list begins to count. WeasyPrint does not know the attribute, only the counter."""
        if number == 1:
            return ""
        counter = "" if self._uses.ebook else f' style="counter-reset: list-item {number - 1}"'
        return f'start="{number}"{counter}'

    def _definition(self, item: Definition) -> str:
        terms = "".join(f"<dt>{self.inlines(term)}</dt>\n" for term in item.terms)
        return f"{terms}<dd>{_tight(self.blocks(item.blocks))}</dd>"

    def _figure(self, image: Image, caption: Sequence[Block]) -> str:
        picture = self._image(image)
        text = f"<figcaption>{_tight(self.blocks(caption))}</figcaption>" if caption else ""
        return _wrapped("figure", "\n".join(filter(None, (picture, text))))

    def _table(self, table: Table) -> str:
        columns = tuple(tuple(map(plain, column)) for column in zip_longest(*table.rows, fillvalue=()))
        longest = max((sum(map(len, cells)) for cells in zip(*columns, strict=True)), default=0)
        if not self._uses.ebook and longest > TALLEST * self._uses.room:
            return self._unrolled(table)
        classes = tuple(_column_class(number, cells) for number, cells in enumerate(columns))
        name = _table_class(columns, classes, self._uses.room)
        # On a telephone a table of many columns is a list: each cell then says which column it is of.
        is_listed = self._uses.ebook and table.head == 1 and name.startswith("wide")
        labels = tuple(f' data-label="{_escape(cells[0])}"' if is_listed and cells[0] else "" for cells in columns)
        caption = f"<caption>{self.inlines(table.caption)}</caption>\n" if table.caption else ""
        names = tuple(map(_class, classes))
        head = "\n".join(self._row(cells, names, "th") for cells in table.rows[: table.head])
        crowded = name.endswith("crowded") and not self._uses.ebook
        attributes = tuple(f"{name}{label}" for name, label in zip(names, labels, strict=True))
        body = "\n".join(self._row(cells, attributes, "td") for cells in table.rows[table.head :])
        if head and crowded:
            # It may be so high that no row has room below it: then it is not repeated on each page.
            head, body = "", f"{head}\n{body}"
        parts = ((_wrapped("thead", head) + "\n") if head else "") + (_wrapped("tbody", body) if body else "")
        return _wrapped("table", caption + parts, _class(f"{name} listed" if is_listed else name).strip())

    def _unrolled(self, table: Table) -> str:
        """A table with rows that fill pages: its cells one below the other, since a page could not end within a row."""
        caption = f'<p class="heading">{self.inlines(table.caption)}</p>' if table.caption else ""
        rows = ("\n".join(f"<p>{words}</p>" for cell in cells if (words := self.inlines(cell))) for cells in table.rows)
        return "\n".join(filter(None, (caption, *(_wrapped("div", row, 'class="row"') for row in rows if row))))

    def _row(self, cells: tuple[Inlines, ...], attributes: tuple[str, ...], tag: Literal["td", "th"]) -> str:
        """A row of as many cells as the table has columns: a tagged PDF wants rows of one length."""
        scope = ' scope="col"' if tag == "th" else ""
        columns = zip_longest(attributes, cells, fillvalue=())
        filled = (f"<{tag}{scope}{attribute}>{self.inlines(cell)}</{tag}>" for attribute, cell in columns)
        # Parted, so that no two words run together where only the text is read.
        heads = tag == "td" and len(attributes) > 1 and bool(cells and cells[0]) and not any(cells[1:])
        return f"<tr{_class('group' if heads and not self._uses.ebook else '')}>" + "\n".join(filled) + "</tr>"

    def sections(self, sections: Iterable[Section], prefix: str, level: int) -> str:
        """Sections with headings from `level` on; ids continue `prefix` ("the-mill" -> "the-mill_the-lamp")."""
        found = tuple(sections)
        return "\n".join(map(self._section, found, section_names(found, prefix), [level] * len(found)))

    def _section(self, section: Section, id_: str, level: int) -> str:
        tag = f"h{min(level, 6)}"
        capitals = ' class="capitals"' if is_capitals(plain(section.title)) else ""
        heading = f"<{tag}{capitals}>{self.inlines(section.title)}</{tag}>" if section.title else ""
        # Levels of headings have no gaps, though sections may lack a title.
        below = self.sections(section.sections, id_, level + 1 if heading else level)
        parts = (heading, self.text(section.blocks), below)
        title = _escape(plain(section.title))
        return _wrapped("section", "\n".join(filter(None, parts)), f'id="{id_}" data-title="{title}"')

    def notes(self, apparatus: Apparatus) -> str:
        """The chapter's endnotes as items of a list, each with links back to all its calls."""
        mine = [
            (index, note)
            for index, note in enumerate(self._notes)
            if note.apparatus == apparatus and (self._chapter, index) not in self._placed
        ]
        # Bodies first: a note may itself call another one, whose back-links must know of it.
        bodies = [self.blocks(note.blocks) for _, note in mine]
        return "\n".join(self._note(index, note, body) for (index, note), body in zip(mine, bodies, strict=True))

    def _note(self, index: int, note: Note, body: str) -> str:
        label = self._label(index, note.label)
        tail = "".join(f"\N{NO-BREAK SPACE}{link}" for link in self._backlinks(index, note.label))
        if not note.called:
            tail += f' <span class="uncalled">{self._words.uncalled}</span>'
        # Label and back-links belong into the first and last paragraph, or they would stand on lines of their own.
        body = _labelled(label, body, " " if self._uses.ebook else FIXED)
        body = f"{body[:-4]}{tail}</p>" if body.endswith("</p>") else f"{body}\n<p>{tail.strip()}</p>"
        id_ = self._names.notes[self._chapter - 1][index]
        if self._uses.ebook:
            # An item of a list can have no role, which a type is to have beside it: so the note is inside.
            return f'<li><div id="{id_}" class="note" epub:type="footnote" role="doc-footnote">{body}</div></li>'
        return f'<li id="{id_}" epub:type="footnote">{body}</li>'

    def _label(self, index: int, label: str) -> str:
        """A note's label; in an e-book it leads back, too, since Kindle knows a note by a link at its beginning."""
        text = _escape(label)
        calls = self._calls.get((self._chapter, index), ())
        if not calls or not self._uses.ebook:
            return f'<span class="label">{text}</span>'
        name = self._words.back.format(text)
        return f'<a class="label" role="doc-backlink" href="{calls[0].url}" aria-label="{name}">{text}</a>'

    def _backlinks(self, index: int, label: str) -> Iterable[str]:
        name = self._words.back.format(_escape(label))
        for number, call in enumerate(self._calls.get((self._chapter, index), ()), 1):
            which = f" ({number})" if number > 1 else ""
            words = self._words.page.format(f'<span class="folio" data-call="#{call.id}"></span>')
            yield (
                f'<a class="backlink" role="doc-backlink" href="{call.url}" aria-label="{name}{which}">'
                f"{words if self._plan.paged else '↑'}</a>"
            )

    def foot(self) -> str:
        """The notes that the page calls first, for the foot of the printed page; none where notes stand elsewhere.

        A note that is called by a note stands behind it; variant readings stay at the end. The blocks of a note are
        elements of their own, each with the place of the call in the text (`data-at`), so that a page may end amid it.
        """
        calls = [(note, _of_call(self._names.notes[self._chapter - 1][note])) for note in self._called()]
        found: list[str] = []
        while calls and self._plan.place == "page":
            note, at = calls.pop(0)
            found += self._foot_note(note, at)
            calls = [*((inner, at) for inner in self._called()), *calls]
        return _wrapped("div", "\n".join(found), 'class="foot"') if found else ""

    def _called(self) -> list[int]:
        """The notes that have been called for the first time since this was asked."""
        first = [note for note in self._first if self._notes[note].apparatus == "notes"]
        self._first = []
        return first

    def _foot_note(self, index: int, at: str) -> Iterable[str]:
        note, id_ = self._notes[index], self._names.notes[self._chapter - 1][index]
        call = self._href(self._page, _of_call(id_))
        footing = self._plan.footings.get(id_, Footing.PARTED)
        if footing is Footing.UNSAID:
            return
        if footing is Footing.REFERRED:
            link = f'<a href="{self._href(NOTES_PAGE, id_)}">{self._words.notes}</a>'
            bodies, id_ = [f"<p>→ {link}</p>"], id_.replace("note", "foot", 1)
        else:
            self._placed.add((self._chapter, index))
            bodies = [self.blocks((block,)) for block in note.blocks] or [""]
            bodies = bodies if footing is Footing.PARTED else ["\n".join(bodies)]
        back = f'role="doc-backlink" href="{call}" aria-label="{self._words.back.format(_escape(note.label))}"'
        bodies[0] = _labelled(f'<a class="label" {back}>{_escape(note.label)}</a>', bodies[0], FIXED)
        for place, body in enumerate(bodies):
            name = f"{id_}_{place + 1}" if place else id_
            kind = "footnote further" if place else "footnote"
            attributes = f'class="{kind}" id="{name}" epub:type="footnote" data-note="{id_}" data-at="{at}"'
            yield _wrapped("div", body, attributes + _language(self._language))


def _fits(stanzas: Iterable[Sequence[VerseLine]], room: float) -> bool:
    """Whether few lines of a poem are so long that they turn over."""
    lengths = [len(plain(line.inlines)) + STEP * line.indent for stanza in stanzas for line in stanza]
    return sum(length > LONGEST_VERSE * room for length in lengths) <= MAY_TURN * len(lengths)


def _of_call(note: str) -> str:
    """The id of a note's first call."""
    return note.replace("note", "call", 1)


def _labelled(label: str, body: str, space: str) -> str:
    """A note with its label in its first paragraph, or before what it begins with."""
    return f"<p>{label}{space}{body[3:]}" if body.startswith("<p>") else f"<p>{label}{space}</p>\n{body}".rstrip()


def page_break(id_: str, label: str) -> str:
    """The mark for the beginning of a page (https://www.w3.org/TR/epub-ssv-11/#pagebreak)."""
    return (
        f'<span class="pagemark" epub:type="pagebreak" role="doc-pagebreak" id="{id_}"'
        f' aria-label="{_escape(label)}"></span>'
    )


def _id(name: str) -> str:
    """The id of an anchor."""
    return "anchor_" + re.sub(r"[^A-Za-z0-9]+", "-", name)


def _notes_page(note: Note) -> str:
    return VARIANTS_PAGE if note.apparatus == "variants" else NOTES_PAGE


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _language(language: str) -> str:
    """The attributes of words in another language, with the direction that it is written in."""
    tag = _escape(language)
    return f' xml:lang="{tag}" lang="{tag}" dir="{direction(language)}"'


def _tight(body: str) -> str:
    """The content of an item: an only paragraph needs no element of its own."""
    inner = body.removeprefix("<p>").removesuffix("</p>")
    return inner if len(body) - len(inner) == len("<p></p>") and "<p" not in inner else body


def is_capitals(title: str) -> bool:
    """Whether a heading is written in capitals only ("THE ELECTIONS", not "VII"): small capitals shout less."""
    return title.isupper() and any(len(word) > LONGEST_ACRONYM for word in title.split())


def _column_class(number: int, cells: tuple[str, ...]) -> str:
    """What a column of a table holds: short names of rows (the stub), which stay whole, or figures, which align."""
    if number == 0:
        return "stub" if max(map(len, cells)) <= LONGEST_STUB else ""
    below = [cell for cell in cells[1:] if cell]
    return "figures" if 2 * sum(1 for cell in below if _FIGURES.fullmatch(cell)) > len(below) else ""


def _table_class(columns: Sequence[tuple[str, ...]], classes: Sequence[str], share: float) -> str:
    """The class that says how much room a table needs: the words of a "crowded" one must be broken."""
    columns_words = (
        cells if name == "stub" else _BREAKS.split(" ".join(cells))
        for cells, name in zip(columns, classes, strict=True)
    )
    needed = sum(max(map(len, words)) for words in columns_words)
    return next((name for name, room, gap in TABLES if needed + gap * len(columns) <= room * share), "wide crowded")


def _wrapped(tag: str, content: str, attributes: str = "") -> str:
    return f"<{tag}{' ' if attributes else ''}{attributes}>\n{content}\n</{tag}>"


def _escape(text: str) -> str:
    return escape(printable(text))


def _address(url: str) -> str | None:
    """The URL with all characters encoded that a URL cannot hold, None where it is no address on the web."""
    try:
        known = urlsplit(url).scheme.lower() in _SCHEMES
    except ValueError:
        return None
    return quote(_LONE_PERCENT.sub("%25", url), safe=_URL_CHARACTERS) if known else None

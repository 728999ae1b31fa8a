# SPDX-License-Identifier: AGPL-3.0-or-later
"""The header of a TEI file -> title, people, and the fields that are printed on the credits page.

    titleStmt         title and subtitle; authors and editors by element and role, others by <resp>
    publicationStmt   who published the transcription, and its licence with the address that <licence> points to
    sourceDesc        the edition that was transcribed
    profileDesc       language, date of writing, abstract
    standOff          dates of writing and printing

What describes the encoding, the file's history or the people of a play is left out, with that reason.
https://www.tei-c.org/release/doc/tei-p5-doc/en/html/HD.html
"""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from publisher.errors import Location, Problem
from publisher.ledger import Fate
from publisher.metadata import header
from publisher.metadata.labels import canonical, keys
from publisher.metadata.model import Contributor, Date, Field, Metadata, Role
from publisher.metadata.names import sort_form
from publisher.metadata.people import ROLES
from publisher.metadata.vocabulary import Key
from publisher.readers.tei_state import language_of, tag
from publisher.readers.xml_tree import Element, Run

_INVERTED = re.compile(r"([^,\d]+), ([^,\d]+?)\.?(?:,? +(?:\(|b\. |d\. |fl\. |ca?\. )?\d.*)?")
_LIFE = re.compile(r"[,\s]*\(?(?:b\. |d\. |fl\. |ca?\. )?\d{3,4}\D?(?:-|–|\b).*$")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_STRUCTURES = frozenset(
    "biblStruct biblFull bibl monogr analytic series imprint titleStmt publicationStmt editionStmt seriesStmt notesStmt"
    " fileDesc listBibl respStmt availability witness listWit recording recordingStmt msDesc msIdentifier physDesc"
    " history msContents msItem origin additional objectDesc supportDesc layoutDesc".split()
)
_LEFT_OUT = {
    "encodingDesc": "how the file was encoded",
    "revisionDesc": "the history of the file",
    "xenoData": "data for other programs",
    "particDesc": "the people of the text, listed for machines",
    "settingDesc": "the places of the text, listed for machines",
    "textDesc": "a description for machines",
    "calendarDesc": "a description for machines",
    "classCode": "a class for machines",
    "catRef": "a class for machines",
    "extent": "the size of the file",
    "idno": "an identifier for machines",
    "ptr": "an address for machines",
}
_LABELS = {
    "sponsor": "Sponsor",
    "funder": "Funder",
    "principal": "Principal",
    "meeting": "Meeting",
    "publisher": "Publisher of the transcription",
    "distributor": "Distributor of the transcription",
    "authority": "Authority",
    "pubPlace": "Place of the transcription",
    "date": "Date of the transcription",
    "address": "Address",
    "editionStmt": "Edition of the transcription",
    "seriesStmt": "Series of the transcription",
    "notesStmt": "Note",
    "p": "Transcription",
    "ab": "Transcription",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "langUsage": "Language",
}
_DATES = {
    **dict.fromkeys(("created", "written", "composed", "creation"), ("Written", Key.WRITTEN)),
    **dict.fromkeys(("issued", "published", "print", "printed", "firstPublished"), ("Published", Key.PUBLISHED)),
    **dict.fromkeys(("firstEdition", "firstEd"), ("First edition", Key.FIRST_PUBLISHED)),
}
_EVENTS = {"written": "Written", "print": "Printed", "premiere": "First performed"}


class Heading(Struct):
    """What a header says. `known` are the forms of titles and names that a title page may repeat."""

    file: str
    title: str = ""
    subtitle: str = ""
    language: str | None = None
    written: Date | None = None
    published: Date | None = None
    fields: list[Field] = field(default_factory=list)
    people: list[Contributor] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def add(self, label: str, element: Element, *, value: str = "", key: str | None = None) -> None:
        """Enters what an element says as a field."""
        _leave_out_numbers(element)
        value = value or _stated(element)
        if (value and any(run.fate is None and run.text.strip() for run in element.runs())) or "://" in value:
            _enter(element, Fate.METADATA)
            self.fields.append(Field(label, value, Location(self.file, element.line, element.column), key))

    def metadata(self) -> tuple[Metadata, tuple[Problem, ...]]:
        """The fields interpreted; people are known by their elements, not by how their names look."""
        read, problems = header.interpret(self.fields)
        dated = any(said.key in (Key.PUBLISHED, Key.FIRST_PUBLISHED) for said in self.fields)
        metadata = replace(
            read,
            title=self.title,
            subtitle=self.subtitle or None,
            language=self.language,
            contributors=tuple(dict.fromkeys(self.people)),
            written=read.written or self.written,
            # Else the description of a source could give "First edition, with the second title page".
            published=(read.published if dated else None) or self.published,
        )
        return metadata, tuple(problem for problem in problems if problem.code == "H004")


def read(file: str, root: Element, *, is_part: bool = False) -> Heading:
    """What the header of a file says; of a file inside a corpus, the title heads a part."""
    heading = Heading(file, language=language_of(root))
    statements = {
        "titleStmt": _titles,
        "publicationStmt": _publication,
        "sourceDesc": _sources,
        "profileDesc": _profile,
    }
    head = root.first("teiHeader")
    described = head.first("fileDesc") if head else None
    for element in (*(described.elements if described else ()), *(head.elements if head else ())):
        if element.name in statements:
            statements[element.name](heading, element)
        elif element.name in _LEFT_OUT:
            element.leave_out(Fate.METADATA, _LEFT_OUT[element.name])
        elif element.name == "notesStmt":
            for note in element.elements:
                heading.add(_LABELS[element.name], note)
        elif element is not described:
            heading.add(_LABELS.get(element.name, ""), element)
    for element in root.elements:
        if element.name == "standOff":
            _events(heading, element)
    for run in head.runs() if head else ():
        if run.fate is None and run.text.strip():
            run.fate, run.reason = Fate.METADATA, "an entry for machines"
        elif is_part and run.fate is Fate.TITLE:
            run.fate = Fate.HEADING
    return heading


def _titles(heading: Heading, statement: Element) -> None:
    """Title and subtitle in the text's language; the same in other languages are fields."""
    titles = [x for x in statement.walk() if x.name == "title" and not x.first("title")]
    main = next((x for x in titles if x.get("type") in ("", "main", "full", "uniform", "a")), next(iter(titles), None))
    below = [
        x for x in titles if x.get("type").startswith(("sub", "desc")) and main and titles.index(x) > titles.index(main)
    ]
    own = [x for x in below if main and language_of(x) == language_of(main)]
    for element in statement.walk():
        if element is main:
            heading.title = element.text
            _enter(element, Fate.TITLE)
        elif own and element is own[0]:
            heading.subtitle = element.text
            _enter(element, Fate.TITLE)
        elif element in titles:
            heading.add("Title", element)
    heading.known += [x.text for x in titles] + [f"{heading.title} {heading.subtitle}"]
    for element in statement.elements:
        if element.name != "title":
            _person(heading, element)


def _person(heading: Heading, element: Element) -> None:
    match element.name:
        case "author" | "editor":
            label = element.get("role") or element.name
            role = _role(label) or (Role.AUTHOR if element.name == "author" else Role.EDITOR)
            _name(heading, element, label.capitalize(), role)
        case "respStmt":
            done = element.first("resp")
            label = done.text.rstrip(":") if done else ""
            names = [x for x in element.elements if x.name not in ("resp", "note", "date")]
            if done and names:
                _enter(done, Fate.METADATA)
            for name in names:
                _name(heading, name, label, _role(label))
            heading.add("", element)
        case _:
            heading.add(_LABELS.get(element.name, ""), element)


def _role(label: str) -> Role | None:
    """The role that a label of the header names, "Translated by"; None for what the edition has no role for."""
    return next((ROLES[key] for key in keys(canonical(label)) if key in ROLES), None)


def _name(heading: Heading, element: Element, label: str, role: Role | None) -> None:
    """A person or body: parts of a name by their elements, "Milton, John, 1608-1674." by its form."""
    forms = [x for x in element.elements if x.name in ("persName", "name", "orgName")] or [element]
    _leave_out_numbers(element)
    for form in forms:
        heading.add(label, form)
    heading.add(label, element, value=" ".join(r.text for r in element.runs() if r.fate is None).strip())
    name, file_as = _parted(next((x for x in forms if language_of(x) is None), forms[0]))
    if role and name:
        heading.people.append(Contributor(name, role, file_as))
        if role is Role.AUTHOR:
            heading.known += [
                f"{by}{form}" for form in (name, forms[0].text) for by in ("", "by ", "von ", "par ", "de ")
            ]


def _parted(form: Element) -> tuple[str, str | None]:
    """A name in the order in which it is spoken, and the form to sort by."""
    parts = {x.name: x.text for x in form.elements if x.name in ("surname", "forename")}
    text = _words(form)
    if surname := parts.get("surname"):
        given = text.replace(surname, "", 1) if text.startswith(surname) else text.removesuffix(surname)
        given = given.strip(" ,")
        if surname in text:
            return (f"{given} {surname}".strip(), f"{surname}, {given}" if given else surname)
    found = _INVERTED.fullmatch(text)
    if found:
        return f"{found[2].strip()} {found[1]}", f"{found[1]}, {found[2].strip()}"
    name = _LIFE.sub("", text).strip(" ,;")
    return name, sort_form(name)


def _publication(heading: Heading, statement: Element) -> None:
    for element in statement.elements:
        if element.name == "availability":
            _licence(heading, element)
        elif element.name == "idno":
            _identify(heading, element)
        else:
            heading.add(_LABELS.get(element.name, "Transcription"), element)


def _identify(heading: Heading, element: Element) -> None:
    """An identifier that people know; one inside another is told apart by its own type."""
    inner = [x for x in element.elements if x.name == "idno"]
    if inner:
        for x in inner:
            _identify(heading, x)
    else:
        heading.add(element.get("type") or "Identifier", element, value=element.text)


def _licence(heading: Heading, element: Element) -> None:
    """All that is said of the rights, as one statement, with the addresses that it points to."""
    text = " ".join(map(_words, element.elements)) or element.text
    urls = [x.get("target") for x in element.walk() if x.get("target").startswith(("http:", "https:"))]
    pointed = [url for url in dict.fromkeys(urls) if url not in text]
    value = " ".join([text, *(f"<{url}>" for url in pointed)]).strip()
    heading.add("Licence", element, value=value, key=Key.LICENCE)


def _sources(heading: Heading, description: Element) -> None:
    inner = list(description.elements)
    for element in inner:
        heading.add("Source", element, key=Key.SOURCE)
    if not inner:
        heading.add("Source", description, key=Key.SOURCE)


def _profile(heading: Heading, profile: Element) -> None:
    for element in profile.elements:
        match element.name:
            case "langUsage":
                languages = [found for x in element.elements if (found := tag(x.get("ident", "id")))]
                heading.language = heading.language or (languages[0] if len(languages) == 1 else None)
                heading.add("Language", element, value=", ".join(x.text for x in element.elements if x.text))
            case "creation":
                for x in [y for y in element.elements if y.name == "date" and y.get("type") in _DATES]:
                    label, key = _DATES[x.get("type")]
                    heading.add(label, x, key=key)
                heading.add("Written", element, key=Key.WRITTEN)
            case "textClass":
                for x in element.elements:
                    if x.name == "keywords":
                        heading.add("Keywords", x, value=", ".join(y.text for y in x.elements if y.text))
            case name if name in _LEFT_OUT:
                element.leave_out(Fate.METADATA, _LEFT_OUT[name])
            case name:
                heading.add(_LABELS.get(name, ""), element)


def _events(heading: Heading, stand_off: Element) -> None:
    """When a play was written, printed and first performed; all else there is for machines."""
    for event in stand_off.walk():
        label = _EVENTS.get(event.get("type")) if event.name == "event" else None
        if label is None:
            continue
        when = event.get("when")
        date = Date(when, when) if _DAY.fullmatch(when) else None
        if event.get("type") == "written":
            heading.written = heading.written or date
        elif event.get("type") == "print":
            heading.published = heading.published or date
        heading.add(label, event)
    for run in stand_off.runs():
        if run.fate is None:
            run.fate, run.reason = Fate.METADATA, "data for machines"


def _enter(element: Element, fate: Fate) -> None:
    """Enters what became of words that have no fate yet."""
    for run in element.runs():
        run.fate = run.fate or fate
    _part(element)


def _part(element: Element) -> None:
    """Parts the words of elements that stand side by side: "<forename>Ada</forename><surname>Brick</surname>"."""
    last = [run for run in element.runs() if run.text.strip()][-1:]
    if last:
        last[0].end()
    if not _has_own_words(element):
        for inner in element.elements:
            _part(inner)


def _words(element: Element) -> str:
    """All words of an element on one line, but those that are left out; its parts stand apart."""
    if _has_own_words(element):
        return " ".join("".join(run.text for run in element.runs() if not run.reason).split())
    return " ".join(filter(None, map(_words, element.elements)))


def _has_own_words(element: Element) -> bool:
    return any(isinstance(run, Run) and run.text.strip() for run in element.children)


def _leave_out_numbers(element: Element) -> None:
    """Numbers under which catalogues know a person stand beside the name."""
    for inner in element.walk():
        if inner.name == "idno" and inner is not element and element.name in ("author", "editor", "persName", "name"):
            inner.leave_out(Fate.METADATA, _LEFT_OUT["idno"])


def _stated(element: Element) -> str:
    """What an element says that is not entered yet; what has parts but no words of its own is a list of them."""
    if _has_own_words(element):
        return " ".join("".join(run.text for run in element.runs() if run.fate is None).split())
    if element.name not in _STRUCTURES:
        return " ".join(filter(None, map(_stated, element.elements)))
    said = ""
    for part in filter(None, map(_stated, element.elements)):
        said += f"{'' if not said else ' ' if said[-1] in '.,;:/' else ', '}{part}"
    return said

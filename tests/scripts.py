# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small edition in each of many scripts, with something of everything that a script can change about a page."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec import Struct, convert
from msgspec.structs import replace

from publisher.document import (
    Book,
    Chapter,
    Emphasis,
    Foreign,
    Link,
    List,
    Note,
    NoteCall,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
    Verse,
    VerseLine,
)
from publisher.edition import Edition
from publisher.metadata.model import Contributor, Metadata, Role
from tests.editions import edition


class Sample(Struct, frozen=True):
    """A few words and sentences of one language; `families` are the typefaces that they need beside EB Garamond."""

    title: str
    author: str
    sentence: str
    emphasised: str
    lines: tuple[str, str]
    families: tuple[str, ...]


SAMPLES = {
    language: convert(words, Sample)
    for language, words in tomllib.loads(Path(__file__).with_name("scripts.toml").read_text("utf-8")).items()
}


def sample(language: str, count: int = 1) -> Edition:
    """The edition of one language; its sentences `count` times over."""
    words = SAMPLES[language]
    text = " ".join([words.sentence] * count)
    first = (
        Paragraph((Text(f"{text} "), Emphasis((Text(words.emphasised),)), NoteCall(0), Text(f" {text} 1917."))),
        Paragraph((Text(f"{text} (London, 1889) "), Foreign("en", (Text("Bread and Salt"),)), Text(f" {text}"))),
        Quote((Paragraph((Text(text),)),)),
        Verse((tuple(VerseLine((Text(line),)) for line in words.lines),)),
        Table((((Text(words.title),), (Text("12"),)), ((Text(words.emphasised),), (Text("345"),)))),
        List(((Paragraph((Text(words.title),)),), (Paragraph((Text(words.author),)),)), ordered=True),
    )
    second = (Paragraph((Text(text), Text(" "), Link("https://example.org/", (Text(words.emphasised),)))),)
    note = Note("1", (Paragraph((Text(words.sentence),)), Paragraph((Text(words.emphasised),))))
    book = Book(
        (Text(words.title),),
        (),
        (
            Chapter((Text(words.title),), first, (Section((Text(words.emphasised),), second),), (note,)),
            Chapter((Text(words.emphasised),), second),
        ),
    )
    metadata = Metadata(title=words.title, contributors=(Contributor(words.author, Role.AUTHOR),))
    return replace(edition(book, metadata), language=language)

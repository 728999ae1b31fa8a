# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the credits page in English."""

from __future__ import annotations

from publisher.licences.model import Status
from publisher.metadata.model import Role
from publisher.phrases.model import Phrases

PHRASES = Phrases(
    language="en",
    title="Licence and credits",
    and_=" and ",
    written="Written",
    published="Published",
    source="Source",
    roles={
        Role.AUTHOR: "Author",
        Role.TRANSLATOR: "Translation",
        Role.EDITOR: "Editing",
        Role.INTRODUCTION: "Introduction",
        Role.TRANSCRIBER: "Transcription",
        Role.MARKUP: "Markup",
        Role.PROOFREADER: "Proofreading",
    },
    taken_from="The transcription was taken from ",
    archive="The transcription was published under {}.",
    licence="Licence",
    statement="The transcription carries this statement:",
    statements="The transcription carries these statements:",
    whose=(
        "This is the word of those who published the transcription. Whether it also holds for the original, "
        "a translation or an introduction is not proved by it."
    ),
    recorded="Those who prepared this edition have recorded the licence that it is published under.",
    named="Licence: {}",
    status={
        Status.FREE: "",
        Status.RESTRICTED: (
            "Use is restricted: what the licence or the statement does not expressly allow needs the consent of "
            "those who hold the rights."
        ),
        Status.REFUSED: "This edition may not be copied or passed on without the consent of those who hold the rights.",
        Status.NOT_STATED: "Whether this edition may be copied or passed on is therefore not known.",
    },
    reasons={},
    enclosed="The full text of the licence stands at the end.",
    pieces="The pieces of this book",
    edition="This edition",
    publisher="Published by {}.",
    series="In the series {}.",
    number="{}, no. {}",
    date="Edition of {}.",
    unchanged="Words and punctuation stand as in the transcription, misprints included.",
    changed="Compared with the transcription, this was changed:",
    added=(
        "Added were the title page, contents, running heads, page numbers, links between the text and its "
        "notes, and this page."
    ),
    added_to_text="Added were the header, the signs that are explained above, and these pages at the end.",
    made="Made with publisher {}.",
    typeface="The printed pages are set in {}.",
    typefaces="The printed pages are set in {} and partly in {}.",
    misprint="A misprint was corrected; the note on the text gives the reading of the transcription.",
    misprints="Misprints were corrected; the note on the text gives the readings of the transcription.",
    regular="The typography was made regular, no word was changed: {}.",
    figure="{:,}",
    rules={
        "quotes": ("quotation mark", "quotation marks"),
        "apostrophes": ("apostrophe", "apostrophes"),
        "dashes": ("dash", "dashes"),
        "ranges": ("range of numbers", "ranges of numbers"),
        "ellipses": ("ellipsis", "ellipses"),
        "calls": ("note call moved behind punctuation", "note calls moved behind punctuation"),
        "spaces": ("space", "spaces"),
        "no_break": ("space that does not break", "spaces that do not break"),
    },
)

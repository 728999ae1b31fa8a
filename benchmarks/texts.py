# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing -> long texts in the form of the transcriptions: invented ones, the same on every machine, and real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

HEADER = """\
A. N. Author

A Measured Book

Written: 1921
Source: Collected Works, Progress Publishers, Moscow, 1965, Volume 32, pages 300-815
Translated: T. R. Lator
Public Domain: This work may be freely reproduced, distributed and displayed


"""
WORDS = """
the of and to in a that is was it for as on with by be at not this are or his from which but have an had they you were
their one all we can her has there been if more when will would who so no out up into than them only its about some
could time these two may then do first any my now such like our over man me even most made after also did many before
must through years where much your way well down should because each just those people how too little state good very
make world still own see men work long get here between both life being under never day same another know while last
might us great old year off come since against go came right used take three himself few house use during without
again place around however home small found thought went say part once general high upon school every does got
united left number course war until always away something fact though water less public put think almost hand enough
far took head yet government system better set told nothing night end why called find going look asked later knew
point next program city business give group toward young days let room president side social given present several
order national possible rather second face per among form important often things looked early white case large
becoming conference peasantry international bourgeoisie proletarian organisation revolutionary agriculture
extraordinary circumstances representatives industrial movement workers struggle landlords newspaper committee
""".split()
# A word's share falls with its rank, as in any language (Zipf's law): lines, hyphens and compression are lifelike.
WEIGHTS = tuple(accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
CHAPTERS = 60
NOTES = 5  # in a chapter
PARAGRAPH_SENTENCES = (3, 9)
SENTENCE_WORDS = (6, 32)


def invented(size: int) -> str:
    """A book of about `size` characters: chapters with notes that are called in order and given at the end."""
    chance = random.Random(1921)  # noqa: S311 (the same text each time)
    notes = [f"[{number}] {_paragraph(chance)}" for number in range(1, CHAPTERS * NOTES + 1)]
    rest = size - sum(map(len, notes))
    chapters = [_chapter(chance, number, rest // CHAPTERS) for number in range(1, CHAPTERS + 1)]
    return HEADER + "\n\n\n".join(chapters) + "\n\n\nNotes\n\n" + "\n\n".join(notes) + "\n"


def real(corpus: Path, size: int) -> str:
    """Transcribed pages, with their menus, headers and notes, one after the other until there are `size` characters."""
    text = ""
    for file in sorted((corpus / "mia-plain").rglob("*.txt")):
        if len(text) >= size:
            break
        text += file.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n") + "\n\n\n"
    return text


def _chapter(chance: random.Random, number: int, size: int) -> str:
    blocks = [f"Chapter {number}", " ".join(word.title() for word in _words(chance, 4))]
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(_paragraph(chance))
    calls = range((number - 1) * NOTES + 1, number * NOTES + 1)
    places = sorted(chance.sample(range(len(paragraphs)), NOTES))
    for place, call in zip(places, calls, strict=True):
        paragraphs[place] += f"[{call}]"
    return "\n\n".join([*blocks, *paragraphs])


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(*PARAGRAPH_SENTENCES)))


def _sentence(chance: random.Random) -> str:
    words = list(_words(chance, chance.randint(*SENTENCE_WORDS)))
    middle = len(words) // 2
    words[middle] += chance.choice(["", ",", ",", ";"])
    if chance.random() < 0.1:
        words[-2], words[-1] = f"“{words[-2]}", f"{words[-1]}”"
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def _words(chance: random.Random, number: int) -> Iterator[str]:
    yield from chance.choices(WORDS, cum_weights=WEIGHTS, k=number)

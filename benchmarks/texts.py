# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing -> texts as archives transcribe them, the same everywhere: books, with notes or without, and pamphlets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

HEADER = """\
A. N. Author

{title}

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
CHAPTER = 2000  # words
NOTES = 5  # in a chapter
PAMPHLET = 2000  # words
PARAGRAPH_SENTENCES = (3, 9)
SENTENCE_WORDS = (6, 32)
HALF = 57  # a paragraph, in words


def book(words: int, notes: int = NOTES) -> str:
    """A book of about so many words: chapters, with notes that are called in order and given at the end."""
    chance = random.Random(1921)  # noqa: S311 (the same text each time)
    count = max(1, words // CHAPTER)
    given = [f"[{number}] {_sentence(chance)}" for number in range(1, count * notes + 1)]
    rest = words - sum(map(_length, given))
    chapters = [_chapter(chance, number, rest // count, notes) for number in range(1, count + 1)]
    apparatus = ["Notes", *given] if given else []
    return HEADER.format(title="A Measured Book") + "\n\n\n".join([*chapters, "\n\n".join(apparatus)]).rstrip() + "\n"


def pamphlets(number: int) -> dict[str, str]:
    """Short texts by their names, each with two notes."""
    return {f"pamphlet-{index:03}": _pamphlet(index) for index in range(1, number + 1)}


def _pamphlet(index: int) -> str:
    chance = random.Random(index)  # noqa: S311 (the same text each time)
    paragraphs = list(_paragraphs(chance, PAMPHLET))
    paragraphs[0] += "[1]"
    paragraphs[-1] += "[2]"
    notes = [f"[{number}] {_sentence(chance)}" for number in (1, 2)]
    return HEADER.format(title=f"Measured Pamphlet {index}") + "\n\n".join([*paragraphs, "Notes", *notes]) + "\n"


def _chapter(chance: random.Random, number: int, words: int, notes: int) -> str:
    blocks = [f"Chapter {number}", " ".join(word.title() for word in _words(chance, 4))]
    paragraphs = list(_paragraphs(chance, words))
    calls = range((number - 1) * notes + 1, number * notes + 1)
    places = sorted(chance.sample(range(len(paragraphs)), notes))
    for place, call in zip(places, calls, strict=True):
        paragraphs[place] += f"[{call}]"
    return "\n\n".join([*blocks, *paragraphs])


def _paragraphs(chance: random.Random, words: int) -> Iterator[str]:
    while words > HALF:
        paragraph = " ".join(_sentence(chance) for _ in range(chance.randint(*PARAGRAPH_SENTENCES)))
        words -= _length(paragraph)
        yield paragraph


def _length(text: str) -> int:
    return len(text.split())


def _sentence(chance: random.Random) -> str:
    words = list(_words(chance, chance.randint(*SENTENCE_WORDS)))
    middle = len(words) // 2
    words[middle] += chance.choice(["", ",", ",", ";"])
    if chance.random() < 0.1:
        words[-2], words[-1] = f"“{words[-2]}", f"{words[-1]}”"
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def _words(chance: random.Random, number: int) -> Iterator[str]:
    yield from chance.choices(WORDS, cum_weights=WEIGHTS, k=number)

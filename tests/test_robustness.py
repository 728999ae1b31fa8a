# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts that nobody would write: nothing but a SourceError is raised, and no word is lost, whatever the lines are."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from publisher.errors import SourceError
from publisher.readers import Source
from tests.case_files import read
from tests.notation import document, problems
from tests.proof import lost

SENTENCE = (
    "The weavers of the valley met on a Sunday in the old mill, because no other room in the town was large enough"
)
LINES = [
    "",
    "",
    "",
    "\u00a0",
    "\t",
    "MIA  >  Archive  >  Weaver",
    "Mary Weaver",
    "Karl Marx and Frederick Engels",
    "The Winter of the Looms",
    "THE WINTER OF",
    "THE LOOMS[1]",
    "(May 1907)",
    "1907",
    "by Mary Weaver",
    "Written: 3 May, 1907",
    "Source: The Mill Papers, Volume 2; pages 14-19",
    "Transcribed:Ann Reader",
    "Colour: red",
    "[Transcribed by Ann Reader]",
    "Contents",
    "Preface",
    "Part One",
    "Chapter I",
    "Chapter II: The Gate",
    "I",
    "II",
    "II. The Gate",
    "1.",
    "2. The Carters",
    "a) The Lamp",
    "The Gate",
    "The Gate [See glossary entry]",
    "The Sunday – The Lamp Goes Out – What the Winter Did",
    "“Whoever spins shall not freeze.” – An old weaver",
    "* * *",
    "-----",
    "*",
    f"{SENTENCE}.",
    f"{SENTENCE}[1] to hold them all.[2]",
    f"{SENTENCE} (1) to hold them all*.",
    f"{SENTENCE},1 to hold them² all.2",
    f"\u3000{SENTENCE}.",
    "The loom is old, the thread is thin,",
    "And no one lights the fire;",
    "Year\tLooms[1]\tWeavers",
    "1905\t120\t240",
    "1905",
    "240",
    "Millbridge, May 3, 1907",
    "Notes",
    "Anmerkungen",
    "[1] The mill was built in 1802.",
    "[2]",
    "1. The mill was built in 1802.",
    "2. The lamp is kept in the museum.[1]",
    "(1) The mill was built in 1802.",
    "* The mill was built in 1802.",
    "¹ The mill was built in 1802.",
    "1* The mill was built in 1802.",
    "[*] The lamp.",
    "Page 10 The lamp.",
    "Next: The Gate",
    "Top of the page",
    "Contents   |   Top of the page",
    "Last updated on 12.3.2004",
    'The Weavers" song-in fact the ThÃ¨ses.',
    "[", "]", "[[1]]", "[1][2]", "**", "(", "\u2028", "\ufeff", "a\x0cb", "\u0301",
]  # fmt: skip
anything = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
texts = st.lists(st.sampled_from(LINES) | anything, max_size=40).map("\n".join)
quick = settings(
    max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def holds(sources: list[Source]) -> None:
    """The text is read, the same way twice, and no word is lost; or a SourceError says why not."""
    try:
        result = read(*sources)
    except SourceError:
        return
    again = read(*sources)
    assert (document(result), problems(result)) == (document(again), problems(again))
    assert lost(result, sources) == []


@quick
@given(texts)
def test_a_text(text: str) -> None:
    holds([Source("x.txt", text.encode())])


@quick
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    with suppress(SourceError):
        read(Source("x.txt", data))


@pytest.mark.parametrize("filling", [" ", "a ", ". ", "[", "(1) ", "*", ": ", "| ", "I. ", "\u00a0"])
def test_a_very_long_line_is_read_in_linear_time(filling: str) -> None:
    """Patterns that go back and forth over such a line would take hours, which stops every run of the tests."""
    line = "a" + filling * (300_000 // len(filling)) + "b"
    holds([Source("x.txt", f"Mary Weaver\nThe Mill\n\nWritten: 1907\n\n{SENTENCE}.\n\n{line}\n".encode())])

# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the fonts have, and that a character that they lack is reported where it stands."""

from __future__ import annotations

import pytest

from publisher import families, glyphs
from publisher.families import FAMILIES, Family
from publisher.fonts import files, upright
from publisher.ledger import Entry, Fate


def entry(line: int, text: str, fate: Fate = Fate.BODY) -> Entry:
    return Entry("x.txt", line, text, fate, column=1)


@pytest.mark.parametrize(
    "text",
    [
        "“Straße”, l’été — где? λόγος №\u00a05\u202f% ½ ﬁ ↑ † \ufffd",
        "☭ ★ ☆ ⁂ → ▪ ● ☞ ☛ ✠ ❦ ✽ ♀ ☉ ♄ ♠ ♭ ✓ ☐ ① Ⓐ ☎ ☠ ∈ ∀ ∃ ∪ ℝ ″ 😀",
        "ɬʔǃʰˈː a̯ ṃ ꙋ ѣ ѳ ⸗ ƿ ᾧ ῥ ϟ ϡ ℔ ℥ ꝑ ⁊ ſ",
        "毛泽东 漢字 ひらがな 한글 ㄅ ｆ",
        "Ελληνικά עִבְרִית العربية فارسی հայերեն ქართული አማርኛ",
        "हिन्दी বাংলা ગુજરાતી ਪੰਜਾਬੀ ಕನ್ನಡ മലയാളം ଓଡ଼ିଆ සිංහල தமிழ் తెలుగు ไทย ລາວ ខ្មែរ မြန်မာ",
    ],
)
def test_the_fonts_have_what_the_texts_need(text: str) -> None:
    assert not glyphs.missing(text)


def test_invisible_characters_need_no_glyph() -> None:
    assert not glyphs.missing("a\u00adb\u200bc\u3000d\ufeff\te\ufe0f")


def test_missing_characters_are_found_in_order() -> None:
    assert glyphs.missing("𐎢 and 𓀀 and 𐎢") == ("𐎢", "𓀀")


def test_a_missing_character_is_reported_once_where_it_first_stands() -> None:
    ledger = [entry(1, "> 𓀀𓁐", Fate.NAVIGATION), entry(4, "Man (𓀀)"), entry(9, "𓀀𓀀")]

    (problem,) = glyphs.check(ledger)

    assert str(problem) == ("x.txt:4:6: warning O002: no font has 𓀀 (U+13000, EGYPTIAN HIEROGLYPH A001), found 3 times")


def test_what_the_edition_adds_is_looked_at_as_well() -> None:
    (problem,) = glyphs.check([entry(1, "Man")], "Title: 𓀀", "x.txt")
    assert str(problem) == (
        "x.txt: warning O002: no font has 𓀀 (U+13000, EGYPTIAN HIEROGLYPH A001), in what is printed beside the text"
    )


def test_nothing_to_report() -> None:
    assert glyphs.check([entry(1, "All men are brothers.")]) == ()


def test_where_the_extra_is_not_installed_the_problem_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    small = tuple(family for family in FAMILIES if not family.optional)
    monkeypatch.setattr(glyphs, "families", lambda: small)
    (problem,) = glyphs.check([entry(1, "毛")])
    assert families.EXTRA in (problem.hint or "")


def test_common_characters_need_no_font_to_be_opened() -> None:
    """The first two families, one for the text and one for the rest, have all that is taken for granted."""
    for family in FAMILIES[:2]:
        assert {ord(character) for character in glyphs.COMMON} <= glyphs.characters(upright(family))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_all_faces_of_a_family_have_the_same_letters(family: Family) -> None:
    """So that nothing is missing only in bold or italics; digits and signs may be."""
    first, *others = (glyphs.characters(file, family.index) for file in files(family))
    for other in others:
        lacking = {chr(code) for code in first - other if chr(code).isalpha()}
        assert len(lacking) < len(first) / 10, sorted(lacking)


def test_a_language_has_its_family_first() -> None:
    assert [family.name for family in glyphs.used("שלום 1917 Red", "he")] == ["Frank Ruhl Libre", "EB Garamond"]
    assert [family.name for family in glyphs.used("A word: שלום", "en")] == ["EB Garamond", "Frank Ruhl Libre"]
    assert [family.name for family in glyphs.used("A word", "en", "IBM Plex Mono")] == ["EB Garamond", "IBM Plex Mono"]

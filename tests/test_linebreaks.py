# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paragraphs as WeasyPrint sets them when its lines are ours: read back from its boxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import pairwise
from typing import Any, TypeAlias

import pytest

from publisher import fonts
from publisher.writers.pdf import linebreaks
from publisher.writers.pdf.justification import LAST, LOOSE, SCALED
from publisher.writers.pdf.measurement import Measure, Ruler, text_boxes

Box: TypeAlias = Any
"""WeasyPrint has no types."""

STYLE = """
@page { size: 280px 400px; margin: 20px }
html { font: 14px/20px "EB Garamond"; }
p { margin: 0; text-align: justify; hyphens: auto; text-indent: 18px; widows: 2; orphans: 2; }
"""
TEXT = (
    "Whoever weaves shall not freeze, for the loom is old and the thread is thin, and incomprehensible arrangements"
    " of the administration leave no one to light the fire in the weaving room of the Sagamore Manufacturing Company,"
    " where the wheel goes round and never rests—“and the water never sleeps,” said Dr. Weaver to his half-brother."
)

LONG_TEXT = f"<p>{TEXT}</p>" * 12


def render(body: str, style: str = "", *, ours: bool = True, wanted: int = 0, language: str = "en") -> list[Box]:
    """The boxes of all pages."""
    configuration = fonts.configuration()
    from weasyprint import CSS, HTML

    html = HTML(string=f'<html lang="{language}"><body style="margin:0">{body}')
    sheets = [CSS(string=STYLE + style)]
    with linebreaks.rules(linebreaks.Wish(wanted)) if ours else nullcontext():
        document = html.render(font_config=configuration, stylesheets=sheets)
    return [page._page_box for page in document.pages]  # noqa: SLF001 (its only way in)


def measures(pages: list[Box]) -> list[Measure]:
    ruler = Ruler(len(pages))
    return [ruler.measure(page) for page in pages]


def codes(pages: list[Box]) -> list[str]:
    return [flaw.code for measure in measures(pages) for flaw in measure.flaws]


def line_boxes(box: Box) -> Iterator[Box]:
    for child in box.children:
        if type(child).__name__ == "LineBox":
            yield child
        elif hasattr(child, "children"):
            yield from line_boxes(child)


def rows(pages: list[Box]) -> list[str]:
    return ["".join(box.text for box in text_boxes(line)) for page in pages for line in line_boxes(page)]


def joined(pages: list[Box]) -> str:
    """The words of all lines; hyphens of the lines' making are undone."""
    return " ".join(rows(pages)).replace("\N{HYPHEN} ", "").replace("- ", "-").replace("— ", "—")


def test_all_words_stand_in_their_order() -> None:
    assert joined(render(f"<p>{TEXT}" * 12)) == " ".join([TEXT] * 12)


def test_all_lines_but_the_last_reach_the_edge() -> None:
    (page,) = render(f"<p>{TEXT}")
    *lines, last = line_boxes(page)
    assert len(lines) > 5
    for line in lines:
        assert line.position_x + line.width == pytest.approx(260, abs=0.1)
    assert last.position_x + last.width < 260.1


def test_elements_within_a_paragraph_are_kept() -> None:
    marked = TEXT.replace("loom is old", "<em>loom <b>is</b></em> old").replace("half-", "half<sup>1</sup>-")
    pages = render(f"<p>{marked}")
    assert joined(pages) == TEXT.replace("half-", "half1-")
    tags = {box.element_tag for page in pages for line in line_boxes(page) for box in text_boxes(line)}
    assert {"p", "em", "b", "sup"} <= tags


def test_lines_are_less_loose_than_those_of_weasyprint() -> None:
    ours, theirs = render(f"<p>{TEXT}" * 6), render(f"<p>{TEXT}" * 6, ours=False)
    assert _loosest(ours) < _loosest(theirs)


def _loosest(pages: list[Box]) -> float:
    lines = [line for page in pages for line in line_boxes(page)]
    return float(max(box.justification_spacing for line in lines for box in text_boxes(line)) / 14)


def test_no_page_ends_in_a_hyphen() -> None:
    shifted = [f"<p>{'x ' * 12 * shift}</p>" + f"<p>{TEXT}" * 6 for shift in range(6)]
    assert any("D006" in codes(render(body, ours=False)) for body in shifted)
    assert not any("D006" in codes(render(body)) for body in shifted)


def test_no_more_than_two_hyphens_stand_in_a_row() -> None:
    body = "<p>" + "incomprehensibilities misunderstandings administrations counterrevolutionary " * 8
    assert "D005" in codes(render(body, ours=False))
    assert "D005" not in codes(render(body))


def test_the_last_line_has_five_letters() -> None:
    body = "".join(f"<p>{TEXT[:length]} it.</p>" for length in range(160, 260, 4))
    assert codes(render(body, ours=False)).count("D007") > codes(render(body)).count("D007")
    for page in render(body):
        for line in line_boxes(page):
            text = "".join(box.text for box in text_boxes(line))
            assert line.resume_at is not None or sum(map(str.isalnum, text)) >= LAST or _loose(page)


def _loose(page: Box) -> bool:
    """Whether a page has lines as loose as the way out of a short line would have made others."""
    return any(box.justification_spacing / 14 > LOOSE / 2 for line in line_boxes(page) for box in text_boxes(line))


def test_a_dash_stays_with_the_word_before_it() -> None:
    body = "".join(f"<p>{TEXT[:length]} weaver—no, never of all the mills of the river" for length in range(60, 120, 3))
    ours, theirs = (sum(row.startswith("—") for row in rows(render(body, ours=ours))) for ours in (True, False))
    assert ours < theirs


LABEL = """.label { display: inline-block; box-sizing: border-box; width: 60px; margin: 0 -3.5px 0 -60px;
 padding-right: 10px; text-align: end; text-indent: 0 } p { text-indent: 0; padding-left: 40px }"""


def test_a_label_ends_beside_the_edge_at_which_all_lines_begin() -> None:
    for length in range(60, 160, 10):
        for label in ("1", "127*"):
            note = f"<p><span class=label>{label}</span>\u2005{TEXT[length:]}"
            lines = [line for page in render(note, LABEL) for line in line_boxes(page)]
            edges = []
            for line in lines:
                words = [box for box in text_boxes(line) if box.text.strip()]
                if words[0].text == label:
                    assert words[0].position_x + words[0].width == pytest.approx(50, abs=0.1)
                    words = words[1:]
                edges.append(words[0].position_x + (3.5 if words[0].text[0] == "\u2005" else 0))
            assert edges == pytest.approx([60] * len(edges), abs=0.5)


OPENING = "p::first-line { font-variant-caps: small-caps; letter-spacing: 0.03em }"


def _styles(line: Box) -> set[str]:
    return {box.style["font_variant_caps"] for box in text_boxes(line)}


def test_a_first_line_in_another_type_is_filled_like_the_others() -> None:
    for length in range(120, 300, 7):
        pages = render(f"<p>{TEXT[length:]} {TEXT}", OPENING)
        first, *others = [line for page in pages for line in line_boxes(page)]
        assert _styles(first) == {"small-caps"}
        assert {style for line in others for style in _styles(line)} == {"normal"}
        assert first.position_x + first.width == pytest.approx(260, abs=0.1)
        assert not {"D003", "D004"} & set(codes(pages))


def test_a_page_amid_a_paragraph_does_not_begin_with_a_first_line() -> None:
    pages = render(f"<p>{TEXT * 4}", OPENING)
    assert len(pages) > 1
    for page in pages[1:]:
        assert all(_styles(line) == {"normal"} for line in line_boxes(page))


def test_boxes_have_the_widths_in_which_their_letters_are_painted() -> None:
    found = []
    for length in range(30, 330, 3):
        for page in render(f"<p>{TEXT[:length]} <i>weavers</i> it."):
            for line in line_boxes(page):
                found += [getattr(box, "scaled", 1.0) for box in text_boxes(line)]
                for box, other in pairwise(text_boxes(line)):
                    assert box.position_x + box.width == pytest.approx(other.position_x, abs=0.1)
                assert line.resume_at is None or line.position_x + line.width == pytest.approx(260, abs=0.1)
    assert min(found) < 1 < max(found)
    assert all(abs(scaled - 1) <= SCALED + 1e-9 for scaled in found)


def test_a_line_of_verse_turns_over_where_it_is_full() -> None:
    """WeasyPrint may end it at its first space where its last word is to stay with its dash."""
    verse = "p { text-align: left; text-indent: -36px; padding-left: 36px; hyphens: manual }"
    for width in range(300, 460):
        (first, *others) = rows(
            render(
                "<p>Till I scarcely more than muttered: “Other friends have flown before—",
                f"@page{{size:{width}px}}{verse}",
            )
        )
        assert first.startswith("Till I scarcely more than")
        assert len(others) <= 2
        assert others[-1:] != ["—"]


def test_centred_lines_are_of_like_lengths() -> None:
    title, style = "<p>The Importance of the Weaving of the Earnest Weavers", "p { text-align: center; text-indent: 0 }"
    (theirs,), (ours,) = (render(title, style, ours=ours) for ours in (False, True))
    widths = [[line.width for line in line_boxes(page)] for page in (theirs, ours)]
    assert [len(found) for found in widths] == [2, 2]
    assert min(widths[0]) < 0.5 * max(widths[0])
    assert min(widths[1]) > 0.6 * max(widths[1])
    for line in line_boxes(ours):
        assert line.position_x + line.width / 2 == pytest.approx(140, abs=0.1)


def test_a_call_stays_with_its_word() -> None:
    for length in range(20, 200, 3):
        called = f"<p>{TEXT[:length]} weavers of that kind.<a class=noteref href=x>10</a> “We must rely upon them.”"
        assert not any(row.startswith("10") for row in rows(render(called)))


def test_more_lines_or_fewer_are_made_when_they_are_wanted() -> None:
    body = "".join(f"<p>{TEXT} {TEXT[:length]}" for length in range(40, 300, 20))
    made = {wanted: render(body, "@page { size: 420px 400px }", wanted=wanted) for wanted in (-1, 0, 1)}
    counts = {wanted: len(rows(pages)) for wanted, pages in made.items()}
    assert counts[-1] < counts[0] < counts[1] <= counts[0] + 2
    assert len({joined(pages) for pages in made.values()}) == 1


@pytest.mark.parametrize(
    ("body", "style", "language"),
    [
        ("<p>سلام عليكم ورحمة الله وبركاته " * 20, "", "ar"),
        (f"<p>{TEXT}", "p { text-align: right }", "en"),
        (f"<p>{TEXT}", "p::first-letter { font-size: 2em }", "en"),
        (f"<div style='float:left;width:80px;height:90px'></div><p>{TEXT}", "", "en"),
        (f"<p>{TEXT} <span style='display:inline-block;width:20px'>x</span> {TEXT}", "", "en"),
        (f"<p>{TEXT}<br>{TEXT}", "", "en"),
        ("<p>这是一本书" * 20, "", "zh"),
        (f"<p>{TEXT}", "p { white-space: pre-line }", "en"),
        ("<p>" + "incomprehensibilities" * 20, "", "en"),
    ],
)
def test_what_is_no_plain_text_is_left_to_weasyprint(body: str, style: str, language: str) -> None:
    ours, theirs = render(body, style, language=language), render(body, style, ours=False, language=language)
    assert rows(ours) == rows(theirs)


def test_weasyprints_own_functions_are_put_back() -> None:
    from weasyprint.layout import block, inline

    before = block.iter_line_boxes, inline.split_text_box, inline.split_inline_box, inline.text_align
    with linebreaks.rules():
        assert block.iter_line_boxes is not before[0]
    assert (block.iter_line_boxes, inline.split_text_box, inline.split_inline_box, inline.text_align) == before


def test_numbers_that_are_known_late_have_the_room_that_they_need() -> None:
    """WeasyPrint lays a page out once more when it has counted those after it."""
    style = "@page { size: 280px 200px } .n::before { content: target-counter(attr(href), page) }"
    for length in range(20, 60, 5):
        words = f'<p>{TEXT[:length]} and on page <a class="n" href="#end"></a> the weavers rest.</p>'
        pages = render(f"{words}{LONG_TEXT}<p id=end>end</p>", style)
        assert "D004" not in codes(pages)
        assert f"page {len(pages)} the weavers" in " ".join(rows(pages[:1]))

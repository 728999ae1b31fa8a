# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets are printed, cut and folded by `proof`: in all layouts each page must lie where a reader finds it."""

from __future__ import annotations

from itertools import product

import pytest
from msgspec.structs import replace

from publisher.errors import OutputError
from publisher.imposition import geometry, marks, proof
from publisher.imposition.copyfit import saving
from publisher.imposition.geometry import EDGE
from publisher.imposition.options import Binding, Blanks, BookletOptions, Edge, Layout, Mark, Reload
from publisher.imposition.order import evenly, filled, order
from publisher.imposition.pages import Page
from publisher.imposition.proof import Prints
from publisher.imposition.stock import MM, SHEETS, fitting, in_inches, thickness
from tests.sheets import A5, laid, page, printed

LONGEST = 256
SIGNATURES = (None, 0, 4, 8, 16, 20, 32)
SCALES = (1.0, 0.97, 0.94)
WAYS = tuple(product(Layout, Edge, Binding))


def wished(way: tuple[Layout, Edge, Binding], number: int) -> BookletOptions:
    """Options that differ from number to number in all that is independent of the way of folding."""
    layout, flip, binding = way
    return BookletOptions(
        layout=layout,
        flip=flip,
        binding=binding,
        signature=SIGNATURES[number % len(SIGNATURES)],
        blanks=tuple(Blanks)[number % 2],
        inside=number % 3,
    )


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_folded_sheets_read_in_order_whatever_their_number(way: tuple[Layout, Edge, Binding]) -> None:
    for number in range(1, LONGEST + 1):
        options = wished(way, number)
        sheets, handling = printed(number, options)
        for scale in SCALES if number % 16 == 1 else (SCALES[number % 3],):
            scaled = replace(handling, scale=scale)
            assert proof.check(sheets, scaled, number, options.blanks, "x.pdf") == (), (number, scale)


@pytest.mark.parametrize("reload", Reload)
def test_backs_printed_later_meet_their_fronts(reload: Reload) -> None:
    sheets, handling = printed(50, BookletOptions())
    fronts, backs = ([side[index] for side in sheets] for index in (0, 1))
    order_of_backs = backs if reload is Reload.TURNED else backs[::-1]
    assert proof.check(proof.paired(fronts, order_of_backs, reload), handling, 50, Blanks.END, "x.pdf") == ()
    other = Reload.UNTURNED if reload is Reload.TURNED else Reload.TURNED
    assert proof.check(proof.paired(fronts, order_of_backs, other), handling, 50, Blanks.END, "x.pdf")


def spoilt(sheets: list[tuple[Prints, Prints]], how: str) -> list[tuple[Prints, Prints]]:
    """Sheets on which something went wrong."""
    (left, right), back = sheets[0]
    match how:
        case "exchanged":
            return [((replace(left, page=right.page), replace(right, page=left.page)), back), *sheets[1:]]
        case "on its head":
            return [((replace(left, up=(0, -1)), right), back), *sheets[1:]]
        case "on one another":
            return [((replace(left, x=right.x), right), back), *sheets[1:]]
        case "outside":
            return [((replace(left, x=-10), right), back), *sheets[1:]]
        case "lost":
            return [((left,), back), *sheets[1:]]
        case "sheets exchanged":
            return [sheets[1], sheets[0], *sheets[2:]]
        case _:
            raise ValueError(how)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("exchanged", "page 16 comes at place 1"),
        ("on its head", "page 16 stands on its head"),
        ("on one another", "pages 16 and 1 lie on one another"),
        ("outside", "a page lies outside of the sheet or on a fold"),
        ("lost", "page that is blank comes at place 1"),
        ("sheets exchanged", "page 3 comes at place 1"),
    ],
)
def test_the_proof_sees_what_is_wrong(how: str, message: str) -> None:
    sheets, handling = printed(16, BookletOptions())
    (problem,) = proof.check(spoilt(sheets, how), handling, 16, Blanks.END, "x.pdf")
    assert problem.code == "B009"
    assert problem.message == f"the folded sheets would not read in order: {message}"


@pytest.mark.parametrize("layout", Layout)
def test_the_proof_sees_a_printer_that_turns_the_other_way(layout: Layout) -> None:
    sheets, handling = printed(16, BookletOptions(layout=layout))
    other = Edge.LONG if handling.flip is Edge.SHORT else Edge.SHORT
    assert proof.check(sheets, replace(handling, flip=other), 16, Blanks.END, "x.pdf")
    assert proof.check(sheets, replace(handling, binding=Binding.RIGHT), 16, Blanks.END, "x.pdf")


def test_the_order_that_every_printer_knows() -> None:
    first, second = order(8, BookletOptions(), Binding.LEFT).sheets
    sides = [[cell.page for cell in side] for sheet in (first, second) for side in (sheet.front, sheet.back)]
    assert sides == [[7, 0], [1, 6], [5, 2], [3, 4]]


def test_a_quarto_as_handbooks_show_it() -> None:
    (sheet,) = order(8, BookletOptions(layout=Layout.FOUR_UP), Binding.LEFT).sheets
    assert [(cell.page, cell.turned) for cell in sheet.front] == [(4, True), (3, True), (7, False), (0, False)]
    assert [(cell.page, cell.turned) for cell in sheet.back] == [(2, True), (5, True), (1, False), (6, False)]


def test_blanks_never_fill_more_than_the_last_sheet_and_stand_together() -> None:
    assert filled(5, 4, Blanks.END) == (0, 1, 2, 3, 4, None, None, None)
    assert filled(5, 4, Blanks.BEFORE_LAST) == (0, 1, 2, 3, None, None, None, 4)
    for layout, number in product(Layout, range(1, 200)):
        unit = 8 if layout is Layout.FOUR_UP else 4
        assert order(number, BookletOptions(layout=layout, signature=16), Binding.LEFT).blanks == -number % unit


def test_signatures_differ_by_a_sheet_at_most() -> None:
    assert evenly(9, 4) == (3, 3, 3)
    assert evenly(10, 4) == (4, 3, 3)
    assert order(80, BookletOptions(), Binding.LEFT).signatures == (20,)
    assert order(81, BookletOptions(), Binding.LEFT).signatures == (7, 7, 7)
    assert order(81, BookletOptions(signature=0), Binding.LEFT).signatures == (21,)


# Where pages stand


@pytest.mark.parametrize(
    ("width", "height", "sheet", "scale"),
    [
        (148, 210, "A4", 1.0),
        (105, 148, "A5", 1.0),
        (210, 297, "A4", 0.707),
        (139.7, 215.9, "letter", 1.0),
        (215.9, 279.4, "letter", 0.647),
        (152.4, 228.6, "letter", 0.917),
        (139.7, 210, "A4", 1.0),
        (125, 176, "A4", 1.0),
    ],
)
def test_each_page_has_a_sheet_that_printers_have(width: float, height: float, sheet: str, scale: float) -> None:
    _, found = laid(4, BookletOptions(), [page((width * MM, height * MM))] * 4)
    assert (found.name, round(found.scale, 3)) == (sheet, scale)


def test_one_page_fits_on_both_sheets_that_the_world_has() -> None:
    universal = [page((139.7 * MM, 210 * MM), 12 * MM)] * 4
    assert [laid(4, BookletOptions(sheet=sheet), universal)[1].scale for sheet in ("A4", "letter")] == [1.0, 1.0]
    half_letter = [page((139.7 * MM, 215.9 * MM), 12 * MM)] * 4
    assert round(laid(4, BookletOptions(sheet="A4"), half_letter)[1].scale, 3) == 0.973


def test_a_sheet_is_taken_in_the_direction_in_which_pages_are_larger() -> None:
    _, small = laid(8, BookletOptions(layout=Layout.FOUR_UP, sheet="A4"), [page((105 * MM, 148 * MM))] * 8)
    assert (small.width < small.height, small.scale, small.flip) == (True, 1.0, Edge.LONG)
    _, wide = laid(4, BookletOptions(sheet="A4"), [page((210 * MM, 74 * MM), 7 * MM)] * 4)
    assert wide.width > wide.height


def test_inches_are_told_from_millimetres() -> None:
    assert all(in_inches(*size) for size in ((139.7, 215.9), (152.4, 228.6), (215.9, 279.4)))
    assert not any(in_inches(*SHEETS[name]) for name in ("A3", "A4", "A5", "B5"))
    assert fitting(1000, 1000, inches=True) == "letter"


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize("margin", [0.0, 3.0, 12.0])
def test_no_ink_is_near_the_edge_of_the_sheet(way: tuple[Layout, Edge, Binding], margin: float) -> None:
    pages = [page(A5, margin * MM)] * 40
    options = BookletOptions(layout=way[0], flip=way[1], binding=way[2], inside=2, weight=120)
    made, found = laid(40, options, pages)
    for leaf in geometry.placed(found, pages, made):
        for spot in (*leaf.front.placements, *leaf.back.placements):
            half = (A5[0] / 2 - margin * MM) * spot.scale, (A5[1] / 2 - margin * MM) * spot.scale
            reach_x = abs(spot.x - found.width / 2) + half[0]
            reach_y = abs(spot.y - found.height / 2) + half[1]
            assert reach_x <= found.width / 2 - EDGE * MM + 1e-6
            assert reach_y <= found.height / 2 - EDGE * MM + 1e-6


def test_pages_are_reduced_no_more_than_they_must_be() -> None:
    assert laid(8, BookletOptions(), [page(A5, 7 * MM)] * 8)[1].scale == 1.0
    assert round(laid(8, BookletOptions(), [page(A5, 0)] * 8)[1].scale, 3) == 0.943 == round((105 - EDGE) / 105, 3)
    assert laid(8, BookletOptions(), [Page(*A5, None)] * 8)[1].scale == 1.0


def test_a_sheet_that_is_far_too_small_is_a_problem() -> None:
    with pytest.raises(OutputError) as caught:
        laid(8, BookletOptions(sheet="A5", layout=Layout.FOUR_UP), [page((2000, 3000))] * 8)
    assert [problem.code for problem in caught.value.problems] == ["B006"]
    with pytest.raises(OutputError):
        laid(8, BookletOptions(sheet="A5", inside=60, layout=Layout.FOUR_UP), [page(margin=0)] * 8)


def test_creep_is_a_thickness_for_each_sheet_outside() -> None:
    assert thickness(80) == pytest.approx(0.104)
    assert geometry.creep(3, BookletOptions()) == pytest.approx((0, 0.104 * MM, 0.208 * MM))
    card = BookletOptions(separate_cover=True, cover_weight=200)
    assert geometry.creep(3, card) == pytest.approx((0, 0.26 * MM, 0.364 * MM))


def test_inner_pages_stand_nearer_to_the_fold_by_their_creep() -> None:
    pages = [page()] * 40
    made, found = laid(40, BookletOptions(inside=3), pages)
    leaves = geometry.placed(found, pages, made)
    away = [abs(spot.x - found.width / 2) for leaf in leaves for spot in leaf.front.placements]
    assert away[0] == pytest.approx((148 / 2 + 3) * MM)
    assert away[0] - away[-1] == pytest.approx(9 * 0.104 * MM)


def test_a_wide_page_among_others_is_turned_and_a_large_one_reduced() -> None:
    pages = [page(), page((210 * MM, 148 * MM)), page((210 * MM, 297 * MM)), page((74 * MM, 105 * MM))] + [page()] * 4
    made, found = laid(8, BookletOptions(), pages)
    spots = {
        s.page: s for leaf in geometry.placed(found, pages, made) for s in leaf.front.placements + leaf.back.placements
    }
    assert [spots[number].turn for number in range(4)] == [0, 90, 0, 0]
    assert [round(spots[number].scale, 1) for number in range(4)] == [1, 1, 0.7, 1]
    (problem,) = geometry.odd_pages(pages, "x.pdf")
    assert (problem.code, problem.message) == ("B007", "3 of 8 pages are of another size than most: 2, 3, 4")
    assert not [*geometry.odd_pages([page()] * 3, "x.pdf")]


# Marks


def strokes(
    options: BookletOptions, number: int, kind: Mark, size: tuple[float, float] = A5
) -> list[list[marks.Stroke]]:
    """The strokes of one kind on each side, in the order of printing."""
    pages = [page(size)] * number
    made, found = laid(number, options, pages)
    sewn = len(made.signatures) > 1
    leaves = geometry.placed(found, pages, made)
    return [
        [*marks.drawn(found, side, (kind,), front=front, sewn=sewn)]
        for leaf in leaves
        for side, front in ((leaf.front, True), (leaf.back, False))
    ]


@pytest.mark.parametrize(("layout", "kind", "sheet"), [*product(Layout, Mark, ("A4", "A3", "letter"))])
def test_marks_keep_away_from_the_edge(layout: Layout, kind: Mark, sheet: str) -> None:
    options = BookletOptions(layout=layout, sheet=sheet)
    _, found = laid(24, options, [page()] * 24)
    for side in strokes(options, 24, kind):
        for stroke in side:
            for x, y in ((stroke.x1, stroke.y1), (stroke.x2, stroke.y2)):
                assert EDGE * MM - 0.01 <= x <= found.width - EDGE * MM + 0.01
                assert EDGE * MM - 0.01 <= y <= found.height - EDGE * MM + 0.01


def test_folds_are_marked_where_the_sheet_is_folded() -> None:
    front, back = strokes(BookletOptions(), 4, Mark.FOLD)
    assert [stroke.x1 for stroke in front] == [297 * MM / 2] * 2
    assert back == []
    assert len(strokes(BookletOptions(layout=Layout.FOUR_UP), 8, Mark.FOLD)[0]) == 4


def test_a_booklet_has_two_staples_and_a_sewn_book_four_holes_a_signature() -> None:
    assert [len(side) for side in strokes(BookletOptions(), 12, Mark.STITCH)] == [2, 0, 0, 0, 0, 0]
    assert [len(side) for side in strokes(BookletOptions(signature=8), 16, Mark.STITCH)] == [0, 0, 0, 4, 0, 0, 0, 4]
    # The centre of a quarto is on the front of the sheet.
    assert [len(side) for side in strokes(BookletOptions(layout=Layout.FOUR_UP, signature=8), 16, Mark.STITCH)] == [
        4,
        0,
    ] * 2
    assert [len(side) for side in strokes(BookletOptions(layout=Layout.FOUR_UP), 16, Mark.STITCH)] == [2, 0, 0, 0]


def test_trim_marks_stand_beside_pages_that_are_smaller_than_the_sheet() -> None:
    assert {len(side) for side in strokes(BookletOptions(), 4, Mark.TRIM)} == {0}
    assert {len(side) for side in strokes(BookletOptions(sheet="A3"), 4, Mark.TRIM)} == {8}
    universal = 139.7 * MM, 210 * MM
    (front, _) = strokes(BookletOptions(), 4, Mark.TRIM, universal)
    assert all(stroke.length >= marks.LEAST * MM for stroke in front)


def test_marks_on_a_side_that_is_printed_upside_down_are_turned_with_it() -> None:
    pages = [page()] * 4
    options = BookletOptions(flip=Edge.LONG, sheet="A3")
    made, found = laid(4, options, pages)
    (leaf,) = geometry.placed(found, pages, made)
    upright, turned = (
        marks.operators(found, side, (Mark.TRIM,), front=False, sewn=False)
        for side in (replace(leaf.back, turned=False), leaf.back)
    )
    assert upright != turned
    assert sorted(upright.split()) != []


# Copyfit


def test_what_would_save_a_sheet() -> None:
    assert (
        str(saving(25, Layout.TWO_UP, [(13.7, 25), (13.3, 24), (13, 23)]))
        == "25 pages = 7 sheets, 3 blanks; leading 13.3 pt may give 24 = 6 sheets: 40 sheets saved in 40 copies"
    )
    assert (
        str(saving(25, Layout.TWO_UP))
        == "25 pages = 7 sheets, 3 blanks; 1 page less gives 24 = 6 sheets: 40 sheets saved in 40 copies"
    )


def test_a_leading_that_does_not_help_is_not_proposed() -> None:
    found = saving(6, Layout.TWO_UP, [(13.7, 5)])
    assert found is not None
    assert (found.excess, found.leading) == (2, None)


@pytest.mark.parametrize("number", [24, 27, 28, 3, 1])
def test_where_nothing_would_be_saved_nothing_is_said(number: int) -> None:
    assert saving(number, Layout.TWO_UP, [(13, 1)]) is None

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that cannot be shown: each is a problem that says why, and where in the text it stands."""

from __future__ import annotations

import pytest

from publisher import drawings
from publisher.pictures import Picture, read_picture
from publisher.writers.plate import set_plate

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inner: str, attributes: str = 'width="90" height="90"') -> bytes:
    return f"<svg {NAMESPACES} {attributes}>{inner}</svg>".encode()


def uses(levels: int, times: int) -> str:
    """Groups of which each draws the one before so many times."""
    groups = ['<g id="g0"><rect width="1" height="1"/></g>']
    groups += [f'<g id="g{n}">{f"""<use xlink:href="#g{n - 1}"/>""" * times}</g>' for n in range(1, levels + 1)]
    return f"<defs>{''.join(groups)}</defs><use href='#g{levels}'/>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (svg(uses(6, 10)), "over 100,000 parts"),
        (svg('<g id="a"><use xlink:href="#a"/></g>'), "without end"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "without end"),
        (svg('<pattern id="p"><rect style="fill: url( #p )"/></pattern>'), "without end"),
        (svg("<g>" * 5000 + "</g>" * 5000), "over 100 deep"),
        (svg(uses(101, 1)), "over 100 deep"),
        (svg("", 'width="0" height="90"'), "the width 0,"),
        (svg("", 'width="90" height="-3mm"'), "the height -3mm,"),
        (svg("", 'width="1e9" height="1e9"'), "the width 1e9,"),
        (svg("", 'viewBox="0 0 10 0"'), "the viewBox height 0,"),
        (svg("<rect"), "damaged (not well-formed"),
        (svg("")[:-3], "damaged (unclosed token"),
        (svg('<a z:href="#a"/>'), "damaged (unbound prefix"),
        (b"<svg width='9'/>", "does not begin with"),
        (svg("<script/>"), "could run a program"),
    ],
)
def test_a_drawing_that_cannot_be_drawn_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    fault = drawings.fault(data)
    assert fault is not None
    assert reason in fault.message


@pytest.mark.parametrize(
    "data",
    [
        svg(uses(4, 10)),
        svg(uses(40, 1)),
        svg('<a href="#top" id="top"><rect fill="url(#nothing)"/></a>'),
        svg("", ""),
        svg("", 'width="100%" height="auto" viewBox="0,0,10,10"'),
        svg("<g>" * 95 + "<rect/>" + "</g>" * 95),
    ],
)
def test_a_drawing_that_can_be_drawn_is_drawn(data: bytes) -> None:
    picture = read_picture("x.svg", data, "x")
    assert isinstance(picture, Picture)
    assert set_plate("<img src='picture:x.svg'>", [picture]).startswith(b"%PDF")

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that cannot be shown: each is a problem that says why, and where in the text it stands."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from publisher import drawings
from publisher.build.make import Options, prepare
from publisher.build.run import job
from publisher.pictures import Picture, read_picture
from publisher.works import find
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


def png(width: int, height: int) -> bytes:
    """A picture that says of itself that it is so large."""
    out = io.BytesIO()
    Image.new("1", (9, 9)).save(out, "PNG")
    head = b"IHDR" + struct.pack(">II", width, height) + out.getvalue()[24:29]
    return out.getvalue()[:12] + head + struct.pack(">I", zlib.crc32(head)) + out.getvalue()[33:]


def problems(folder: Path, text: str, name: str = "x.md") -> list[str]:
    (folder / name).write_text(f"# A Title\n\n{text}\n", encoding="utf-8")
    (work,) = find([folder / name])
    found = prepare(job(work), Options()).problems
    return [str(problem).removeprefix(f"{folder}/") for problem in found if problem.code.startswith("P")]


SHOWN = "which books cannot show; its description is printed"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.png", png(20_000, 20_000), "this picture is too large: 20,000 × 20,000 pixels; its description is printed"),
        ("a.png", png(9, 9)[:42], "this picture is damaged; its description is printed"),
        ("a.tiff", b"II*", f"this picture is TIFF, {SHOWN}"),
        ("a.BMP", b"BM", f"this picture is BMP, {SHOWN}"),
        (
            "a.svg",
            svg("<g/>")[:-7],
            "this drawing is damaged (unclosed token: line 1, column 106); its description is printed",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_reported_where_it_stands(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert problems(tmp_path, f"Not {name}, but\n\nÀ ![the mill]({name}) is.") == [
        f'x.md:5:15: warning P001: "{name}": {reason}'
    ]


def test_a_picture_whose_name_has_spaces_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a b.tif").touch()
    (found,) = problems(tmp_path, "![the mill](<a b.tif>)")
    assert found.startswith('x.md:3:14: warning P001: "a b.tif": this picture is TIFF')


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://a.example/a.png", 'the picture "https://a.example/a.png" is on the network, from where'),
        ("//a.example/a.png", 'the picture "//a.example/a.png" is on the network, from where'),
        ("gone.png", 'there is no picture "gone.png" in the work'),
        ("data:image/png;base64," + "A" * 999, f'there is no picture "data:image/png;base64,{"A" * 58}…" in'),
    ],
)
@pytest.mark.parametrize("name", ["x.md", "x.html"])
def test_what_is_not_there_says_so_and_what_is_elsewhere_too(
    tmp_path: Path, name: str, address: str, reason: str
) -> None:
    shown = {
        "x.md": f"![the mill]({address})",
        "x.html": f'<html><body><h1>T</h1><p>Words.</p><img src="{address}" alt="the mill"></body></html>',
    }
    (found,) = problems(tmp_path, shown[name], name)
    assert f": warning P001: {reason}" in found

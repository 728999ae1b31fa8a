# SPDX-License-Identifier: AGPL-3.0-or-later
"""The faces that the parts of a book use -> its fonts, each file embedded once, with the glyphs that are used.

The subset keeps the numbers of glyphs, since the pages show them by number, and is made by HarfBuzz
(https://harfbuzz.github.io/harfbuzz-hb-subset.html) through uharfbuzz. A font in a PDF is made of several dictionaries:
ISO 32000-1, 9.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publisher import fonts
from publisher.writers.matter import Face
from publisher.writers.pdf import origins, streams

if TYPE_CHECKING:
    import pikepdf

# Entries of a character map that may stand in one block.
BLOCK = 100
# The sign for a character that a font does not have; a font without it shows its empty box instead.
REPLACEMENT = 0xFFFD
# Hebrew, Arabic and their like, with what is left of their presentation forms.
JOINED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
TATWEEL = "\u0640"
ZERO_WIDTH_SPACE = "\u200b"
# All widths of a face with this flag are the same.
FIXED_PITCH = 1
# What an OpenType font begins with whose shapes are in a table "CFF ", as those of Chinese type are.
CFF = b"OTTO"
# What a printed page does not need of a font: how to choose and place glyphs, which layout has done, also in columns,
# and signatures.
DROPPED = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "STAT", "SVG "),
    *("VORG", "vhea", "vmtx"),
)

_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 0 >> def
/CMapName /%s def
/CMapType %d def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def embed(pdf: pikepdf.Pdf, faces: Iterable[Face]) -> pikepdf.Dictionary:
    """Embeds the faces that some parts use; gives the fonts by the names that the parts' pages have for them."""
    from pikepdf import Dictionary

    united = tuple(map(_completed, unite(faces)))
    files = {digest: _file(pdf, digest, glyphs) for digest, glyphs in _glyphs(united).items()}
    return pdf.make_indirect(Dictionary({f"/{face.key}": _font(pdf, face, files[face.digest]) for face in united}))


def unite(faces: Iterable[Face]) -> tuple[Face, ...]:
    """Each face once, with all the glyphs that any part of the book uses, in the order in which they are first used."""
    united: dict[str, Face] = {}
    for face in faces:
        known = united.get(face.key)
        united[face.key] = face if known is None else _union(known, face)
    return tuple(map(_named, united.values()))


def _named(face: Face) -> Face:
    """The face with letters for the glyphs of which layout could not tell them.

    Where several stand for several letters, layout gives all letters to one and none to the others: of בַּ to one of
    three. One that stands for no letter is a space without width, as ISO 19005-3 wants each to stand for something.
    """
    joined = any(map(JOINED.search, face.characters.values()))
    if not joined and all(face.characters.values()):
        return face
    known = origins.letters(face.digest)
    doubtful = (glyph for glyph, text in face.characters.items() if not text or (joined and len(text) > 1))
    told = {glyph: known.get(glyph, face.characters[glyph]) or ZERO_WIDTH_SPACE for glyph in doubtful}
    # A stroke that joins two letters, or dots by themselves: the letter is told by the rest of its shape.
    parts = (glyph for glyph, text in face.characters.items() if known.get(glyph) in {"", TATWEEL} - {text})
    return replace(face, characters=face.characters | told | dict.fromkeys(parts, ZERO_WIDTH_SPACE))


def _completed(face: Face) -> Face:
    """A face with the glyph that stands for what it lacks: PDF/UA wants no glyph without a character (.notdef)."""
    if not face.missing:
        return face
    import uharfbuzz

    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(fonts.content(face.digest))))
    glyph = font.get_nominal_glyph(REPLACEMENT) or 0
    width = round(font.get_glyph_h_advance(glyph) * 1000 / font.face.upem)
    return replace(face, replacement=glyph, widths={glyph: width} | face.widths)


def _union(one: Face, other: Face) -> Face:
    return replace(
        one,
        widths=other.widths | one.widths,
        characters=other.characters | one.characters,
        missing=tuple(sorted({*one.missing, *other.missing})),
    )


def _glyphs(faces: Iterable[Face]) -> dict[str, frozenset[int]]:
    """The glyphs that are used of each font file: small capitals and lower case come from the same."""
    used: dict[str, frozenset[int]] = {}
    for face in faces:
        shown = {*face.characters.keys() - set(face.missing), face.replacement}
        used[face.digest] = used.get(face.digest, frozenset()) | shown
    return used


def _file(pdf: pikepdf.Pdf, digest: str, glyphs: frozenset[int]) -> pikepdf.Object:
    from pikepdf import Name

    data = subset(fonts.content(digest), glyphs)
    stream = streams.make(pdf, data)
    if data.startswith(CFF):
        stream.Subtype = Name.OpenType
    else:
        stream.Length1 = len(data)
    return stream


def subset(font: bytes, glyphs: Iterable[int]) -> bytes:
    """A font with the shapes of some glyphs only, each under its own number.

    There is room for all numbers between; a font in CFF could do without and list those that it has, but not every
    reader of PDF looks into this list.
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED)
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.PASSTHROUGH_UNRECOGNIZED | flags.NOTDEF_OUTLINE
    wanted.flags |= flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING
    made = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob(font)), wanted)
    return bytes(made.blob.data)


def _font(pdf: pikepdf.Pdf, face: Face, file: pikepdf.Object) -> pikepdf.Object:
    from pikepdf import Array, Dictionary, Name

    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{face.name}"),
            Encoding=_encoding(pdf, face) if face.missing else Name("/Identity-H"),
            DescendantFonts=Array([_descendant(pdf, face, file)]),
            ToUnicode=streams.make(pdf, _to_unicode(face.characters)),
        )
    )


def _descendant(pdf: pikepdf.Pdf, face: Face, file: pikepdf.Object) -> pikepdf.Object:
    from pikepdf import Dictionary, Name, String

    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{face.name}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        W=_widths(face.widths),
        FontDescriptor=_descriptor(pdf, face, file),
    )
    if "/Subtype" in file:
        font.Subtype = Name.CIDFontType0
    else:
        font.CIDToGIDMap = Name.Identity
    return pdf.make_indirect(font)


def _descriptor(pdf: pikepdf.Pdf, face: Face, file: pikepdf.Object) -> pikepdf.Object:
    from pikepdf import Array, Dictionary, Name, String

    fixed = len(face.widths) > 1 and len(set(face.widths.values())) == 1
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{face.name}"),
        FontFamily=String(face.family),
        Flags=face.flags | (FIXED_PITCH if fixed else 0),
        FontBBox=Array([0, face.descent, _number(max(face.widths.values(), default=0)), face.ascent]),
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.ascent,
        StemV=80,
        StemH=80,
    )
    descriptor["/FontFile3" if "/Subtype" in file else "/FontFile2"] = file
    return pdf.make_indirect(descriptor)


def _widths(widths: Mapping[int, float]) -> pikepdf.Array:
    """Runs of glyphs that follow one another: [first [width width …] first [width …]]."""
    from pikepdf import Array

    array: list[pikepdf.Object | int] = []
    run: list[object] = []
    for glyph in sorted(widths):
        if glyph - 1 not in widths:
            if run:
                array.append(Array(run))
            array.append(glyph)
            run = []
        run.append(_number(widths[glyph]))
    return Array([*array, Array(run)]) if run else Array()


def _number(value: float) -> object:
    """A width as PDF writes it: whole where it is, else with three places."""
    from decimal import Decimal

    return int(value) if value == int(value) else Decimal(f"{value:.3f}")


def _to_unicode(characters: Mapping[int, str]) -> bytes:
    """What the glyphs stand for, when text is copied or read aloud."""
    entries = (f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>\n" for glyph, text in sorted(characters.items()))
    return _HEAD % (b"UCS", b"Adobe-Identity-UCS", 2) + b"".join(_blocks(list(entries), "bfchar")) + _TAIL


def _encoding(pdf: pikepdf.Pdf, face: Face) -> pikepdf.Stream:
    """The glyphs of a face that lacks some: what has none is shown as the sign for a missing one."""
    from pikepdf import Dictionary, Name, String

    missing = set(face.missing)
    entries = [
        f"<{glyph:04x}> {face.replacement if glyph in missing else glyph}\n" for glyph in sorted(face.characters)
    ]
    data = _HEAD % (b"Identity", b"Publisher-0", 1) + b"".join(_blocks(entries, "cidchar")) + _TAIL
    stream = streams.make(pdf, data)
    stream.Type = Name.CMap
    stream.CMapName = Name("/Publisher-0")
    stream.CIDSystemInfo = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    return stream


def _blocks(entries: Sequence[str], kind: str) -> Iterator[bytes]:
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        yield f"{len(block)} begin{kind}\n{''.join(block)}end{kind}\n".encode()

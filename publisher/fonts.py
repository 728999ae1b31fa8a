# SPDX-License-Identifier: AGPL-3.0-or-later
"""The typefaces that an edition is set in, and nothing else: Fontconfig sees only the packaged fonts.

The text is set in EB Garamond; a character that it lacks comes from Noto Serif or, if it is Arabic, from Amiri;
programs are set in IBM Plex Mono. A character that none of them has is a problem, because the system's own fonts would
make the pages depend on the machine.
The configuration file follows https://fontconfig.pages.freedesktop.org/fontconfig/fontconfig-user.html
"""

from __future__ import annotations

import os
import re
import shutil
import string
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import Location, OutputError, Problem
from publisher.ledger import Entry
from publisher.resources import cache_home

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

# The order is the order in which a character is looked up; book.css names the same families.
PACKAGES = {
    "EB Garamond": "fontpkg_eb_garamond",
    "Noto Serif": "fontpkg_noto_serif",
    "Amiri": "fontpkg_amiri",
    "IBM Plex Mono": "fontpkg_ibm_plex_mono",
}
# The faces that books need: variable fonts, and of the others the regular, bold and italic ones.
_FACES = re.compile(r".*\[.*\]|Amiri-(?:Regular|Bold)|IBMPlexMono-(?:Regular|Bold|Italic)")
# The face that is made in bold as well; the weight of its strokes would otherwise be feigned.
_BOLD = "EBGaramond[wght].ttf", "EBGaramond-Bold.ttf", 700

# What an e-book is set in where fonts are embedded: the file, and its style and weight in CSS.
EMBEDDED = (
    ("EBGaramond[wght].ttf", "normal", "normal"),
    ("EBGaramond-Italic[wght].ttf", "italic", "normal"),
    ("EBGaramond-Bold.ttf", "normal", "bold"),
)

# The tables of a variable font that say how it varies. Without them it is a static font in its default weight.
VARIATIONS = ("fvar", "gvar", "cvar", "avar", "HVAR", "MVAR", "STAT")

# What both typefaces have, as a test makes sure. In a text with nothing else no font need be opened to know that.
COMMON = frozenset(string.ascii_letters + string.digits + string.punctuation + "“”‘’«»–—…§°£ÀÄÉÖÜßàâäçèéêëîïñôöùûü")

# In the folder of fonts: what Fontconfig reads, and the digests of all files in the form of sha256sum.
_SETTINGS = "fonts.conf"
_SUMS = "SHA256SUMS"
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


@cache
def configuration() -> FontConfiguration:
    """The one font configuration of this process, shared by all its documents.

    The variable must be set before Pango starts: nothing else may import weasyprint first.
    """
    os.environ["FONTCONFIG_FILE"] = str(_folder() / _SETTINGS)
    with _without_commands():
        from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@contextmanager
def _without_commands() -> Iterator[None]:
    """Where no command is found, ctypes asks no compiler for libraries that WeasyPrint tries by other names.

    They are found without; the compiler would take 0.12 s of a start.
    """
    path = os.environ.pop("PATH", None)
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        del os.environ["PATH"]
        if path is not None:
            os.environ["PATH"] = path


@cache
def _folder() -> Path:
    """Where the file is that Fontconfig reads, with the fonts in a folder beside it.

    It is kept in the user's cache, so that no process that is killed leaves anything behind; where none can be
    written, in a folder that goes with the process. Raises OutputError where none of them can be.
    """
    try:
        folder = cache_home() / f"fonts-{_digest()}"
        _keep(folder)
    except (OSError, RuntimeError):
        return _passing()
    return folder


def _passing() -> Path:
    """A folder that goes with the process; Finalize, unlike atexit, also runs in the workers of a pool."""
    import tempfile
    from multiprocessing.util import Finalize

    try:
        folder = Path(tempfile.mkdtemp(prefix="publisher-fonts-"))
        Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=1)
        _fill(folder, folder)
    except OSError as error:
        message = f"the fonts cannot be unpacked: {error.strerror}"
        place = Location(tempfile.gettempdir())
        raise OutputError([Problem("O001", message, place, "Make room there or in the user's cache.")]) from None
    return folder


def _digest() -> str:
    """What the kept fonts depend on, as a name: other packages or settings make another folder."""
    digest = sha256(repr((VARIATIONS, CONFIGURATION, _BOLD, version("fonttools"))).encode())
    for file in files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _keep(folder: Path) -> None:
    """Makes the folder, unless it is there: at one stroke, since other processes may be making it as well."""
    if _intact(folder):
        return
    import tempfile

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch, "made")
        _fill(made, folder)
        try:
            made.rename(folder)
        except OSError:
            # Another process was faster, or what is there is damaged.
            if not _intact(folder):
                folder.rename(Path(scratch, "damaged"))
                made.rename(folder)


def _intact(folder: Path) -> bool:
    """Whether the folder is as it was made: cleaners of caches take files away, disks damage them."""
    names = {_SETTINGS, f"fonts/{_BOLD[1]}", *(f"fonts/{file.name}" for file in files())}
    try:
        listed = dict(line.split("  ")[::-1] for line in (folder / _SUMS).read_text("utf-8").splitlines())
        return listed.keys() == names and all(_sum(folder / name) == listed[name] for name in names)
    except (OSError, ValueError):
        return False


def _sum(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _fill(folder: Path, place: Path) -> None:
    """Writes fonts and settings to `folder`, which will lie at `place`."""
    for name in ("fonts", "cache"):
        (folder / name).mkdir(parents=True)
    for file in files():
        _save_static(file, folder / "fonts" / file.name)
        if file.name == _BOLD[0]:
            _save_bold(file, folder / "fonts" / _BOLD[1])
    settings = CONFIGURATION.format(folder=escape(str(place)))
    (folder / _SETTINGS).write_text(settings, encoding="utf-8")
    names = [_SETTINGS, *(f"fonts/{file.name}" for file in sorted((folder / "fonts").iterdir()))]
    (folder / _SUMS).write_text("".join(f"{_sum(folder / name)}  {name}\n" for name in names), encoding="utf-8")


def files() -> tuple[Path, ...]:
    """The font files, in the order of PACKAGES."""
    folders = [Path(str(resources.files(package)), "files") for package in PACKAGES.values()]
    return tuple(file for folder in folders for file in sorted(folder.glob("*.ttf")) if _FACES.fullmatch(file.stem))


def uprights() -> tuple[Path, ...]:
    """The files of the upright faces, in the same order."""
    return tuple(file for file in files() if "Italic" not in file.name and "Bold" not in file.name)


def _save_static(source: Path, target: Path) -> None:
    """A copy in the font's default weight: WeasyPrint takes 0.1 s a document to make one from a variable font."""
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        for tag in VARIATIONS:
            if tag in font:
                del font[tag]
        font.save(target, reorderTables=None)


def _save_bold(source: Path, target: Path) -> None:
    """A copy of a variable font in a bold weight, which takes some three seconds to make."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

    with TTFont(source, recalcTimestamp=False) as font:
        bold = instantiateVariableFont(font, {"wght": _BOLD[2]}, overlap=OverlapMode.KEEP_AND_DONT_SET_FLAGS)
        bold.save(target, reorderTables=None)


@cache
def _made() -> dict[str, Path]:
    """The files that pages are set with, by their digests."""
    return {_sum(file): file for file in sorted((_folder() / "fonts").iterdir())}


def content(digest: str) -> bytes:
    """The font file with this SHA-256, of those that pages are set with; KeyError where it is none of them."""
    return _made()[digest].read_bytes()


def subset(name: str, text: str) -> bytes:
    """A face that pages are set with, by its file's name, with no more than what a text needs: some ten kilobytes."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(_folder() / "fonts" / name, recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(hinting=False, notdef_outline=True))
        subsetter.populate(text=text)
        subsetter.subset(font)
        out = BytesIO()
        font.save(out)
    return out.getvalue()


@cache
def _characters(file: Path) -> frozenset[int]:
    """The code points that a font can show."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def has(file: Path, character: str) -> bool:
    """Whether a font can show a character."""
    return ord(character) in _characters(file)


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that no packaged font has, in the order of their code points."""
    lacking = {character for character in set(text) - COMMON if _visible(character)}
    for file in uprights():
        # To read what a font has takes longer than to read a chapter.
        if lacking:
            lacking = {character for character in lacking if ord(character) not in _characters(file)}
    return tuple(sorted(lacking))


def _visible(character: str) -> bool:
    """Whether a character needs a glyph: not a control, format or white space character (U+00AD, U+3000)."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def check(entries: Iterable[Entry]) -> tuple[Problem, ...]:
    """One problem for each character of the printed lines that no font has, at its first occurrence."""
    # Every font has the letters, figures and marks of ASCII.
    printed = [entry for entry in entries if entry.printed and not entry.text.isascii()]
    used = "".join(set().union(*(entry.text for entry in printed)))
    return tuple(_problem(character, printed) for character in missing(used))


def _problem(character: str, entries: list[Entry]) -> Problem:
    entry = next(entry for entry in entries if character in entry.text)
    name = unicodedata.name(character, "a character without a name")
    count = sum(entry.text.count(character) for entry in entries)
    return Problem(
        "O002",
        f"no font has {character} (U+{ord(character):04X}, {name}), found {count} time{'s' if count > 1 else ''}",
        Location(entry.file, entry.line, entry.column and entry.column + entry.text.index(character)),
        f"The PDF shows an empty box instead; the EPUB keeps it. Fonts: {', '.join(PACKAGES)}.",
    )

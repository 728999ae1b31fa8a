# SPDX-License-Identifier: AGPL-3.0-or-later
"""The typefaces that an edition is set in, and nothing else: Fontconfig sees only the packaged fonts.

    packages -> faces of one weight each, in the user's cache -> Fontconfig's settings -> one font configuration

A style sheet names the family of the text. Which family is for which language, and where a character comes from that
the text's family lacks, stands in Fontconfig's settings, written from families.py, so that it holds for every theme.
They follow https://fontconfig.pages.freedesktop.org/fontconfig/fontconfig-user.html
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import Location, OutputError, Problem
from publisher.families import Family, families
from publisher.resources import cache_home

if TYPE_CHECKING:
    import uharfbuzz
    from weasyprint.text.fonts import FontConfiguration

# What programs are set in, whatever the language.
CODE = "IBM Plex Mono"
# The weights that are made of a variable font, with what is added to the name of the file.
_WEIGHTS = ((400, ""), (700, "-Bold"))
# What an e-book is set in where fonts are embedded: the face, and its style and weight in CSS.
EMBEDDED = (
    ("EBGaramond.ttf", "normal", "normal"),
    ("EBGaramond-Italic.ttf", "italic", "normal"),
    ("EBGaramond-Bold.ttf", "normal", "bold"),
)
# In the folder of fonts: what Fontconfig reads, and the digests of all files in the form of sha256sum.
_SETTINGS = "fonts.conf"
_SUMS = "SHA256SUMS"
# Counts the ways in which faces were made: with a new number they are made anew.
_EDITION = 2

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
{rules}</fontconfig>
"""
# Fontconfig looks for a part of a name anywhere, "as" in "ast", too: a language by itself is asked for as it is, one
# with more to its tag by the hyphen behind it.
_COMPARISONS = (("eq", ""), ("contains", "-"))
_FOR_LANGUAGE = """\
  <match target="pattern">
    <test name="lang" compare="{compare}"><string>{language}</string></test>
    <test qual="first" name="family" compare="not_eq"><string>{code}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit>
  </match>
"""
_FOR_ALL = """\
  <match target="pattern">
    <edit name="family" mode="append" binding="strong">{names}</edit>
  </match>
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
    digest = sha256(repr((_EDITION, CONFIGURATION, _FOR_LANGUAGE, _FOR_ALL, _WEIGHTS)).encode())
    for package in ("uharfbuzz", *dict.fromkeys(family.package for family in families())):
        digest.update(_record(package))
    digest.update(repr(families()).encode())
    return digest.hexdigest()[:16]


def _record(package: str) -> bytes:
    """The digests of a package's files, as its installer has noted them: quicker than to read 40 MB of fonts."""
    folder = _place(package)
    records = sorted(folder.parent.glob(f"{package}-*.dist-info/RECORD"))
    if records:
        return b"".join(record.read_bytes() for record in records)
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def _place(package: str) -> Path:
    """The folder of a package, which is not imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


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
    try:
        listed = _listed(folder)
        return _SETTINGS in listed and all(_sum(folder / name) == sum_ for name, sum_ in listed.items())
    except (OSError, ValueError):
        return False


def _listed(folder: Path) -> dict[str, str]:
    """The digests of all files that were made, by name."""
    return dict(line.split("  ")[::-1] for line in (folder / _SUMS).read_text("utf-8").splitlines())


def _sum(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _fill(folder: Path, place: Path) -> None:
    """Writes fonts and settings to `folder`, which will lie at `place`."""
    for name in ("fonts", "cache"):
        (folder / name).mkdir(parents=True)
    for family in families():
        for file in files(family):
            for name, data in _faces(family, file):
                (folder / "fonts" / name).write_bytes(data)
    settings = CONFIGURATION.format(folder=escape(str(place)), rules=_rules())
    (folder / _SETTINGS).write_text(settings, encoding="utf-8")
    names = [_SETTINGS, *(f"fonts/{file.name}" for file in sorted((folder / "fonts").iterdir()))]
    (folder / _SUMS).write_text("".join(f"{_sum(folder / name)}  {name}\n" for name in names), encoding="utf-8")


def _rules() -> str:
    """Which families are for which language, and which are for everything."""
    languages = (
        _FOR_LANGUAGE.format(compare=compare, language=language + hyphen, family=family.name, code=CODE)
        for family in families()
        for language in family.languages.split()
        for compare, hyphen in _COMPARISONS
    )
    return "".join(languages) + _FOR_ALL.format(
        names="".join(f"<string>{family.name}</string>" for family in families())
    )


def files(family: Family) -> tuple[Path, ...]:
    """The files of a family as its package has them."""
    return tuple(sorted(_place(family.package).glob(family.files)))


def upright(family: Family) -> Path:
    """The file of a family's upright regular face; of one in a collection as it was made of that."""
    if family.index:
        return _folder() / "fonts" / next(name for name, _ in _names(files(family)[0]))
    return next(file for file in files(family) if "Italic" not in file.name and "Bold" not in file.name)


def _faces(family: Family, file: Path) -> Iterator[tuple[str, bytes]]:
    """The faces that are made of a file: WeasyPrint takes 0.1 s a document to make one from a variable font."""
    import uharfbuzz

    data = file.read_bytes()
    face = uharfbuzz.Face(uharfbuzz.Blob(data), family.index)
    axes = [axis.tag for axis in face.axis_infos]
    if not axes:
        yield file.name, data
        return
    for name, weight in _names(file):
        yield name, _static(face, {"wght": weight, "wdth": 100})


def _names(file: Path) -> Iterator[tuple[str, int]]:
    """The names of the faces that are made of a variable font, and their weights: no bold italics are needed."""
    stem, *formats = re.split(r"\[.*\]|\.", file.name)
    for weight, mark in _WEIGHTS:
        if not (mark and "Italic" in stem):
            yield f"{stem}{mark}.{'otf' if 'otf' in formats else 'ttf'}", weight


def _static(face: uharfbuzz.Face, axes: dict[str, int]) -> bytes:
    """A variable font at one place of its axes."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.flags |= uharfbuzz.SubsetFlags.DOWNGRADE_CFF2 | uharfbuzz.SubsetFlags.RETAIN_GIDS
    for axis in face.axis_infos:
        wanted.pin_axis_location(face, axis.tag, axes.get(axis.tag, axis.default_value))
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


@cache
def _made() -> dict[str, Path]:
    """The files that pages are set with, by their digests."""
    return {sum_: _folder() / name for name, sum_ in _listed(_folder()).items()}


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

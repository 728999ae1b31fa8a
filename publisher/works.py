# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paths -> the works that they hold, each with its files, its settings and the name of its outputs.

A file is a work; so is a folder with a book.toml, a SUMMARY.md, an index page or a package document, or with Markdown
files that are counted. Any other folder is a shelf: each text in it is a work, each folder in it is looked at in the
same way. What is wrong with a path becomes a problem of
the work that stands for it, so that one bad path never stops the others.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from publisher import characters, folders
from publisher.errors import Location, Problem, PublisherError, SettingsError, SourceError
from publisher.metadata.settings import BookSettings, Settings, ShelfSettings, is_mdbook, layered, read
from publisher.metadata.toml import Document, parse
from publisher.pictures import addresses
from publisher.readers import Source

Names = tuple[str, ...]
"""The way from the given path to a work, of which its slug is made."""


class Work(Struct, frozen=True, kw_only=True):
    """One work: where it is, as the user gave it, what it is made of, what is wrong with it already."""

    path: Path
    slug: str
    files: tuple[Path, ...] = ()
    pictures: tuple[Path, ...] = ()
    style: Path | None = None
    settings: Settings[BookSettings] = field(default_factory=lambda: Settings(BookSettings()))
    defaults: ShelfSettings = field(default_factory=ShelfSettings)
    problems: tuple[Problem, ...] = ()


def find(sources: Sequence[Path]) -> list[Work]:
    """The works in files and folders, in order; a work that is reached by two paths is found once."""
    found: dict[Path, Work] = {}
    for source in sources:
        for work in _guarded(_given(source), source, (_name(source),)):
            found.setdefault(_absolute(work.path), work)
    return _without_collisions(list(found.values()))


def load(work: Work) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """The bytes of a work's texts and of its pictures; raises SourceError."""
    texts = tuple(Source(path.as_posix(), folders.content(path)) for path in work.files)
    named = [*texts, *filter(None, [style(work)])]
    shown = work.pictures or [path for text in named for path in _shown(text, work.path.parent)]
    shown = [*shown, *_cover(work)]
    # Readers put addresses together with the path of the text, which may have been given as "../texts/mill".
    named_pictures = {os.path.normpath(path): path for path in shown}
    return texts, tuple(Source(name, folders.picture(path)) for name, path in named_pictures.items())


def style(work: Work) -> Source | None:
    """The style sheet that a work adds to its theme's; raises SourceError."""
    return Source(work.style.as_posix(), folders.content(work.style)) if work.style else None


def _cover(work: Work) -> Iterator[Path]:
    """The picture that the settings name for the cover, if it lies in their folder."""
    folder = settings_path(work.path).parent
    if cover := work.settings.values.cover:
        path = Path(os.path.normpath(folder / cover))
        if _is_file(path) and folders.is_inside(path, folder):
            yield path


def size(work: Work) -> int:
    """The bytes of a work's texts, as far as they can be known: how long it will take to build."""
    return sum(folders.size(path) for path in work.files)


def _shown(text: Source, folder: Path) -> Iterator[Path]:
    """The pictures that a lone file shows, as far as they lie in its folder."""
    for _, name in addresses(text.data):
        path = Path(os.path.normpath(folder / name))
        if folders.is_picture(path) and _is_file(path) and folders.is_inside(path, folder):
            yield path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # A name that no file can have: too long, or with a NUL.
        return False


def settings_path(path: Path) -> Path:
    """Where the settings of a work belong: book.toml in its folder, x.toml beside x.txt."""
    return path / folders.SETTINGS if path.is_dir() else path.with_suffix(".toml")


def slug(names: Names) -> str:
    """Names of folders and files as letters a to z, digits and hyphens: ("Ленин", "1921 a") -> "lenin-1921-a"."""
    return characters.slug("-".join(names))


def _absolute(path: Path) -> Path:
    """The path from the root without ".."; links stay links, for two of them may be meant as two works."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (resolve follows links)


def _name(path: Path) -> str:
    return path.resolve().name if path.is_dir() else path.stem


def _guarded(works: Iterator[Work], path: Path, names: Names) -> Iterator[Work]:
    """The works, and in place of those that cannot be found one that says why."""
    try:
        yield from works
    except PublisherError as error:
        yield Work(path=path, slug=slug(names), problems=error.problems)


def _given(source: Path) -> Iterator[Work]:
    """The works at a path of the command line."""
    names = (_name(source),)
    if not folders.is_folder(source):
        yield _single(source, names, _inherited(source))
    elif folders.is_work(source):
        yield _many(source, names, _inherited(source))
    else:
        works = list(_shelf(source, (), _inherited(source), ()))
        if not works:
            raise SourceError([Problem("S005", "the folder holds no texts", Location(source.as_posix()))])
        yield from works


def _shelf(folder: Path, names: Names, outer: ShelfSettings, above: tuple[folders.Identity, ...]) -> Iterator[Work]:
    """The works below a folder; `above` are the folders on the way to it, for links that lead back to them."""
    here = folders.identity(folder)
    if here in above:
        message = "the link leads back to a folder that contains it"
        raise SourceError([Problem("S007", message, Location(folder.as_posix()))])
    defaults = _defaults(folder, outer)
    for path in folders.entries(folder):
        inner = (*names, path.stem if folders.is_text(path) else path.name)
        yield from _guarded(_entry(path, inner, defaults, (*above, here)), path, inner)


def _entry(path: Path, names: Names, defaults: ShelfSettings, above: tuple[folders.Identity, ...]) -> Iterator[Work]:
    """The works at one entry of a shelf: what is neither a text nor a folder is none."""
    if not folders.is_folder(path):
        if folders.is_text(path):
            yield _single(path, names, defaults)
    elif folders.is_work(path):
        yield _many(path, names, defaults)
    else:
        yield from _shelf(path, names, defaults, above)


def _single(path: Path, names: Names, defaults: ShelfSettings) -> Work:
    """A work of one file."""
    if folders.is_foreign(path):
        message = f"{path.suffix} files are no texts"
        raise SourceError([Problem("S008", message, Location(path.as_posix()))])
    settings = _settings(settings_path(path))
    return _named(Work(path=path, slug=slug(names), files=(path,), settings=settings, defaults=defaults))


def _many(path: Path, names: Names, defaults: ShelfSettings) -> Work:
    """A work of all the texts in its folder, or of those that its settings name, in their order."""
    document = _document(settings_path(path))
    if document is not None and is_mdbook(document):
        return _mdbook(path, document, names, defaults)
    settings = _settings(settings_path(path))
    files = _listed(path, settings) if settings.values.files else tuple(folders.texts(path))
    return _of_files(path, files, Work(path=path, slug=slug(names), settings=settings, defaults=defaults))


def _mdbook(path: Path, document: Document, names: Names, defaults: ShelfSettings) -> Work:
    """A book in the form of mdBook (https://rust-lang.github.io/mdBook/format/configuration/general.html)."""
    table = document.values["book"]
    inner = table.get("src", "src") if isinstance(table, dict) else "src"
    folder = path / inner if isinstance(inner, str) else path
    if not folders.is_inside(folder, path) or not folder.is_dir():
        message = f'book.src: "{inner}" is no folder inside the work'
        raise SettingsError([Problem("M008", message, document.at(("book", "src")))])
    files = (settings_path(path), *folders.texts(folder))
    return _of_files(path, files, Work(path=path, slug=slug(names), defaults=defaults))


def _of_files(path: Path, files: tuple[Path, ...], work: Work) -> Work:
    """A work of several files, all of which lie in its folder."""
    if not files:
        raise SourceError([Problem("S005", "the folder holds no texts", Location(path.as_posix()))])
    outside = [file for file in files if file.is_symlink() and not folders.is_inside(file, path)]
    if outside:
        message = "the link leads out of the folder of the work"
        raise SourceError([Problem("S007", message, Location(file.as_posix())) for file in outside])
    return _named(replace(work, files=files, pictures=tuple(folders.pictures(path))))


def _named(work: Work) -> Work:
    """The work with its name, and with the style sheet that its settings name."""
    work = replace(work, style=_style(work))
    name = work.settings.values.slug or work.slug
    if name:
        return replace(work, slug=name)
    message = "nothing of the file's name can name its outputs"
    raise SourceError([Problem("W002", message, Location(work.path.as_posix()), 'Set slug = "…" in its settings.')])


def _style(work: Work) -> Path | None:
    name = work.settings.values.style
    if name is None:
        return None
    folder = settings_path(work.path).parent
    path = folder / name
    if not _is_file(path) or not folders.is_inside(path, folder):
        place = work.settings.document.at(("style",))
        raise SettingsError([Problem("M008", f'style: "{name}" is no file in the folder of the work', place)])
    return path


def _listed(folder: Path, settings: Settings[BookSettings]) -> tuple[Path, ...]:
    """The files that the settings name, each once."""
    found = [folders.matching(folder, pattern) for pattern in settings.values.files]
    problems = [
        Problem("M008", f'files: "{pattern}" matches nothing', settings.document.at(("files", index)))
        for index, pattern in enumerate(settings.values.files)
        if not found[index]
    ]
    if problems:
        raise SettingsError(problems)
    return tuple(dict.fromkeys(path for paths in found for path in paths))


def _document(path: Path) -> Document | None:
    return parse(folders.content(path), path.as_posix()) if path.is_file() else None


def _settings(path: Path) -> Settings[BookSettings]:
    return read(folders.content(path), path.as_posix(), BookSettings) if path.is_file() else Settings(BookSettings())


def _defaults(folder: Path, outer: ShelfSettings) -> ShelfSettings:
    """What holds on a shelf: its own defaults over those of the shelf that it stands in."""
    path = folder / folders.DEFAULTS
    if not path.is_file():
        return outer
    return layered(read(folders.content(path), path.as_posix(), ShelfSettings).values, outer)


def _inherited(source: Path) -> ShelfSettings:
    """The defaults of the shelves that a given path stands in, so that a work looks the same when it is built alone.

    They are looked for up to the current folder, and outside of it in the folder of the path only.
    """
    parents, current = _absolute(source).parents, Path.cwd()
    inside = [folder for folder in parents if folder.is_relative_to(current)] or [parents[0]]
    defaults = ShelfSettings()
    for folder in reversed(inside):
        defaults = _defaults(Path(os.path.relpath(folder)) if folder.is_relative_to(current) else folder, defaults)
    return defaults


def _without_collisions(works: list[Work]) -> list[Work]:
    """Works whose outputs would replace one another get a problem each."""
    same: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        if not work.problems:
            same[work.slug.casefold()].append(work)
    return [replace(work, problems=(*work.problems, *_collision(work, same[work.slug.casefold()]))) for work in works]


def _collision(work: Work, same: list[Work]) -> Iterator[Problem]:
    others = [other.path.as_posix() for other in same if other is not work]
    if others and work in same:
        message = f'the outputs would have the same name ("{work.slug}") as those of {", ".join(others)}'
        yield Problem("W001", message, Location(work.path.as_posix()), "Give each work its own slug in its settings.")

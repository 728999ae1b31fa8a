# SPDX-License-Identifier: AGPL-3.0-or-later
"""Imports point one way: each module uses its own layer and those below it, never one above."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import publisher

PACKAGE = Path(publisher.__file__).parent

# From the ground up. A package stands for its modules, unless one of them is named on its own.
LAYERS = (
    # values that everything speaks in
    (
        "publisher",
        "codes",
        "errors",
        "characters",
        "numerals",
        "document",
        "tree",
        "ledger",
        "metadata.model",
        "licences.model",
    ),
    ("imposition.options",),
    ("layout", "accessibility.model", "drawings", "pictures", "edition"),
    # what stands beside the code: sizes of paper, styles, words, typefaces; sheets to fold
    ("papers", "resources", "wording", "phrases", "families", "fonts", "themes", "glyphs", "imposition"),
    # text in
    ("readers", "licences", "metadata"),
    # what is corrected in the text
    ("transforms",),
    # the book's pages
    ("templating", "names", "footing", "html", "credits", "pages", "accessibility"),
    # books out
    ("writers",),
    # what was made, against what it was made from
    ("checks",),
    # which works there are, and what is made of them
    ("folders", "works", "inspection", "schemas", "build"),
    ("cli", "__main__"),
)
PDF_FILES = ("attachments", "description", "merging", "outline", "streams", "typefaces")
# What handles WeasyPrint's boxes.
BOXES = ("filling", "layout", "linebreaks", "measurement", "painting", "paragraph", "widths")
LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}


def module(file: Path) -> str:
    """The name of a module below the package: metadata.toml, "publisher" for the package itself."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "publisher"


MODULES = {module(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def level(name: str) -> int:
    return LEVELS[name] if name in LEVELS else LEVELS[name.partition(".")[0]]


def imports(file: Path) -> Iterator[str]:
    """The modules of the package that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="publisher", names=names):
                yield from (alias.name if alias.name in MODULES else "publisher" for alias in names)
            case ast.ImportFrom(module=str(source), names=names, level=0) if source.startswith("publisher."):
                inner = source.removeprefix("publisher.")
                yield from (f"{inner}.{n.name}" if f"{inner}.{n.name}" in MODULES else inner for n in names)
            case ast.ImportFrom(level=1 | 2 | 3):
                pytest.fail(f"{file}:{node.lineno}: relative import")
            case ast.Import(names=names):
                yield from (n.name.removeprefix("publisher.") for n in names if n.name.split(".")[0] == "publisher")
            case _:
                pass


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_nothing_from_a_layer_above(name: str) -> None:
    above = {used for used in imports(MODULES[name]) if level(used) > level(name)}
    assert not above, f"{name} imports {', '.join(sorted(above))}"


def test_every_layer_is_there() -> None:
    assert {name for name in LEVELS if name not in MODULES} == set()


def test_the_map_in_the_architecture_names_every_module_once() -> None:
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = [name.replace("/", ".") for name in re.findall(r"^\| `([a-z_/]*[a-z_])` \|", text, re.MULTILINE)]
    assert sorted(named) == sorted(MODULES)


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("ebooklib", {"writers.package"}),
        (
            "pikepdf",
            {
                "checks.page_texts",
                "checks.painted",
                "imposition.drawing",
                "imposition.boxes",
                "imposition.pages",
                "imposition.proof",
                *(f"writers.pdf.{name}" for name in PDF_FILES),
            },
        ),
        ("pypdfium2", {"checks.page_texts", "imposition.pages", "writers.contact_sheet", "writers.plate"}),
        ("pydyf", {"writers.pdf.elements", "writers.pdf.structure"}),
        ("pyphen", {"writers.pdf.widths"}),
        ("uharfbuzz", {"fonts", "glyphs", "writers.cover_picture", "writers.pdf.typefaces"}),
        (
            "weasyprint",
            {*(f"writers.pdf.{name}" for name in BOXES), "writers.page_starts", "writers.plate", "fonts"},
        ),
        ("jinja2", {"templating"}),
        (
            "msgspec",
            {
                *("metadata.booklet", "metadata.settings", "metadata.values", "inspection", "schemas", "cli.terminal"),
                *("build.artifacts", "build.layouts", "build.readback", "checks.fidelity"),
            },
        ),
    ],
)
def test_a_foreign_library_stays_with_its_owners(library: str, owners: set[str]) -> None:
    users = set()
    for name, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [node.module or ""] if isinstance(node, ast.ImportFrom) and not _is_of_values(node) else []
            users |= {name for source in found if source.split(".")[0] == library}
    assert users == owners


def _is_of_values(node: ast.ImportFrom) -> bool:
    """Whether an import brings what all values are made of, which belongs to no module."""
    return node.module == "msgspec.structs" or {name.name for name in node.names} <= {"Struct", "field"}

# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever could change a byte of a book changes the digest of the toolchain, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.build import toolchain as module
from publisher.build.toolchain import UnknownError, libraries, toolchain

RECORD = "weasyprint/__init__.py,sha256=abc,12\n../../../bin/weasyprint,sha256={place},9\n"
PRINT_DIGEST = "from publisher.build import toolchain as t; t._UNSETTLED = 0; print(t.toolchain().digest)"


def age(folder: Path, seconds: int = 1000) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (seconds, seconds))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that stand for ours, changed long ago."""
    package, styles = tmp_path / "publisher", tmp_path / "styles"
    for folder in (package, styles):
        folder.mkdir()
    (package / "make.py").write_text("code")
    (styles / "book.css").write_text("css")
    monkeypatch.setattr(module, "PACKAGE", package)
    monkeypatch.setattr(module, "STYLES", styles)
    age(tmp_path)
    return tmp_path


@pytest.fixture
def packages(own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages that Python looks into."""
    folder = own / "site-packages"
    (folder / "weasyprint-70.0.dist-info").mkdir(parents=True)
    (folder / "weasyprint-70.0.dist-info" / "RECORD").write_text(RECORD.format(place="here"))
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder), str(own / "nowhere")])
    return folder


@pytest.mark.usefixtures("own")
def test_the_digest_is_the_same_again() -> None:
    assert toolchain() == toolchain()
    assert toolchain().holds()


@pytest.mark.parametrize("file", ["publisher/make.py", "styles/book.css"])
def test_an_edit_of_ours_counts(file: str, own: Path) -> None:
    before = toolchain()
    (own / file).write_text("Code")
    assert not before.holds()
    age(own)
    assert toolchain().digest != before.digest


@pytest.mark.parametrize("file", ["publisher/templates/new.html", "styles/print/new.css"])
def test_a_new_or_renamed_file_counts(file: str, own: Path) -> None:
    before = toolchain()
    (own / file).parent.mkdir()
    (own / file).write_text("")
    age(own)
    added = toolchain()
    assert not before.holds()
    (own / file).rename((own / file).with_name("newer"))
    assert len({before.digest, added.digest, toolchain().digest}) == 3


def test_where_the_files_lie_and_when_they_were_written_does_not_count(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = toolchain()
    (own / "publisher" / "__pycache__").mkdir()
    (own / "publisher" / "__pycache__" / "make.pyc").write_bytes(b"")
    own.rename(own.with_name("elsewhere"))
    monkeypatch.setattr(module, "PACKAGE", own.with_name("elsewhere") / "publisher")
    monkeypatch.setattr(module, "STYLES", own.with_name("elsewhere") / "styles")
    age(own.with_name("elsewhere"), 2000)
    assert toolchain().digest == before.digest


def test_files_that_have_just_been_changed_are_not_trusted(own: Path) -> None:
    """Python may have read them before, or may yet read them."""
    (own / "publisher" / "make.py").write_text("code")
    with pytest.raises(UnknownError, match="just been changed"):
        toolchain()


def test_a_file_of_ours_that_cannot_be_read_leaves_the_digest_open(own: Path) -> None:
    (own / "publisher" / "lock").symlink_to("nowhere")
    with pytest.raises(OSError, match="No such file"):
        toolchain()


def test_a_package_counts_by_its_version_and_its_files(packages: Path) -> None:
    before = toolchain().digest
    record = packages / "weasyprint-70.0.dist-info" / "RECORD"
    record.write_text(RECORD.format(place="here").replace("abc", "abd"))
    patched = toolchain().digest
    record.write_text(RECORD.format(place="here"))
    assert toolchain().digest == before
    record.parent.rename(packages / "weasyprint-70.1.dist-info")
    newer = toolchain().digest
    (packages / "fonttools-4.61.egg-info").mkdir()
    assert len({before, patched, newer, toolchain().digest}) == 4


def test_commands_of_a_package_tell_only_where_it_is_installed(packages: Path) -> None:
    before = toolchain().digest
    (packages / "weasyprint-70.0.dist-info" / "RECORD").write_text(RECORD.format(place="elsewhere"))
    assert toolchain().digest == before


def test_a_package_whose_files_are_edited_in_place_leaves_the_digest_open(packages: Path) -> None:
    origin = packages / "weasyprint-70.0.dist-info" / "direct_url.json"
    origin.write_text('{"dir_info": {"editable": true}, "url": "file:///home/me/WeasyPrint"}')
    with pytest.raises(UnknownError, match=r"weasyprint-70.0"):
        toolchain()


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("libraries", lambda: {"pango": "1.51.0"}),
        ("_loaded", lambda: (("/usr/lib/libpango-1.0.so.0", 1, 2),)),
    ],
)
def test_libraries_of_the_system_count(name: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = toolchain().digest
    monkeypatch.setattr(module, name, value)
    assert toolchain().digest != before


@pytest.mark.usefixtures("own")
def test_what_else_python_imports_from_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = toolchain().digest
    monkeypatch.setenv("PYTHONPATH", "/home/me/patched")
    assert toolchain().digest != before


def test_the_files_of_pango_and_of_what_it_uses_are_found() -> None:
    assert libraries()["pango"]
    assert libraries()["harfbuzz"]
    found = " ".join(file for file, _, _ in module._loaded())  # noqa: SLF001 (nothing else shows it)
    for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig", "freetype", "fribidi", "z"):
        assert f"/lib{name}.so" in found


def test_the_digest_does_not_depend_on_what_was_imported_before() -> None:
    """Pillow and pikepdf bring libraries of the same names; a process that has laid out text has the same digest."""
    root = Path(module.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    imports = ("", "import PIL._imagingft, pikepdf, lxml.etree, pypdfium2; import weasyprint;")
    digests = [
        subprocess.run(
            [sys.executable, "-c", before + PRINT_DIGEST],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout
        for before in imports
    ]
    assert digests[0] == digests[1] != ""

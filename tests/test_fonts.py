# SPDX-License-Identifier: AGPL-3.0-or-later
"""Only packaged fonts are used, and those that were made are kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher import fonts
from publisher.errors import OutputError

PRINT_FOLDER = """
import os
from publisher import fonts
fonts.configuration()
print(os.path.dirname(os.environ["FONTCONFIG_FILE"]))
"""


def folder_of_a_process(**environment: str) -> Path:
    """Where a new process keeps its fonts; it must not complain."""
    command = [sys.executable, "-c", PRINT_FOLDER]
    run = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    return Path(run.stdout.strip())


@pytest.mark.slow
def test_fonts_are_kept_in_the_cache_and_used_again(tmp_path: Path) -> None:
    folder = folder_of_a_process(XDG_CACHE_HOME=str(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}

    again = folder_of_a_process(XDG_CACHE_HOME=str(tmp_path))

    assert again == folder
    assert folder.parent == tmp_path / "publisher"
    assert list(folder.parent.iterdir()) == [folder]
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_without_a_cache_the_folder_goes_with_its_process(tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    folder = folder_of_a_process(XDG_CACHE_HOME=str(not_a_folder), TMPDIR=str(temporary))

    assert folder.parent == temporary
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
def test_kept_fonts_that_were_cleared_away_or_damaged_are_made_again(tmp_path: Path) -> None:
    folder = folder_of_a_process(XDG_CACHE_HOME=str(tmp_path))
    made = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.parent.name != "cache"}
    font = next(folder.glob("fonts/EB*.ttf"))
    for damaged in (None, made[font][:9000] + b"\0" + made[font][9001:]):
        font.unlink()
        if damaged:
            font.write_bytes(damaged)
        assert folder_of_a_process(XDG_CACHE_HOME=str(tmp_path)) == folder
        assert {path: path.read_bytes() for path in made} == made


def test_without_room_for_the_fonts_there_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(fonts, "_fill", refuse)
    with pytest.raises(OutputError, match="O001: the fonts cannot be unpacked: No space left"):
        fonts._folder.__wrapped__()  # noqa: SLF001 (what every process has once)

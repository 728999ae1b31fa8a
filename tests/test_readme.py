# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the README shows is what publisher does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.cli import COMMANDS, main
from publisher.metadata.settings import BookSettings, read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_shown_with_options_that_it_has(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    known = capsys.readouterr().out
    shown = re.findall(rf"publisher {command}\b[^`\n]*", README)
    assert shown
    assert [option for line in shown for option in re.findall(r"--?\w+", line) if option not in known] == []


@pytest.mark.parametrize("settings", blocks("toml"))
def test_settings_are_valid(settings: str) -> None:
    read(settings.encode(), "book.toml", BookSettings)


def test_the_example_of_a_text_is_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "mytext.txt"
    text.write_text(blocks("text")[0], encoding="utf-8")
    assert main(["inspect", str(text)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("To the Petrograd City Conference of Non-Party Workers\n")
    assert re.search(r"^translator +Yuri Sdobnikov$", out, re.MULTILINE)
    assert re.search(r"^licence +free, .*, GFDL-1\.1-or-later$", out, re.MULTILINE)
    assert "1 note\n" in out


def _without_sizes(text: str) -> str:
    """Sizes differ by a few kilobytes from one version of a library to the next."""
    return re.sub(r" +\d+ kB", " N kB", text)


def test_what_a_build_says_is_shown_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "petrograd.txt", tmp_path / "content")
    command = [sys.executable, "-m", "publisher", "build", "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    _, proof, problem, table = blocks("text")
    assert proof in done.stderr
    assert problem in done.stderr
    assert _without_sizes(table) in _without_sizes(done.stderr)

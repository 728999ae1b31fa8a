# SPDX-License-Identifier: AGPL-3.0-or-later
"""An unchanged work is not built again, and nobody can tell by what comes out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from publisher.build import artifacts, disk, formats, make as making, store
from publisher.build.artifacts import Account, Artifacts, Made
from publisher.build.crew import Pool, here, processes
from publisher.build.formats import Writer
from publisher.build.make import Job, Options, key
from publisher.build.results import Result, build
from publisher.build.store import Store
from publisher.build.toolchain import Toolchain
from publisher.checks import fidelity
from publisher.cli import main
from publisher.edition import Edition, Output
from publisher.metadata.settings import BookSettings, ShelfSettings, read
from publisher.readers import Source
from publisher.works import find

TEXT = """\
V. I. Lenin

A Letter

Written: 14 April, 1921

Comrades, this is the text of the letter. It has a call without a note,[7] and so it has a finding.
"""
NOW = Toolchain("a digest", ())


class Writers:
    """Stand in for the real ones, and count how often they are called."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def epub(self, edition: Edition, *_: object) -> tuple[Output, ...]:
        with self.log.open("a") as log:
            log.write(f"{edition.slug}\n")
        if edition.slug == "crash":
            raise ValueError("no such glyph")
        return (Output(f"{edition.slug}.epub", "epub", f"{edition.title} {edition.modified}".encode() * 9),)

    def pdf(self, edition: Edition, *_: object) -> tuple[Output, ...]:
        return (Output(f"{edition.slug}.pdf", "pdf", edition.paper.encode(), pages=7),)


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fidelity, "_CHECKS", {})
    monkeypatch.setattr(Toolchain, "holds", lambda toolchain: toolchain.digest != "changed")
    writers = Writers(tmp_path / "log")
    monkeypatch.setitem(formats.WRITERS, "epub", Writer(writers.epub))
    monkeypatch.setitem(formats.WRITERS, "pdf", Writer(writers.pdf))
    return writers.log


def shelf(*slugs: str) -> None:
    Path("shelf").mkdir()
    for slug in slugs:
        Path("shelf", f"{slug}.txt").write_text(TEXT, encoding="utf-8")


def built(
    kept: Path | Artifacts, options: Options | None = None, folder: str | None = "out", pool: Pool = here
) -> dict[str, Result]:
    artifacts = kept if isinstance(kept, Artifacts) else Artifacts(Store(kept), NOW)
    options = options or Options(formats=("epub", "pdf"))
    results = build(find([Path("shelf")]), options, pool, 1, Path(folder) if folder else None, artifacts)
    return {result.work.slug: replace(result, seconds=0.0) for result in results}


def times(log: Path) -> int:
    """How many works have been built."""
    return len(log.read_text().splitlines())


def state(folder: str = "out") -> dict[str, tuple[bytes, int, int]]:
    files = sorted(Path(folder).iterdir())
    return {path.name: (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def entries(kept: Path) -> list[Path]:
    return sorted(path for path in kept.rglob("*") if path.is_file())


def test_an_unchanged_work_is_not_built_again_and_its_files_are_not_touched(kept: Path, log: Path) -> None:
    shelf("a", "b")
    first = built(kept)
    before = state()
    assert times(log) == 2
    assert built(kept) == first
    assert all(result.problems and result.proof and len(result.made) == 3 for result in first.values())
    assert state() == before
    assert times(log) == 2


def test_a_changed_work_alone_is_built(kept: Path, log: Path) -> None:
    shelf("a", "b")
    built(kept)
    Path("shelf/b.txt").write_text(TEXT.replace("Comrades", "Friends"))
    built(kept)
    assert log.read_text().split() == ["a", "b", "b"]


def test_outputs_that_are_gone_or_altered_come_back_without_a_build(kept: Path, log: Path) -> None:
    shelf("a")
    first = built(kept)
    before = {name: data for name, (data, _, _) in state().items()}
    Path("out/a.epub").unlink()
    Path("out/a.pdf").write_bytes(b"A4")
    assert built(kept) == first
    assert {name: data for name, (data, _, _) in state().items()} == before
    shutil.rmtree("out")
    assert built(kept, folder="elsewhere") == first
    assert {name: data for name, (data, _, _) in state("elsewhere").items()} == before
    assert times(log) == 1


def test_an_output_that_cannot_be_written_is_a_problem_with_kept_ones_too(kept: Path) -> None:
    shelf("a")
    built(kept)
    shutil.rmtree("out")
    Path("out/a.pdf").mkdir(parents=True)
    result = built(kept)["a"]
    assert [str(problem) for problem in result.problems if problem.code == "O001"]
    assert result.made == ()
    assert [path.name for path in Path("out").iterdir()] == ["a.pdf"]


def test_check_and_build_share_what_is_kept(kept: Path, log: Path) -> None:
    shelf("a")
    checked = built(kept, folder=None)
    assert built(kept) == checked
    assert times(log) == 1


def test_what_is_kept_comes_from_any_process(kept: Path, log: Path) -> None:
    shelf("a")
    assert built(kept, pool=processes) == built(kept)
    assert times(log) == 1


def test_a_work_that_is_not_built_for_its_warnings_is_known_by_them(kept: Path, log: Path) -> None:
    shelf("a")
    options = Options(formats=("epub",), strict=True)
    first = built(kept, options)
    assert first["a"].failed(strict=True)
    assert not first["a"].made
    assert entries(kept)
    assert built(kept, options) == first
    assert not log.exists()


def test_a_work_that_failed_otherwise_is_tried_again(kept: Path, log: Path) -> None:
    shelf("crash")
    Path("shelf/empty.txt").touch()
    Path("shelf/broken.txt").write_text(TEXT)
    Path("shelf/broken.toml").write_text("title =")
    first = built(kept)
    assert [result.failed(strict=False) for result in first.values()] == [True, True, True]
    assert entries(kept) == []
    assert built(kept) == first
    assert times(log) == 2


def test_nothing_is_kept_when_our_own_files_were_changed_meanwhile(kept: Path) -> None:
    shelf("a")
    assert built(Artifacts(Store(kept), Toolchain("changed", ())))["a"].made
    assert entries(kept) == []


def test_another_toolchain_builds_anew(kept: Path, log: Path) -> None:
    shelf("a")
    built(kept)
    built(Artifacts(Store(kept), Toolchain("another digest", ())))
    assert times(log) == 2


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "flipped"])
def test_damage_to_any_entry_changes_nothing(damage: str, kept: Path) -> None:
    shelf("a")
    first = built(kept)
    before = {name: data for name, (data, _, _) in state().items()}
    for number in range(len(entries(kept))):
        entry = entries(kept)[number]
        data = entry.read_bytes()
        match damage:
            case "gone":
                entry.unlink()
            case "empty":
                entry.write_bytes(b"")
            case "cut":
                entry.write_bytes(data[:-1])
            case _:
                entry.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        shutil.rmtree("out")
        assert built(kept) == first
        assert {name: data for name, (data, _, _) in state().items()} == before
        assert entries(kept)[number].read_bytes() == data


FOREIGN = {
    "no JSON": b"\x80\x04N.",
    "another shape": b'{"made": 7}',
    "a list": b"[]",
    "nothing": b"",
    "a file elsewhere": msgspec.json.encode(
        Account((Made("../a.epub", "epub", 1, "0" * 64, None, None, None, "", (), {}),), (), "")
    ),
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_an_account_that_is_not_ours_is_no_account(data: bytes, kept: Path) -> None:
    found = Artifacts(Store(kept), NOW)
    found.store.put(store.key(toolchain=NOW.digest, account="a work"), data)
    assert found.find("a work") is None


def test_a_store_that_keeps_nothing_changes_nothing(tmp_path: Path, log: Path) -> None:
    shelf("a")
    blocked = tmp_path / "file"
    blocked.touch()
    first = built(blocked)
    assert built(blocked) == first
    assert times(log) == 2


def test_a_name_that_is_not_utf8_is_built_and_not_kept(kept: Path) -> None:
    shelf()
    Path("shelf", os.fsdecode(b"letter\xff.txt")).write_text(TEXT)
    assert built(kept)["letter"].made
    assert entries(kept) == []


# What a build depends on


JOB = Job(slug="x", file="x.txt", sources=(Source("x.txt", b"text"),), pictures=(Source("x.png", b"picture"),))
OPTIONS = Options()


def settings(text: str) -> Any:  # noqa: ANN401 (any of its fields)
    return read(text.encode(), "x.toml", BookSettings)


DIFFERENT: dict[str, tuple[Job, Options]] = {
    "text": (replace(JOB, sources=(Source("x.txt", b"Text"),)), OPTIONS),
    "name of text": (replace(JOB, sources=(Source("y.txt", b"text"),)), OPTIONS),
    "two texts": (replace(JOB, sources=(*JOB.sources, Source("y.txt", b""))), OPTIONS),
    "order of texts": (replace(JOB, sources=(Source("y.txt", b""), *JOB.sources)), OPTIONS),
    "picture": (replace(JOB, pictures=(Source("x.png", b"Picture"),)), OPTIONS),
    "no picture": (replace(JOB, pictures=()), OPTIONS),
    "style sheet": (replace(JOB, style=Source("x.css", b"p { color: red }")), OPTIONS),
    "name of style sheet": (replace(JOB, style=Source("y.css", b"p { color: red }")), OPTIONS),
    "slug": (replace(JOB, slug="y"), OPTIONS),
    "file": (replace(JOB, file="y.txt"), OPTIONS),
    "settings": (replace(JOB, settings=settings('title = "X"')), OPTIONS),
    "place of settings": (replace(JOB, settings=settings('\ntitle = "X"')), OPTIONS),
    "a comment in the settings, which are attached": (replace(JOB, settings=settings("# nothing")), OPTIONS),
    "file of settings": (replace(JOB, settings=read(b'title = "X"', "y.toml", BookSettings)), OPTIONS),
    "typography": (replace(JOB, settings=settings("typography.dashes = false")), OPTIONS),
    "no typography": (replace(JOB, settings=settings("typography = false")), OPTIONS),
    "date": (replace(JOB, settings=settings("edition.date = 2020-02-02")), OPTIONS),
    "defaults": (replace(JOB, defaults=ShelfSettings(publisher="P")), OPTIONS),
    "formats": (JOB, Options(formats=("epub",))),
    "paper": (JOB, Options(paper="A6")),
    "theme": (JOB, Options(theme="pamphlet")),
    "strict": (JOB, Options(strict=True)),
    "release": (JOB, Options(strict=True, release=True)),
    "epoch": (JOB, Options(epoch=1)),
    "the first second": (JOB, Options(epoch=0)),
}


def test_whatever_a_book_depends_on_makes_another_key() -> None:
    keys = {name: key(*given) for name, given in DIFFERENT.items()}
    assert len({key(JOB, OPTIONS), *keys.values()}) == len(keys) + 1


def test_what_a_book_does_not_depend_on_makes_none() -> None:
    assert key(JOB, Options(details=True, formats=("pdf", "epub", "booklet"))) == key(JOB, OPTIONS)


def test_every_field_of_a_job_and_of_the_options_is_known_here() -> None:
    """Whoever adds one decides whether a book depends on it, in `make.key` and above."""
    assert set(Job.__struct_fields__) == {"slug", "file", "sources", "pictures", "style", "settings", "defaults"}
    assert set(Options.__struct_fields__) == {*"formats paper theme strict release fit epoch details".split()}
    assert set(Source.__struct_fields__) == {"file", "data"}


def test_the_form_of_settings_in_a_key_does_not_depend_on_the_process() -> None:
    """Sets, or objects shown by their address, would make another key in each process."""
    assert date(2020, 2, 2) == settings("edition.date = 2020-02-02").values.edition.date
    text = repr((settings('[[accept]]\ncode = "N001"\ntext = "x"\nreason = "y"'), ShelfSettings(publisher="P")))
    assert not re.search(r" at 0x|\bset\(|frozenset", text)


# Several builds at once


def test_two_builds_at_once_into_one_folder_leave_the_outputs_of_one(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from publisher.build import disk\n"
        "for turn in range(100):\n"
        "    disk.write({f'x.{n}': f'{sys.argv[1]} {turn}'.encode() * 1000 for n in range(4)}, Path('out'))\n"
    )
    Path("out").mkdir()
    root = Path(making.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    running = [subprocess.Popen([sys.executable, "-c", program, name], env=environment) for name in "ab"]
    seen = 0
    while any(process.poll() is None for process in running):
        with disk._turn(tmp_path / "out"):  # noqa: SLF001 (the point of it)
            seen += bool({path.read_bytes() for path in Path("out").glob("x.*")})
            assert len({path.read_bytes() for path in Path("out").glob("x.*")}) <= 1
        time.sleep(0.001)
    assert [process.returncode for process in running] == [0, 0]
    assert seen
    assert sorted(path.name for path in Path("out").iterdir()) == ["x.0", "x.1", "x.2", "x.3"]


# The command line


@pytest.fixture
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits and tests within two seconds is not to wait."""
    monkeypatch.setattr(artifacts, "toolchain", lambda: NOW)


@pytest.mark.usefixtures("_settled")
def test_the_command_says_the_same_again(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf("a", "b")
    assert main(["build", "shelf", "-t", "epub", "-j", "1"]) == 0
    first = capsys.readouterr()
    assert main(["build", "shelf", "-t", "epub"]) == 0
    assert capsys.readouterr() == first
    assert "N001" in first.err
    assert "a: all" in first.err
    assert times(log) == 2


@pytest.mark.usefixtures("_settled")
def test_the_command_keeps_where_it_is_told_or_nowhere(log: Path, kept: Path, tmp_path: Path) -> None:
    shelf("a")
    for _ in range(2):
        assert main(["build", "shelf", "-t", "epub", "-j", "1", "--cache", "here"]) == 0
    assert times(log) == 1
    assert entries(tmp_path / "here")
    assert main(["build", "shelf", "-t", "epub", "--no-cache"]) == 0
    assert times(log) == 2
    assert not kept.exists()
    with pytest.raises(SystemExit, match="2"):
        main(["build", "shelf", "--cache", "here", "--no-cache"])


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("no home")])
def test_without_a_place_to_keep_things_all_is_built(
    error: Exception, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> Path:
        raise error

    shelf("a")
    monkeypatch.setattr(store, "folder", refuse)
    for _ in range(2):
        assert main(["build", "shelf", "-t", "epub", "-j", "1"]) == 0
    assert times(log) == 2

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line as people and scripts use it: what is printed where, and the exit status."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import jsonschema
import pytest

from publisher import __version__, schemas
from publisher.cli import COMMANDS, build, main
from publisher.codes import CODES

TEXT = """\
V. I. Lenin

A Letter

Written: 14 April, 1921
Copyleft: Permission is granted under the terms of the GNU Free Documentation License

Comrades, this is the text of the letter,[1] and it is long enough that nobody can take it for the heading of a
chapter: it runs over more than one line, as paragraphs of letters do.

It has a second paragraph, which is not as long as the first one but still ends as a sentence does.

[1] This is its note.
"""


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    Path("content").mkdir()
    Path("content/letter.txt").write_text(TEXT, encoding="utf-8")
    return Path("content")


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def run(*arguments: str) -> int:
    """The exit status, whether it comes from a command or from the parser."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(str(ended.code))


def test_build_writes_all_formats_of_content_into_dist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "-j", "1") == 0
    assert names("dist") == ["letter.booklet.pdf", "letter.epub", "letter.fidelity.json", "letter.pdf"]
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "letter" in printed.err
    assert "flip on the short edge" in printed.err
    assert re.search(r"^letter: all \d+ words in EPUB and PDF(; \d+ flaws? of layout)?$", printed.err, re.MULTILINE)
    assert "\x1b" not in printed.err


def test_build_json_describes_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "content/letter.txt", "-t", "epub", "-o", "out", "--json") == 0
    (work,) = json.loads(capsys.readouterr().out)["works"]
    assert work.keys() == {"slug", "outputs", "problems", "seconds"}
    data = Path("out/letter.epub").read_bytes()
    assert work["slug"] == "letter"
    report = work["outputs"].pop()
    assert (report["path"], report["format"]) == ("out/letter.fidelity.json", "fidelity")
    assert work["outputs"] == [
        {
            "path": "out/letter.epub",
            "format": "epub",
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    ]


def test_problems_go_to_standard_error_with_hints(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "nix", "content", "-t", "epub") == 1
    error = capsys.readouterr().err
    assert "nix: error S001: there is no such file or folder\n" in error
    assert "1 work to look at:\n  nix: 1 error: no such file or folder (S001)\n" in error
    assert names("dist") == ["letter.epub", "letter.fidelity.json"]


def test_check_writes_nothing_and_exits_as_build_does(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    before = sorted(Path().rglob("*"))
    assert run("check", "--json") == 0
    assert json.loads(capsys.readouterr().out)["works"][0]["outputs"] == []
    (content / "empty.txt").touch()
    assert run("check") == 1
    assert sorted(Path().rglob("*")) == sorted([*before, content / "empty.txt"])


def test_strict_shows_warnings_as_errors(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    (content / "letter.txt").write_text(TEXT.replace("V. I. Lenin\n\n", "").replace("A Letter", "A LETTER"))
    assert run("build", "-t", "epub") == 0
    assert ": warning H002: " in capsys.readouterr().err
    assert run("build", "-t", "epub", "--strict", "-o", "strict") == 1
    assert ": error H002: " in capsys.readouterr().err
    assert names("strict") == []


def test_release_writes_checksums(content: Path) -> None:
    (content / "free.txt").write_text(TEXT.replace("Copyleft: Permission is granted under the terms of the GNU", "X"))
    assert run("build", "--release", "-t", "epub", "-j", "1") == 1
    assert names("dist") == ["SHA256SUMS", "letter.epub", "letter.fidelity.json", "manifest.json"]


def test_inspect_says_what_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inspect", "content/letter.txt") == 0
    text = capsys.readouterr().out
    for shown in ("A Letter", "V. I. Lenin", "1921-04-14", "GFDL-1.1-or-later", "57 words, 1 note"):
        assert shown in text


def test_inspect_json_is_one_object_for_a_work_and_a_list_for_a_shelf(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((Path(schemas.__file__).parent / "inspect.schema.json").read_text("utf-8"))
    assert run("inspect", "content/letter.txt", "--json") == 0
    work = json.loads(capsys.readouterr().out)
    assert run("inspect", "content", "--json") == 0
    shelf = json.loads(capsys.readouterr().out)
    jsonschema.validate(work, schema)
    jsonschema.validate(shelf, schema)
    assert (work["title"], work["words"], work["notes"][0]["text"]) == ("A Letter", 57, "This is its note.")
    assert shelf == {"works": [work]}


def test_inspect_of_what_cannot_be_read_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inspect", "nix", "--json") == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["file"]) == ("S001", "nix")


def test_new_writes_settings_that_change_nothing_and_never_overwrites(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inspect", "content/letter.txt", "--json") == 0
    before = json.loads(capsys.readouterr().out)
    assert run("new", "content") == 0
    settings = tomllib.loads(Path("content/letter.toml").read_text("utf-8"))
    assert settings == {"identifier": before["metadata"]["identifier"], "slug": "letter", "pages": "pdf"}
    assert run("new", "content/letter.txt") == 1
    assert "O003" in capsys.readouterr().err
    assert run("inspect", "content/letter.txt", "--json") == 0
    assert json.loads(capsys.readouterr().out) == before
    assert run("check", "content/letter.txt", "--strict") == 0


def test_new_lists_the_pages_of_a_folder(content: Path) -> None:
    (content / "book").mkdir()
    for name in ("index", "ch1", "ch2"):
        (content / "book" / f"{name}.txt").write_text(TEXT.replace("A Letter", f"The {name}"), encoding="utf-8")
    assert run("new", "content/book") == 0
    files = tomllib.loads(Path("content/book/book.toml").read_text("utf-8"))["files"]
    assert sorted(files) == ["ch1.txt", "ch2.txt", "index.txt"]
    assert run("check", "content/book") == 0


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    for code, known in CODES.items():
        assert run("explain", code.lower()) == 0
        assert capsys.readouterr().out.startswith(f"{code}: {known.title} ({known.severity})\n\n")
    assert run("explain") == 0
    assert capsys.readouterr().out.count("\n") == len(CODES)
    assert run("explain", "S0001") == 2
    assert "S001" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["bild"], "invalid choice"),
        (["build", "-t", "mobi"], "invalid choice"),
        (["build", "-j", "0"], "is no number of processes"),
        (["build", "--paper", "A55"], "is no paper size"),
        (["build", "--theme", "folio"], "is no theme; known: book, pamphlet, large-print"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_a_wrong_source_date_epoch_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run("build") == 2
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    assert f"examples:\n  publisher {command}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"publisher {__version__}\n"


def test_an_unforeseen_error_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("lost")

    monkeypatch.setattr(build, "produce", fail)
    assert run("build") == 1
    assert capsys.readouterr().err.startswith("publisher: error X001: internal error (RuntimeError: lost)")


def process(*arguments: str, folder: Path | None = None, **surroundings: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "publisher", *arguments]
    # importlib mode leaves sys.path alone; the child must find this very package.
    environment = {**os.environ, "PYTHONPATH": str(Path(schemas.__file__).parents[2]), **surroundings}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment, cwd=folder)


def test_builds_give_the_same_bytes_whatever_surrounds_them(content: Path, tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and number of processes, and files read in another order."""
    Path("content/speech.txt").write_text(TEXT.replace("A Letter", "A Speech"), encoding="utf-8")
    elsewhere = tmp_path / "else where"
    (elsewhere / "content").mkdir(parents=True)
    for name in ("speech.txt", "letter.txt"):
        (elsewhere / "content" / name).write_bytes((content / name).read_bytes())
    first = process("build", "--no-cache", "-j", "1", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    second = process(
        "build", "--no-cache", "-j", "2", folder=elsewhere, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="2"
    )
    assert [running.communicate()[0] for running in (first, second)] == ["", ""]
    assert (first.returncode, second.returncode) == (0, 0)
    assert len(names("dist")) == 8
    assert {path.name: path.read_bytes() for path in Path("dist").iterdir()} == {
        path.name: path.read_bytes() for path in (elsewhere / "dist").iterdir()
    }


@pytest.mark.usefixtures("content")
def test_no_byte_depends_on_how_the_path_was_given() -> None:
    """A folder and a lone file, with pictures that are shown, missing and below, links, and words that are left out."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    text = (
        "# One\n\n![road](art/road.svg) ![gone](gone.png)\n\n> ![road](art/road.svg)\n\n"
        '[There](#two) -- "so".[^1]\n\n## Two\n\nIt is.\n\n[^1]: ![road](art/road.svg)\n'
    )
    for folder in ("mill", "content"):
        Path(folder, "art").mkdir(parents=True)
        Path(folder, "art/road.svg").write_text(drawing, encoding="utf-8")
    Path("mill/book.toml").write_text('language = "en"\nsource_url = "https://mill.example/"\n', encoding="utf-8")
    for place in ("mill/01.md", "mill/02.md", "content/lone.md"):
        Path(place).write_text(text, encoding="utf-8")
    for number, name in enumerate(("mill", "content/lone.md")):
        given = (Path(name), Path("content", "..", name), Path(name).resolve())
        for other, path in enumerate(given):
            assert main(["build", str(path), "-t", "text", "-t", "epub", "--no-cache", "-o", f"{number}{other}"]) == 0
        first, *others = ({p.name: p.read_bytes() for p in Path(f"{number}{n}").iterdir()} for n in range(3))
        assert others == [first, first]
        assert len(first) == 3
        (told,) = (data.decode() for file, data in first.items() if file.endswith(".txt"))
        assert "[Picture: road (art/road.svg)]" in told


def test_help_loads_none_of_the_heavy_libraries() -> None:
    script = "import sys, publisher.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"weasyprint", "ebooklib", "lxml", "jinja2", "pikepdf", "tqdm"} & set(modules)


def long_build(content: Path, jobs: str) -> subprocess.Popen[str]:
    """A build of two long works that has begun."""
    paragraphs = "\n\n".join(f"Paragraph {i} of a long text. " + "Many words follow. " * 60 for i in range(1500))
    for name in ("long", "longer"):
        (content / f"{name}.txt").write_text(f"A. Author\n\nA Long Text\n\n{paragraphs}\n", encoding="utf-8")
    running = process("build", "--no-cache", "content/long.txt", "content/longer.txt", "-t", "pdf", "-j", jobs)
    while not Path("dist").exists():
        time.sleep(0.05)
    return running


INTERRUPTIONS = [("1", signal.SIGINT), ("2", signal.SIGINT), ("2", signal.SIGTERM), ("2", signal.SIGHUP)]


@pytest.mark.parametrize(("jobs", "number"), INTERRUPTIONS)
def test_an_interrupted_build_ends_at_once_and_leaves_nothing_unfinished(
    content: Path, jobs: str, number: signal.Signals
) -> None:
    running = long_build(content, jobs)
    time.sleep(0.5)
    running.send_signal(number)
    _, error = running.communicate(timeout=10)
    # Where the signal meets code that Python compiles from a text, Python ends itself by the signal: 130 for shells.
    assert running.returncode in (130, -signal.SIGINT)
    assert ("Traceback" in error, names("dist")) == (False, [])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs the list of processes of Linux")
def test_processes_end_by_themselves_when_their_parent_is_killed(content: Path) -> None:
    running = long_build(content, "2")
    while len(children(running.pid)) < 2:
        time.sleep(0.05)
    running.kill()
    # They hold the other ends of our pipes as long as they live.
    running.communicate(timeout=10)
    assert (running.returncode, names("dist")) == (-signal.SIGKILL, [])


def children(number: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()]


def test_what_texts_say_never_commands_the_terminal(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    (content / "letter.toml").write_text('slug = "a\\nb\\u001b[31m"\n', encoding="utf-8")
    assert run("build") == 1
    assert 'found "a\\nb\\x1b[31m"\n' in capsys.readouterr().err


def test_a_name_that_is_not_utf8_is_shown_with_escapes(content: Path) -> None:
    (content / "letter.txt").rename(content / os.fsdecode(b"letter\xff.txt"))
    out, _ = process("inspect", "content", "--json").communicate(timeout=10)
    assert json.loads(out)["works"][0]["slug"] == "letter"


@pytest.mark.parametrize(
    ("redirection", "status", "said"),
    [(">&-", 0, ""), ("2>&-", 0, ""), (">/dev/full", 1, "publisher: standard output cannot be written: No space")],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_streams_that_are_closed_or_full_are_no_internal_error(redirection: str, status: int, said: str) -> None:
    script = f'exec "$0" -c "from publisher.cli import main; raise SystemExit(main())" explain T003 {redirection}'
    environment = {**os.environ, "PYTHONPATH": str(Path(schemas.__file__).parents[2])}
    ended = subprocess.run(
        ["sh", "-c", script, sys.executable], capture_output=True, text=True, env=environment, check=False
    )
    assert (ended.returncode, ended.stderr.startswith(said), "rror" in ended.stderr) == (status, True, False)


def test_a_reader_that_stops_listening_is_no_error() -> None:
    running = process("explain")
    assert running.stdout
    running.stdout.close()
    _, error = running.communicate(timeout=10)
    assert "Traceback" not in error
    assert "Exception" not in error


@pytest.mark.usefixtures("content")
def test_a_theme_may_be_chosen_for_one_build(capsys: pytest.CaptureFixture[str]) -> None:
    pages = {}
    for theme in ("pamphlet", "large-print"):
        assert run("build", "-t", "pdf", "--theme", theme, "--json", "-o", theme) == 0
        pages[theme] = json.loads(capsys.readouterr().out)["works"][0]["outputs"][0]["pages"]
    assert pages["pamphlet"] < pages["large-print"]

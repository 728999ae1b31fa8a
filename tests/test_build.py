# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a work's bytes to files: what is built, what stops it, and what is left on the disk when something fails."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from publisher.build import disk, formats, release
from publisher.build.crew import Pool, here, processes
from publisher.build.formats import Writer, order
from publisher.build.make import Built, Job, Options, make, prepare
from publisher.build.results import Result, build
from publisher.checks import fidelity
from publisher.edition import Edition, Output
from publisher.errors import Location, OutputError, Problem
from publisher.metadata.settings import BookSettings, Settings, read
from publisher.readers import Source
from publisher.works import find, load

TEXT = """\
V. I. Lenin

A Letter

Written: 14 April, 1921
Copyleft: Permission is granted under the terms of the GNU Free Documentation License
{more}

Comrades, this is the text of the letter. It has a call without a note,[7] and so it has a finding.

This is the second paragraph, and it has another one.[8]
"""


def epub(edition: Edition, *_: object) -> tuple[Output, ...]:
    """Stands for a writer: its bytes say what it was given."""
    match edition.slug:
        case "crash":
            raise ValueError("no such glyph")
        case "refuse":
            raise OutputError([Problem("O001", "cannot be written", Location("x"))])
        case "die":
            os._exit(3)
        case "stop":
            raise KeyboardInterrupt
    return (Output(f"{edition.slug}.epub", "epub", f"{edition.title} {edition.modified}".encode()),)


def pdf(edition: Edition, *_: object) -> tuple[Output, ...]:
    return (Output(f"{edition.slug}.pdf", "pdf", edition.paper.encode(), pages=7),)


def booklet(edition: Edition, made: Mapping[str, Output], *_: object) -> tuple[Output, ...]:
    return (Output(f"{edition.slug}.booklet.pdf", "booklet", made["pdf"].data * 2, pages=4, sheets=2, blanks=1),)


@pytest.fixture(autouse=True)
def _small_writers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fidelity, "_CHECKS", {})
    for name, writer in {
        "epub": Writer(epub, paged=("pdf",)),
        "pdf": Writer(pdf),
        "booklet": Writer(booklet, ("pdf",)),
    }.items():
        monkeypatch.setitem(formats.WRITERS, name, writer)


def job(slug: str = "x", settings: str = "", more: str = "") -> Job:
    values = read(settings.encode(), "x.toml", BookSettings) if settings else Settings(BookSettings())
    source = Source("x.txt", TEXT.format(more=more).encode())
    return Job(slug=slug, file="x.txt", sources=(source,), settings=values)


def codes(built: Built | Result) -> list[str]:
    return sorted(problem.code for problem in built.problems)


def test_a_format_brings_what_it_is_made_from() -> None:
    assert order(["booklet"], "none") == ("pdf", "booklet")
    assert order(["pdf", "epub"], "none") == order(["pdf", "epub"], "source") == ("epub", "pdf")
    assert order(["epub"], "pdf") == ("pdf", "epub")
    assert order(["text", "booklet", "epub"], "pdf") == ("pdf", "epub", "booklet", "text")
    assert [output.path for output in make(job(), Options(formats=("booklet",))).outputs] == [
        "x.booklet.pdf",
        "x.fidelity.json",
    ]


def test_bytes_do_not_depend_on_the_formats_asked_for() -> None:
    alone = make(job(), Options(formats=("pdf",))).outputs[:1]
    assert alone == make(job(), Options(formats=("booklet", "pdf"))).outputs[:1]


def test_options_reach_the_edition() -> None:
    made = make(job(), Options(formats=("epub", "pdf"), paper="A6", epoch=12)).outputs[:2]
    assert [output.data for output in made] == [b"A Letter 12", b"A6"]


def test_a_crash_is_a_problem_of_its_work() -> None:
    (problem,) = (p for p in make(job("crash"), Options()).problems if p.code == "X001")
    assert str(problem) == "x.txt: error X001: internal error (ValueError: no such glyph)"
    assert "Traceback" not in (problem.hint or "")
    (detailed,) = (p for p in make(job("crash"), Options(details=True)).problems if p.code == "X001")
    assert "Traceback" in (detailed.hint or "")


def test_a_text_that_cannot_be_read_is_a_problem_of_its_work() -> None:
    built = make(Job(slug="x", file="x.txt", sources=(Source("x.txt", b" \n"),)), Options())
    assert (codes(built), built.outputs) == (["S002"], ())


ACCEPT_7 = '[[accept]]\ncode = "N001"\ntext = "[7]"\nreason = "so in print"\n'
ACCEPT_LINE = '[[accept]]\ncode = "N001"\ntext = "second paragraph"\nreason = "so in print"\n'


def test_a_word_that_no_layout_ends_with_is_a_problem_at_its_line() -> None:
    (problem,) = make(job(more="x" * 20_001), Options()).problems
    assert str(problem).startswith("x.txt:7: error S010: 20,001 letters")
    assert "S010" not in codes(make(job(more="x" * 20_000 + " " + "马" * 30_000), Options()))


def test_accepted_findings_are_silent_by_message_or_by_source_line() -> None:
    assert codes(make(job(), Options())).count("N001") == 2
    (left,) = (p for p in make(job(settings=ACCEPT_7), Options()).problems if p.code == "N001")
    assert "[8]" in left.message
    assert "N001" not in codes(make(job(settings=ACCEPT_7 + ACCEPT_LINE), Options()))


def test_an_entry_that_silences_nothing_is_an_error_with_its_line() -> None:
    built = make(job(settings=ACCEPT_7 + ACCEPT_7), Options())
    (problem,) = (p for p in built.problems if p.code == "A001")
    assert str(problem) == 'x.toml:5: error A001: there is no N001 with "[7]" to accept'
    assert built.outputs == ()


def test_strict_builds_nothing_that_has_a_warning() -> None:
    assert make(job(), Options()).outputs
    assert make(job(), Options(strict=True)).outputs == ()
    accepted = make(job(settings=ACCEPT_7 + ACCEPT_LINE), Options(strict=True))
    assert accepted.outputs, codes(accepted)


def test_a_release_needs_rights_or_a_recorded_reason() -> None:
    refused, accepted, options = (
        "Copyright: All rights reserved",
        ACCEPT_7 + ACCEPT_LINE,
        Options(strict=True, release=True),
    )
    assert make(job(settings=accepted), options).outputs
    built = make(job(more=refused, settings=accepted), options)
    assert "L100" in codes(built)
    assert built.outputs == ()
    assert make(job(more=refused), Options()).outputs
    override = '[rights]\noverride = "The heirs agreed."'
    assert make(job(more=refused, settings=accepted + override), options).outputs


def shelf(*slugs: str) -> None:
    Path("shelf").mkdir()
    for slug in slugs:
        Path("shelf", f"{slug}.txt").write_text(TEXT.format(more=""), encoding="utf-8")


def built(pool: Pool = here, number: int = 1, folder: str | None = "out") -> dict[str, Result]:
    works = find([Path("shelf")])
    results = build(works, Options(formats=("epub", "pdf")), pool, number, Path(folder) if folder else None)
    return {result.work.slug: result for result in results}


def files(folder: str = "out") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("*"))


@pytest.mark.parametrize(("pool", "number"), [(here, 1), (processes, 2)])
def test_one_bad_work_never_stops_the_others(pool: Pool, number: int) -> None:
    shelf("a", "crash", "refuse", "z")
    Path("shelf/empty.txt").touch()
    results = built(pool, number)
    assert {slug for slug, result in results.items() if result.failed(strict=False)} == {"crash", "refuse", "empty"}
    assert files() == ["a.epub", "a.fidelity.json", "a.pdf", "z.epub", "z.fidelity.json", "z.pdf"]
    assert Path("out/a.epub").read_bytes().startswith(b"A Letter ")


def test_a_process_that_dies_takes_no_other_work_along() -> None:
    shelf("a", "b", "die", "y", "z")
    results = built(processes, 2)
    assert [slug for slug, result in results.items() if "X002" in codes(result)] == ["die"]
    assert files() == [f"{slug}.{format_}" for slug in "abyz" for format_ in ("epub", "fidelity.json", "pdf")]


def test_an_interrupt_ends_the_build_and_leaves_only_whole_works() -> None:
    shelf("a", "stop", "z")
    with pytest.raises(KeyboardInterrupt):
        built()
    assert files() == ["a.epub", "a.fidelity.json", "a.pdf"]


def test_without_a_folder_nothing_is_written() -> None:
    shelf("a")
    assert [made.name for made in built(folder=None)["a"].made] == ["a.epub", "a.pdf", "a.fidelity.json"]
    assert files(".") == ["shelf"]


def test_a_folder_that_cannot_be_written_is_reported_before_anything_is_built() -> None:
    shelf("a", "stop")
    Path("out").write_text("a file")
    results = built()
    assert [codes(result) for result in results.values()] == [["O001"], ["O001"]]
    assert Path("out").read_text() == "a file"


def test_a_full_disk_leaves_earlier_outputs_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf("a")
    built()
    earlier = {name: Path("out", name).read_bytes() for name in files()}
    Path("shelf/a.toml").write_text('title = "Another"\npaper = "A6"')
    write_bytes = Path.write_bytes

    def fill(path: Path, data: bytes) -> int:
        write_bytes(path, data[: len(data) // 2])
        if "pdf" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill)
    problem = built()["a"].problems[-1]
    assert str(problem) == "out/a.pdf: error O001: this cannot be written: No space left on device"
    assert {name: Path("out", name).read_bytes() for name in files()} == earlier


def test_a_folder_in_the_place_of_an_output_stops_all_of_its_work() -> None:
    shelf("a")
    Path("out/a.pdf").mkdir(parents=True)
    assert "O001" in codes(built()["a"])
    assert files() == ["a.pdf"]


def test_a_folder_with_other_forms_of_the_outputs_is_not_as_it_should_be(tmp_path: Path) -> None:
    outputs = {"x.booklet.pdf": b"1", "x.proof-1.png": b"2", "x.proof-2.png": b"3"}
    disk.write(outputs, tmp_path)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in outputs.items()}
    assert disk.holds(tmp_path, digests)
    for name in ("x.booklet-cover-fronts.pdf", "x.proof-3.png", "x.proof-4.png", "x.proof.png"):
        (tmp_path / name).touch()
    assert not disk.holds(tmp_path, digests)
    disk.write(outputs, tmp_path)
    assert disk.holds(tmp_path, digests)
    assert files(str(tmp_path)) == list(outputs)


def test_files_get_the_permissions_of_the_user(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        disk.write({"x": b""}, tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def test_the_number_of_processes_changes_no_byte() -> None:
    shelf("a", "b", "c")
    one = {slug: result.made for slug, result in built(here, 1).items()}
    assert one == {slug: result.made for slug, result in built(processes, 2).items()}


def test_a_release_can_be_checked_and_repeated() -> None:
    shelf("a", "crash", "b")
    Path("shelf/b.toml").write_text('[rights]\noverride = "The heirs agreed."')
    written = release.files(built().values())
    for line in written["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        data = written[name] if name in written else Path("out", name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
    manifest = json.loads(written["manifest.json"])
    assert [(work["slug"], work["rights_override"]) for work in manifest["works"]] == [
        ("a", None),
        ("b", "The heirs agreed."),
    ]
    named = {"publisher", "python", "weasyprint", "ebooklib", "pango", "harfbuzz", "zlib"}
    assert named <= manifest["versions"].keys()
    assert all(manifest["versions"].values())


def png(size: int = 100) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(), []),
        (
            png()[:40],
            ['x/book.toml:1: error P003: cover: "a.png": this picture is damaged: the cover must be '],
        ),
        (
            b"no picture",
            ['x/book.toml:1: error P003: cover: "a.png": this is no picture that a book can hold: the cover must be '],
        ),
        (
            b"GIF89a",
            ['x/book.toml:1: error P003: cover: "a.png": this picture is damaged: the cover must be '],
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
            ['x/book.toml:1: error P003: cover: "a.png": this is image/svg+xml: the cover must be '],
        ),
        (None, ['x/book.toml:1: error P003: cover: "a.png" is not in the folder of the settings']),
    ],
)
def test_a_cover_of_the_works_own_is_a_picture_or_a_problem(data: bytes | None, expected: list[str]) -> None:
    settings = read(b'cover = "a.png"\n', "x/book.toml", BookSettings)
    files = (Source("x/a.png", data),) if data is not None else ()
    source = Source("x/x.txt", TEXT.format(more="").encode())
    prepared = prepare(Job(slug="x", file="x", sources=(source,), pictures=files, settings=settings), Options())
    assert [
        str(problem).removesuffix("PNG or JPEG") for problem in prepared.problems if problem.code == "P003"
    ] == expected
    assert (prepared.edition.cover is not None) is (not expected)


@pytest.mark.parametrize(("size", "doubted"), [((99, 200), [2]), ((100, 801), [2]), ((100, 800), [])])
def test_a_cover_that_can_hardly_be_seen_is_doubted(size: tuple[int, int], doubted: list[int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    settings = read(b'\ncover = "a.png"\n', "x/book.toml", BookSettings)
    source = Source("x/x.txt", TEXT.format(more="").encode())
    files = (Source("x/a.png", out.getvalue()),)
    prepared = prepare(Job(slug="x", file="x", sources=(source,), pictures=files, settings=settings), Options())
    assert prepared.edition.cover is not None
    assert [p.location.line for p in prepared.problems if p.code == "P004"] == doubted


def test_a_cover_is_looked_for_in_the_folder_of_its_settings_only() -> None:
    for folder in ("texts", "texts/x"):
        Path(folder).mkdir()
    Path("outside.png").write_bytes(png())
    Path("texts/inside.png").write_bytes(png())
    Path("texts/x.txt").write_text(TEXT.format(more=""))
    Path("texts/x.toml").write_text('cover = "inside.png"\n')
    (work,) = find([Path("texts/x.txt")])
    assert [picture.file for picture in load(work)[1]] == ["texts/inside.png"]
    Path("texts/link.png").symlink_to(Path("outside.png").absolute())
    Path("texts/x.toml").write_text('cover = "link.png"\n')
    (work,) = find([Path("texts/x.txt")])
    assert load(work)[1] == ()

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The store gives back what was put into it or nothing, whatever happens to its folder."""

from __future__ import annotations

import errno
import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from publisher.build.store import Store, folder as default_folder, key

DATA = b"a book " * 1000
NAME = key(text=DATA)


def filled(folder: Path) -> tuple[Store, Path]:
    """A store with one entry, and the file that it lies in."""
    kept = Store(folder / "store")
    kept.put(NAME, DATA)
    (entry,) = files(kept)
    return kept, entry


def files(kept: Store) -> list[Path]:
    return sorted(path for path in kept.folder.rglob("*") if path.is_file())


def total(kept: Store) -> int:
    return sum(path.stat().st_size for path in files(kept))


def test_what_was_put_is_given_back_to_any_process(tmp_path: Path) -> None:
    kept, _ = filled(tmp_path)
    assert kept.get(NAME) == DATA
    copy: Store = pickle.loads(pickle.dumps(kept))  # noqa: S301 (made on this line)
    assert copy.get(NAME) == DATA
    assert kept.get(key(text="another")) is None


def test_an_entry_may_be_empty(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.put(NAME, b"")
    assert kept.get(NAME) == b""


def test_a_key_tells_names_types_and_values_apart() -> None:
    keys = [
        key(a="x"),
        key(a=b"x"),
        key(b="x"),
        key(a="x", b=""),
        key(a="", b="x"),
        key(a="x1 str 1\n"),
        key(**{"a": "x", "a' str 1\nx'b": ""}),
        key(),
    ]
    assert len(set(keys)) == len(keys)
    assert key(a="x", b="y") == key(b="y", a="x")
    assert key(file="\udcff")  # a name of a file that is not UTF-8


def test_the_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    kept, _ = filled(tmp_path)
    assert kept.folder.stat().st_mode & 0o077 == 0


def test_the_folder_is_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "publisher" / "store"


def test_damage_anywhere_in_an_entry_is_noticed_and_removed(tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    whole = entry.read_bytes()
    head = len(whole) - len(DATA)
    for place in (*range(head + 1), len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.get(NAME) is None
        assert not entry.exists()


@pytest.mark.parametrize("length", [0, 1, 17, 18, 30, 49, 50, 51, 3000, len(DATA) + 49])
def test_an_entry_that_was_cut_off_is_missing(length: int, tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    entry.write_bytes(entry.read_bytes()[:length])
    assert kept.get(NAME) is None
    kept.put(NAME, DATA)
    assert kept.get(NAME) == DATA


def test_an_entry_with_something_after_it_is_missing(tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    entry.write_bytes(entry.read_bytes() + b"\0")
    assert kept.get(NAME) is None


def test_an_entry_under_another_key_is_missing(tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    other = key(text="another")
    place = kept.folder / other[:2] / other[2:]
    place.parent.mkdir(exist_ok=True)
    entry.rename(place)
    assert kept.get(other) is None


def test_a_folder_in_the_place_of_an_entry_is_as_good_as_nothing(tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    entry.unlink()
    entry.mkdir()
    kept.put(NAME, DATA)
    assert kept.get(NAME) is None
    assert files(kept) == []


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "store"
    place.write_text("mine")
    kept = Store(place)
    kept.put(NAME, DATA)
    assert kept.get(NAME) is None
    assert place.read_text() == "mine"


def test_a_folder_that_vanishes_is_made_again(tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    entry.unlink()
    entry.parent.rmdir()
    kept.folder.rmdir()
    assert kept.get(NAME) is None
    kept.put(NAME, DATA)
    assert kept.get(NAME) == DATA


@pytest.mark.parametrize("refused", ["mkdir", "open", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
def test_what_the_system_refuses_is_not_kept(
    refused: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    kept = Store(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, refused, refuse)
        kept.put(NAME, DATA)
        if refused == "open":
            assert kept.get(NAME) is None
    assert files(kept) == []
    assert kept.get(NAME) is None


def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    limit = 2000  # bytes that a file may have, so that the system itself refuses the rest
    program = (
        "import resource, signal, sys; from pathlib import Path; from publisher.build.store import Store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        f"Store(Path(sys.argv[1])).put({NAME!r}, {DATA!r})\n"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path / "store"], check=True)
    kept = Store(tmp_path / "store")
    assert files(kept) == []
    assert kept.get(NAME) is None


def test_a_folder_that_is_read_only_still_gives(tmp_path: Path) -> None:
    kept, entry = filled(tmp_path)
    program = (
        "import os, sys; from pathlib import Path; from publisher.build.store import Store, key\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "kept = Store(Path(sys.argv[1]))\n"
        f"assert kept.get({NAME!r}) == {DATA!r}\n"
        "kept.put(key(text='new'), b'new')\n"
        "assert kept.get(key(text='new')) is None\n"
    )
    if os.geteuid() == 0:  # whom no mode of a file stops
        for above in (tmp_path, *tmp_path.parents[:3]):
            above.chmod(0o755)
    for place, mode in ((kept.folder, 0o555), (entry.parent, 0o555), (entry, 0o444)):
        place.chmod(mode)
    try:
        subprocess.run([sys.executable, "-c", program, kept.folder], check=True, cwd=Path(__file__).parent.parent)
    finally:
        for place in (kept.folder, entry.parent):
            place.chmod(0o755)
    assert files(kept) == [entry]


def put_many(kept: Store, first: int) -> list[int]:
    """Puts 100 entries of 8 kB, reading each of them back; gives how long those were that came back."""
    found = []
    for number in range(first, first + 100):
        name = key(number=str(number))
        kept.put(name, number.to_bytes(8, "big") * 1000)
        back = kept.get(name)
        assert back in (None, number.to_bytes(8, "big") * 1000)
        found.append(len(back or b""))
    return found


def test_many_processes_write_and_evict_at_once(tmp_path: Path) -> None:
    kept = Store(tmp_path / "store", limit=400_000)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        # Two pairs of processes that put the same entries.
        results = list(pool.map(put_many, [kept] * 4, [0, 0, 60, 60]))
    assert sum(map(len, results)) == 400
    assert sum(length > 0 for result in results for length in result) > 300
    assert total(kept) < 600_000
    for number in range(160):
        assert kept.get(key(number=str(number))) in (None, number.to_bytes(8, "big") * 1000)
    assert not [path for path in files(kept) if path.suffix == ".part"]


def test_the_store_keeps_within_its_limit(tmp_path: Path) -> None:
    kept = Store(tmp_path, limit=1_000_000)
    largest = 0
    for number in range(1000):
        kept.put(key(number=str(number)), b"x" * 5000)
        largest = max(largest, len(files(kept)) * 5000) if number % 50 == 0 else largest
    assert largest < 1_250_000
    assert total(kept) > 300_000


def test_what_was_used_last_stays(tmp_path: Path) -> None:
    kept = Store(tmp_path, limit=100_000)
    names = [key(number=str(number)) for number in range(20)]
    for age, name in enumerate(names):
        Store(tmp_path).put(name, b"x" * 5000)
        entry = tmp_path / name[:2] / name[2:]
        os.utime(entry, (1000 + age, 1000 + age))
    assert kept.get(names[0]) == b"x" * 5000  # the oldest one, now used
    kept.touch(names[1])
    kept.put(key(last="one"), b"x" * 50_000)  # large enough for the store to look
    left = [name for name in names if (tmp_path / name[:2] / name[2:]).exists()]
    assert left[:2] == names[:2]
    assert left[2:] == names[-len(left) + 2 :]
    assert 2 < len(left) < 10


def test_what_is_larger_than_the_store_is_not_kept(tmp_path: Path) -> None:
    kept = Store(tmp_path, limit=len(DATA) - 1)
    kept.put(NAME, DATA)
    assert files(kept) == []
    Store(tmp_path, limit=0).put(NAME, b"")
    assert files(kept) == []


def test_files_of_others_are_never_removed(tmp_path: Path) -> None:
    others = [tmp_path / "letter.txt", tmp_path / "ab" / "letter.txt", tmp_path / "letters" / ("a" * 62)]
    for other in others:
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(b"x" * 100_000)
        os.utime(other, (0, 0))
    kept = Store(tmp_path, limit=20_000)
    for number in range(20):
        kept.put(key(number=str(number)), b"x" * 5000)
    assert all(other.exists() for other in others)


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from publisher.build.store import Store\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"Store(Path(sys.argv[1])).put({NAME!r}, {DATA!r})\n"
    )
    died = subprocess.run([sys.executable, "-c", program, tmp_path], check=False)
    kept = Store(tmp_path, limit=100_000)
    (rest,) = files(kept)
    assert died.returncode < 0
    assert kept.get(NAME) is None
    kept.put(key(large="1"), b"x" * 90_000)
    assert rest.exists()  # it may still be written to
    os.utime(rest, (time.time() - 4000,) * 2)
    kept.put(key(large="2"), b"x" * 90_000)
    assert not rest.exists()

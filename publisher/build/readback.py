# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a finished PDF that are to be read back -> their texts: from the store, or read by all processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future

import msgspec

from publisher.build import store
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew
from publisher.checks.page_texts import Margins, Read, digests, read_pages

ReadPages = Callable[[bytes, Margins, Sequence[int]], list[str]]
"""A PDF, margins and the numbers of some of its pages, from 0 -> their texts."""

# Fewer pages are read sooner than a PDF is sent to another process.
FEW = 40


def shared(crew: Crew) -> ReadPages:
    """Reads pages in all processes of a crew, if there are many."""

    def read(data: bytes, margins: Margins, numbers: Sequence[int]) -> list[str]:
        if len(numbers) < FEW or crew.number == 1:
            return read_pages(data, margins, numbers)
        shares = [numbers[first :: crew.number] for first in range(crew.number)]

        def submit(executor: Executor, share: Sequence[int]) -> Future[list[str]]:
            return executor.submit(read_pages, data, margins, share)

        texts: dict[int, str] = {}
        for share, future in crew.each(shares, submit):
            texts.update(zip(share, future.result(), strict=True))
        return [texts[number] for number in numbers]

    return read


def remembered(read: ReadPages, kept: Artifacts | None, file: str) -> Read:
    """Reads a PDF; pages that the last PDF of this work had are not read again. `file` is the work's."""

    def read_new(data: bytes, margins: Margins) -> list[str]:
        pages = digests(data, margins)
        known = _known(kept, file)
        new = [number for number, page in enumerate(pages) if page not in known]
        texts = dict(zip(new, read(data, margins, new) if new else (), strict=True))
        found = {page: texts[number] if number in texts else known[page] for number, page in enumerate(pages)}
        if kept and new and kept.toolchain.holds():
            kept.store.put(_key(kept, file), msgspec.msgpack.encode(found))
        return [found[page] for page in pages]

    return read_new


def _known(kept: Artifacts | None, file: str) -> dict[bytes, str]:
    data = kept and kept.store.get(_key(kept, file))
    try:
        return msgspec.msgpack.decode(data, type=dict[bytes, str]) if data else {}
    except msgspec.DecodeError:
        return {}


def _key(kept: Artifacts, file: str) -> str:
    """Pages are known by digests of their own: which build they are of need not be."""
    return store.key(toolchain=kept.toolchain.digest, pages=file)

# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a finished PDF that are to be read or looked at -> what is there: from the store, or by processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from publisher.build import store
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew
from publisher.checks.page_texts import Margins, Read, digests, read_pages

if TYPE_CHECKING:
    from publisher.imposition.pages import Box, Inks

T = TypeVar("T")

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
        def read_some(numbers: Sequence[int]) -> list[str]:
            return read(data, margins, numbers)

        return _recalled(_Kept(kept, f"texts of {file}", str), digests(data, margins), read_some)

    return read_new


def remembered_inks(kept: Artifacts | None, file: str) -> Inks:
    """Looks where the ink of a PDF's pages is; of pages that the last PDF of this work had, that is known."""

    def look(data: bytes) -> list[Box | None]:
        from publisher.imposition.pages import inks

        def look_at(numbers: Sequence[int]) -> list[Box | None]:
            return inks(data, numbers)

        memory = _Kept(kept, f"ink of {file}", tuple[float, float, float, float] | None)
        return _recalled(memory, digests(data, Margins(0, 0)), look_at)

    return look


class _Kept(Struct, frozen=True):
    """What the store knows of the pages of a work's last PDF, by digest: `what`, as values of a type."""

    artifacts: Artifacts | None
    what: str
    type: object

    def get(self) -> dict[bytes, Any]:
        data = self.artifacts and self.artifacts.store.get(self._key(self.artifacts))
        try:
            return msgspec.msgpack.decode(data, type=dict[bytes, self.type]) if data else {}  # type: ignore[name-defined]
        except msgspec.DecodeError:
            return {}

    def put(self, found: dict[bytes, Any]) -> None:
        if self.artifacts and self.artifacts.toolchain.holds():
            self.artifacts.store.put(self._key(self.artifacts), msgspec.msgpack.encode(found))

    def _key(self, artifacts: Artifacts) -> str:
        """Pages are known by digests of their own: which build they are of need not be."""
        return store.key(toolchain=artifacts.toolchain.digest, pages=self.what)


def _recalled(kept: _Kept, pages: Sequence[bytes], look: Callable[[Sequence[int]], Sequence[T]]) -> list[T]:
    """What is known of each page, and by `look` of those that are not known; afterwards all of them are."""
    known: dict[bytes, T] = kept.get()
    new = [number for number, page in enumerate(pages) if page not in known]
    made = dict(zip(new, look(new) if new else (), strict=True))
    found = {page: made[number] if number in made else known[page] for number, page in enumerate(pages)}
    if new:
        kept.put(found)
    return [found[page] for page in pages]

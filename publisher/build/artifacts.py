# SPDX-License-Identifier: AGPL-3.0-or-later
"""A work that was built -> the same outputs and problems, without building it again.

The store keeps an account of each build (its outputs' digests, its problems) and, apart from it, each output, so that a
work whose outputs lie in their folder already is known by reading its account alone.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

import msgspec
from msgspec import Struct

from publisher.build import store
from publisher.build.make import Built
from publisher.build.store import Store
from publisher.build.toolchain import Toolchain, UnknownError, toolchain
from publisher.edition import Output
from publisher.errors import Problem


class Made(Struct, frozen=True):
    """An output without its bytes; `name` is its file name, `size` in bytes."""

    name: str
    format: str
    size: int
    sha256: str
    pages: int | None
    sheets: int | None
    blanks: int | None
    note: str
    advice: tuple[str, ...]
    details: dict[str, Any]


def made(output: Output) -> Made:
    return Made(
        name=output.path,
        format=output.format,
        size=len(output.data),
        sha256=sha256(output.data).hexdigest(),
        pages=output.pages,
        sheets=output.sheets,
        blanks=output.blanks,
        note=output.note,
        advice=output.advice,
        details=dict(output.details),
    )


class Account(Struct, frozen=True):
    """What became of a work."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    proof: str


class Artifacts(Struct, frozen=True):
    """What was built with this toolchain and is kept."""

    store: Store
    toolchain: Toolchain

    def find(self, made_from: str) -> Account | None:
        """What became of a work when it was built from the same bytes before."""
        data = self.store.get(self._key(made_from))
        try:
            account = msgspec.json.decode(data or b"", type=Account)
        except msgspec.DecodeError:
            return None
        # A name with a folder in it is not by us: see what the store says about malice.
        return account if all(PurePath(made.name).name == made.name for made in account.made) else None

    def outputs(self, account: Account) -> dict[str, bytes] | None:
        """The outputs by name; nothing where one of them is not kept any more."""
        found = {made.name: self.store.get(_output_key(made)) for made in account.made}
        kept = {name: data for name, data in found.items() if data is not None}
        return kept if len(kept) == len(found) else None

    def touch(self, account: Account) -> None:
        """Says that the outputs are in use, though nobody reads them."""
        for made in account.made:
            self.store.touch(_output_key(made))

    def keep(self, built: Built, account: Account) -> None:
        """Keeps what was built, unless it may be another the next time, or our own files were changed meanwhile."""
        if not built.key or not self.toolchain.holds():
            return
        try:
            data = msgspec.json.encode(account)
        except UnicodeEncodeError:
            return  # a file whose name is not UTF-8
        for made, output in zip(account.made, built.outputs, strict=True):
            self.store.put(_output_key(made), output.data)
        self.store.put(self._key(built.key), data)

    def _key(self, made_from: str) -> str:
        return store.key(toolchain=self.toolchain.digest, account=made_from)


def _output_key(made: Made) -> str:
    return store.key(output=made.sha256)


def artifacts(folder: Path | None) -> Artifacts | None:
    """What is kept in a folder, or in the user's cache; nothing where that cannot be used, which costs only time."""
    try:
        return Artifacts(Store(folder or store.folder()), toolchain())
    except (OSError, RuntimeError, UnknownError):
        return None

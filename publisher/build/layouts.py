# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a book that are to be laid out -> their settings: from the store, or made by any process."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from hashlib import sha256

import msgspec

from publisher.build import store
from publisher.build.artifacts import Artifacts
from publisher.build.crew import Crew
from publisher.build.headroom import roomy
from publisher.errors import Location, Problem, PublisherError
from publisher.writers.matter import Lay, Matter, Setting


@roomy
def lay(matter: Matter) -> Setting:
    """Sets one part; a pure function, which can run in any process."""
    from publisher.writers.pdf import layout

    return layout.lay(matter)


def warm() -> None:
    """Loads what layout needs."""
    from publisher.writers.pdf import layout

    layout.warm()


def here(matter: Sequence[Matter]) -> Sequence[Setting]:
    """Sets parts one after the other, in this process."""
    return [lay(one) for one in matter]


def shared(crew: Crew, file: str) -> Lay:
    """Sets parts in all processes of a crew, long ones first; `file` is the work's, for problems."""

    def lay_all(matter: Sequence[Matter]) -> Sequence[Setting]:
        settings: dict[int, Setting] = {}
        dead: list[Problem] = []
        longest_first = sorted(range(len(matter)), key=lambda index: -len(matter[index].html))

        def submit(executor: Executor, index: int) -> Future[Setting]:
            return executor.submit(lay, matter[index])

        for index, future in crew.each(longest_first, submit):
            if isinstance(future.exception(), BrokenExecutor):
                dead.append(_died(matter[index].name, file))
            else:
                settings[index] = future.result()
        if dead:
            raise PublisherError(dead)
        return [settings[index] for index in range(len(matter))]

    return lay_all


def _died(name: str, file: str) -> Problem:
    message = f"the process that laid out {name} died; perhaps there was no memory left"
    return Problem("X002", message, Location(file))


def remembered(lay: Lay, kept: Artifacts | None) -> Lay:
    """The same, but what was set before is taken from the store."""
    if kept is None:
        return lay

    def lay_new(matter: Sequence[Matter]) -> Sequence[Setting]:
        keys = [_key(kept, one) for one in matter]
        found = [_decoded(kept.store.get(key)) for key in keys]
        new = [index for index, setting in enumerate(found) if setting is None]
        made = dict(zip(new, lay([matter[index] for index in new]) if new else (), strict=True))
        if made and kept.toolchain.holds():
            for index, setting in made.items():
                kept.store.put(keys[index], msgspec.msgpack.encode(setting))
        return [setting or made[index] for index, setting in enumerate(found)]

    return lay_new


def _key(kept: Artifacts, matter: Matter) -> str:
    pictures = repr([(picture.name, sha256(picture.data).hexdigest()) for picture in matter.pictures])
    looks = repr((matter.theme, matter.paper, matter.style, matter.furniture, matter.direction, matter.leading))
    return store.key(toolchain=kept.toolchain.digest, setting=matter.html, looks=looks, pictures=pictures)


def _decoded(data: bytes | None) -> Setting | None:
    try:
        return msgspec.msgpack.decode(data, type=Setting) if data else None
    except msgspec.DecodeError:
        return None

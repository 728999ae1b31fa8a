# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a reader has lost, added or moved: the program's own proof, in which no reader's code has a part."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.checks import raw, source
from publisher.readers import Read, Source


def lost(read: Read, sources: Sequence[Source], reader: str = "marxists_text") -> list[str]:
    """Every difference between sources, ledger and book."""
    return list(map(str, (*raw.check(sources, reader, read.ledger), *source.check(read))))

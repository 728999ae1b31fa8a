# SPDX-License-Identifier: AGPL-3.0-or-later
"""JSON Schemas of what people write (book.toml) and what scripts read (inspect --json), made from the types.

`python -m publisher.schemas` writes them anew; a test compares them with the types.
"""

from __future__ import annotations

import json

import msgspec

from publisher.inspection import Inspection, Shelf
from publisher.metadata.settings import BookSettings

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """File name -> text."""
    return {
        "book.schema.json": _text("Settings of a work (book.toml)", BookSettings),
        "inspect.schema.json": _text("Output of publisher inspect --json", Inspection, Shelf),
    }


def _text(title: str, *kinds: type[msgspec.Struct]) -> str:
    """The schema of a document that is of one of several kinds."""
    heads, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    schema = {"$schema": DRAFT, "title": title, "oneOf": list(heads), "$defs": definitions}
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"

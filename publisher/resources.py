# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the package's own files lie, templates inside it, styles beside it or inside it; where it keeps things.

In a checkout `styles/` is a top-level folder, where designers find it; a wheel carries it as `publisher/styles`.
"""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
TEMPLATES = PACKAGE / "templates"
STYLES = PACKAGE / "styles" if (PACKAGE / "styles").is_dir() else PACKAGE.parent / "styles"


def style(name: str) -> str:
    """Reads a style sheet: "epub/book.css"."""
    return (STYLES / name).read_text(encoding="utf-8")


def cache_home() -> Path:
    """Where this user's programs keep what they can make again; raises RuntimeError where the user has no home.

    https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute does not count.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (home if home.is_absolute() else Path.home() / ".cache") / "publisher"

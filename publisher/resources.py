# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the package's own files lie: templates inside the package, styles beside it or inside it.

In a checkout `styles/` is a top-level folder, where designers find it; a wheel carries it as `publisher/styles`.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
TEMPLATES = PACKAGE / "templates"
STYLES = PACKAGE / "styles" if (PACKAGE / "styles").is_dir() else PACKAGE.parent / "styles"


def style(name: str) -> str:
    """Reads a style sheet: "epub/book.css"."""
    return (STYLES / name).read_text(encoding="utf-8")

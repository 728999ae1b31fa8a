# SPDX-License-Identifier: AGPL-3.0-or-later
"""Node programs that work in headless Chromium, and the folder that is served to them on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

FOLDER = Path(__file__).with_name("browser")
MODULES = FOLDER / "node_modules"
# What is seen is kept, so that people can look at it: CI offers the folder for download.
SCREENSHOTS = FOLDER / "screenshots"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READY = CHROMIUM is not None and shutil.which("node") is not None and MODULES.is_dir()
REASON = "needs Chromium, Node and the packages of tests/browser: see scripts/setup"


def node(program: Path, *arguments: str) -> str:
    """Runs a program and gives what it prints; raises AssertionError with its last words."""
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": CHROMIUM or ""}
    command = ["node", str(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


class _Handler(SimpleHTTPRequestHandler):
    """The reading program, its engine, and the book."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".js": "text/javascript"}

    def __init__(self, *arguments: Any, book: Path) -> None:  # noqa: ANN401 - as the class has them
        self.book = book
        super().__init__(*arguments)

    def translate_path(self, path: str) -> str:
        path = path.partition("?")[0]
        if path == "/book.epub":
            return str(self.book)
        if path.startswith("/engine/"):
            return str(MODULES / "foliate-js" / path.removeprefix("/engine/"))
        return str(FOLDER / path.removeprefix("/"))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served(book: Path) -> Iterator[str]:
    """The address of a server for one book, on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, book=book)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@dataclass(frozen=True)
class Screen:
    """Pixels, colours ("light", "dark") and the size of the type in percent."""

    width: int
    height: int
    scheme: str
    size: int


def read(book: Path, name: str, screen: Screen, call: str = "") -> dict[str, Any]:
    """Turns the pages of an EPUB and gives what was seen; screenshots are named after `name`."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with served(book) as url:
        options = (CHROMIUM or "", url, *map(str, astuple(screen)), str(SCREENSHOTS / name))
        seen: dict[str, Any] = json.loads(node(FOLDER / "driver.mjs", *options, *([call] if call else [])))
        return seen

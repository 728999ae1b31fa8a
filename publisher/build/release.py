# SPDX-License-Identifier: AGPL-3.0-or-later
"""The works of a release -> manifest.json and SHA256SUMS, by which anybody can check and repeat it.

SHA256SUMS has the form of sha256sum (https://www.gnu.org/software/coreutils/sha256sum): `sha256sum -c SHA256SUMS`.
The same bytes come only from the same versions, libraries in C included; the manifest names them.
"""

from __future__ import annotations

import json
import platform
import zlib
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version

from publisher import __version__
from publisher.build.results import Result
from publisher.build.toolchain import libraries
from publisher.families import families

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
PACKAGES = (
    "weasyprint",
    "cssselect2",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "fonttools",
    *dict.fromkeys(family.package.replace("_", "-") for family in families()),
    "pillow",
    "ebooklib",
    "lxml",
    "jinja2",
    "pikepdf",
)


def files(results: Iterable[Result]) -> dict[str, bytes]:
    """The two files, from the results of the works that were built."""
    built = sorted((result for result in results if result.made), key=lambda result: result.work.slug)
    manifest = (json.dumps(_manifest(built), ensure_ascii=False, indent=2) + "\n").encode()
    sums = {made.name: made.sha256 for result in built for made in result.made}
    sums[MANIFEST] = sha256(manifest).hexdigest()
    return {MANIFEST: manifest, SUMS: "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()}


def _manifest(results: Iterable[Result]) -> dict[str, object]:
    return {"versions": versions(), "works": [_entry(result) for result in results]}


def _entry(result: Result) -> dict[str, object]:
    rights = result.work.settings.values.rights
    return {
        "slug": result.work.slug,
        "rights_override": rights and rights.override,
        "outputs": [
            {"path": made.name, "format": made.format, "bytes": made.size, "sha256": made.sha256}
            for made in result.made
        ],
    }


def versions() -> dict[str, str]:
    """Everything whose version shows in the bytes of outputs."""
    return {
        "publisher": __version__,
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{library: found or "none" for library, found in libraries().items()},
        **{package: version(package) for package in PACKAGES},
    }

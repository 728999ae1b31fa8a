# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain transcriptions of free texts, made into EPUB, PDF and booklets."""

__version__ = "0.1.0"
# The date of this version: the edition's date when neither SOURCE_DATE_EPOCH nor book.toml gives one.
RELEASE_DATE = "2026-11-23"

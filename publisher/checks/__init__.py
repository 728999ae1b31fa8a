# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks of what was made: every word of a source stands in the book, every word of the book in its files."""

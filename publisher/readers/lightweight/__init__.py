# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markup as people type it: what the readers of Markdown and of AMuseWiki's texts have in common."""

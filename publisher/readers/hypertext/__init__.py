# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTML and XHTML pages: what the reader of hypertext is made of."""

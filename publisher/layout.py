# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the layout of the PDF tells other writers: where each of its pages begins in the text."""

from __future__ import annotations

from msgspec import Struct


class PageStart(Struct, frozen=True):
    """The beginning of a page of the PDF.

    `label` is the number that is printed on it or counted for it ("xii", "7"). `page` is the name of the Page
    (pages.py) on which it begins, and `offset` how many characters other than white space stand in the text of that
    Page's body before the first one on the PDF's page. What CSS generates does not count. A word that is divided over
    two pages belongs to the page where it begins.
    """

    label: str
    page: str
    offset: int

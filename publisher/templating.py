# SPDX-License-Identifier: AGPL-3.0-or-later
"""Templates -> markup, through Jinja2 with everything escaped that is not Markup, as html.py's and its own output are.

https://jinja.palletsprojects.com/en/stable/api/
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from publisher.characters import printable
from publisher.resources import TEMPLATES
from publisher.wording import is_traditional, primary


def render(template: str, **values: object) -> Markup:
    """The named template, filled in; a name that the template uses and `values` lacks is an error."""
    return Markup(printable(_environment().get_template(template).render(values)))


def language_attributes(language: str, around: str) -> Markup:
    """The attributes for a passage amid text in another language; none where they agree ("en" amid "en-GB").

    Chinese in simplified characters amid traditional ones is marked, too: it needs other shapes.
    """
    if primary(language) == primary(around) and is_traditional(language) == is_traditional(around):
        return Markup("")
    return Markup(' xml:lang="{0}" lang="{0}"').format(language)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

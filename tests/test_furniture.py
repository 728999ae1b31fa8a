# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of an archive's page that are not text, and lines that only look like them."""

from __future__ import annotations

import pytest

from publisher.readers.furniture import is_breadcrumb, is_edge_navigation, is_navigation, trail
from publisher.readers.lines import Line


def line(text: str) -> Line:
    return Line("x.txt", 1, text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MIA  >  Archive  >  Badayev", ("MIA", "Archive", "Badayev")),
        ("MIA > Archive > Lafargue > Right To Be Lazy", ("MIA", "Archive", "Lafargue", "Right To Be Lazy")),
        ("Marxists’ Internet Archive » Library » Weaver", ("Marxists’ Internet Archive", "Library", "Weaver")),
        ("[ Archivio Trotsky ]", ("Archivio Trotsky",)),
        ("MIA  >  Deutsch  >  Weber", ("MIA", "Deutsch", "Weber")),
    ],
)
def test_breadcrumbs(text: str, names: tuple[str, ...]) -> None:
    assert is_breadcrumb(line(text))
    assert trail(line(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "[The following was added by hand.]",
        "A is greater than B > C only in winter, as everybody in the valley knew before the strike had begun.",
        "To the Conference of the Valley",
    ],
)
def test_no_breadcrumbs(text: str) -> None:
    assert not is_breadcrumb(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "Top of the page",
        "Top of page",
        "Back to the top",
        "[Top of the page]",
        "Contents    |    Top of the page",
        "Preface   |   Chapter 2   |   Top of the page",
        "Last updated on 12.3.2004",
        "Last updated: 3 April 2005",
        "Last updated on: 10.4.2011",
        "This page was last updated on 4 May 2001",
        "Page last modified 2007-11-07",
        "Inizio pagina",
        "Ultima modifica 12.3.2004",
        "Última actualización 3 de abril de 2005",
        "Dernière mise à jour : 3 avril 2005",
        "Zuletzt aktualisiert am 3.4.2005",
        "Letzte Änderung: 3.4.2005",
        "Nach oben",
        "Haut de la page",
        "Вернуться наверх",
    ],
)
def test_navigation_wherever_it_stands(text: str) -> None:
    assert is_navigation(text)


@pytest.mark.parametrize(
    "text",
    [
        "Next",
        "Next chapter",
        "< Previous",
        "Back to the Weaver Archive",
        "Return to the Index",
        "Weaver Internet Archive",
        "Weaver Works Index",
        "Volume 32 Index",
        "Collected Works Volume 32",
        "Collected Works Table of Contents",
        "Table of Contents",
        "Marxists Internet Archive",
        "Marx-Engels Archive",
    ],
)
def test_navigation_at_the_edges_only(text: str) -> None:
    assert is_edge_navigation(text)
    assert not is_navigation(text)


@pytest.mark.parametrize(
    "text",
    [
        "The weavers met on a Sunday.",
        "At the top of the page stood his name.",
        "The rules were last updated by the council in the year of the great fire.",
        "He went home.",
        "Home is where the loom is.",
        "a | b",
        "Mary Weaver",
        "Millbridge, May 3, 1907",
        "1905 | 120 | 240",
    ],
)
def test_no_navigation(text: str) -> None:
    assert not is_navigation(text)
    assert not is_edge_navigation(text)

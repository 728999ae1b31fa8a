# SPDX-License-Identifier: AGPL-3.0-or-later
"""A selector of CSS -> whether it may look from one part of a book to another, which are laid out apart.

A document has an html, a body and, in it, a div for each leaf; parts are runs of leaves. A selector sees the same in
a part as in the whole book unless it asks how elements at these levels stand to one another: `.page + .page`,
`body:has(table)`, `:first-child` without anything that says of what.
https://www.w3.org/TR/selectors-4/, read by cssselect2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

# Where an element stands that a selector finds: it may be html or body, a leaf, or it is surely inside a leaf.
ABOVE, LEAF, INSIDE = range(3)
_LEAF_CLASSES = frozenset({"page", "opens", "opens-recto", "runs-on", "long", "initial"})
_STRUCTURE = frozenset({"first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type"})
_SIBLINGS = frozenset({"+", "~"})


def looks_beyond(selector: Any) -> bool:  # noqa: ANN401 (cssselect2 has no types)
    """Whether a selector, as cssselect2 parses it, may find other elements in a part than in the book."""
    return _looks(selector.parsed_tree, ABOVE)


def _looks(tree: Any, floor: int) -> bool:  # noqa: ANN401
    """The same for a tree, whose elements stand at the level `floor` or deeper."""
    from cssselect2 import parser

    if isinstance(tree, parser.CombinedSelector):
        siblings = tree.combinator in _SIBLINGS
        if siblings and max(_level(tree.left, floor), _level(tree.right, floor)) < INSIDE:
            return True
        inner = _level(tree.left, floor) if siblings else _below(_level(tree.left, floor))
        return _looks(tree.left, floor) or _looks(tree.right, max(inner, floor))
    level = _level(tree, floor)
    return any(_asks(simple, level) for simple in tree.simple_selectors)


def _asks(simple: Any, level: int) -> bool:  # noqa: ANN401
    """Whether a part of a compound selector asks for what a part of the book cannot know."""
    from cssselect2 import parser

    match simple:
        case parser.PseudoClassSelector():
            return level < INSIDE and simple.name in _STRUCTURE
        case parser.FunctionalPseudoClassSelector():
            return level < INSIDE and simple.name.startswith("nth-")
        case parser.RelationalSelector():
            return any(_asks_below(relative, level) for relative in simple.selector_list)
        case parser.NegationSelector() | parser.MatchesAnySelector() | parser.SpecificityAdjustmentSelector():
            return any(_looks(inner, level) for inner in _trees(simple.selector_list))
        case _:
            return False


def _asks_below(relative: Any, level: int) -> bool:  # noqa: ANN401
    """The same for what stands in :has()."""
    siblings = relative.combinator in _SIBLINGS
    if level < (INSIDE if siblings else LEAF):
        return True
    return any(_looks(tree, level if siblings else _below(level)) for tree in _trees([relative.selector]))


def _trees(selectors: Iterable[Any]) -> Iterator[Any]:
    for selector in selectors:
        yield getattr(selector, "parsed_tree", selector)


def _below(level: int) -> int:
    """The least level of what stands below an element: below a leaf, inside it; below html, perhaps body."""
    return INSIDE if level >= LEAF else ABOVE


def _level(tree: Any, floor: int) -> int:  # noqa: ANN401
    """The least level of the elements that a selector finds."""
    from cssselect2 import parser

    if isinstance(tree, parser.CombinedSelector):
        left = _level(tree.left, floor)
        around = left if tree.combinator in _SIBLINGS else _below(left)
        return max(_level(tree.right, floor), around)
    return max(floor, *map(_simple_level, tree.simple_selectors), ABOVE)


def _simple_level(simple: Any) -> int:  # noqa: ANN401
    from cssselect2 import parser

    match simple:
        case parser.LocalNameSelector():
            name = simple.lower_local_name
            return ABOVE if name in {"html", "body"} else LEAF if name == "div" else INSIDE
        case parser.ClassSelector():
            name = simple.class_name
            is_leaf = name in _LEAF_CLASSES or name.endswith("-page") or name.startswith("depth-")
            return LEAF if is_leaf else INSIDE
        case parser.IDSelector():
            return INSIDE
        case parser.MatchesAnySelector() | parser.SpecificityAdjustmentSelector():
            return min((_level(tree, ABOVE) for tree in _trees(simple.selector_list)), default=ABOVE)
        case _:
            return ABOVE

"""Columns of fixed width in cells, and the lines drawn with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from tui.widgets.cells import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.text import Lang, Text

L = TypeVar("L")
MARK = 2
"""Cells of the mark in front of the chosen line."""


@dataclass(frozen=True)
class Column(Generic[L]):
    """One column.

    Attributes:
        width: Cells that it takes at least.
        grow: Its share of the cells that are left over.
        from_width: Width of the table from which on it is shown; `to_width` up to which.
        style: Component class of a line's cell; it only supports what the words say.
    """

    title: Text
    width: int
    cell: Callable[[L, Lang], str]
    grow: int = 0
    right: bool = False
    from_width: int = 0
    style: Callable[[L], str] | None = None
    to_width: int = 1_000_000


def laid_out(columns: Sequence[Column[L]], width: int) -> list[tuple[Column[L], int]]:
    """The columns that a table of this width shows, each with its cells."""
    shown = [one for one in columns if one.from_width <= width <= one.to_width]
    spare = width - MARK - sum(one.width + 1 for one in shown)
    shares = sum(one.grow for one in shown)
    widths = []
    for one in shown:
        extra = spare * one.grow // shares if shares and spare > 0 else 0
        spare, shares = spare - extra, shares - one.grow
        widths.append(one.width + extra)
    return list(zip(shown, widths, strict=True))


def header_cells(layout: Sequence[tuple[Column[L], int]], lang: Lang) -> str:
    """The titles over their columns."""
    titles = (fit(one.title.in_(lang), width, right=one.right) for one, width in layout)
    return " " * MARK + " ".join(titles)


def line_cells(
    layout: Sequence[tuple[Column[L], int]], line: L, lang: Lang, *, chosen: bool
) -> Iterator[tuple[str, str | None]]:
    """A line as pieces of text, each with the component class that it is drawn in."""
    yield ("▸ " if chosen else "  "), None
    for one, width in layout:
        yield fit(one.cell(line, lang), width, right=one.right), one.style and one.style(line)
        yield " ", None

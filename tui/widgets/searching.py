"""Finding a line of an audit by what is typed: an id, a clause, a text, pinyin initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.initials import known_initials
from tui.widgets.cells import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.text import Lang, Text
    from tui.widgets.audit_rows import Row

CLAUSE = re.compile(r"(.+)[.。·]([1-9])", re.ASCII)
"""An id and the number of one of its clauses: 226.2."""
LETTERS = re.compile(r"[0-9a-z]{2,}", re.ASCII)


def row_named(rows: Sequence[Row], typed: str, lang: Lang = "zh") -> int | None:
    """The line that a typed id or text means first."""
    return next(iter(rows_named(rows, typed, lang)), None)


def rows_named(rows: Sequence[Row], typed: str, lang: Lang = "zh") -> list[int]:
    """The lines that a typed text may mean, the likeliest first.

    Ids go before texts, whole ones before beginnings; dots and capitals may be left out: `f3` is
    `f.3`. Of texts the words come before limits and group titles; a reader of Chinese who types
    letters means initials first, a reader of English means words. A line counts once.
    """
    wanted = plain_id(typed)
    if not wanted:
        return []
    fitting: dict[int, None] = {}
    for fits in _ways(wanted, typed, lang):
        fitting.update((n, None) for n, row in enumerate(rows) if not row.again and fits(row))
        if fitting and wanted[0].isdigit():
            break  # A number that there is means a number, and is answered at once.
    return list(fitting)


def _ways(wanted: str, typed: str, lang: Lang) -> Iterator[Callable[[Row], bool]]:
    if clause := CLAUSE.fullmatch(typed.strip()):
        name = f"{plain_id(clause[1])}.{clause[2]}"
        yield lambda row: row.name.casefold() == name
        if typed.strip()[0].isdigit():
            head = plain_id(clause[1])
            yield lambda row: plain_id(row.key[0]) == head
            return
    yield lambda row: plain_id(row.key[0]) == wanted
    yield lambda row: plain_id(row.key[0]).startswith(wanted)
    yield lambda row: any(one.casefold().startswith(typed.casefold()) for one in _own(row))
    words = (lambda row: matches(typed, *_texts(row)), lambda row: matches(typed, *_limits(row)))
    if not LETTERS.fullmatch(wanted):
        yield from words
        return
    by_initials = (
        lambda row: any(known_initials(one).startswith(wanted) for one in _chinese(row)),
        lambda row: any(wanted in known_initials(one) for one in _chinese(row)),
    )
    yield from (*by_initials, *words) if lang == "zh" else (*words, *by_initials)


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _own(row: Row) -> Iterator[str]:
    """The texts of the criterion itself, whose beginnings say most."""
    if row.criterion:
        yield from _both(row.criterion.text)


def _texts(row: Row) -> Iterator[str]:
    yield from _both(row.text)
    if row.criterion:
        yield from _both(row.criterion.text)
        for clause in row.criterion.clauses:
            yield from _both(clause.text)


def _limits(row: Row) -> Iterator[str]:
    yield from _both(row.group.title)
    if row.criterion:
        for fact in row.criterion.facts:
            yield from _both(fact)


def _chinese(row: Row) -> Iterator[str]:
    yield row.text.zh
    if row.criterion and row.criterion.text is not row.text:
        yield row.criterion.text.zh


def plain_id(typed: str) -> str:
    """An id without dots, spaces and capitals."""
    return typed.replace(".", "").replace("。", "").replace(" ", "").casefold()

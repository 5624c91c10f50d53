"""Stations by how much another edition would change their mean: the lines of that list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.text import Text
from tui.what_would_change import signed
from tui.widgets.columns import Column
from tui.words import aligned

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.simulating import StationChange
    from domain.text import Lang


class Row(NamedTuple):
    """A station in the list."""

    change: StationChange
    name: Text


def _figure(which: Callable[[StationChange], str]) -> Callable[[Row, Lang], str]:
    return lambda row, _: which(row.change) if row.change.why else "—"


COLUMNS: tuple[Column[Row], ...] = (
    Column(Text(zh="加油站", en="Station"), 20, lambda row, lang: row.name.in_(lang), grow=1),
    Column(Text(zh="检查", en="Sheets"), 6, lambda row, _: str(row.change.sheets), right=True),
    Column(
        Text(zh="旧版平均", en="Old mean"),
        10,
        _figure(lambda one: aligned(one.why.old) if one.why else ""),
        right=True,
    ),
    Column(
        Text(zh="新版平均", en="New mean"),
        10,
        _figure(lambda one: aligned(one.why.new) if one.why else ""),
        right=True,
    ),
    Column(
        Text(zh="差", en="Diff."),
        9,
        _figure(lambda one: signed(one.why.difference) if one.why else ""),
        right=True,
    ),
    Column(
        Text(zh="未对应", en="Left out"),
        8,
        lambda row, _: str(sum(row.change.left.values()) or ""),
        right=True,
    ),
)

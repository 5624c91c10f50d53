"""Writes what lists of duties, rounds, visits and the log show to workbooks; run it in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.canonical import instant
from domain.exports import duties, log, patrols, worth
from domain.exports.cells import station_time
from domain.exports.list_sheet import Above, ListColumn, list_workbook
from domain.exports.looks import Seal
from domain.register.journal_table import head
from tui.exporting import place_of_export, write_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from domain.duty_overview import DutyGroup, DutyMonth
    from domain.duty_views import DutyLine
    from domain.patrols import RoundNow
    from domain.register.register import Register
    from domain.station_log import LogLine
    from domain.text import Lang, Text
    from domain.worth_views import InspectorLine, WorthLine


def export_duties(register: Register, lines: Sequence[DutyLine], shown: str, lang: Lang) -> Path:
    """Write duties as they are listed and say where; `shown` is what the list is narrowed to."""
    return _export(register, lines, duties.COLUMNS, duties.TITLE, shown, lang)


def export_duty_groups(
    register: Register, groups: Sequence[DutyGroup], shown: str, lang: Lang
) -> Path:
    """Write what is done of each unit's, station's or person's duties and say where."""
    return _export(register, groups, duties.GROUP_COLUMNS, duties.GROUPS, shown, lang)


def export_duty_days(register: Register, month: DutyMonth, shown: str, lang: Lang) -> Path:
    """Write how many duties are due on each day of a month and say where."""
    return _export(register, month.days, duties.DAY_COLUMNS, duties.DAYS, shown, lang)


def export_rounds(register: Register, rounds: Sequence[RoundNow], shown: str, lang: Lang) -> Path:
    """Write every point of the rounds that are listed and say where."""
    directory = register.directory
    lines = [patrols.StopLine(one, stop, directory) for one in rounds for stop in one.stops]
    return _export(register, lines, patrols.COLUMNS, patrols.TITLE, shown, lang)


def export_visits(register: Register, lines: Sequence[WorthLine], shown: str, lang: Lang) -> Path:
    """Write visits that are worth a look and say where."""
    return _export(register, lines, worth.VISIT_COLUMNS, worth.VISITS, shown, lang)


def export_inspectors(
    register: Register, lines: Sequence[InspectorLine], shown: str, lang: Lang
) -> Path:
    """Write each inspector's figure and say where."""
    return _export(register, lines, worth.INSPECTOR_COLUMNS, worth.INSPECTORS, shown, lang)


def export_log(
    register: Register,
    lines: Iterable[LogLine],
    shown: str,
    lang: Lang,
    to: Path | None = None,
) -> Path:
    """Write lines of the log and say where; `to` is a folder or a file."""
    return _export(register, lines, log.COLUMNS, log.TITLE, shown, lang, to)


def _export(
    register: Register,
    lines: Iterable[Any],
    columns: Sequence[ListColumn[Any]],
    title: Text,
    shown: str,
    lang: Lang,
    to: Path | None = None,
) -> Path:
    made_at = instant(register.clock())
    with register.read() as connection:
        above = Above(title, shown, made_at, Seal(*head(connection)))
    content = list_workbook(lines, columns, above, lang)
    name = f"{title.in_(lang)}_{station_time(made_at):%Y%m%d-%H%M%S}.xlsx"
    return write_aside(place_of_export(register, to, name), lambda file: file.write(content))

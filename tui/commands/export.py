"""`forecourt export inspection|findings|log|draw`: the workbooks that the console writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from domain.months import Months, NotAPeriod
from domain.station_log import days_of_month
from domain.text import Text
from domain.views import FindingFilter
from tui.commands.folder import open_register
from tui.commands.options import path
from tui.commands.places import place_called
from tui.commands.refusals import NotAMonth, SystemDeclined

if TYPE_CHECKING:
    import argparse

    from domain.register.register import Register
    from domain.text import Lang


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` and what can be exported to the command line."""
    parser = subparsers.add_parser("export", help="导出 Excel / write a workbook")
    kinds = parser.add_subparsers(dest="export_kind", required=True, metavar="KIND")
    one = kinds.add_parser("inspection", help="一次检查：评分、问题、照片 / one inspection")
    one.add_argument("number", type=int, metavar="NUMBER", help="检查编号 / its number")
    many = kinds.add_parser("findings", help="问题清单 / the findings list")
    many.add_argument("--place", metavar="NAME", help="只要这个单位以下的 / below this place")
    many.add_argument("--severity", choices=("minor", "major", "critical"), help="严重程度")
    log = kinds.add_parser("log", help="电子日志，按月 / the electronic log of a month")
    log.add_argument("--station", metavar="NAME", help="加油站或单位 / a station or other place")
    log.add_argument(
        "--month",
        required=True,
        metavar="YYYY-MM",
        help="月份，如 2026-11 / the month",
    )
    draw = kinds.add_parser("draw", help="抽签结果，可复核 / a draw, for all to verify")
    draw.add_argument("draw", metavar="DRAW", help="如 i4.co.2026-12 / its id")
    for each in (one, many, log, draw):
        each.add_argument(
            "-o",
            "--out",
            type=path,
            metavar="FILE.xlsx",
            help="文件，默认为数据文件夹的 exports / by default in the data folder's exports",
        )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Write the workbook and print where it is."""
    check_target(args.out)
    if args.export_kind == "log":
        args.days = days_of_month(one_month(args.month))
    with open_register(args) as register:
        print(_export(register, args, lang))
    return 0


def _export(register: Register, args: argparse.Namespace, lang: Lang) -> Path:
    from domain.register.queries import Asker
    from tui.exporting import export_findings, export_inspection

    directory = register.directory
    if args.export_kind == "inspection":
        return export_inspection(register, args.number, lang, args.out)
    if args.export_kind == "log":
        return _export_log(register, args, lang)
    if args.export_kind == "draw":
        return _export_draw(register, args.draw, lang, args.out)
    place = None if args.place is None else place_called(directory, args.place)
    where = FindingFilter(place=place, severity=args.severity)
    asker = Asker(directory, register.rulebooks, directory.sight(None))
    return export_findings(register, asker, where, lang, args.out)


def _export_log(register: Register, args: argparse.Namespace, lang: Lang) -> Path:
    from domain.register.queries import Asker
    from domain.register.station_log import station_log
    from domain.station_log import LogFilter
    from tui.exporting_lists import export_log

    directory = register.directory
    place = None if args.station is None else place_called(directory, args.station)
    asker = Asker(directory, register.rulebooks, directory.sight(None))
    with register.read() as connection:
        where = LogFilter(place=place)
        lines = station_log(connection, asker, args.days, register.clock(), where)
    name = directory.station_name(place).in_(lang) if place else ""
    return export_log(register, lines, f"{name} {args.days.first:%Y-%m}".strip(), lang, args.out)


def _export_draw(register: Register, named: str, lang: Lang, out: Path | None) -> Path:
    from tui.commands.draw import known_draw
    from tui.exporting_draw import export_draw

    return export_draw(register, known_draw(register, named), lang, out)


def one_month(word: str) -> date:
    """The first day of the month that is written, or `NotAMonth`."""
    try:
        months = Months.written(word)
    except NotAPeriod:
        raise NotAMonth(word) from None
    if months.first != months.last:
        raise NotAMonth(word)
    return date(months.first // 12, months.first % 12 + 1, 1)


def check_target(out: Path | None) -> None:
    """Refuse a file whose folder is not there before the work, not after it."""
    if out is not None and not out.is_dir() and not out.absolute().parent.is_dir():
        no_folder = Text(zh="没有这个文件夹", en="there is no such folder")
        raise SystemDeclined(str(out), no_folder)

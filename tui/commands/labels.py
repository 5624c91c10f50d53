"""`forecourt labels`: the codes of scan points as a PDF to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from domain.text import Text
from tui.commands.export import check_target
from tui.commands.folder import data_folder, open_register
from tui.commands.refusals import NothingToShow
from tui.receiver_lock import url_for_phones

if TYPE_CHECKING:
    import argparse

    from domain.organisation import Directory, ScanPoint
    from domain.text import Lang


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `labels` to the command line."""
    parser = subparsers.add_parser("labels", help="打印二维码标签（PDF）/ a label sheet as PDF")
    parser.add_argument(
        "--station", metavar="ID", help="加油站或上级单位，默认全部 / a station or a place above it"
    )
    parser.add_argument(
        "--address",
        metavar="URL",
        help="接收服务的地址，默认为正在运行的那个 / where phones reach the receiver",
    )
    parser.add_argument("--out", type=Path, metavar="FILE.pdf")


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Write the sheet and print where it is."""
    check_target(args.out)
    with open_register(args) as register:
        from tui.exporting import export_labels

        points = points_below(register.directory, args.station)
        address = args.address or url_for_phones(data_folder(args))
        print(export_labels(register, points, address, lang, args.out))
    return 0


def points_below(directory: Directory, place: str | None) -> list[ScanPoint]:
    """The scan points at or below a place, station by station."""
    if place is not None and place not in directory.places:
        raise NothingToShow(Text(zh="加油站", en="station"), place)
    order = {station.id: n for n, station in enumerate(directory.stations)}
    inside = directory.under(place) if place else order.keys()
    points = (point for point in directory.points.values() if point.station in inside)
    return sorted(points, key=lambda point: (order.get(point.station, -1), point.id))

"""`forecourt labels`: the codes of scan points as a PDF to print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from domain.text import Text
from tui.commands.export import check_target
from tui.commands.folder import data_folder, open_register
from tui.commands.options import path
from tui.commands.places import place_called
from tui.receiver_lock import receiving, url_for_phones

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from domain.organisation import Directory, ScanPoint
    from domain.text import Lang

MANY = 100
"""Labels that take long enough to say so."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `labels` to the command line."""
    parser = subparsers.add_parser("labels", help="打印二维码标签（PDF）/ a label sheet as PDF")
    parser.add_argument(
        "--station",
        metavar="NAME",
        help="加油站或上级单位，默认全部 / a station or a place above it",
    )
    parser.add_argument(
        "--address",
        metavar="URL",
        help="接收服务的地址，默认为正在运行的那个 / where phones reach the receiver",
    )
    parser.add_argument("--out", type=path, metavar="FILE.pdf")


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Write the sheet and print where it is."""
    check_target(args.out)
    with open_register(args) as register:
        from tui.exporting import export_labels

        points = points_below(register.directory, args.station)
        address = args.address or _address(data_folder(args), lang)
        if len(points) > MANY:
            said = Text(zh=f"共 {len(points)} 个点位…", en=f"{len(points)} scan points …")
            print(said.in_(lang), file=sys.stderr, flush=True)
        print(export_labels(register, points, address, lang, args.out))
    return 0


def _address(folder: Path, lang: Lang) -> str:
    """Where phones reach the receiver; a warning if that is only a guess, for it goes on paper."""
    address = url_for_phones(folder)
    if receiving(folder) is None:
        said = Text(
            zh=f"接收服务没有运行，标签上印的地址是 {address}；如不对，请用 --address 写明。",
            en=f"No receiver runs; the labels say {address}. If that is wrong, use --address.",
        )
        print(said.in_(lang), file=sys.stderr)
    return address


def points_below(directory: Directory, place: str | None) -> list[ScanPoint]:
    """The scan points at or below a place, station by station."""
    order = {station.id: n for n, station in enumerate(directory.stations)}
    inside = order.keys() if place is None else directory.under(place_called(directory, place))
    points = (point for point in directory.points.values() if point.station in inside)
    return sorted(points, key=lambda point: (order.get(point.station, -1), point.id))

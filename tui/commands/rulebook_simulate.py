"""`forecourt rulebook simulate NEW`: past inspections scored again, every difference explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.months import Months
from domain.register.rulebook_files import BrokenFile, read_map_file
from domain.rulebook_map import counterparts
from domain.text import Text
from tui.commands.editions import NAMED, edition_called, name_of, one_before
from tui.commands.folder import open_register
from tui.commands.places import place_called
from tui.commands.rulebook_compare import add_map, tell_problems
from tui.what_would_change import (
    WhatIf,
    changed_stations,
    left_altogether,
    left_behind,
    remark,
    said,
    sheets,
    signed,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from domain.carrying_over import Left
    from domain.explaining import Line
    from domain.organisation import Directory
    from domain.simulating import StationChange
    from domain.text import Lang


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `simulate` to the actions of `rulebook`."""
    parser = actions.add_parser(
        "simulate", help="过去的检查按新版会得多少分 / past inspections under another edition"
    )
    parser.add_argument("new", metavar="NEW", help=f"新版 / the new edition: {NAMED}")
    parser.add_argument(
        "--old", metavar="ID@EDITION", help="旧版，默认上一版 / by default the one before"
    )
    add_map(parser)
    parser.add_argument(
        "--period", required=True, metavar="2026-01..2026-06", help="期间（月）/ months"
    )
    parser.add_argument("--unit", metavar="NAME", help="只算这个单位以下 / below this place only")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Print what would change; 1 when the mapping file is not right."""
    from domain.register.queries import Asker

    months = Months.written(args.period)
    with open_register(args) as register:
        new = edition_called(args.new, register.rulebooks)
        rulebooks = register.rulebooks
        old = edition_called(args.old, rulebooks) if args.old else one_before(new, rulebooks)
        try:
            written = read_map_file(args.map, old, new)
        except BrokenFile as broken:
            return tell_problems(broken, lang)
        unit = None if args.unit is None else place_called(register.directory, args.unit)
        what_if = WhatIf(old, new, counterparts(old, new, written), months, unit)
        directory = register.directory
        asker = Asker(directory, register.rulebooks, directory.sight(None))
        changes = changed_stations(register, asker, what_if)
        if args.json:
            told = _json(what_if, changes, directory)
            print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
        else:
            print("\n".join(listing(what_if, changes, directory, lang)))
    return 0


def _json(
    what_if: WhatIf, changes: Sequence[StationChange], directory: Directory
) -> dict[str, object]:
    return {
        "old": name_of(what_if.old),
        "new": name_of(what_if.new),
        "period": str(what_if.months),
        "sheets": sum(one.sheets for one in changes),
        "left_behind": _left(left_altogether(changes)),
        "stations": [_station(one, directory) for one in changes],
    }


def _station(change: StationChange, directory: Directory) -> dict[str, object]:
    told: dict[str, object] = {
        "station": change.station,
        "name": msgspec.to_builtins(directory.station_name(change.station)),
        "sheets": change.sheets,
        "left_behind": _left(change.left),
        "refused": change.refused,
        "not_as_recorded": change.not_as_recorded,
    }
    if change.why:
        told |= {
            "old_mean": f"{change.why.old:f}",
            "new_mean": f"{change.why.new:f}",
            "difference": f"{change.why.difference:f}",
            "lines": [_line(one) for one in change.why.lines],
        }
    return told


def _line(line: Line) -> dict[str, object]:
    return {
        "kind": line.kind,
        "old": list(line.old),
        "new": line.new,
        "before": f"{line.before:f}",
        "after": f"{line.after:f}",
        "points": f"{line.points:f}",
    }


def _left(left: dict[Left, int]) -> list[dict[str, object]]:
    return [
        {"what": one.what, "id": one.named, "clause": one.clause, "count": count}
        for one, count in left.items()
    ]


def listing(
    what_if: WhatIf, changes: Sequence[StationChange], directory: Directory, lang: Lang
) -> Iterator[str]:
    """What would change, as lines for a terminal: each station, then what its difference is of."""
    scored = sum(one.sheets for one in changes)
    yield f"{name_of(what_if.old)} → {name_of(what_if.new)}  {what_if.months}"
    yield Text(
        zh=f"加油站 {len(changes)} 座，检查 {scored} 次；未写入任何数据。",
        en=f"Stations: {len(changes)}, sheets: {scored}. Nothing was changed.",
    ).in_(lang)
    left = left_altogether(changes)
    if left:
        yield Text(
            zh=f"没有对应、未计分的：{sum(left.values())}",
            en=f"Without a place in the new edition, not charged: {sum(left.values())}",
        ).in_(lang)
        yield from (f"  {one}" for one in left_behind(left, lang))
    for change in changes:
        yield ""
        yield from _explained(change, what_if, directory.station_name(change.station), lang)


def _explained(change: StationChange, what_if: WhatIf, name: Text, lang: Lang) -> Iterator[str]:
    why = change.why
    figures = f"{why.old} → {why.new}  {signed(why.difference)}" if why else "—"
    yield f"{name.in_(lang)}  {sheets(change.sheets, lang)}  {figures}"
    for code, count in change.refused.items():
        yield f"    {Text(zh='不能计分', en='not scored').in_(lang)}: {code} × {count}"
    if change.not_as_recorded:
        told = Text(zh="按旧版重算与存档不符", en="not what was recorded").in_(lang)
        yield f"    {told} × {change.not_as_recorded}"
    changed = why and any(line.points for line in why.lines)
    for line in why.lines if why and changed else ():
        note = remark(line, change, what_if, lang)
        words = said(line, what_if, lang) + (f" ({note})" if note else "")
        yield f"    {signed(line.points):>9}  {line.before:>9} → {line.after:>9}  {words}"

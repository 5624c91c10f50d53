"""`forecourt draw`: announces, freezes, reveals and shows draws; `verify` derives them again."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from domain.organisation import Actor
from domain.text import Text
from tui.commands.folder import open_register
from tui.commands.options import path
from tui.commands.places import place_called
from tui.commands.refusals import declined
from tui.draw_words import checked_words, listed, told

if TYPE_CHECKING:
    from domain.draw_steps import Draw
    from domain.drawing import Rule
    from domain.register.register import Register
    from domain.text import Lang

BY = Actor("cli")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `draw` and its actions to the command line."""
    parser = subparsers.add_parser("draw", help="抽签 / draws of stations")
    actions = parser.add_subparsers(dest="draw_action", required=True)
    announce = actions.add_parser("announce", help="公告：先承诺种子 / commit to a seed")
    announce.add_argument("--duty", required=True, metavar="ID", help="i4, i6, i7 …")
    announce.add_argument("--place", required=True, metavar="NAME", help="单位 / a unit or company")
    announce.add_argument("--period", required=True, metavar="YYYY-MM")
    announce.add_argument(
        "--rule", type=path, metavar="FILE.json", help="抽签规则，默认按标准 / the standard's rule"
    )
    announce.add_argument(
        "--public", default="", metavar="SOURCE", help="公开数值的来源 / source of a public value"
    )
    announce.add_argument("--public-on", type=_day, metavar="DATE", help="公布日期 / its day")
    freeze = actions.add_parser("freeze", help="冻结名单 / freeze the list")
    reveal = actions.add_parser("reveal", help="公开种子和结果 / reveal seed and result")
    reveal.add_argument("--value", default="", metavar="DIGITS", help="公开数值 / the public value")
    replace = actions.add_parser("replace", help="替换抽中的加油站 / replace a drawn station")
    for action in (freeze, reveal, replace):
        action.add_argument("draw", metavar="DRAW")
    replace.add_argument("station", metavar="STATION")
    replace.add_argument("--reason", required=True, metavar="WHY", help="原因 / why")
    show = actions.add_parser("show", help="查看 / show")
    verify = actions.add_parser("verify", help="仅凭日志重算 / derive again from the journal")
    for action in (show, verify):
        action.add_argument("draw", metavar="DRAW", nargs="?")
        action.add_argument("--json", action="store_true", help="JSON")


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError("日期如 2026-11-21 / a day is 2026-11-21") from None


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Do what the action says; `verify` answers 1 when something does not fit."""
    with open_register(args) as register:
        if args.draw_action == "verify":
            return _verify(register, args, lang)
        if args.draw_action == "show":
            return _show(register, args, lang)
        print(_step(register, args))
    return 0


def _step(register: Register, args: argparse.Namespace) -> str:
    """Take a step; what it came to, for programs."""
    from domain.procedures import draws

    if args.draw_action == "announce":
        return _announce(register, args)
    if args.draw_action == "freeze":
        frozen = register.carry_out(draws.freeze_list, args.draw, by=BY)
        return "\n".join(f"{s.id} {each.id}" for s in frozen.strata for each in s.stations)
    if args.draw_action == "replace":
        station = place_called(register.directory, args.station)
        return register.carry_out(draws.replace_station, args.draw, station, args.reason, by=BY)
    seed = _seed(register, args.draw)
    drawn = register.carry_out(draws.reveal_draw, args.draw, seed, args.value, by=BY)
    return "\n".join(f"{stratum.id} {station}" for stratum in drawn for station in stratum.stations)


def _announce(register: Register, args: argparse.Namespace) -> str:
    from domain.draw_steps import commitment
    from domain.procedures.draws import Announcement, announce_draw
    from domain.register.draws import make_seed

    rule, place = _rule(args), place_called(register.directory, args.place)
    committed = commitment(make_seed(register.folder))
    asked = Announcement(
        args.duty, place, args.period, committed, rule, args.public, args.public_on
    )
    return register.carry_out(announce_draw, asked, by=BY)


def _rule(args: argparse.Namespace) -> Rule:
    from domain.drawing import STANDARD, Rule
    from domain.procedures.draw_refusals import UnfitDraw

    remedy = Text(
        zh="请用 --rule 给出规则文件，写法见 docs/draws.md。",
        en="Give a rule by --rule; docs/draws.md says how it is written.",
    )
    if args.rule is None:
        if (standard := STANDARD.get(args.duty.lower())) is not None:
            return standard
        no_rule = Text(
            zh=f"标准没有给任务“{args.duty:.40}”规定抽签规则。",
            en=f'The standard has no rule to draw for "{args.duty:.40}".',
        )
        raise UnfitDraw(no_rule, remedy)
    try:
        return msgspec.json.decode(Path(args.rule).read_bytes(), type=Rule)
    except OSError as error:
        raise declined(error) from None
    except msgspec.MsgspecError as error:
        wrong = Text(zh=f"规则文件不对：{error}。", en=f"The rule cannot be read: {error}.")
        raise UnfitDraw(wrong, remedy) from None


def _seed(register: Register, draw: str) -> str:
    from domain.procedures.draw_refusals import SeedDoesNotFit
    from domain.register.draws import kept_seed

    seed = kept_seed(register.folder, known_draw(register, draw).announced.commitment)
    if seed is None:
        raise SeedDoesNotFit
    return seed


def known_draw(register: Register, draw: str) -> Draw:
    """The draw with this id, or `NoSuchDraw`."""
    from domain.procedures.draw_refusals import NoSuchDraw
    from domain.register.draws import draw_of

    with register.read() as connection:
        known = draw_of(connection, draw)
    if known is None:
        raise NoSuchDraw(draw)
    return known


def _show(register: Register, args: argparse.Namespace, lang: Lang) -> int:
    from domain.register.draws import draws

    if args.draw is not None:
        known = known_draw(register, args.draw)
        print(_json(known) if args.json else told(known, register.directory, lang))
        return 0
    with register.read() as connection:
        every = draws(connection)
    if args.json:
        states = [{"id": one.announced.id, "state": one.state} for one in every]
        print(_json({"draws": states}))
    else:
        print(listed(every, lang))
    return 0


def _verify(register: Register, args: argparse.Namespace, lang: Lang) -> int:
    from domain.canonical import instant
    from domain.draw_checking import check_draws
    from domain.draw_steps import day_of
    from domain.procedures.draw_refusals import NoSuchDraw
    from domain.register.journal_table import entries

    today = day_of(instant(register.clock()))
    with register.read() as connection, closing(entries(connection)) as stream:
        checked = check_draws(stream, today)
    if args.draw is not None:
        asked = tuple(one for one in checked.draws if one.id == args.draw)
        if not asked:
            raise NoSuchDraw(args.draw)
        checked = msgspec.structs.replace(checked, draws=asked)
    if args.json:
        print(_json({"ok": checked.ok, **msgspec.structs.asdict(checked)}))
    else:
        print(checked_words(checked).in_(lang))
    if not checked.ok:
        advice = Text(
            zh="请停止使用、保留数据文件，并与已打印的封签和公告的承诺值核对。",
            en="Stop, keep the files, and compare printed seals and the commitment announced.",
        )
        print(advice.in_(lang), file=sys.stderr)
    return 0 if checked.ok else 1


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

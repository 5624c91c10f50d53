"""`forecourt score RULEBOOK SHEET.json`: the score of one filled-in sheet as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from domain.refusals import Refusal
from domain.register.shelf import load_rulebooks
from domain.scoring import score
from domain.sheet_file import LARGEST_SHEET, NotASheet, read_sheet
from domain.text import Text

if TYPE_CHECKING:
    import argparse

    from domain.text import Lang


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `score` to the command line."""
    parser = subparsers.add_parser("score", help="给一份评分表计分（JSON）/ score one sheet (JSON)")
    parser.add_argument("rulebook", metavar="RULEBOOK", help="petrochina-shandong-2012/video …")
    parser.add_argument("sheet", metavar="SHEET.json", help="“-”表示标准输入 / - is standard input")


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Print the score: 0 done, 1 the sheet is refused, 2 the call was wrong (no such file …)."""
    try:
        rulebooks = load_rulebooks()
        rulebooks.editions(args.rulebook)
        sheet = read_sheet(_content(args.sheet))
    except Refusal as no:
        print(no.sentence(lang), file=sys.stderr)
        return 2
    try:
        card = score(rulebooks.edition(args.rulebook, sheet.edition), sheet)
    except Refusal as no:
        print(no.sentence(lang), file=sys.stderr)
        return 1
    print(msgspec.json.format(msgspec.json.encode(card.to_json()), indent=2).decode())
    return 0


def _content(named: str) -> bytes:
    """The bytes of the sheet, one more than allowed at most: enough to know it is too large."""
    try:
        if named == "-":
            return sys.stdin.buffer.read(LARGEST_SHEET + 1)
        with Path(named).open("rb") as stream:
            return stream.read(LARGEST_SHEET + 1)
    except (OSError, ValueError):
        raise NotASheet(
            Text(zh=f"无法打开 {named}。", en=f"{named} cannot be opened."),
            remedy=Text(zh="请核对文件名和权限。", en="Check the name and the permissions."),
        ) from None

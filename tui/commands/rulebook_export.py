"""`forecourt rulebook export ID OUT.xlsx`: an edition as a check list to print and fill in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from domain.register.shelf import load_rulebooks
from domain.text import Text
from tui.commands.options import path

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from domain.text import Lang


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` to the actions of `rulebook`."""
    parser = actions.add_parser(
        "export", help="导出为可打印的 Excel 检查表 / write a check list to print"
    )
    parser.add_argument("rulebook", metavar="ID", help="petrochina-shandong-2012/video …")
    parser.add_argument("out", type=path, metavar="OUT.xlsx")
    parser.add_argument("--edition", help="版本，默认最新 / which one, by default the newest")
    parser.add_argument(
        "--rulebooks",
        type=path,
        metavar="DIR",
        help="细则文件夹，默认随程序附带的 / the folder of rulebooks, by default our own",
    )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Write the workbook and print where it is; say on stderr what a list cannot hold."""
    from domain.checklists.held import not_held
    from domain.exports.check_list import check_list_workbook

    rulebooks = load_rulebooks(args.rulebooks)
    edition = (
        rulebooks.edition(args.rulebook, args.edition)
        if args.edition
        else rulebooks.editions(args.rulebook)[-1]
    )
    out: Path = args.out
    out.write_bytes(check_list_workbook(edition, lang))
    if lost := not_held(edition):
        said = Text(
            zh=f"检查表写不下、只留在细则文件里的：{'、'.join(one.zh for one in lost)}。",
            en=f"What a check list cannot hold stays in the file only: "
            f"{', '.join(one.en for one in lost)}.",
        )
        print(said.in_(lang), file=sys.stderr)
    print(out)
    return 0

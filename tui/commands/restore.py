"""`forecourt restore DIR`: a backup becomes a data folder again, if its journal holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from domain.text import Text
from tui.commands.backup import check_empty, verify_or_refuse
from tui.commands.folder import DATABASE, data_folder
from tui.commands.options import path
from tui.commands.refusals import NotABackup, OnlySqlite

if TYPE_CHECKING:
    import argparse

    from domain.text import Lang


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `restore` to the command line."""
    parser = subparsers.add_parser("restore", help="从备份恢复 / the way back from a backup")
    parser.add_argument("backup", type=path, metavar="DIR", help="备份文件夹 / the backup")


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Verify the backup, copy it into an empty data folder, print where that is."""
    if args.database is not None:
        raise OnlySqlite
    from domain.register.backup import copy_beside, copy_database, copy_media, missing_media

    backup, folder = args.backup.expanduser().absolute(), data_folder(args)
    if not (backup / DATABASE).is_file():
        raise NotABackup(backup)
    check_empty(folder)
    verified = verify_or_refuse(backup)
    # Media first: with the database in place the folder is one that can be opened.
    media = copy_media(backup, folder, link=False)
    copy_beside(backup, folder)
    copy_database(backup, folder)
    print(folder)
    said = Text(
        zh=f"已恢复：{verified.entries} 条日志、{media} 个照片和视频；"
        f"末条 {verified.seq}，封签 {verified.seal}",
        en=f"Restored: {verified.entries} journal entries, {media} pictures and videos; "
        f"head {verified.seq}, seal {verified.seal}",
    )
    print(said.in_(lang), file=sys.stderr)
    if missing := missing_media(folder):
        lost = Text(
            zh=f"有 {len(missing)} 个照片或视频不在备份里，可从更早的备份的 media 文件夹补入。",
            en=f"{len(missing)} pictures or videos are not in the backup; "
            "they can be added from the media folder of another one.",
        )
        print(lost.in_(lang), file=sys.stderr)
        return 1
    return 0

"""`forecourt backup DIR`: a copy that is whole although the register goes on working."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from domain.text import Text
from tui.commands.folder import DATABASE, existing_folder
from tui.commands.options import path
from tui.commands.refusals import FolderInUse, JournalBroken, OnlySqlite

if TYPE_CHECKING:
    import argparse

    from domain.register.reading import Verified
    from domain.text import Lang


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `backup` to the command line."""
    parser = subparsers.add_parser("backup", help="备份（可在运行中进行）/ a consistent copy")
    parser.add_argument(
        "to", type=path, metavar="DIR", help="新的或空的文件夹 / a new or empty folder"
    )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Copy, verify the copy's journal, print where it is."""
    if args.database is not None:
        raise OnlySqlite
    folder, to = existing_folder(args), args.to.expanduser().absolute()
    check_empty(to)
    verified, media = back_up(folder, to)
    print(to)
    said = Text(
        zh=f"已备份：{verified.entries} 条日志、{media} 个照片和视频；"
        f"末条 {verified.seq}，封签 {verified.seal}",
        en=f"Backed up: {verified.entries} journal entries, {media} pictures and videos; "
        f"head {verified.seq}, seal {verified.seal}",
    )
    print(said.in_(lang), file=sys.stderr)
    return 0


def back_up(folder: Path, to: Path) -> tuple[Verified, int]:
    """Copy a data folder; returns what verifying the copy found, and how many media it has.

    Raises:
        JournalBroken: The journal does not hold; the copy stays, as evidence.
    """
    from domain.canonical import instant
    from domain.register.backup import (
        LastBackup,
        copy_beside,
        copy_database,
        copy_media,
        note_backup,
    )

    copy_database(folder, to)
    copy_beside(folder, to)
    media = copy_media(folder, to, link=True)
    verified = verify_or_refuse(to)
    made = LastBackup(instant(datetime.now(UTC)), str(to), verified.seq, verified.seal)
    note_backup(folder, made)
    return verified, media


def verify_or_refuse(folder: Path) -> Verified:
    """Verify the journal of a backup, or `JournalBroken`."""
    from domain.register.reading import verify_file
    from tui.commands.journal import reason

    verified = verify_file(folder / DATABASE)
    if verified.broken is not None:
        raise JournalBroken(verified.broken.seq, reason(verified.broken))
    return verified


def check_empty(folder: Path) -> None:
    """Refuse a folder with anything in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(folder)

"""Copies of a data folder that are whole although the register goes on working, and the way back.

The database is copied first and the media after it: media are complete before an entry says that
they have arrived, so whatever the copied journal speaks of is there to be copied.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from domain.register.media import sync_folder
from domain.register.sealing import reading_connection

DATABASE = "forecourt.sqlite3"
NOTE = "last_backup.json"
BESIDE = (
    "seeds/*.txt",
    "secrets/*.txt",
    "drafts/*.json",
    "teams/drafts/*.json",
    "calendar*.yaml",
    "working_days.yaml",
    "presence.yaml",
)
"""Files of a data folder that are neither records nor media."""


class LastBackup(msgspec.Struct, frozen=True):
    """When the last backup was made, and where to; `seq` and `seal` are its journal's head."""

    at: str
    to: str
    seq: int
    seal: str


def copy_database(folder: Path, to: Path) -> None:
    """Copy the database of a folder as it is at one moment, while others read and write it."""
    to.mkdir(parents=True, exist_ok=True)
    unfinished = to / f"{DATABASE}.part"
    unfinished.unlink(missing_ok=True)
    with (
        closing(reading_connection(folder / DATABASE)) as source,
        closing(sqlite3.connect(unfinished)) as copy,
    ):
        source.backup(copy)
        # The copy is one file: nobody has to know of a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    _sync(unfinished)
    unfinished.replace(to / DATABASE)
    sync_folder(to)


def copy_media(folder: Path, to: Path, *, link: bool) -> int:
    """Copy all complete media, durably; returns how many files there are.

    Args:
        link: Use hard links where the disk allows; media never change once they are whole.
    """
    count, media = 0, to / "media"
    media.mkdir(parents=True, exist_ok=True)
    for drawer in sorted((folder / "media").glob("??")):
        files, place = sorted(drawer.iterdir()), media / drawer.name
        if not files:
            continue
        place.mkdir(exist_ok=True)
        for file in files:
            if not (link and _linked(file, place / file.name)):
                shutil.copyfile(file, place / file.name)
                _sync(place / file.name)
            count += 1
        sync_folder(place)
    sync_folder(media)
    return count


def copy_beside(folder: Path, to: Path) -> None:
    """Copy what lies beside the records: seeds of draws, the secret, drafts, calendars."""
    to.mkdir(parents=True, exist_ok=True)
    for file in sorted(one for pattern in BESIDE for one in folder.glob(pattern)):
        copy = to / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy)
        _sync(copy)
        sync_folder(copy.parent)
    sync_folder(to)


def missing_media(folder: Path) -> list[str]:
    """Digests of pictures and videos that have arrived but are not on disk as they were."""
    asked = "SELECT DISTINCT sha256, size FROM evidence WHERE arrived_at IS NOT NULL"
    with closing(reading_connection(folder / DATABASE)) as connection:
        return [
            sha256
            for sha256, size in connection.execute(asked)
            if not _is_there(folder / "media" / sha256[:2] / sha256, size)
        ]


def last_backup(folder: Path) -> LastBackup | None:
    """The last backup of a folder that succeeded."""
    try:
        return msgspec.json.decode((folder / NOTE).read_bytes(), type=LastBackup)
    except (OSError, msgspec.MsgspecError):
        return None


def note_backup(folder: Path, made: LastBackup) -> None:
    """Remember a backup that succeeded, for the Health screen and `doctor`."""
    (folder / NOTE).write_bytes(msgspec.json.encode(made))


def _linked(file: Path, place: Path) -> bool:
    try:
        os.link(file, place)
    except FileExistsError:
        return place.samefile(file)
    except OSError:
        return False
    return True


def _is_there(file: Path, size: int) -> bool:
    try:
        return file.stat().st_size == size
    except OSError:
        return False


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())

"""How this node is: what Health shows, gathered in a thread."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

from domain.canonical import moment
from domain.register.backup import DATABASE, LastBackup, last_backup
from tui.receiver_lock import Receiving, receiving

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from domain.register.register import Register
    from domain.rulebook import Edition
    from domain.text import Text

PACKAGES = ("forecourt", "textual", "litestar")


class Condition(NamedTuple):
    """How a node is.

    Attributes:
        receiving: The process that receives for the folder, whichever it is.
        database_bytes: Size of the SQLite files; None for another database.
        free_bytes: Room on the disk of the data folder.
        copies: Automatic copies made before migrations.
    """

    node: Text
    folder: Path
    receiving: Receiving | None
    waiting: int
    seq: int
    seal: str
    database_bytes: int | None
    free_bytes: int
    backup: LastBackup | None
    copies: int
    versions: tuple[tuple[str, str], ...]
    rulebooks: tuple[Edition, ...]
    now: datetime

    @property
    def backup_age_days(self) -> int | None:
        """Whole days since the last backup; None without one."""
        return (self.now - moment(self.backup.at)).days if self.backup else None


def condition_of(register: Register) -> Condition:
    """Look at everything; asks the system for sizes, so it belongs in a thread."""
    folder = register.folder
    sqlite = register.url.startswith("sqlite")
    rulebooks = register.rulebooks
    return Condition(
        node=register.node.name,
        folder=folder,
        receiving=receiving(folder),
        waiting=register.waiting,
        seq=register.journal_seq,
        seal=register.seal,
        database_bytes=_database_bytes(folder) if sqlite else None,
        free_bytes=shutil.disk_usage(folder).free,
        backup=last_backup(folder),
        copies=len(list((folder / "backups").glob("*.sqlite3"))),
        versions=(("Python", platform.python_version()), *map(_version, PACKAGES)),
        rulebooks=tuple(one for each in rulebooks.ids() for one in rulebooks.editions(each)),
        now=register.clock(),
    )


def _database_bytes(folder: Path) -> int:
    files = (folder / f"{DATABASE}{ending}" for ending in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _version(package: str) -> tuple[str, str]:
    try:
        return package, version(package)
    except PackageNotFoundError:
        return package, "—"

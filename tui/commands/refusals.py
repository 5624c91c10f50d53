"""What the command line declines: a folder that is not there, a file that cannot be written."""

from __future__ import annotations

import errno
from pathlib import Path

from domain.refusals import Refusal
from domain.text import Text, same


class SystemDeclined(Refusal):
    """The operating system would not read or write a file."""

    code = "system-declined"
    status = 500

    def __init__(self, file: str, why: Text) -> None:
        super().__init__(
            Text(
                zh=f"无法读写 {file}：{why.zh}。",
                en=f"{file} cannot be read or written: {why.en}.",
            ),
            remedy=Text(
                zh="请核对路径、权限和磁盘空间；若文件正在 Excel 中打开，请先关闭。",
                en="Check the path, its permissions and the disk; close it if Excel has it open.",
            ),
        )


_WHY = {
    errno.ENOENT: Text(zh="没有这个文件或文件夹", en="there is no such file or folder"),
    errno.EACCES: Text(zh="没有权限", en="permission denied"),
    errno.EPERM: Text(zh="没有权限", en="permission denied"),
    errno.EROFS: Text(zh="磁盘是只读的", en="the disk is read-only"),
    errno.ENOSPC: Text(zh="磁盘已满", en="the disk is full"),
    errno.EISDIR: Text(zh="它是文件夹", en="it is a folder"),
    errno.ENOTDIR: Text(zh="它不是文件夹", en="it is not a folder"),
    errno.EEXIST: Text(zh="已有同名的文件", en="a file of that name exists"),
}


def declined(error: OSError) -> SystemDeclined:
    """What the operating system declined, in the reader's words as far as they are known here."""
    why = _WHY.get(error.errno or 0) or same(error.strerror or str(error))
    return SystemDeclined(str(error.filename), why)


class NotAFolder(Refusal):
    """The data folder that is named is a file."""

    code = "not-a-folder"

    def __init__(self, named: Path) -> None:
        super().__init__(
            Text(zh=f"{named} 是文件，不是文件夹。", en=f"{named} is a file, not a folder."),
            remedy=Text(
                zh="请用 --data 或 FORECOURT_DATA 指定一个文件夹（可以还不存在）。",
                en="Name a folder with --data or FORECOURT_DATA; it need not exist yet.",
            ),
        )


class NoData(Refusal):
    """The data folder holds no records yet."""

    code = "no-data"
    status = 404

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(zh=f"{folder} 里没有数据。", en=f"There are no records in {folder}."),
            remedy=Text(
                zh="请用 --data 或 FORECOURT_DATA 指明数据文件夹；首次使用请运行 forecourt。",
                en="Name the data folder with --data or FORECOURT_DATA; "
                "to begin a new one, run forecourt.",
            ),
        )


class FolderInUse(Refusal):
    """A folder that should be empty is not."""

    code = "folder-in-use"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(zh=f"{folder} 不是空文件夹。", en=f"{folder} is not empty."),
            remedy=Text(
                zh="请指定一个新的或空的文件夹，已有数据不会被覆盖。",
                en="Name a new or empty folder; nothing that exists is written over.",
            ),
        )


class NotABackup(Refusal):
    """A folder that should hold a backup does not."""

    code = "not-a-backup"
    status = 404

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(zh=f"{folder} 里没有 Forecourt 备份。", en=f"There is no backup in {folder}."),
            remedy=Text(
                zh="请给出 forecourt backup 写成的那个文件夹（内有 forecourt.sqlite3）。",
                en="Name a folder that forecourt backup wrote (it holds forecourt.sqlite3).",
            ),
        )


class OnlySqlite(Refusal):
    """The data are in another database, which has tools of its own for this."""

    code = "only-sqlite"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="数据在外部数据库中，此命令只管数据文件夹内的 SQLite。",
                en="The records are in another database; this command is for SQLite.",
            ),
            remedy=Text(
                zh="请用该数据库自己的工具（如 pg_dump），并另外复制 media 文件夹。",
                en="Use that database's own tool (such as pg_dump) and copy the media folder.",
            ),
        )


class JournalBroken(Refusal):
    """The journal of a backup does not hold."""

    code = "journal-broken"

    def __init__(self, seq: int, why: Text) -> None:
        super().__init__(
            Text(
                zh=f"备份里的日志在第 {seq} 条不成立：{why.zh}。",
                en=f"The backup's journal does not hold at entry {seq}: {why.en}.",
            ),
            remedy=Text(
                zh="请保留这一份以供查证，并用更早的备份和已打印的封签核对。",
                en="Keep it as evidence, and compare earlier backups and printed seals.",
            ),
        )


class NotAMonth(Refusal):
    """A word that is no month."""

    code = "not-a-month"
    status = 422

    def __init__(self, word: str) -> None:
        super().__init__(
            Text(zh=f"“{word:.40}”不是一个月份。", en=f'"{word:.40}" is no month.'),
            remedy=Text(zh="请写一个月份，如 2026-11。", en="Write one month, such as 2026-11."),
        )


class NothingToShow(Refusal):
    """Something that was asked for by its number or name is not there."""

    code = "unknown"
    status = 404

    def __init__(self, what: Text, named: object) -> None:
        super().__init__(
            Text(zh=f"没有这个{what.zh}：{named}。", en=f"There is no {what.en} {named}."),
            remedy=Text(
                zh="请在控制台核对编号后重试。", en="Look it up at the console and try again."
            ),
        )


class NotADemo(Refusal):
    """The folder named for a demonstration has real records."""

    code = "not-a-demo"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(
                zh=f"{folder} 里是正式数据，不能用于演示。",
                en=f"{folder} holds real records; a demonstration has no business there.",
            ),
            remedy=Text(
                zh="请去掉 --data（使用临时文件夹），或另给一个空文件夹。",
                en="Leave --data out for a temporary folder, or name an empty one.",
            ),
        )

"""`forecourt doctor`: looks at each thing that Forecourt needs and says what to do about it."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from domain.refusals import Refusal
from domain.text import Text, same
from tui.commands.folder import DATABASE, data_folder
from tui.receiver_lock import receiving

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from domain.text import Lang

Grade = Literal["ok", "warning", "bad"]
MARKS: dict[Grade, str] = {"ok": "✓", "warning": "!", "bad": "✗"}
DISK_BAD, DISK_LOW = 500_000_000, 5_000_000_000
BACKUP_OLD = timedelta(days=7)
NOTHING = same("")


class Finding(NamedTuple):
    """What was looked at, how it is, and what to do where it is not well."""

    what: Text
    grade: Grade
    how: Text
    remedy: Text = NOTHING


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `doctor` to the command line."""
    parser = subparsers.add_parser("doctor", help="检查本机运行条件 / what is wrong here")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Print every finding; 1 when one of them is bad."""
    folder = data_folder(args)
    found = list(findings(folder, args.database))
    if args.json:
        print(msgspec.json.encode([_as_json(each, lang) for each in found]).decode())
    else:
        for each in found:
            print(f"{MARKS[each.grade]} {each.what.in_(lang)}: {each.how.in_(lang)}")
            if each.grade != "ok":
                print(f"    → {each.remedy.in_(lang)}")
    return 1 if any(each.grade == "bad" for each in found) else 0


def findings(folder: Path, database: str | None) -> Iterator[Finding]:
    """Look at one thing after the other; what cannot even be looked at is bad."""
    yield from (_python(), _terminal(), _folder(folder), _disk(folder), _rulebooks())
    if database is None and not (folder / DATABASE).is_file():
        yield Finding(
            Text(zh="数据", en="Records"),
            "warning",
            Text(zh=f"{folder} 里还没有数据", en=f"none yet in {folder}"),
            Text(zh="首次使用请运行 forecourt。", en="To begin, run forecourt."),
        )
        return
    yield _guarded(Text(zh="数据库", en="Database"), lambda: _database(folder, database))
    if database is None:
        yield _guarded(Text(zh="日志", en="Journal"), lambda: _journal(folder))
        yield _guarded(Text(zh="照片和视频", en="Media"), lambda: _media(folder))
        yield _backup(folder)
    yield _receiver(folder)


def _guarded(what: Text, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Refusal as no:
        return Finding(what, "bad", no.reason, no.remedy)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is what the reader asked about)
        return Finding(
            what,
            "bad",
            same(f"{type(error).__name__}: {error}"[:200]),
            Text(
                zh="请停止使用并复制整个数据文件夹，然后联系支持人员或从备份恢复。",
                en="Stop, copy the whole data folder, then ask support or restore a backup.",
            ),
        )


def _python() -> Finding:
    import platform

    return Finding(
        same("Python"),
        "ok" if sys.version_info >= (3, 11) else "bad",
        same(f"{platform.python_version()}, {platform.platform(terse=True)}"),
        Text(zh="需要 Python 3.11 或更新版本。", en="Python 3.11 or newer is needed."),
    )


def _terminal() -> Finding:
    columns, lines = shutil.get_terminal_size((80, 24))
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    well = (columns >= 80 and lines >= 24) and encoding in {"utf8", "gbk", "cp936", "gb18030"}
    return Finding(
        Text(zh="终端", en="Terminal"),
        "ok" if well else "warning",
        same(f"{columns}x{lines}, {sys.stdout.encoding}"),
        Text(
            zh="控制台需要至少 80x24、能显示中文的终端（UTF-8）。",
            en="The console wants at least 80x24 and UTF-8.",
        ),
    )


def _folder(folder: Path) -> Finding:
    what, probe = Text(zh="数据文件夹", en="Data folder"), folder / ".doctor"
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        if existing == folder:
            probe.write_bytes(b"?")
        writable = True
    except OSError:
        writable = False
    with suppress(OSError):
        probe.unlink()
    remedy = Text(
        zh="请修改权限，或用 --data 指定可写的文件夹。",
        en="Change its permissions, or name another one with --data.",
    )
    return Finding(what, "ok" if writable else "bad", same(str(folder)), remedy)


def _disk(folder: Path) -> Finding:
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    grade: Grade = "bad" if free < DISK_BAD else "warning" if free < DISK_LOW else "ok"
    remedy = Text(
        zh="请清理磁盘；空间用尽时手机会保留内容，但无法提交。",
        en="Free some space; once it is full, phones keep what they have but cannot send it.",
    )
    how = Text(zh=f"剩余 {free / 1e9:.1f} GB", en=f"{free / 1e9:.1f} GB free")
    return Finding(Text(zh="磁盘", en="Disk"), grade, how, remedy)


def _rulebooks() -> Finding:
    what = Text(zh="检查细则", en="Rulebooks")

    def look() -> Finding:
        from domain.register.shelf import load_rulebooks

        return Finding(what, "ok", same(", ".join(load_rulebooks().ids())))

    return _guarded(what, look)


def _database(folder: Path, database: str | None) -> Finding:
    from domain.register.register import Register

    with Register.open(folder, database) as register:
        places, people = len(register.directory.stations), len(register.directory.people)
        how = Text(
            zh=f"{register.node.name.zh}：{places} 座加油站，{people} 人，"
            f"日志 {register.journal_seq}",
            en=f"{register.node.name.en}: {places} stations, {people} people, "
            f"journal {register.journal_seq}",
        )
    return Finding(Text(zh="数据库", en="Database"), "ok", how)


def _journal(folder: Path) -> Finding:
    from domain.register.reading import verify_file
    from tui.commands.journal import sentence

    verified = verify_file(folder / DATABASE)
    remedy = Text(
        zh="请停止使用、保留数据文件，并与已打印的封签和备份核对。",
        en="Stop, keep the files as they are, and compare printed seals and backups.",
    )
    grade: Grade = "ok" if verified.broken is None else "bad"
    return Finding(Text(zh="日志", en="Journal"), grade, sentence(verified), remedy)


def _media(folder: Path) -> Finding:
    from domain.register.backup import missing_media

    missing = missing_media(folder)
    how = Text(zh=f"缺 {len(missing)} 个", en=f"{len(missing)} missing")
    remedy = Text(
        zh="请从备份的 media 文件夹补入缺失的文件。",
        en="Copy what is missing from the media folder of a backup.",
    )
    well = Text(zh="齐全", en="all there")
    return Finding(
        Text(zh="照片和视频", en="Media"),
        "bad" if missing else "ok",
        how if missing else well,
        remedy,
    )


def _backup(folder: Path) -> Finding:
    from domain.canonical import moment
    from domain.register.backup import last_backup

    made = last_backup(folder)
    what, remedy = (
        Text(zh="备份", en="Backup"),
        Text(zh="请运行 forecourt backup 文件夹。", en="Run forecourt backup FOLDER."),
    )
    if made is None:
        return Finding(what, "warning", Text(zh="还没有备份", en="none yet"), remedy)
    old = datetime.now(UTC) - moment(made.at) > BACKUP_OLD
    return Finding(what, "warning" if old else "ok", same(f"{made.at[:16]}Z  {made.to}"), remedy)


def _receiver(folder: Path) -> Finding:
    running = receiving(folder)
    if running is None:
        return Finding(
            Text(zh="接收服务", en="Receiver"),
            "warning",
            Text(zh="没有运行", en="not running"),
            Text(
                zh="手机现在无法提交；请运行 forecourt 或 forecourt serve。",
                en="Phones cannot send now; run forecourt or forecourt serve.",
            ),
        )
    return Finding(Text(zh="接收服务", en="Receiver"), "ok", same(", ".join(running.urls) or "…"))


def _as_json(finding: Finding, lang: Lang) -> dict[str, str]:
    return {
        "what": finding.what.in_(lang),
        "grade": finding.grade,
        "how": finding.how.in_(lang),
        "remedy": finding.remedy.in_(lang) if finding.grade != "ok" else "",
    }

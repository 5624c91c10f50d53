"""`forecourt journal verify`: derives every seal again and names the first entry that is broken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from domain.text import Text
from tui.commands.folder import DATABASE, existing_folder, open_register

if TYPE_CHECKING:
    import argparse

    from domain.journal import Break
    from domain.register.reading import Verified
    from domain.text import Lang

REASONS = {
    "missing": Text(zh="条目缺失", en="the entry is missing"),
    "out of order": Text(zh="条目顺序不对", en="the entry is out of order"),
    "does not follow the entry before it": Text(
        zh="与前一条不衔接", en="it does not follow the entry before it"
    ),
    "header does not match its seal": Text(
        zh="内容与封签不符", en="its header does not match its seal"
    ),
    "body does not match its digest": Text(
        zh="正文与摘要不符", en="its body does not match its digest"
    ),
    "cannot be read": Text(zh="无法读取", en="it cannot be read"),
    "cut off": Text(
        zh="日志末尾被截断，后面还有检查记录",
        en="the journal was cut off: inspections beyond its end are still there",
    ),
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `journal` and its action to the command line."""
    parser = subparsers.add_parser("journal", help="校验日志 / verify the journal")
    actions = parser.add_subparsers(dest="journal_action", required=True)
    verify = actions.add_parser("verify", help="逐条重算封签 / derive every seal again")
    verify.add_argument("--json", action="store_true", help="JSON")
    verify.add_argument(
        "--rows",
        action="store_true",
        help="同时核对检查与问题记录（较慢）/ compare inspections and findings too (slower)",
    )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Verify; 1 when an entry does not hold."""
    verified = _verify(args)
    if args.json:
        print(msgspec.json.encode(as_json(verified)).decode())
    else:
        print(sentence(verified).in_(lang))
    if verified.broken is not None:
        advice = Text(
            zh="请停止使用、保留数据文件，并与已打印的封签和备份核对。",
            en="Stop, keep the files as they are, and compare printed seals and backups.",
        )
        print(advice.in_(lang), file=sys.stderr)
    return 0 if verified.broken is None else 1


def _verify(args: argparse.Namespace) -> Verified:
    from domain.register.reading import verify_file

    folder = existing_folder(args)
    if args.database is None:
        verified = verify_file(folder / DATABASE)
        if verified.broken or not args.rows:
            return verified
    from domain.register.matching import first_row_changed, verify_database

    with open_register(args) as register, register.read() as connection:
        if args.database is not None:
            verified = verify_database(connection)
        if args.rows and verified.broken is None:
            verified = msgspec.structs.replace(verified, broken=first_row_changed(connection))
    return verified


def as_json(verified: Verified) -> dict[str, object]:
    """What a program reads."""
    return {
        "ok": verified.broken is None,
        "entries": verified.entries,
        "head": {"seq": verified.seq, "seal": verified.seal},
        "broken": verified.broken,
    }


def sentence(verified: Verified) -> Text:
    """What a person reads."""
    if (broken := verified.broken) is not None:
        why = reason(broken)
        return Text(
            zh=f"日志在第 {broken.seq} 条不成立：{why.zh}。",
            en=f"The journal does not hold at entry {broken.seq}: {why.en}.",
        )
    return Text(
        zh=f"日志完好：{verified.entries} 条；末条 {verified.seq}，封签 {verified.seal}",
        en=f"The journal holds: {verified.entries} entries; "
        f"head {verified.seq}, seal {verified.seal}",
    )


def reason(broken: Break) -> Text:
    """Why an entry does not hold, in the reader's words."""
    table = broken.reason.removeprefix("rows of ").removesuffix(" differ")
    return REASONS.get(broken.reason) or Text(
        zh=f"数据表 {table} 中的记录与日志不一致",
        en=f"what table {table} holds is not what the journal says",
    )

"""The command line: the one file that knows everybody, and imports nobody before it must.

Each command lives in a file of `tui/commands` with `add_parser` and `run`, and is imported only
when it is named, so `--help` and the console's first paint wait for nothing else. Data goes to
stdout, talk to stderr; 0 means done, 1 that the answer is no, 2 that the call was wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tui.commands.options import add_port, path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.refusals import Refusal
    from domain.text import Lang

COMMANDS = {
    "console": ("console", "再打开一个控制台（不含接收服务）/ a further console on the same data"),
    "demo": ("demo", "演示：一个新建的示范公司 / a fresh demonstration chain"),
    "serve": ("serve", "只运行接收服务 / the receiver alone"),
    "rulebook": (
        "rulebook",
        "检查细则：校验、查看、导入、导出 / check, show, import, export rulebooks",
    ),
    "score": ("score", "给一份评分表计分 / score one sheet"),
    "export": ("export", "导出 Excel / write a workbook"),
    "labels": ("labels", "打印二维码标签（PDF）/ a label sheet as PDF"),
    "journal": ("journal", "校验日志 / verify the journal"),
    "draw": ("draw", "抽签：公告、冻结、公开、核验 / draws: announce, freeze, reveal, verify"),
    "backup": ("backup", "备份（可在运行中进行）/ a consistent copy, while running too"),
    "restore": ("restore", "从备份恢复 / the way back from a backup"),
    "doctor": ("doctor", "检查本机运行条件 / what is wrong here, and what to do"),
}
"""The module of each command, and its line in `--help`."""


class Parser(argparse.ArgumentParser):
    """A parser that takes the common options at any place of the line."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        common = self.add_argument_group("通用 / common")
        common.add_argument(
            "--data",
            type=path,
            metavar="DIR",
            default=argparse.SUPPRESS,
            help="数据文件夹（或 FORECOURT_DATA）/ the data folder",
        )
        common.add_argument(
            "--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help="语言 / language"
        )
        common.add_argument(
            "--database",
            metavar="URL",
            default=argparse.SUPPRESS,
            help="数据库（或 FORECOURT_DATABASE），默认为数据文件夹内的 SQLite / "
            "another database than SQLite in the data folder",
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says and answer with its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _be_printable()
    args = _parser(words).parse_args(words, argparse.Namespace(**_from_environment(os.environ)))
    name = args.command or "console"
    command = import_module(f"tui.commands.{COMMANDS[name][0]}")
    args.with_receiver = args.command is None
    try:
        return int(command.run(args, args.lang))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`); closing it again would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 (told to the reader, or raised again)
        return _explain(error, args.lang)


def _parser(words: Sequence[str]) -> Parser:
    parser = Parser(
        prog="forecourt",
        description="加油站检查考评。不带命令时打开控制台和接收服务。/ "
        "Inspection and evaluation of petrol stations. "
        "Without a command: the console, and the receiver with it.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="版本 / version")
    add_port(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name, (module, line) in COMMANDS.items():
        if name in words:
            import_module(f"tui.commands.{module}").add_parser(commands)
        else:
            commands.add_parser(name, help=line)
    return parser


class _Version(argparse.Action):
    """Prints the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"forecourt {version('forecourt')}")
        parser.exit()


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """What holds unless the line says otherwise."""
    folder = environment.get("FORECOURT_DATA")
    return {
        "data": Path(folder) if folder else None,
        "database": environment.get("FORECOURT_DATABASE") or None,
        "lang": language(environment),
        "port": None,
    }


def language(environment: Mapping[str, str]) -> Lang:
    """The reader's language by the locale: English if it names another language than Chinese.

    A locale that names none (C, POSIX, nothing at all, as over SSH) leaves the product's first
    language, Chinese.
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "") or _windows_locale()
    tongue = locale.partition(".")[0].partition("_")[0].lower()
    return "zh" if tongue in {"", "c", "posix", "zh"} else "en"


def _windows_locale() -> str:
    """The language of Windows' own menus; it has no LANG."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return cast("str", locale.windows_locale.get(number, ""))


def _be_printable() -> None:
    """Let an output that cannot spell Chinese show escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            cast("Any", stream).reconfigure(errors="backslashreplace")


def _explain(error: Exception, lang: Lang) -> int:
    """Say a refusal, or what the system declined, in the reader's words; the rest is our fault."""
    from domain.refusals import Refusal

    if isinstance(error, Refusal):
        print(error.sentence(lang), file=sys.stderr)
        return 1
    if (refusal := _in_our_words(error)) is None:
        raise error
    print(refusal.sentence(lang), file=sys.stderr)
    return 1


def _in_our_words(error: Exception) -> Refusal | None:
    if isinstance(error, OSError) and error.filename:
        from tui.commands.refusals import declined

        return declined(error)
    from domain.register.trouble import refusal_of

    return refusal_of(error)


if __name__ == "__main__":
    sys.exit(main())

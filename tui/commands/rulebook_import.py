"""`forecourt rulebook import LIST.xlsx`: a check list kept in a workbook becomes an edition."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.text import Text
from tui.commands.options import path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.checklists.building import Imported
    from domain.text import Lang


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` to the actions of `rulebook`."""
    parser = actions.add_parser(
        "import", help="从 Excel 检查表导入 / read a check list from a workbook"
    )
    parser.add_argument("workbook", type=path, metavar="LIST.xlsx")
    parser.add_argument("--sheet", metavar="NAME", help="工作表 / which sheet")
    parser.add_argument("--id", metavar="ID", help="细则编号 / the rulebook's id")
    parser.add_argument("--edition", metavar="E", help="版本 / the edition")
    parser.add_argument(
        "--from",
        dest="since",
        type=_day,
        metavar="YYYY-MM-DD",
        help="施行日期 / the first day in force",
    )
    parser.add_argument(
        "--out", type=path, metavar="FILE.yaml", help="默认写到标准输出 / by default on stdout"
    )
    parser.add_argument(
        "--strict", action="store_true", help="有疑问时返回 1 / exit 1 when there are doubts"
    )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Write the YAML, say every doubt on stderr: 0 done, 1 doubts under --strict, 2 refused."""
    from domain.checklists.building import Given
    from domain.checklists.edition_out import edition_yaml
    from domain.exports.check_list_in import read_check_list

    today = datetime.now().astimezone().date()
    file: Path = args.workbook
    given = Given(file.name, today, args.id, args.edition, args.since)
    imported = read_check_list(_content(file), given, args.sheet)
    said = [doubt.sentence(lang) for doubt in imported.doubts]
    remark = Text(
        zh=f"由 {file.name} 导入，{len(said)} 处存疑，启用前请逐条核对。",
        en=f"Imported from {file.name} with {len(said)} doubts: settle each before use.",
    )
    written = edition_yaml(imported.edition, [remark.zh, remark.en])
    said += [f"-: {problem}" for problem in _problems(written, imported, lang)]
    _write(written, args.out)
    print("\n".join([*said, _summary(imported, len(said), lang)]), file=sys.stderr)
    return 1 if args.strict and said else 0


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        said = "日期请写成 2026-01-31 / write the day as 2026-01-31"
        raise argparse.ArgumentTypeError(said) from None


def _content(file: Path) -> bytes:
    """The file's bytes, one more than allowed at most: enough to know that it is too large."""
    from domain.exports.opening import LARGEST

    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _write(written: str, out: Path | None) -> None:
    if out is None:
        print(written, end="")
    else:
        # As a whole or not at all, and never over somebody's file.
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(written)


def _problems(written: str, imported: Imported, lang: Lang) -> Iterator[str]:
    """What `rulebook check` would say about the edition: contradictions the list itself has."""
    from domain.checking import check_shelf

    name = f"{imported.edition.edition}.yaml"
    for problem in check_shelf({name: written.encode()}).problems:
        yield problem.sentence(lang)


def _summary(imported: Imported, doubts: int, lang: Lang) -> str:
    edition = imported.edition
    return Text(
        zh=f"{edition.id} {edition.edition}：{len(edition.sections)} 个项目、{len(edition.groups)} "
        f"个分项、{len(edition.placed)} 条、{edition.total} 分；{doubts} 处存疑。",
        en=f"{edition.id} {edition.edition}: {len(edition.sections)} sections, "
        f"{len(edition.groups)} groups, {len(edition.placed)} criteria, {edition.total} points; "
        f"{doubts} doubts.",
    ).in_(lang)

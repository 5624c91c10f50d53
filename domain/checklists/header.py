"""Finding the header of a check list, and which column holds what, in any order and spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.checklists.doubts import Doubt
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.checklists.grid import Cell, Grid

Role = Literal["number", "section", "group", "content", "standard", "costs", "score", "form"]
"""What a column holds; `content` is a group where there is a standard beside it, else the standard;
`form` is filled in by hand and not read."""

DEEPEST_HEADER = 40
"""Rows looked through for the header: titles, editions and notes stand above it."""

SPELLINGS: dict[Role, str] = {
    "number": "序号 序 编号 条号 项次 号 no",
    "section": "检查项目 项目 考核项目 考评项目 检查大项 大项 类别 一级项目 检查类别 部分",
    "group": "分项 子项 分项目 检查分项 检查子项 小项 二级项目 考核分项 检查要点",
    "content": "检查内容 内容 考核内容 考评内容 项目内容",
    "standard": "检查标准 标准 考核标准 考评标准 标准要求 检查要求 检查细则 工作标准 "
    "检查标准及扣分办法 检查内容及扣分标准 检查标准及扣分标准 检查内容及标准 "
    "考核标准及扣分办法 检查标准扣分办法 检查内容及扣分办法 检查内容及评分标准",
    "costs": "扣分办法 扣分标准 评分标准 评分办法 扣分细则 评分细则 考核办法 计分办法 "
    "评分方法 扣分说明 加扣分办法",
    "score": "标准分 标准分值 分值 满分 应得分 配分 标准分数 分数",
    "form": "扣分 得分 实得分 实得 备注 检查情况 检查结果 扣分原因 存在问题 检查记录 检查方法 "
    "检查方式 扣分情况 检查得分 整改期限 责任人 自评分 自评得分 检查分",
}
_ROLE_OF = {
    spelling: role for role, spellings in SPELLINGS.items() for spelling in spellings.split()
}
_BESIDES = re.compile(r"[\s　()（）:：/、．.]|分数单位|单位分")


class Header(NamedTuple):
    """Where the header stands and the column of each role; `form` columns are left out."""

    first: int
    last: int
    columns: Mapping[Role, int]

    def column(self, role: Role) -> int | None:
        """The column of a role, if the list has one."""
        return self.columns.get(role)


def find_header(grid: Grid) -> tuple[Header, list[Doubt]] | None:
    """The header of a sheet with doubts about its columns; None where there is none.

    A header names a column of standards or of deductions, and one of scores or numbers.
    """
    for row in range(1, min(grid.rows, DEEPEST_HEADER) + 1):
        last = max((cell.last_row for cell in grid.row(row)), default=row)
        # Of two rows of headings, the lower ones are the columns'.
        for until in dict.fromkeys((row, min(last, row + 2))):
            found = _columns(grid, row, until)
            if _is_header(found.columns):
                return Header(row, until, found.columns), list(_unread(grid, row, until, found))
    return None


class _Found(NamedTuple):
    columns: dict[Role, int]
    read: frozenset[str]


def role_of(text: str) -> Role | None:
    """What a column of this heading holds, if that is known."""
    return _ROLE_OF.get(_BESIDES.sub("", text).lower())


def _columns(grid: Grid, row: int, until: int) -> _Found:
    columns: dict[Role, int] = {}
    read = set()
    for column in range(1, grid.columns + 1):
        cell = grid.filled(until, column) or grid.filled(row, column)
        role = role_of(cell.text) if cell else None
        if not cell or not role:
            continue
        if role == "section" and columns.get("section") == cell.column < column:
            role = "group"  # one heading over two columns: project, and what it is divided into
        elif column != cell.column:
            continue
        if role == "form" or role not in columns:
            read.add(cell.address)
            columns.setdefault(role, column)
    return _Found(_settled(columns), frozenset(read))


def _settled(columns: dict[Role, int]) -> dict[Role, int]:
    """Columns whose meaning depends on the others: contents, and costs without a standard."""
    settled: dict[Role, int] = {role: at for role, at in columns.items() if role != "form"}
    if "content" in settled:
        divides = "standard" in settled and "group" not in settled
        role: Role = "group" if divides else "standard"
        if role not in settled:
            settled[role] = settled.pop("content")
    if "costs" in settled and "standard" not in settled:
        settled["standard"] = settled.pop("costs")
    return settled


def _is_header(columns: Mapping[Role, int]) -> bool:
    return "standard" in columns and bool({"score", "number"} & columns.keys())


def _unread(grid: Grid, row: int, until: int, found: _Found) -> Iterator[Doubt]:
    """A doubt for each column under a heading that is not known, if it holds anything."""
    said: set[str] = set()
    used = set(found.columns.values())
    for column in range(1, grid.columns + 1):
        cell = grid.filled(until, column) or grid.filled(row, column)
        if cell and (cell.address in found.read or cell.address in said):
            continue
        below: list[Cell] = [
            one
            for at in range(until + 1, grid.rows + 1)
            if (one := grid.filled(at, column)) and one.column == column and one.row > until
        ]
        if column in used or not below:
            continue
        address = cell.address if cell else below[0].address
        said.add(address)
        yield Doubt(address, cell.text if cell else below[0].text, _COLUMN)
    if "content" in found.columns:
        cell = grid.filled(until, found.columns["content"])
        yield Doubt(cell.address if cell else "-", cell.text if cell else "", _COLUMN)


_COLUMN = Text(
    zh="这一列的含义不明，没有读入。", en="what this column holds is not known; it was not read."
)

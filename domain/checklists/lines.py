"""The rows of a check list below its header: lines to be read, sums to be compared, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from domain.checklists.doubts import Doubt
from domain.checklists.grid import letters
from domain.checklists.header import role_of
from domain.checklists.numerals import points_in
from domain.text import Text

if TYPE_CHECKING:
    from domain.checklists.grid import Cell, Grid
    from domain.checklists.header import Header, Role

_SUM = re.compile(r"(?:本?(?:页|项|部分|大项|分项)?(?:小计|合计)|总计|总分|累计|共计)")
_PART_SUM = re.compile(r"本?(?:页|项|部分|大项|分项)?小计|本.*合计")
_SIGNATURE = re.compile(
    r"(?:检查人|受检|被检|被查|站经理|检查日期|日期|签字|填表|制表|审核|检查组|加油站名称|单位)[^。；]*"
    r"[:：＿_\s]*[^。；]{0,60}"
)
_SECTION_ROW = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:部分)?|[A-Z])[、.．\s　]+\S.*"
    r"|.+[（(]\s*\S{1,6}\s*分\s*[）)]"
)


class Line(NamedTuple):
    """One row to be read: its cells by role; `costs` are those of all rows of its standard."""

    row: int
    number: Cell | None
    section: Cell | None
    group: Cell | None
    standard: Cell
    costs: tuple[Cell, ...]
    score: Cell | None


class Printed(NamedTuple):
    """A sum that the list prints after so many lines: of all so far, or since the last one."""

    cell: Cell
    points: Decimal
    after: int
    of_part: bool


@dataclass
class Body:
    """Everything below a header."""

    lines: list[Line] = field(default_factory=list)
    sums: list[Printed] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_body(grid: Grid, header: Header) -> Body:
    """The lines, sums and notes below a header, with a doubt for each row that was not read."""
    return _Body(grid, header).read()


class _Body:
    """Goes down the rows; what stands to the left holds until something else stands there."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid, self.header, self.body = grid, header, Body()
        self.section: Cell | None = None
        self.group: Cell | None = None
        self.blanks: dict[int, tuple[int, int]] = {}

    def read(self) -> Body:
        for row in range(self.header.last + 1, self.grid.rows + 1):
            cells = list(self.grid.row(row))
            if not cells or self._is_header_again(cells):
                continue
            standard = self._at(row, "standard")
            if _SUM.match(cells[0].text.replace(" ", "").replace("　", "")):
                self._sum(cells)
            elif self._is_alone(cells):
                self._alone(cells[0])
            elif standard and standard.row == row:
                self._line(row, standard)
            elif not standard:
                self._no_standard(cells)
        return self.body

    def _at(self, row: int, role: Role) -> Cell | None:
        return self.grid.filled(row, self.header.column(role))

    def _is_header_again(self, cells: list[Cell]) -> bool:
        """Lists that were pasted together print their header on each page."""
        return sum(bool(role_of(cell.text)) for cell in cells) > max(2, len(cells) / 2)

    def _is_alone(self, cells: list[Cell]) -> bool:
        """One cell over the columns of the list, or one in its first column with nothing beside."""
        if len(cells) > 1:
            return False
        only, standard = cells[0], self.header.column("standard") or 0
        covers = only.column <= standard <= only.last_column and only.column < only.last_column
        return covers or only.column < min(standard, self.header.column("group") or standard)

    def _alone(self, cell: Cell) -> None:
        text = cell.text
        if _SECTION_ROW.fullmatch(text) and len(text) <= 40:
            self.section, self.group = cell, None
        elif not _SIGNATURE.fullmatch(text):
            self.body.doubts.append(Doubt(cell.address, text, _NOTE))

    def _sum(self, cells: list[Cell]) -> None:
        score = self.header.column("score")
        numbers = {cell.column: (cell, points_in(cell.text)) for cell in cells[1:]}
        printed = [one for at, one in numbers.items() if one[1] is not None and at == score]
        printed += [one for one in numbers.values() if one[1] is not None]
        if printed and printed[0][1] is not None:
            of_part = bool(_PART_SUM.match(cells[0].text.replace(" ", "")))
            after = len(self.body.lines)
            self.body.sums.append(Printed(printed[0][0], printed[0][1], after, of_part))
        else:
            self.body.doubts.append(Doubt(cells[0].address, cells[0].text, _NO_SUM))

    def _line(self, row: int, standard: Cell) -> None:
        section = self._carried(row, "section", self.section)
        if section and section is not self.section:
            if not self.section or section.text != self.section.text:
                self.group = None
            self.section = section
        self.group = self._carried(row, "group", self.group)
        costs = dict.fromkeys(
            cell for at in range(row, standard.last_row + 1) if (cell := self._at(at, "costs"))
        )
        for cell in costs:
            if cell.row < row:
                self.body.doubts.append(Doubt(cell.address, cell.text, _COSTS_OF_SEVERAL))
        number, score = self._at(row, "number"), self._at(row, "score")
        self.body.lines.append(
            Line(row, number, self.section, self.group, standard, tuple(costs), score)
        )
        for at in range(row + 1, standard.last_row + 1):
            if (more := self._at(at, "score")) and more.row == at:
                self.body.doubts.append(Doubt(more.address, more.text, _SECOND_SCORE))

    def _carried(self, row: int, role: Role, before: Cell | None) -> Cell | None:
        """The cell of a role in a row; a blank one, not merged, is taken for the one above."""
        column = self.header.column(role)
        if column is None:
            return before if role == "section" else None
        if cell := self.grid.filled(row, column):
            return cell
        if before and before.column == column:
            self._blank(column, row, before.text)
        return before

    def _blank(self, column: int, row: int, above: str) -> None:
        """Note a blank cell; those right below one another are one doubt."""
        first, last = self.blanks.get(column, (row, row))
        why = _same_as_above(above)
        earlier = Doubt(_range(column, first, last), "", why)
        if last == row - 1 and earlier in self.body.doubts:
            self.body.doubts.remove(earlier)
        else:
            first = row
        self.blanks[column] = first, row
        self.body.doubts.append(Doubt(_range(column, first, row), "", why))

    def _no_standard(self, cells: list[Cell]) -> None:
        for role in ("section", "group"):
            column = self.header.column(role)
            for cell in cells:
                if cell.column == column:
                    setattr(self, role, cell)
        self.body.doubts.append(
            Doubt(cells[0].address, "　".join(cell.text for cell in cells), _NO_STANDARD)
        )


def _range(column: int, first: int, last: int) -> str:
    name = letters(column)
    return f"{name}{first}" + (f":{name}{last}" if last > first else "")


def _same_as_above(text: str) -> Text:
    above = " ".join(text.split())
    return Text(
        zh=f"空白且没有合并，暂同上：{above:.30}。",
        en=f"blank and not merged; taken for the one above: {above:.30}.",
    )


_NOTE = Text(
    zh="单独一行的文字（如注、说明）没有读成规则。",
    en="a line of its own; it was not read as a rule.",
)
_NO_SUM = Text(zh="合计行里没有数，无从核对。", en="a row of sums without a number; not compared.")
_COSTS_OF_SEVERAL = Text(
    zh="几条标准合用一格扣分办法，暂按每条都适用。",
    en="one cell of deductions for several standards; taken for each of them.",
)
_NO_STANDARD = Text(
    zh="这一行没有检查标准，没有读入。", en="there is no standard in this row; it was not read."
)
_SECOND_SCORE = Text(
    zh="同一条标准旁有第二个标准分，没有采用。",
    en="a second score beside one standard; it was not used.",
)

"""Ids for what a list numbers, and for what it does not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.checklists.doubts import Doubt
from domain.checklists.grid import letters
from domain.text import Text

if TYPE_CHECKING:
    from domain.checklists.blocks import Block
    from domain.checklists.lines import Line


class Naming:
    """Gives each part its id, the printed one where there is one, none of them twice.

    Sections without a number are A, B, C …, their groups A1, A2 … (those of 1 are 1-1, 1-2 …). A
    number merged over several rows is their group's, and they are 3.1, 3.2 …. Numbers that begin
    anew in each section are told apart by its id.
    """

    def __init__(self, lines: list[Line], doubts: list[Doubt]) -> None:
        self.doubts = doubts
        self._sections: set[str] = set()
        self._rest: set[str] = set()
        self._groups_in: Counter[str] = Counter()
        self._lines_in: Counter[str] = Counter()
        numbers = [line.number for line in lines if line.number]
        lines_of = Counter(numbers)
        self._of_many = {cell.address for cell, count in lines_of.items() if count > 1}
        texts = [cell.text for cell in lines_of]
        twice = next((cell for cell in lines_of if texts.count(cell.text) > 1), None)
        if twice:
            again = [cell for cell in lines_of if cell.text == twice.text][1]
            doubts.append(Doubt(again.address, again.text, _ANEW))
        self._anew = twice is not None
        self._numbered = bool(numbers)

    def section(self, printed: str | None) -> str:
        """The id of a section, by what its title says."""
        n = len(self._sections)
        named = printed or (letters(n + 1) if n < 26 else f"S{n + 1}")
        return _free(named, self._sections)

    def group(self, section: str, printed: str | None, block: Block) -> str:
        """The id of a group: what its title says, or the number that all its rows share."""
        self._groups_in[section] += 1
        number = block.lines[0].number
        shared = number and len({line.number for line in block.lines}) == 1
        if not printed and number and shared and number.address in self._of_many:
            printed = self._told_apart(section, number.text)
        return _free(printed or self._numbered_in(section), self._rest)

    def criterion(self, section: str, group: str, line: Line) -> str:
        """The id of a criterion: its number, or its place in its group."""
        self._lines_in[group] += 1
        if line.number and line.number.address not in self._of_many:
            return _free(self._told_apart(section, line.number.text), self._rest)
        named = _free(f"{group}.{self._lines_in[group]}", self._rest)
        if self._numbered and not line.number:
            self.doubts.append(Doubt(line.standard.address, line.standard.text, _no_number(named)))
        return named

    def _numbered_in(self, section: str) -> str:
        dash = "-" if section[-1].isdigit() else ""
        return f"{section}{dash}{self._groups_in[section]}"

    def _told_apart(self, section: str, number: str) -> str:
        words = "".join(number.split()).rstrip("、.．") or number
        return f"{section}.{words}" if self._anew else words


def _free(named: str, used: set[str]) -> str:
    while named in used:
        named += "_"
    used.add(named)
    return named


def _no_number(named: str) -> Text:
    return Text(
        zh=f"这一行没有序号，暂编为 {named}。", en=f"this row has no number; called {named}."
    )


_ANEW = Text(
    zh="序号重复，暂在所有序号前加上项目编号。",
    en="a number used twice; all numbers were put behind their section's id.",
)

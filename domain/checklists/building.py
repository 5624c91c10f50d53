"""From the grid of a check list to an edition, with every doubt on the way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from domain.checklists.blocks import Block, gather, sum_doubt
from domain.checklists.criteria import Criteria
from domain.checklists.doubts import UNTRANSLATED, Doubt, untranslated
from domain.checklists.heading import (
    DEDUCT,
    EDITION,
    ID,
    INCOMPLETE,
    ROUND,
    SHARED,
    SOURCE,
    Heading,
    read_heading,
)
from domain.checklists.lines import Body, read_body
from domain.checklists.naming import Naming
from domain.checklists.numerals import points_in
from domain.checklists.standing import standing_doubts
from domain.checklists.titles import Title, title_in
from domain.checklists.units import Units
from domain.parts import Group, Period, Scoring, Section, Source
from domain.rulebook import Edition
from domain.text import Text

if TYPE_CHECKING:
    from datetime import date

    from domain.checklists.grid import Cell, Grid
    from domain.checklists.header import Header


class Given(NamedTuple):
    """What the caller says about a list; what is None is read from it or assumed.

    Attributes:
        file: The name of the workbook, for a source that the list does not name.
        today: What the first day in force is assumed to be.
    """

    file: str
    today: date
    id: str | None = None
    edition: str | None = None
    since: date | None = None


class Imported(NamedTuple):
    """An edition read from a check list, and everything that is not certain about it."""

    edition: Edition
    doubts: tuple[Doubt, ...]


def build(grid: Grid, header: Header, header_doubts: list[Doubt], given: Given) -> Imported | None:
    """The edition that a check list stands for; None where no row below the header is a criterion.

    Raises nothing for what it cannot read: that is a doubt, with the cell, what stood there and
    what was assumed.
    """
    body = read_body(grid, header)
    if not body.lines:
        return None
    return _Building(read_heading(grid, header.first), header, body, given).build(header_doubts)


@dataclass
class _Part:
    """A section as it grows."""

    cell: Cell | None
    title: Title
    blocks: list[Block]


class _Building:
    def __init__(self, heading: Heading, header: Header, body: Body, given: Given) -> None:
        self.heading, self.header, self.body, self.given = heading, header, body, given
        self.units = Units({unit: untranslated(zh) for unit, zh in heading.units.items()})
        self.doubts: list[Doubt] = []
        self.naming = Naming(body.lines, self.doubts)
        shared = heading.said.get(DEDUCT) == SHARED
        self.criteria = Criteria(self.units, self.doubts, header, shared=shared)

    def build(self, header_doubts: list[Doubt]) -> Imported:
        blocks, block_doubts = gather(self.body.lines, self.header.column("score"))
        self.criteria.read(self.body.lines)
        parts = self._parts(blocks)
        sections = self._weighed(parts, tuple(self._section(part) for part in parts))
        self._compare_sums(blocks)
        edition = self._edition(sections)
        texts = _count_texts(edition)
        where = [*self.heading.doubts, *header_doubts, *self.body.doubts, *block_doubts]
        found = sorted(dict.fromkeys([*where, *self.doubts]), key=_place)
        return Imported(edition, (*found, *standing_doubts(self.heading, self.given, texts)))

    def _parts(self, blocks: list[Block]) -> list[_Part]:
        """Groups under their sections; a list without sections is one, called like the list."""
        parts: list[_Part] = []
        for block in blocks:
            if not parts or not _same(parts[-1].cell, block.section):
                title = title_in(block.section.text) if block.section else Title(None, "")
                parts.append(_Part(block.section, title, []))
            parts[-1].blocks.append(block)
        return parts

    def _section(self, part: _Part) -> Section:
        title = part.title
        words = title.words or self._title()
        named = self.naming.section(title.id)
        if part.cell is None:
            self.doubts.append(Doubt(part.blocks[0].address, "", _NO_SECTION))
        groups = tuple(self._group(block, named, words) for block in part.blocks)
        total = sum((one.cap for one in groups if not one.bonus), Decimal(0))
        if part.cell and title.points is not None and title.points != total:
            self.doubts.append(sum_doubt(part.cell.address, part.cell.text, title.points, total))
        cap = title.cap if title.cap is not None and title.cap < total else None
        return Section(
            named, untranslated(words), total, _OWNER, groups, cap=cap, weight=title.weight
        )

    def _weighed(self, parts: list[_Part], sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """The sections; weights hold only where all that have points have one."""
        weighed = [one.weight is not None for one in sections]
        if not any(weighed) or weighed == [bool(one.total) for one in sections]:
            return sections
        for part in parts:
            if part.cell and part.title.weight is not None:
                self.doubts.append(Doubt(part.cell.address, part.cell.text, _SOME_WEIGHTS))
        return tuple(replace(one, weight=None) for one in sections)

    def _group(self, block: Block, section: str, section_words: str) -> Group:
        titles = [title_in(cell.text) for cell in block.titles]
        words = "、".join(dict.fromkeys(title.words for title in titles)) or section_words
        if not titles and self.header.column("group"):
            self.doubts.append(Doubt(block.address, block.lines[0].standard.text, _NO_GROUP))
        printed = titles[0].points if len(titles) == 1 else None
        cap = block.cap or printed or self.criteria.points_once(block.lines)
        if block.cap is not None and printed is not None and printed != block.cap:
            self.doubts.append(sum_doubt(block.address, block.titles[0].text, printed, block.cap))
        named = self.naming.group(section, titles[0].id if titles else None, block)
        bonus = block.adds or "加分" in words
        if cap is None:
            bonus, cap = True, Decimal(1)
            self.doubts.append(Doubt(block.address, words, _NOTHING_TO_LOSE))
        block.cap, block.adds = cap, bonus
        criteria = tuple(
            self.criteria.criterion(
                line, self.naming.criterion(section, named, line), block, bonus=bonus
            )
            for line in block.lines
        )
        return Group(named, untranslated(words), cap, "major", criteria, bonus=bonus)

    def _compare_sums(self, blocks: list[Block]) -> None:
        """Printed sums beside ours: since the last one, or of all so far."""
        since = 0
        rows = [line.row for line in self.body.lines]
        for printed in self.body.sums:
            part = _sum(blocks, rows[since : printed.after])
            whole = _sum(blocks, rows[: printed.after])
            right = {part} if printed.of_part else {part, whole}
            if printed.points not in right:
                own, cell = part if printed.of_part else whole, printed.cell
                self.doubts.append(sum_doubt(cell.address, cell.text, printed.points, own))
            if printed.of_part or printed.points != whole:
                since = printed.after

    def _title(self) -> str:
        return self.heading.title or self.given.file.rpartition(".")[0] or self.given.file

    def _edition(self, sections: tuple[Section, ...]) -> Edition:
        said, given = self.heading.said, self.given
        weights = [one.weight for one in sections if one.weight is not None]
        total = sum(weights or [one.total for one in sections], Decimal(0))
        because = said.get(INCOMPLETE)
        rounding = points_in(said.get(ROUND, "")) or Decimal("0.01")
        return Edition(
            id=given.id or said.get(ID) or "imported/list",
            edition=given.edition or said.get(EDITION) or "1",
            kind=self.heading.kind or "comprehensive",
            title=untranslated(self._title()),
            source=Source(said.get(SOURCE) or given.file, _WHOLE_LIST),
            in_force=Period(given.since or self.heading.since or given.today),
            complete=because is None,
            incomplete_because=untranslated(because) if because else None,
            total=total,
            scoring=Scoring(
                "equal_share" if self.criteria.shared else "by_clause",
                self.heading.not_applicable or "full",
                rounding,
            ),
            sections=sections,
            units=self.units.own,
        )


def _same(one: Cell | None, other: Cell | None) -> bool:
    """Whether two cells are one section: the same, or the same words again."""
    return one == other or bool(one and other and one.text == other.text)


def _sum(blocks: list[Block], rows: list[int]) -> Decimal:
    """The standard scores of the groups that begin in these rows, those on top aside."""
    begin = set(rows)
    return sum(
        (one.cap or Decimal(0) for one in blocks if one.lines[0].row in begin and not one.adds),
        Decimal(0),
    )


def _place(doubt: Doubt) -> tuple[int, int, str]:
    """Doubts in the order of the rows they are about."""
    digits = "".join(each if each.isdigit() else " " for each in doubt.cell).split()
    letters = doubt.cell.partition(":")[0].rstrip("0123456789")
    return (int(digits[0]) if digits else 0, len(letters), letters)


def _count_texts(edition: Edition) -> int:
    """How many texts have no English yet."""
    return msgspec.json.encode(edition).count(f'"en":"{UNTRANSLATED}'.encode())


_OWNER = Text(zh="（未定）", en="(not said)")
_WHOLE_LIST = Text(zh="全表", en="The whole list")
_NO_SECTION = Text(
    zh="表中没有更大的项目，暂以表名为唯一的项目。",
    en="there is no section; one was made of the list and called like it.",
)
_NO_GROUP = Text(
    zh="这一行不属于任何分项，暂以项目名为分项。",
    en="this row is in no group; one was made and called like the section.",
)
_SOME_WEIGHTS = Text(
    zh="只有部分项目写了权重，没有采用。", en="only some sections have a weight; none was used."
)
_NOTHING_TO_LOSE = Text(
    zh="没有标准分，也没有可扣的分，暂作不占总分的分项（bonus）。",
    en="no score and nothing to lose; made a group outside the total (bonus).",
)

"""Lines gathered into sections and groups, and what each group's standard score is."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from domain.checklists.doubts import WHOLE, Doubt
from domain.checklists.grid import letters
from domain.checklists.numerals import plain, points_in
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.checklists.grid import Cell
    from domain.checklists.lines import Line


@dataclass
class Block:
    """Lines of one group.

    Attributes:
        titles: The cells that name it; several where groups share one score.
        lines: Its rows.
        cap: Its standard score; None where the list gives no usable one.
        own: Scores of the single lines by row, where each has its own; `cap` is their sum.
        adds: Whether the score says that these are points on top.
    """

    section: Cell | None
    titles: list[Cell]
    lines: list[Line]
    cap: Decimal | None = None
    own: dict[int, Decimal] = field(default_factory=dict)
    adds: bool = False

    @property
    def address(self) -> str:
        """Where the group begins."""
        return (self.titles[0] if self.titles else self.lines[0].standard).address


class Blocks(NamedTuple):
    """The groups of a list in order, and what was in doubt."""

    blocks: list[Block]
    doubts: list[Doubt]


def gather(lines: list[Line], score_column: int | None) -> Blocks:
    """Groups with their standard scores; where scores and groups cross, a doubt says what was done.

    Args:
        lines: The rows, from the top.
        score_column: Where standard scores stand, if anywhere.
    """
    doubts: list[Doubt] = []
    runs = _joined(list(_runs(lines)), doubts)
    blocks = [part for run in runs for part in _split(run, doubts)]
    used: set[str] = set()
    for block in blocks:
        _score(block, score_column, used, doubts)
    return Blocks(blocks, doubts)


def _runs(lines: list[Line]) -> Iterator[Block]:
    """Lines that stand together under one section and one group."""
    run: Block | None = None
    for line in lines:
        same = run and _same(run.section, line.section)
        title = run.titles[0] if run and run.titles else None
        if run and same and line.group and _same(title, line.group):
            run.lines.append(line)
            continue
        if run and same and not line.group and _goes_on(run.lines[-1], line):
            run.lines.append(line)
            continue
        if run:
            yield run
        run = Block(line.section, [line.group] if line.group else [], [line])
    if run:
        yield run


def _same(one: Cell | None, other: Cell | None) -> bool:
    """Whether two cells name the same: one cell, or the same words in cells that are not merged."""
    if one is None or other is None or one == other:
        return one == other
    single = one.last_row == one.row and other.last_row == other.row
    return single and one.text == other.text


def _goes_on(before: Line, line: Line) -> bool:
    """Without groups, lines that share a score belong together."""
    return line.score is None or line.score == before.score


def _joined(runs: list[Block], doubts: list[Doubt]) -> list[Block]:
    """Groups that share one merged score become one, for a cap belongs to one group."""
    joined: list[Block] = []
    for run in runs:
        before = joined[-1] if joined else None
        shared = run.lines[0].score
        if before and shared and before.section == run.section and before.lines[-1].score == shared:
            before.titles += run.titles
            before.lines += run.lines
            doubts.append(Doubt(shared.address, shared.text, _SHARED))
        else:
            joined.append(run)
    return joined


def _split(run: Block, doubts: list[Doubt]) -> Iterator[Block]:
    """A group with several scores, some of which cover several lines, becomes several groups."""
    scores = _scores(run)
    if len(scores) < 2 or len(scores) == len(run.lines):
        yield run
        return
    doubts.append(Doubt(run.address, run.titles[0].text if run.titles else "", _SPLIT))
    part = Block(run.section, list(run.titles), [])
    for line in run.lines:
        if part.lines and line.score and line.score != part.lines[-1].score:
            yield part
            part = Block(run.section, list(run.titles), [])
        part.lines.append(line)
    yield part


def _scores(block: Block) -> list[Cell]:
    return list(dict.fromkeys(line.score for line in block.lines if line.score))


def _score(block: Block, column: int | None, used: set[str], doubts: list[Doubt]) -> None:
    """Give a block its cap: the one score that stands beside it, or the sum of its lines' own."""
    scores = [cell for cell in _scores(block) if cell.address not in used]
    used |= {cell.address for cell in scores}
    read = {cell: _points(cell) for cell in scores}
    block.adds = any(cell.text.startswith(("加", "+", "＋")) for cell in scores)
    usable = {cell: points for cell, points in read.items() if points is not None}
    if len(block.lines) > 1 and len(scores) == len(block.lines):
        block.own = {
            line.row: usable[line.score]
            for line in block.lines
            if line.score is not None and line.score in usable
        }
    if usable:
        block.cap = sum(usable.values(), Decimal(0))
    doubts += [
        Doubt(cell.address, cell.text, _NOT_POINTS if usable else _NONE)
        for cell, points in read.items()
        if points is None
    ]
    if len(scores) == 1:
        _blanks(block, scores[0], doubts)
    elif not scores and column:
        doubts.append(Doubt(f"{letters(column)}{block.lines[0].row}", "", _NONE))


def _points(cell: Cell) -> Decimal | None:
    return points_in(cell.text.removeprefix("加")) or None


def _blanks(block: Block, score: Cell, doubts: list[Doubt]) -> None:
    """Lines beside which no score stands, under one that is not merged with them."""
    blank = [line.row for line in block.lines if line.score != score]
    if not blank:
        return
    column = letters(score.column)
    where = f"{column}{blank[0]}" + (f":{column}{blank[-1]}" if len(blank) > 1 else "")
    doubts.append(Doubt(where, "", _covered(score)))


def sum_doubt(cell: str, stood: str, printed: Decimal, own: Decimal) -> Doubt:
    """A printed sum that is not ours."""
    return Doubt(
        cell or WHOLE,
        stood,
        Text(
            zh=f"印的是 {plain(printed)} 分，各标准分之和是 {plain(own)} 分，暂按后者。",
            en=f"{plain(printed)} is printed, the standard scores sum to {plain(own)}; "
            "the latter was assumed.",
        ),
    )


def _covered(score: Cell) -> Text:
    return Text(
        zh=f"空白且没有合并，暂算在 {score.address} 的标准分之内。",
        en=f"blank and not merged; taken to share the score at {score.address}.",
    )


_SHARED = Text(
    zh="几个分项合用一个标准分，暂并成一个分项。",
    en="several groups share one score; they were made one group.",
)
_SPLIT = Text(
    zh="一个分项里有几个标准分，各管几行，暂拆成几个分项。",
    en="one group has several scores for several rows each; it was made several groups.",
)
_NONE = Text(
    zh="没有可用的标准分，暂按各条款各扣一次之和。",
    en="no usable standard score; the sum of its clauses, each once, was assumed.",
)
_NOT_POINTS = Text(
    zh="不是可用的分值，没有采用。", en="this is no usable number of points; it was not used."
)

"""Criteria from the lines of a check list: their texts, clauses, formulas, caps and vetoes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from domain.checklists.doubts import WHOLE, Doubt, untranslated
from domain.checklists.figures import MARK, formula_in
from domain.checklists.phrases import Fault, Wording, wording
from domain.checklists.units import FLAT
from domain.parts import Clause, Criterion, Reading
from domain.text import Text

if TYPE_CHECKING:
    from domain.checklists.blocks import Block
    from domain.checklists.header import Header
    from domain.checklists.lines import Line
    from domain.checklists.units import Units
    from domain.formulas import AnyFormula
    from domain.parts import Level

VETO = "（一票否决）"
"""Behind a standard: the verdict fails wherever it is not met."""


@dataclass
class _Read:
    """What the cells of one line say."""

    text: str
    faults: list[Fault] = field(default_factory=list)
    cap: Decimal | None = None
    formula: AnyFormula | None = None
    veto: bool = False


class Criteria:
    """Reads all lines first, for only then it is known whether any of them says what it costs."""

    def __init__(self, units: Units, doubts: list[Doubt], header: Header, *, shared: bool) -> None:
        self.units, self.doubts, self.header, self.shared = units, doubts, header, shared
        self._read: dict[int, _Read] = {}

    def read(self, lines: list[Line]) -> None:
        """Read the cells of all lines; a list without any cost shares its scores equally."""
        for line in lines:
            self._read[line.row] = self._line(line)
        if not self.shared and not any(one.faults or one.formula for one in self._read.values()):
            self.shared = True
            self.doubts.append(Doubt(WHOLE, "", _SHARED))

    def points_once(self, lines: list[Line]) -> Decimal | None:
        """What all clauses of some lines cost, each once; None where that is nothing."""
        faults = [fault for line in lines for fault in self._read[line.row].faults]
        return sum((fault.points for fault in faults), Decimal(0)) or None

    def criterion(self, line: Line, named: str, block: Block, *, bonus: bool) -> Criterion:
        """The criterion of one line."""
        read = self._read[line.row]
        kept = [fault for fault in read.faults if self._belongs(fault, line, bonus=bonus)]
        text = read.text or "；".join(filter(None, (fault.text for fault in read.faults)))
        text = text or line.standard.text
        cap = read.cap if read.cap is not None else block.own.get(line.row)
        if block.cap is not None and cap is not None and cap > block.cap:
            said = Doubt(line.standard.address, line.standard.text, _CAP_TOO_HIGH)
            self.doubts.append(said)
            cap = None
        whole: Level = "group" if cap is None else "criterion"
        clauses = tuple(self._clause(fault, text, line, block, whole) for fault in kept)
        if self.shared:
            return Criterion(named, untranslated(text), veto=read.veto)
        if not clauses and not read.formula:
            self.doubts.append(Doubt(line.standard.address, line.standard.text, _NO_COST))
            because = Reading("recommended", _NO_COST)
            unread = Clause(text=untranslated(text), per=FLAT, empties=whole, reading=because)
            if bonus:
                unread = structs.replace(unread, points=Decimal(1), empties=None)
            clauses = (unread,)
        return Criterion(
            named,
            untranslated(text),
            clauses=clauses,
            formula=read.formula,
            cap=cap,
            veto=read.veto,
        )

    def _line(self, line: Line) -> _Read:
        """What the standard and the costs beside it say."""
        standard, veto = line.standard.text, False
        if self.header.column("costs"):
            standard, veto = standard.removesuffix(VETO), standard.endswith(VETO)
        if not line.costs:
            said = self._wording(line.standard.address, standard, costs_only=False)
            if said.faults or said.cap is not None:
                return _Read(said.text, said.faults, said.cap, veto=veto)
        read = _Read(standard, veto=veto)
        for cell in line.costs:
            text = self._formula(read, cell.address, cell.text)
            said = self._wording(cell.address, text, costs_only=True)
            read.faults += said.faults
            read.cap = said.cap if said.cap is not None else read.cap
        return read

    def _formula(self, read: _Read, address: str, text: str) -> str:
        """Take the formula out of a cell of costs; what is left is clauses."""
        rest = []
        for row in text.split("\n"):
            if not row.startswith(MARK):
                rest.append(row)
            elif formula := formula_in(row):
                read.formula = formula
            else:
                self.doubts.append(Doubt(address, row, _NO_FORMULA))
        return "\n".join(rest)

    def _wording(self, address: str, text: str, *, costs_only: bool) -> Wording:
        said = wording(text, self.units, costs_only=costs_only)
        self.doubts += [Doubt(address, stood, why) for stood, why in said.doubts]
        return said

    def _belongs(self, fault: Fault, line: Line, *, bonus: bool) -> bool:
        """Whether a fault can stand in this group: points on top only where all are."""
        if self.shared or fault.adds == bonus or not fault.points:
            return True
        address = (line.costs or (line.standard,))[0].address
        self.doubts.append(Doubt(address, fault.text, _MIXED))
        return False

    def _clause(self, fault: Fault, text: str, line: Line, block: Block, whole: Level) -> Clause:
        empties: Level | None = None
        if fault.whole is not None:
            this = fault.whole in {"本条", "该条", "此条"}
            empties = "group" if fault.whole.endswith("分项") else whole
            if whole == "group" and this and len(block.lines) > 1:
                fault = replace(fault, doubt=_WHOSE)
                address = (line.costs or (line.standard,))[0].address
                self.doubts.append(Doubt(address, f"{fault.whole}不得分", _WHOSE))
        clause = Clause(
            text=untranslated(fault.text or text),
            per=fault.per,
            steps=fault.steps,
            free=fault.free,
            empties=empties,
            veto=fault.veto,
            reading=Reading("recommended", fault.doubt) if fault.doubt else None,
        )
        return structs.replace(clause, points=fault.points) if fault.points else clause


_SHARED = Text(
    zh="全表没有写扣分办法，暂按各条均分标准分。",
    en="no deductions anywhere; criteria sharing their group's score was assumed.",
)
_NO_COST = Text(
    zh="没有读出扣分办法，暂按做不到即不得分。",
    en="no deduction was understood; losing all its points was assumed.",
)
_NO_FORMULA = Text(zh="公式读不懂，没有采用。", en="the formula was not understood; left out.")
_MIXED = Text(
    zh="扣分的分项里写加分（或相反），没有采用。",
    en="points on top among deductions, or the reverse; left out.",
)
_WHOSE = Text(
    zh="本条没有自己的标准分，暂按扣完整个分项。",
    en="the criterion has no score of its own; emptying its group was assumed.",
)
_CAP_TOO_HIGH = Text(
    zh="最多扣分高于标准分，没有采用。", en="its most is above the standard score; not used."
)

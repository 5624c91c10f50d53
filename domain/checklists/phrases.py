"""What a cell says that faults cost: phrases to faults, and a doubt for all that is uncertain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.checklists import reasons as why
from domain.checklists.numerals import COUNT, NUMBER, SPAN, half_width, number
from domain.checklists.tokens import UNREAD, Token, tokens
from domain.checklists.units import FLAT
from domain.parts import Step
from domain.text import Text

if TYPE_CHECKING:
    from domain.checklists.units import Units

_EDGES = " 　\t\n，,；;。、：:－—…（(）)"
_MARKER = re.compile(
    r"^\s*(?:\d{1,2}[.．](?!\d)|\d{1,2}[、）)]|[①-⑳]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]、)\s*"
)
_UNIT_LEFT = re.compile(
    rf"每[台人项处机件次个种][^，,。；;每]{{0,6}}$|{COUNT}\S{{1,2}}?[及或]以上"
    rf"|^(?:缺少?|少)?{COUNT}[^\d，,]{{1,2}}?(?:[及或]?以上)?$|第{COUNT}[次处]|首次|再次|再犯|屡|^[/／]"
)
"""What a text ends with, or is, where a unit or a step of it was not recognised."""
_TABLE_STEP = re.compile(rf"({COUNT})起共[扣加]({NUMBER})分")
_STEP = re.compile(
    rf"(?:^|[，,；;、])\s*(?P<verb>缺少?|少|发现|有)?(?P<first>{COUNT})(?:{SPAN}(?P<to>{COUNT}))?"
    rf"(?P<measure>[^\d及或以上，,扣]{{1,2}})(?P<more>[及或]?以上)?[^扣]*?扣(?P<points>{NUMBER})分"
)


@dataclass(frozen=True)
class Fault:
    """One fault and its cost, before it is known whose points an emptying one takes.

    Attributes:
        whole: For a fault that takes all: whose points, as it stood (本条, 本分项, or empty).
        doubt: Why its cost is not certain, and what was assumed.
    """

    text: str
    points: Decimal = Decimal(0)
    per: str = FLAT
    steps: tuple[Step, ...] = ()
    free: int = 0
    whole: str | None = None
    veto: bool = False
    adds: bool = False
    doubt: Text | None = None


@dataclass
class Wording:
    """What one cell says: text before the costs, the faults, a cap; and what is in doubt there."""

    text: str = ""
    faults: list[Fault] = field(default_factory=list)
    cap: Decimal | None = None
    doubts: list[tuple[str, Text]] = field(default_factory=list)


def wording(text: str, units: Units, *, costs_only: bool = False) -> Wording:
    """What a cell says.

    Args:
        text: The cell's text; lines may be numbered.
        units: Counting units known so far; those of the list's own are added.
        costs_only: Whether the column holds nothing but costs: then no text stands before them.
    """
    return _Reading(text, units, costs_only=costs_only).read()


class _Reading:
    """Goes through the phrases of one cell; the text between two of them is the fault's."""

    def __init__(self, text: str, units: Units, *, costs_only: bool) -> None:
        self.cell, self.units, self.costs_only = text, units, costs_only
        self.said = Wording()
        self.pending = ""

    def read(self) -> Wording:
        at = 0
        for token in tokens(self.cell):
            self.pending += self.cell[at : token.start]
            at = token.end
            try:
                self._take(token)
            except ValueError:
                self._doubt(token.said, why.NO_NUMBER)
        self._rest(self.pending + self.cell[at:])
        return self.said

    def _take(self, token: Token) -> None:
        if token.kind == "cap":
            self.said.cap = _some(next(iter(token.parts.values())))
        elif token.kind == "choice":
            self._doubt(token.said, why.CHOICE)
        elif token.kind == "discretion":
            self._doubt(token.said, why.DISCRETION)
        elif token.kind == "veto" and not _text(self.pending) and self.said.faults:
            self.said.faults[-1] = replace(self.said.faults[-1], veto=True)
        elif token.kind != "until":
            fault = self._fault(token)
            if fault.doubt:
                self.said.doubts.append((token.said, fault.doubt))
            self.said.faults.append(replace(fault, text=self._own_text(fault.text)))

    def _own_text(self, counted: str) -> str:
        """The text of a fault: what stood before its cost, and what its unit counts."""
        before, self.pending = self.pending, ""
        if not self.costs_only and not self.said.faults and not self.said.text:
            heading, end, last = before.rstrip(_EDGES).rpartition(_end_of_heading(before))
            if end:
                self.said.text, before = _text(heading), last
                self._check(self.said.text)
        text = _text(before)
        self._check(text)
        if _UNIT_LEFT.search(half_width(text)):
            self._doubt(text, why.UNIT_IN_TEXT)
        return _text(f"{text}{'，' if text and counted else ''}{counted}")

    def _fault(self, token: Token) -> Fault:
        kind, parts = token.kind, token.parts
        if kind == "veto":
            return Fault("", veto=True)
        if kind == "nothing_more":
            return Fault("")
        if kind == "all":
            return Fault("", veto=True, doubt=why.TOTAL)
        if kind == "empties":
            return Fault("", whole=parts.get("whole", ""))
        if kind == "table":
            return self._table(parts)
        if kind == "steps":
            return self._steps(token.said)
        return self._priced(token)

    def _priced(self, token: Token) -> Fault:
        """A fault with a number of points, perhaps for each unit, perhaps a range."""
        parts = token.parts
        free = int(number(parts["free"])) if "free" in parts else 0
        fault = Fault("", points=_some(parts["points"]), free=free, adds=token.kind == "add")
        if "most" in parts:
            most = max(number(parts["most"]), fault.points)
            fault = replace(fault, points=most, doubt=why.range_of(most))
        if "unit" in parts:
            return self._counted(fault, parts["unit"])
        if "per" in parts:
            return self._counted(fault, f"每{parts['per']}")
        if token.kind == "one":
            return self._one(fault, parts)
        return fault

    def _counted(self, fault: Fault, words: str) -> Fault:
        """The fault with its unit; words that are no unit stay text, and it is charged once."""
        words = "".join(words.split())
        if unit := self.units.known(words):
            return replace(fault, per=unit)
        if start := self.units.known_start(words):
            return replace(fault, per=start[0], text=start[1])
        if unit := self.units.named(words):
            return replace(fault, per=unit)
        return replace(fault, per=FLAT, free=0, text=words, doubt=why.no_unit(words))

    def _one(self, fault: Fault, parts: dict[str, str]) -> Fault:
        """发现一次扣3分 counts; 一处扣1分 may mean each or once."""
        verb = parts.get("found", "")
        lacks = "缺" if verb.startswith(("缺", "少")) else ""
        fault = self._counted(fault, f"每{lacks}一{parts['measure']}")
        if verb in {"发现", "查出"} or fault.doubt:
            return fault
        return replace(fault, doubt=why.ONE)

    def _table(self, parts: dict[str, str]) -> Fault:
        steps = [(number(a), number(b)) for a, b in _TABLE_STEP.findall(parts["steps"])]
        free = int(number(parts["free"])) if "free" in parts else 0
        first = Fault("", points=steps[0][1], free=free, adds="共加" in parts["steps"])
        fault = self._counted(first, parts["unit"])
        return replace(fault, steps=tuple(Step(int(a), b) for a, b in steps[1:]))

    def _steps(self, said: str) -> Fault:
        """缺1种扣0.5分，缺2种及以上扣1分: what so many cost altogether."""
        found = list(_STEP.finditer(half_width(said)))
        first = found[0]
        lacks = "缺" if (first["verb"] or "").startswith(("缺", "少")) else ""
        fault = self._counted(
            Fault("", points=number(first["points"])), f"每{lacks}一{first['measure']}"
        )
        steps = tuple(Step(int(number(one["first"])), number(one["points"])) for one in found[1:])
        counts = [1, *(step.first for step in steps)]
        costs = [fault.points, *(step.points for step in steps)]
        rising = counts == sorted(set(counts)) and costs == sorted(costs)
        alike = len({one["measure"] for one in found}) == 1
        complete = (
            number(first["first"]) == 1
            and bool(found[-1]["more"])
            and all(
                int(number(one["to"] or one["first"])) + 1 == int(number(after["first"]))
                for one, after in pairwise(found)
            )
        )
        if not (rising and alike) or fault.per == FLAT:
            return replace(fault, doubt=fault.doubt or why.STEPS_FALL)
        doubt = fault.doubt or (None if complete else why.STEPS_OPEN)
        return replace(fault, steps=steps, doubt=doubt)

    def _rest(self, left: str) -> None:
        """What stands after the last phrase: nothing, or text that no phrase explains."""
        text = _text(left)
        if not self.said.faults and not self.costs_only:
            self.said.text = text
        elif text:
            self._doubt(text, why.LEFT_OVER)
        if not self.said.faults:
            self._check(text)

    def _check(self, text: str) -> None:
        for unread in UNREAD.finditer(half_width(text)):
            self._doubt(text[slice(*unread.span())], why.UNREAD)

    def _doubt(self, said: str, reason: Text) -> None:
        self.said.doubts.append((said, reason))


def _end_of_heading(text: str) -> str:
    """What parts a heading from the first fault: the last full stop, line end or colon."""
    body = text.rstrip(_EDGES)
    ends = {mark: body.rfind(mark) for mark in "。\n：:"}
    return max(ends, key=lambda mark: ends[mark])


def _text(written: str) -> str:
    """A text without the marks and numbers around it; an ending 的 belongs to what follows."""
    body = _MARKER.sub(
        "", "".join(written.split("\n")).lstrip(_EDGES.replace("（", "").replace("(", ""))
    )
    kept = body.rstrip(_EDGES.replace("）", "").replace(")", ""))
    if kept.count("（") < kept.count("）") or kept.endswith(("（", "(")):
        kept = kept.rstrip("）（( ")
    followed_by_cost = len(body) == len(kept) or body[len(kept)] in "，,"
    return kept.removesuffix("的") if followed_by_cost and len(kept) > 1 else kept


def _some(written: str) -> Decimal:
    """A number of points; `ValueError` for none, which nobody deducts."""
    if points := number(written):
        return points
    raise ValueError(written)

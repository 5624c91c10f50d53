"""The parts of an edition, as people write them in YAML: sections, groups, criteria, clauses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from domain.formulas import AnyFormula
from domain.text import Text

Kind = Literal[
    "comprehensive", "special", "video_audit", "onsite_audit", "card_audit", "self_check"
]
"""Which kind of inspection an edition serves (facts I1 to I11)."""

Severity = Literal["minor", "major", "critical"]
"""How much a finding matters. The source ranks nothing: this is ours."""

Deduct = Literal["by_clause", "equal_share"]
"""How found lines cost points: each clause its points times the count, or each criterion found
its equal share of the group's cap, once."""

NotApplicable = Literal["rescale", "forbidden", "full", "zero"]
"""What a criterion or group that does not apply means (open in the source, fact L6): it leaves the
score (`rescale`), may not be said (`forbidden`), keeps its points (`full`), loses them (`zero`)."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of an edition have in common: unknown keys are refused."""


class Source(Part, frozen=True):
    """Where an edition comes from: document number, which part of it, and fact ids."""

    document: str
    part: Text
    facts: tuple[str, ...] = ()


class Period(Part, frozen=True, rename={"first": "from", "last": "to"}):
    """The days on which an edition holds, both ends included; without `last`, until replaced."""

    first: date
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.first <= day and (self.last is None or day <= self.last)


class Scoring(Part, frozen=True):
    """How an edition turns findings into points; `round` is the smallest figure shown."""

    deduct: Deduct
    not_applicable: NotApplicable
    round: Decimal


class Reading(Part, frozen=True):
    """How a damaged or silent source is read, and why so."""

    kind: Literal["recommended"]
    because: Text


class Clause(Part, frozen=True):
    """What one fault costs: points for each unit that `per` names (see `counting`)."""

    text: Text
    points: Decimal
    per: str
    reading: Reading | None = None


class Criterion(Part, frozen=True):
    """One line of the check list; `facts` are its limits, `note` a doubtful reading.

    It costs by its clauses when found, by its `formula` when measured, or by both.
    """

    id: str
    text: Text
    severity: Severity | None = None
    clauses: tuple[Clause, ...] = ()
    facts: tuple[Text, ...] = ()
    note: Text | None = None
    formula: AnyFormula | None = None
    reading: Reading | None = None


class Group(Part, frozen=True):
    """Criteria that share one standard score (标准分), the cap of what they can cost together."""

    id: str
    title: Text
    cap: Decimal
    severity: Severity
    criteria: tuple[Criterion, ...]
    note: Text | None = None


class Section(Part, frozen=True):
    """Groups under one heading; `owner` is the department that follows up (facts O3, O8)."""

    id: str
    title: Text
    total: Decimal
    owner: Text
    groups: tuple[Group, ...]
    note: Text | None = None


class Overlap(Part, frozen=True):
    """Criteria that may name the same fact, which is to be charged once (a warning, no rule)."""

    criteria: tuple[str, ...]
    about: Text

"""Rulebooks as values: editions, what they ask for and what it costs.

An edition is one version of a check list: sections hold groups, groups hold criteria (检查标准条),
criteria hold clauses (扣分条款). It is read from YAML once, checked, and never changes afterwards,
so whatever is worked out from it may be kept (`Edition.placed`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.calendar import Calendars
from domain.counting import COUNTED_BY
from domain.parts import (
    Clause,
    Criterion,
    Deduct,
    Gate,
    Grade,
    Group,
    Kind,
    NotApplicable,
    Overlap,
    Part,
    Period,
    Round,
    Scoring,
    Section,
    Severity,
    Source,
)
from domain.refusals import Refusal
from domain.signs import Limits
from domain.text import Text
from domain.working_days import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = [
    "Clause",
    "Criterion",
    "Deduct",
    "Edition",
    "Gate",
    "Grade",
    "Group",
    "Kind",
    "NoEditionInForce",
    "NotApplicable",
    "Overlap",
    "Part",
    "Period",
    "Placed",
    "Round",
    "Rulebooks",
    "Scoring",
    "Section",
    "Severity",
    "Source",
    "UnknownCriterion",
    "UnknownEdition",
    "UnknownRulebook",
    "unknown_criterion",
]


class UnknownRulebook(Refusal):
    """No rulebook has this id."""

    code = "unknown-rulebook"
    status = 422


class UnknownEdition(Refusal):
    """The rulebook has no such edition."""

    code = "unknown-edition"
    status = 422


class NoEditionInForce(Refusal):
    """No edition of the rulebook held on that day."""

    code = "no-edition-in-force"
    status = 422


class UnknownCriterion(Refusal):
    """The edition has no such criterion or group."""

    code = "unknown-criterion"
    status = 422


class Placed(NamedTuple):
    """A criterion and where it stands."""

    section: Section
    group: Group
    criterion: Criterion

    @property
    def severity(self) -> Severity:
        """The criterion's own severity, else its group's."""
        return self.criterion.severity or self.group.severity


class Edition(Part, frozen=True, eq=False, dict=True):
    """One dated version of a rulebook; equal only to itself, so it can key what is kept."""

    id: str
    edition: str
    kind: Kind
    title: Text
    source: Source
    in_force: Period
    complete: bool
    total: Decimal
    scoring: Scoring
    sections: tuple[Section, ...]
    incomplete_because: Text | None = None
    note: Text | None = None
    overlaps: tuple[Overlap, ...] = ()
    units: dict[str, Text] = msgspec.field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    grades: tuple[Grade, ...] = ()
    rounds: tuple[Round, ...] = ()

    @cached_property
    def placed(self) -> dict[str, Placed]:
        """Every criterion by id, in the rulebook's order."""
        return {
            criterion.id: Placed(section, group, criterion)
            for section in self.sections
            for group in section.groups
            for criterion in group.criteria
        }

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Every group by id, in the rulebook's order."""
        return {group.id: group for section in self.sections for group in section.groups}

    def groups_at(self, kind: str) -> tuple[Group, ...]:
        """What is checked at a scan point of this kind: in a patrol, its groups; else all."""
        groups = tuple(self.groups.values())
        return tuple(one for one in groups if kind in one.at) if self.kind == "patrol" else groups

    @cached_property
    def judges(self) -> bool:
        """Whether a verdict stands beside the score."""
        return bool(self.grades) or self.can_fail

    @cached_property
    def can_fail(self) -> bool:
        """Whether a verdict may fail: there is a veto or a gate."""
        criteria = [placed.criterion for placed in self.placed.values()]
        return bool(self.gates) or any(
            one.veto or any(clause.veto for clause in one.clauses) for one in criteria
        )

    def counted_by(self, per: str) -> Text:
        """A counting unit in words: of this edition, else of all."""
        return self.units.get(per) or COUNTED_BY[per]

    def place(self, criterion_id: str) -> Placed:
        """The criterion with its group and section, or `UnknownCriterion`."""
        try:
            return self.placed[criterion_id]
        except KeyError:
            raise unknown_criterion(self, criterion_id) from None

    def section_of(self, named: str) -> Section:
        """The section of a group or criterion, or `UnknownCriterion`."""
        if named in self.placed:
            return self.placed[named].section
        for section in self.sections:
            if any(group.id == named for group in section.groups):
                return section
        raise unknown_criterion(self, named)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id, or `UnknownCriterion`."""
        return self.place(criterion_id).criterion


class Rulebooks:
    """All editions that are known, by rulebook; asked for by name or by day.

    Attributes:
        calendars: When which of them has to be used, and by whom.
        working_days: The working days of the country.
        limits: From when on something asks for a look at whether a visit was real.
    """

    def __init__(
        self,
        editions: Iterable[Edition] = (),
        *,
        calendars: Calendars | None = None,
        working_days: WorkingDays | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.calendars = calendars or Calendars()
        self.working_days = working_days or WorkingDays()
        self.limits = limits or Limits()
        known: dict[str, list[Edition]] = {}
        for edition in sorted(editions, key=lambda one: (one.id, one.in_force.first, one.edition)):
            known.setdefault(edition.id, []).append(edition)
        self._editions = {rulebook: tuple(those) for rulebook, those in known.items()}

    def ids(self) -> tuple[str, ...]:
        """The rulebooks' ids, sorted."""
        return tuple(self._editions)

    def editions(self, rulebook: str) -> tuple[Edition, ...]:
        """The editions of a rulebook, the oldest first, or `UnknownRulebook`."""
        if rulebook not in self._editions:
            raise _unknown_rulebook(rulebook, self.ids())
        return self._editions[rulebook]

    def edition(self, rulebook: str, edition: str) -> Edition:
        """One edition, or `UnknownRulebook` or `UnknownEdition`."""
        for known in self.editions(rulebook):
            if known.edition == edition:
                return known
        raise _unknown_edition(rulebook, edition, self.editions(rulebook))

    def in_force(self, rulebook: str, day: date) -> Edition:
        """The edition that held on a day, or `UnknownRulebook` or `NoEditionInForce`."""
        for known in self.editions(rulebook):
            if known.in_force.holds_on(day):
                return known
        raise NoEditionInForce(
            Text(
                zh=f"{day} 没有现行有效的“{rulebook}”版本。",
                en=f'No edition of "{rulebook}" was in force on {day}.',
            ),
            remedy=Text(
                zh="请核对检查日期，或在规则文件的 in_force 中补上适用日期。",
                en="Check the inspection date, or set in_force in the rulebook's file.",
            ),
        )


def unknown_criterion(edition: Edition, named: str, field: str | None = None) -> UnknownCriterion:
    """The refusal of an id that the edition does not have."""
    return UnknownCriterion(
        Text(
            zh=f"“{edition.id}”{edition.edition} 版中没有编号“{named:.80}”。",
            en=f'Edition {edition.edition} of "{edition.id}" has no "{named:.80}".',
        ),
        remedy=Text(
            zh="请重新扫码载入现行检查表，或用 forecourt rulebook show 查看编号。",
            en="Scan the code again to load the current form, or see the ids with "
            "forecourt rulebook show.",
        ),
        field=field,
    )


def _unknown_rulebook(rulebook: str, known: tuple[str, ...]) -> UnknownRulebook:
    names = ", ".join(known) or "-"
    return UnknownRulebook(
        Text(
            zh=f"没有名为“{rulebook:.80}”的检查细则。", en=f'There is no rulebook "{rulebook:.80}".'
        ),
        remedy=Text(zh=f"可用的有：{names}。", en=f"These are known: {names}."),
    )


def _unknown_edition(rulebook: str, edition: str, known: tuple[Edition, ...]) -> UnknownEdition:
    names = ", ".join(one.edition for one in known)
    return UnknownEdition(
        Text(
            zh=f"“{rulebook}”没有“{edition:.80}”版。",
            en=f'"{rulebook}" has no edition "{edition:.80}".',
        ),
        remedy=Text(
            zh=f"请重新扫码载入现行检查表；可用版本：{names}。",
            en=f"Scan the code again to load the current form; known editions: {names}.",
        ),
    )

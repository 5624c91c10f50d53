"""One inspection filled in by several people at once: what each adds, and what it comes to.

A team inspection (联合检查) is nothing but its steps. Steps are only ever added, each under an id
that its sender made, so sending one again changes nothing and phones need no connection while
they work. Findings add up; of what can be one thing only (figures, "not applicable", who has a
section, whether it is submitted) the step with the highest number holds. What steps come to does
therefore not depend on the order in which they are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from domain.rulebook import Edition
from domain.submission import EVIDENCE, Evidence, FormulaInput, Found, Id, Name

STEPS = 50
"""Steps that are sent together at most."""


class AnyStep(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"
):
    """What one member did, under an id of the member's own."""

    id: Id


class FoundStep(AnyStep, frozen=True, kw_only=True, tag="found"):
    """Something was found; its pictures and videos follow as those of a form do."""

    found: Found
    evidence: Annotated[tuple[Evidence, ...], Meta(max_length=EVIDENCE)] = ()


class RetractedStep(AnyStep, frozen=True, kw_only=True, tag="retracted"):
    """What an earlier step found is taken back."""

    step: Id


class NotApplicableStep(AnyStep, frozen=True, kw_only=True, tag="not_applicable"):
    """A criterion or group does not apply to this station, or does again."""

    named: Name
    applies: bool = False


class FiguresStep(AnyStep, frozen=True, kw_only=True, tag="figures"):
    """The figures of a formula criterion; without any they are taken away."""

    criterion: Name
    figures: FormulaInput | None = None


class SharedOutStep(AnyStep, frozen=True, kw_only=True, tag="shared_out"):
    """A section is given to a member, or to nobody in particular."""

    section: Name
    person: Name | None = None


class SectionSubmittedStep(AnyStep, frozen=True, kw_only=True, tag="section_submitted"):
    """A section is done."""

    section: Name


class SectionReopenedStep(AnyStep, frozen=True, kw_only=True, tag="section_reopened"):
    """A section that was submitted is open again."""

    section: Name


Step: TypeAlias = (
    FoundStep
    | RetractedStep
    | NotApplicableStep
    | FiguresStep
    | SharedOutStep
    | SectionSubmittedStep
    | SectionReopenedStep
)
"""Whatever a member may do; its `kind` says which."""


class Kept(msgspec.Struct, frozen=True):
    """A step as it was taken in: its number, from whom and when."""

    number: int
    person: str | None
    at: str
    step: Step


class SectionState(msgspec.Struct, frozen=True):
    """How far a section is.

    Attributes:
        entries: Findings and figures in it that hold.
        person: Who has it, or None for anybody.
        submitted_by: Who submitted it, or None while it is open.
    """

    id: str
    entries: int
    person: str | None = None
    submitted: bool = False
    submitted_by: str | None = None


class Merged(msgspec.Struct, frozen=True):
    """What the steps of a team inspection come to.

    Attributes:
        found: The findings that hold, by number.
        members: Entries that hold, by person.
    """

    found: tuple[Kept, ...]
    not_applicable: tuple[str, ...]
    inputs: dict[str, FormulaInput]
    sections: dict[str, SectionState]
    members: dict[str, int]

    @property
    def lines(self) -> tuple[Found, ...]:
        """The findings as lines of a form."""
        return tuple(kept.step.found for kept in self.found if isinstance(kept.step, FoundStep))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All pictures and videos of the findings that hold."""
        return tuple(
            item
            for kept in self.found
            if isinstance(kept.step, FoundStep)
            for item in kept.step.evidence
        )


class _Latest:
    """What holds of everything that can be one thing only."""

    def __init__(self) -> None:
        self.left_out: dict[str, bool] = {}
        self.figures: dict[str, Kept] = {}
        self.given: dict[str, str | None] = {}
        self.submitted: dict[str, Kept | None] = {}

    def note(self, kept: Kept) -> None:
        """Let a step hold until a later one."""
        match kept.step:
            case NotApplicableStep(named=named, applies=applies):
                self.left_out[named] = not applies
            case FiguresStep(criterion=criterion):
                self.figures[criterion] = kept
            case SharedOutStep(section=section, person=person):
                self.given[section] = person
            case SectionSubmittedStep(section=section):
                self.submitted[section] = kept
            case SectionReopenedStep(section=section):
                self.submitted[section] = None


def merge(edition: Edition, steps: Iterable[Kept]) -> Merged:
    """What steps come to, in whichever order they are given; doubled ids count once."""
    known: dict[str, Kept] = {}
    for kept in sorted(steps, key=lambda one: one.number):
        known.setdefault(kept.step.id, kept)
    retracted = {one.step.step for one in known.values() if isinstance(one.step, RetractedStep)}
    latest, found = _Latest(), []
    for kept in known.values():
        latest.note(kept)
        if isinstance(kept.step, FoundStep) and kept.step.id not in retracted:
            found.append(kept)
    figures = {one: kept for one, kept in latest.figures.items() if _figures(kept)}
    return Merged(
        found=tuple(found),
        not_applicable=tuple(sorted(one for one, out in latest.left_out.items() if out)),
        inputs={one: given for one, kept in figures.items() if (given := _figures(kept))},
        sections=_sections(edition, [*found, *figures.values()], latest),
        members=dict(Counter(one.person or "" for one in [*found, *figures.values()])),
    )


def announced_by(steps: Iterable[Kept]) -> frozenset[str]:
    """Ids of all pictures and videos that steps ever announced, taken back or not."""
    return frozenset(
        item.id for kept in steps if isinstance(kept.step, FoundStep) for item in kept.step.evidence
    )


def _figures(kept: Kept) -> FormulaInput | None:
    return kept.step.figures if isinstance(kept.step, FiguresStep) else None


def _sections(
    edition: Edition, entries: Iterable[Kept], latest: _Latest
) -> dict[str, SectionState]:
    counted = Counter(section_of(edition, one.step) for one in entries)
    states = {}
    for section in edition.sections:
        submitted = latest.submitted.get(section.id)
        states[section.id] = SectionState(
            section.id,
            counted[section.id],
            latest.given.get(section.id),
            submitted is not None,
            submitted.person if submitted else None,
        )
    return states


def section_of(edition: Edition, step: Step) -> str | None:
    """The section that a step is about.

    Raises:
        UnknownCriterion: The edition has nothing of that name.
    """
    match step:
        case FoundStep(found=found):
            return edition.place(found.criterion).section.id
        case FiguresStep(criterion=criterion):
            return edition.place(criterion).section.id
        case NotApplicableStep(named=named):
            return edition.section_of(named).id
        case RetractedStep():
            return None
        case _:
            return step.section

"""What a key changes in a team inspection, as steps; and what takes such a step back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.team import (
    FiguresStep,
    FoundStep,
    NotApplicableStep,
    RetractedStep,
    SectionReopenedStep,
    SectionSubmittedStep,
    SharedOutStep,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.submission import Found
    from domain.team import Kept, Merged, Step
    from tui.drafts import Draft

    NewId = Callable[[], str]


def steps_between(merged: Merged, before: Draft, after: Draft, new_id: NewId) -> Iterator[Step]:
    """The steps that make what `merged` says what the draft says now.

    Args:
        before: The draft whose findings are those of `merged`, in their order.
        after: The draft with findings added, removed or replaced; the others are the same objects.
    """
    kept = {id(one) for one in after.found}
    known = {id(one) for one in before.found}
    fresh = [one for one in after.found if id(one) not in known]
    replaced = [n for n, one in enumerate(before.found) if id(one) not in kept]
    for n in replaced:
        yield RetractedStep(id=new_id(), step=merged.found[n].step.id)
    shown = [merged.found[n] for n in replaced]
    for one in fresh:
        yield found_step(one, shown, new_id())
    for named in sorted({*before.not_applicable} ^ {*after.not_applicable}):
        applies = named in before.not_applicable
        yield NotApplicableStep(id=new_id(), named=named, applies=applies)
    for criterion in sorted(before.inputs.keys() | after.inputs.keys()):
        figures = after.inputs.get(criterion)
        if figures != before.inputs.get(criterion):
            yield FiguresStep(id=new_id(), criterion=criterion, figures=figures)


def found_step(found: Found, replaced: list[Kept], step: str) -> FoundStep:
    """A finding with the pictures that stood with the one it replaces."""
    shown = [
        item
        for kept in replaced
        if isinstance(kept.step, FoundStep)
        for item in kept.step.evidence
        if item.id in found.evidence
    ]
    return FoundStep(id=step, found=found, evidence=tuple(shown))


def inverse(step: Step, merged: Merged, new_id: NewId) -> Step:
    """What takes a step back that is about to follow what `merged` says."""
    match step:
        case FoundStep():
            return RetractedStep(id=new_id(), step=step.id)
        case RetractedStep():
            again = _found(merged, step.step)
            return FoundStep(id=new_id(), found=again.found, evidence=again.evidence)
        case NotApplicableStep():
            return NotApplicableStep(id=new_id(), named=step.named, applies=not step.applies)
        case FiguresStep():
            figures = merged.inputs.get(step.criterion)
            return FiguresStep(id=new_id(), criterion=step.criterion, figures=figures)
        case SharedOutStep():
            person = merged.sections[step.section].person
            return SharedOutStep(id=new_id(), section=step.section, person=person)
        case SectionSubmittedStep():
            return SectionReopenedStep(id=new_id(), section=step.section)
        case SectionReopenedStep():
            return SectionSubmittedStep(id=new_id(), section=step.section)


def _found(merged: Merged, step: str) -> FoundStep:
    """The finding that a step entered; the team's rules know already that it is there."""
    steps = (one.step for one in merged.found if one.step.id == step)
    return next(one for one in steps if isinstance(one, FoundStep))

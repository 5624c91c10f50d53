"""What a step in a team inspection may not do, said to its sender; judged one step at a time."""

from __future__ import annotations

from domain.leaving_out import leave_out
from domain.pricing import plan_of
from domain.refusals import Refusal
from domain.rulebook import Edition, unknown_criterion
from domain.scoring import score_lines
from domain.sheet import FoundAndNotApplicable
from domain.submission import EVIDENCE, FINDINGS
from domain.team import (
    FiguresStep,
    FoundStep,
    Merged,
    NotApplicableStep,
    RetractedStep,
    SectionReopenedStep,
    SectionSubmittedStep,
    SharedOutStep,
    Step,
    section_of,
)
from domain.text import Text

TEAM_EVIDENCE = 10 * EVIDENCE
"""Pictures and videos of a whole team inspection."""


class SectionIsSubmitted(Refusal):
    """Something was to change in a section that is done."""

    code = "section-submitted"

    def __init__(self, title: Text) -> None:
        super().__init__(
            Text(zh=f"“{title.zh}”已提交。", en=f'"{title.en}" was submitted already.'),
            remedy=Text(
                zh="请组长或提交人先重新打开该项目。",
                en="Ask the leader, or whoever submitted it, to open it again.",
            ),
        )


class NotYours(Refusal):
    """Only the leader, or whoever did it, may do this."""

    code = "not-yours"
    status = 403

    def __init__(self, who: Text) -> None:
        super().__init__(
            Text(zh=f"这只能由{who.zh}来做。", en=f"Only {who.en} may do this."),
            remedy=Text(zh="请与组长联系。", en="Ask the leader of the inspection."),
        )


class NoSuchStep(Refusal):
    """What is to be taken back is not there, or was taken back."""

    code = "no-such-step"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(zh="要撤回的记录不存在或已撤回。", en="What is to be taken back is not there."),
            remedy=Text(zh="请刷新后核对。", en="Refresh and look again."),
        )


class TooMuch(Refusal):
    """More findings or pictures than one inspection holds."""

    code = "too-much"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh=f"一次检查最多 {FINDINGS} 条问题、{TEAM_EVIDENCE} 个附件。",
                en=f"One inspection holds {FINDINGS} findings and {TEAM_EVIDENCE} files at most.",
            ),
            remedy=Text(
                zh="请把同类问题合并为一条并填写次数。",
                en="Put findings of one kind into one line with a count.",
            ),
        )


LEADER = Text(zh="组长", en="the leader")
LEADER_OR_AUTHOR = Text(zh="组长或记录人本人", en="the leader or whoever entered it")
LEADER_OR_HOLDER = Text(zh="组长或负责该项目的人", en="the leader or whoever has the section")
LEADER_OR_SUBMITTER = Text(zh="组长或提交人", en="the leader or whoever submitted it")


def judge_step(
    edition: Edition, merged: Merged, step: Step, person: str | None, leader: str | None
) -> None:
    """Whether a step may follow what is there.

    Raises:
        Refusal: It may not; what is there stays as it is.
    """
    _judge_section(edition, merged, step)
    if person != leader:
        _judge_right(merged, step, person)
    match step:
        case FoundStep():
            _judge_found(edition, merged, step)
        case RetractedStep():
            _author(merged, step)
        case NotApplicableStep(applies=False, named=named):
            _judge_left_out(edition, merged, named)
        case FiguresStep(criterion=criterion, figures=figures) if figures:
            if criterion in _left_out(edition, merged):
                raise FoundAndNotApplicable(criterion, "$.criterion")
            score_lines(edition, (), inputs={criterion: figures})


def _judge_right(merged: Merged, step: Step, person: str | None) -> None:
    """What members may do who do not lead."""
    match step:
        case RetractedStep():
            if _author(merged, step) != person:
                raise NotYours(LEADER_OR_AUTHOR)
        case SharedOutStep():
            raise NotYours(LEADER)
        case SectionSubmittedStep(section=section):
            if merged.sections[section].person not in (None, person):
                raise NotYours(LEADER_OR_HOLDER)
        case SectionReopenedStep(section=section):
            if merged.sections[section].submitted_by != person:
                raise NotYours(LEADER_OR_SUBMITTER)


def _judge_section(edition: Edition, merged: Merged, step: Step) -> None:
    """The section is there, and open for what changes its score."""
    section = section_of(edition, step)
    if isinstance(step, RetractedStep):
        section = _section_of_found(edition, merged, step.step)
    if section is None:
        return
    titles = {one.id: one.title for one in edition.sections}
    if section not in titles:
        raise unknown_criterion(edition, section, "$.section")
    changes = isinstance(step, FoundStep | RetractedStep | NotApplicableStep | FiguresStep)
    if changes and merged.sections[section].submitted:
        raise SectionIsSubmitted(titles[section])


def _judge_found(edition: Edition, merged: Merged, step: FoundStep) -> None:
    if step.found.criterion in _left_out(edition, merged):
        raise FoundAndNotApplicable(step.found.criterion, "$.found")
    score_lines(edition, (step.found,))
    evidence = len(merged.evidence) + len(step.evidence)
    if len(merged.found) >= FINDINGS or evidence > TEAM_EVIDENCE:
        raise TooMuch


def _judge_left_out(edition: Edition, merged: Merged, named: str) -> None:
    """Nothing was found in it, and the edition lets it be left out.

    That all of it is left out in the end is for closing to say, not for each step.
    """
    group = edition.groups.get(named)
    inside = {one.id for one in group.criteria} if group else {named}
    charged = {line.criterion for line in merged.lines} | merged.inputs.keys()
    if both := sorted(inside & charged):
        raise FoundAndNotApplicable(both[0], "$.named")
    leave_out(plan_of(edition), (named,))


def _left_out(edition: Edition, merged: Merged) -> set[str]:
    """Criteria that were left out, by themselves or with their group."""
    out = set(merged.not_applicable)
    for named in merged.not_applicable:
        if named in edition.groups:
            out.update(one.id for one in edition.groups[named].criteria)
    return out


def _author(merged: Merged, step: RetractedStep) -> str | None:
    for kept in merged.found:
        if kept.step.id == step.step:
            return kept.person
    raise NoSuchStep


def _section_of_found(edition: Edition, merged: Merged, step: str) -> str | None:
    for kept in merged.found:
        if kept.step.id == step:
            return section_of(edition, kept.step)
    return None

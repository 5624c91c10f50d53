"""A team inspection at the console: what phones enter shows here, what is entered here there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from domain.organisation import Actor
from domain.procedures.team import close_team
from domain.procedures.team_refusals import NotTheLeader
from domain.refusals import Refusal
from domain.submission import Found
from domain.team import SectionReopenedStep, SectionSubmittedStep, SharedOutStep
from domain.team_rules import LEADER, NotYours
from domain.text import Text
from tui.drafts import Draft, Drafts, changed, counted, figured
from tui.places import person_choices
from tui.screens import audit_words, team_words
from tui.screens.base import RegisterScreen
from tui.screens.clause_audit import ClauseAuditScreen, is_once
from tui.screens.clause_audit_words import section_of
from tui.screens.team_audit_keys import TEAM_KEYS
from tui.widgets.audit_rows import running
from tui.widgets.choose import Choice, Choose
from tui.widgets.dialogs import Notice, Question

if TYPE_CHECKING:
    from textual.binding import BindingType

    from domain.procedures.team import Declined
    from domain.rulebook import Edition, Section
    from domain.scoring import ScoreCard
    from domain.submission import Receipt
    from domain.team import Step
    from tui.team_book import News, TeamBook
    from tui.widgets.audit_rows import Row


class TeamAuditScreen(ClauseAuditScreen):
    """One inspection that several people fill in, some of them on their phones."""

    NAME = Text(zh="联合检查", en="Team inspection")
    ABOUT = team_words.ABOUT
    NOT_TO_JUMP: ClassVar[frozenset[str]] = ClauseAuditScreen.NOT_TO_JUMP | frozenset("pc")
    BINDINGS: ClassVar[list[BindingType]] = [*TEAM_KEYS]

    def __init__(self, team: TeamBook, edition: Edition, marks: Drafts) -> None:
        super().__init__(team.draft, edition, marks)
        self._book = self._team = team

    def read(self) -> News:
        """What others did."""
        return self._team.read()

    def show(self, answer: News) -> None:
        """Show it, unless a question about what is on the screen waits for its answer."""
        if self.app.screen is not self:
            self._seen_seq = -1  # Read again as soon as it is answered.
            return
        self._team.hear(answer)
        if answer.team.closed and not self._sent:
            self._closed_elsewhere(answer.team.closed)
            return
        self._draw()
        if self._team.pending:
            self._keep()

    def _closed_elsewhere(self, number: int) -> None:
        from tui.screens.inspection import InspectionScreen

        self._sent = True
        self._team.forget()
        said = Content(team_words.closed_by_leader(number).in_(self.lang))
        notice = Notice(self.NAME.in_(self.lang), said, self.lang)
        self.app.switch_screen(InspectionScreen(number))
        self.app.push_screen(notice)

    def on_unmount(self) -> None:
        """Whatever the last key did is in the register."""
        if self._team.pending and not self._sent:
            with suppress(Refusal):  # It was told already.
                self._team.save()

    @property
    def unsaved(self) -> Text | None:
        """Only what the register could not take in."""
        return team_words.UNSENT if self._team.pending else None

    def action_back(self) -> None:
        """Leave; the others go on, and so can we."""
        RegisterScreen.action_back(self)

    @property
    def _now(self) -> team_words.TeamNow:
        team = self._team
        return team_words.TeamNow(
            team.merged, team.team.leader, self.register.directory, team.pending
        )

    @property
    def _section(self) -> Section | None:
        return section_of(self._edition, self._row.group.id) if self._row else None

    def _head(self, card: ScoreCard | Refusal) -> Content:
        team = team_words.team_head(self._now, self._section, self.lang)
        return Content("\n").join((super()._head(card), team))

    def _lines(self, card: ScoreCard | None) -> list[Row]:
        rows, name = super()._lines(card), self._now.name
        return [
            row if row.line is None else row._replace(by=name(self._team.author(row.line)))
            for row in rows
        ]

    def _change(self, draft: Draft) -> None:
        """Take a new draft, unless the team's rules forbid it."""
        try:
            super()._change(draft)
        except Refusal as refusal:
            self.refuse(refusal)

    def action_undo(self) -> None:
        """Take back what was done here last, not what others did."""
        try:
            super().action_undo()
        except Refusal as refusal:
            self.refuse(refusal)

    def _keep(self) -> None:
        self.off_screen(self._team.save, self._saved)

    def _saved(self, declined: tuple[Declined, ...]) -> None:
        self._team.saved(declined)
        if self.app.screen is not self:
            self._seen_seq = -1
            return
        self._team.refresh()
        self._draw()
        for one in declined[:1]:
            self.refuse(one.refusal)

    def _set_count(self, count: int) -> None:
        """More of what somebody else found is a finding of one's own."""
        row = self._row
        if row is None or row.found is None or row.line is None or self._mine(row.line):
            super()._set_count(count)
            return
        clauses = row.criterion.clauses if row.criterion else ()
        more = count - row.found.count
        if more <= 0 or (clauses and is_once(clauses[row.clause])):
            super()._set_count(count)
        else:
            self._count_mine(row.found, more)

    def _count_mine(self, found: Found, more: int) -> None:
        lines, wanted = self.draft.found, (found.criterion, found.clause)
        for n, one in enumerate(lines):
            if (one.criterion, one.clause) == wanted and self._mine(n):
                self._change(counted(self.draft, n, one, one.count + more))
                return
        self._change(changed(self.draft, None, Found(*wanted, count=more)))

    def _mine(self, line: int) -> bool:
        return self._team.author(line) == self._team.person

    def action_discard(self) -> None:
        """Take back the finding, or the figures, under the cursor."""
        row = self._row
        if row is not None and row.line is not None:
            self._change(changed(self.draft, row.line, None))
        elif row is not None and row.given and row.criterion:
            self._change(figured(self.draft, {row.criterion.id: None}))
        else:
            self.tell(Text(zh="这一行没有可撤回的记录。", en="There is nothing on this line."))

    def action_sections(self) -> None:
        """Every section with its progress and whose it is; Enter goes there."""
        choices = team_words.section_choices(self._known, self._now, self.lang)
        title = Text(zh="各项目进度", en="Sections").in_(self.lang)
        self.app.push_screen(
            Choose(title, choices, self.lang),
            lambda chosen: self._go_to_group(chosen.value) if chosen else None,
        )

    def action_review(self) -> None:
        """Submit the section under the cursor, or open it again."""
        section = self._section
        if section is None:
            return
        done = self._team.merged.sections[section.id].submitted
        asked = team_words.ask_submit(self._known, self._now, section)
        yes = team_words.REOPEN if done else team_words.SUBMIT

        def answered(sure: bool | None) -> None:
            if sure and done:
                self._do(SectionReopenedStep(id=self._team.new_id(), section=section.id))
            elif sure and self._do(
                SectionSubmittedStep(id=self._team.new_id(), section=section.id)
            ):
                self._go_to_open_section()

        self.app.push_screen(Question(asked, yes, audit_words.KEEP, self.lang), answered)

    def _do(self, step: Step) -> bool:
        """Add a step that no draft can say; False if the team's rules forbid it."""
        try:
            self._team.do(step)
        except Refusal as refusal:
            self.refuse(refusal)
            return False
        self._draw()
        self._keep()
        return True

    def _go_to_open_section(self) -> None:
        """On to the next section that is not submitted, round and round."""
        sections, here = list(self._edition.sections), self._section
        at = sections.index(here) + 1 if here else 0
        for one in (*sections[at:], *sections[:at]):
            if not self._team.merged.sections[one.id].submitted:
                self._go_to_group(one.groups[0].id)
                return

    def action_share_out(self) -> None:
        """Give the section to somebody who sees the station."""
        section = self._section
        if section is None:
            return
        if not self._team.leads:
            self.refuse(NotYours(LEADER))
            return
        seen = person_choices(self.register.directory, self.draft.station, self.lang)
        choices: list[Choice[str | None]] = [Choice(*one) for one in seen]
        # Last, so that Enter gives the section to the one who was typed.
        choices.append(Choice(None, team_words.NOBODY.in_(self.lang)))
        title = Text(zh=f"{section.id} {section.title.zh} 由谁负责", en=f"Who has {section.id}")

        def chosen(choice: Choice[str | None] | None) -> None:
            if choice is not None:
                given = SharedOutStep(
                    id=self._team.new_id(), section=section.id, person=choice.value
                )
                self._do(given)

        self.app.push_screen(Choose(title.in_(self.lang), choices, self.lang), chosen)

    def action_close(self) -> None:
        """Show what it comes to; Enter closes the inspection for everybody."""
        card = running(self._edition, self.draft)
        if not self._team.leads:
            self.refuse(NotTheLeader())
        elif isinstance(card, Refusal):
            self.refuse(card)
        else:
            station = self.register.directory.station_name(self.draft.station)
            asked = audit_words.review(self.draft, self._edition, card, station)
            question = Question(asked, team_words.CLOSE, audit_words.KEEP, self.lang)
            self.app.push_screen(question, self._reviewed)

    def _reviewed(self, sure: bool | None) -> None:
        if sure:
            self.off_screen(self._close, self._submitted)

    def _close(self) -> Receipt:
        """Have everything taken in, then make one inspection of it. Blocks."""
        self._team.save()
        by = Actor(via="console", person=self._team.person)
        return self.register.carry_out(close_team, self._team.team.id, None, by=by)

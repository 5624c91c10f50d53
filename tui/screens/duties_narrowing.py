"""What the screen of duties asks: which place, whose duties, who excuses one and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.duty_views import DutyBoard
from domain.text import Text
from tui.screens.placed import PlacedScreen
from tui.widgets.cells import safe
from tui.widgets.choose import Ask, Choice, Choose

if TYPE_CHECKING:
    from domain.duty_views import DutyLine

REASON = Text(zh="免除的理由（记入日志）", en="Why it is excused (goes into the journal)")
NO_REASON = Text(zh="请写理由", en="Give a reason")
SUPERIOR = Text(zh="谁免除（负责人的上级）", en="Who excuses it (above the post)")
EXCUSED = Text(zh="已免除，理由已记入日志。", en="Excused; it is in the journal.")


class Narrowing(PlacedScreen[DutyBoard]):
    """A board of duties that is narrowed to a place and a person."""

    def __init__(self) -> None:
        super().__init__()
        self._person: str | None = None

    @property
    def chosen_duty(self) -> DutyLine | None:
        """The duty under the cursor, where duties are listed."""
        raise NotImplementedError

    def action_choose_person(self) -> None:
        """Narrow to whoever answers for duties that are listed."""
        board = self._answer
        named: dict[str, str] = {}
        for line in board.lines if board else ():
            named.update(zip(line.persons, line.names, strict=True))
        inorder = sorted(named.items(), key=lambda each: each[1])
        choices = [Choice(one, name, "", one) for one, name in inorder]
        title = Text(zh="看谁的任务", en="Whose duties").in_(self.lang)
        self.app.push_screen(Choose(title, choices, self.lang), self._person_chosen)

    def _person_chosen(self, choice: Choice[str] | None) -> None:
        if choice is not None:
            self._person = choice.value
            self.reload()

    def action_excuse(self) -> None:
        """A superior lets the duty pass: who, unless that is known, and why."""
        line = self.chosen_duty
        if line is None:
            return
        person = self.console.actor.person
        if person is not None:
            self._ask_reason(line, person)
            return
        from domain.duty_notices import posts_above
        from domain.organisation import Role

        directory = self.register.directory
        above = posts_above(directory, Role(line.post, line.post_place))
        people = dict.fromkeys(one for post in above for one in directory.holders.get(post, ()))
        choices = [Choice(one, directory.person_name(one), "", one) for one in people]
        self.app.push_screen(
            Choose(SUPERIOR.in_(self.lang), choices, self.lang),
            lambda chosen: self._ask_reason(line, chosen.value) if chosen else None,
        )

    def _ask_reason(self, line: DutyLine, person: str) -> None:
        asked = Ask(
            REASON.in_(self.lang),
            "",
            self.lang,
            hint=f"{line.short.in_(self.lang)} · {safe(line.place_name.in_(self.lang))}",
            max_length=500,
            problem=lambda typed: None if typed.strip() else NO_REASON,
        )
        self.app.push_screen(asked, partial(self._excuse, line, person))

    def _excuse(self, line: DutyLine, person: str, reason: str | None) -> None:
        if reason is None:
            return
        from domain.organisation import Actor
        from domain.procedures.duties import excuse_duty

        by = Actor(via="console", person=person)
        job = partial(self.register.carry_out, excuse_duty, line.id, reason, by=by)
        self.off_screen(job, EXCUSED)

"""Points & phones: somebody leaves a post, and who has it and its duties from then on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from domain.text import Text
from tui.screens.points_lines import ROLES
from tui.screens.points_renaming import Renaming
from tui.widgets.choose import Choice
from tui.widgets.dialogs import Question

if TYPE_CHECKING:
    from domain.duty_views import DutyLine
    from domain.organisation import Role

WHO = Text(zh="谁离岗或换岗？", en="Who leaves a post?")
VACANT = Text(zh="（先空着，以后再定）", en="(nobody yet)")
HANDED_ON = Text(
    zh="已移交并记入日志。做过的检查仍算原负责人做的。",
    en="Handed on; it is in the journal. What was done stays with whoever did it.",
)
NOBODY = Text(zh="还没有人有岗位：按 o 新增人员。", en="Nobody has a post yet: o adds people.")
YES, NO = Text(zh="移交", en="hand on"), Text(zh="取消", en="cancel")
NAMED = 4
"""More kinds of duty than these are only counted."""


class Passing(NamedTuple):
    """A post that somebody leaves, and who gets it; None for nobody."""

    person: str
    role: Role
    to: str | None


class HandingOn(Renaming):
    """The part of the screen that ends roles and hands posts on."""

    def action_hand_on(self) -> None:
        """Choose who leaves which post, then who gets it; what passes is told before it does."""
        directory = self.register.directory
        held = [
            Choice((person.id, role), person.name, self._post(role).in_(self.lang), person.id)
            for person in self.people_near(self.station)
            for role in person.roles
        ]
        if not held:
            self.tell(NOBODY)
            return

        def left(value: tuple[str, Role]) -> None:
            person, role = value
            title = Text(
                zh=f"{self._post(role).zh}：{directory.person_name(person)}之后是谁？",
                en=f"{self._post(role).en}: who follows {directory.person_name(person)}?",
            )
            self._choose(title, self._successors(person, role), partial(self._pass_on, value))

        self._choose(WHO, held, left)

    def _post(self, role: Role) -> Text:
        """A post with its place."""
        at, name = self.register.directory.station_name(role.place), ROLES[role.name]
        return Text(zh=f"{at.zh}{name.zh}", en=f"{name.en}, {at.en}")

    def _successors(self, person: str, role: Role) -> list[Choice[str]]:
        """Nobody, then everybody else, those of the place first."""
        near = [one for one in self.people_near(role.place) if one.id != person]
        people = [
            Choice(one.id, one.name, self.roles_of(one, self.lang), one.id)
            for one in near
            if role not in one.roles
        ]
        return [*people, Choice("", VACANT.in_(self.lang))]

    def _pass_on(self, left: tuple[str, Role], to: str) -> None:
        passing = Passing(*left, to or None)
        self.off_screen(partial(self._open_duties, passing.role), partial(self._ask, passing))

    def _open_duties(self, role: Role) -> list[DutyLine]:
        """What the post has to do now, or is late with."""
        from domain.months import CHINA
        from domain.register.duties import duty_board
        from domain.windows import Span

        today = self.register.clock().astimezone(CHINA).date()
        with self.register.read() as connection:
            board = duty_board(connection, self.asker, Span(today, today), today)
        return [
            one
            for one in board.lines
            if (one.post, one.post_place) == (role.name, role.place)
            and (one.late or one.state == "due")
        ]

    def _ask(self, passing: Passing, duties: list[DutyLine]) -> None:
        who, post = self.register.directory.person_name(passing.person), self._post(passing.role)
        what, whose = _what(duties), self._whose(passing)
        asked = Text(
            zh=f"{who}不再担任{post.zh}？\n\n{what.zh}\n{whose.zh}",
            en=f"{who} is no longer {post.en}?\n\n{what.en}\n{whose.en}",
        )

        def answered(sure: bool | None) -> None:
            if sure:
                from domain.procedures.organisation import hand_on

                self.carry_out(hand_on, passing.person, passing.role, passing.to, done=HANDED_ON)

        self.app.push_screen(Question(asked, YES, NO, self.lang), answered)

    def _whose(self, passing: Passing) -> Text:
        """Who answers for the post from then on."""
        directory, role = self.register.directory, passing.role
        if passing.to is not None:
            name = directory.person_name(passing.to)
            return Text(zh=f"由{name}接手。", en=f"{name} takes over.")
        others = [one for one in directory.holders.get(role, ()) if one != passing.person]
        if others:
            zh, en = (sign.join(map(directory.person_name, others)) for sign in ("、", ", "))
            return Text(zh=f"仍由{zh}负责。", en=f"{en} still answer for the post.")
        from domain.duty_notices import posts_above

        above = next(iter(posts_above(directory, role)), None)
        vacant = Text(zh="岗位将空缺，任务没有人负责", en="The post will be vacant")
        if above is None:
            return Text(zh=f"{vacant.zh}。", en=f"{vacant.en}.")
        told = self._post(above)
        return Text(
            zh=f"{vacant.zh}，逾期直接报{told.zh}。",
            en=f"{vacant.en}; what is missed is told to {told.en}.",
        )


def _what(duties: list[DutyLine]) -> Text:
    """The duties that pass, named where that is few words."""
    if not duties:
        return Text(zh="目前没有未完成的任务。", en="Nothing is left to do now.")
    titles = list(dict.fromkeys(one.short for one in duties))
    zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
    named = (f"：{zh}", f": {en}") if len(titles) <= NAMED else ("", "")
    late = sum(one.late for one in duties)
    past = (f"（其中逾期{late}项）", f" ({late} late)") if late else ("", "")
    return Text(
        zh=f"未完成的任务{len(duties)}项{past[0]}{named[0]}。",
        en=f"Duties left to do: {len(duties)}{past[1]}{named[1]}.",
    )

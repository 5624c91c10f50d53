"""Beginning an audit: a draft that was left, or station, rulebook and auditor."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from domain.canonical import instant
from domain.ids import RANDOM_BYTES, time_ordered_id
from domain.refusals import Refusal
from domain.text import Text
from tui.drafts import Draft, Drafts
from tui.places import person_choices, place_choices
from tui.screens.clause_audit import ClauseAuditScreen
from tui.screens.team_opening import TeamOpening, open_in_sight, team_choice
from tui.screens.video_audit import VideoAuditScreen
from tui.widgets.choose import Choice, Choose
from tui.words import KINDS, short_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from domain.register.register import Register
    from domain.register.teams import Team
    from domain.rulebook import Edition
    from tui.screens.base import RegisterScreen

    V = TypeVar("V")

GO_ON = Text(zh="继续草稿、加入，还是开始新的", en="Go on with one, join one, or begin anew")
ALONE_OR_NOT = Text(zh="几个人检查", en="How many inspect")
ALONE = Text(zh="一个人检查", en="One inspector")
TOGETHER = Text(zh="多人联合检查", en="A team")
JOINING = Text(zh="其他人用手机扫站内的码加入", en="others join by scanning a code of the station")
NEW = Text(zh="＋ 开始新的稽查", en="+ Begin a new audit")
STATION = Text(zh="稽查哪个加油站", en="Which station")
RULEBOOK = Text(zh="按哪一份细则", en="By which rulebook")
AUDITOR = Text(zh="谁在稽查", en="Who audits")


class NothingToChoose(Refusal):
    """A list that somebody has to choose from is empty."""

    code = "nothing-to-choose"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="还没有可选的加油站、细则或人员。",
                en="There is no station, rulebook or person to choose.",
            ),
            remedy=Text(
                zh="请先建立加油站和人员，并放入现行有效的细则。",
                en="Enter stations and people first, and put a rulebook in force.",
            ),
        )


def open_audit(screen: RegisterScreen[Any]) -> None:
    """Ask what is needed, one thing after the other, then show the audit."""
    Opening(screen).begin()


class Opening:
    """The questions before an audit; Esc at any of them begins nothing."""

    def __init__(self, screen: RegisterScreen[Any]) -> None:
        self._screen = screen
        self._register: Register = screen.register
        self._drafts = Drafts(self._register.folder)
        self._station = ""

    def begin(self) -> None:
        """Offer the drafts and the open team inspections, if there are any."""
        drafts, unreadable = self._drafts.every()
        for file in unreadable:
            self._screen.tell(
                Text(zh=f"草稿读不出来，已跳过：{file}", en=f"This draft cannot be read: {file}")
            )
        known = [one for one in drafts if self._is_known(one)]
        teams = open_in_sight(self._screen)
        choices: list[Choice[Draft | Team | None]] = [*map(self._draft_choice, known)]
        choices += [team_choice(one, self._screen) for one in teams]
        if choices:
            choices.append(Choice(None, NEW.in_(self._screen.lang)))
            self._choose(GO_ON, choices, self._draft_chosen)
        else:
            self._ask_station()

    def _is_known(self, draft: Draft) -> bool:
        try:
            self._register.rulebooks.edition(draft.rulebook, draft.edition)
        except Refusal:
            return False
        return self._screen.asker.sight.sees(draft.station)

    def _draft_choice(self, draft: Draft) -> Choice[Draft | Team | None]:
        directory, lang = self._register.directory, self._screen.lang
        edition = self._register.rulebooks.edition(draft.rulebook, draft.edition)
        begun = short_time(instant(draft.started_at))
        many = len(draft.found)
        about = Text(zh=f"{begun} · 问题 {many}", en=f"{begun} · found {many}").in_(lang)
        name = (
            f"{directory.station_name(draft.station).in_(lang)} · {KINDS[edition.kind].in_(lang)}"
        )
        return Choice(draft, name, about)

    def _draft_chosen(self, chosen: Draft | Team | None) -> None:
        if chosen is None:
            self._ask_station()
        elif isinstance(chosen, Draft):
            self._show(chosen)
        else:
            team = TeamOpening(self._screen)
            self._ask_person(chosen.station, lambda person: team.join(chosen, person))

    def _ask_station(self) -> None:
        asker = self._screen.asker
        stations = place_choices(asker.directory, asker.sight, self._screen.lang, ("station",))
        self._choose(STATION, stations, self._station_chosen)

    def _station_chosen(self, station: str) -> None:
        self._station = station
        self._choose(RULEBOOK, self._edition_choices(), self._edition_chosen)

    def _edition_choices(self) -> list[Choice[Edition]]:
        """The editions in force today, the video audit first."""
        lang, rulebooks = self._screen.lang, self._register.rulebooks
        today = self._register.clock().astimezone().date()
        editions = [
            edition
            for rulebook in rulebooks.ids()
            for edition in rulebooks.editions(rulebook)
            if edition.in_force.holds_on(today)
        ]
        editions.sort(key=lambda one: one.kind != "video_audit")
        return [
            Choice(
                one,
                one.title.in_(lang),
                f"{KINDS[one.kind].in_(lang)} · {one.edition}",
                f"{one.id} {one.title.zh} {one.title.en}",
            )
            for one in editions
        ]

    def _edition_chosen(self, edition: Edition) -> None:
        if edition.kind != "comprehensive":
            self._begin_alone(edition)
            return
        lang = self._screen.lang
        ways = [
            Choice(self._begin_alone, ALONE.in_(lang)),
            Choice(self._begin_team, TOGETHER.in_(lang), JOINING.in_(lang)),
        ]
        self._choose(ALONE_OR_NOT, ways, lambda begin: begin(edition))

    def _begin_alone(self, edition: Edition) -> None:
        self._ask_person(self._station, lambda person: self._start(edition, person))

    def _begin_team(self, edition: Edition) -> None:
        team = TeamOpening(self._screen)
        self._ask_person(
            self._station, lambda person: team.begin(edition.id, self._station, person)
        )

    def _ask_person(self, station: str, then: Callable[[str], None]) -> None:
        """Who enters it: whoever sits here, if that is known."""
        person = self._screen.console.actor.person
        if person is not None:
            then(person)
            return
        people = person_choices(self._register.directory, station, self._screen.lang)
        self._choose(AUDITOR, people, then)

    def _start(self, edition: Edition, person: str) -> None:
        now = self._register.clock()
        self._show(
            Draft(
                id=time_ordered_id(now, secrets.token_bytes(RANDOM_BYTES)),
                rulebook=edition.id,
                edition=edition.edition,
                station=self._station,
                person=person,
                started_at=now,
            )
        )

    def _show(self, draft: Draft) -> None:
        edition = self._register.rulebooks.edition(draft.rulebook, draft.edition)
        by_clause = edition.scoring.deduct == "by_clause"
        screen = ClauseAuditScreen if by_clause else VideoAuditScreen
        self._screen.app.push_screen(screen(draft, edition, self._drafts))

    def _choose(self, title: Text, choices: list[Choice[V]], then: Callable[[V], None]) -> None:
        if not choices:
            self._screen.refuse(NothingToChoose())
            return

        def chosen(choice: Choice[V] | None) -> None:
            if choice is not None:
                then(choice.value)

        lang = self._screen.lang
        self._screen.app.push_screen(Choose(title.in_(lang), choices, lang), chosen)

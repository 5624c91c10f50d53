"""Opening a team inspection at the console, or joining one that is open."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import RANDOM_BYTES, time_ordered_id
from domain.organisation import Actor
from domain.procedures.team import Opening, open_team
from domain.register.teams import open_teams
from domain.text import Text
from tui.drafts import Drafts
from tui.screens.team_audit import TeamAuditScreen
from tui.team_book import TeamBook
from tui.widgets.choose import Choice
from tui.words import short_time

if TYPE_CHECKING:
    from typing import Any

    from domain.register.teams import Team
    from tui.drafts import Draft
    from tui.screens.base import RegisterScreen


def open_in_sight(screen: RegisterScreen[Any]) -> list[Team]:
    """The open team inspections that whoever sits here sees, the newest first."""
    sight = screen.asker.sight
    with screen.register.read() as connection:
        return [one for one in open_teams(connection) if sight.sees(one.station)]


def team_choice(team: Team, screen: RegisterScreen[Any]) -> Choice[Draft | Team | None]:
    """A team inspection to join."""
    directory, lang = screen.register.directory, screen.lang
    station = directory.station_name(team.station).in_(lang)
    joint = Text(zh="联合检查", en="team inspection").in_(lang)
    leader = directory.person_name(team.leader)
    about = Text(zh=f"组长 {leader}", en=f"led by {leader}").in_(lang)
    return Choice(team, f"{station} · {joint}", f"{about} · {short_time(team.opened_at)}")


class TeamOpening:
    """Shows a team inspection on a console."""

    def __init__(self, screen: RegisterScreen[Any]) -> None:
        self._screen = screen

    def begin(self, rulebook: str, station: str, person: str) -> None:
        """Open one that this person leads, and show it."""
        register = self._screen.register
        team_id = time_ordered_id(register.clock(), secrets.token_bytes(RANDOM_BYTES))
        opening = Opening(team_id, rulebook, station=station)
        by = Actor(via="console", person=person)
        job = partial(register.carry_out, open_team, opening, by=by)
        self._screen.off_screen(job, partial(self.join, person=person))

    def join(self, team: Team, person: str) -> None:
        """Show one as this person fills it in."""
        register = self._screen.register
        edition = register.rulebooks.edition(team.rulebook, team.edition)
        book, marks = TeamBook(register, team, person), Drafts(register.folder / "teams")
        self._screen.app.push_screen(TeamAuditScreen(book, edition, marks))

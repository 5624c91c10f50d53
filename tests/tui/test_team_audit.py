"""A team inspection at the console, with other members who enter things elsewhere."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from domain.organisation import Actor, Role
from domain.procedures.organisation import add_person
from domain.procedures.team import Opening, close_team, open_team, take_steps
from domain.register.teams import Team, open_teams, steps_of
from domain.scoring import score_lines
from domain.submission import Found
from domain.team import FoundStep, SectionSubmittedStep, Step, merge
from tests.things import COMPREHENSIVE, CONSOLE, EDITION, Chain, new_id
from tests.tui.terminal import console_of, press, seen, until, write
from tui.screens.inspection import InspectionScreen
from tui.screens.team_audit import TeamAuditScreen

pytestmark = pytest.mark.slow

LI, WANG, CHEN = (Actor("phone", one) for one in ("p-li", "p-wang", "p-chen"))
at_the_console = partial(console_of, size=(80, 24))


@pytest.fixture
def team(chain: Chain) -> Team:
    """Opened by the area manager on a phone."""
    do = chain.register.carry_out
    do(add_person, "p-chen", "陈静", (Role("unit_staff", "u1"),), by=CONSOLE)
    return do(open_team, Opening(new_id(), COMPREHENSIVE, token=chain.token), by=LI)


def sends(chain: Chain, team: Team, by: Actor, *steps: Step) -> None:
    """A member's phone sends what was done."""
    assert chain.register.carry_out(take_steps, team.id, steps, by=by) == ()


def found(criterion: str, count: int = 1) -> FoundStep:
    return FoundStep(id=new_id(), found=Found(criterion, count=count))


def entered(chain: Chain, team: Team) -> list[tuple[str, int, str | None]]:
    """Criterion, count and author of everything that holds in the register."""
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    with chain.register.read() as connection:
        merged = merge(edition, steps_of(connection, team.id))
    return [
        (one.step.found.criterion, one.step.found.count, one.person)
        for one in merged.found
        if isinstance(one.step, FoundStep)
    ]


async def join(pilot: Pilot[Any], person: str) -> TeamAuditScreen:
    """Choose the open team inspection, and who sits here."""
    await press(pilot, "2", "n", "enter")
    await write(pilot, person)
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, TeamAuditScreen))
    screen = pilot.app.screen
    assert isinstance(screen, TeamAuditScreen)
    return screen


async def test_what_is_counted_at_the_console_is_the_teams_at_once(
    chain: Chain, team: Team
) -> None:
    async with at_the_console(chain) as pilot:
        await join(pilot, "陈静")

        await write(pilot, "7+134b+")

        await until(pilot, lambda: len(entered(chain, team)) == 2)
        assert entered(chain, team) == [("7", 1, "p-chen"), ("134b", 1, "p-chen")]


async def test_what_a_phone_sends_shows_without_a_key_pressed(chain: Chain, team: Team) -> None:
    async with at_the_console(chain) as pilot:
        await join(pilot, "陈静")
        await write(pilot, "7")
        await press(pilot, "enter")

        sends(chain, team, WANG, found("7", 2))

        await until(pilot, lambda: "王强1" in seen(pilot))
        assert "（王强）" in seen(pilot)


async def test_more_of_what_somebody_else_found_counts_for_oneself(
    chain: Chain, team: Team
) -> None:
    sends(chain, team, WANG, found("7", 2))
    async with at_the_console(chain) as pilot:
        await join(pilot, "陈静")

        await write(pilot, "7++")

        await until(pilot, lambda: len(entered(chain, team)) == 2)
        assert sorted(entered(chain, team)) == [("7", 2, "p-chen"), ("7", 2, "p-wang")]


async def test_only_the_leader_or_its_author_takes_back_a_finding(chain: Chain, team: Team) -> None:
    sends(chain, team, WANG, found("7"))
    async with at_the_console(chain) as pilot:
        await join(pilot, "陈静")
        await write(pilot, "7")
        await press(pilot, "enter", "delete")

        await until(pilot, lambda: "组长或记录人本人" in seen(pilot))
        assert entered(chain, team) == [("7", 1, "p-wang")]


async def test_undo_takes_back_what_was_done_here_not_what_others_did(
    chain: Chain, team: Team
) -> None:
    async with at_the_console(chain) as pilot:
        screen = await join(pilot, "陈静")
        await write(pilot, "7++")
        await until(pilot, lambda: not screen._team.pending)
        sends(chain, team, WANG, found("8"))
        await until(pilot, lambda: "王强1" in seen(pilot))

        await press(pilot, "u")
        await until(pilot, lambda: ("7", 1, "p-chen") in entered(chain, team))
        await press(pilot, "u")

        await until(pilot, lambda: entered(chain, team) == [("8", 1, "p-wang")])
        await press(pilot, "u")
        assert "没有可撤销的了" in seen(pilot)


async def test_the_leader_shares_out_submits_and_closes_at_the_console(
    chain: Chain, team: Team
) -> None:
    sends(chain, team, WANG, found("56"), found("134b", 2))
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    async with at_the_console(chain) as pilot:
        await join(pilot, "李敏")
        await press(pilot, "p")
        await write(pilot, "陈静")
        await press(pilot, "enter")
        await until(pilot, lambda: "本项目由陈静负责" in seen(pilot))

        for _ in edition.sections:
            await press(pilot, "s", "enter")
        await until(pilot, lambda: "已提交12/12" in seen(pilot))
        await press(pilot, "c", "enter")

        await until(pilot, lambda: isinstance(pilot.app.screen_stack[-2], InspectionScreen))
        card = score_lines(edition, [Found("56"), Found("134b", count=2)])
        assert f"{card.total.normalize():f} / 1000" in seen(pilot)
        await press(pilot, "enter")
    with chain.register.read() as connection:
        assert open_teams(connection) == ()


async def test_a_section_that_was_submitted_takes_nothing_more_until_it_is_opened_again(
    chain: Chain, team: Team
) -> None:
    part = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION).place("7").section
    sends(chain, team, LI, SectionSubmittedStep(id=new_id(), section=part.id))
    async with at_the_console(chain) as pilot:
        await join(pilot, "李敏")

        await write(pilot, "7+")
        await until(pilot, lambda: "已提交" in seen(pilot) and "重新打开" in seen(pilot))
        await press(pilot, "enter", "s", "enter")
        await write(pilot, "7+")

        await until(pilot, lambda: entered(chain, team) == [("7", 1, "p-li")])


async def test_a_console_says_that_the_leader_closed_it_elsewhere(chain: Chain, team: Team) -> None:
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    parts = [SectionSubmittedStep(id=new_id(), section=one.id) for one in edition.sections]
    async with at_the_console(chain) as pilot:
        await join(pilot, "陈静")
        sends(chain, team, LI, found("7"), *parts)

        receipt = chain.register.carry_out(close_team, team.id, None, by=LI)

        await until(pilot, lambda: f"第 {receipt.number} 号检查" in seen(pilot))
        assert Decimal(receipt.score) < 1000


async def test_a_team_inspection_is_opened_where_a_comprehensive_one_is_begun(
    chain: Chain,
) -> None:
    async with at_the_console(chain) as pilot:
        await press(pilot, "2", "n", "enter")
        await write(pilot, "comprehensive")
        await press(pilot, "enter", "down", "enter")
        await write(pilot, "李敏")
        await press(pilot, "enter")

        await until(pilot, lambda: isinstance(pilot.app.screen, TeamAuditScreen))
        with chain.register.read() as connection:
            (team,) = open_teams(connection)
        assert (team.leader, team.rulebook) == ("p-li", COMPREHENSIVE)
